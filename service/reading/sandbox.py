"""Reading a document that anybody may have written: in a child process that can do nothing else.

The file is read here, once; the child (`sandboxed`) gets its bytes and an empty environment, and answers with
JSON. Whatever happens to it, the caller gets a document or a sentence.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import service
from service.plan.place import Place, Spot, Step
from service.reading import errors
from service.reading.document import Document, Note, Paragraph, Row, Table
from service.reading.errors import ReaderStopped, TookTooLong, UnreadableFile
from service.reading.formats.plan_yaml import Node, unpacked
from service.reading.formats.source import Source, read_source

WALL_SECONDS = 20
# -P: no module is taken from the folder one happens to stand in.
_CHILD = (sys.executable, "-P", "-m", "service.reading.sandboxed")
ENVIRONMENT = {"PYTHONPATH": str(Path(service.__file__).parents[1]), "PYTHONUTF8": "1"}


def read_document_safely(path: Path) -> Document:
    """The document, or a sentence of `errors`; nothing else is raised, nothing takes over 20 seconds."""
    return _document(_answer(path))


def read_tree_safely(path: Path) -> Node:
    """The tree of a plan in YAML, under the same promise."""
    return unpacked(_answer(path)["tree"])


def _answer(path: Path) -> dict[str, Any]:
    source = read_source(path)
    answer = _ask_child(source)
    if "error" in answer:
        raise _error(source.name, answer)
    return answer


def _ask_child(source: Source) -> dict[str, Any]:
    request = json.dumps({"name": source.name}).encode() + b"\n" + source.content
    try:
        child = subprocess.run(  # noqa: S603 # our own interpreter and module; the file comes in as bytes
            _CHILD, input=request, env=ENVIRONMENT, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong(file=source.name, seconds=WALL_SECONDS) from None
    if child.returncode == -signal.SIGXCPU:
        raise TookTooLong(file=source.name, seconds=WALL_SECONDS)
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        raise ReaderStopped(file=source.name, signal=_ending(child.returncode)) from None
    if not isinstance(answer, dict):
        raise ReaderStopped(file=source.name, signal=_ending(child.returncode))
    return answer


def _ending(code: int) -> str:
    """How the child ended, as an administrator would look it up."""
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _error(file: str, answer: dict[str, Any]) -> UnreadableFile:
    found = getattr(errors, answer["error"], None)
    if isinstance(found, type) and issubclass(found, UnreadableFile):
        values = answer["values"].items()
        return found(**{name: _place(value) if isinstance(value, dict) else value for name, value in values})
    return ReaderStopped(file=file, signal=answer["error"])


def _document(answer: dict[str, Any]) -> Document:
    blocks = tuple(_table(block) if "rows" in block else _paragraph(block) for block in answer["blocks"])
    notes = tuple(Note(**note | {"where": _place(note["where"])}) for note in answer["notes"])
    return Document(
        name=answer["name"], blocks=blocks, title=answer["title"], notes=notes, kept=answer["kept"]
    )


def _paragraph(block: dict[str, Any]) -> Paragraph:
    return Paragraph(text=block["text"], where=_place(block["where"]))


def _table(block: dict[str, Any]) -> Table:
    rows = tuple(Row(cells=tuple(row["cells"]), where=_place(row["where"])) for row in block["rows"])
    return Table(rows=rows, where=_place(block["where"]))


def _place(packed: dict[str, Any]) -> Place:
    return Place(tuple(Step(Spot(spot), name) for spot, name in packed["steps"]))
