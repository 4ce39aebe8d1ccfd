"""The child process of `sandbox`: gives up its rights, reads one document from stdin, answers on stdout.

First line of stdin: {"name": ...}, the rest is the file.
Answer: the document, {"tree": ...} for a plan in YAML, or {"error": class, "values": {...}}.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from service.plan.place import Place
from service.reading.errors import TookTooMuchMemory, UnreadableFile
from service.reading.formats import MOST_MEMORY, parse, plan_yaml
from service.reading.formats.source import MEGABYTE, Source

_LIMITS = (
    (resource.RLIMIT_AS, MOST_MEMORY * MEGABYTE),
    (resource.RLIMIT_CPU, 18),  # seconds; before the parent's wall clock, on a machine of its own
    (resource.RLIMIT_FSIZE, 20 * MEGABYTE),  # byte code of libraries, no more
    (resource.RLIMIT_CORE, 0),
)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
# What a document can make no honest use of. pickle: pdfminer loaded character maps that a PDF named
# (CVE-2025-64512); its own hold plain dictionaries and need no class.
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.kill",
    "pty.", "os.remove", "os.rmdir", "os.truncate", "pickle.find_class", "urllib.",
)  # fmt: skip
_MOST_CHARACTERS = 20_000_000


def main() -> None:
    name = json.loads(sys.stdin.buffer.readline())["name"]
    source = Source(name=name, content=sys.stdin.buffer.read())
    give_up_rights()
    try:
        answer = json.dumps(_read(source))
    except UnreadableFile as error:
        answer = json.dumps({"error": type(error).__name__, "values": _packed(error.values)})
    except MemoryError:
        answer = json.dumps(
            {"error": TookTooMuchMemory.__name__, "values": {"file": name, "megabytes": MOST_MEMORY}}
        )
    sys.stdout.write(answer)


def _read(source: Source) -> dict[str, Any]:
    if plan_yaml.is_plan_yaml(source.name):
        return {"tree": plan_yaml.packed(plan_yaml.load(source))}
    document = asdict(parse(source))
    if _characters(document) > _MOST_CHARACTERS:  # a long cell merged over a thousand rows
        raise TookTooMuchMemory(file=source.name, megabytes=MOST_MEMORY)
    return document


def _packed(values: Mapping[str, object]) -> dict[str, object]:
    return {name: asdict(value) if isinstance(value, Place) else value for name, value in values.items()}


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_characters, value.values()))
    return sum(map(_characters, value)) if isinstance(value, list | tuple) else 0


def give_up_rights() -> None:
    for limit, most in _LIMITS:
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))
    _leave_network()
    sys.addaudithook(_refuse)


def _leave_network() -> None:
    """A network namespace of its own, where the kernel allows it; else the audit hook alone."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(_CLONE_NEWNET) != 0:
        unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
