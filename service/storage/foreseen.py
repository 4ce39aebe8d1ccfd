"""The outbox as the foresight of an import asks it: what was told, what waits, what calendars say."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, RowMapping, select

from service.messages.calendar import CalendarEntry, Status
from service.messages.reminder import names_of
from service.plan.plan import Plan
from service.reminders.foresight import Outbox, Owed
from service.reminders.notice import Notice, dedupe_key
from service.reminders.reasons import Why
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.storage import tables
from service.storage.invites import held_entries, sent_invite
from service.storage.notices import was_told
from service.storage.outgoing import already_told
from service.storage.tables import State


def outbox_of(connection: Connection, rules: Rules, now: datetime) -> Outbox:
    """The outbox as it is now; good for as long as the connection is open."""
    rows = connection.execute(select(tables.notice)).mappings()
    stored = {row["dedupe_key"].partition("|")[2]: _state(row) for row in rows}
    return Outbox(
        key=_key,
        owed=lambda notice: stored.get(_key(notice), Owed.NOTHING),
        quiet=partial(already_told, connection),
        is_known=_Calendars(connection, rules, now).know,
        was_told=lambda notice: was_told(connection, notice.milestone, notice.hearer.address),
        held=tuple(held_entries(connection, rules.local_day(now), rules.zone)),
    )


def _key(notice: Notice) -> str:
    """The dedupe key without the name of the plan: an installation has one."""
    return dedupe_key("", notice).partition("|")[2]


def _state(row: RowMapping) -> Owed:
    if row["state"] == State.WITHDRAWN:
        return Owed.NOTHING
    is_loose = row["state"] == State.WAITING and row["message"] is None and not row["held"]
    return Owed.WAITING if is_loose else Owed.SETTLED


@dataclass(frozen=True, slots=True)
class _Calendars:
    """What the calendars of hearers were told so far."""

    connection: Connection
    rules: Rules
    now: datetime

    def know(self, plan: Plan, standing: Standing, notice: Notice) -> bool:
        """What stands in no calendar is not taken out of it, and what stands there is not said again."""
        milestone, hearer = standing.milestone, notice.hearer
        said = sent_invite(self.connection, milestone.id, hearer.address.lower())
        if notice.reason == Why.NOT_THERE_ANY_MORE:
            return False
        if said is None or standing.settled:
            return said is None and standing.dropped_on is not None
        entry = CalendarEntry(
            uid="",
            milestone=milestone,
            responsible=names_of(plan, milestone),
            status=Status.CANCELLED if standing.dropped_on else Status.PLANNED,
            language=hearer.language,
            zone=self.rules.zone,
            whole=self.rules.whole_windows,
        )
        return said.revised(entry, self.now) is None
