"""Reading in a child process: what it gives, what it forbids, and what is said when it ends badly."""

import os
import time
from pathlib import Path

import pytest

from service.reading.document import Table
from service.reading.errors import (
    BrokenEntry,
    FileChanging,
    FileForbidden,
    FileIsDirectory,
    FileIsEmpty,
    FileMissing,
    FileTooLarge,
    NotAPlainFile,
    PasswordProtected,
    TookTooMuchMemory,
    UnreadableFile,
)
from service.reading.formats import READERS, read_document
from service.reading.sandbox import read_document_safely
from tests.reading.hostile.building import HONEST, html_of

PLANS = Path(__file__).parents[1] / "plans"


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "csv", "html", "txt"])
def test_the_child_gives_the_same_document_as_reading_here(ending: str) -> None:
    path = PLANS / f"procesplan.{ending}"
    assert read_document_safely(path) == read_document(path)


def test_every_format_is_tried_by_the_tests() -> None:
    tried = {Path(name).suffix for name in HONEST}
    assert {READERS[suffix] for suffix in tried} == set(READERS.values())


@pytest.mark.parametrize("name", HONEST)
def test_every_format_fits_into_the_limits_of_the_child(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HONEST[name])
    assert read_document_safely(path) == read_document(path)


def test_a_short_plan_is_read_in_a_second(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(HONEST["plan.txt"])
    read_document_safely(path)
    start = time.monotonic()
    read_document_safely(path)
    assert time.monotonic() - start < 1


def test_a_sentence_of_the_child_reaches_the_caller_with_its_values() -> None:
    with pytest.raises(PasswordProtected) as caught:
        read_document_safely(PLANS / "bad" / "password.pdf")
    assert caught.value.sentence("da").startswith("password.pdf: filen er beskyttet med adgangskode")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_document_safely(tmp_path / "plan.docx")


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(FileIsDirectory):
        read_document_safely(tmp_path)


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").touch()
    with pytest.raises(FileIsEmpty):
        read_document_safely(tmp_path / "plan.docx")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.docx")
    with pytest.raises(NotAPlainFile):
        read_document_safely(tmp_path / "plan.docx")


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_document_safely(tmp_path / "pl\0an.docx")


def test_more_than_ten_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    with path.open("wb") as opened:
        opened.truncate(10_000_001)
    with pytest.raises(FileTooLarge) as caught:
        read_document_safely(path)
    assert "10 MB" in caught.value.sentence("da")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_said_to_be_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("a;b")
    path.chmod(0)
    with pytest.raises(FileForbidden):
        read_document_safely(path)


class WrittenWhileRead(type(Path())):  # type: ignore[misc] # the concrete class of this system
    """A file to which another program adds a line each time it is read, as often as `lines` says."""

    lines: int

    def read_bytes(self) -> bytes:
        content = bytes(super().read_bytes())
        if self.lines:
            self.lines -= 1
            with self.open("ab") as opened:
                opened.write(b"c;d\n")
        return content


def test_a_file_that_is_written_all_the_while_is_not_read_half(tmp_path: Path) -> None:
    path = WrittenWhileRead(tmp_path / "plan.csv")
    path.write_bytes(b"a;b\n")
    path.lines = 100
    with pytest.raises(FileChanging):
        read_document_safely(path)


def test_a_file_that_is_just_being_saved_is_waited_for(tmp_path: Path) -> None:
    path = WrittenWhileRead(tmp_path / "plan.csv")
    path.write_bytes(b"a;b\n")
    path.lines = 1
    (table,) = read_document_safely(path).blocks
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [("a", "b"), ("c", "d")]


def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    wide = b"<td rowspan=1000 colspan=100>" + b"x" * 100_000 + b"<td>y"
    path = tmp_path / "plan.html"
    path.write_bytes(b"<table><tr>" + wide + b"<tr><td>a<td>b" * 3_000)
    with pytest.raises(TookTooMuchMemory):
        read_document_safely(path)


def test_the_place_of_an_error_comes_back_from_the_child_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    path.write_bytes(HONEST["plan.ics"].replace(b"20240302", b"20240231"))
    with pytest.raises(BrokenEntry) as caught:
        read_document_safely(path)
    assert "plan.ics, begivenhed 2:" in caught.value.sentence("da")
    assert "plan.ics, event 2:" in caught.value.sentence("en")


def test_a_name_outside_ascii_reaches_the_child_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "Årshjul – »ny«.html"
    path.write_bytes(html_of())
    assert read_document_safely(path).name == path.name
