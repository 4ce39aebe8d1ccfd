"""Seven stages of the SMTP dialogue times eight faults, and a server that accepts and then hangs up."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from service.bootstrap import Parts
from service.delivery.patience import Patience
from service.delivery.relay import Relay
from service.delivery.replies import Stage
from service.reminders.notice import Channel
from tests.delivery.scripted_relay import (
    Fault,
    ScriptedRelay,
    babbles,
    drips,
    drops,
    keeps_silent,
    says,
    sends_an_endless_line,
)
from tests.faults import ledger
from tests.faults.seen import Scale, Seen
from tests.faults.workday import Workday, at_work, milestones_on
from tests.workplace import a_recipient

STAGES = (Stage.CONNECT, Stage.EHLO, Stage.AUTH, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END)
FAULTS: dict[str, Fault] = {
    "4yz": says("451 4.3.0 try later"),
    "5yz": says("554 5.0.0 refused"),
    "421": says("421 4.3.2 closing", hangs_up=True),
    "hangs up": drops,
    "says nothing": keeps_silent,
    "a byte at a time": drips,
    "says nonsense": babbles,
    "a line of 10 MB": sends_an_endless_line,
}
REPLIES = {"4yz", "5yz", "421"}
SLOW = {"says nothing", "a byte at a time"}
ACCEPTS_AND_HANGS_UP = (Stage.END, "accepts, then hangs up")
CELLS = (*((stage, fault) for stage in STAGES for fault in FAULTS), ACCEPTS_AND_HANGS_UP)

IMPATIENT = Patience(connect=2, opening=2, content=2, end=2)
PATIENT = Patience(connect=20, opening=20, content=20, end=20)
USERNAME, PASSWORD = "frister", "hemmeligt"
PEOPLE = ("a@example.dk", "b@example.dk", "c@example.dk")
MOST_COPIES = 3


def expected(stage: Stage, fault: str) -> str:
    """What an attempt comes to, written independently of the table in `delivery.replies`."""
    if fault == "5yz" and stage in {Stage.RCPT, Stage.DATA, Stage.END}:
        return "failed"
    if stage is Stage.END and fault not in REPLIES:
        return "uncertain"
    return "delayed"


def seven_stages_times_eight_faults(random: Random, scale: Scale, folder: Path) -> Seen:
    seen = Seen()
    cells = random.sample(CELLS, min(scale.smtp_cells, len(CELLS)))
    for number, (stage, fault) in enumerate(cells):
        room = folder / f"cell-{number}"
        room.mkdir()
        _cell(seen, stage, fault, room)
    seen.note(f"{len(cells)} of {len(CELLS)} cells, three mails each")
    seen.note(f"{len(seen.broken)} misclassified or lost")
    return seen


def _cell(seen: Seen, stage: Stage, fault: str, room: Path) -> None:
    """The fault meets one of three mails; then the relay is well again."""
    makes = FAULTS.get(fault, drops)
    relay = ScriptedRelay({stage: makes}, keeps_what_it_drops=fault not in FAULTS)
    people = (replace(a_recipient("sb"), emails=PEOPLE, channels=frozenset({Channel.EMAIL})),)
    with relay.running():
        change = _with(relay, IMPATIENT if fault in SLOW else PATIENT)
        with at_work(room, people, milestones_on(date(2024, 3, 11)), change) as workday:
            workday.pass_by(timedelta(hours=3), timedelta(minutes=15), lambda: not workday.waits())
            _judge(seen, f"{stage} {fault}", workday, relay, expected(stage, fault))


def _with(relay: ScriptedRelay, patience: Patience) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        reached = Relay(
            host="127.0.0.1", port=relay.port, security="none", username=USERNAME, password=PASSWORD
        )
        return replace(parts, relay=reached, patience=patience)

    return change


def _judge(seen: Seen, cell: str, workday: Workday, relay: ScriptedRelay, answer: str) -> None:
    due = workday.due()
    failed = due["failed"]
    with ledger.reading(workday.database) as connection:
        receipts = [row[0] for row in connection.execute("SELECT receipt FROM attempt ORDER BY id")]
        bad = [receipt for receipt in receipts if receipt != "accepted"]
    seen.expect(bad == [answer], f"{cell}: classed as {bad}, not as {answer}")
    seen.expect(failed == (answer == "failed"), f"{cell}: {failed} notices failed")
    seen.expect(not due["waiting"], f"{cell}: {due['waiting']} notices still wait")
    seen.expect(sum(due.values()) == due["accepted"] + failed, f"{cell}: {dict(due)}")
    copies = _copies(relay.accepted)
    most = MOST_COPIES if answer == "uncertain" else 1
    seen.expect(max(copies.values(), default=0) <= most, f"{cell}: {max(copies.values())} copies of a mail")
    messages = ledger.messages(workday.database)
    seen.expect(len(copies) == messages["accepted"], f"{cell}: {len(copies)} of {dict(messages)} arrived")


def _copies(accepted: Iterable[bytes]) -> dict[bytes, int]:
    """How often each mail came, byte for byte."""
    counted: dict[bytes, int] = {}
    for raw in accepted:
        counted[raw] = counted.get(raw, 0) + 1
    return counted
