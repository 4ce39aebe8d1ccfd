"""`rettidig run` in a folder, started and ended as often as a fault wants it."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

from tests.forked import Streams, fork, untraced

Sabotage = Callable[..., None]


@dataclass(kw_only=True)
class Program:
    """The daemon with its settings; one process at a time."""

    folder: Path
    settings: Mapping[str, str]
    starts: int = 0
    process: BaseProcess | None = field(default=None)

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def database(self) -> Path:
        return self.folder / "rettidig.db"

    def start(self, sabotage: Sabotage | None = None, *given: Any) -> None:
        self.starts += 1
        named = {f"RETTIDIG_{name}": value for name, value in self.settings.items()}
        self.process = fork(
            ["run"],
            self.folder,
            {**untraced(), **named},
            Streams(out=self.log, err=self.log),
            first=partial(sabotage, *given) if sabotage else None,
        )

    @property
    def pid(self) -> int:
        assert self.process
        assert self.process.pid
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.join()

    def stop(self, seconds: float = 60) -> int | None:
        """End it as a supervisor would; its exit code, None if it does not end."""
        assert self.process
        self.process.terminate()
        self.process.join(seconds)
        return self.process.exitcode

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


def a_plan(folder: Path, milestones: int, *, near: str = "8. marts 2024") -> Path:
    """A plan of so many milestones, all of which but one are months ahead."""
    rows = [
        f"{1 + row % 28}. {('juli', 'august')[row % 2]} 2024\tOpgave {row:03} behandles\tSB"
        for row in range(milestones - 1)
    ]
    path = folder / "plan.txt"
    text = "\n".join(["Deadline\tAktivitet\tAnsvarlig", f"{near}\tDen nære opgave\tSB", *rows])
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def settings_for(folder: Path, smtp_port: int, web_port: int, addresses: int) -> dict[str, str]:
    """What every programme has in common: a relay that is not slowed down, and a tick a second."""
    return {
        "PLAN": str(folder / "plan.txt"),
        "DATABASE_URL": f"sqlite:///{folder}/rettidig.db",
        "MAIL__FROM": "Rettidig <frister@example.dk>",
        "SMTP__HOST": "127.0.0.1",
        "SMTP__PORT": str(smtp_port),
        "SMTP__SECURITY": "none",
        "SMTP__PER_MINUTE": "0",
        "SMTP__CONNECTIONS": "2",
        "WEB__PORT": str(web_port),
        "TICK_SECONDS": "1",
        "REMINDERS__APPROVE_ABOVE": "1000000",
        "AS_OF": "2024-03-01T08:00",
        "LOG__LEVEL": "warning",
        "RECIPIENTS__SB__EMAIL": ",".join(f"p{number}@example.dk" for number in range(addresses)),
    }


def until(holds: Callable[[], bool], seconds: float, *, every: float = 0.02) -> bool:
    """Whether it came to hold in time."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            return False
        time.sleep(every)
    return True


def a_while(random: Random, most_seconds: float) -> None:
    time.sleep(random.uniform(0, most_seconds))


def now() -> datetime:
    return datetime.now().astimezone()
