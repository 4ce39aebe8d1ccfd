"""Where the files that travel with the program lie: beside the code in a wheel, at the root of a checkout."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IN_WHEEL = _HERE / "bundle"
_ROOT = _IN_WHEEL if _IN_WHEEL.is_dir() else _HERE.parent

TEMPLATES = _ROOT / "templates"
CONFIG = _ROOT / "config"
