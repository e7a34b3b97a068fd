"""Drawings for documents: pure functions from data to SVG text, the same data giving the same drawing."""
