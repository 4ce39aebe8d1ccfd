"""docs/record.md: the record of one notice, from the plan's cell to the receipt, of a run made for it.

python -m tools.record_of_a_notice
"""

from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from service.bundled import CONFIG
from service.reading.reader import read_plan
from service.storage.chain import verify
from service.storage.record import EntryKind, concerning, entries
from service.web.record_view import lines
from tests.workplace import a_recipient, a_workplace

PAGE = Path(__file__).parents[1] / "docs" / "record.md"
DAY = date(2024, 3, 13)
HEAD = """# The record of one notice

Who was told what, when, and what the other side answered: `rettidig record --for MILESTONE`, on the
coordinator's page of a milestone, and as a table (`--csv FILE`). This one is from a real run of the
bundled plan against a mail server on loopback, written by `python -m tools.record_of_a_notice`.

"""
FOOT = """
The plan's line holds the SHA-256 of the document, the message's that of the bytes that left. `#` is the
number of the entry, beside it the beginning of its hash, which covers the entry and the hash before it.
The database refuses to change or delete an entry; old ones leave together when
`RETTIDIG_RETENTION__RECORD` is over, and names when somebody is erased, and an entry says so each time.
Somebody who has the database's file can take the triggers off it, and then `rettidig record --verify`
and `rettidig doctor` find what was changed, left out or renamed, with two exceptions that nothing inside
the file can show: the whole chain was written anew, or its newest entries were cut off. For those, keep what
the daemon writes in its log each day (`record last=… hash=…`), or an earlier CSV: each of those hashes has to
stand in today's CSV. An auditor who asks for the mailbox gets it with `--addresses`.
"""


def main() -> None:
    with TemporaryDirectory() as folder, a_workplace(Path(folder), DAY, a_recipient("sb")) as workplace:
        plan = read_plan(CONFIG / "procesplan.docx")
        workplace.import_plan(plan, digest=sha256((CONFIG / "procesplan.docx").read_bytes()).hexdigest())
        workplace.work()
        told = next(each for each in plan.milestones if each.due_on == DAY and "sb" in each.parties)
        with workplace.parts.database.read() as connection:
            found = entries(connection, concerning(told.id))
            assert verify(connection).broken_at is None  # noqa: S101 - or the page would not be true
        mails = {each.message_id for each in found if each.details.get("channel") == "email"}
        shown = [each for each in found if each.kind is EntryKind.PLAN or each.message_id in mails]
        said = lines(shown, ZoneInfo("Europe/Copenhagen"), "en")
        text = "\n".join(f"{line.at}  {line.text}\n    {line.proof}" for line in said)
        PAGE.write_text(f"{HEAD}```\n{text}\n```\n{FOOT}", encoding="utf-8")


if __name__ == "__main__":
    main()
