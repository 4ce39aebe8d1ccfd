"""What holds for every test."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.calendars.noting import take_note
from tests.calendars.readers import check, objects_taken, readers_named

TAKEN, TAKEN_BY_WORKERS = "calendar_objects_taken", pytest.StashKey[int]()

# No test is timed; and in CI the same examples run each time, so that a red run is a change's own.
settings.register_profile("rettidig", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("rettidig")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is tried with hundreds of made-up values is not measured, since that takes twice as long again.

    So coverage says what the examples reach. Tests that go through thousands of cases of their own bear the
    mark themselves.
    """
    for item in items:
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
            item.add_marker("no_cover")


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sets what it needs; what happens to be set around it must not count."""
    for name in list(os.environ):
        if name.upper().startswith("RETTIDIG_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def calendar_objects() -> Iterator[list[bytes]]:
    """Those that were composed in the present test."""
    noted: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:
        take_note(patch, noted.append)
        yield noted


@pytest.fixture(autouse=True)
def _every_calendar_object_is_taken_by_all_readers(calendar_objects: list[bytes]) -> Iterator[None]:
    yield
    while calendar_objects:
        check(calendar_objects.pop())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What the workers of xdist have to tell the one that sums up."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[TAKEN] = objects_taken()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    stash = node.config.stash
    stash[TAKEN_BY_WORKERS] = stash.get(TAKEN_BY_WORKERS, 0) + getattr(node, "workeroutput", {}).get(TAKEN, 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    taken = terminalreporter.config.stash.get(TAKEN_BY_WORKERS, 0) + objects_taken()
    if taken:
        terminalreporter.write_line(f"{taken} calendar objects, each read by {', '.join(readers_named())}")
