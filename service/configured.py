"""Settings as the floors below know them: rules, who hears, what all messages share. They go no further."""

from functools import partial
from zoneinfo import ZoneInfo

from service.bundled import TEMPLATES
from service.messages.composing import Stationery
from service.messages.mailbox import Mailbox, Sender
from service.messages.templates import Templates
from service.reminders.office import Office
from service.reminders.recipients import recipients_of
from service.reminders.retention import Retention
from service.reminders.rules import Rules
from service.reminders.timing import Special, Timing
from service.reminders.workdays import Workdays
from service.settings import Settings

NO_SENDER = Mailbox(address="rettidig@localhost.example", name="Rettidig")


def rules_of(settings: Settings) -> Rules:
    reminders = settings.reminders
    return Rules(
        timing=Timing(
            ahead=reminders.ahead,
            ahead_long=reminders.ahead_long,
            half_way_from=reminders.half_way_from,
            overdue_every=reminders.overdue_every,
            escalate_after=reminders.escalate_after,
        ),
        special=tuple(
            Special(
                name=key,
                ahead=change.ahead,
                half_way_from=change.half_way_from,
                overdue_every=change.overdue_every,
                escalate_after=change.escalate_after,
            )
            for key, change in settings.rules.items()
        ),
        send_at=reminders.send_at,
        quiet_from=reminders.quiet_from,
        timezone=settings.timezone,
        workdays=Workdays.of(reminders.country, reminders.closed),
        overdue_on=None if reminders.overdue_on == "any" else reminders.overdue_on,
        approve_above=reminders.approve_above,
        digest=reminders.digest,
        overview=reminders.overview,
        done_by=reminders.done_by,
        when_done=settings.invites.when_done,
        whole_windows=settings.invites.windows == "whole",
    )


def office_of(settings: Settings) -> Office:
    return Office(
        rules=rules_of(settings),
        recipients_of=partial(recipients_of, configured=settings.configured_recipients()),
        groups=settings.groups,
        retention=retention_of(settings),
    )


def retention_of(settings: Settings) -> Retention:
    kept = settings.retention
    return Retention(
        notices=kept.notices,
        milestones=kept.milestones,
        revisions=kept.revisions,
        links=kept.links,
        record=kept.record,
        copies=kept.copies,
    )


def stationery_of(settings: Settings) -> Stationery:
    sender = settings.mail.sender
    answers_to = settings.coordinator.email[0] if settings.coordinator.email else None
    return Stationery(
        templates=Templates(TEMPLATES),
        sender=Sender(
            mailbox=Mailbox(address=sender.address, name=sender.name) if sender else NO_SENDER,
            reply_to=Mailbox(address=answers_to, name=settings.coordinator.name) if answers_to else None,
        ),
        coordinator_name=settings.coordinator.name,
        zone=ZoneInfo(settings.timezone),
        base_url=base_url_of(settings) if settings.base_url else None,
    )


def base_url_of(settings: Settings) -> str:
    """How people reach the service, without a slash at its end."""
    return str(settings.base_url or f"http://{settings.web.host}:{settings.web.port}").rstrip("/")
