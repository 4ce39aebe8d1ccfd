"""What the daemon does again and again: look at the plan, plan the notices, deliver them.

Each round can be cut off anywhere and done again: what is true stands in the database.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import structlog
from sqlalchemy import Connection

from service.clock import Clock
from service.delivery.composer import Desk
from service.delivery.relay import Relay
from service.errors import RettidigError
from service.messages.composing import Stationery
from service.plan.plan import Plan
from service.plan.revision import Difference
from service.reminders.calendars import returns, withdrawals
from service.reminders.consequences import Dependency, dependencies, news_of_moves, worsened
from service.reminders.foresight import Foresight, Situation, foresee, standings_after
from service.reminders.notice import DROPPED, MOVED, Channel, Hearer, Occasion, dedupe_key
from service.reminders.office import Office
from service.reminders.rules import Rules
from service.reminders.schedule import Standing, schedule
from service.reminders.trouble import alerts, by_mail_instead, mailboxes
from service.storage import install, notices, plans, undelivered
from service.storage.database import Database
from service.storage.foreseen import outbox_of
from service.storage.invites import held_entries, withdrawn_entries
from service.storage.notices import Reconciled
from service.storage.troubles import open_troubles

log = structlog.get_logger()

# Notices are planned this far ahead: enough to show what comes, and cheap to plan anew each round.
HORIZON = timedelta(days=60)
# A service that was silent for longer has missed a morning.
DOWNTIME = timedelta(hours=12)
# A plan of fewer rows may well lose half of them.
FEW_ROWS = 6


class PlanFile:
    """The document that is watched. Reading it is worth the while only when its bytes changed."""

    def __init__(self, path: Path, read: Callable[[Path], Plan]) -> None:
        self.path = path
        self._read = read
        self._refused: str | None = ""
        self._seen: str | None = None

    def digest(self) -> str | None:
        """What its bytes are known by; None when it cannot be opened."""
        try:
            return hashlib.sha256(self.path.read_bytes()).hexdigest()
        except OSError:
            return None

    def has_settled(self, digest: str | None) -> bool:
        """Whether two looks in a row found the same: many programs write a file in several goes."""
        settled, self._seen = digest == self._seen, digest
        return settled

    def read(self, digest: str | None) -> Plan | None:
        """The plan; None, and one line in the log, for a version that cannot be read."""
        if digest == self._refused:
            return None
        try:
            return self._read(self.path)
        except RettidigError as unreadable:
            self._refused = digest
            log.warning("plan-not-read", error=type(unreadable).__name__, sentence=unreadable.sentence("en"))
            return None


def look_at_plan(database: Database, clock: Clock, rules: Rules, file: PlanFile) -> Difference | None:
    """Import the document if it changed; the first time at once, later when it has settled.

    One that cannot be read, or that lost more than a third of its rows, leaves the last revision in force:
    half a file would cancel deadlines with everybody. `rettidig import` takes such a one in.
    """
    digest = file.digest()
    with database.read() as connection:
        latest, noted = plans.latest_revision(connection), install.noted_file(connection)
    if digest is not None and digest == noted:
        return None
    if latest is not None and not file.has_settled(digest):
        return None
    plan = file.read(digest)
    if plan is None or digest is None:
        return None
    if latest is not None and _has_shrunk(latest.plan, plan):
        _set_aside(database, digest)
        return None
    return import_plan(database, clock, rules, plan, digest=digest, source=file.path.name, watched=digest)


def plan_to_come(database: Database, file: PlanFile) -> Plan | None:
    """The plan as the next look at it finds it; the document is only read if it changed."""
    digest = file.digest()
    with database.read() as connection:
        latest, noted = plans.latest_revision(connection), install.noted_file(connection)
    return latest.plan if latest and digest in {None, noted} else file.read(digest)


def log_unclear(database: Database, office: Office) -> None:
    """A line in the log for each thing that the settings leave unclear: whom nobody hears for, above all."""
    with database.read() as connection:
        latest = plans.latest_revision(connection)
    for finding in office.settle(latest.plan)[2] if latest else ():
        log.warning(finding.code, sentence=finding.message("en"))


def _has_shrunk(before: Plan, now: Plan) -> bool:
    return len(before.milestones) >= FEW_ROWS and 3 * len(now.milestones) < 2 * len(before.milestones)


def _set_aside(database: Database, digest: str) -> None:
    with database.write() as connection:
        install.note_file(connection, digest)
    log.warning("plan-lost-many-rows", take_in_all_the_same="rettidig import FILE")


def import_plan(
    database: Database,
    clock: Clock,
    rules: Rules,
    plan: Plan,
    *,
    digest: str,
    source: str,
    watched: str | None,
) -> Difference:
    """Store what a document says now as a new revision; nothing is sent by this alone.

    `watched` is the digest of the watched document at this time: an import by hand of another file stands
    until that document changes.
    """
    now = clock.now()
    with database.write() as connection:
        changes = plans.store_revision(
            connection, plan, source=source, digest=digest, at=now, today=rules.local_day(now)
        )
        if watched is not None:
            install.note_file(connection, watched)
    log.info(
        "plan-imported",
        milestones=len(plan.milestones),
        new=len(changes.new),
        moved=len(changes.moved),
        dropped=len(changes.dropped),
    )
    return changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A plan under the ids it would have, what it changes, and what leaves because of that.

    `consequences` is what the changes leave less room for, or none.
    """

    after: Situation
    changes: Difference
    foresight: Foresight
    consequences: tuple[Dependency, ...]


def preview_import(database: Database, clock: Clock, office: Office, plan: Plan) -> Preview:
    """What importing a plan now would change and send. Nothing is stored."""
    now = clock.now()
    with database.read() as connection:
        latest = plans.latest_revision(connection)
        stand = plans.standings(connection)
        carried, changes = plans.compare_with_latest(connection, plan)
        before = _situation(office, latest.plan, stand) if latest else None
        changed = standings_after(stand, carried, changes, office.rules.local_day(now))
        after = _situation(office, carried, changed)
        outbox = outbox_of(connection, office.rules, now)
        foresight = foresee(before, after, outbox, office.rules, now)
    today = office.rules.local_day(now)
    earlier = dependencies(before.stand, today, office.rules) if before else ()
    consequences = worsened(earlier, dependencies(after.stand, today, office.rules))
    return Preview(after=after, changes=changes, foresight=foresight, consequences=tuple(consequences))


def _situation(office: Office, plan: Plan, stand: Sequence[Standing]) -> Situation:
    grouped, told, _findings = office.settle(plan)
    duty = office.duty(grouped)
    settled = [replace(each, settled=duty.settled(each.milestone, each.progress)) for each in stand]
    return Situation(plan=grouped, stand=settled, told=told)


def plan_notices(database: Database, clock: Clock, office: Office) -> Reconciled:
    """Make the outbox hold what the plan, the marks and the rules want from now to the horizon."""
    now = clock.now()
    today = office.rules.local_day(now)
    with database.read() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            return Reconciled()
        plan, told, _findings = office.settle(latest.plan)
        stand = plans.standings(connection, office.duty(plan))
        plan_id = install.plan_id(connection)
        held = held_entries(connection, today, office.rules.zone)
        withdrawn = withdrawn_entries(connection, office.rules.zone)
        troubles = open_troubles(connection)
        missed = notices.missed_keys(connection, Channel.TEAMS)
    planned = [
        *schedule(plan, stand, told, office.rules, today + HORIZON),
        *withdrawals(plan, stand, told, held, rules=office.rules, today=today),
        *returns(plan, stand, told, withdrawn, rules=office.rules, today=today),
        *news_of_moves(stand, told, rules=office.rules, today=today),
        *alerts(troubles, told, office.rules),
    ]
    not_in_teams = (notice for notice in planned if dedupe_key(plan_id, notice) in missed)
    wanted = [
        notice
        for notice in (*planned, *by_mail_instead(not_in_teams, told))
        if office.retention.remembers(notice, today)
    ]
    with database.write() as connection:
        is_restored = install.is_restored(connection)
        by_key = {dedupe_key(plan_id, notice): notice for notice in wanted}
        undelivered.dissolve_untrue(connection, by_key, today, now)
        changed = notices.reconcile(
            connection,
            wanted,
            plan_id=plan_id,
            now=now,
            today=today,
            approve_above=0 if is_restored else office.rules.approve_above,
            why_not=_why_not(stand),
        )
        notices.expire(connection, today, now)
        undelivered.expire_messages(connection, today, now)
        late = _hold_what_was_missed(connection, office.rules, now)
    if late:
        changed = replace(changed, held=changed.held + late)
    if changed != Reconciled():
        log.info("notices-planned", **asdict(changed))
    if changed.held:
        log.warning(
            "too-many-at-once-wait-for-approval", held=changed.held, approve="rettidig outbox --approve"
        )
    return changed


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
            return "reached-again"
        standing = by_id.get(milestone_id)  # none where it is about the whole plan
        return (standing and _what_happened(standing)) or "rules-or-recipients-changed"

    return reason


def _what_happened(standing: Standing) -> str | None:
    if standing.settled is not None:
        return standing.settled.kind
    if standing.dropped_on is not None:
        return DROPPED
    if standing.was is not None:
        return MOVED
    return standing.progress.in_force[-1].kind if standing.progress.in_force else None


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
