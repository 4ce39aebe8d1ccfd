"""Plans in YAML that a person, an editor or an enemy has spoilt, each with what must come of it."""

import gzip
from collections.abc import Iterator, Mapping

from service.reading import errors as e
from tests.reading.hostile.building import docx_of, yaml_of
from tests.reading.hostile.corpus import PICTURES, HostileFile, Outcome

HONEST = yaml_of().decode()
_ROW = "milestones:\n  - activity: Møde\n    deadline: 1. maj 2024\n"
_MEGABYTE = 1_000_000


def yaml_corpus() -> Iterator[HostileFile]:
    """The outcome of a file that is read is the number of its milestones."""
    for texts in (_NOT_PLAIN, _NOT_YAML, _TWICE, _OTHER_SHAPES, _WRONG_VALUES, _STRANGE_BUT_RIGHT):
        for name, (text, outcome) in texts.items():
            yield HostileFile(name=f"{name}.yaml", content=text.encode(), outcome=(outcome,))
    for make in (_bytes, _encodings, _truncated, _large):
        yield from make()


def _at(key: str, value: str) -> str:
    """One more field of the only milestone."""
    return f"{_ROW}    {key}: {value}\n"


_BOMB = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
_NOT_PLAIN: Mapping[str, tuple[str, Outcome]] = {
    "alias-bomb": (f"l0: &l0 [x]\n{_BOMB}milestones: *l9\n", e.YamlNotPlain),
    "anchor": (_ROW.replace("Møde", "&m Møde"), e.YamlNotPlain),
    "alias": (_at("responsible", "*m"), e.YamlNotPlain),
    "alias-as-key": (f"*m : x\n{_ROW}", e.YamlNotPlain),
    "holds-itself": ("milestones: &m\n  - *m\n", e.YamlNotPlain),
    "merge": (f"base: &b {{title: x}}\n<<: *b\n{_ROW}", e.YamlNotPlain),
    "python-object": (_at("checklist", "!!python/object/apply:os.system ['id']"), e.YamlNotPlain),
    "python-name": (_at("responsible", "!!python/name:os.system"), e.YamlNotPlain),
    "python-tuple": (f"title: !!python/tuple [a]\n{_ROW}", e.YamlNotPlain),
    "tag-of-its-own": (f"%TAG ! tag:example.com,2024:\n---\ntitle: !x a\n{_ROW}", e.YamlNotPlain),
    "binary": (f"title: !!binary aGVq\n{_ROW}", e.YamlNotPlain),
    "tagged-date": (_at("due_on", "!!timestamp 2024-05-01"), e.YamlNotPlain),
    "two-documents": (f"{_ROW}---\n{_ROW}", e.YamlNotPlain),
    "list-as-key": (f"? [a, b]\n: c\n{_ROW}", e.YamlNotPlain),
    "mapping-as-key": (f"? {{a: b}}\n: c\n{_ROW}", e.YamlNotPlain),
    "brackets": (f"title: {'[' * 100_000}\n", e.YamlTooDeep),
    "braces": (f"title: {'{a: ' * 10_000}\n", e.YamlTooDeep),
    "dashes": ("- " * 50_000, e.YamlTooDeep),
    "stairs": ("".join(f"{' ' * n}a:\n" for n in range(900)), e.YamlTooDeep),
    "deep-in-a-milestone": (_at("checklist", "[" * 11 + "]" * 11), e.YamlTooDeep),
}

_NOT_YAML: Mapping[str, tuple[str, Outcome]] = {
    "tab-indents": (_ROW.replace("    deadline", "\tdeadline"), e.YamlBroken),
    "tab-first": (f"\ttitle: x\n{_ROW}", e.YamlBroken),
    "tab-below-dash": (_ROW.replace("  - ", "  -\t\t- "), e.YamlBroken),
    "one-space-out": (_ROW.replace("    deadline", "   deadline"), e.YamlBroken),
    "one-space-in": (_ROW.replace("    deadline", "     deadline"), e.YamlBroken),
    "two-colons": (_ROW.replace("Møde", "Møde: om budgettet"), e.YamlBroken),
    "no-space-after-colon": (_ROW.replace("deadline: 1.", "deadline:1."), e.YamlBroken),
    "open-quote": (_at("responsible", '"SB'), e.YamlBroken),
    "open-bracket": (_at("checklist", "[a, b"), e.YamlBroken),
    "closed-twice": (_at("checklist", "[a]]"), e.YamlBroken),
    "unknown-escape": (_at("responsible", r'"C:\Qlan"'), e.YamlBroken),
    "escape-beyond-unicode": (_at("responsible", r'"\UFFFFFFFF"'), e.YamlBroken),
    "half-a-character": (_at("responsible", r'"\ud83d"'), e.YamlBroken),
    "at-sign": (_at("responsible", "@SB"), e.YamlBroken),
    "percent": (f"title: %x\n{_ROW}", e.YamlBroken),
    "star": (_at("responsible", "** SB **"), e.YamlBroken),
    "version-of-tomorrow": (f"%YAML 9.9\n---\n{_ROW}", e.YamlBroken),
    "bell": (f"title: a\a\n{_ROW}", e.YamlBroken),
    "block-indented-by-99": (_at("responsible", "|99\n      SB"), e.YamlBroken),
    "markdown": ("# Plan\n\n| Dato | Hvad |\n|---|---|\n| 1. maj | Møde |\n", e.YamlBroken),
    "table": ("Deadline;Aktivitet;Ansvarlig\n1. maj 2024;Møde: budget;SB\n", e.YamlBroken),
    "settings": ("[plan]\ntitle = 'x'\n", e.YamlBroken),
}

_TWICE: Mapping[str, tuple[str, Outcome]] = {
    "title-twice": (f"title: a\ntitle: b\n{_ROW}", e.YamlTwice),
    "milestones-twice": (_ROW * 2, e.YamlTwice),
    "deadline-twice": (_at("deadline", "2. maj 2024"), e.YamlTwice),
    "key-twice-in-quotes": (_at('"deadline"', "2. maj 2024"), e.YamlTwice),
    "id-twice": (
        "milestones:\n  - {id: a, activity: x, deadline: maj}\n  - {id: a, activity: y, deadline: juni}\n",
        e.YamlIdTwice,
    ),
    "party-twice": (f"parties:\n  - {{id: sb, name: SB}}\n  - {{id: sb, name: FOB}}\n{_ROW}", e.YamlIdTwice),
}

_OTHER_SHAPES: Mapping[str, tuple[str, Outcome]] = {
    "blank": (" \n\n", e.YamlWithoutMilestones),
    "comments-alone": ("# Plan for 2024\n# følger\n", e.YamlWithoutMilestones),
    "end-alone": ("---\n...\n", e.YamlNotThatShape),
    "no-milestones": ("title: Plan\n", e.YamlWithoutMilestones),
    "empty-milestones": ("milestones: []\n", e.YamlWithoutMilestones),
    "null-milestones": ("milestones:\n", e.YamlWithoutMilestones),
    "list-on-top": ("- activity: Møde\n", e.YamlNotThatShape),
    "text-on-top": ("bare en tekst\n", e.YamlNotThatShape),
    "milestones-as-text": ("milestones: 1. maj Møde\n", e.YamlNotThatShape),
    "milestones-as-mapping": ("milestones:\n  møde: 1. maj\n", e.YamlNotThatShape),
    "milestone-as-text": ("milestones:\n  - 1. maj Møde\n", e.YamlNotThatShape),
    "milestone-as-null": ("milestones:\n  -\n", e.YamlNotThatShape),
    "milestone-as-list": ("milestones:\n  - [1. maj, Møde]\n", e.YamlNotThatShape),
    "activity-as-list": ("milestones:\n  - activity: [a, b]\n", e.YamlNotThatShape),
    "deadline-as-mapping": ("milestones:\n  - activity: a\n    deadline: {dag: 1}\n", e.YamlNotThatShape),
    "checklist-as-mapping": (_at("checklist", "{a: b}"), e.YamlNotThatShape),
    "checklist-of-lists": (_at("checklist", "[[a], [b]]"), e.YamlNotThatShape),
    "parties-as-text": (f"parties: SB\n{_ROW}", e.YamlNotThatShape),
    "source-as-text": (_at("source", "plan.docx"), e.YamlNotThatShape),
    "title-as-list": (f"title: [a]\n{_ROW}", e.YamlNotThatShape),
    "unknown-key": (f"titel: x\n{_ROW}", e.YamlUnknownKey),
    "unknown-key-of-a-milestone": (_at("ansvarlig", "SB"), e.YamlUnknownKey),
    "null-as-key": (f"null: x\n{_ROW}", e.YamlUnknownKey),
    "line-feed-in-a-key": (f'"a\\nb": x\n{_ROW}', e.YamlUnknownKey),
    "long-key": (f'? "{"a" * 5_000}"\n: x\n{_ROW}', e.YamlUnknownKey),
    "merge-of-a-mapping": (f"<<: {{title: x}}\n{_ROW}", e.YamlUnknownKey),
    "unknown-party": (_at("parties", "[fob]"), e.YamlUnknownKey),
    "unknown-member": (f"parties:\n  - {{name: SB, members: [fob]}}\n{_ROW}", e.YamlUnknownKey),
    "party-without-name": (f"parties:\n  - {{aliases: [SB]}}\n{_ROW}", e.YamlValueMissing),
    "no-activity": ("milestones:\n  - deadline: 1. maj 2024\n", e.YamlValueMissing),
    "white-activity": ('milestones:\n  - activity: " "\n', e.YamlValueMissing),
}

_WRONG_VALUES: Mapping[str, tuple[str, Outcome]] = {
    "year-of-six-figures": (f"year: 999999\n{_ROW}", e.YamlWrongValue),
    "year-zero": (f"year: 0\n{_ROW}", e.YamlWrongValue),
    "year-in-hex": (f"year: 0x7E8\n{_ROW}", e.YamlWrongValue),
    "year-in-other-figures": (f"year: ٢٠٢٤\n{_ROW}", e.YamlWrongValue),
    "year-below-zero": (f"year: -2024\n{_ROW}", e.YamlWrongValue),
    "language-nobody-knows": (f"language: tlh\n{_ROW}", e.YamlUnknownValue),
    "day-that-is-none": (_at("due_on", "2024-02-31"), e.YamlWrongValue),
    "day-in-words": (_at("due_on", "1. maj 2024"), e.YamlWrongValue),
    "day-with-time": (_at("due_on", "2024-05-01T10:00"), e.YamlWrongValue),
    "day-of-the-year-one": (_at("due_on", "0001-01-01"), e.YamlWrongValue),
    "day-of-the-last-year": (_at("due_on", "9999-12-31"), e.YamlWrongValue),
    "day-of-a-million-figures": (_at("due_on", "1" * 900_000), e.YamlWrongValue),
    "time-that-is-none": (_at("time", '"25:00"'), e.YamlWrongValue),
    "time-in-seconds": (_at("time", "57600"), e.YamlWrongValue),
    "kind-in-danish": (_at("kind", "dag"), e.YamlUnknownValue),
    "certainty-as-flag": (_at("certainty", "true"), e.YamlUnknownValue),
    "row-as-word": (_at("source", "{row: første}"), e.YamlWrongValue),
    "ends-before-it-starts": (
        f"{_at('starts_on', '2024-05-02')}    ends_on: 2024-05-01\n",
        e.YamlEndsFirst,
    ),
    "due-outside": (
        f"{_at('starts_on', '2024-05-01')}    ends_on: 2024-05-02\n    due_on: 2024-05-03\n",
        e.YamlDueOutside,
    ),
}

_STRANGE_BUT_RIGHT: Mapping[str, tuple[str, Outcome]] = {
    "as-json": ('{"milestones": [{"activity": "Møde", "deadline": "1. maj 2024"}]}', 1),
    "explicit-keys": ("? milestones\n: - ? activity\n    : Møde\n    ? deadline\n    : maj 2024\n", 1),
    "no-deadline": ("milestones:\n  - activity: Møde\n", 1),
    "norway": (_at("responsible", "no"), 1),
    "sexagesimal": (_at("responsible", "12:30:45"), 1),
    "group-of-itself": (f"parties:\n  - {{id: a, name: A, members: [a]}}\n{_ROW}    parties: [a]\n", 1),
    "path-as-id": (_at("id", "../../etc/passwd"), 1),
    "mail-header-as-activity": (_ROW.replace("Møde", '"a\\r\\nBcc: x@example.com"'), 1),
    "written-backwards": (_ROW.replace("Møde", '"\\u202eedøM"'), 1),
    "nul-as-text": (_ROW.replace("Møde", r'"a\0b"'), 1),
    "signs": (_ROW.replace("Møde", "😀 e\u0301 \u200d"), 1),
    "deadlines-nobody-means": (_ROW.replace("1. maj 2024", "99. maj 2024"), 1),
    "comment-of-many-lines": ("# x\n" * 100_000 + _ROW, 1),
}


def _bytes() -> Iterator[HostileFile]:
    package = docx_of()
    contents = {
        **PICTURES,
        "gzip": gzip.compress(HONEST.encode()),
        "docx": package,
        "noise": bytes(range(256)),
    }
    for name, content in contents.items():
        refused = (e.UnknownEncoding, e.YamlBroken)
        yield HostileFile(name=f"{name}.yaml", content=content, outcome=refused)
    yield HostileFile(name="nul.yaml", content=HONEST.encode() + b"\0", outcome=(e.UnknownEncoding,))
    yield HostileFile(name="holes.yaml", content=b"\0" * 10_000, outcome=(e.UnknownEncoding,))


def _encodings() -> Iterator[HostileFile]:
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"):
        yield HostileFile(name=f"{encoding}.yaml", content=HONEST.encode(encoding), outcome=(3,))
    yield HostileFile(name="cr.yaml", content=HONEST.replace("\n", "\r").encode(), outcome=(3,))
    yield HostileFile(name="crlf.yaml", content=HONEST.replace("\n", "\r\n").encode(), outcome=(3,))
    cut = HONEST.encode("utf-16")[:-1]
    yield HostileFile(name="half-utf-16.yaml", content=cut, outcome=(e.UnknownEncoding,))
    mixed = HONEST.encode() + "    checklist: [Ærø]\n".encode("cp1252")
    yield HostileFile(name="two-encodings.yaml", content=mixed, outcome=(3,))


def _truncated() -> Iterator[HostileFile]:
    """What is cut short may still be a plan; it is never an exception."""
    for tenth in range(1, 10):
        cut = HONEST.encode()[: len(HONEST.encode()) * tenth // 10]
        yield HostileFile(name=f"cut-{tenth}.yaml", content=cut)


def _large() -> Iterator[HostileFile]:
    many = "".join(f"  - {{activity: a{n}, responsible: N{n}}}\n" for n in range(2_000))
    texts: dict[str, tuple[str, Outcome]] = {
        "too-large": (f"{_ROW}# {'x' * _MEGABYTE}\n", e.YamlTooLarge),
        "one-long-text": (_ROW.replace("Møde", "møde " * 50_000), 1),
        "one-long-word": (_ROW.replace("Møde", "m" * 900_000), 1),
        "folded-over-many-lines": (_ROW.replace("Møde", ">-\n" + "      møde\n" * 80_000), 1),
        "many-milestones": (f"milestones:\n{many}", 2_000),
        "many-points": (_at("checklist", f"[{'a, ' * 10_000}a]"), 1),
        "many-keys": ("".join(f"k{n}: x\n" for n in range(10_000)), e.YamlUnknownKey),
    }
    for name, (text, outcome) in texts.items():
        stopped = () if isinstance(outcome, type) else (e.TookTooLong, e.TookTooMuchMemory)
        yield HostileFile(name=f"{name}.yaml", content=text.encode(), outcome=(outcome, *stopped), heavy=True)
