"""What the child process has given up by the time it looks at a document."""

import subprocess
import sys
from pathlib import Path

import pytest

PRELUDE = "from service.reading import sandboxed; sandboxed.give_up_rights()\n"


def run(attempt: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + attempt], capture_output=True, text=True, timeout=30, check=False
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('example.dk', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.remove('/nonexistent')",
        "import pickle; pickle.loads(b'cos\\nsystem\\n.')",
    ],
)
def test_what_no_document_needs_is_refused(attempt: str) -> None:
    done = run(attempt)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr


def test_memory_is_limited() -> None:
    done = run("x = bytearray(600_000_000)")
    assert "MemoryError" in done.stderr


def test_large_files_cannot_be_written(tmp_path: Path) -> None:
    done = run(f"open({str(tmp_path / 'x')!r}, 'wb').write(bytes(30_000_000))")
    assert done.returncode == 1
    assert "File too large" in done.stderr


def test_the_limits_are_those_that_are_promised() -> None:
    done = run(
        "import resource as r\n"
        "print(*(r.getrlimit(x)[1] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)))"
    )
    assert done.stdout.split() == ["512000000", "18", "20000000", "0"]


def test_nothing_of_the_environment_reaches_the_child() -> None:
    from service.reading.sandbox import ENVIRONMENT  # noqa: PLC0415

    assert set(ENVIRONMENT) == {"PYTHONPATH", "PYTHONUTF8"}
