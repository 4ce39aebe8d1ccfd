"""What people may expect of the service, by a small model that shares no code with it.

It knows the plan as typed, who has settled what, and who listens. `hear` says what is wrong with a message
that came; `owed` says what should have come by the end of an undisturbed day and did not.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.any_order.office import GROUP, MEMBERS, Office, Person, is_sending_day, sending_day
from tests.any_order.paper import (
    Line,
    in_danish,
    is_worked_on,
    worked_on_after,
    worked_on_before,
    working_days,
)
from tests.any_order.post import Arrival

OPENS_AT, QUIET_FROM = time(8), time(20)
REMINDERS = {"opens", "ahead", "due", "overdue", "changed", "cancelled", "awaiting", "escalated"}
LONG_AHEAD = (60, 30, 14)  # of a long window
SETTLING = {"done", "not-relevant"}
# News of a change is told for a month; what was long past when it became known is not chased.
NEWS_LASTS, CHASED_BACK = timedelta(30), timedelta(30)
WAITS_FOR_DIGEST = {"": 0, "weekly": 5, "monthly": 24}  # working days

Way = tuple[str, str]
"""A channel, and an address in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody said of a row. `parties` are those it speaks for, everybody when there are none."""

    number: int
    kind: str
    on: date
    by: str
    parties: frozenset[str] = frozenset()
    until: date | None = None
    to: str = ""


@dataclass(slots=True, kw_only=True)
class Item:
    """A row in force. `since` its date is known; on `news_on` something about it changed last."""

    line: Line
    since: date
    news_on: date
    id: str = ""
    moved_on: date | None = None
    dropped_on: date | None = None
    drops: int = 0
    reports: list[Report] = field(default_factory=list)

    @property
    def due(self) -> date | None:
        return self.line.due


@dataclass(slots=True, kw_only=True)
class Told:
    """What one address heard of one row over one channel."""

    days: list[date] = field(default_factory=list)
    news: set[tuple[str, int]] = field(default_factory=set)


@dataclass(slots=True)
class Expected:
    office: Office
    items: dict[str, Item] = field(default_factory=dict)
    told: defaultdict[tuple[Way, str], Told] = field(default_factory=lambda: defaultdict(Told))
    spoken: set[tuple[date, Way]] = field(default_factory=set)
    came: dict[str, bytes] = field(default_factory=dict)
    calendars: defaultdict[str, dict[str, tuple[int, date, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    changed_on: defaultdict[Way, date] = field(default_factory=lambda: defaultdict(lambda: date.min))
    confirmed: dict[tuple[str, str], date] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    disturbed_on: date = date.min

    # What happens ----------------------------------------------------------------------------------------

    def today(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.office.zone)).date()

    def take_in(self, lines: list[Line], today: date) -> None:
        """The document is in force as it is now."""
        kept = {line.word for line in lines}
        self.known = self.known.union(*(line.names for line in lines))
        for line in lines:
            item = self.items.get(line.word)
            if item is None:
                self.items[line.word] = Item(line=line, since=today, news_on=today)
                continue
            if item.line != line or item.dropped_on:
                item.news_on = today
            if item.dropped_on:
                item.since, item.moved_on, item.dropped_on = today, None, None
            if item.due != line.due:
                is_worth_telling = max(day for day in (item.due, line.due) if day) >= today
                item.since, item.moved_on = today, today if is_worth_telling else None
            item.line = line
        for word, item in self.items.items():
            if word not in kept and item.dropped_on is None:
                item.dropped_on, item.news_on, item.drops = today, today, item.drops + 1

    def set_up(self, office: Office, today: date) -> None:
        """Other settings are in force; who hears otherwise because of it hears what is new to him."""
        before, now = self.office.listeners(), office.listeners()
        same_rules = replace(office, people=()) == replace(self.office, people=())
        for way in before.keys() | now.keys():
            mine = [
                (each.parties, each.digest, each.ahead, each.pause, each.is_coordinator)
                for each in (before.get(way), now.get(way))
                if each
            ]
            if not same_rules or len(mine) < 2 or mine[0] != mine[1]:
                self.changed_on[way] = today
        self.office = office

    def everybody_may_hear_again(self, today: date) -> None:
        """Something was let go that had been held back."""
        for way in self.office.listeners():
            self.changed_on[way] = today

    def report(self, word: str, report: Report) -> None:
        self.items[word].reports.append(report)
        self.items[word].news_on = report.on

    def undo(self, word: str, number: int, today: date) -> None:
        item = self.items[word]
        item.reports = [report for report in item.reports if report.number != number]
        item.news_on = today

    # Who is to hear ---------------------------------------------------------------------------------------

    def with_members(self, names: frozenset[str]) -> frozenset[str]:
        """With the members of the group, as far as the plan has ever named them."""
        return names | self.known.intersection(MEMBERS) if GROUP in names else names

    def asked(self, item: Item) -> frozenset[str]:
        """Whom it is up to, after everything that was handed over."""
        asked = self.with_members(item.line.names)
        for report in item.reports:
            if report.kind == "handed-over":
                left = asked - report.parties if report.parties else frozenset[str]()
                asked = left | self.with_members(frozenset({report.to}))
        return asked

    def settled(self, item: Item) -> Report | None:
        """The report after which there is nothing more to do."""
        missing = self.asked(item) - {GROUP} if self.office.done_by == "each" else frozenset[str]()
        for report in item.reports:
            if report.kind in SETTLING:
                missing -= report.parties
                if not report.parties or not missing:
                    return report
        return None

    def hearers(self, item: Item) -> dict[Way, Person]:
        """Who hears for those it is up to; the coordinator when nobody does."""
        asked, listeners = self.asked(item), self.office.listeners()
        told = {way: person for way, person in listeners.items() if asked.intersection(person.parties)}
        return told or {way: person for way, person in listeners.items() if person.is_coordinator}

    # What came --------------------------------------------------------------------------------------------

    def hear(self, arrival: Arrival) -> Iterator[str]:
        """What is wrong with a message that has just arrived."""
        way, today = (arrival.channel, arrival.address), self.today(arrival.at)
        local = arrival.at.astimezone(ZoneInfo(self.office.zone)).time()
        if not (is_worked_on(today) and OPENS_AT <= local < QUIET_FROM):
            yield f"{way} is written to at {arrival.at}"
        if arrival.name in self.came:
            if self.came[arrival.name] != arrival.raw:
                yield f"a copy for {way} is not the same"
            if not arrival.record.may_have_come:
                yield f"a copy for {way}, though it was known to have arrived"
            return
        self.came[arrival.name] = arrival.raw
        if arrival.channel == "invite":
            yield from self._hear_invite(arrival, today)
        elif arrival.record.occasion in REMINDERS:
            if not arrival.record.may_have_come:
                if (today, way) in self.spoken:
                    yield f"{way} hears twice on {today}"
                self.spoken.add((today, way))
            yield from self._hear_reminder(arrival, way, today)

    def _hear_reminder(self, arrival: Arrival, way: Way, today: date) -> Iterator[str]:
        person = self.office.listeners().get(way)
        for word, item in self.items.items():
            texts = arrival.texts_about(word)
            is_overview = person is not None and person.is_coordinator  # it tells of everything
            if len(texts) > 1 and not is_overview:
                yield f"{way} hears of {word} twice in a message"
            if texts and not arrival.record.may_have_come:
                if person is None:
                    yield f"{way} has left and hears of {word} on {today}"
                elif person.is_away(today):
                    yield f"{way} is away and hears of {word} on {today}"
                elif not is_overview:
                    problems = self._about(item, word, texts[0], person, way, today)
                    yield from (f"{way}, {word}, {today}: {problem}" for problem in problems)
            if texts:
                self.told[way, word].days.append(today)

    def _about(  # noqa: PLR0917 - what is said of what to whom
        self, item: Item, word: str, text: str, person: Person, way: Way, today: date
    ) -> Iterator[str]:
        told, settled = self.told[way, word], self.settled(item)
        if item.due and in_danish(item.due) not in text:
            yield f"the date is not {item.due}: {text}"
        if item.dropped_on:
            if settled or not self._has_heard(way, word) or "udgået" not in text.lower():
                yield f"it has left the plan: {text}"
            yield from self._once(told, ("dropped", item.drops))
        elif settled:
            is_mine = not settled.parties or person.key == settled.by
            if is_mine or "Meldt" not in text:
                yield f"it is settled: {text}"
            yield from self._once(told, ("settled", settled.number))
        else:
            if not person.is_coordinator and not self.asked(item).intersection(person.parties):
                yield f"it is up to {set(self.asked(item))}"
            if self._is_snoozed(item, person, today):
                yield "it is put off"
            if told.days and not self._is_time_again(item, person, way, told.days[-1], today):
                yield f"it was told on {told.days[-1]}, and nothing has happened since"

    def _once(self, told: Told, news: tuple[str, int]) -> Iterator[str]:
        if news in told.news:
            yield f"it was told already: {news}"
        told.news.add(news)

    def _has_heard(self, way: Way, word: str) -> bool:
        mine = {way, ("email", way[1]), ("invite", way[1])}
        return any(self.told[each, word].days for each in mine if (each, word) in self.told)

    def _is_snoozed(self, item: Item, person: Person, today: date) -> bool:
        if item.due is None or person.is_coordinator:
            return False
        own = self.asked(item).intersection(person.parties)
        return any(
            report.kind == "snoozed"
            and report.until is not None
            and report.on < today < min(report.until, sending_day(item.due, person.digest))
            and item.news_on <= report.on
            and (not report.parties or own <= report.parties)
            for report in item.reports
        )

    def _is_time_again(self, item: Item, person: Person, way: Way, last: date, today: date) -> bool:
        """Whether there was a day since that brings it up, or something new."""
        if max(item.news_on, self.changed_on[way]) >= last or last >= today:
            return True
        if person.pause and last <= person.pause[1] <= today:
            return True
        days = (last + timedelta(step) for step in range(1, (today - last).days + 1))
        return any(self._brings_up(day, item, person) for day in days)

    def _brings_up(self, day: date, item: Item, person: Person) -> bool:
        if any(report.until and worked_on_after(report.until) == day for report in item.reports):
            return True
        if person.is_coordinator:
            return any(
                self._brings_up(day, item, replace(other, is_coordinator=False))
                for other in (replace(person, digest=""), *self.office.people)
            )
        due = item.due
        if person.digest:
            return is_sending_day(day, person.digest)
        if due is None:
            return is_sending_day(day, "monthly")
        if day > due:
            return self._chases(day, due)
        starts = item.line.starts or due
        falls = [due, starts, starts + (due - starts) / 2]
        falls += [due - timedelta(days) for days in person.ahead or self.office.ahead]
        if item.line.starts:
            falls += [due - timedelta(days) for days in LONG_AHEAD]
        return any(worked_on_before(fall) == day for fall in falls)

    def _chases(self, day: date, due: date) -> bool:
        if worked_on_after(due + timedelta(self.office.escalate_after)) == day:
            return True
        if not is_worked_on(day) or self.office.overdue_every < 5 or self.office.overdue_on == "any":
            return is_worked_on(day)
        weekday = ("monday", "tuesday", "wednesday", "thursday", "friday").index(self.office.overdue_on)
        start = day - timedelta((day.weekday() - weekday) % 7)
        return worked_on_after(start) == day

    def _hear_invite(self, arrival: Arrival, today: date) -> Iterator[str]:
        event = arrival.event
        assert event is not None
        summary = str(event["SUMMARY"])
        (word,) = (word for word in self.items if word in summary)
        item, address = self.items[word], arrival.address
        day, sequence, method = event.decoded("DTSTART"), int(str(event["SEQUENCE"])), str(event["X-METHOD"])
        known = self.calendars[address].get(word)
        if known and known[0] > sequence:
            yield f"the calendar of {address} has a later version of {word}"
            return
        state = "cancelled" if method == "CANCEL" else "done" if "✓" in summary else "planned"
        self.calendars[address][word] = (sequence, day, state)
        if known is None and state != "planned":
            yield f"{address} never had {word}"
        if state == "planned" and not arrival.record.may_have_come:
            person = self.office.listeners().get(("invite", address))
            if person is None or ("invite", address) not in self.hearers(item):
                yield f"{address} is invited to {word} on {today}, which is for others"
            elif person.is_away(today):
                yield f"{address} is away and is invited to {word}"
            if item.dropped_on or self.settled(item) or item.due != day or day < today:
                yield f"{address} is invited to {word} on {day}, which is over or elsewhere"
        self.told[("invite", address), word].days.append(today)

    # What should have come --------------------------------------------------------------------------------

    def owed(self, day: date, excused: set[tuple[Way, str]]) -> Iterator[str]:
        """What is missing at the end of a working day on which nothing went wrong from its first minute.

        `excused`: something stands written down about why it did not come.
        """
        for word, item in self.items.items():
            if item.news_on >= day:
                continue
            missing = [*self._owed_about(item, word, day), *self._owed_to_coordinators(item, word, day)]
            for way, why in missing:
                if (way, word) not in excused and self.changed_on[way] < day:
                    yield f"{way} should have heard of {word} by {day}: {why}"
        yield from self._owed_to_calendars(day, excused)

    def _owed_about(self, item: Item, word: str, day: date) -> Iterator[tuple[Way, str]]:
        settled = self.settled(item)
        for way, person in self.hearers(item).items():
            last = self._last(way, word)
            if way[0] == "invite" or person.is_away(day):
                continue
            if item.dropped_on:
                if (
                    self._is_owed_the_end(item, way, word, day)
                    and not settled
                    and last < item.dropped_on
                    and not person.digest
                ):
                    yield way, f"dropped on {item.dropped_on}"
            elif settled:
                if self._is_news_of_settling(item, settled, person, day) and last < settled.on:
                    yield way, f"settled on {settled.on}"
            else:
                yield from ((way, why) for why in self._owed_while_open(item, way, word, person, day))

    def _last(self, way: Way, word: str) -> date:
        days = self.told[way, word].days if (way, word) in self.told else []
        return max(days, default=date.min)

    def _is_owed_the_end(self, item: Item, way: Way, word: str, day: date) -> bool:
        is_fresh = item.dropped_on is not None and day <= item.dropped_on + NEWS_LASTS
        is_ahead = item.due is not None and item.dropped_on is not None and item.due >= item.dropped_on
        return is_fresh and is_ahead and self._heard_before(way, word, item.dropped_on)

    def _is_news_of_settling(self, item: Item, settled: Report, person: Person, day: date) -> bool:
        is_shared = bool(settled.parties) and not self.asked(item) <= settled.parties
        own = self.asked(item).intersection(person.parties)
        is_other = person.key != settled.by and not own <= settled.parties
        return is_shared and is_other and bool(own) and day <= settled.on + NEWS_LASTS and not person.digest

    def _owed_while_open(self, item: Item, way: Way, word: str, person: Person, day: date) -> Iterator[str]:
        last, due = self._last(way, word), item.due
        since = max(item.since, item.news_on, self.changed_on[way])
        if item.moved_on and self._heard_before(way, word, item.moved_on) and not person.digest:
            is_fresh = item.moved_on < day <= item.moved_on + NEWS_LASTS
            if is_fresh and last < item.moved_on and self._was_asked_before(item):
                yield f"moved on {item.moved_on}"
        if due is None:
            if (
                person.is_coordinator
                and working_days(max(last, since), day) > 24 + WAITS_FOR_DIGEST[person.digest]
            ):
                yield "its date is awaited"
            return
        if sending_day(due, person.digest) <= day <= due and last < item.since:
            yield f"due on {due}"
        every = self.office.overdue_every
        if due < day and due >= item.since - CHASED_BACK and every:
            heard = max(last, since, due, self.disturbed_on if person.digest else date.min)
            if person.pause:
                heard = max(heard, min(person.pause[1], day))
            if working_days(heard, day) > every + WAITS_FOR_DIGEST[person.digest]:
                yield f"late since {due}, last told on {last}"

    def _heard_before(self, way: Way, word: str, day: date | None) -> bool:
        return day is not None and self.confirmed.get((way[1], word), day) < day

    def _was_asked_before(self, item: Item) -> bool:
        return not any(report.kind == "handed-over" for report in item.reports)

    def _owed_to_coordinators(self, item: Item, word: str, day: date) -> Iterator[tuple[Way, str]]:
        """What nobody else hears: what is long late, what is awaited, what falls due while all are away."""
        if item.dropped_on or self.settled(item):
            return
        hearers = [(way, person) for way, person in self.hearers(item).items() if way[0] != "invite"]
        for way, person in self.office.listeners().items():
            if not person.is_coordinator or way[0] == "invite" or person.is_away(day) or person.digest:
                continue
            last, due = self._last(way, word), item.due
            if due is None:
                if working_days(max(last, item.since, self.changed_on[way]), day) > 24:
                    yield way, "its date is awaited"
                continue
            late_on = worked_on_after(due + timedelta(self.office.escalate_after))
            is_known = item.since <= late_on and due >= item.since - CHASED_BACK
            if (
                self.office.escalate_after
                and is_known
                and late_on <= day <= due + timedelta(30)
                and last < due
            ):
                yield way, f"late since {due}"
            all_away = bool(hearers) and all(other.is_away(day) for _, other in hearers)
            if all_away and day == worked_on_before(due) and last < item.since:
                yield way, f"due on {due}, and all are away"

    def _owed_to_calendars(self, day: date, excused: set[tuple[Way, str]]) -> Iterator[str]:
        listeners = self.office.listeners()
        for address in {*self.calendars, *(way[1] for way in listeners if way[0] == "invite")}:
            way = ("invite", address)
            person = listeners.get(way)
            if self.changed_on[way] >= day or (person and person.is_away(day)):
                continue
            for word, item in self.items.items():
                if item.news_on >= day or (way, word) in excused:
                    continue
                _, on, state = self.calendars[address].get(word, (0, date.min, "nothing"))
                is_in_force = item.dropped_on is None and item.due is not None and item.due > day
                is_mine = person is not None and way in self.hearers(item)
                if is_in_force and is_mine and not self.settled(item):
                    if (on, state) != (item.due, "planned"):
                        yield f"the calendar of {address} has {word} on {on}, {state}: it is on {item.due}"
                elif state == "planned" and on > day:
                    yield f"the calendar of {address} still has {word} on {on}"
