"""The ground floor: what a plan is. Pure values; no I/O, no settings, no clock."""
