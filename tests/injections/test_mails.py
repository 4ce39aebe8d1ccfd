"""From the cells of a plan to the mail that arrives: no header, recipient or element more than ours."""

import sys
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from typing import NamedTuple

import pytest
from aiosmtpd.smtp import Envelope
from hypothesis import example, given, settings

from service.clock import SteppingClock
from service.delivery.receipt import Answer
from service.delivery.relay import Relay
from service.delivery.smtp import SmtpTransport
from service.demo.mailbox import DemoMailbox
from service.messages.calendar import Status
from service.messages.cleaning import header_text
from service.messages.composing import Message, Writer
from service.messages.invite import InviteState
from service.messages.reminder import Links
from service.plan.plan import Plan
from service.reminders.notice import Channel, Occasion
from tests.factories import a_hearer
from tests.injections.paper import (
    AT,
    CASES,
    CELLS,
    ENCODED,
    STATIONERY,
    TODAY,
    TRIED,
    harmless,
    plan_saying,
    standings_of,
)
from tests.injections.readers import Mail, mail, needs_parsers, page

pytestmark = needs_parsers
TOLD = (Occasion.OVERDUE, Occasion.AHEAD, Occasion.AWAITING)
HOME = "https://frister.example.dk"
LINKS = Links(feed=f"{HOME}/feed/t", done={f"m{row}": f"{HOME}/m/{row}" for row in range(1, 4)})


class OneMail(DemoMailbox):
    """A mail server that keeps the last mail alone, as it came over the wire."""

    last: Envelope

    def _keep(self, envelope: Envelope) -> None:
        self.last = envelope


@pytest.fixture(scope="module")
def mailbox() -> Iterator[OneMail]:
    opened = OneMail(SteppingClock(AT))
    opened.start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def transport(mailbox: OneMail) -> Iterator[SmtpTransport]:
    opened = SmtpTransport(Relay(host=mailbox.host, port=mailbox.port, security="none"))
    yield opened
    opened.close()


def writer(plan: Plan) -> Writer:
    return Writer(plan=plan, key=b"key", stationery=STATIONERY)


def reminder(cells: Sequence[str]) -> Message:
    plan = plan_saying(cells)
    told = list(zip(standings_of(plan), TOLD, strict=True))
    to = a_hearer("sb", name=cells[-1])
    return writer(plan).reminder(told, to, on=TODAY, at=AT, message_id="<1@example.dk>", links=LINKS)


def invite(cells: Sequence[str]) -> Message:
    plan = plan_saying(cells)
    to = a_hearer("sb", Channel.INVITE, name=cells[-1])
    first = standings_of(plan)[0]
    entry = writer(plan).entry(first, to, status=Status.PLANNED, due_on=first.milestone.due_on)
    return writer(plan).invite(
        entry,
        InviteState.first(entry, AT),
        to,
        is_known=False,
        occasion=Occasion.CHANGED,
        at=AT,
        message_id="<2@example.dk>",
    )


class Built(NamedTuple):
    """How a mail is built: its headers, its parts, the files on it and the elements of its page."""

    headers: list[str]
    parts: list[tuple[str, str | None]]
    files: list[list[str]]
    page: tuple[list[tuple[str, tuple[tuple[str, str], ...]]], int]


def built(ours: EmailMessage, theirs: Mail) -> Built:
    parts = [(part.get_content_type(), part.get_filename()) for part in ours.walk()]
    return Built(theirs.headers, parts, theirs.files, page(theirs.html)[:2])


@cache
def plain(write: Callable[[Sequence[str]], Message], cells: int) -> Built:
    """As it is with nothing in it that tries anything."""
    raw = write(harmless(cells)).body
    return built(_read(raw), mail(raw))


def _read(raw: bytes) -> EmailMessage:
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def arrives_as_it_is_meant(
    write: Callable[[Sequence[str]], Message], cells: list[str], mailbox: OneMail, transport: SmtpTransport
) -> None:
    """Over SMTP, and before two readers, it is one mail to one recipient, built as it always is."""
    sent = write(cells)
    raw = sent.body
    assert transport.send("frister@example.dk", "sb@example.dk", raw).answer is Answer.ACCEPTED
    assert (mailbox.last.mail_from, mailbox.last.rcpt_tos) == ("frister@example.dk", ["sb@example.dk"])
    assert mailbox.last.original_content == raw
    ours, theirs = _read(raw), mail(raw)
    assert [name.lower() for name in ours] == theirs.headers
    assert not [part.defects for part in ours.walk() if part.defects]
    assert [address for _, address in theirs.readers] == ["sb@example.dk"]
    assert [address for _, address in theirs.writers] == ["frister@example.dk"]
    assert ours["Subject"] == header_text(sent.subject)
    assert theirs.subject.split() == header_text(sent.subject).split()
    assert built(ours, theirs) == plain(write, len(cells))


@TRIED
@given(cells=CELLS)
@example(cells=list(ENCODED))
def test_a_reminder(cells: list[str], mailbox: OneMail, transport: SmtpTransport) -> None:
    arrives_as_it_is_meant(reminder, cells, mailbox, transport)


@settings(TRIED, max_examples=CASES // 10)
@given(cells=CELLS)
@example(cells=list(ENCODED))
def test_an_invitation(cells: list[str], mailbox: OneMail, transport: SmtpTransport) -> None:
    arrives_as_it_is_meant(invite, cells, mailbox, transport)


@pytest.mark.skipif(
    sys.version_info[:3] != (3, 11, 7), reason="shown on one of the Pythons that have the flaw"
)
def test_the_library_alone_would_let_an_encoded_word_add_a_header() -> None:
    """CVE-2024-6923: what these tests would find if the texts went to it as they are."""
    unguarded = EmailMessage()
    unguarded["Subject"] = f"Hej {ENCODED[1]}"
    assert "Bcc" in message_from_bytes(bytes(unguarded))
