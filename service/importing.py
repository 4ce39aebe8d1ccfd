"""From the watched document to a revision in force, and what an import would change before it is made."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from service.clock import Clock
from service.errors import RettidigError
from service.plan.plan import Plan
from service.plan.revision import Difference
from service.reminders.consequences import Dependency, dependencies, worsened
from service.reminders.foresight import Foresight, Situation, foresee, standings_after
from service.reminders.office import Office
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.storage import install, plans
from service.storage.database import Database
from service.storage.foreseen import outbox_of

log = structlog.get_logger()

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
