"""A rehearsal shows what the service sends: the same bytes, over real SMTP and a real webhook."""

import json
from datetime import date
from pathlib import Path

from service.messages.composing import Writer
from service.messages.rehearsal import Rehearsal, in_full
from service.plan.milestone import Predecessor
from service.reminders.notice import Channel
from service.reminders.recipients import hearers
from service.reminders.rehearsal import first_standings, rehearse
from service.reminders.rules import Rules
from service.storage import install
from tests.factories import a_day, a_milestone, a_plan, a_stretch
from tests.workplace import Workplace, a_recipient, a_workplace

FIRST, LAST = date(2024, 3, 1), date(2024, 4, 3)
PEOPLE = (a_recipient("sb", teams=True), a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
PLAN = a_plan(
    a_milestone(a_day(date(2024, 3, 13))),
    a_milestone(
        a_stretch(date(2024, 3, 1), date(2024, 3, 31)),
        id="m2",
        row=2,
        activity="Boligorganisationerne skriver under, så længe »prækvalifikationen« er åben.",
        parties=("boligorganisationerne",),
        checklist=("Budget", "Referat"),
        after=(Predecessor(id="m1", days=7),),
    ),
    a_milestone(id="m3", row=3, activity="Afgørelse.", parties=()),
)


def rehearsal_at(workplace: Workplace) -> tuple[Rehearsal, str]:
    """Under the installation's own key, and the name of its plan."""
    with workplace.parts.database.read() as connection:
        key, name = install.install_key(connection), install.plan_id(connection)
    rules = workplace.parts.office.rules
    return Rehearsal(
        plan=PLAN,
        since=FIRST,
        until=LAST,
        rules=rules,
        told=hearers(PEOPLE),
        writer=Writer(plan=PLAN, key=key, stationery=workplace.parts.stationery),
        stand=tuple(first_standings(PLAN, FIRST)),
        messages=tuple(rehearse(PLAN, hearers(PEOPLE), rules, FIRST, LAST)),
    ), name


def test_what_is_sent_is_what_was_rehearsed_to_the_byte(tmp_path: Path) -> None:
    with a_workplace(tmp_path, FIRST, *PEOPLE, rules=Rules()) as workplace:
        workplace.import_plan(PLAN)
        workplace.work_through(FIRST, LAST)
        rehearsal, name = rehearsal_at(workplace)
        bodies = [
            (each.collected.hearer.channel, each.message.body) for each in in_full(rehearsal, plan_name=name)
        ]
        mails = sorted(body for channel, body in bodies if channel is not Channel.TEAMS)
        cards = [json.loads(body) for channel, body in bodies if channel is Channel.TEAMS]
        assert mails == sorted(mail.raw for mail in workplace.mailbox.messages())
        assert any(b"Konsekvenser" in mail for mail in mails)
        assert [card["attachments"][0]["content"] for card in cards] == [
            card.card for card in workplace.receiver.cards()
        ]
        assert len(mails) > 20
        assert len(cards) > 5
