"""The real program reads a real mailbox: killed and started again, asked by its commands, and looked at."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.incoming.dovecot import PASSWORD, USERNAME, Dovecot
from tests.incoming.secretariat import ics_of
from tests.incoming.shapes import a_letter, a_reply_object, from_exchange
from tests.installation import Installation, an_installation

SB = "sb@example.dk"


@pytest.fixture
def installation(tmp_path: Path, dovecot: Dovecot) -> Iterator[Installation]:
    with an_installation(tmp_path, SB=SB) as opened:
        opened.settings |= {
            "RETTIDIG_INBOX__HOST": "127.0.0.1",
            "RETTIDIG_INBOX__PORT": str(dovecot.port),
            "RETTIDIG_INBOX__SECURITY": "none",
            "RETTIDIG_INBOX__USERNAME": USERNAME,
            "RETTIDIG_INBOX__PASSWORD": PASSWORD,
        }
        yield opened


def an_invitation(installation: Installation) -> str:
    """The UID of one that was sent."""
    for mail in installation.mailbox.messages():
        if ics := ics_of(message_from_bytes(mail.raw)):
            (event,) = Calendar.from_ical(ics).events
            if SB in str(event["ATTENDEE"]):
                return str(event["UID"])
    return ""


def answers(installation: Installation) -> list[dict[str, object]]:
    found = json.loads(installation.ask("answers", "--json"))
    return [answer for milestone in found for answer in milestone["answers"]]


def test_an_answer_is_read_by_a_service_that_was_killed_and_its_commands_tell_it(
    installation: Installation, dovecot: Dovecot
) -> None:
    service = installation.start("2024-02-12T08:00")
    service.until(lambda: bool(an_invitation(installation)), "an invitation")
    service.kill()
    ics = a_reply_object(an_invitation(installation), SB, "DECLINED", at=datetime(2024, 2, 12, 7, tzinfo=UTC))
    dovecot.deliver(from_exchange(SB, ics), a_letter())
    service = installation.start("2024-02-12T08:10")
    service.until(lambda: bool(answers(installation)), "the answer")
    log = service.stop()
    assert ["declined"] == [answer["said"] for answer in answers(installation)]
    said = installation.ask("answers")
    assert "Takket nej: SB" in said
    assert "@" not in said
    assert "inbox-read" in log
    assert PASSWORD not in log
    assert "@" not in log
    assert ["", "Seen"] == sorted(dovecot.flags())


def test_doctor_says_whether_the_mailbox_can_be_read_and_what_to_do(installation: Installation) -> None:
    def found(**settings: str) -> str:
        said = installation.command("doctor", **settings)
        assert PASSWORD not in said.stdout + said.stderr
        return said.stdout

    assert "✓ postkassen: Kan læses." in found()
    wrong = found(INBOX__PASSWORD="wrong", MAIL__FROM="Andre <andre@example.dk>")
    assert "✗ postkassen: 127.0.0.1 afviste login. Ret RETTIDIG_INBOX__USERNAME" in wrong
    assert "postkassen, der læses, er en anden" in wrong
    assert "ingen mappe som i RETTIDIG_INBOX__MOVE_TO" in found(INBOX__MOVE_TO="Nowhere")


def test_settings_that_do_not_go_together_are_one_sentence(installation: Installation) -> None:
    said = installation.command("doctor", INBOX__PASSWORD="")
    assert 2 == said.returncode
    assert "RETTIDIG_INBOX__PASSWORD" in said.stderr
    assert "RETTIDIG_INBOX__USERNAME" in said.stderr
