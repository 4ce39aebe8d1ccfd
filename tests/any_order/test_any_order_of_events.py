"""Whatever happens in whatever order, everybody hears what they should, when they should, and once.

The real rounds on a real database, a real mail server, a real webhook and the real pages, on a clock that is
moved; what should come of it is told by a small model (`expected.py`). `make properties` runs the long form.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service.clock import SteppingClock
from tests.any_order.expected import SETTLING, Expected, Item, Report, Way
from tests.any_order.installation import BASE, Death, Installation, a_death
from tests.any_order.office import GROUP, PEOPLE, Office, Person
from tests.any_order.paper import ACTIVITIES, REWORDED, Line, document, is_worked_on
from tests.any_order.post import Answer, Post, a_post

# Monday mornings: a spring with Easter and the clock put forward, an autumn with it put back, Christmas, the
# summer of a leap year far away.
STARTS = (date(2024, 3, 18), date(2026, 10, 19), date(2029, 12, 17), date(2036, 5, 26))
ZONES = (
    "Europe/Copenhagen",
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "America/St_Johns",
)
HOSTS = ("UTC", "Pacific/Kiritimati", "America/Anchorage", "Europe/Copenhagen")
RESPONSIBLE = ("Nordbo", "Fjordhus", "Kommunen", "Nordbo og Fjordhus", "Kommunen og Nordbo", GROUP)
RENAMED = {"Fjordhus": "Fjordhus Bolig", "Fjordhus Bolig": "Fjordhus"}
STATES = {"waiting", "accepted", "failed", "expired", "withdrawn", "suppressed"}
# Making a failing life shorter takes minutes; that is for who looks into it.
PHASES = tuple(Phase) if "LIVES" in os.environ else (Phase.explicit, Phase.reuse, Phase.generate)

OTHER_KEYS = {"KOMMUNEN": "KONTORET", "NORDBO": "BESTYRELSEN"}  # the second is heard in Teams too
CHANNELS = (("email",), ("email", "teams", "invite"), ("invite", "email"))

words = st.sampled_from(sorted(ACTIVITIES))
people = st.sampled_from(sorted(person.key for person in PEOPLE))


class AnyOrder(RuleBasedStateMachine):
    post: Post
    death: Death

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="any-order-"))
        self.clock = self.post.clock
        self.installation = Installation(folder=self.folder, clock=self.clock, death=self.death)
        self.post.clear(self.installation.ledger)
        self.lines: list[Line] = []
        self.gone: list[Line] = []
        self.links: dict[tuple[str, str], str] = {}
        self.ids: dict[str, str] = {}
        self.heard = 0
        self.revisions = 0
        self.host = HOSTS[0]
        self.largest_ledger = 0

    def teardown(self) -> None:
        self.installation.stop()
        rmtree(self.folder)

    @initialize(
        start=st.sampled_from(STARTS),
        zone=st.sampled_from(ZONES),
        host=st.sampled_from(HOSTS),
        rows=st.lists(
            st.tuples(
                words, st.sampled_from(RESPONSIBLE), st.integers(-20, 50), st.sampled_from((0, 0, 10, 95))
            ),
            min_size=2,
            max_size=6,
            unique_by=lambda row: row[0],
        ),
    )
    def a_plan_is_handed_over(
        self, start: date, zone: str, host: str, rows: list[tuple[str, str, int, int]]
    ) -> None:
        office = Office(zone=zone)
        self.expected, self.host = Expected(office), host
        self.clock.set(self._local(start, time(6)))
        for word, responsible, days, length in rows:
            due = start + timedelta(days)
            self.lines.append(
                Line(
                    word=word,
                    activity=ACTIVITIES[word],
                    responsible=responsible,
                    due=due,
                    starts=due - timedelta(length) if length else None,
                )
            )
        self._save()
        self._start()
        self._round()

    # The document -----------------------------------------------------------------------------------------

    @rule(word=words, days=st.integers(-10, 40), by_hand=st.booleans())
    def a_date_moves(self, word: str, days: int, by_hand: bool) -> None:
        line = self._line(word)
        if line and line.due:
            moved = timedelta(days)
            starts = line.starts + moved if line.starts else None
            self._rewrite(replace(line, due=line.due + moved, starts=starts), by_hand=by_hand)

    @rule(word=words, days=st.integers(0, 30), by_hand=st.booleans())
    def a_date_is_taken_off_or_set(self, word: str, days: int, by_hand: bool) -> None:
        line = self._line(word)
        if line:
            due = None if line.due else self._today() + timedelta(days)
            self._rewrite(replace(line, due=due, starts=None), by_hand=by_hand)

    @rule(word=words, how=st.sampled_from(REWORDED), by_hand=st.booleans())
    def a_row_is_reworded(self, word: str, how: str, by_hand: bool) -> None:
        line = self._line(word)
        if line:
            self._rewrite(replace(line, activity=ACTIVITIES[word] + how), by_hand=by_hand)

    @rule(word=words, responsible=st.sampled_from(RESPONSIBLE), by_hand=st.booleans())
    def a_row_is_up_to_others(self, word: str, responsible: str, by_hand: bool) -> None:
        line = self._line(word)
        if line:
            self._rewrite(replace(line, responsible=responsible), by_hand=by_hand)

    @rule(word=words, by_hand=st.booleans())
    def a_row_is_dropped(self, word: str, by_hand: bool) -> None:
        line = self._line(word)
        if line and len(self.lines) > 1:
            self.lines.remove(line)
            self.gone.append(line)
            self._save(by_hand=by_hand)

    @precondition(lambda self: self.gone)
    @rule(days=st.sampled_from((0, 0, 7)), by_hand=st.booleans())
    def a_row_comes_back(self, days: int, by_hand: bool) -> None:
        line = self.gone.pop()
        if line.due:
            line = replace(line, due=line.due + timedelta(days))
        self.lines.insert(0, line)
        self._save(by_hand=by_hand)

    @rule(
        word=words, responsible=st.sampled_from(RESPONSIBLE), days=st.integers(-5, 40), by_hand=st.booleans()
    )
    def a_row_is_added(self, word: str, responsible: str, days: int, by_hand: bool) -> None:
        if word in {line.word for line in (*self.lines, *self.gone)}:
            return
        due = self._today() + timedelta(days)
        self.lines.append(Line(word=word, activity=ACTIVITIES[word], responsible=responsible, due=due))
        self._save(by_hand=by_hand)

    @rule(by_hand=st.booleans())
    def a_party_is_renamed(self, by_hand: bool) -> None:
        """In all rows, as somebody does who searches and replaces."""
        old = (
            "Fjordhus Bolig"
            if any("Fjordhus Bolig" in line.responsible for line in self.lines)
            else "Fjordhus"
        )
        self.lines = [
            replace(line, responsible=line.responsible.replace(old, RENAMED[old])) for line in self.lines
        ]
        self.links.clear()
        self._save(by_hand=by_hand)

    @rule(by_hand=st.booleans())
    def rows_change_places(self, by_hand: bool) -> None:
        self.lines.reverse()
        self._save(by_hand=by_hand)

    @rule()
    def the_same_is_imported_again(self) -> None:
        self._import()
        self._round()
        before = len(self.post.arrivals)
        self._import()
        self._round()
        assert before == len(self.post.arrivals)

    # Time -------------------------------------------------------------------------------------------------

    @rule(days=st.integers(1, 6))
    def days_pass(self, days: int) -> None:
        for _ in range(days):
            self._a_day_passes()

    @rule()
    def a_day_passes(self) -> None:
        self._a_day_passes()

    @rule(hours=st.integers(1, 14))
    def hours_pass(self, hours: int) -> None:
        self.clock.advance(timedelta(hours=hours))
        self._round()

    @rule(days=st.integers(1, 40), restarts=st.booleans())
    def the_machine_is_off(self, days: int, restarts: bool) -> None:
        """Suspended, or stopped and started again."""
        if restarts:
            self.installation.stop()
        self.clock.advance(timedelta(days))
        self.expected.disturbed_on = self._today()
        if restarts:
            self._start()
        self._round()

    @rule(host=st.sampled_from(HOSTS))
    def it_is_started_anew_somewhere_else(self, host: str) -> None:
        self.installation.stop()
        self.host = host
        self._start()
        self._round()

    # Reports ----------------------------------------------------------------------------------------------

    @rule(word=words, kind=st.sampled_from(("done", "done", "not-relevant", "started")), person=people)
    def somebody_reports(self, word: str, kind: str, person: str) -> None:
        self._report(word, person, kind)

    @rule(word=words, days=st.integers(1, 20), person=people)
    def somebody_puts_it_off(self, word: str, days: int, person: str) -> None:
        item = self.expected.items.get(word)
        until = self._today() + timedelta(days)
        if item and item.due and until < item.due:
            self._report(word, person, "snoozed", until=until.isoformat())

    @rule(word=words, to=st.sampled_from(("Nordbo", "Kommunen", "Fjordhus")), person=people)
    def somebody_hands_it_over(self, word: str, to: str, person: str) -> None:
        item = self.expected.items.get(word)
        known = frozenset[str]().union(*(each.line.names for each in self._in_force()))
        if item and to in known - self.expected.asked(item):
            self._report(word, person, "handed-over", to=to)

    @rule(word=words)
    def the_last_report_is_undone(self, word: str) -> None:
        item = self.expected.items.get(word)
        if not item or item.dropped_on or not item.reports:
            return
        last = item.reports[-1]
        if self._today() - last.on > timedelta(7):
            return
        page = self.installation.coordinators_page(item.id)
        assert self.installation.press(page, kind="undone", mark=str(last.number)) == 303
        self.expected.undo(word, last.number, self._today())
        self._round()

    # Settings ---------------------------------------------------------------------------------------------

    @rule(person=people)
    def somebody_leaves_or_comes(self, person: str) -> None:
        office = self.expected.office
        known = self._person_now(person)
        is_here = known in office.people
        self._set_up(office.without(known.key) if is_here else office.with_person(known))

    @rule(key=st.sampled_from(tuple(OTHER_KEYS)))
    def a_recipient_is_called_otherwise(self, key: str) -> None:
        office, person = self.expected.office, self._person_now(key)
        if person in office.people:
            self.links.clear()  # they are those of the old name
            called = OTHER_KEYS[key] if person.key == key else key
            self._set_up(office.without(person.key).with_person(replace(person, key=called)))

    @rule()
    def a_mailbox_is_written_otherwise(self) -> None:
        office, person = self.expected.office, self._person_now("FJORDHUS")
        if person in office.people:
            emails = tuple(email.swapcase() for email in person.emails)
            self._set_up(office.with_person(replace(person, emails=emails)))

    @rule(
        person=people,
        change=st.one_of(
            st.fixed_dictionaries({"digest": st.sampled_from(("", "weekly", "monthly"))}),
            st.fixed_dictionaries({"ahead": st.sampled_from((None, (10, 3)))}),
            st.fixed_dictionaries({"channels": st.sampled_from(CHANNELS)}),
            st.fixed_dictionaries({"pause": st.none() | st.tuples(st.integers(0, 10), st.integers(0, 20))}),
        ),
    )
    def somebody_wants_it_otherwise(self, person: str, change: dict[str, Any]) -> None:
        if change.get("pause"):
            first, length = change["pause"]
            begins = self._today() + timedelta(first)
            change = {"pause": (begins, begins + timedelta(length))}
        known = self._person_now(person)
        if known in self.expected.office.people:
            self._set_up(self.expected.office.with_person(replace(known, **change)))

    @rule(
        ahead=st.sampled_from(((30, 14, 7, 1), (10, 3))),
        every=st.sampled_from((5, 10, 3)),
        weekday=st.sampled_from(("monday", "friday", "any")),
        done_by=st.sampled_from(("any", "each")),
        when_done=st.sampled_from(("update", "cancel")),
        approve_above=st.sampled_from((1000, 1000, 3)),
    )
    def the_rules_change(  # noqa: PLR0917 - a rule gets what it draws
        self,
        ahead: tuple[int, ...],
        every: int,
        weekday: str,
        done_by: str,
        when_done: str,
        approve_above: int,
    ) -> None:
        self._set_up(
            replace(
                self.expected.office,
                ahead=ahead,
                overdue_every=every,
                overdue_on=weekday,
                done_by=done_by,
                when_done=when_done,
                approve_above=approve_above,
            )
        )

    @rule()
    def what_is_held_back_is_approved(self) -> None:
        if self.installation.approve():
            self.expected.everybody_may_hear_again(self._today())
            self._round()

    # Trouble ----------------------------------------------------------------------------------------------

    @rule(
        person=people,
        answers=st.lists(
            st.sampled_from((Answer.LATER, Answer.LATER, Answer.LOST, Answer.DROPPED, Answer.REFUSED)),
            min_size=1,
            max_size=4,
        ),
        hours=st.integers(0, 30),
    )
    def a_mailbox_or_channel_is_in_trouble(self, person: str, answers: list[Answer], hours: int) -> None:
        for way in self._person_now(person).listens():
            self.post.script[way[1]].extend(answers)
        self.expected.disturbed_on = self._today()
        self._round()
        self.clock.advance(timedelta(hours=hours))
        self._round()

    @rule(steps=st.integers(0, 40), minutes=st.sampled_from((1, 30, 600, 3000)))
    def the_process_is_killed(self, steps: int, minutes: int) -> None:
        self.death.draw_near(steps)
        self._round()
        self.expected.disturbed_on = self._today()
        if self.installation.parts is None:
            self.clock.advance(timedelta(minutes=minutes))
            self._start()
            self._round()

    # What always holds ------------------------------------------------------------------------------------

    @invariant()
    def everything_planned_is_accounted_for(self) -> None:
        rows = self.installation.ask("SELECT state, reason, message, held FROM notice")
        assert {state for state, *_ in rows} <= STATES
        assert len(rows) >= self.largest_ledger, "a notice is gone"
        self.largest_ledger = len(rows)
        unexplained = [
            state for state, reason, *_ in rows if state not in {"waiting", "accepted"} and not reason
        ]
        assert not unexplained

    @invariant()
    def what_is_called_accepted_was_and_what_was_is_called_so(self) -> None:
        arrived = {arrival.record.id for arrival in self.post.arrivals}
        accepted = {
            number for (number,) in self.installation.ask("SELECT id FROM message WHERE state = 'accepted'")
        }
        assert accepted <= arrived
        doubtful = self.installation.ask(
            "SELECT DISTINCT message FROM attempt WHERE receipt IS NULL OR receipt = 'uncertain'"
        )
        assert arrived <= accepted | {number for (number,) in doubtful}

    @invariant()
    def rows_keep_their_ids(self) -> None:
        for word, number in self.installation.ids_by_word(ACTIVITIES).items():
            assert self.ids.setdefault(word, number) == number, word
            self.expected.items[word].id = number

    # The same in other words ------------------------------------------------------------------------------

    def _local(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.expected.office.zone))

    def _today(self) -> date:
        return self.expected.today(self.clock.now())

    def _line(self, word: str) -> Line | None:
        return next((line for line in self.lines if line.word == word), None)

    def _in_force(self) -> list[Item]:
        return [item for item in self.expected.items.values() if not item.dropped_on]

    def _rewrite(self, line: Line, *, by_hand: bool) -> None:
        self.lines = [line if each.word == line.word else each for each in self.lines]
        self._save(by_hand=by_hand)

    def _save(self, *, by_hand: bool = False) -> None:
        self.installation.plan_file.write_text(document(self.lines), encoding="utf-8")
        if by_hand:
            self._import()

    def _import(self) -> None:
        self.installation.import_by_hand()
        self._notice_imports()

    def _notice_imports(self) -> None:
        """The model takes in the document at the moment at which the service does."""
        if (revisions := self.installation.revisions()) > self.revisions:
            self.revisions = revisions
            self.expected.take_in(self.lines, self._today())
            self.links.clear()  # they were made for parties by the names that the plan had then

    def _start(self) -> None:
        office = self.expected.office.settings(self.post.smtp, self.post.http)
        self.installation.start(office, self.host)

    def _set_up(self, office: Office) -> None:
        self.installation.stop()
        self.expected.set_up(office, self._today())
        self._start()
        self._round()

    def _person_now(self, key: str) -> Person:
        known = next(each for each in PEOPLE if each.key == key)
        mailbox = known.emails[0].lower()
        here = (each for each in self.expected.office.people if each.emails[0].lower() == mailbox)
        return next(here, known)

    def _round(self) -> None:
        self.installation.round()
        self._notice_imports()
        self._listen()

    def _listen(self) -> None:
        new = self.post.arrivals[self.heard :]
        self.heard = len(self.post.arrivals)
        problems = [problem for arrival in new for problem in self.expected.hear(arrival)]
        states = dict(self.installation.ask("SELECT id, state FROM message"))
        for arrival in new:
            for word in ACTIVITIES:
                for text in arrival.texts_about(word):
                    if states[arrival.record.id] == "accepted":
                        self.expected.confirmed.setdefault((arrival.address, word), self._today())
                    if link := re.search(rf"{BASE}(/m/\S+)", text):
                        self.links[arrival.address, word] = link[1]
        assert not problems, problems

    def _a_day_passes(self) -> None:
        local = self.clock.now().astimezone(ZoneInfo(self.expected.office.zone))
        day = local.date() if local.time() < time(8) else local.date() + timedelta(1)
        moments = (time(8), time(12, 10), time(19, 30)) if is_worked_on(day) else (time(12),)
        on_the_way = self._on_the_way()
        is_undisturbed = self.post.is_quiet and is_worked_on(day)
        for moment in moments:
            self.clock.set(self._local(day, moment))
            self._round()
        if is_undisturbed:
            missing = list(self.expected.owed(day, on_the_way | self._explained()))
            assert not missing, missing

    def _on_the_way(self) -> set[tuple[Way, str]]:
        """What was waiting to be tried again when the day began."""
        rows = self.installation.ask("SELECT channel, address FROM message WHERE state = 'waiting'")
        return {(self._way(channel, address), word) for channel, address in rows for word in ACTIVITIES}

    def _explained(self) -> set[tuple[Way, str]]:
        """What did not come, and the reason stands written down."""
        rows = self.installation.ask(
            "SELECT channel, address, milestone FROM notice WHERE state = 'failed' OR held"
            " OR (state = 'suppressed' AND reason LIKE '%address%')"
        )
        words_of = {number: word for word, number in self.ids.items()}
        return {(self._way(channel, address), words_of.get(number, "")) for channel, address, number in rows}

    def _way(self, channel: str, address: str) -> Way:
        webhook = self.installation.running.webhooks.get(address) if channel == "teams" else None
        return channel, webhook.get_secret_value().rpartition("/")[2] if webhook else address.lower()

    def _report(self, word: str, key: str, kind: str, **more: str) -> None:
        item, person = self.expected.items.get(word), self._person_now(key)
        if not item or item.dropped_on or self.expected.settled(item):
            return
        if person.is_coordinator:
            path, own, by = self.installation.coordinators_page(item.id), frozenset[str](), ""
        else:
            links = [self.links.get((email.lower(), word)) for email in person.emails]
            path, by = next((link for link in links if link), ""), person.key
            own = self.expected.asked(item) & frozenset(person.parties)
            spoken = frozenset[str]().union(*(each.parties for each in item.reports if each.kind in SETTLING))
            if not path or not own or own <= spoken:
                return
        assert self.installation.press(path, kind=kind, **more) == 303, (word, key, kind, more)
        until = date.fromisoformat(more["until"]) if "until" in more else None
        self.expected.report(
            word,
            Report(
                number=self.installation.last_mark(),
                kind=kind,
                on=self._today(),
                by=by,
                parties=own,
                until=until,
                to=more.get("to", ""),
            ),
        )
        self._round()


@pytest.fixture
def world() -> Iterator[None]:
    with ExitStack() as opened:
        AnyOrder.post = opened.enter_context(
            a_post(SteppingClock(datetime(2024, 1, 1, tzinfo=ZoneInfo("UTC"))))
        )
        AnyOrder.death = opened.enter_context(a_death())
        yield


@pytest.mark.no_cover
@pytest.mark.usefixtures("world")
def test_whatever_happens_in_whatever_order_everybody_hears_what_they_should_once() -> None:
    lives, steps = int(os.environ.get("LIVES", "10")), int(os.environ.get("STEPS", "20"))
    run_state_machine_as_test(
        AnyOrder, settings=settings(max_examples=lives, stateful_step_count=steps, phases=PHASES)
    )
