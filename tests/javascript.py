"""Programs in JavaScript: a folder with a package.json and a read.mjs, asked one line at a time."""

import atexit
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest


def ask(folder: Path, question: object) -> Any:
    """What the folder's program answers; raises RefusedError with what it says when it cannot."""
    child = _running(folder)
    assert child.stdin
    assert child.stdout
    child.stdin.write(json.dumps(question) + "\n")
    child.stdin.flush()
    answer = json.loads(child.stdout.readline())
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    return answer["found"]


class RefusedError(AssertionError):
    """The program does not take what it was given."""


@cache
def is_there(folder: Path) -> bool:
    if shutil.which("node") and (folder / "node_modules").exists():
        return True
    missing(f"node is not installed, or {folder.name}/node_modules was not made (make does it)")
    return False


def versions(folder: Path) -> dict[str, str]:
    """The packages of a folder by name."""
    found: dict[str, str] = json.loads((folder / "package.json").read_text())["devDependencies"]
    return found


def missing(what: str) -> None:
    """On a developer's machine the other readers have to do; in CI all of them are there."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)


@cache
def _running(folder: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        ["node", "read.mjs"], cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def end() -> None:
        child.communicate()

    atexit.register(end)
    return child
