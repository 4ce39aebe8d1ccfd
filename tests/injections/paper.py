"""Cells that try to be more than text, and a plan that says them wherever it can say anything."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import cycle
from string import Formatter
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from service.bundled import TEMPLATES
from service.messages.cleaning import one_line
from service.messages.composing import Stationery
from service.messages.mailbox import Mailbox, Sender
from service.messages.templates import Templates
from service.plan.milestone import Milestone, Predecessor
from service.plan.party import Party
from service.plan.plan import Plan
from service.plan.window import AWAITING, Kind
from service.reminders.schedule import Standing
from service.storage.record import Addressee, Entry, EntryKind
from service.web.record_view import PHRASES
from tests.factories import a_day, a_milestone, a_stretch

CASES = int(os.environ.get("INJECTIONS", "200"))
"""Of each kind; `make injections` tries fifty thousand."""
TRIED = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
ENCODED = (
    "=?utf-8?q?=0D=0ABcc:_x@evil.example?=",
    "=?UTF-8?Q?=0D=0A?=Bcc: x@evil.example",
    "=?utf-8?b?DQpCY2M6eA==?=",
)
PIECES = (
    # mail headers, with the encoded words that Pythons before 3.11.10, 3.12.5 and 3.13 write out as they are
    *(
        "\r\nBcc: x@evil.example",
        "\r\n\r\n<b>",
        "\n.\r\n",
        "\r",
        "\n",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x85",
        "\u2028",
    ),
    *(*ENCODED, "=?", "?=", "=", "a@evil.example, b", "<x@evil.example>", '"', "\\", ";", ",", ":", "\x00"),
    # iCalendar
    *("\r\nATTENDEE:mailto:x@evil.example", "\nEND:VEVENT", "\\n", "\\,", "^n", "^'", "BEGIN:VALARM"),
    # HTML
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover=alert(1) x='",
        "<!--",
        "-->",
    ),
    *(
        "</title>",
        "</style>",
        "</textarea>",
        "</svg>",
        "]]>",
        "<![CDATA[",
        "&lt;b&gt;",
        "&#60;",
        "&",
        "<",
        ">",
    ),
    *(
        "<base href=//evil.example>",
        "<meta http-equiv=refresh content=0>",
        "javascript:alert(1)",
        "<svg/onload=x>",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% include '/etc/passwd' %}",
        "{activity}",
        "{0.__class__}",
        "%s",
        "${x}",
        "{{DATE(2024)}}",
    ),
    # Markdown
    *(
        "[klik](https://evil.example)",
        "![x](https://evil.example/x.png)",
        "**",
        "__",
        "*",
        "_",
        "`",
        "~~",
        "# ",
    ),
    *(
        "- ",
        "1. ",
        "+ ",
        "> ",
        "---",
        "| a |",
        "[x]: https://evil.example",
        "<https://evil.example>",
        "<at>Alle</at>",
    ),
    # spreadsheets and terminals
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        '=HYPERLINK("http://evil.example")',
        "=cmd|' /C calc'!A0",
        "＝1",
        ";=1",
        ",=1",
    ),
    *(
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x9b31m",
        "\x08",
        "\x7f",
        "[link=https://evil.example]",
        "[/red]",
        "[bold]",
    ),
    # what hides
    *(
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\uffff",
        "\u0000",
        "\xa0",
        "\u0301",
        "æ" * 40,
        "😀" * 20,
        " ",
    ),
)
CELL = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda cell: bool(one_line(cell).strip("\u200b\u0301")))
)
CELLS = st.lists(CELL, min_size=1, max_size=5)

TODAY = date(2024, 3, 11)
AT = datetime(2024, 3, 11, 7, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
TEMPLATE = Templates(TEMPLATES)
STATIONERY = Stationery(
    templates=TEMPLATE,
    sender=Sender(
        mailbox=Mailbox(address="frister@example.dk", name="Rettidig"),
        reply_to=Mailbox(address="mette@example.dk", name="Mette Koch"),
    ),
    coordinator_name="Mette Koch",
    zone=ZONE,
    base_url="https://frister.example.dk",
)

DETAILS = {
    name for phrase in PHRASES.values() for text in phrase for _, name, *_ in Formatter().parse(text) if name
} | {"until", "point", "undoes", "proposed_on", "proposed_time"}
"""All that lines of the record are filled with."""


def plan_saying(cells: Sequence[str]) -> Plan:
    """A plan of rows that are late, coming and without a date, each of whose texts is one of the cells."""
    say = cycle(cells)
    windows = (
        a_day(date(2024, 3, 1)),
        a_stretch(date(2024, 3, 1), date(2024, 3, 31), Kind.MONTH),
        AWAITING,
    )
    milestones: list[Milestone] = []
    for row, window in enumerate(windows, start=1):
        written = a_milestone(
            window,
            id=f"m{row}",
            row=row,
            deadline=next(say),
            activity=next(say),
            responsible=next(say),
            phase=next(say),
            checklist=(next(say), next(say)),
            parties=("sb", "fob"),
            after=(Predecessor(id="m1", days=7),) if row > 1 else (),
        )
        milestones.append(written)
    parties = (
        Party(id="sb", name=next(say), aliases=(next(say),)),
        Party(id="fob", name=next(say)),
        Party(id="alle", name=next(say), members=("sb", "fob")),
    )
    return Plan(title=next(say), language="da", milestones=tuple(milestones), parties=parties)


def standings_of(plan: Plan) -> list[Standing]:
    return [Standing(milestone=each, since=date(2024, 2, 1)) for each in plan.milestones]


def harmless(cells: int) -> list[str]:
    """So many cells that say a word each; what is made of them has the shape that all cells should leave."""
    return [f"Ord {number}" for number in range(1, cells + 1)]


def entries_saying(cells: Sequence[str]) -> list[Entry]:
    """An entry of each kind whose every text is one of the cells."""
    said = dict.fromkeys(DETAILS, cells[0]) | {"answer": "accepted", "said": "accepted"}
    said |= {"due_on": "2024-03-13", "sha256": "0" * 64, "channel": "email"}
    whom = Addressee(recipient="sb", name=cells[-1], channel="email", address="sb@example.dk")
    return [
        Entry(
            number=number,
            at=AT,
            kind=kind,
            milestone="m1",
            message_id="<1@example.dk>",
            to=whom,
            is_erased=False,
            details=said,
            hash="0" * 64,
        )
        for number, kind in enumerate(EntryKind, start=1)
    ]
