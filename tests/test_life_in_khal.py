"""The life of one milestone as somebody sees it whose calendar program is khal; the docs show the record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from service.plan.milestone import Milestone
from tests.calendars.noting import calendar_objects
from tests.calendars.programs import Khal
from tests.calendars.readers import check
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

RECORD = Path(__file__).parents[1] / "docs" / "life-in-khal.txt"
HEAD = """\
One milestone in khal, from invitation to withdrawal. Written by tests/test_life_in_khal.py: the mails come
from the service by way of a real SMTP server, and what follows "$ khal list" is what khal itself printed.
"""
MEETING = a_milestone(
    a_day(date(2024, 3, 13)),
    activity="Organisationsbestyrelsen godkender materialet",
    deadline="13. marts 2024",
)


def on(day: date) -> Milestone:
    return replace(MEETING, window=a_day(day), due_on=day, deadline=f"{day:%d.%m.%Y}")


LIFE = (
    (date(2024, 2, 1), "The plan is imported", (MEETING,)),
    (date(2024, 2, 12), "The board moves the meeting a week ahead", (on(date(2024, 3, 20)),)),
    (date(2024, 2, 26), "Easter: it is moved once more", (on(date(2024, 4, 3)),)),
    (date(2024, 3, 18), "The row is taken out of the plan", ()),
)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with a_workplace(tmp_path, date(2024, 2, 1), a_recipient("sb")) as opened:
        yield opened


def invitations(workplace: Workplace) -> list[bytes]:
    return [ics for mail in workplace.mailbox.messages() for ics in calendar_objects(mail.raw)]


def told(ics: bytes) -> str:
    method = next(line for line in ics.decode().splitlines() if line.startswith("METHOD:"))
    (entry,) = check(ics)
    return f"{method}, SEQUENCE:{entry.sequence}, {entry.start}"


def test_the_life_of_a_milestone_in_khal_is_the_recorded_one(workplace: Workplace, tmp_path: Path) -> None:
    khal = Khal.new(tmp_path / "khal")
    lines = [HEAD]
    for seen, (day, event, rows) in enumerate(LIFE):
        workplace.clock.set(workplace.parts.office.rules.sent_at(day))
        workplace.import_plan(a_plan(*rows), digest=str(day))
        workplace.work()
        (mail,) = invitations(workplace)[seen:]
        khal.takes(mail)
        lines += [f"{day:%-d %B %Y}. {event}; a mail brings {told(mail)}", "$ khal import --batch invite.ics"]
        lines += ["$ khal list 2024-03-01 60d", khal.lists(date(2024, 3, 1), 60)]
    record = "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"
    if not RECORD.exists():
        RECORD.write_text(record, encoding="utf-8")
        pytest.fail("docs/life-in-khal.txt was not there and has been written: read it, then run again")
    assert record == RECORD.read_text(encoding="utf-8")
    assert len(khal.shows(date(2024, 3, 1), 60)) == 1
