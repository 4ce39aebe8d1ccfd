"""More than 250 bad files: each gives a document or one clear sentence, and loses no row in silence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from service.reading.document import Document, Table
from service.reading.errors import UnreadableFile
from service.reading.formats import parse
from service.reading.formats.plan_yaml import load
from service.reading.formats.source import Source
from service.reading.from_yaml import plan_from_tree
from service.reading.reader import read_plan
from service.reading.sandbox import read_document_safely
from tests.reading.hostile.corpus import HostileFile, corpus
from tests.reading.hostile.yaml_corpus import yaml_corpus

DOCUMENTS = tuple(corpus())
PLANS = tuple(yaml_corpus())
LONGEST = 400  # letters of a sentence, however much of the file it quotes


def rows_in(document: Document) -> int:
    return sum(len(block.rows) for block in document.blocks if isinstance(block, Table))


def milestones_in(file: HostileFile) -> int:
    tree = load(Source(name=file.name, content=file.content))
    return len(plan_from_tree(tree, file.name).milestones)


def outcome_of(read: Callable[[], int]) -> type[UnreadableFile] | int:
    try:
        return read()
    except UnreadableFile as error:
        for language in ("da", "en"):
            sentence = error.sentence(language)
            assert sentence.endswith(".")
            assert "{" not in sentence
            assert "\n" not in sentence
            assert len(sentence) <= LONGEST
        return type(error)


def named(file: HostileFile) -> str:
    return file.name


def light(files: tuple[HostileFile, ...]) -> list[HostileFile]:
    return [file for file in files if not file.heavy]


def heavy(files: tuple[HostileFile, ...]) -> list[HostileFile]:
    return [file for file in files if file.heavy]


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(DOCUMENTS) >= 150
    assert len(PLANS) >= 100
    assert len({file.name for file in (*DOCUMENTS, *PLANS)}) == len(DOCUMENTS) + len(PLANS)


@pytest.mark.parametrize("file", light(DOCUMENTS), ids=named)
def test_a_bad_file_gives_a_sentence_or_its_rows(file: HostileFile) -> None:
    outcome = outcome_of(lambda: rows_in(parse(Source(name=file.name, content=file.content))))
    assert None in file.outcome or outcome in file.outcome


@pytest.mark.parametrize("file", light(PLANS), ids=named)
def test_a_bad_plan_in_yaml_gives_a_sentence_or_its_milestones(file: HostileFile) -> None:
    outcome = outcome_of(lambda: milestones_in(file))
    assert None in file.outcome or outcome in file.outcome


@pytest.mark.parametrize("file", heavy(DOCUMENTS), ids=named)
def test_a_file_that_eats_time_or_memory_is_stopped_in_the_sandbox(file: HostileFile, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.content)
    outcome = outcome_of(lambda: rows_in(read_document_safely(path)))
    assert None in file.outcome or outcome in file.outcome


@pytest.mark.parametrize("file", heavy(PLANS), ids=named)
def test_a_large_plan_in_yaml_is_read_whole_or_refused(file: HostileFile, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.content)
    outcome = outcome_of(lambda: len(read_plan(path).milestones))
    assert outcome in file.outcome
