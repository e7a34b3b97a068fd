"""How far a ranking carries: one file per question."""
