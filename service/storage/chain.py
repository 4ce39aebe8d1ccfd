"""Whether the record is whole, and what leaves it: entries that are old enough, and names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, func, select

from service.storage import tables
from service.storage.record import BEGINNING, EntryKind, append, canonical, hash_of, reference_of

r, a = tables.record.c, tables.addressee.c

TOGETHER = timedelta(days=31)
"""Old entries leave together once a month: each leave is an entry too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The first and last entry there is, 0 in an empty record, and the hash of the last.

    `broken_at` is the number of the first entry that is not as it was written, None when all are; `why` is
    "changed", "missing" (those before it), "cut" (the oldest are gone and no entry says so) or "name".
    """

    first: int
    last: int
    head: str
    broken_at: int | None = None
    why: str = ""


def verify(connection: Connection) -> Verdict:
    """Look at every entry and every name."""
    rows = connection.execute(select(tables.record).order_by(r.number)).mappings().all()
    if not rows:
        return Verdict(first=0, last=0, head="")
    broken = _cut(connection, rows[0]) or _changed(rows) or _renamed(connection, rows)
    number, why = broken or (None, "")
    first, last = rows[0]["number"], rows[-1]
    return Verdict(first=first, last=last["number"], head=last["hash"], broken_at=number, why=why)


Broken = tuple[int, str]


def _cut(connection: Connection, first: RowMapping) -> Broken | None:
    """The oldest entries may be gone if one says so, and how the chain went until there."""
    if first["number"] == 1 and first["previous"] == BEGINNING:
        return None
    farewells = select(r.through, r.details).where(r.kind == EntryKind.PRUNED)
    expected = first["number"] - 1, canonical({"hash": first["previous"]})
    is_told = expected in {tuple(row) for row in connection.execute(farewells)}
    return None if is_told else (first["number"], "cut")


def _changed(rows: Collection[RowMapping]) -> Broken | None:
    before: RowMapping | None = None
    for row in rows:
        if before is not None and row["number"] != before["number"] + 1:
            return row["number"], "missing"
        if hash_of(dict(row)) != row["hash"] or (before is not None and row["previous"] != before["hash"]):
            return row["number"], "changed"
        before = row
    return None


def _renamed(connection: Connection, rows: Collection[RowMapping]) -> Broken | None:
    """A name that is another one than was written, or is gone without an entry that says so."""
    known = connection.execute(select(tables.addressee)).mappings()
    good = {row["id"] for row in known if reference_of(dict(row)) == row["id"]}
    good |= {row["addressee"] for row in rows if row["kind"] == EntryKind.ERASED}
    for row in rows:
        if row["addressee"] and row["addressee"] not in good:
            return row["number"], "name"
    return None


def prune(connection: Connection, before: datetime, at: datetime) -> int:
    """Let go of the entries from before an instant, the oldest ones; returns how many.

    An entry says how far and with which hash they ended. What came after an older entry stays with it, so
    that the chain has no gap.
    """
    oldest = connection.scalar(select(func.min(r.at)))
    if oldest is None or oldest >= before - TOGETHER:
        return 0
    kept = connection.scalar(select(func.min(r.number)).where(r.at >= before))
    last = select(r.number, r.hash).order_by(r.number.desc()).limit(1)
    row = connection.execute(last if kept is None else last.where(r.number < kept)).first()
    if row is None:
        return 0
    append(connection, EntryKind.PRUNED, at, through=row.number, details={"hash": row.hash})
    gone = connection.execute(delete(tables.record).where(r.number <= row.number)).rowcount
    connection.execute(delete(tables.addressee).where(a.id.not_in(select(r.addressee))))
    return gone


def forget(connection: Connection, references: Collection[str], at: datetime) -> None:
    """Erase addressees; an entry for each says that somebody was, and nothing says who."""
    for reference in references:
        append(connection, EntryKind.ERASED, at, addressee=reference)
    connection.execute(delete(tables.addressee).where(a.id.in_(references)))
