"""The real program as a process in a folder of its own, with a real SMTP server and webhook receiver."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from service.bundled import CONFIG
from service.clock import SystemClock
from service.demo.mailbox import DemoMailbox
from service.demo.receiver import WebhookReceiver
from tests.forked import Streams, ended, fork

PLAN = CONFIG / "procesplan.docx"
PATIENCE_SECONDS = 180  # a machine may have more to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A daemon at work, and what it says."""

    process: BaseProcess
    log: Path

    def until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if not self.process.is_alive() or time.monotonic() > deadline:
                self.kill()
                pytest.fail(f"not seen: {what}\n{self.log.read_text()}")
            time.sleep(0.05)

    def ended(self) -> int | None:
        """The exit code of one that ends by itself; None for one that does not."""
        self.process.join(PATIENCE_SECONDS)
        return self.process.exitcode

    def stop(self) -> str:
        """End it as a supervisor would; returns what it said."""
        self.process.terminate()
        assert 0 == self.ended(), self.log.read_text()
        return self.log.read_text()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


class Installation:
    """Settings for the program, and the servers it talks to; more of the former go without the prefix."""

    def __init__(self, folder: Path, recipients: dict[str, str]) -> None:
        port = a_free_port()
        self.mailbox = DemoMailbox(SystemClock()).start()
        self.receiver = WebhookReceiver(SystemClock()).start()
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        self._started: list[BaseProcess] = []
        self.settings = {
            "RETTIDIG_PLAN": str(PLAN),
            "RETTIDIG_DATABASE_URL": f"sqlite:///{folder}/rettidig.db",
            "RETTIDIG_MAIL__FROM": "Rettidig <frister@example.dk>",
            "RETTIDIG_SMTP__HOST": self.mailbox.host,
            "RETTIDIG_SMTP__PORT": str(self.mailbox.port),
            "RETTIDIG_SMTP__SECURITY": "none",
            "RETTIDIG_SMTP__PER_MINUTE": "0",
            "RETTIDIG_WEB__PORT": str(port),
            "RETTIDIG_TICK_SECONDS": "1",
            "RETTIDIG_REMINDERS__APPROVE_ABOVE": "1000",
            "RETTIDIG_COORDINATOR__EMAIL": "koordinator@example.dk",
            "RETTIDIG_RECIPIENTS__SK__TEAMS_WEBHOOK": self.receiver.url_for("sk"),
            **{f"RETTIDIG_RECIPIENTS__{key}__EMAIL": emails for key, emails in recipients.items()},
        }

    def close(self) -> None:
        for process in self._started:
            process.kill()
            process.join()
        self.mailbox.stop()
        self.receiver.stop()

    def start(self, as_of: str, **settings: str) -> Running:
        """The daemon. It writes into a file, since one that nobody reads from a pipe stands still."""
        log = self.folder / f"log-{len(self._started)}"
        log.touch()
        environment = self._environment(AS_OF=as_of, **settings)
        process = fork(["run"], self.folder, environment, Streams(out=log, err=log))
        self._started.append(process)
        return Running(process=process, log=log)

    def ask(self, *arguments: str, **settings: str) -> str:
        """What another command of the program says meanwhile; it has to end well."""
        said = self.command(*arguments, **settings)
        assert 0 == said.returncode, said.stderr
        return said.stdout

    def command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return ended(arguments, self.folder, self._environment(**settings))

    def _environment(self, **settings: str) -> dict[str, str]:
        named = {f"RETTIDIG_{name}": value for name, value in settings.items()}
        return {**os.environ, **self.settings, **named}

    def has_received(self, count: int) -> Callable[[], bool]:
        return lambda: self.received() >= count

    def received(self) -> int:
        return len(self.mailbox.messages()) + len(self.receiver.cards())


@contextmanager
def an_installation(folder: Path, **recipients: str) -> Iterator[Installation]:
    opened = Installation(folder, recipients)
    try:
        yield opened
    finally:
        opened.close()


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
