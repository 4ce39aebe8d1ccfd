"""The same promises on PostgreSQL: a server of the tests' own, reached by the URL alone."""

import os
import pwd
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.storage.chain import verify
from service.storage.erasing import erase_for_good
from service.storage.somebody import find_somebody
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PLAN = a_plan(a_milestone(a_day(date(2024, 3, 13))))


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    if not PROGRAMS:
        if os.environ.get("CI"):
            pytest.fail("CI installs PostgreSQL; it is not there")
        pytest.skip("no PostgreSQL on this machine")
    home = tmp_path / "postgresql"
    home.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ["-D", str(home / "data"), "-o", f"-p {port} -k {home} -c listen_addresses=127.0.0.1", "-w"]
    _run(home, "initdb", "-D", str(home / "data"), "-A", "trust", "-U", "rettidig")
    _run(home, "pg_ctl", *server, "-l", str(home / "log"), "start")
    yield f"postgresql://rettidig@127.0.0.1:{port}/postgres"
    _run(home, "pg_ctl", *server, "-m", "immediate", "stop")


def _run(home: Path, program: str, *arguments: str) -> None:
    """As the user postgres where the tests run as root, which PostgreSQL refuses to."""
    is_root = os.geteuid() == 0
    if is_root:
        shutil.chown(home, "postgres")
        for parent in home.parents[:4]:
            parent.chmod(parent.stat().st_mode | 0o055)
    subprocess.run(
        [PROGRAMS[-1] / program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        user=pwd.getpwnam("postgres").pw_uid if is_root else None,
        cwd=home,
    )


def forget_sb(workplace: Workplace) -> None:
    with workplace.parts.database.read() as connection:
        somebody = find_somebody(connection, "SB", PLAN, {})
    gone = erase_for_good(workplace.parts.database, somebody, PLAN, workplace.clock.now())
    assert gone["message"]
    with workplace.parts.database.write() as connection:
        connection.execute(text("CHECKPOINT"))  # the files of the old tables are truncated by then


def files_with(folder: Path, trace: bytes) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file() and trace in each.read_bytes())


def test_a_month_of_reminders_on_postgresql_arrives_each_once(database_url: str, tmp_path: Path) -> None:
    with a_workplace(
        tmp_path, date(2024, 2, 12), a_recipient("sb", teams=True), database_url=database_url
    ) as workplace:
        workplace.import_plan(PLAN)
        workplace.work_through(date(2024, 2, 12), date(2024, 2, 13))
        workplace.work_through(date(2024, 3, 12), date(2024, 3, 13))
        workplace.work()
        assert 4 == len(workplace.mails()), "an invitation and three reminders"
        assert {1} == set(Counter(mail["Message-ID"] for mail in workplace.mails()).values())
        assert 3 == len(workplace.receiver.cards())
        assert 0 == workplace.counts()["failed"]
        assert list(files_with(tmp_path / "postgresql" / "data", b"sb@example.dk"))
        with workplace.parts.database.read() as connection:
            assert verify(connection).broken_at is None
        for refused in ("UPDATE record SET details = ''", "DELETE FROM addressee", "TRUNCATE record"):
            with pytest.raises(DBAPIError), workplace.parts.database.write() as connection:
                connection.execute(text(refused))
        forget_sb(workplace)
        assert [] == list(files_with(tmp_path / "postgresql" / "data" / "base", b"sb@example.dk"))
