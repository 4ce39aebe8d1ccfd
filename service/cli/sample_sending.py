"""What `test-send` sends, past the outbox and with the bytes and the transports of the real thing."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

from service.bootstrap import Parts, hand_over_mail, post_card
from service.cli.checks import Check
from service.cli.collection_checks import tried_collection
from service.cli.output import phrase, reply_language
from service.delivery.diagnosis import explain
from service.delivery.patience import WHILE_SOMEBODY_WAITS
from service.delivery.receipt import Answer, Receipt
from service.delivery.smtp import SmtpTransport
from service.delivery.webhook import WebhookTransport
from service.errors import RettidigError
from service.messages.calendar import CalendarEntry, Status
from service.messages.composing import Message, Writer
from service.messages.invite import InviteState
from service.plan.milestone import Milestone
from service.plan.place import NOWHERE
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind, Window
from service.reminders.notice import Channel, Hearer, Occasion, Recipient, folded
from service.reminders.recipients import hearers
from service.reminders.schedule import Standing
from service.reminders.trouble import MEDIUM_OF
from service.settings import Settings
from service.storage.outgoing import Claimed
from service.storage.undelivered import take_for_good

A_WEEK = timedelta(days=7)
NO_RELAY = "no-relay"


class UnknownRecipientError(RettidigError):
    da = "Ingen modtager hedder »{key}«. Sat op er: {keys}."
    en = "No recipient is called “{key}”. Set up are: {keys}."


class ChannelWords(NamedTuple):
    """A channel by its name, and where to look for what was accepted: that is all the other side promises."""

    da: str
    en: str
    look_da: str
    look_en: str


CHANNELS = {
    Channel.EMAIL: ChannelWords(
        "mail",
        "mail",
        "Se efter den i indbakken, og i mappen med uønsket post.",
        "Look for it in the inbox, and among the junk.",
    ),
    Channel.INVITE: ChannelWords(
        "invitation",
        "invitation",
        "Se efter en hel dag om en uge i kalenderen, og slet den dér.",
        "Look for a whole day in the calendar a week from now, and delete it there.",
    ),
    Channel.TEAMS: ChannelWords(
        "Teams",
        "Teams",
        "Det siger kun, at flowet er sat i gang; se, om kortet står i kanalen.",
        "That only says that the flow was started; look whether the card is in the channel.",
    ),
}


def send_test(settings: Settings, parts: Parts, key: str) -> list[Check]:
    """Send a made-up reminder to all addresses of a recipient, over each channel that is set up."""
    configured = [each.recipient for each in settings.configured_recipients()]
    found = [recipient for recipient in configured if folded(recipient.key) == folded(key)]
    if not found:
        keys = ", ".join(recipient.key.upper() for recipient in configured)
        raise UnknownRecipientError(key=key, keys=keys or "-")
    reached = hearers(found)
    entry = _entry(parts, found[0])
    tried = [*_tried_all(parts, reached), *tried_collection(parts, found[0], entry)]
    return tried or [_nothing_set_up(found[0])]


def _nothing_set_up(recipient: Recipient) -> Check:
    name = recipient.key.upper()
    said = phrase("Er sat til ingen kanaler, så intet sendes.", "Is set to no channels, so nothing is sent.")
    return Check(name=name, fine=False, sentence=said)


def _tried_all(parts: Parts, reached: Sequence[Hearer]) -> Iterator[Check]:
    """One try at each address. A relay that takes nothing is asked once: wrong passwords lock accounts."""
    is_relay_up = True
    for channel, words in CHANNELS.items():
        those = [hearer for hearer in reached if hearer.channel is channel]
        for number, hearer in enumerate(those, start=1):
            if channel is Channel.TEAMS or is_relay_up:
                receipt = _handed_over(parts, _sample(parts, hearer))
                is_relay_up = is_relay_up and not receipt.is_about_the_relay
                yield _check(parts, hearer, receipt, _name(words, number, len(those)))


def _name(words: ChannelWords, number: int, count: int) -> str:
    name = phrase(words.da, words.en)
    return phrase(f"{name} {number} af {count}", f"{name} {number} of {count}") if count > 1 else name


def _check(parts: Parts, hearer: Hearer, receipt: Receipt, name: str) -> Check:
    """What became of one try; what is accepted ends any trouble that there was at that address."""
    relay = None if hearer.channel is Channel.TEAMS else parts.relay
    if receipt.code == NO_RELAY:
        said = phrase("RETTIDIG_SMTP__HOST er ikke sat.", "RETTIDIG_SMTP__HOST is not set.")
    else:
        said = explain(receipt, relay, reply_language(), hearer.recipient)
    if receipt.is_about_the_relay:
        return Check(name=phrase("mailserveren", "the mail relay"), fine=False, sentence=said)
    if receipt.answer is not Answer.ACCEPTED:
        return Check(name=name, fine=False, sentence=said)
    with parts.database.write() as connection:
        take_for_good(connection, MEDIUM_OF[hearer.channel], hearer.address, parts.clock.now())
    look = phrase(CHANNELS[hearer.channel].look_da, CHANNELS[hearer.channel].look_en)
    return Check(name=name, fine=True, sentence=f"{said} {look}")


def _handed_over(parts: Parts, sample: Claimed) -> Receipt:
    if sample.channel is Channel.TEAMS:
        with closing(WebhookTransport()) as cards:
            return post_card(parts, cards, sample)
    if parts.relay is None:
        return Receipt(answer=Answer.DELAYED, code=NO_RELAY, stage="CONNECT")
    with closing(SmtpTransport(parts.relay, WHILE_SOMEBODY_WAITS)) as mails:
        return hand_over_mail(parts, mails, sample)


def _sample(parts: Parts, hearer: Hearer) -> Claimed:
    now = parts.clock.now()
    message = _message(parts, hearer, now)
    return Claimed(
        id=0,
        attempt=1,
        message_id=message.message_id,
        recipient=hearer.recipient,
        channel=hearer.channel,
        address=hearer.address,
        subject=message.subject,
        body=message.body,
        tried_since=now,
        expires_on=None,
    )


def _entry(parts: Parts, recipient: Recipient) -> CalendarEntry:
    standing = _standing(parts.office.rules.local_day(parts.clock.now()) + A_WEEK)
    return CalendarEntry(
        uid=f"{token_hex(16)}@{parts.stationery.sender.mailbox.domain}",
        milestone=standing.milestone,
        responsible=(),
        status=Status.PLANNED,
        language=recipient.language,
        zone=parts.stationery.zone,
    )


def _message(parts: Parts, hearer: Hearer, now: datetime) -> Message:
    """About a day in a week, for this once: neither its Message-ID nor its UID is used again."""
    today = parts.office.rules.local_day(now)
    plan = Plan(title=phrase("Prøve", "Test"), language=reply_language(), milestones=(), parties=())
    writer = Writer(plan=plan, key=token_hex(32).encode(), stationery=parts.stationery)
    standing, message_id = _standing(today + A_WEEK), writer.message_id([token_hex(16)])
    if hearer.channel is not Channel.INVITE:
        told = [(standing, Occasion.AHEAD)]
        return writer.reminder(told, hearer, on=today, at=now, message_id=message_id)
    entry = writer.entry(standing, hearer, status=Status.PLANNED, due_on=standing.milestone.due_on)
    return writer.invite(
        entry,
        InviteState.first(entry, now),
        hearer,
        is_known=False,
        occasion=Occasion.CHANGED,
        at=now,
        message_id=message_id,
    )


def _standing(day: date) -> Standing:
    milestone = Milestone(
        id="test",
        row=1,
        where=NOWHERE,
        deadline=day.isoformat(),
        window=Window(starts_on=day, ends_on=day, kind=Kind.DAY, certainty=Certainty.EXACT),
        due_on=day,
        activity=phrase(
            "Prøve fra Rettidig: læser du dette, når påmindelserne frem.",
            "A test from Rettidig: if you can read this, reminders reach you.",
        ),
        responsible="",
        parties=(),
    )
    return Standing(milestone=milestone, since=day - A_WEEK)
