from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.funding.split import cost_shares, split

HEADS = {"ECH": 14475, "GAR": 17577, "HBM": 12140, "ISM": 18043, "NEU": 20058, "OSH": 11984, "UFG": 11957, "USH": 29661}
PER_HEAD = {name: Decimal(n) for name, n in HEADS.items()}
EQUAL = {name: Decimal(1) for name in HEADS}


def euros(*amounts: str) -> dict[str, Decimal]:
    return dict(zip(HEADS, map(Decimal, amounts), strict=True))


def test_domain_4_2_50000_equal() -> None:
    assert split(Decimal(50_000), EQUAL) == dict.fromkeys(HEADS, Decimal("6250.00"))


def test_domain_4_2_50000_per_head() -> None:
    expected = euros("5325.80", "6467.13", "4466.68", "6638.58", "7379.96", "4409.29", "4399.35", "10913.21")
    assert split(Decimal(50_000), PER_HEAD) == expected


def test_domain_4_2_82300_equal() -> None:
    assert split(Decimal(82_300), EQUAL) == dict.fromkeys(HEADS, Decimal("10287.50"))


def test_domain_4_2_82300_per_head() -> None:
    expected = euros("8766.27", "10644.89", "7352.16", "10927.10", "12147.42", "7257.69", "7241.33", "17963.14")
    assert split(Decimal(82_300), PER_HEAD) == expected


def test_equal_remainders_go_in_the_given_order() -> None:
    assert split(Decimal("0.02"), {"b": Decimal(1), "a": Decimal(1), "c": Decimal(1)}) == {
        "b": Decimal("0.01"),
        "a": Decimal("0.01"),
        "c": Decimal("0.00"),
    }


def test_who_opts_out_pays_nothing() -> None:
    assert split(Decimal(10), {"a": Decimal(0), "b": Decimal(2)}) == {"a": Decimal(0), "b": Decimal(10)}


@given(
    st.decimals(0, 10**9, places=2),
    st.dictionaries(st.text(max_size=3), st.decimals(0, 10**6, places=3), min_size=1).filter(lambda s: any(s.values())),
)
def test_parts_sum_exactly_and_stay_within_a_cent_of_the_quota(amount: Decimal, shares: dict[str, Decimal]) -> None:
    parts = split(amount, shares)
    assert sum(parts.values()) == amount
    total = sum(shares.values())
    assert all(abs(parts[who] - amount * shares[who] / total) < Decimal("0.0101") for who in shares)


@pytest.mark.parametrize(
    ("amount", "shares", "code"),
    [
        (Decimal(-1), {"a": Decimal(1)}, "split_negative_amount"),
        (Decimal(1), {"a": Decimal(-1), "b": Decimal(2)}, "split_negative_share"),
        (Decimal(1), {"a": Decimal(0)}, "split_no_shares"),
        (Decimal(1), {}, "split_no_shares"),
    ],
)
def test_impossible_splits_are_refused(amount: Decimal, shares: dict[str, Decimal], code: str) -> None:
    with pytest.raises(InputError) as caught:
        split(amount, shares)
    assert [issue.code for issue in caught.value.issues] == [code]
    assert caught.value.issues[0].sentence("de")


TWO = {"municipalities": ("GAR", "USH")}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"cost_key": "equal"}, ("50.00", "50.00")),
        ({"cost_key": "per_capita"}, ("37.21", "62.79")),
        ({"cost_key": "per_unit", "units": (("GAR", 4), ("USH", 12))}, ("25.00", "75.00")),
        ({"cost_key": "benefit", "benefit_shares": (("GAR", 30), ("USH", 70))}, ("30.00", "70.00")),
        ({"cost_key": "base_plus_per_capita", "base_share_pct": 20}, ("39.77", "60.23")),
        ({"cost_key": "mixed_50_50"}, ("43.60", "56.40")),
        ({"cost_key": "single_payer", "payer": "USH"}, ("0", "100.00")),
    ],
)
def test_every_cost_key(measure, study, facts: dict, expected: tuple[str, str]) -> None:
    split_measure = measure(**TWO, **facts)
    shares, issue = cost_shares(study(split_measure), split_measure)
    assert issue == ""
    parts = split(Decimal(100), shares)
    assert (parts.get("GAR", Decimal(0)), parts["USH"]) == tuple(map(Decimal, expected))


@pytest.mark.parametrize(
    ("facts", "issue"),
    [
        ({"municipalities": ()}, "share_members_missing"),
        ({"municipalities": ("XXX",)}, "share_member_unknown"),
        ({"cost_key": "per_unit", "units": (("GAR", 4),)}, "share_units_missing"),
        ({"cost_key": "benefit"}, "share_benefit_missing"),
        ({"cost_key": "base_plus_per_capita"}, "share_base_missing"),
        ({"cost_key": "single_payer"}, "share_payer_missing"),
    ],
)
def test_a_missing_fact_gives_no_split_but_its_name(measure, study, facts: dict, issue: str) -> None:
    unclear = measure(**TWO | facts)
    assert cost_shares(study(unclear), unclear) == ({}, issue)


def test_unknown_population_gives_no_split_per_head(measure, study) -> None:
    whole = study(measure(**TWO, cost_key="per_capita"))
    unknown = tuple(m.model_copy(update={"population": None}) for m in whole.municipalities)
    thin = whole.model_copy(update={"municipalities": unknown})
    assert cost_shares(thin, thin.measures[0]) == ({}, "share_population_missing")


def test_a_measure_alone_pays_alone_without_naming_the_payer(measure, study) -> None:
    alone = measure(municipalities=("GAR",), cost_key="single_payer")
    assert cost_shares(study(alone), alone) == ({"GAR": Decimal(1)}, "")
