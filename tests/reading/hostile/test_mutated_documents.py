"""Five thousand honest documents with a few bytes changed: each gives a document or a sentence."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.reading.document import Document, Paragraph
from service.reading.errors import UnreadableFile
from service.reading.formats import parse
from service.reading.formats.cells import fold
from service.reading.formats.source import Source
from tests.reading.hostile.building import HONEST, part, replaced

# Together 5,000; the slow ones fewer. `make fuzz` goes on from here.
EXAMPLES = {
    "plan.docx": 400,
    "plan.xlsx": 400,
    "plan.pdf": 200,
    "plan.csv": 700,
    "plan.tsv": 500,
    "plan.html": 700,
    "plan.md": 700,
    "plan.txt": 700,
    "plan.ics": 700,
}
PARTS = {"plan.docx": "word/document.xml", "plan.xlsx": "xl/worksheets/sheet1.xml"}
TELLING = (
    *(b"\0", b'"', b"<", b">", b"&", b"\n", b"\t", b";", b"|", b"-1", b"9999999999", b"\xff\xfe"),
    *("\u202e".encode(), b"<!--", b"]]>", b"<table>", b"</td>", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"),
    *(b" obj", b"stream", b"endstream", b"<<", b">>", b"20. marts - "),
)

edits = st.lists(
    st.tuples(
        st.floats(0, 1),  # where
        st.integers(0, 40),  # how much is taken out
        st.one_of(st.binary(max_size=8), st.sampled_from(TELLING)),  # what is put in
    ),
    min_size=1,
    max_size=6,
)
Edits = list[tuple[float, int, bytes]]


def mutated(content: bytes, changes: Edits) -> bytes:
    for where, taken, put in changes:
        at = int(where * len(content))
        content = content[:at] + put + content[at + taken :]
    return content


def mutated_file(name: str, changes: Edits, *, inside: bool) -> bytes:
    """The file changed; in a zip package its main part instead, since else only the zip reader is tried."""
    if name in PARTS and inside:
        return replaced(HONEST[name], {PARTS[name]: mutated(part(HONEST[name], PARTS[name]), changes)})
    return mutated(HONEST[name], changes)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[A-Za-zÆØÅæøå]{4,}", text))


def words_in(document: Document) -> Counter[str]:
    texts = (
        block.text
        if isinstance(block, Paragraph)
        else "\n".join(cell for row in block.rows for cell in row.cells)
        for block in document.blocks
    )
    return words("\n".join(texts))


def test_five_thousand_are_tried() -> None:
    assert sum(EXAMPLES.values()) == 5_000


@pytest.mark.no_cover
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_changed_document_gives_a_document_or_a_sentence(name: str) -> None:
    @settings(max_examples=EXAMPLES[name], deadline=None, derandomize=True, database=None)
    @given(changes=edits, inside=st.sampled_from([True, True, True, False]))
    def check(changes: Edits, inside: bool) -> None:
        try:
            document = parse(Source(name=name, content=mutated_file(name, changes, inside=inside)))
        except UnreadableFile as error:
            said = error.sentence("da")
        else:
            said = "".join(block.where.in_words("da") for block in document.blocks) or name
        assert said

    check()


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["plan.csv", "plan.tsv", "plan.txt"])
def test_no_word_of_a_text_is_lost(name: str) -> None:
    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(changes=edits)
    def check(changes: Edits) -> None:
        source = Source(name=name, content=mutated_file(name, changes, inside=False))
        try:
            document = parse(source)
            written = source.text()
        except UnreadableFile:
            return
        assert not words(fold(written)) - words_in(document)

    check()
