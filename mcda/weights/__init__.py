"""Where weights come from, one file per way of asking."""
