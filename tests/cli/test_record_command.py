from pathlib import Path

from tests.cli.conftest import Rettidig


def test_the_record_is_shown_written_and_looked_after(rettidig: Rettidig, plan: str, tmp_path: Path) -> None:
    rettidig("import", plan, "--yes")
    rettidig("done", "1", "--by", "Bo Bang")
    said = rettidig("record", "--for", "1", "--json").json
    assert ["plan", "mark"] == [entry["kind"] for entry in said]
    assert 0 == rettidig("record", "--for", "1", "--csv", "record.csv").code
    assert "Bo Bang" in (tmp_path / "record.csv").read_text(encoding="utf-8-sig")
    assert rettidig("record", "--verify", "--json").json["broken_at"] is None
    assert 2 == rettidig("record", "--for", "nothing").code
