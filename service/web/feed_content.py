"""What stands in a feed: that of a party or several, of the whole plan, or of the coordinator."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from service.messages.cleaning import one_line
from service.messages.feed import ComposedFeed, Feed, compose_feed
from service.messages.mirror import Mirror, party_name, up_to
from service.messages.wording import listed, quoted
from service.plan.plan import Plan
from service.reminders.schedule import Standing
from service.storage.install import plan_id
from service.storage.links import OF_THE_COORDINATOR, WHOLE_PLAN, parties_in
from service.storage.plans import versions
from service.web.site import Site
from service.web.wording import say

log = structlog.get_logger()


def compose(site: Site, connection: Connection, subject: str, *, whole: bool = False) -> ComposedFeed:
    """The feed as it is now; `whole` is not limited to a stretch, for a copy that is read once."""
    plan = site.revision(connection).plan
    feed = Feed(
        name=feed_title(site, plan, subject),
        description=feed_says(site, plan, subject),
        language=site.language,
        zone=site.timezone,
        organizer=site.organizer,
        plan=plan,
    )
    mirror = Mirror(
        plan=plan,
        plan_id=plan_id(connection),
        domain=site.organizer.domain,
        language=site.language,
        zone=ZoneInfo(site.timezone),
        today=site.today,
        rules=site.office.rules,
        is_coordinators=subject == OF_THE_COORDINATOR,
    )
    shown = heard_by(plan, site.standings(connection, plan), subject)
    composed = compose_feed(feed, mirror.rows(shown, versions(connection), without_limit=whole))
    if composed.left_out:
        log.warning("left out of a feed, since they cannot be written", milestones=composed.left_out)
    return composed


def heard_by(plan: Plan, everything: Iterable[Standing], subject: str) -> Iterable[Standing]:
    """The milestones that are up to a party or a group it is a member of; all of them for the whole plan."""
    is_of_all = subject in {WHOLE_PLAN, OF_THE_COORDINATOR}
    return everything if is_of_all else up_to(plan, everything, parties_in(subject))


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
