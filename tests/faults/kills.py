"""kill -9 at random points: while it starts, plans, composes, sends and shuts down."""

import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.faults import ledger
from tests.faults.program import Program, a_plan, a_while, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen

CONNECTIONS = 2
PER_ADDRESS = 50
A_START = 1.5
A_SHUTDOWN = 0.5
# Of ten kills one falls into the start and one into the shutdown after SIGTERM.
EACH_OTHER_KIND = 10
PATIENCE = 120
RUNS = "Rettidig kører."
DUE = "2024-03-01 07:00:01"


def kill_at_random(random: Random, scale: Scale, folder: Path) -> Seen:
    addresses = scale.kill_messages // PER_ADDRESS
    a_plan(folder, PER_ADDRESS - 1)
    with Recorder().running() as recorder:
        program = Program(
            folder=folder, settings=settings_for(folder, recorder.port, a_free_port(), addresses)
        )
        seen = Seen()
        try:
            kinds = Counter(_kill(random, program, recorder, scale, number) for number in range(scale.kills))
            _finish(program, recorder, seen)
        finally:
            if program.is_alive:
                program.kill()
    _judge(seen, program, recorder, scale, kinds)
    return seen


def _kill(random: Random, program: Program, recorder: Recorder, scale: Scale, number: int) -> str:
    """Start the program and kill it; where it was hit."""
    program.start()
    kind = {0: "start", 1: "shutdown"}.get(number % EACH_OTHER_KIND, "work")
    if kind == "start":
        a_while(random, A_START)
    else:
        _some_more(random, program, recorder, scale, number)
        if kind == "shutdown":
            program.signal(signal.SIGTERM)
            a_while(random, A_SHUTDOWN)
    program.kill()
    return kind


def _some_more(random: Random, program: Program, recorder: Recorder, scale: Scale, number: int) -> None:
    """Let it get on by a random part of what is left, so that the last kill comes near the end."""
    done = _progress(program, recorder)
    left = max(2 * scale.kill_messages - done, 0)
    enough = done + random.randint(0, max(2 * left // (scale.kills - number), 1))
    until(_has_come_to(program, recorder, enough), PATIENCE)
    a_while(random, 0.02)


def _has_come_to(program: Program, recorder: Recorder, enough: int) -> Callable[[], bool]:
    return lambda: _progress(program, recorder) >= enough or not program.is_alive


def _progress(program: Program, recorder: Recorder) -> int:
    """What was composed and what was recorded."""
    composed = sum(ledger.messages(program.database).values()) if ledger.exists(program.database) else 0
    return composed + len(recorder.first)


def _finish(program: Program, recorder: Recorder, seen: Seen) -> None:
    """Let it end its work undisturbed; only what runs knows what SIGTERM asks for."""
    lives = program.said().count(RUNS)
    program.start()
    until(lambda: program.said().count(RUNS) > lives, PATIENCE)
    before = -1
    while before < _progress(program, recorder):
        before = _progress(program, recorder)
        until(lambda: _is_done(program), PATIENCE / 4)
    seen.expect(_is_done(program), f"the outbox was not emptied: {dict(ledger.messages(program.database))}")
    seen.expect(program.stop() == 0, "it did not end well on SIGTERM")


def _is_done(program: Program) -> bool:
    due = ledger.notices(program.database, DUE)
    return bool(due) and not due["waiting"]


def _judge(seen: Seen, program: Program, recorder: Recorder, scale: Scale, kinds: Counter[str]) -> None:
    addresses = scale.kill_messages // PER_ADDRESS
    planned = addresses * PER_ADDRESS
    told = recorder.told()
    complete = Counter(to for to, _subject in told)
    lost = planned - sum(min(count, PER_ADDRESS) for count in complete.values())
    bound = scale.kills * CONNECTIONS
    claimed, recorded = ledger.accepted(program.database), set(recorder.first)
    states = ledger.notices(program.database)
    seen.note(f"{scale.kills} kills ({kinds['start']} at the start, {kinds['shutdown']} in a shutdown)")
    seen.note(f"{planned:,} notices due, {lost} lost")
    seen.note(f"{recorder.extra} extra copies (at most {bound}), {len(recorder.unlike)} of them different")
    seen.expect(lost == 0, f"{lost} of {planned} were never accepted")
    seen.expect(set(told.values()) == {1}, "something was said in two messages")
    seen.expect(recorder.extra <= bound, f"{recorder.extra} extra copies, more than {bound}")
    seen.expect(not recorder.unlike, f"copies of {len(recorder.unlike)} messages differ")
    seen.expect(claimed == recorded, f"{len(claimed ^ recorded)} messages are accepted here and not there")
    seen.expect(states.keys() <= ledger.STATES, f"unknown states: {states}")
    seen.expect(ledger.is_sound(program.database), "the database is damaged")
    seen.expect("Traceback" not in program.said(), "a traceback in the log")
