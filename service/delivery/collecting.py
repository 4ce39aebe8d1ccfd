"""Each calendar collection is brought to what its readers are to see there, and kept so.

What has to be there follows from the plan alone, so nothing waits in the outbox for it: a visit that fails is
made again, and does what is to be done by then.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from service.clock import Clock
from service.delivery.caldav import Collection, CollectionError, Place
from service.delivery.guarded_http import Networks
from service.delivery.mirroring import Come, mirror
from service.delivery.receipt import LONGEST_PAUSE, Receipt, pause_before
from service.errors import Language
from service.messages.collection import compose_collection, names_of_plan
from service.messages.composing import Stationery
from service.messages.mirror import Mirror, up_to
from service.reminders.notice import Recipient
from service.reminders.office import Office
from service.reminders.recipients import with_groups
from service.reminders.trouble import Medium
from service.storage import collected, plans
from service.storage.collected import Held, Visited
from service.storage.database import Database
from service.storage.install import plan_id
from service.storage.troubles import end_trouble, note_calendar_trouble

log = structlog.get_logger()

VISITORS = 3
LOOK_EVERY = timedelta(hours=1)
TOLD_AFTER = timedelta(days=1)
# What passes by itself is only told when it does not; all else somebody has to mend.
PASSES = re.compile(
    r"408|412|42[359]|5(?!07)\d\d|silent|dropped|garbled|refused|unreachable|host-unknown|proxy"
)
# Each wrong password counts at the server, until it locks the account.
UNKNOWN_THERE = "401"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A collection and who reads in it; recipients with one address share it.

    It goes by the key and the language of the first. Nobody wants one without `parties` that is not the
    coordinator's either: what is ours in it is taken out.
    """

    place: Place
    recipient: str
    language: Language
    parties: frozenset[str]
    is_coordinators: bool

    @property
    def is_wanted(self) -> bool:
        return bool(self.parties) or self.is_coordinators


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """What keeping collections takes. `inside` are the networks of the office's own that may hold one."""

    database: Database
    clock: Clock
    office: Office
    stationery: Stationery
    inside: Networks
    is_stopping: Callable[[], bool]


def keep_all(keeper: Keeper, places: Mapping[str, Place]) -> None:
    """Visit the collections of all recipients, several at a time: one may hang."""
    with keeper.database.read() as connection:
        latest = plans.latest_revision(connection)
    if latest is None:
        return
    plan, _findings = with_groups(latest.plan, keeper.office.groups)
    recipients, _findings = keeper.office.recipients_of(plan)
    with ThreadPoolExecutor(max_workers=VISITORS) as pool:
        list(pool.map(partial(keep, keeper), shelves(places, recipients)))


def shelves(places: Mapping[str, Place], recipients: Iterable[Recipient]) -> list[Shelf]:
    """The collections of recipients, each once."""
    sharing: defaultdict[str, list[Recipient]] = defaultdict(list)
    for each in recipients:
        if each.key in places:
            sharing[places[each.key].url.get_secret_value()].append(each)
    return [_shelf(places, those) for those in sharing.values()]


def _shelf(places: Mapping[str, Place], sharing: Sequence[Recipient]) -> Shelf:
    wanting = [each for each in sharing if each.preferences.collection]
    first = (wanting or sharing)[0]
    return Shelf(
        place=places[first.key],
        recipient=first.key,
        language=first.language,
        parties=frozenset[str]().union(*(each.parties for each in wanting)),
        is_coordinators=any(each.is_coordinator for each in wanting),
    )


def keep(keeper: Keeper, shelf: Shelf) -> None:
    """Visit a collection if there is something to tell it, or it has not been looked at for an hour."""
    now = keeper.clock.now()
    with keeper.database.read() as connection:
        collection = collected.collection_id(connection, shelf.place.url.get_secret_value())
        before = collected.visited(connection, collection)
        held = collected.held_resources(connection, collection)
        edition = _edition(connection, keeper, now)
    if edition is None or not _is_due(before, shelf, held, edition, now):
        return
    visit = _Visit(keeper=keeper, shelf=shelf, collection=collection, now=now)
    with closing(Collection(shelf.place, now, keeper.inside)) as remote:
        try:
            is_settled = before is not None and not before.failures and before.edition == edition
            if before and is_settled and before.state and remote.state() == before.state:
                come = Come(0, None, before.state)
            else:
                come = visit.bring_up_to_date(remote, held)
        except CollectionError as failed:
            visit.note_failure(before, failed.receipt)
        else:
            visit.note(before, come, edition)


def _edition(connection: Connection, keeper: Keeper, now: datetime) -> str | None:
    """All that the entries depend on while the settings stay: the plan and its marks, and the day."""
    version = plans.latest_version(connection)
    day = keeper.office.rules.local_day(now)
    return f"{version.revision}/{version.mark}/{day}" if version.revision else None


def _is_due(
    before: Visited | None, shelf: Shelf, held: Mapping[str, Held], edition: str, now: datetime
) -> bool:
    if not shelf.is_wanted and not held:
        return False
    if before is None or now >= before.next_at:
        return True
    return not before.failures and before.edition != edition


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    keeper: Keeper
    shelf: Shelf
    collection: str
    now: datetime

    def bring_up_to_date(self, remote: Collection, held: Mapping[str, Held]) -> Come:
        with self.keeper.database.write() as connection:
            stands = collected.visited(connection, self.collection) or Visited(next_at=self.now)
            collected.note_visit(connection, self.collection, self.shelf.recipient, stands, self.now)
        with self.keeper.database.read() as connection:
            name = plan_id(connection)
            wanted = self._wanted(connection, name) if self.shelf.is_wanted else {}
        return mirror(
            remote,
            wanted,
            held,
            ours=names_of_plan(name),
            remember=self._remember,
            is_stopping=self.keeper.is_stopping,
        )

    def _wanted(self, connection: Connection, name: str) -> dict[str, bytes]:
        latest = plans.latest_revision(connection)
        if latest is None:
            return {}
        office, stationery = self.keeper.office, self.keeper.stationery
        plan = office.settle(latest.plan)[0]
        reader = Mirror(
            plan=plan,
            plan_id=name,
            domain=stationery.sender.mailbox.domain,
            language=self.shelf.language,
            zone=stationery.zone,
            today=office.rules.local_day(self.now),
            rules=office.rules,
            is_coordinators=self.shelf.is_coordinators,
        )
        stand = plans.standings(connection, office.duty(plan))
        shown = stand if self.shelf.is_coordinators else up_to(plan, stand, self.shelf.parties)
        composed = compose_collection(reader.rows(shown, plans.versions(connection)), name)
        if composed.left_out:
            log.warning(
                "left out of a collection, since they cannot be written", milestones=composed.left_out
            )
        return composed.resources

    def _remember(self, name: str, held: Held | None) -> None:
        with self.keeper.database.write() as connection:
            collected.note_resource(connection, self.collection, name, held)

    def note(self, before: Visited | None, come: Come, edition: str) -> None:
        """What came of it: all is as it should be, or single resources were refused."""
        if come.changed:
            log.info("collection-changed", recipient=self.shelf.recipient, resources=come.changed)
        if come.refusal:
            self.note_failure(before, come.refusal)
            return
        is_cut_off = self.keeper.is_stopping()
        stands = Visited(
            edition="" if is_cut_off else edition, state=come.state, next_at=self.now + LOOK_EVERY
        )
        with self.keeper.database.write() as connection:
            end_trouble(connection, Medium.CALENDAR, self.shelf.recipient, self.now)
            if self.shelf.is_wanted or is_cut_off:
                collected.note_visit(connection, self.collection, self.shelf.recipient, stands, self.now)
            else:
                collected.forget_collections(connection, [self.collection])

    def note_failure(self, before: Visited | None, receipt: Receipt) -> None:
        failures = (before.failures if before else 0) + 1
        since = (before.failing_since if before else None) or self.now
        pause = pause_before(receipt, failures)
        stands = Visited(
            next_at=self.now + (LONGEST_PAUSE if receipt.code == UNKNOWN_THERE else pause),
            failures=failures,
            failing_since=since,
        )
        log.warning(
            "collection-not-reached",
            recipient=self.shelf.recipient,
            stage=receipt.stage,
            code=receipt.code,
            failures=failures,
        )
        is_told = not PASSES.fullmatch(receipt.code) or self.now - since >= TOLD_AFTER
        with self.keeper.database.write() as connection:
            collected.note_visit(connection, self.collection, self.shelf.recipient, stands, self.now)
            if is_told:
                note_calendar_trouble(
                    connection, self.shelf.recipient, stage=receipt.stage, code=receipt.code, now=self.now
                )
