"""Who cannot be reached is not written to in vain or is told another way, and the coordinator hears of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from pydantic import SecretStr

from service.delivery.outbox import LEASE
from service.delivery.smtp import Relay
from service.reminders.notice import Channel, Recipient
from service.reminders.reasons import Ending
from service.reminders.trouble import Medium, of_those_who_hear
from service.rounds import hearers_now
from service.storage import notices, outgoing, undelivered
from service.storage.troubles import open_troubles
from tests.delivery.scripted_relay import ScriptedRelay
from tests.delivery.webhook_receiver import Answering, WebhookReceiver, http
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

MEETING = a_milestone(a_day(date(2024, 3, 13)))
BUDGET = a_milestone(
    a_day(date(2024, 3, 20)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
PLAN = a_plan(MEETING, BUDGET)
MONDAY = date(2024, 2, 12)
DEAD = "sb@example.dk"
COORDINATOR = a_recipient("coordinator", is_coordinator=True)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with a_workplace(tmp_path, MONDAY, a_recipient("sb"), a_recipient("fob"), COORDINATOR) as opened:
        opened.import_plan(PLAN)
        yield opened


@contextmanager
def with_relay(workplace: Workplace, relay: ScriptedRelay) -> Iterator[None]:
    before = workplace.relay
    with relay.running():
        workplace.relay = Relay(host="127.0.0.1", port=relay.port, security="none")
        yield
    workplace.relay = before


def mails_to(relay: ScriptedRelay, address: str) -> list[EmailMessage]:
    parsed = (message_from_bytes(raw, policy=default) for raw in relay.accepted)
    return [mail for mail in parsed if isinstance(mail, EmailMessage) and address in mail["To"]]


def states(workplace: Workplace, address: str) -> dict[str, int]:
    """How many of the notices that are due for an address are in which state."""
    found: dict[str, int] = {}
    with workplace.parts.database.read() as connection:
        for each in notices.listed(connection):
            if each["recipient"] == address and str(each["at"]) <= workplace.clock.now().isoformat():
                found[str(each["state"])] = found.get(str(each["state"]), 0) + 1
    return found


def a_half_hour_later(workplace: Workplace) -> None:
    workplace.clock.advance(timedelta(minutes=30))
    workplace.work()


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_after_a_hard_bounce_nothing_more_is_sent_there_and_each_notice_says_why(
    workplace: Workplace,
) -> None:
    relay = ScriptedRelay(nobody=frozenset({DEAD}))
    with with_relay(workplace, relay):
        workplace.work()
        workplace.work_through(MONDAY + timedelta(1), date(2024, 3, 13))
    tried = [command for command in relay.commands if command == f"RCPT TO:<{DEAD}>"]
    assert 1 == len(tried), "one refusal is enough, for reminders and invitations alike"
    assert {"failed": 1, "suppressed": 5} == states(workplace, "sb")
    assert 4 == len(mails_to(relay, "fob@example.dk"))
    workplace.counts()


def test_the_coordinator_is_told_once_who_was_not_reached_why_and_what_to_do(workplace: Workplace) -> None:
    relay = ScriptedRelay(nobody=frozenset({DEAD}))
    with with_relay(workplace, relay):
        workplace.work()
        assert [] == mails_to(relay, "coordinator@")
        a_half_hour_later(workplace)
        (told,) = mails_to(relay, "coordinator@")
        workplace.work_through(MONDAY + timedelta(1), MONDAY + timedelta(14))
        assert [told["Message-ID"]] == [mail["Message-ID"] for mail in mails_to(relay, "coordinator@")]
    assert "Ikke nået: SB" == told["Subject"]
    text = text_of(told)
    assert DEAD in text
    assert "findes ikke (550 5.1.1)" in text
    assert "rettidig outbox --clear SB" in text
    assert "Organisationsbestyrelsen godkender materialet" in text


def test_an_address_that_is_taken_for_good_again_gets_what_is_still_true(workplace: Workplace) -> None:
    relay = ScriptedRelay(nobody=frozenset({DEAD}))
    with with_relay(workplace, relay):
        workplace.work_through(MONDAY, date(2024, 2, 28))
        relay.nobody = frozenset()
        workplace.work_through(date(2024, 2, 29), date(2024, 3, 1))
        assert [] == mails_to(relay, DEAD)
        with workplace.parts.database.write() as connection:
            now = workplace.clock.now()
            assert 1 == undelivered.take_recipient_for_good(connection, "sb", now)
            assert [] == open_troubles(connection)
        workplace.work()
    subjects = [mail["Subject"] for mail in mails_to(relay, DEAD)]
    assert any(subject.startswith("Kalender 13. marts") for subject in subjects), "never announced before"
    assert 2 == len(subjects), "and one collected reminder"
    assert {"failed": 1, "accepted": 2} == states(workplace, "sb")


def test_who_is_called_otherwise_by_now_is_told_of_and_taken_for_good_under_the_new_key(
    workplace: Workplace,
) -> None:
    relay = ScriptedRelay(nobody=frozenset({DEAD}))
    with with_relay(workplace, relay):
        workplace.work()
        sb, *others = recipients_at(workplace)
        staffed_by(workplace, replace(sb, key="slagelse", name="Slagelse"), *others)
        a_half_hour_later(workplace)
        (told,) = mails_to(relay, "coordinator@")
    assert "Ikke nået: Slagelse" == told["Subject"]
    assert "rettidig outbox --clear SLAGELSE" in text_of(told)
    with workplace.parts.database.write() as connection:
        hearers = hearers_now(workplace.parts.database, workplace.parts.office)
        now = workplace.clock.now()
        assert 0 == undelivered.take_recipient_for_good(connection, "sb", now, hearers)
        assert 1 == undelivered.take_recipient_for_good(connection, "slagelse", now, hearers)


def test_a_mailbox_that_is_written_to_again_in_vain_is_news_again(workplace: Workplace) -> None:
    relay = ScriptedRelay(nobody=frozenset({DEAD}))
    with with_relay(workplace, relay):
        workplace.work()
        a_half_hour_later(workplace)
        with workplace.parts.database.write() as connection:
            undelivered.take_for_good(connection, Medium.MAIL, DEAD.upper(), workplace.clock.now())
        workplace.work_through(MONDAY + timedelta(1), date(2024, 2, 28))
        a_half_hour_later(workplace)
    assert 2 == len(mails_to(relay, "coordinator@"))


def test_a_trouble_that_is_over_before_it_was_told_is_not_told(workplace: Workplace) -> None:
    relay = ScriptedRelay(nobody=frozenset({DEAD}))
    with with_relay(workplace, relay):
        workplace.work()
        with workplace.parts.database.write() as connection:
            undelivered.take_for_good(connection, Medium.MAIL, DEAD, workplace.clock.now())
        a_half_hour_later(workplace)
    assert [] == mails_to(relay, "coordinator@")


def work_each_hour(workplace: Workplace, day: date) -> None:
    for hour in range(12):
        workplace.clock.set(workplace.parts.office.rules.sent_at(day) + timedelta(hours=hour))
        workplace.work()


def test_what_is_put_off_day_after_day_is_given_up_after_48_hours_and_the_coordinator_told(
    tmp_path: Path,
) -> None:
    sb = replace(a_recipient("sb"), channels=frozenset({Channel.EMAIL}))
    relay = ScriptedRelay(busy=frozenset({DEAD}))
    with a_workplace(tmp_path, MONDAY, sb, COORDINATOR) as workplace, with_relay(workplace, relay):
        workplace.import_plan(a_plan(MEETING))
        for day in range(2):
            work_each_hour(workplace, MONDAY + timedelta(day))
        assert {"waiting": 1} == states(workplace, "sb")
        work_each_hour(workplace, MONDAY + timedelta(2))
        assert {"failed": 1} == states(workplace, "sb")
    (told,) = mails_to(relay, "coordinator@")
    assert "Opgivet efter forsøg i 48 timer" in text_of(told)


def test_what_is_given_up_does_not_take_with_it_what_was_added_to_its_mail_on_the_way(
    tmp_path: Path,
) -> None:
    sb = replace(a_recipient("sb"), channels=frozenset({Channel.EMAIL}))
    relay = ScriptedRelay(busy=frozenset({DEAD}))
    later = a_milestone(a_day(date(2024, 3, 14)), id="m2", row=2, activity="SB behandler budgettet.")
    with a_workplace(tmp_path, MONDAY, sb, COORDINATOR) as workplace, with_relay(workplace, relay):
        workplace.import_plan(a_plan(MEETING, later))
        for day in range(3):
            work_each_hour(workplace, MONDAY + timedelta(day))
        assert {"failed": 1, "waiting": 1} == states(workplace, "sb")
        relay.busy = frozenset()
        work_each_hour(workplace, MONDAY + timedelta(3))
        (mail,) = mails_to(relay, DEAD)
        assert "SB behandler budgettet" in text_of(mail)
        assert "Organisationsbestyrelsen" not in text_of(mail)
        workplace.counts()


@contextmanager
def teams_that(
    folder: Path, answering: Answering, *people: str, mail: bool = False
) -> Iterator[tuple[Workplace, WebhookReceiver]]:
    """SB is reached in Teams alone unless `mail`; the receiver answers each card so."""
    channels = frozenset({Channel.TEAMS, Channel.EMAIL}) if mail else frozenset({Channel.TEAMS})
    sb = replace(a_recipient("sb", *people, teams=True), channels=channels)
    with (
        a_workplace(folder, MONDAY, sb, COORDINATOR) as workplace,
        WebhookReceiver(answering).running() as receiver,
    ):
        webhooks = {"sb-channel": SecretStr(receiver.url())}
        workplace.parts = replace(workplace.parts, webhooks=webhooks, relay=workplace.relay)
        workplace.import_plan(a_plan(MEETING))
        yield workplace, receiver


def recipients_at(workplace: Workplace) -> tuple[Recipient, ...]:
    return workplace.parts.office.recipients_of(PLAN)[0]


def staffed_by(workplace: Workplace, *people: Recipient) -> None:
    """From now on the settings have these recipients."""
    office = replace(workplace.parts.office, recipients_of=lambda _plan: (people, ()))
    workplace.parts = replace(workplace.parts, office=office)


def work_for(workplace: Workplace, minutes: int) -> None:
    for _ in range(minutes):
        workplace.clock.advance(timedelta(minutes=1))
        workplace.work()


@pytest.mark.parametrize("status", ["503 Away", "404 Gone", "400 Bad"])
def test_what_teams_does_not_take_comes_by_mail_within_a_quarter_of_an_hour(
    tmp_path: Path, status: str
) -> None:
    with teams_that(tmp_path, http(status)) as (workplace, receiver):
        workplace.work()
        work_for(workplace, 15)
        (mail,) = workplace.mails()
        assert "sb@example.dk" in mail["To"]
        assert "Frist 13. marts 2024" in mail["Subject"]
        assert (3 if status.startswith("503") else 1) == len(receiver.requests)
        workplace.counts()


def test_who_is_told_by_mail_in_any_case_is_not_told_twice(tmp_path: Path) -> None:
    with teams_that(tmp_path, http("503 Away"), mail=True) as (workplace, _):
        workplace.work()
        work_for(workplace, 15)
        assert ["sb@example.dk"] == [mail["To"].addresses[0].addr_spec for mail in workplace.mails()]


def test_a_flow_that_was_deleted_is_not_called_again_and_its_reminders_go_on_by_mail(tmp_path: Path) -> None:
    with teams_that(tmp_path, http("410 Gone")) as (workplace, receiver):
        for day in (MONDAY, date(2024, 2, 28), date(2024, 3, 6)):
            workplace.work_through(day, day)
            work_for(workplace, 1)
        assert 1 == len(receiver.requests)
        told = [mail["Subject"] for mail in workplace.mails() if "sb@" in mail["To"]]
        assert ["Frist 13. marts 2024"] * 3 == [subject[:20] for subject in told]


def test_a_recipient_in_teams_who_is_called_otherwise_is_told_nothing_again(tmp_path: Path) -> None:
    with teams_that(tmp_path, http("202 Accepted")) as (workplace, receiver):
        workplace.work()
        sb, coordinator = recipients_at(workplace)
        staffed_by(workplace, replace(sb, key="slagelse"), coordinator)
        work_for(workplace, 5)
        workplace.work_through(MONDAY + timedelta(1), MONDAY + timedelta(14))
        assert 1 == len(receiver.requests)


def test_a_channel_that_two_share_goes_on_as_before_when_one_of_them_leaves(tmp_path: Path) -> None:
    with teams_that(tmp_path, http("202 Accepted")) as (workplace, receiver):
        sb = recipients_at(workplace)[0]
        staffed_by(workplace, replace(sb, key="a-board", parties=frozenset({"fob"})), sb)
        workplace.work()
        staffed_by(workplace, sb)
        workplace.work_through(MONDAY + timedelta(1), MONDAY + timedelta(14))
        assert 1 == len(receiver.requests)


def test_a_new_webhook_after_a_dead_one_gets_what_holds_still_and_the_old_trouble_is_not_shown(
    tmp_path: Path,
) -> None:
    with (
        teams_that(tmp_path, http("404 Gone")) as (workplace, _),
        WebhookReceiver(http("202 Fine")).running() as new,
    ):
        workplace.work()
        sb, coordinator = recipients_at(workplace)
        workplace.parts = replace(workplace.parts, webhooks={"new-channel": SecretStr(new.url())})
        staffed_by(workplace, replace(sb, teams="new-channel"), coordinator)
        workplace.work_through(MONDAY + timedelta(1), MONDAY + timedelta(2))
        assert 1 == len(new.requests)
        told = hearers_now(workplace.parts.database, workplace.parts.office)
        with workplace.parts.database.read() as connection:
            assert [] == of_those_who_hear(open_troubles(connection), told)


def test_where_nobody_can_be_mailed_instead_a_card_is_tried_as_long_as_a_mail(tmp_path: Path) -> None:
    with teams_that(tmp_path, http("503 Away")) as (workplace, receiver):
        workplace.parts = replace(workplace.parts, relay=None)
        workplace.work()
        work_for(workplace, 20)
        assert 5 == len(receiver.requests)
        assert {"waiting": 1} == states(workplace, "sb")


def test_a_message_that_ends_the_process_five_times_is_parked_and_the_others_go_on(
    workplace: Workplace,
) -> None:
    workplace.work()
    workplace.clock.set(workplace.parts.office.rules.sent_at(date(2024, 3, 6)))
    before = len(workplace.mails())
    up, workplace.relay = workplace.relay, replace(workplace.relay, port=1)
    workplace.work()
    today = date(2024, 3, 6)
    for _ in range(5):
        workplace.clock.advance(timedelta(hours=1))
        now = workplace.clock.now()
        with workplace.parts.database.write() as connection:
            claimed = outgoing.claim(connection, [Channel.EMAIL], now, lease_until=now + LEASE, today=today)
            assert claimed is not None
            outgoing.release_leases(connection)
            connection.exec_driver_sql(
                "UPDATE message SET next_at = '2024-03-01' WHERE id = ?", (claimed.id,)
            )
    workplace.relay = up
    workplace.clock.advance(timedelta(hours=1))
    workplace.work()
    assert 1 == len(workplace.mails()) - before
    assert {Ending.PARKED} == {each["reason"] for each in _failed(workplace)}


def _failed(workplace: Workplace) -> list[dict[str, object]]:
    with workplace.parts.database.read() as connection:
        return [each for each in notices.listed(connection) if each["state"] == "failed"]


def test_what_cannot_be_composed_for_one_holds_up_nobody_else(workplace: Workplace) -> None:
    no_address = replace(a_recipient("sb", "no address"), channels=frozenset({Channel.EMAIL}))
    staffed_by(workplace, no_address, a_recipient("fob"), COORDINATOR)
    workplace.work_through(MONDAY, date(2024, 2, 19))
    assert {"fob@example.dk"} == {mail["To"].addresses[0].addr_spec for mail in workplace.mails()}
    assert {"waiting": 1} == states(workplace, "sb")


def test_a_relay_in_trouble_is_asked_once_a_round_and_costs_the_others_no_try(workplace: Workplace) -> None:
    workplace.relay = replace(workplace.relay, port=1)
    workplace.work()
    with workplace.parts.database.read() as connection:
        tried = connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar_one()
        waiting = connection.exec_driver_sql("SELECT count(*) FROM message").scalar_one()
    assert (1, 3) == (tried, waiting)
