"""The commands an operator types; thin."""

from service.cli.app import main

__all__ = ["main"]
