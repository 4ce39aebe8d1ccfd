"""The real program as a process: real SMTP server, real webhook receiver, SIGTERM and kill -9."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest
import requests

from service.bundled import CONFIG
from service.clock import SystemClock
from service.demo.mailbox import DemoMailbox
from service.demo.receiver import WebhookReceiver

PLAN = CONFIG / "procesplan.docx"
MARCH = (date(2024, 3, 1), date(2024, 3, 31))
PATIENCE_SECONDS = 60


class Installation:
    """Settings for the program, and the servers it talks to."""

    def __init__(self, folder: Path, port: int, recipients: dict[str, str]) -> None:
        self.mailbox = DemoMailbox(SystemClock()).start()
        self.receiver = WebhookReceiver(SystemClock()).start()
        self.url = f"http://127.0.0.1:{port}"
        self._folder = folder
        self._settings = {
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
        self.mailbox.stop()
        self.receiver.stop()

    def start(self, as_of: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "service", "run"],
            env={**os.environ, **self._settings, "RETTIDIG_AS_OF": as_of},
            cwd=self._folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def ask(self, *arguments: str) -> str:
        """What another command of the program says meanwhile."""
        return subprocess.run(
            [sys.executable, "-m", "service", *arguments],
            env={**os.environ, **self._settings},
            cwd=self._folder,
            text=True,
            check=True,
            capture_output=True,
        ).stdout

    def has_received(self, count: int) -> Callable[[], bool]:
        return lambda: self.received() >= count

    def received(self) -> int:
        return len(self.mailbox.messages()) + len(self.receiver.cards())


@contextmanager
def an_installation(folder: Path, port: int, **recipients: str) -> Iterator[Installation]:
    opened = Installation(folder, port, recipients)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], process: subprocess.Popen[str], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"not seen: {what}\n{process.communicate()[0]}")
        time.sleep(0.05)


def stop(process: subprocess.Popen[str]) -> str:
    """End it as a supervisor would; returns what it said."""
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert 0 == process.returncode, said
    return said


def test_a_month_of_the_real_daemon_sends_what_the_rehearsal_said(tmp_path: Path, free_port: int) -> None:
    """Started anew on each day on which something is to be sent, as after a night's maintenance."""
    people = {"SB": "sb@example.dk", "FOB": "fob@example.dk", "SK": "sk@example.dk"}
    with an_installation(tmp_path, free_port, **people) as installation:
        span = ("--from", MARCH[0].isoformat(), "--to", MARCH[1].isoformat())
        said = installation.ask("rehearse", str(PLAN), *span, "--json")
        rehearsed = Counter(json.loads(line)["at"][:10] for line in said.splitlines())
        expected = 0
        output = ""
        for day in sorted(rehearsed):
            expected += rehearsed[day]
            process = installation.start(as_of=f"{day}T08:00")
            until(installation.has_received(expected), process, f"the messages of {day}")
            output += stop(process)
            assert expected == installation.received(), f"too many on {day}"
        assert len(rehearsed) > 5
        assert 1 == max(Counter(message_ids(installation)).values())
        assert "@example.dk" not in output, "no address in a log"
        assert installation.receiver.url_for("sk") not in output, "no webhook in a log"


def message_ids(installation: Installation) -> list[str]:
    return [message_from_bytes(mail.raw)["Message-ID"] for mail in installation.mailbox.messages()]


def test_the_daemon_is_healthy_while_it_runs_and_refuses_a_second_one(tmp_path: Path, free_port: int) -> None:
    with an_installation(tmp_path, free_port, SB="sb@example.dk") as installation:
        process = installation.start(as_of="2024-03-01T07:00")

        def is_healthy() -> bool:
            try:
                return requests.get(f"{installation.url}/health", timeout=5).ok
            except requests.ConnectionError:
                return False

        until(is_healthy, process, "a healthy answer")
        second = installation.start(as_of="2024-03-01T07:00")
        said, _ = second.communicate(timeout=PATIENCE_SECONDS)
        assert 2 == second.returncode
        assert "Traceback" not in said
        stop(process)


def test_kill_9_in_mid_delivery_loses_nothing_and_repeats_at_most_the_message_in_flight(
    tmp_path: Path, free_port: int
) -> None:
    many = {
        key: ",".join(f"{key.lower()}{n}@example.dk" for n in range(12)) for key in ("SB", "FOB", "BK", "SK")
    }
    kills = 6
    with an_installation(tmp_path, free_port, **many) as installation:
        for _ in range(kills):
            some_more = installation.has_received(installation.received() + 40)
            process = installation.start(as_of="2024-03-13T08:00")
            until(some_more, process, "messages on their way")
            process.kill()
            process.communicate()
        process = installation.start(as_of="2024-03-13T08:00")
        until(lambda: not owed(installation), process, "an outbox with nothing owed")
        stop(process)
        ids = Counter(message_ids(installation))
        assert len(ids) == len({mail.raw for mail in installation.mailbox.messages()}), "copies are identical"
        assert ids.total() - len(ids) <= kills
        assert accepted_messages(tmp_path) == len(ids), "nothing is lost, nothing is claimed"


def owed(installation: Installation) -> list[str]:
    notices = json.loads(installation.ask("outbox", "--json"))["notices"]
    return [each for each in notices if each["at"] < "2024-03-13T08" and each["state"] == "waiting"]


def accepted_messages(folder: Path) -> int:
    with sqlite3.connect(folder / "rettidig.db") as connection:
        found = connection.execute("SELECT count(*) FROM message WHERE state = 'accepted'").fetchone()
    return int(found[0])
