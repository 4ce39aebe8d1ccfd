"""A command of the real program in a process of its own, forked from one that has loaded the program.

It has the environment, folder, streams and exit code of one that is started by hand, without the second that
loading takes. What Python itself takes from its environment, an order of hashes or an encoding, it does not.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from coverage import Coverage

from service.cli.app import COMMANDS, main

PATIENCE_SECONDS = 120


def ended(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """A command that has come to its end; raises TimeoutExpired for one that does not."""
    with TemporaryDirectory(prefix="rettidig-streams-") as streams:
        given, out, err = (Path(streams, name) for name in ("stdin", "stdout", "stderr"))
        given.write_text(stdin, encoding="utf-8")
        process = fork(arguments, folder, environment, Streams(stdin=given, out=out, err=err))
        process.join(PATIENCE_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(list(arguments), PATIENCE_SECONDS)
        said = (stream.read_text(encoding="utf-8") for stream in (out, err))
        return subprocess.CompletedProcess(list(arguments), process.exitcode, *said)


def untraced() -> dict[str, str]:
    """The environment for a process that coverage leaves alone: to trace it takes as long again."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """Files, as a shell redirects them; nothing comes in when `stdin` is not given."""

    out: Path
    err: Path
    stdin: Path = Path(os.devnull)


def fork(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: Streams,
    first: Callable[[], None] | None = None,
) -> BaseProcess:
    """`rettidig` with arguments, begun; `first` is done in it before. The environment is all that it has."""
    given = (tuple(arguments), folder, dict(environment), streams, first)
    # A daemon in the sense of multiprocessing: it does not outlive the tests.
    process = _server().Process(target=_run, args=given, daemon=True)
    process.start()
    return process


@cache
def _server() -> ForkServerContext:
    server = multiprocessing.get_context("forkserver")
    commands = dict.fromkeys(f"service.cli.{module}" for module in COMMANDS.values())
    server.set_forkserver_preload([*commands, "alembic.command", "tests.forked", "tests.forked_from"])
    return server


def _run(
    arguments: tuple[str, ...],
    folder: Path,
    environment: dict[str, str],
    streams: Streams,
    first: Callable[[], None] | None,
) -> None:
    # Coverage looks into the environment when an interpreter starts, which this one did long ago.
    if (measuring := Coverage.current()) and "COVERAGE_PROCESS_CONFIG" not in environment:
        measuring.stop()
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    _connect(0, streams.stdin.open("rb"))
    _connect(1, streams.out.open("ab"))
    _connect(2, streams.err.open("ab"))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the stream of this process
    sys.argv = ["rettidig", *arguments]
    if first:
        first()
    main()


def _connect(number: int, file: IO[bytes]) -> None:
    with file:
        os.dup2(file.fileno(), number)
