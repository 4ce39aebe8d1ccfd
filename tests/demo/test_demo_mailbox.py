"""The mailbox of the demo is a real SMTP server: what it keeps is what came over the wire."""

import smtplib
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from service.clock import SteppingClock
from service.demo.mailbox import DemoMailbox
from tests.demo.conftest import MORNING


def deliver(mailbox: DemoMailbox, raw: bytes, *to: str) -> None:
    with smtplib.SMTP(mailbox.host, mailbox.port, timeout=10) as smtp:
        smtp.sendmail("frister@example.dk", list(to), raw)


def test_it_keeps_the_bytes_the_envelope_and_the_time_of_its_clock(
    mailbox: DemoMailbox, clock: SteppingClock
) -> None:
    raw = b"Subject: Frist\r\n\r\n.en linje med punktum\r\nog b\xc3\xb8ger\r\n"
    clock.advance(timedelta(days=3))
    deliver(mailbox, raw, "sb@example.dk", "fob@example.dk")
    (kept,) = mailbox.messages()
    assert kept.raw == raw
    assert kept.sender == "frister@example.dk"
    assert kept.recipients == ("sb@example.dk", "fob@example.dk")
    assert kept.received_at == MORNING + timedelta(days=3)


def test_it_numbers_what_comes_in_the_order_of_arrival(mailbox: DemoMailbox) -> None:
    with smtplib.SMTP(mailbox.host, mailbox.port, timeout=10) as kept_open:
        for number in range(5):
            kept_open.sendmail("frister@example.dk", ["sb@example.dk"], f"X-Number: {number}\r\n\r\n")
    assert [mail.number for mail in mailbox.messages()] == [1, 2, 3, 4, 5]


def test_a_sender_that_keeps_its_connection_open_does_not_hold_up_the_stop(clock: SteppingClock) -> None:
    started = DemoMailbox(clock).start()
    sender = smtplib.SMTP(started.host, started.port, timeout=10)
    sender.noop()
    started.stop()
    sender.close()


def test_it_can_be_reached_from_this_machine_only(mailbox: DemoMailbox) -> None:
    assert mailbox.host == "127.0.0.1"


LINES = st.lists(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=70))


@given(lines=LINES)
def test_any_line_comes_through_as_it_was_sent(lines: list[str]) -> None:
    raw = "\r\n".join(["Subject: x", "", *lines, "end", ""]).encode()
    started = DemoMailbox(SteppingClock(MORNING)).start()
    try:
        deliver(started, raw, "sb@example.dk")
        assert started.messages()[0].raw == raw
    finally:
        started.stop()
