"""What was received, in words for the page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from service.demo.mailbox import ReceivedMail
from service.demo.received import letterhead, opened
from service.demo.receiver import ReceivedCard
from service.messages.appointment import slot_in_words
from service.messages.wording import at_time, long_date, sentence_case, short_date
from service.storage.plans import Revision
from service.web.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing received, in a list. `kind` is "mail", "invite" or "teams", `url` where it is shown."""

    kind: str
    url: str
    received_at: datetime
    at: str
    subject: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMail:
    number: int
    url: str
    subject: str
    sender: str
    to: str
    at: str
    text: str
    has_html: bool
    method: str
    appointment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCard:
    number: int
    to: str
    at: str
    card: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the clock is on the way from the first reading of the plan to the last day of the demo."""

    percent: int
    start: str
    end: str


def instant(site: Site, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(site.timezone))
    return sentence_case(at_time(site.language, long_date(site.language, local.date()), local.time()))


def progress(site: Site, revision: Revision, end: date) -> Progress | None:
    """How far the simulated time has come on its way to the day `end`; None while there is no plan."""
    if revision.number == 0:
        return None
    start = site.day_of(revision.imported_at)
    passed = (site.today - start) / max(end - start, timedelta(days=1))
    return Progress(
        percent=round(100 * min(max(passed, 0.0), 1.0)),
        start=short_date(site.language, start),
        end=short_date(site.language, end),
    )


def mail_line(site: Site, mail: ReceivedMail, folder: str) -> Line:
    head = letterhead(mail)
    return Line(
        kind="invite" if head.is_invite else "mail",
        url=mail_url(mail, folder),
        received_at=mail.received_at,
        at=short_date(site.language, site.day_of(mail.received_at)),
        subject=head.subject,
        to=head.to,
    )


def mail_url(mail: ReceivedMail, folder: str) -> str:
    """Where a mail is shown, with the list beside it that it was chosen from."""
    return f"/mails/{mail.number}" + (f"?to={quote(folder)}" if folder else "")


def card_line(site: Site, card: ReceivedCard) -> Line:
    return Line(
        kind="teams",
        url=f"/teams#card-{card.number}",
        received_at=card.received_at,
        at=short_date(site.language, site.day_of(card.received_at)),
        subject=str(card.card.get("fallbackText", "")),
        to=card.recipient,
    )


def folders(names: Iterable[str]) -> Sequence[tuple[str, int]]:
    """Who received anything, and how much, by name."""
    return sorted(Counter(names).items())


def open_mail(site: Site, mail: ReceivedMail, folder: str) -> OpenMail:
    head, content = letterhead(mail), opened(mail)
    appointment = content.appointment
    return OpenMail(
        number=mail.number,
        url=mail_url(mail, folder),
        subject=head.subject,
        sender=head.sender,
        to=head.to,
        at=instant(site, mail.received_at),
        text=content.text,
        has_html=bool(content.html),
        method=appointment.method if appointment else "",
        appointment=slot_in_words(appointment, site.language, ZoneInfo(site.timezone)) if appointment else "",
    )


def open_card(site: Site, card: ReceivedCard) -> OpenCard:
    return OpenCard(number=card.number, to=card.recipient, at=instant(site, card.received_at), card=card.card)
