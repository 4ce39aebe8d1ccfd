"""The program as its user starts it: a process in a folder, with an environment."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from service.bundled import CONFIG
from tests.calendars.readers import check
from tests.forked import ended


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Rettidig = Callable[..., Said]


@pytest.fixture
def plan() -> str:
    return str(CONFIG / "procesplan.docx")


@pytest.fixture
def rettidig(tmp_path: Path) -> Rettidig:
    """Run a command in an empty folder; settings are given as keyword arguments without the prefix."""

    def run(*arguments: str, stdin: str = "", **settings: str) -> Said:
        environment = {**os.environ, **{f"RETTIDIG_{name}": value for name, value in settings.items()}}
        said = ended(arguments, tmp_path, environment, stdin)
        assert "Traceback" not in said.stderr, said.stderr
        if said.stdout.startswith("BEGIN:VCALENDAR"):
            check(said.stdout.replace("\n", "\r\n").encode())
        return Said(said.returncode, said.stdout, said.stderr)

    return run
