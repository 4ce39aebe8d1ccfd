"""Plan + rules + date -> notices, each with its reason. Pure functions."""
