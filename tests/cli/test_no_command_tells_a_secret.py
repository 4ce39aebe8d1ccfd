"""Whatever is asked and whatever goes wrong: no password, token, webhook or address is printed or logged.

Here each command is a process as anybody starts it, with an interpreter of its own.
"""

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
from tests.forked import untraced
from tests.installation import a_free_port

CANARY = "kanarie7f3a"
PATIENCE_SECONDS = 600  # the two years of the demo, on a machine that has more to do
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
    "demo": [["demo", "--seconds", "0", "--exit"]],
    "doctor": [["doctor"]],
    "test-send": [["test-send", "SB"], ["test-send", "nobody"]],
    "feed": [["feed", "sb"]],
    "version": [["version"]],
    "backup": [["backup", "copy.db"]],
    "restore": [["restore", "nowhere.db"]],
    "overview": [["overview", "--json"]],
    "answers": [["answers"], ["answers", "--json"]],
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
            "INBOX__HOST": "127.0.0.1",
            "INBOX__PORT": str(relay.port),
            "INBOX__SECURITY": "none",
            "INBOX__USERNAME": f"{CANARY}-inbox@example.dk",
            "INBOX__PASSWORD": f"{CANARY}-inbox-password",
            "COORDINATOR__EMAIL": f"{CANARY}-coordinator@example.dk",
            "RECIPIENTS__SB__EMAIL": f"{CANARY}-sb@example.dk",
            "RECIPIENTS__SB__TEAMS_WEBHOOK": f"http://127.0.0.1:{receiver.port}/{CANARY}?sig={CANARY}",
            "RECIPIENTS__SB__COLLECTION__URL": f"http://127.0.0.1:{receiver.port}/{CANARY}/",
            "RECIPIENTS__SB__COLLECTION__USERNAME": f"{CANARY}-user",
            "RECIPIENTS__SB__COLLECTION__PASSWORD": f"{CANARY}-password",
            "LOG__LEVEL": "debug",
            "WEB__PORT": str(a_free_port()),
            "AS_OF": "2024-03-13T09:00",
        }


def started(arguments: list[str], settings: dict[str, str], folder: Path, log: Path) -> subprocess.Popen[str]:
    with log.open("w") as written:
        return subprocess.Popen(
            [sys.executable, "-m", "service", *arguments],
            env={**untraced(), **{f"RETTIDIG_{name}": value for name, value in settings.items()}},
            cwd=folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=written,
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
    log = tmp_path / "log"
    port = ["--port", str(a_free_port())] if arguments[0] == "demo" else []
    started([*arguments, *port], settings, tmp_path, log).wait(PATIENCE_SECONDS)
    assert CANARY not in log.read_text()
    assert "Traceback" not in log.read_text()


# What can be set instead, and fails: nothing listens on port 1.
INSTEAD: dict[str, dict[str, str]] = {
    "a database server": {"DATABASE_URL": f"postgresql://{CANARY}:{CANARY}@127.0.0.1:1/{CANARY}"},
    "Microsoft 365": {
        "SMTP__PORT": "1",
        "SMTP__PASSWORD": "",
        "SMTP__OAUTH__TENANT": "example.dk",
        "SMTP__OAUTH__CLIENT_ID": f"{CANARY}-client",
        "SMTP__OAUTH__CLIENT_SECRET": f"{CANARY}-secret",
    },
    "a mailbox for answers": {
        "INBOX__HOST": "127.0.0.1",
        "INBOX__PORT": "1",
        "INBOX__USERNAME": f"{CANARY}-user",
        "INBOX__PASSWORD": f"{CANARY}-password",
    },
    "addresses that are none": {"COORDINATOR__EMAIL": CANARY},
    "a webhook that is none": {"RECIPIENTS__SB__TEAMS_WEBHOOK": f"ftp://{CANARY}.example/{CANARY}"},
}


@pytest.mark.parametrize("instead", INSTEAD)
def test_nor_does_doctor_where_something_else_is_set(
    instead: str, settings: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    changed = {name: value for name, value in {**settings, **INSTEAD[instead]}.items() if value}
    assert started(["doctor"], changed, tmp_path, log).wait(PATIENCE_SECONDS) in {1, 2}
    assert CANARY not in log.read_text()
    assert "Traceback" not in log.read_text()


def test_a_daemon_whose_every_message_is_refused_logs_no_secret_and_no_address(
    settings: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    daemon = started(["run"], settings, tmp_path, log)
    until = time.monotonic() + PATIENCE_SECONDS
    while log.read_text().count("attempted") < 3 and time.monotonic() < until:
        time.sleep(0.2)
    daemon.terminate()
    daemon.wait(PATIENCE_SECONDS)
    assert log.read_text().count("attempted") >= 3
    assert CANARY not in log.read_text()
