"""What holds for every test."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.calendars.noting import take_note
from tests.calendars.readers import check

# No test is timed; and in CI the same examples run each time, so that a red run is a change's own.
settings.register_profile("rettidig", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("rettidig")


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sets what it needs; what happens to be set around it must not count."""
    for name in list(os.environ):
        if name.upper().startswith("RETTIDIG_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def calendar_objects() -> Iterator[dict[bytes, bool]]:
    """Each object that was composed so far, and whether the readers have been asked about it."""
    noted: dict[bytes, bool] = {}
    with pytest.MonkeyPatch.context() as patch:
        take_note(patch, lambda ics: noted.setdefault(ics, False))
        yield noted


@pytest.fixture(autouse=True)
def _every_calendar_object_is_taken_by_all_readers(calendar_objects: dict[bytes, bool]) -> Iterator[None]:
    yield
    for ics in [each for each, was_checked in calendar_objects.items() if not was_checked]:
        calendar_objects[ics] = True
        check(ics)
