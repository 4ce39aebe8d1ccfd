"""What stands in the feed of one party, or of the whole plan."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from service.messages.calendar import CalendarEntry, Status, uid_of
from service.messages.cleaning import one_line
from service.messages.feed import Feed, Row, compose_feed
from service.messages.wording import quoted
from service.plan.marks import MarkKind, responsible
from service.plan.milestone import Milestone
from service.plan.plan import Plan
from service.reminders.schedule import Standing
from service.storage.install import plan_id
from service.storage.plans import versions
from service.web.plan_view import party_name
from service.web.site import Site
from service.web.wording import say

log = structlog.get_logger()

WHOLE_PLAN = ""
_STATUS_OF = {MarkKind.DONE: Status.DONE, MarkKind.NOT_RELEVANT: Status.CANCELLED}
LOOKS_BACK = timedelta(days=60)
LOOKS_AHEAD = timedelta(days=550)
"""A feed is read whole at each poll, so it covers a stretch; what is dropped is shown as such for as long."""


def compose(site: Site, connection: Connection, subject: str, url: str) -> bytes:
    plan = site.revision(connection).plan
    heard = heard_by(plan, site.standings(connection, plan), subject)
    known = versions(connection)
    entries = _entries(site, plan, plan_id(connection), _in_stretch(heard, site.today))
    feed = Feed(
        name=feed_title(site, plan, subject),
        description=say(site.language, "feed.says", plan=plan_title(site, plan)),
        language=site.language,
        zone=site.timezone,
        url=url,
        organizer=site.organizer,
    )
    composed = compose_feed(feed, [Row(entry, known[entry.milestone.id]) for entry in entries])
    if composed.left_out:
        log.warning("left out of a feed, since they cannot be written", milestones=composed.left_out)
    return composed.ics


def heard_by(plan: Plan, everything: Iterable[Standing], subject: str) -> Iterator[Standing]:
    """The milestones that are up to a party or a group it is a member of; all of them for the whole plan."""
    for standing in everything:
        if subject == WHOLE_PLAN or subject in responsible(plan, standing.milestone, standing.progress):
            yield standing


def feed_title(site: Site, plan: Plan, subject: str) -> str:
    if subject == WHOLE_PLAN:
        return one_line(plan.title) or say(site.language, "feed.title.plan")
    return say(site.language, "feed.title.party", name=party_name(plan, subject))


def plan_title(site: Site, plan: Plan) -> str:
    return quoted(site.language, one_line(plan.title)) if plan.title else say(site.language, "plan.untitled")


def _in_stretch(heard: Iterable[Standing], today: date) -> Iterator[Standing]:
    for standing in heard:
        due_on, dropped_on = standing.milestone.due_on, standing.dropped_on
        is_gone = dropped_on is not None and dropped_on < today - LOOKS_BACK
        if due_on and not is_gone and today - LOOKS_BACK <= due_on <= today + LOOKS_AHEAD:
            yield standing


def _entries(site: Site, plan: Plan, plan_name: str, within: Iterable[Standing]) -> Iterator[CalendarEntry]:
    for standing in within:
        yield CalendarEntry(
            uid=uid_of(site.organizer.domain, plan_name, standing.milestone.id),
            milestone=standing.milestone,
            responsible=_names(plan, standing.milestone),
            status=_status(standing),
            language=site.language,
            zone=ZoneInfo(site.timezone),
            # No link: whoever forwards an entry would hand over the secret with it.
            url=None,
        )


def _names(plan: Plan, milestone: Milestone) -> tuple[str, ...]:
    return tuple(party_name(plan, party) for party in milestone.parties)


def _status(standing: Standing) -> Status:
    if standing.dropped_on:
        return Status.CANCELLED
    return _STATUS_OF[standing.settled.kind] if standing.settled else Status.PLANNED
