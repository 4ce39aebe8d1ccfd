"""The database as it is at a thousand instants of the work, as a crash of the machine would leave it."""

import shutil
import signal
import sqlite3
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from tests.faults import ledger
from tests.faults.program import Program, a_plan, a_while, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen

ADDRESSES, MILESTONES = 30, 19
MESSAGES = ADDRESSES * (MILESTONES + 1)
PATIENCE = 120
DUE = "2024-03-01 07:00:01"
HALF = 0.5

# https://www.sqlite.org/fileformat2.html#the_write_ahead_log
WAL_HEADER, FRAME_HEADER = 32, 24
FRAMES_BEFORE_A_CHECKPOINT = 1000


def crash_at_a_thousand_instants(random: Random, scale: Scale, folder: Path) -> Seen:
    seen = Seen()
    a_plan(folder, MILESTONES)
    with Recorder().running() as recorder:
        settings = settings_for(folder, recorder.port, a_free_port(), ADDRESSES)
        program = Program(folder=folder, settings=settings)
        try:
            taken = _freeze_while_it_works(random, program, recorder, scale, seen)
        finally:
            program.kill()
    seen.note(f"{taken['kept']} images, {taken['cut']} of them cut off inside the last transaction")
    seen.note(f"{taken['unplanned']} before the plan was stored, {taken['working']} in the midst of the work")
    seen.note(f"{len(seen.broken)} damaged or false; {taken['finished']} taken up by a new process, 0 lost")
    return seen


def _freeze_while_it_works(
    random: Random, program: Program, recorder: Recorder, scale: Scale, seen: Seen
) -> Counter[str]:
    """Take the images; when all is delivered, begin anew with an empty database."""
    taken: Counter[str] = Counter()
    program.start()
    while taken["kept"] < scale.snapshots:
        if len(recorder.first) >= MESSAGES:
            _begin_anew(program, recorder)
        until(lambda: _is_worth_a_look(program, taken, scale), PATIENCE)
        a_while(random, 0.04)
        image = _image_of(program)
        with standing_still(program):
            copy_database(program.folder, image)
            recorded = set(recorder.first)
        is_cut = random.random() < HALF and _cut_the_last_transaction(random, image / "rettidig.db-wal")
        stage = _judge(seen, image / "rettidig.db", recorded)
        taken.update(["kept", stage, *(["cut"] if is_cut else [])])
        if stage == "working" and random.random() * scale.snapshots < scale.finished_snapshots * 2:
            taken.update(["finished"])
            _finish(seen, program, image, recorded, recorder)
    return taken


def _begin_anew(program: Program, recorder: Recorder) -> None:
    program.kill()
    for left in program.folder.glob("rettidig.db*"):
        left.unlink()
    recorder.copies.clear()
    recorder.first.clear()
    program.start()


def _is_worth_a_look(program: Program, taken: Counter[str], scale: Scale) -> bool:
    """A tenth of the images shows how it begins, the others the work."""
    if taken["unplanned"] < scale.snapshots // 10:
        return program.database.exists()
    return ledger.exists(program.database) and bool(ledger.notices(program.database))


def _image_of(program: Program) -> Path:
    image = program.folder / "image"
    shutil.rmtree(image, ignore_errors=True)
    image.mkdir()
    return image


@contextmanager
def standing_still(program: Program) -> Iterator[None]:
    """The process stopped between two instructions, as the power would stop it."""
    program.signal(signal.SIGSTOP)
    try:
        until(lambda: _stands_still(program.pid), 10, every=0.001)
        yield
    finally:
        program.signal(signal.SIGCONT)


def copy_database(folder: Path, image: Path) -> None:
    for name in ("rettidig.db", "rettidig.db-wal"):
        if (folder / name).exists():
            shutil.copyfile(folder / name, image / name)


def _stands_still(pid: int) -> bool:
    """Whether each thread has come to its stop."""
    states = [
        (thread / "stat").read_text().rpartition(")")[2].split()[0]
        for thread in Path(f"/proc/{pid}/task").iterdir()
    ]
    return set(states) <= {"T", "t"}


def _cut_the_last_transaction(random: Random, wal: Path) -> bool:
    """Take away what a power cut may: a part of the transaction that was being written last.

    SQLite syncs the log at each commit, so an earlier transaction cannot be lost; after a checkpoint the last
    one cannot either, since it is in the database by then.
    """
    content = wal.read_bytes() if wal.exists() else b""
    commits = _commits(content)
    if len(commits) < 2 or len(content) > FRAMES_BEFORE_A_CHECKPOINT * _frame(content):
        return False
    before_last, last = commits[-2:]
    wal.write_bytes(content[: random.randrange(before_last, last)])
    return True


def _commits(content: bytes) -> list[int]:
    """Where the frames end that commit a transaction, in the present generation of the log."""
    if len(content) < WAL_HEADER:
        return []
    salts, size, ends = content[16:24], _frame(content), []
    for at in range(WAL_HEADER, len(content) - size + 1, size):
        if content[at + 8 : at + 16] != salts:
            break
        if struct.unpack(">I", content[at + 4 : at + 8])[0]:
            ends.append(at + size)
    return ends


def _frame(content: bytes) -> int:
    return FRAME_HEADER + int(struct.unpack(">I", content[8:12])[0])


def _judge(seen: Seen, image: Path, recorded: set[str]) -> str:
    """Whether the image opens and claims nothing that is not so; what stage it shows."""
    with closing(sqlite3.connect(image)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    seen.expect(sound == "ok", f"an image is damaged: {sound}")
    if not ledger.exists(image) or not (states := ledger.notices(image)):
        return "unplanned"
    due = ledger.notices(image, DUE)
    seen.expect(sum(due.values()) == MESSAGES, f"an image holds {sum(due.values())} of {MESSAGES} notices")
    seen.expect(set(due) <= {"waiting", "accepted"}, f"an image holds {states}")
    claimed = ledger.accepted(image)
    seen.expect(claimed <= recorded, f"an image claims {len(claimed - recorded)} that were not accepted")
    return "working"


def _finish(seen: Seen, program: Program, image: Path, recorded: set[str], before: Recorder) -> None:
    """Let a new process go on from the image: together the two told everybody everything."""
    shutil.copy2(program.folder / "plan.txt", image / "plan.txt")
    claimed = ledger.accepted(image / "rettidig.db")
    with Recorder().running() as after:
        follower = Program(folder=image, settings=settings_for(image, after.port, a_free_port(), ADDRESSES))
        follower.start()
        try:
            database = image / "rettidig.db"
            done = until(lambda: not ledger.notices(database, DUE)["waiting"], PATIENCE)
        finally:
            follower.kill()
    seen.expect(done, "a process that took up an image did not come to its end")
    again = set(after.first) & claimed
    seen.expect(not again, f"{len(again)} messages that an image knows as accepted were sent again")
    known = {name: before.first.get(name) for name in recorded}
    both = set(after.first) | recorded
    seen.expect(len(both) == MESSAGES, f"{len(both)} of {MESSAGES} messages after an image was taken up")
    unlike = [name for name, raw in after.first.items() if known.get(name) not in {None, raw}]
    seen.expect(not unlike, f"{len(unlike)} copies differ after an image was taken up")
