"""More than 150 bad files: each gives a document or one clear sentence, and loses no row in silence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from service.reading.document import Document, Table
from service.reading.errors import UnreadableFile
from service.reading.formats import parse
from service.reading.formats.source import Source
from service.reading.sandbox import read_document_safely
from tests.reading.hostile.corpus import HostileFile, corpus

FILES = tuple(corpus())


def rows_in(document: Document) -> int:
    return sum(len(block.rows) for block in document.blocks if isinstance(block, Table))


def outcome_of(read: Callable[[], Document]) -> type[UnreadableFile] | int:
    try:
        return rows_in(read())
    except UnreadableFile as error:
        for language in ("da", "en"):
            sentence = error.sentence(language)
            assert sentence.endswith(".")
            assert "{" not in sentence
        return type(error)


def named(file: HostileFile) -> str:
    return file.name


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(FILES) >= 150
    assert len({file.name for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", [file for file in FILES if not file.heavy], ids=named)
def test_a_bad_file_gives_a_sentence_or_its_rows(file: HostileFile) -> None:
    outcome = outcome_of(lambda: parse(Source(name=file.name, content=file.content)))
    assert None in file.outcome or outcome in file.outcome


@pytest.mark.parametrize("file", [file for file in FILES if file.heavy], ids=named)
def test_a_file_that_eats_time_or_memory_is_stopped_in_the_sandbox(file: HostileFile, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.content)
    outcome = outcome_of(lambda: read_document_safely(path))
    assert None in file.outcome or outcome in file.outcome
