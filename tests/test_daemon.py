"""The real program as a process: real SMTP server, real webhook receiver, SIGTERM; tests/faults kills it."""

import json
from collections import Counter
from datetime import date
from email import message_from_bytes
from pathlib import Path

import requests

from tests.installation import PLAN, Installation, an_installation

MARCH = (date(2024, 3, 1), date(2024, 3, 31))


def test_a_month_of_the_real_daemon_sends_what_the_rehearsal_said(tmp_path: Path) -> None:
    """Started anew on each day on which something is to be sent, as after a night's maintenance."""
    people = {"SB": "sb@example.dk", "FOB": "fob@example.dk", "SK": "sk@example.dk"}
    with an_installation(tmp_path, **people) as installation:
        span = ("--from", MARCH[0].isoformat(), "--to", MARCH[1].isoformat())
        said = installation.ask("rehearse", str(PLAN), *span, "--json")
        rehearsed = Counter(json.loads(line)["at"][:10] for line in said.splitlines())
        expected = 0
        output = ""
        for day in sorted(rehearsed):
            expected += rehearsed[day]
            daemon = installation.start(as_of=f"{day}T08:00")
            daemon.until(installation.has_received(expected), f"the messages of {day}")
            output += daemon.stop()
            assert expected == installation.received(), f"too many on {day}"
        assert len(rehearsed) > 5
        assert 1 == max(Counter(message_ids(installation)).values())
        assert "@example.dk" not in output, "no address in a log"
        assert installation.receiver.url_for("sk") not in output, "no webhook in a log"


def message_ids(installation: Installation) -> list[str]:
    return [message_from_bytes(mail.raw)["Message-ID"] for mail in installation.mailbox.messages()]


def test_the_daemon_is_healthy_while_it_runs_and_refuses_a_second_one(tmp_path: Path) -> None:
    with an_installation(tmp_path, SB="sb@example.dk") as installation:
        daemon = installation.start(as_of="2024-03-01T07:00")

        def is_healthy() -> bool:
            try:
                return requests.get(f"{installation.url}/health", timeout=5).ok
            except requests.ConnectionError:
                return False

        daemon.until(is_healthy, "a healthy answer")
        second = installation.start(as_of="2024-03-01T07:00")
        assert 2 == second.ended()
        assert "Traceback" not in second.log.read_text()
        daemon.stop()
