"""The disk is full for a while, in the midst of the work."""

import os
import time
from collections import Counter
from pathlib import Path
from random import Random

import requests

from tests.faults import ledger, sabotage
from tests.faults.program import Program, a_plan, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen
from tests.faults.snapshots import copy_database, standing_still

ADDRESSES, MILESTONES = 20, 19
MESSAGES = ADDRESSES * (MILESTONES + 1)
MEGABYTES = 12
FULL_FROM = (500_000, 4_000_000)
CONNECTIONS = 2
PATIENCE = 180
RECOVERS_WITHIN = 30
DUE = "2024-03-01 07:00:01"
CHUNK = b"\0" * 65536


def full_for_a_while(random: Random, scale: Scale, folder: Path) -> Seen:
    seen, disk = Seen(), folder / "disk"
    disk.mkdir()
    a_plan(folder, MILESTONES)
    with Recorder().running() as recorder:
        settings = settings_for(folder, recorder.port, a_free_port(), ADDRESSES)
        settings["DATABASE_URL"] = f"sqlite:///{disk}/rettidig.db"
        program = Program(folder=folder, settings=settings)
        program.start(sabotage.on_a_small_disk, str(disk), MEGABYTES)
        try:
            if not until(lambda: _database(program, disk).exists(), 30):
                seen.not_run = "needs root or user namespaces"
                return seen
            _fill_and_free(
                seen,
                program,
                recorder,
                _database(program, disk),
                enough=random.uniform(*FULL_FROM),
                seconds=scale.disk_full_seconds,
            )
        finally:
            program.kill()
    return seen


def _database(program: Program, disk: Path) -> Path:
    """The database as the process sees it; from here the folder is empty."""
    return Path(f"/proc/{program.pid}/root{disk}/rettidig.db")


def _fill_and_free(
    seen: Seen, program: Program, recorder: Recorder, database: Path, *, enough: float, seconds: float
) -> None:
    """Take the room once the database has come to a size, for so long."""
    until(lambda: _size(database) >= enough, PATIENCE)
    filler = database.with_name("filler")
    _keep_full(filler, seconds)
    health = f"http://127.0.0.1:{program.settings['WEB__PORT']}/health"
    answer = requests.get(health, timeout=30).status_code
    unclaimed = _unclaimed(program, database, recorder)
    done_then, failures = len(recorder.copies), program.said().count("OperationalError")
    filler.unlink()
    freed = time.monotonic()
    goes_on = recorder.wait_for(done_then + 1, PATIENCE)
    recovered = time.monotonic() - freed
    done = until(lambda: not _states(program, database)["waiting"], PATIENCE, every=0.5)
    states = _states(program, database)
    lost = MESSAGES - len(recorder.first)
    seen.note(f"full for {seconds:.0f} s amid {MESSAGES} messages; {failures} writes failed")
    seen.note(f"{unclaimed} mails without a stored claim, {lost} lost, {recorder.extra} extra copies")
    seen.note(f"goes on {recovered:.0f} s after it has room again")
    seen.expect(failures > 0, "no write failed, so nothing was tried")
    seen.expect(answer in {200, 503}, f"the pages answered {answer}")
    seen.expect(unclaimed == 0, f"{unclaimed} mails left without a stored claim")
    seen.expect(goes_on and recovered <= RECOVERS_WITHIN, f"it went on after {recovered:.0f} s")
    seen.expect(done and set(states) == {"accepted"}, f"{dict(states)}")
    seen.expect(lost == 0 and recorder.extra <= CONNECTIONS, f"{lost} lost, {recorder.extra} extra copies")
    seen.expect(not recorder.unlike, "copies differ")
    seen.expect("Traceback" not in program.said(), "a traceback in the log")
    seen.expect(program.is_alive, "the process ended")


def _size(database: Path) -> int:
    log = database.with_name(f"{database.name}-wal")
    return sum(file.stat().st_size for file in (database, log) if file.exists())


def _keep_full(filler: Path, seconds: float) -> None:
    """Take all room, and what a checkpoint gives back, for so long."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        _fill(filler)
        time.sleep(0.1)


def _unclaimed(program: Program, database: Path, recorder: Recorder) -> int:
    """How many mails were accepted of which the database holds no attempt."""
    with standing_still(program):
        copied = _copied(program, database)
        recorded = set(recorder.first)
    with ledger.reading(copied) as connection:
        claimed = {row[0] for row in connection.execute("SELECT message_id FROM message WHERE attempts > 0")}
    return len(recorded - claimed)


def _copied(program: Program, database: Path) -> Path:
    """A copy to read: SQLite does not open what lies in /proc."""
    copied = program.folder / "copy"
    copied.mkdir(exist_ok=True)
    copy_database(database.parent, copied)
    return copied / database.name


def _states(program: Program, database: Path) -> Counter[str]:
    """The notices that were due, by state."""
    with standing_still(program):
        copied = _copied(program, database)
    return ledger.notices(copied, DUE)


def _fill(filler: Path) -> None:
    try:
        with filler.open("ab", buffering=0) as full:
            while True:
                full.write(CHUNK)
                os.fsync(full.fileno())
    except OSError:
        return  # no room left, as it should be
