"""What stands in a feed: that of a party or several, of the whole plan, or of the coordinator."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from service.messages.calendar import CalendarEntry, Status, Version, uid_of
from service.messages.cleaning import one_line
from service.messages.feed import ComposedFeed, Feed, Row, compose_feed
from service.messages.wording import listed, quoted
from service.plan.marks import MarkKind, responsible
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.rules import ONE_DAY
from service.reminders.schedule import Standing
from service.storage.install import plan_id
from service.storage.links import OF_THE_COORDINATOR, WHOLE_PLAN, parties_in
from service.storage.plans import versions
from service.web.plan_view import Stage, party_name, stage_of
from service.web.site import Site
from service.web.wording import say

log = structlog.get_logger()

_STATUS_OF = {MarkKind.DONE: Status.DONE, MarkKind.NOT_RELEVANT: Status.CANCELLED}
LOOKS_BACK = timedelta(days=60)
LOOKS_AHEAD = timedelta(days=550)
"""A feed is read whole at each poll, so it covers a stretch; what is dropped is shown as such for as long."""


def compose(
    site: Site, connection: Connection, subject: str, url: str, *, whole: bool = False
) -> ComposedFeed:
    """The feed as it is now; `whole` is not limited to a stretch, for a copy that is read once."""
    plan = site.revision(connection).plan
    shown = [_as_shown(each) for each in heard_by(plan, site.standings(connection, plan), subject)]
    within = [each for each in shown if whole or _is_in_stretch(each, site.today)]
    feed = Feed(
        name=feed_title(site, plan, subject),
        description=feed_says(site, plan, subject),
        language=site.language,
        zone=site.timezone,
        url=url,
        organizer=site.organizer,
        plan=plan,
    )
    known, domain, plan_name = versions(connection), site.organizer.domain, plan_id(connection)
    rows = [
        _row(
            site,
            plan,
            each,
            known[each.milestone.id],
            uid=uid_of(domain, plan_name, each.milestone.id),
            is_coordinators=subject == OF_THE_COORDINATOR,
        )
        for each in within
    ]
    composed = compose_feed(feed, rows)
    if composed.left_out:
        log.warning("left out of a feed, since they cannot be written", milestones=composed.left_out)
    return composed


def heard_by(plan: Plan, everything: Iterable[Standing], subject: str) -> Iterator[Standing]:
    """The milestones that are up to a party or a group it is a member of; all of them for the whole plan."""
    for standing in everything:
        asked = responsible(plan, standing.milestone, standing.progress)
        if subject in {WHOLE_PLAN, OF_THE_COORDINATOR} or asked & parties_in(subject):
            yield standing


def feed_title(site: Site, plan: Plan, subject: str) -> str:
    if subject == WHOLE_PLAN:
        return one_line(plan.title) or say(site.language, "feed.title.plan")
    if subject == OF_THE_COORDINATOR:
        return say(site.language, "feed.title.coordinator")
    names = [party_name(plan, party) for party in sorted(parties_in(subject))]
    return say(site.language, "feed.title.party", name=listed(site.language, names))


def feed_says(site: Site, plan: Plan, subject: str) -> str:
    """What the feed is, in a sentence or two."""
    key = "feed.says.coordinator" if subject == OF_THE_COORDINATOR else "feed.says"
    return say(site.language, key, plan=plan_title(site, plan))


def plan_title(site: Site, plan: Plan) -> str:
    return quoted(site.language, one_line(plan.title)) if plan.title else say(site.language, "plan.untitled")


def _as_shown(standing: Standing) -> Standing:
    """What lost its date is shown as taken off its last one, since that day is what calendars hold."""
    if standing.milestone.due_on or not standing.was or standing.dropped_on:
        return standing
    lost = replace(standing.milestone, due_on=standing.was)
    return replace(standing, milestone=lost, dropped_on=standing.since)


def _is_in_stretch(standing: Standing, today: date) -> bool:
    due_on, called_off_on = standing.milestone.due_on, _called_off_on(standing)
    is_gone = called_off_on is not None and called_off_on < today - LOOKS_BACK
    return due_on is not None and not is_gone and today - LOOKS_BACK <= due_on <= today + LOOKS_AHEAD


def _called_off_on(standing: Standing) -> date | None:
    settled = standing.settled
    is_moot = settled is not None and settled.kind is MarkKind.NOT_RELEVANT
    return standing.dropped_on or (settled.on if settled and is_moot else None)


def _row(
    site: Site, plan: Plan, standing: Standing, version: Version, *, uid: str, is_coordinators: bool
) -> Row:
    entry = CalendarEntry(
        uid=uid,
        milestone=standing.milestone,
        responsible=_names(plan, standing.milestone),
        status=_status(standing),
        language=site.language,
        zone=ZoneInfo(site.timezone),
        # No link: whoever forwards an entry would hand over the secret with it.
        url=None,
        whole=site.office.rules.whole_windows,
        of=_short_names(site, plan, standing.milestone) if is_coordinators else "",
    )
    due_on = standing.milestone.due_on
    if due_on and is_coordinators and stage_of(standing, site.today) is Stage.LATE:
        return _late(entry, version, due_on)
    return Row(entry, version)


def _late(entry: CalendarEntry, version: Version, due_on: date) -> Row:
    """Past its day and open still: a new version since the midnight after that day."""
    since = datetime.combine(due_on + ONE_DAY, time(), entry.zone)
    later = Version(sequence=version.sequence + 1, changed_at=max(version.changed_at, since))
    return Row(replace(entry, status=Status.LATE), later)


def _names(plan: Plan, milestone: Milestone) -> tuple[str, ...]:
    return tuple(party_name(plan, party) for party in milestone.parties)


def _short_names(site: Site, plan: Plan, milestone: Milestone) -> str:
    """As the plan names them in the fewest letters: "SB og FOB"."""
    known = {party.id: min((party.name, *party.aliases), key=len) for party in plan.parties}
    return listed(site.language, [one_line(known.get(party, party)) for party in milestone.parties])


def _status(standing: Standing) -> Status:
    if standing.dropped_on:
        return Status.CANCELLED
    return _STATUS_OF[standing.settled.kind] if standing.settled else Status.PLANNED
