"""Whatever a plan says, each reader takes the object and finds the same entry on the same day.

Five thousand entries, two in each example; `make calendars` tries ten times as many.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.errors import Language
from service.messages.calendar import CalendarEntry, Slot, Status, Version, slot_of, summary_of, uid_of
from service.messages.collection import compose_collection, says_the_same
from service.messages.feed import Feed, Row, addressed, compose_feed
from service.messages.invite import Invite, InviteState, calendar_object
from service.messages.mailbox import Mailbox
from service.plan.milestone import Milestone
from tests.calendars.cases import TEXTS, ZONES, any_milestone
from tests.calendars.readers import Found, check, parsed
from tests.factories import a_plan

EXAMPLES = int(os.environ.get("CALENDAR_ENTRIES", "5000")) // 4
ANYTHING = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])

STAMP = datetime(2024, 2, 1, 7, tzinfo=UTC)
ORGANIZER = Mailbox(address="frister@example.dk", name="Rettidig")
OF_AN_INVITE = frozenset(
    (
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"),
        *("STATUS", "TRANSP", "ORGANIZER", "ATTENDEE"),
        *("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS"),
    )
)
# A cell of control characters alone leaves no text, and libical takes an empty property for an error.
UNLESS_NOTHING_CAN_BE_SHOWN = {"DESCRIPTION"}
OF_A_FEED = OF_AN_INVITE - {"ATTENDEE", "X-MICROSOFT-CDO-INTENDEDSTATUS"} | {"X-RETTIDIG-MILESTONE"}


def entry_of(
    milestone: Milestone, status: Status, zone: str, language: Language, *, whole: bool
) -> CalendarEntry:
    return CalendarEntry(
        uid=uid_of("example.dk", milestone.id),
        milestone=milestone,
        responsible=(milestone.responsible,),
        status=status,
        language=language,
        zone=ZoneInfo(zone),
        whole=whole,
    )


ENTRIES = st.builds(
    entry_of,
    any_milestone(),
    st.sampled_from(Status),
    ZONES,
    st.sampled_from(["da", "en"]),
    whole=st.booleans(),
)


def meant(entry: CalendarEntry, sequence: int, status: str) -> Found:
    slot: Slot = slot_of(entry)
    return Found(
        uid=entry.uid,
        start=slot.start.isoformat(),
        end=slot.end.isoformat(),
        sequence=sequence,
        status=status,
        summary=summary_of(entry),
    )


def keeps_to_lines_of_75_octets(ics: bytes) -> bool:
    is_short = all(len(line) <= 75 for line in ics.split(b"\r\n"))
    return is_short and ics.count(b"\n") == ics.count(b"\r") == ics.count(b"\r\n")


@ANYTHING
@given(first=ENTRIES, then=any_milestone(), name=TEXTS)
def test_an_invitation_and_its_next_version(first: CalendarEntry, then: Milestone, name: str) -> None:
    state = InviteState.first(first, STAMP)
    second = replace(first, milestone=then)
    later = state.revised(second, STAMP + timedelta(days=1)) or state
    for entry, version in ((first, state), (second, later)):
        invite = Invite(entry=entry, state=version, is_known=version is later, plan_title=name)
        ics = calendar_object(invite, ORGANIZER, Mailbox(address="fob@example.dk", name=name))
        (found,) = check(ics)
        (event,) = parsed(ics).events
        assert found == meant(entry, version.version.sequence, str(event["STATUS"]))
        assert set(event) | UNLESS_NOTHING_CAN_BE_SHOWN == OF_AN_INVITE
        assert event["ATTENDEE"] == "mailto:fob@example.dk"
        assert (found.status == "CANCELLED") == (entry.status is Status.CANCELLED)
        assert keeps_to_lines_of_75_octets(ics)
    moved = slot_of(first) != slot_of(second)
    assert later.version.sequence >= (1 if moved else 0)


@ANYTHING
@given(entries=st.lists(ENTRIES, min_size=2, max_size=2), name=TEXTS)
def test_a_feed_of_two(entries: list[CalendarEntry], name: str) -> None:
    numbered = [replace(each, uid=uid_of("example.dk", str(row))) for row, each in enumerate(entries)]
    feed = Feed(
        name=name,
        description=name,
        language="da",
        zone="Europe/Copenhagen",
        organizer=ORGANIZER,
        plan=a_plan(title=name),
    )
    rows = [Row(entry, Version(sequence=3, changed_at=STAMP)) for entry in numbered]
    unaddressed, left_out = compose_feed(feed, rows)
    ics = addressed(unaddressed, "https://frister.example.dk/feed/" + 43 * "a" + ".ics")
    found = {each.uid: each for each in check(ics)}
    events = {str(event["UID"]): event for event in parsed(ics).events}
    assert left_out == ()
    for entry in numbered:
        event = events[entry.uid]
        assert found[entry.uid] == meant(entry, 3, str(event["STATUS"]))
        assert set(event) | UNLESS_NOTHING_CAN_BE_SHOWN == OF_A_FEED
    assert keeps_to_lines_of_75_octets(ics)


@settings(ANYTHING, max_examples=EXAMPLES // 4)
@given(entry=ENTRIES)
def test_a_resource_of_a_collection(entry: CalendarEntry) -> None:
    row = Row(entry, Version(sequence=3, changed_at=STAMP))
    ((name, ics),) = compose_collection([row], "p1").resources.items()
    (event,) = parsed(ics).events
    assert [meant(entry, 3, str(event["STATUS"]))] == check(ics)
    assert "METHOD" not in parsed(ics), "RFC 4791 4.1"
    assert set(event) | UNLESS_NOTHING_CAN_BE_SHOWN == OF_A_FEED - {"ORGANIZER", "X-RETTIDIG-MILESTONE"}
    assert name == f"rettidig-p1-{entry.uid.partition('@')[0]}.ics"
    assert says_the_same(ics, ics)
    assert keeps_to_lines_of_75_octets(ics)
