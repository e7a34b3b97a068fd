"""Papers that do not belong into the public part of a sitting say so on every page."""

from dataclasses import replace

from mcda.locale import text
from mcda.report.document import Document


def marked(document: Document, language: str, *, public: bool) -> Document:
    """The document; where it is not for the public, with that said above every page, before any other notice."""
    if public:
        return document
    said = text("confidential.notice", language)
    return replace(document, notice=f"{said} {document.notice}".rstrip())
