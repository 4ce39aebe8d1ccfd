"""Somebody else holds the database: a backup that hangs, an administrator's shell."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

from tests.faults import ledger
from tests.faults.program import Program, a_plan, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen

ADDRESSES, MILESTONES = 20, 19
MESSAGES = ADDRESSES * (MILESTONES + 1)
CONNECTIONS = 2
PATIENCE = 180
DUE = "2024-03-01 07:00:01"


def held_by_somebody_else(random: Random, scale: Scale, folder: Path) -> Seen:
    seen = Seen()
    a_plan(folder, MILESTONES)
    with Recorder().running() as recorder:
        program = Program(
            folder=folder, settings=settings_for(folder, recorder.port, a_free_port(), ADDRESSES)
        )
        program.start()
        try:
            recorder.wait_for(random.randint(1, MESSAGES // 2), PATIENCE)
            meanwhile = _hold(program, recorder, scale.locked_seconds)
            released = time.monotonic()
            done = until(lambda: not ledger.notices(program.database, DUE)["waiting"], PATIENCE)
            took = time.monotonic() - released
            seen.expect(done, f"{dict(ledger.notices(program.database, DUE))}")
            seen.expect(program.stop() == 0, "it did not end well on SIGTERM")
        finally:
            if program.is_alive:
                program.kill()
    lost = MESSAGES - len(recorder.first)
    said = program.said()
    seen.note(f"held for {scale.locked_seconds} s amid {MESSAGES} messages, {meanwhile} accepted meanwhile")
    seen.note(f"{lost} lost, {recorder.extra} extra copies, all done {took:.0f} s after it was let go")
    seen.expect(lost == 0, f"{lost} of {MESSAGES} were never accepted")
    seen.expect(meanwhile <= CONNECTIONS, f"{meanwhile} mails left without a stored claim")
    seen.expect(recorder.extra == 0, f"{recorder.extra} extra copies")
    states = ledger.notices(program.database, DUE)
    seen.expect(set(states) == {"accepted"}, f"a busy database changed states: {dict(states)}")
    seen.expect("Traceback" not in said, "a traceback in the log")
    seen.expect("database-unavailable" in said or "answer-not-stored-yet" in said, "the log says nothing")
    return seen


def _hold(program: Program, recorder: Recorder, seconds: int) -> int:
    """Hold the write lock; how many mails were accepted meanwhile."""
    with closing(sqlite3.connect(program.database, timeout=30, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        before = len(recorder.copies)
        time.sleep(seconds)
        meanwhile = len(recorder.copies) - before
        connection.execute("ROLLBACK")
    return meanwhile
