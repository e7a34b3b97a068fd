"""The documents planners hand in, one file per kind: each builds a `Document` from the exhibits, for every format."""
