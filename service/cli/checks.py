"""What `doctor` looks at, and what `test-send` tries; each answer is one sentence."""

import secrets
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from service.bootstrap import Parts, clock_of, hand_over_mail, open_parts, post_card
from service.cli.output import phrase, reply_language
from service.configured import office_of
from service.delivery.diagnosis import explain
from service.delivery.receipt import Answer, Receipt
from service.delivery.relay import Relay
from service.delivery.smtp import SmtpTransport
from service.delivery.webhook import WebhookTransport
from service.errors import RettidigError
from service.messages.card import Shape, compose_card
from service.messages.email import Envelope, compose_email
from service.messages.letter import subject_of
from service.messages.mailbox import Mailbox
from service.messages.reminder import reminder_about
from service.messages.wording import short_date
from service.plan.finding import Severity
from service.plan.milestone import Milestone
from service.plan.place import NOWHERE
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind, Window
from service.reading.reader import read_plan
from service.reminders.notice import Channel, Hearer, Occasion, folded
from service.reminders.recipients import hearers
from service.reminders.schedule import Standing
from service.settings import Settings, cautions, clock_shift
from service.storage.outgoing import Claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    fine: bool
    sentence: str


class UnknownRecipientError(RettidigError):
    da = "Ingen modtager hedder »{key}«. Sat op er: {keys}."
    en = "No recipient is called “{key}”. Set up are: {keys}."


def check_everything(settings: Settings) -> list[Check]:
    """Everything a daemon would need, looked at once: nothing is sent and no plan is stored."""
    return [*_plan_checks(settings), *_setting_checks(settings), *_service_checks(settings)]


def _plan_checks(settings: Settings) -> Iterator[Check]:
    name = phrase("planen", "the plan")
    try:
        plan = read_plan(Path(settings.plan))
    except RettidigError as unreadable:
        yield Check(name=name, fine=False, sentence=unreadable.sentence(reply_language()))
        return
    errors = [finding for finding in plan.findings if finding.severity is Severity.ERROR]
    counted = phrase(f"{len(plan.milestones)} milepæle læst.", f"{len(plan.milestones)} milestones read.")
    yield Check(name=name, fine=True, sentence=counted)
    language = reply_language()
    for finding in errors:
        place = finding.where.in_words(language)
        yield Check(name=name, fine=False, sentence=f"{place}: {finding.message(language)}")
    yield from _recipient_checks(settings, plan)


def _recipient_checks(settings: Settings, plan: Plan) -> Iterator[Check]:
    name = phrase("modtagerne", "the recipients")
    office = office_of(settings)
    _, told, findings = office.settle(plan)
    count = len({each.recipient for each in told})
    yield Check(name=name, fine=bool(told), sentence=phrase(f"{count} sat op.", f"{count} set up."))
    today = office.rules.local_day(clock_of(settings).now())
    for hearer in {each.recipient: each for each in told}.values():
        if last := hearer.preferences.away_until(today):
            yield Check(name=name, fine=True, sentence=_away(hearer, last))
    for finding in findings:
        fine = finding.severity is not Severity.ERROR
        yield Check(name=name, fine=fine, sentence=finding.message(reply_language()))


def _away(hearer: Hearer, last: date) -> str:
    day = short_date(reply_language(), last)
    return phrase(
        f"{hearer.recipient.upper()} holder pause til og med {day}.",
        f"{hearer.recipient.upper()} pauses until {day}, that day included.",
    )


def _setting_checks(settings: Settings) -> Iterator[Check]:
    for finding in (*clock_shift(settings), *cautions(settings)):
        yield Check(
            name=phrase("indstillingerne", "the settings"),
            fine=finding.severity is not Severity.ERROR,
            sentence=finding.message(reply_language()),
        )


def _service_checks(settings: Settings) -> Iterator[Check]:
    with open_parts(settings) as parts:
        ready = phrase("Åbnet, og skemaet er det rette.", "Opened, and its schema is this program's.")
        yield Check(name=phrase("databasen", "the database"), fine=True, sentence=ready)
        if parts.relay is None:
            yield Check(
                name=phrase("mailserveren", "the mail relay"),
                fine=not any(each.recipient.emails for each in settings.configured_recipients()),
                sentence=phrase("RETTIDIG_SMTP__HOST er ikke sat.", "RETTIDIG_SMTP__HOST is not set."),
            )
        else:
            with closing(SmtpTransport(parts.relay)) as transport:
                greeted = transport.greet()
                ready = phrase("Svarer, og vi må sende.", "It answers, and we may send.")
                yield _check(phrase("mailserveren", "the mail relay"), greeted, parts.relay, ready)


def send_test(settings: Settings, parts: Parts, key: str) -> list[Check]:
    """Send one made-up reminder to a recipient by mail and by card, past the outbox."""
    configured = [each.recipient for each in settings.configured_recipients()]
    found = [recipient for recipient in configured if folded(recipient.key) == folded(key)]
    if not found:
        keys = ", ".join(recipient.key.upper() for recipient in configured)
        raise UnknownRecipientError(key=key, keys=keys or "-")
    reachable = (hearer for hearer in hearers(found) if hearer.channel is not Channel.INVITE)
    return [_tried(parts, hearer) for hearer in reachable]


def _tried(parts: Parts, hearer: Hearer) -> Check:
    """One try over one channel, with the bytes and the transport of the real thing."""
    claimed = _sample(parts, hearer)
    if hearer.channel is Channel.TEAMS:
        with closing(WebhookTransport()) as cards:
            return _check("Teams", post_card(parts, cards, claimed), None)
    name = phrase("mail", "mail")
    if parts.relay is None:
        return Check(
            name=name,
            fine=False,
            sentence=phrase("RETTIDIG_SMTP__HOST er ikke sat.", "RETTIDIG_SMTP__HOST is not set."),
        )
    with closing(SmtpTransport(parts.relay)) as mails:
        return _check(name, hand_over_mail(parts, mails, claimed), parts.relay)


def _sample(parts: Parts, hearer: Hearer) -> Claimed:
    now = parts.clock.now()
    today = parts.office.rules.local_day(now)
    reminder = reminder_about(
        [(_standing(today), Occasion.AHEAD)],
        plan=Plan(title=phrase("Prøve", "Test"), language="da", milestones=(), parties=()),
        hearer=hearer,
        on=today,
    )
    message_id = f"<{secrets.token_hex(16)}@{parts.stationery.sender.mailbox.domain}>"
    if hearer.channel is Channel.TEAMS:
        body = compose_card(reminder, Shape.ENVELOPE)
    else:
        envelope = Envelope(
            sender=parts.stationery.sender,
            to=Mailbox(address=hearer.address, name=hearer.name),
            message_id=message_id,
            at=now,
        )
        body = bytes(compose_email(reminder, envelope, parts.stationery.templates))
    return Claimed(
        id=0,
        attempt=1,
        message_id=message_id,
        recipient=hearer.recipient,
        channel=hearer.channel,
        address=hearer.address,
        subject=subject_of(reminder),
        body=body,
        composed_at=now,
        expires_on=None,
    )


def _standing(today: date) -> Standing:
    day = today + timedelta(7)
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
    return Standing(milestone=milestone, since=today)


def _check(name: str, receipt: Receipt, relay: Relay | None, accepted: str | None = None) -> Check:
    """What the other side answered, in plain words; without a relay it was a Teams webhook."""
    if receipt.answer is Answer.ACCEPTED:
        return Check(name=name, fine=True, sentence=accepted or phrase("Modtaget.", "Accepted."))
    return Check(name=name, fine=False, sentence=explain(receipt, relay, reply_language()))
