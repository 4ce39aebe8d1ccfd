"""Rettidig: reads the process plan you already have and reminds everyone responsible in time.

The floors, lowest first; a module imports only from floors below its own:
plan < reading, reminders < messages < storage < delivery < web < daemon < bootstrap < cli.
"""

__version__ = "0.1.0"
