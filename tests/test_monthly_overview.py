"""The coordinator's month, from the first mail to the page: real SMTP, one clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import select

from service.delivery.smtp import Relay
from service.plan.marks import MarkKind
from service.reminders.notice import Channel, Occasion, Recipient
from service.reminders.preferences import Preferences, read_pause
from service.reminders.rules import Rules
from service.storage import tables
from service.storage.marks import store_mark
from service.storage.troubles import open_troubles
from tests.delivery.scripted_relay import ScriptedRelay
from tests.factories import a_day, a_mark, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

BASE = "https://frister.example.dk"
MEETING = a_milestone(a_day(date(2024, 3, 13)), activity="SB behandler materialet.")
BUDGET = a_milestone(
    a_day(date(2024, 3, 20)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
UNDATED = a_milestone(id="m3", row=3, deadline="Afventer dato", activity="Politisk fremlæggelse.")
HAND_IN = a_milestone(
    a_day(date(2024, 4, 26)), id="m4", row=4, activity="Ansøgningen sendes.", deadline="26. april 2024"
)
PLAN = a_plan(MEETING, BUDGET, UNDATED, HAND_IN)
FRIDAY = date(2024, 3, 8)
APRIL = date(2024, 4, 2)
NO_INVITES = frozenset({Channel.EMAIL, Channel.TEAMS})
COORDINATOR = replace(a_recipient("coordinator", teams=True, is_coordinator=True), channels=NO_INVITES)


def somebody(key: str, **wants: Any) -> Recipient:
    return replace(a_recipient(key), channels=NO_INVITES, preferences=Preferences(**wants))


@contextmanager
def at_work(folder: Path, *people: Recipient) -> Iterator[Workplace]:
    with a_workplace(folder, FRIDAY, *people, COORDINATOR, rules=Rules(), base_url=BASE) as workplace:
        workplace.import_plan(PLAN)
        yield workplace


def to_the_coordinator(workplace: Workplace) -> list[EmailMessage]:
    return [mail for mail in workplace.mails() if "coordinator@" in mail["To"]]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def days(mails: list[EmailMessage]) -> list[str]:
    return [mail["Date"].datetime.date().isoformat() for mail in mails]


def test_on_the_first_working_day_one_mail_and_one_card_say_where_the_plan_stands(tmp_path: Path) -> None:
    fob = somebody("fob", pauses=(read_pause("2024-03-25..2024-04-12"),))
    with at_work(tmp_path, somebody("sb"), fob) as it:
        it.work_through(FRIDAY, date(2024, 3, 14))
        with it.parts.database.write() as connection:
            store_mark(connection, "m1", a_mark(MarkKind.DONE, date(2024, 3, 14), by="Slagelse Boligselskab"))
        it.work_through(date(2024, 3, 15), APRIL)
        (mail,) = [each for each in to_the_coordinator(it) if each["Subject"].startswith("Overblik")]
        assert days([mail]) == ["2024-04-02"]
        assert mail["Subject"] == "Overblik april 2024: 1 over fristen, 1 på vej, 1 uden dato"
        said = text_of(mail)
        for line in (
            "13 dage over fristen",
            "FOB behandler budgettet.",
            "FOB holder pause til og med 12. april 2024; derfor kommer det til dig",
            "Heraf står 1 øverst.",
            "UBESVARET (1)",
            "Til og med 12. april 2024",
            "I planen efter »13. marts 2024: FOB behandler budgettet.« og før »26. april 2024: Ansøgningen",
            "Datoen bør ligge fast inden 26. april 2024",
            "Meldt udført af Slagelse Boligselskab",
        ):
            assert line in said, line
        assert said.count("Politisk fremlæggelse.") == 1
        assert f"Meld udført: {BASE}/m/" in said
        (card,) = [each for each in it.receiver.cards() if "Overblik" in str(each.card)]
        assert "Overblik april 2024" in str(card.card["fallbackText"])


def test_that_day_the_coordinators_own_reminders_come_in_the_same_mail(tmp_path: Path) -> None:
    """Nobody hears for FOB, so that its reminders are the coordinator's."""
    with at_work(tmp_path, somebody("sb")) as it:
        it.work_through(date(2024, 3, 25), APRIL)
        told = days(to_the_coordinator(it))
        assert len(told) == len(set(told))
        assert told[-1] == "2024-04-02"
        said = text_of(to_the_coordinator(it)[-1])
        assert "FOB behandler budgettet." in said
        assert "Ingen modtager" in said


def test_who_took_no_mail_is_named_and_where_the_coordinators_own_takes_none_nothing_breaks(
    tmp_path: Path,
) -> None:
    relay = ScriptedRelay(nobody=frozenset({"sb@example.dk", "coordinator@example.dk"}))
    with at_work(tmp_path, somebody("sb"), somebody("fob")) as it, relay.running():
        it.relay = Relay(host="127.0.0.1", port=relay.port, security="none")
        it.work_through(date(2024, 3, 11), APRIL)
        card = next(str(each.card) for each in it.receiver.cards() if "Overblik april" in str(each.card))
        assert "Mail kom ikke frem 12. marts 2024" in card
        assert "Svaret var 550 5.1.1 · Der sendes ikke mere dertil" in card
        with it.parts.database.read() as connection:
            ended = select(tables.notice.c.channel, tables.notice.c.state).where(
                tables.notice.c.occasion == Occasion.DIGEST, tables.notice.c.at <= it.clock.now()
            )
            states = {tuple(row) for row in connection.execute(ended)}
            assert states == {("email", "suppressed"), ("teams", "accepted")}
            assert {each.recipient for each in open_troubles(connection)} == {"sb", "coordinator"}


def test_an_overview_alone_that_is_refused_is_told_of_without_a_milestone(tmp_path: Path) -> None:
    relay = ScriptedRelay(nobody=frozenset({"coordinator@example.dk"}))
    with a_workplace(tmp_path, APRIL, somebody("sb"), COORDINATOR, rules=Rules()) as it, relay.running():
        it.relay = Relay(host="127.0.0.1", port=relay.port, security="none")
        it.import_plan(a_plan(HAND_IN))
        it.work()
        with it.parts.database.read() as connection:
            (trouble,) = open_troubles(connection)
        assert (trouble.milestone, trouble.subject) == ("", "Overblik april 2024: 1 på vej")
        it.clock.advance(timedelta(minutes=31))
        it.work()
        assert any("Ikke nået" in str(each.card) for each in it.receiver.cards())
        it.counts()


def test_without_the_overview_what_awaits_a_date_is_asked_for_by_itself_with_the_hint(tmp_path: Path) -> None:
    rules = Rules(overview="none")
    with a_workplace(tmp_path, APRIL, somebody("sb"), COORDINATOR, rules=rules) as it:
        it.import_plan(PLAN)
        it.work()
        (mail,) = to_the_coordinator(it)
        assert "Datoen bør ligge fast inden 26. april 2024" in text_of(mail)
        assert "Overblik" not in mail["Subject"]
