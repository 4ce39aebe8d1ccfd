"""What the daemon does again and again: plan the notices, and lay the desk on which they are composed.

Each round can be cut off anywhere and done again: what is true stands in the database.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain

import structlog
from sqlalchemy import Connection

from service.clock import Clock
from service.delivery.desk import Desk
from service.delivery.receipt import GIVE_UP_AFTER
from service.delivery.relay import Relay
from service.messages.composing import Stationery
from service.plan.plan import Plan
from service.reminders.calendars import returns, withdrawals
from service.reminders.consequences import news_of_moves
from service.reminders.notice import Channel, Hearer, Notice, Occasion, dedupe_key
from service.reminders.office import Office
from service.reminders.reasons import Ending, Why
from service.reminders.responses import news_of_responses
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from service.reminders.trouble import alerts, by_mail_instead, mailboxes
from service.storage import install, notices, plans, undelivered
from service.storage.database import Database
from service.storage.invites import held_entries, withdrawn_entries
from service.storage.notices import Reconciled
from service.storage.responses import responses_in_force
from service.storage.troubles import open_troubles

log = structlog.get_logger()

# Notices are planned this far ahead: enough to show what comes, and cheap to plan anew each round.
HORIZON = timedelta(days=60)
# A service that was silent for longer has missed a morning.
DOWNTIME = timedelta(hours=12)


def plan_notices(database: Database, clock: Clock, office: Office) -> Reconciled:
    """Make the outbox hold what the plan, the marks and the rules want from now to the horizon."""
    now = clock.now()
    with database.read() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            return Reconciled()
        plan, told, _findings = office.settle(latest.plan)
        stand = plans.standings(connection, office.duty(plan))
        wanted = _wanted(connection, office, plan, stand, told, office.rules.local_day(now))
    with database.write() as connection:
        changed = _bring_about(connection, office, wanted, stand, now)
    if changed != Reconciled():
        log.info("notices-planned", **asdict(changed))
    if changed.held:
        log.warning(
            "too-many-at-once-wait-for-approval", held=changed.held, approve="rettidig outbox --approve"
        )
    return changed


def _wanted(  # noqa: PLR0917 - what there is to go by
    connection: Connection,
    office: Office,
    plan: Plan,
    stand: list[Standing],
    told: Sequence[Hearer],
    today: date,
) -> dict[str, Notice]:
    """All that is to be said, by dedupe key."""
    rules, plan_id = office.rules, install.plan_id(connection)
    held, withdrawn = held_entries(connection, today, rules.zone), withdrawn_entries(connection, rules.zone)
    planned = [
        *schedule(plan, stand, told, rules, today + HORIZON),
        *withdrawals(plan, stand, told, held, rules=rules, today=today),
        *returns(plan, stand, told, withdrawn, rules=rules, today=today),
        *news_of_moves(stand, told, rules=rules, today=today),
        *alerts(open_troubles(connection), told, rules),
        *news_of_responses(responses_in_force(connection), stand, told, rules=rules),
    ]
    missed = notices.missed_keys(connection, Channel.TEAMS)
    not_in_teams = (notice for notice in planned if dedupe_key(plan_id, notice) in missed)
    return {
        dedupe_key(plan_id, notice): notice
        for notice in (*planned, *by_mail_instead(not_in_teams, told))
        if office.retention.remembers(notice, today)
    }


def _bring_about(
    connection: Connection, office: Office, wanted: Mapping[str, Notice], stand: list[Standing], now: datetime
) -> Reconciled:
    """What is wanted waits, and what is not, or can no longer be said, is over."""
    today = office.rules.local_day(now)
    undelivered.end_long_tried(connection, partial(_is_over, office.rules, now), now)
    undelivered.dissolve_untrue(connection, wanted, today, now)
    changed = notices.reconcile(
        connection,
        wanted,
        now=now,
        today=today,
        approve_above=0 if install.is_restored(connection) else office.rules.approve_above,
        why_not=_why_not(stand),
    )
    notices.expire(connection, today, now)
    undelivered.expire_messages(connection, today, now)
    return replace(changed, held=changed.held + _hold_what_was_missed(connection, office.rules, now))


def _is_over(rules: Rules, now: datetime, tried_at: datetime) -> bool:
    """Whether what was tried for the first time then is tried no more."""
    return now >= rules.open_until(tried_at + GIVE_UP_AFTER)


def _hold_what_was_missed(connection: Connection, rules: Rules, now: datetime) -> int:
    """After downtime, let what became due meanwhile wait for approval if it is a storm; returns how many."""
    last = install.last_tick(connection)
    if last is None or now - last < DOWNTIME:
        return 0
    return notices.hold(connection, since=last, until=now, above=rules.approve_above)


def _why_not(stand: list[Standing]) -> Callable[[str, Occasion], str]:
    """Why a notice that waits is not wanted any more, by its milestone and occasion."""
    by_id = {standing.milestone.id: standing for standing in stand}

    def reason(milestone_id: str, occasion: Occasion) -> str:
        if occasion is Occasion.UNREACHABLE:
            return Ending.REACHED_AGAIN
        if occasion is Occasion.ANSWERED:
            return Ending.ANSWERED_ANEW
        standing = by_id.get(milestone_id)  # none where it is about the whole plan
        return (standing and _what_happened(standing)) or Ending.RULES_OR_RECIPIENTS_CHANGED

    return reason


def _what_happened(standing: Standing) -> str | None:
    if standing.settled is not None:
        return standing.settled.kind
    if standing.dropped_on is not None:
        return Why.DROPPED
    if standing.was is not None:
        return Why.MOVED
    return standing.progress.in_force[-1].kind if standing.progress.in_force else None


def hearers_now(database: Database, office: Office) -> tuple[Hearer, ...]:
    """Who hears of the plan in force; nobody before the first import."""
    with database.read() as connection:
        latest = plans.latest_revision(connection)
    return office.settle(latest.plan)[1] if latest else ()


def desk(
    database: Database, office: Office, stationery: Stationery, relay: Relay | None = None
) -> Desk | None:
    """What composing needs to know just now; None before the first import."""
    with database.read() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            return None
        plan, told, _findings = office.settle(latest.plan)
        return Desk(
            plan=plan,
            standings={each.milestone.id: each for each in plans.standings(connection, office.duty(plan))},
            hearers={(hearer.channel, hearer.address.lower()): hearer for hearer in _with_stand_bys(told)},
            rules=office.rules,
            install_key=install.install_key(connection),
            stationery=stationery,
            relay=relay,
        )


def _with_stand_bys(told: Sequence[Hearer]) -> list[Hearer]:
    """With the mailboxes that are only written to when a Teams channel takes no card."""
    return [*chain.from_iterable(map(mailboxes, told)), *told]
