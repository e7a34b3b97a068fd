"""A QR code as SVG, drawn on this machine: the words themselves, no address of anything outside."""

from mcda.errors import InputError, Issue

QUIET = 4
"""Modules of white around the code, as its standard asks (ISO/IEC 18004)."""

MODULE = 4
"""Pixels a module is wide."""


def qr_code(words: str) -> str:
    """The words as a QR code with error correction M (15 % of it may be lost). The same words give the same drawing.

    Raises InputError where the package segno of the extra `report` is not installed.
    """
    try:
        import segno
    except ImportError:
        raise InputError([Issue("report_missing", params={"packages": ("segno",)})]) from None
    rows = [list(row) for row in segno.make(words, error="m", micro=False, boost_error=False).matrix]
    side = (len(rows) + 2 * QUIET) * MODULE
    dark = "".join(
        f"M{(x + QUIET) * MODULE} {(y + QUIET) * MODULE}h{MODULE}v{MODULE}h-{MODULE}z"
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
    return f'{head}<rect width="{side}" height="{side}" fill="white"/><path d="{dark}" fill="black"/></svg>'
