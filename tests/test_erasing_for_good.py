"""`export` and `erase` at a real installation: nothing is left in its files or in what its daemon logged."""

import json
import shutil
from pathlib import Path

from tests.installation import Installation, an_installation

ADDRESS = "anna.holm@sb.example"
DAY = "2024-03-13T08:00"


def bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file()).lower()


def without_sb(installation: Installation) -> None:
    del installation.settings["RETTIDIG_RECIPIENTS__SB__EMAIL"]


def test_who_left_is_exported_and_erased_and_the_service_goes_on_without(tmp_path: Path) -> None:
    with an_installation(tmp_path, SB=ADDRESS, FOB="fob@example.dk") as installation:
        daemon = installation.start(as_of=DAY)
        daemon.until(installation.has_received(20), "the first messages")
        said = json.loads(installation.ask("export", "SB", "--json"))
        assert [ADDRESS] == said["addresses"] == said["settings"][0]["emails"]
        assert said["messages"]

        refused = installation.command("erase", "SB", "--yes")
        assert (2, 1) == (refused.returncode, refused.stderr.count("\n"))
        assert "RETTIDIG_RECIPIENTS__SB" in refused.stderr
        without_sb(installation)
        refused = installation.command("erase", "SB", "--yes")
        assert (2, 1) == (refused.returncode, refused.stderr.count("\n")), "the daemon knows it still"
        daemon.stop()

        (database,) = tmp_path.rglob("*.db")
        shutil.copy(
            database, database.with_name(f".{database.name}.x1y2.part")
        )  # of a restore that was killed
        assert ADDRESS.encode() in bytes_of(tmp_path)
        gone = json.loads(installation.ask("erase", "SB", "--yes", "--json", AS_OF=DAY))["erased"]
        assert gone["message"]
        assert ADDRESS.encode() not in bytes_of(tmp_path), "neither in the database nor in a log"

        sent = installation.received()
        daemon = installation.start(as_of="2024-03-14T08:00")
        daemon.until(installation.has_received(sent + 1), "the next day's messages")
        daemon.stop()
        to = [address for mail in installation.mailbox.messages()[sent:] for address in mail.recipients]
        assert ADDRESS not in to
        assert 2 == installation.command("export", ADDRESS).returncode
