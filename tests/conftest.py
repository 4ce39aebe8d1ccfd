"""What holds for every test."""

import os

import pytest
from hypothesis import settings

# No test is timed; and in CI the same examples run each time, so that a red run is a change's own.
settings.register_profile("rettidig", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("rettidig")


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sets what it needs; what happens to be set around it must not count."""
    for name in list(os.environ):
        if name.upper().startswith("RETTIDIG_"):
            monkeypatch.delenv(name)
