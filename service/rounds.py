"""What the daemon does again and again: look at the plan, plan the notices, deliver them.

Each round can be cut off anywhere and done again: what is true stands in the database.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import structlog

from service.clock import Clock
from service.delivery.composer import Desk, Stationery
from service.errors import RettidigError
from service.plan.finding import Finding
from service.plan.plan import Plan
from service.plan.revision import Difference
from service.reminders.notice import Hearer, Recipient
from service.reminders.recipients import hearers, with_groups
from service.reminders.rules import Rules, unknown_rules
from service.reminders.schedule import Standing, schedule
from service.storage import install, notices, plans
from service.storage.database import Database
from service.storage.notices import Reconciled

log = structlog.get_logger()

# Notices are planned this far ahead: enough to show what comes, and cheap to plan anew each round.
HORIZON = timedelta(days=60)

RecipientsOf = Callable[[Plan], tuple[tuple[Recipient, ...], tuple[Finding, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What planning goes by: the rules, who hears for whom, and the groups that the settings name."""

    rules: Rules
    recipients_of: RecipientsOf
    groups: Mapping[str, tuple[str, ...]]

    def settle(self, plan: Plan) -> tuple[Plan, tuple[Hearer, ...], tuple[Finding, ...]]:
        """The plan with its groups, who hears of it, and what the settings leave unclear."""
        grouped, group_findings = with_groups(plan, self.groups)
        recipients, recipient_findings = self.recipients_of(grouped)
        findings = (*group_findings, *recipient_findings, *unknown_rules(grouped, self.rules))
        return grouped, hearers(recipients), findings


class PlanFile:
    """The document that is watched. Reading it again is worth the while only when its bytes changed."""

    def __init__(self, path: Path, read: Callable[[Path], Plan]) -> None:
        self._path = path
        self._read = read
        self._seen: str | None = None

    @property
    def name(self) -> str:
        return self._path.name

    def read_if_changed(self, known_digest: str | None) -> tuple[Plan, str] | None:
        """The plan and the digest of its file, or None when it was read, or failed to be read, before.

        Raises RettidigError once for each version of the file that cannot be read.
        """
        try:
            digest = hashlib.sha256(self._path.read_bytes()).hexdigest()
        except OSError:
            digest = "unreadable"
        if digest in (self._seen, known_digest):
            return None
        self._seen = digest
        return self._read(self._path), digest


def look_at_plan(database: Database, clock: Clock, rules: Rules, file: PlanFile) -> Difference | None:
    """Import the document if it changed. One that cannot be read leaves the last revision in force."""
    with database.read() as connection:
        latest = plans.latest_revision(connection)
    try:
        found = file.read_if_changed(latest.digest if latest else None)
    except RettidigError as unreadable:
        log.warning("plan-not-read", error=type(unreadable).__name__, sentence=unreadable.sentence("en"))
        return None
    if found is None:
        return None
    plan, digest = found
    return import_plan(database, clock, rules, plan, digest=digest, source=file.name)


def import_plan(
    database: Database, clock: Clock, rules: Rules, plan: Plan, *, digest: str, source: str
) -> Difference:
    """Store what a document says now as a new revision; nothing is sent by this alone."""
    now = clock.now()
    with database.write() as connection:
        changes = plans.store_revision(
            connection, plan, source=source, digest=digest, at=now, today=rules.local_day(now)
        )
    log.info(
        "plan-imported",
        milestones=len(plan.milestones),
        new=len(changes.new),
        moved=len(changes.moved),
        dropped=len(changes.dropped),
    )
    return changes


def plan_notices(database: Database, clock: Clock, office: Office) -> Reconciled:
    """Make the outbox hold what the plan, the marks and the rules want from now to the horizon."""
    now = clock.now()
    today = office.rules.local_day(now)
    with database.write() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            return Reconciled()
        stand = plans.standings(connection)
        plan, told, _findings = office.settle(latest.plan)
        wanted = schedule(plan, stand, told, office.rules, today + HORIZON)
        changed = notices.reconcile(
            connection,
            wanted,
            plan_id=install.plan_id(connection),
            now=now,
            today=today,
            approve_above=office.rules.approve_above,
            why_not=_why_not(stand),
        )
        notices.expire(connection, today)
    if changed != Reconciled():
        log.info("notices-planned", **asdict(changed))
    if changed.held:
        log.warning(
            "too-many-at-once-wait-for-approval", held=changed.held, approve="rettidig outbox --approve"
        )
    return changed


def _why_not(stand: list[Standing]) -> Callable[[str], str]:
    """Why a notice that waits is not wanted any more, by its milestone."""
    by_id = {standing.milestone.id: standing for standing in stand}

    def reason(milestone_id: str) -> str:
        standing = by_id[milestone_id]
        if standing.done_on is not None:
            return "done"
        if standing.dropped_on is not None:
            return "dropped-from-plan"
        if standing.was is not None:
            return "due-date-moved"
        return "rules-or-recipients-changed"

    return reason


def desk(database: Database, office: Office, stationery: Stationery) -> Desk | None:
    """What composing needs to know just now; None before the first import."""
    with database.write() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            return None
        plan, told, _findings = office.settle(latest.plan)
        return Desk(
            plan=plan,
            standings={standing.milestone.id: standing for standing in plans.standings(connection)},
            hearers={(hearer.channel, hearer.address.lower()): hearer for hearer in told},
            install_key=install.install_key(connection),
            stationery=stationery,
        )
