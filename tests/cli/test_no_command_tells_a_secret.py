"""Whatever is asked and whatever goes wrong: no password, token, webhook or address is printed or logged."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from service.bundled import CONFIG
from service.cli.app import COMMANDS
from service.delivery.replies import Stage
from tests.delivery.scripted_relay import ScriptedRelay, says
from tests.delivery.webhook_receiver import WebhookReceiver, http

CANARY = "kanarie7f3a"
PLAN = str(CONFIG / "procesplan.docx")
MAY_TELL = {
    "export": "it writes down for somebody what is held on them, to a file for nobody else",
}

# Each command as it fails and as it works; a command that is not named here fails the test below.
ASKED: dict[str, list[list[str]]] = {
    "read": [["read", PLAN]],
    "when": [["when", "Primo marts 2024"]],
    "who": [["who", "Boligorganisationer/ Slagelse Kommune (SK)"]],
    "import": [["import", PLAN, "--yes"]],
    "rehearse": [["rehearse", PLAN, "--from", "2024-03-01", "--to", "2024-03-31", "--json"]],
    "upcoming": [["upcoming"]],
    "done": [["done", "no-such-milestone"]],
    "mark": [["mark"]],
    "rules": [["rules"]],
    "outbox": [["outbox", "--json"]],
    "links": [["links"]],
    "run": [["run"]],
    "demo": [["demo", "--seconds", "0", "--exit", "--port", "18099"]],
    "doctor": [["doctor"]],
    "test-send": [["test-send", "SB"], ["test-send", "nobody"]],
    "feed": [["feed", "sb"]],
    "version": [["version"]],
    "backup": [["backup", "copy.db"]],
    "restore": [["restore", "nowhere.db"]],
    "overview": [["overview", "--json"]],
    "consequences": [["consequences", "--json"]],
    "record": [["record", "--json"]],
    "erase": [["erase", "SB"]],
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A relay that refuses and a webhook that fails, both repeating in their answers what they were sent."""
    refusal = says(f"550 5.1.1 <{CANARY}-sb@example.dk>: no such mailbox {CANARY}")
    echo = http("400 Bad Request", f"https://hooks.example/?sig={CANARY}".encode())
    relay = ScriptedRelay({Stage.RCPT: refusal}, times=100_000)
    receiver = WebhookReceiver(echo)
    with ExitStack() as opened:
        opened.enter_context(relay.running())
        opened.enter_context(receiver.running())
        folder = tmp_path_factory.mktemp("installation")
        yield {
            "DATABASE_URL": f"sqlite:///{folder}/rettidig.db",
            "PLAN": PLAN,
            "MAIL__FROM": "Rettidig <frister@example.dk>",
            "SMTP__HOST": "127.0.0.1",
            "SMTP__PORT": str(relay.port),
            "SMTP__SECURITY": "none",
            "SMTP__USERNAME": f"{CANARY}-user",
            "SMTP__PASSWORD": f"{CANARY}-password",
            "COORDINATOR__EMAIL": f"{CANARY}-coordinator@example.dk",
            "RECIPIENTS__SB__EMAIL": f"{CANARY}-sb@example.dk",
            "RECIPIENTS__SB__TEAMS_WEBHOOK": f"http://127.0.0.1:{receiver.port}/{CANARY}?sig={CANARY}",
            "RECIPIENTS__SB__COLLECTION__URL": f"http://127.0.0.1:{receiver.port}/{CANARY}/",
            "RECIPIENTS__SB__COLLECTION__USERNAME": f"{CANARY}-user",
            "RECIPIENTS__SB__COLLECTION__PASSWORD": f"{CANARY}-password",
            "LOG__LEVEL": "debug",
            "WEB__PORT": "18098",
            "AS_OF": "2024-03-13T09:00",
        }


def started(arguments: list[str], settings: dict[str, str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "service", *arguments],
        env={**os.environ, **{f"RETTIDIG_{name}": value for name, value in settings.items()}},
        cwd=folder,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_every_command_is_asked() -> None:
    assert ASKED.keys() | MAY_TELL.keys() >= COMMANDS.keys()


@pytest.mark.parametrize(
    "arguments",
    [asked for name, ways in ASKED.items() if name in COMMANDS and name != "run" for asked in ways],
    ids=" ".join,
)
def test_it_prints_no_secret_and_no_address(
    arguments: list[str], settings: dict[str, str], tmp_path: Path
) -> None:
    said, _ = started(arguments, settings, tmp_path).communicate(timeout=120)
    assert CANARY not in said
    assert "Traceback" not in said


def test_a_daemon_whose_every_message_is_refused_logs_no_secret_and_no_address(
    settings: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with log.open("w") as written:
        daemon = subprocess.Popen(
            [sys.executable, "-m", "service", "run"],
            env={**os.environ, **{f"RETTIDIG_{name}": value for name, value in settings.items()}},
            cwd=tmp_path,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        until = time.monotonic() + 60
        while log.read_text().count("attempted") < 3 and time.monotonic() < until:
            time.sleep(0.2)
        daemon.terminate()
        daemon.wait(timeout=60)
    assert log.read_text().count("attempted") >= 3
    assert CANARY not in log.read_text()
