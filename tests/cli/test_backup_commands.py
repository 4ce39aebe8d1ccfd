from pathlib import Path

from tests.cli.conftest import Rettidig


def test_backup_and_restore_bring_back_what_was(rettidig: Rettidig, plan: str, tmp_path: Path) -> None:
    rettidig("import", plan, "--yes", AS_OF="2024-02-01T09:00")
    said = rettidig("backup", "copy.db")
    assert 0 == said.code
    assert "copy.db" in said.out
    rettidig("done", "1", AS_OF="2024-02-02T09:00")
    restored = rettidig("restore", "copy.db", stdin="j\n", AS_OF="2024-02-03T09:00")
    assert 0 == restored.code, restored.err
    assert "rettidig.db.replaced-2024-02-03" in restored.out.replace("20240203", "2024-02-03")
    assert [] == rettidig("mark", "1", "--json").json["marks"]
    assert (tmp_path / "data").is_dir()


def test_restore_does_nothing_without_a_yes(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    rettidig("backup", "copy.db")
    rettidig("done", "1")
    for answer in ("n\n", ""):
        assert 1 == rettidig("restore", "copy.db", stdin=answer).code
    assert 1 == rettidig("restore", "copy.db", "--json").code
    assert 1 == len(rettidig("mark", "1", "--json").json["marks"])


def test_a_copy_is_never_written_over_something(rettidig: Rettidig, plan: str, tmp_path: Path) -> None:
    rettidig("import", plan, "--yes")
    (tmp_path / "precious.txt").write_text("kept")
    said = rettidig("backup", "precious.txt")
    assert (2, 1) == (said.code, said.err.count("\n"))
    assert "kept" == (tmp_path / "precious.txt").read_text()


def test_where_nothing_can_be_copied_one_sentence_says_why(rettidig: Rettidig, tmp_path: Path) -> None:
    assert 2 == rettidig("backup", "copy.db").code
    assert not (tmp_path / "data" / "rettidig.db").exists(), "looking makes no database"
    rettidig("outbox")
    assert "nowhere" in rettidig("backup", "nowhere/copy.db").err
    server = rettidig("backup", "copy.db", DATABASE_URL="postgresql://rettidig:secret@db.example/rettidig")
    assert 2 == server.code
    assert "pg_dump" in server.err
    assert "secret" not in server.err
