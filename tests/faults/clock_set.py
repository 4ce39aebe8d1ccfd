"""The host's clock is set back, forward, far forward; the host sleeps."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults import ledger, sabotage
from tests.faults.program import Program, a_plan, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen

ADDRESSES, MILESTONES = 5, 4
# On Friday the seventh day before the near milestone, on Monday the fourth.
ON_FRIDAY = ADDRESSES * (MILESTONES + 1)
ON_MONDAY = ADDRESSES
HOUR, DAY = 3600.0, 86_400.0
UNTIL_MONDAY = 3 * DAY
RESUMES_WITHIN = 30.0
DOUBTS_FOR = 3.0
PATIENCE = 60


@dataclass(frozen=True)
class Move:
    """What is done to the host: its clock is set by so much, or it sleeps for so long."""

    name: str
    set_by: float = 0.0
    slept: float = 0.0
    is_absurd: bool = False


def moves(random: Random) -> list[tuple[Move, ...]]:
    """Each kind of move by a random amount; what was set wrong is set right again."""
    step, hours = random.uniform(1.0, 2.0), random.uniform(0.5, 3.0) * HOUR
    weeks, years = random.uniform(20, 40) * DAY, random.uniform(8, 12) * 365 * DAY
    return [
        (Move("NTP steps", step), Move("NTP steps back", -step)),
        (Move("set back", -hours), Move("set right", hours)),
        (Move("set forward", hours), Move("set right", -hours)),
        (Move("weeks ahead", weeks, is_absurd=True), Move("set right", -weeks)),
        (Move("years ahead", years, is_absurd=True), Move("set right", -years)),
        (Move("asleep for hours", slept=random.uniform(0.2, 1.0) * HOUR),),
    ]


def set_and_slept_through(random: Random, scale: Scale, folder: Path) -> Seen:
    """On a Friday, in any order; then the host sleeps until Monday."""
    seen, host = Seen(), Host(hands=folder / "hands")
    a_plan(folder, MILESTONES)
    with Recorder().running() as recorder:
        settings = settings_for(folder, recorder.port, a_free_port(), ADDRESSES)
        settings |= {"REMINDERS__AHEAD": "7,4,1", "AS_OF": "2024-03-01T12:00"}
        program = Program(folder=folder, settings=settings)
        program.start(sabotage.move_clock, str(host.hands))
        try:
            seen.expect(recorder.wait_for(ON_FRIDAY, PATIENCE), "Friday's reminders did not come")
            made = random.sample(moves(random), scale.clock_moves)
            pauses = [_move(seen, program, recorder, host, move) for both in made for move in both]
            pauses.append(
                _move(seen, program, recorder, host, Move("asleep until Monday", slept=UNTIL_MONDAY))
            )
            recorder.wait_for(ON_FRIDAY + ON_MONDAY, PATIENCE)
            time.sleep(DOUBTS_FOR)
            seen.expect(program.stop() == 0, "it did not end well on SIGTERM")
        finally:
            if program.is_alive:
                program.kill()
    lost = ON_FRIDAY + ON_MONDAY - len(recorder.first)
    states = ledger.notices(program.database, "2024-03-04 08:00:00")
    names = ", ".join(both[0].name for both in made)
    seen.note(f"{len(pauses)} moves: {names}, asleep until Monday")
    seen.note(f"{lost} lost, {recorder.extra} extra copies, next tick after {max(pauses):.0f} s at most")
    seen.expect(lost == 0, f"{lost} lost")
    seen.expect(recorder.extra == 0, f"{recorder.extra} extra copies")
    seen.expect(set(states) == {"accepted"}, f"a wrong clock ended notices: {dict(states)}")
    return seen


@dataclass
class Host:
    """Where its clock stands against the true time, written down for the process to follow."""

    hands: Path
    ahead: float = 0.0
    slept: float = 0.0

    def make(self, move: Move) -> None:
        self.ahead += move.set_by + move.slept
        self.slept += move.slept
        written = self.hands.with_name("hands-to-be")
        written.write_text(json.dumps({"ahead": self.ahead, "slept": self.slept}))
        written.replace(self.hands)


def _move(seen: Seen, program: Program, recorder: Recorder, host: Host, move: Move) -> float:
    """Make a move and see that the ticks go on; after how many seconds they did."""
    before, told = _last_tick(program), len(recorder.copies)
    host.make(move)
    began = time.monotonic()
    if move.is_absurd:
        time.sleep(DOUBTS_FOR)
        seen.expect(program.is_alive, f"{move.name}: the process ended")
        seen.expect(len(recorder.copies) == told, f"{move.name}: mails were sent by a clock that is wrong")
        return 0.0
    time.sleep(sabotage.POLL_SECONDS * 2)
    goes_on = until(lambda: _ticks_anew(program, before), RESUMES_WITHIN)
    took = time.monotonic() - began
    seen.expect(goes_on, f"{move.name}: no tick for {took:.0f} s")
    return took


def _last_tick(program: Program) -> str:
    with ledger.reading(program.database) as connection:
        found = connection.execute("SELECT value FROM install WHERE key = 'tick'").fetchone()
    return str(found[0]) if found else ""


def _ticks_anew(program: Program, before: str) -> bool:
    """Whether two rounds were finished since."""
    first = _last_tick(program)
    if first == before:
        return False
    return until(lambda: _last_tick(program) != first, RESUMES_WITHIN)
