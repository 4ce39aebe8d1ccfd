"""What holds for every test."""

import os

import pytest


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sets what it needs; what happens to be set around it must not count."""
    for name in list(os.environ):
        if name.upper().startswith("RETTIDIG_"):
            monkeypatch.delenv(name)
