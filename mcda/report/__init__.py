"""The documents planners hand in: `report(result, kind, form, request)` makes each in its formats.

The names are loaded when they are first asked for: Word and PDF are an extra of the installation.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mcda.report.kinds import BUILDERS, formats, report
    from mcda.report.request import Request

__all__ = ["BUILDERS", "Request", "formats", "report"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{'request' if name == 'Request' else 'kinds'}"), name)
