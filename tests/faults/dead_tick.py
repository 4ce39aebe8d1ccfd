"""The tick stands still: its thread has ended, or its round hangs. Somebody must notice."""

import time
from pathlib import Path
from random import Random

from service.daemon import DEAD_AFTER, EXIT_DEAD
from tests.faults import ledger, sabotage
from tests.faults.program import Program, Sabotage, a_plan, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen

ADDRESSES, MILESTONES = 4, 4
MESSAGES = ADDRESSES * (MILESTONES + 1)
LATEST = 90.0
GRACE = LATEST - DEAD_AFTER.total_seconds()
PATIENCE = 60
DUE = "2024-03-01 07:00:01"
WAYS: dict[str, Sabotage] = {
    "its thread ended": sabotage.end_tick_thread,
    "its round hangs": sabotage.hang_the_heart,
}


def nobody_ticks(random: Random, scale: Scale, folder: Path) -> Seen:
    seen = Seen()
    for number, way in enumerate(WAYS):
        room = folder / f"way-{number}"
        room.mkdir()
        _way(seen, random, scale.dead_after_seconds, way, room)
    return seen


def _way(seen: Seen, random: Random, dead_after: float, way: str, room: Path) -> None:
    a_plan(room, MILESTONES)
    stop_ticking = room / "stop-ticking"
    with Recorder().running() as recorder:
        program = Program(folder=room, settings=settings_for(room, recorder.port, a_free_port(), ADDRESSES))
        program.start(WAYS[way], str(stop_ticking), dead_after)
        try:
            recorder.wait_for(random.randint(1, MESSAGES), PATIENCE)
            stop_ticking.touch()
            began = time.monotonic()
            ended = until(lambda: not program.is_alive, dead_after + 60, every=0.1)
            took = time.monotonic() - began
            code = program.process.exitcode if program.process else None
            if ended:
                program.start()  # as a supervisor does
            until(lambda: not ledger.notices(program.database, DUE)["waiting"], PATIENCE)
        finally:
            if program.is_alive:
                program.kill()
    lost = MESSAGES - len(recorder.first)
    seen.note(f"{way}: ended with {code} after {took:.0f} s; {lost} lost, {recorder.extra} extra copies")
    seen.expect(ended and code == EXIT_DEAD, f"{way}: the process ended with {code}")
    latest = dead_after + GRACE
    seen.expect(took <= latest, f"{way}: noticed after {took:.0f} s, not within {latest:.0f}")
    seen.expect(lost == 0 and not recorder.unlike, f"{way}: {lost} lost")
