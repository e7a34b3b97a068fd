"""Rangfolge: rank the measures of a municipal alliance by several criteria, with every step explained."""

from mcda.version import __version__

__all__ = ["__version__"]
