"""`backup` while the daemon sends, `restore` when it is stopped, and programs of another age."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.installation import Running, an_installation

MORNING = "2024-03-13T08:00"
ACCEPTED = "SELECT count(*) FROM message WHERE state = 'accepted'"
TICK = "SELECT value FROM install WHERE key = 'tick'"


def found(file: Path, query: str) -> str:
    with closing(sqlite3.connect(file)) as connection:
        (value,) = connection.execute(query).fetchone()
    return str(value)


def some_rounds(daemon: Running, database: Path) -> None:
    daemon.until(lambda: "Rettidig kører" in daemon.log.read_text(), "its start")
    ticks: set[str] = set()

    def has_seen_four() -> bool:
        ticks.add(found(database, TICK))
        return len(ticks) == 4

    daemon.until(has_seen_four, "four rounds")


def test_a_copy_is_made_while_the_service_runs_and_put_back_when_it_is_stopped(tmp_path: Path) -> None:
    many = {key: ",".join(f"{key.lower()}{n}@example.dk" for n in range(12)) for key in ("SB", "FOB")}
    copy, database = tmp_path / "copy.db", tmp_path / "rettidig.db"
    with an_installation(tmp_path, **many) as installation:
        daemon = installation.start(as_of=MORNING, SMTP__PER_MINUTE="20")
        daemon.until(installation.has_received(20), "the first mails")
        made = json.loads(installation.ask("backup", str(copy), "--json"))
        assert made["bytes"] == copy.stat().st_size
        accepted_then = found(copy, ACCEPTED)
        refused = installation.command("restore", str(copy), "--yes")
        assert (2, 1) == (refused.returncode, refused.stderr.count("\n")), refused.stderr
        daemon.stop()
        daemon = installation.start(as_of=MORNING)
        daemon.until(installation.has_received(150), "the other mails")
        daemon.stop()
        sent = installation.received()

        restored = json.loads(installation.ask("restore", str(copy), "--yes", "--json", AS_OF=MORNING))
        assert 150 <= int(found(Path(restored["kept"]), ACCEPTED))
        assert accepted_then == found(database, ACCEPTED)
        daemon = installation.start(as_of=MORNING)
        some_rounds(daemon, database)
        daemon.stop()
        assert sent == installation.received(), "what may have been sent is not sent again"


def test_a_program_older_than_its_database_says_so_in_one_sentence(tmp_path: Path) -> None:
    with an_installation(tmp_path, SB="sb@example.dk") as installation:
        installation.ask("outbox")
        with closing(sqlite3.connect(tmp_path / "rettidig.db")) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
        before = (tmp_path / "rettidig.db").read_bytes()
        for command in (["run"], ["outbox"], ["done", "1"], ["doctor"]):
            said = installation.command(*command)
            assert 2 == said.returncode, command
            assert "9999" in said.stderr
            assert 1 == said.stderr.count("\n"), said.stderr
        assert before == (tmp_path / "rettidig.db").read_bytes()
