"""The document is written anew, in pieces, while it is watched."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import docx

from tests.faults import ledger
from tests.faults.program import Program, settings_for, until
from tests.faults.recorder import Recorder, a_free_port
from tests.faults.seen import Scale, Seen

ROWS = 24
ADDRESSES = 3
HEADINGS = ("Deadline", "Aktivitet", "Ansvarlig")
TICK = 1.0
# Between two pieces; whoever writes for longer than two looks take has saved half a file.
LONGEST_PAUSE = 0.8 * TICK
PIECES = 6
PATIENCE = 60

Rows = list[tuple[str, str, str]]


def rows_of(version: int) -> Rows:
    """The same milestones each time, with one of them on another day."""
    return [
        (f"{1 + (row + (version if row == 0 else 0)) % 28}. juli 2024", f"Opgave {row:03} behandles", "SB")
        for row in range(ROWS)
    ]


def as_text(rows: Rows) -> bytes:
    return "".join("\t".join(cells) + "\n" for cells in [HEADINGS, *rows]).encode()


def as_csv(rows: Rows) -> bytes:
    return "".join(";".join(cells) + "\r\n" for cells in [HEADINGS, *rows]).encode("cp1252")


def as_word(rows: Rows) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(HEADINGS))
    for cells in [HEADINGS, *rows]:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


FORMATS: dict[str, Callable[[Rows], bytes]] = {"txt": as_text, "csv": as_csv, "docx": as_word}


def written_while_it_is_read(random: Random, scale: Scale, folder: Path) -> Seen:
    seen = Seen()
    for number, ending in enumerate(FORMATS):
        rewrites = scale.plan_rewrites // len(FORMATS) + (number < scale.plan_rewrites % len(FORMATS))
        room = folder / ending
        room.mkdir()
        _rewrite(seen, random, ending, rewrites, room)
    seen.note(f"{scale.plan_rewrites} rewrites in pieces, as {', '.join(FORMATS)}")
    seen.note(f"{len(seen.broken)} halves taken for the whole, or changes not seen")
    return seen


def _rewrite(seen: Seen, random: Random, ending: str, rewrites: int, room: Path) -> None:
    document = room / f"plan.{ending}"
    document.write_bytes(FORMATS[ending](rows_of(0)))
    with Recorder().running() as recorder:
        settings = settings_for(room, recorder.port, a_free_port(), ADDRESSES)
        program = Program(folder=room, settings=settings | {"PLAN": str(document)})
        program.start()
        try:
            seen.expect(recorder.wait_for(ROWS * ADDRESSES, PATIENCE), f"{ending}: the plan was not read")
            for version in range(1, rewrites + 1):
                _write_in_pieces(random, document, FORMATS[ending](rows_of(version)))
                noticed = until(lambda: _revisions(program) == version + 1, PATIENCE)  # noqa: B023 - called at once
                seen.expect(noticed, f"{ending}: {_revisions(program)} revisions after {version} rewrites")
        finally:
            program.kill()
    withdrawn = ledger.ended_because(program.database, "dropped-from-plan")
    seen.expect(not withdrawn, f"{ending}: half a plan withdrew {withdrawn} notices")
    dropped = [subject for _to, subject in recorder.told() if "Udgået" in subject or "Aflyst" in subject]
    seen.expect(not dropped, f"{ending}: {len(dropped)} were told that something was dropped")
    rows = _rows_in_each_revision(program)
    seen.expect(rows == {ROWS}, f"{ending}: revisions of {rows} rows")
    seen.expect("Traceback" not in program.said(), f"{ending}: a traceback in the log")


def _write_in_pieces(random: Random, document: Path, content: bytes) -> None:
    cuts = sorted(random.sample(range(1, len(content)), PIECES - 1))
    with document.open("wb") as file:
        for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True):
            file.write(content[start:end])
            file.flush()
            time.sleep(random.uniform(0, LONGEST_PAUSE))


def _revisions(program: Program) -> int:
    with ledger.reading(program.database) as connection:
        return int(connection.execute("SELECT count(*) FROM revision").fetchone()[0])


def _rows_in_each_revision(program: Program) -> set[int]:
    with ledger.reading(program.database) as connection:
        query = "SELECT json_array_length(content, '$.milestones') FROM revision"
        return {int(row[0]) for row in connection.execute(query)}
