"""The workshop: rooms in which a steering group agrees, kept as an append-only log of events.

A room (`room`) is what its events make of it (`fold`), and nothing else is stored but keys and the study's text. What
may happen when stands in `rules`, what votes come to in `tally`, what is in force in `baseline`; `desk` carries steps
out against the store, `replay` runs a log again and compares every number it holds.
"""
