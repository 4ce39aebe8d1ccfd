"""A reminder as a mail: what it says, what stands on it, and that no cell of a plan can change either."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.messages.cleaning import header_text, one_line
from service.messages.email import Envelope, compose_email
from service.messages.letter import subject_of
from service.messages.mailbox import Mailbox, Sender, UnusableAddressError
from service.messages.reminder import Reminder
from service.messages.templates import Templates
from service.reminders.notice import Occasion

Remind = Callable[..., Reminder]
Golden = Callable[[str, str], None]

ON = date(2024, 3, 13)
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "\r\nBcc: x@evil.example",
                "=?utf-8?q?=0D=0ABcc:_x@evil.example?=",
                "<script>alert(1)</script>",
                '"><img src=https://evil.example/x.png>',
                "{{ 7 * 7 }}",
                "{% include '/etc/passwd' %}",
                "prækvalifikationsmaterialet",
                "\ud800",
                "\u2028",
                "\x00",
                "\u202e",
                " ",
            ]
        ),
        min_size=1,
        max_size=12,
    ).map("".join),
)


def _as_read(mail: EmailMessage) -> str:
    """Headers and parts decoded, so that a golden file shows what a person reads."""
    headers = [f"{name}: {value}" for name, value in mail.items() if name != "Content-Type"]
    parts = [
        f"=== {part.get_content_type()} ===\n{part.get_content()}"
        for part in mail.walk()
        if not part.is_multipart()
    ]
    return "\n".join([*headers, "", *parts])


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *sorted(name for name, _ in attrs)]))

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


@dataclass(frozen=True)
class Received:
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        mail = message_from_bytes(self.raw, policy=policy.SMTP)
        assert isinstance(mail, EmailMessage)
        return mail

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: Literal["plain", "html"]) -> str:
        body = self.mail.get_body((kind,))
        assert body
        return str(body.get_content())


Deliver = Callable[..., Received]


@pytest.fixture(scope="module")
def deliver(envelope: Envelope, templates: Templates) -> Deliver:
    def compose(reminder: Reminder, outside: Envelope = envelope) -> Received:
        return Received(bytes(compose_email(reminder, outside, templates)))

    return compose


@pytest.fixture(scope="module")
def cases(milestones: SimpleNamespace, remind: Remind) -> dict[str, Reminder]:
    told = milestones
    return {
        "one": remind(ON, (told.board, Occasion.AHEAD)),
        "checklist-english": remind(ON, (told.council, Occasion.OPENS), language="en"),
        "overdue": remind(ON, (told.primo, Occasion.OVERDUE)),
        "awaiting": remind(ON, (told.undated, Occasion.AWAITING), recipient_name="Mette Koch"),
        "several": remind(
            date(2024, 3, 20),
            (told.undated, Occasion.AWAITING),
            (told.meeting, Occasion.AHEAD),
            (told.primo, Occasion.ESCALATED),
            (told.board, Occasion.DUE),
            (told.hand_in, Occasion.CANCELLED),
        ),
    }


@pytest.mark.parametrize("name", ["one", "checklist-english", "overdue", "awaiting", "several"])
def test_a_reminder_reads_as_it_was_approved(
    name: str, cases: dict[str, Reminder], golden: Golden, deliver: Deliver
) -> None:
    mail = deliver(cases[name]).mail

    golden(f"{name}.eml.txt", _as_read(mail))


def test_the_headers_are_these_and_no_others(cases: dict[str, Reminder], deliver: Deliver) -> None:
    mail = deliver(cases["one"]).mail

    assert {name: str(value) for name, value in mail.items() if name != "Content-Type"} == {
        "MIME-Version": "1.0",
        "From": "Rettidig <frister@example.dk>",
        "To": '"FOB, sekretariatet" <fob@example.dk>',
        "Reply-To": "Mette Koch <mette@example.dk>",
        "Subject": "Frist 20. marts 2024: FOB - bestyrelsen behandler prækvalifikationen.",
        "Date": "Wed, 13 Mar 2024 07:00:00 +0000",
        "Message-ID": "<8d5f0c2b@example.dk>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply, DR, RN, NRN",
        "Content-Language": "da",
    }


def test_the_text_stands_before_the_html_so_that_the_html_is_preferred(
    cases: dict[str, Reminder], deliver: Deliver
) -> None:
    mail = deliver(cases["one"]).mail

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_the_same_reminder_gives_the_same_bytes(cases: dict[str, Reminder], deliver: Deliver) -> None:
    first, second = (deliver(cases["several"]).raw for _ in range(2))

    assert first == second


def test_two_messages_have_different_boundaries(
    cases: dict[str, Reminder], envelope: Envelope, deliver: Deliver
) -> None:
    other = replace(envelope, message_id="<another@example.dk>")
    first, second = (deliver(cases["one"], it).mail for it in (envelope, other))

    assert first.get_boundary() != second.get_boundary()


def test_a_mail_is_short_lines_of_ascii_and_below_the_size_that_gmail_clips(
    cases: dict[str, Reminder], deliver: Deliver
) -> None:
    for case in cases.values():
        raw = deliver(case).raw

        assert raw.isascii()
        assert max(len(line) for line in raw.split(b"\r\n")) <= 78
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert len(raw) < 100_000


def test_a_hundred_deadlines_all_stand_in_one_mail_that_gmail_shows_whole(
    milestones: SimpleNamespace, remind: Remind, deliver: Deliver
) -> None:
    told = [(replace(milestones.primo, activity=f"Punkt {n:03}."), Occasion.OVERDUE) for n in range(100)]
    html = deliver(remind(ON, *told)).html

    assert len(html.encode()) < 100_000
    assert {milestone.activity for milestone, _ in told} <= set(_Page(html).texts)


def test_a_mail_asks_nothing_from_the_network(cases: dict[str, Reminder], deliver: Deliver) -> None:
    html = deliver(cases["several"]).html

    assert not {"img", "link", "script", "iframe"} & {tag.split()[0] for tag in _Page(html).tags}
    assert "url(" not in html


def test_a_domain_with_danish_letters_is_written_so_that_every_server_takes_it(
    cases: dict[str, Reminder], envelope: Envelope, deliver: Deliver
) -> None:
    to = Mailbox(address="anna@ærø.example", name="Anna")
    mail = deliver(cases["one"], replace(envelope, to=to)).mail

    assert [address.addr_spec for address in mail["To"].addresses] == ["anna@xn--r-3fa9c.example"]


@pytest.mark.parametrize(
    "address",
    ["søren@example.dk", "", "@example.dk", "a@", "a b@example.dk", "a,b@example.dk", "a@b@example.dk",
     '"a"@b.example', "a..b@example.dk", "a\nBcc:b@example.dk", "=?utf-8?q?a?=@example.dk", "a@ex ample.dk"],
)  # fmt: skip
def test_an_address_that_no_server_takes_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(UnusableAddressError) as refused:
        Mailbox(address=address, name="SB")

    assert "SB" in refused.value.sentence("da")
    assert "example.dk" not in refused.value.sentence("en")


def test_without_a_coordinator_to_answer_there_is_no_reply_to(
    cases: dict[str, Reminder], envelope: Envelope, deliver: Deliver
) -> None:
    alone = replace(envelope, sender=Sender(mailbox=envelope.sender.mailbox))
    received = deliver(cases["one"], alone)

    assert "Reply-To" not in received.mail
    assert "Svar på denne mail" not in received.text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_that_would_do_more_than_open_a_page_is_refused(
    url: str, milestones: SimpleNamespace, remind: Remind, deliver: Deliver
) -> None:
    with pytest.raises(ValueError, match="http"):
        deliver(remind(ON, (milestones.board, Occasion.AHEAD), plan_url=url))


@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
@example(text="Boligsoc. bestyrelse godkender prækvalifikationsmaterialet og indstiller til godkendelse")
def test_no_cell_and_no_name_can_add_a_header_a_recipient_or_a_tag(
    text: str, milestones: SimpleNamespace, remind: Remind, envelope: Envelope, deliver: Deliver
) -> None:
    def saying(said: str) -> Received:
        cell = replace(milestones.council, activity=said, responsible=said, deadline=said, checklist=(said,))
        reminder = remind(
            ON, (cell, Occasion.AHEAD), plan_title=said, recipient_name=said, coordinator_name=said + "x"
        )
        sender = replace(envelope.sender, mailbox=Mailbox(address="frister@example.dk", name=said))
        to = Mailbox(address="fob@example.dk", name=said)
        return deliver(reminder, replace(envelope, to=to, sender=sender))

    hostile, harmless = saying(text), saying("A" if one_line(text) else "")

    assert hostile.mail.keys() == harmless.mail.keys()
    assert [address.addr_spec for address in hostile.mail["To"].addresses] == ["fob@example.dk"]
    assert not hostile.mail.defects
    page = _Page(hostile.html)
    assert page.tags == _Page(harmless.html).tags
    assert one_line(text) in ["", *page.texts]


@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
def test_what_goes_over_smtp_says_what_the_mail_says(
    text: str, milestones: SimpleNamespace, remind: Remind, envelope: Envelope, templates: Templates
) -> None:
    cell = replace(milestones.council, activity=text, deadline=text)
    mail = compose_email(remind(ON, (cell, Occasion.AHEAD), plan_title=text), envelope, templates)
    received = Received(bytes(mail))

    arrived = [part.replace("\r\n", "\n") for part in (received.text, received.html)]
    assert [f"{mail.text}\n", f"{mail.html}\n"] == arrived
    assert mail.headers == {name: str(received.mail[name]) for name in mail.headers}


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("aæø =?-,é\u20ac"), min_size=1, max_size=120))
def test_a_subject_arrives_letter_for_letter(
    text: str, milestones: SimpleNamespace, remind: Remind, deliver: Deliver
) -> None:
    reminder = remind(ON, (replace(milestones.board, activity=text), Occasion.AHEAD))
    mail = deliver(reminder).mail

    assert mail["Subject"] == header_text(subject_of(reminder))
