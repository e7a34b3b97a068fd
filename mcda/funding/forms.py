"""Legal forms of applicants: which wider word of a programme covers which form."""

GROUP = "interkommunaler_zusammenschluss"
MUNICIPAL = frozenset({"gemeinde", "stadt", "markt"})

COVERED_BY = {
    "stadt": ("gemeinde",),
    "markt": ("gemeinde",),
    "kreisfreie_stadt": ("stadt", "gemeinde", "oepnv_aufgabentraeger"),
    "landkreis": ("oepnv_aufgabentraeger", "gemeindeverband"),
    "bezirk": ("gemeindeverband",),
    "oepnv_aufgabentraeger": ("landkreis", "kreisfreie_stadt"),
    "eigenbetrieb": ("gemeinde",),
}
"""Form -> wider words that include it: towns and markets are Gemeinden (Art. 3 GO); public transport is the task
of districts and district-free towns (Art. 8 BayÖPNVG); an Eigenbetrieb is its municipality."""

NOT_LEGAL_PERSONS = frozenset({"natuerliche_person", "private", GROUP, ""})

FORMS = frozenset(
    {*COVERED_BY, *MUNICIPAL, "gemeindeverband", "verwaltungsgemeinschaft", "zweckverband", "regionale_initiative"}
    | {"verkehrsunternehmen", "verkehrsverbund", "kommunales_unternehmen", "juristische_person", "unternehmen"}
    | {"verein", "stiftung", "hochschule", "private", "natuerliche_person", GROUP}
)
"""Forms a condition may name."""


def covered(form: str, allowed: tuple[str, ...]) -> bool:
    """Whether an applicant of this form is among the forms allowed, by itself or under a wider word."""
    if form in allowed or any(wider in allowed for wider in COVERED_BY.get(form, ())):
        return True
    return "juristische_person" in allowed and form in FORMS - NOT_LEGAL_PERSONS
