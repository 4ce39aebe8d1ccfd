"""iCalendar entries as rows, and the safe loading of the product's own YAML."""

import pytest

from service.plan.place import place_of
from service.reading.document import Document, Note, Table
from service.reading.errors import (
    BrokenEntry,
    UnreadableFile,
    YamlBroken,
    YamlNotPlain,
    YamlTooDeep,
    YamlTwice,
)
from service.reading.formats import parse
from service.reading.formats.plan_yaml import Mapping, Scalar, Sequence, load
from service.reading.formats.source import Source
from service.reading.reader import understand


def calendar(*lines: str, kind: str = "VEVENT") -> Document:
    inner = ("UID:1@example.dk", "DTSTAMP:20240101T000000Z", "SUMMARY:Møde\\, stort", *lines)
    whole = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//x//y//DA",
        f"BEGIN:{kind}",
        *inner,
        f"END:{kind}",
        "END:VCALENDAR",
    )
    return parse(Source(name="plan.ics", content="\r\n".join(whole).encode()))


def entry(*lines: str, kind: str = "VEVENT") -> tuple[str, ...]:
    (table,) = calendar(*lines, kind=kind).blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("Deadline", "Aktivitet", "Ansvarlig")
    return table.rows[1].cells


@pytest.mark.parametrize(
    ("lines", "deadline"),
    [
        (("DTSTART;VALUE=DATE:20240313",), "2024-03-13"),
        (("DTSTART;VALUE=DATE:20240313", "DTEND;VALUE=DATE:20240314"), "2024-03-13"),
        (("DTSTART;VALUE=DATE:20240313", "DTEND;VALUE=DATE:20240316"), "2024-03-13 - 2024-03-15"),
        (("DTSTART;VALUE=DATE:20240313", "DURATION:P1D"), "2024-03-13"),
        (("DTSTART:20240701T220000Z",), "2024-07-02"),
        (("DTSTART:20240701T140000Z", "DTEND:20240701T150000Z"), "2024-07-01 kl. 16:00"),
        (("DTSTART;TZID=America/New_York:20240701T100000",), "2024-07-01 kl. 16:00"),
        (("DTSTART:20240701T100000",), "2024-07-01 kl. 10:00"),
        ((), ""),
    ],
)
def test_a_deadline_is_the_day_on_danish_clocks_and_both_ends_count(
    lines: tuple[str, ...], deadline: str
) -> None:
    assert entry(*lines)[0] == deadline


def test_a_task_ends_on_its_due_date() -> None:
    assert entry("DUE;VALUE=DATE:20240501", kind="VTODO")[0] == "2024-05-01"


def test_the_responsible_are_the_named_guests_else_the_organizer() -> None:
    guests = (
        "ATTENDEE;CN=Slagelse Boligselskab:mailto:a@sb.example",
        'ATTENDEE;CN="FOB":mailto:b@fob.example',
    )
    organizer = "ORGANIZER;CN=Sekretariatet:mailto:o@example.dk"
    assert entry(*guests, organizer)[2] == "Slagelse Boligselskab; FOB"
    assert entry(organizer)[2] == "Sekretariatet"
    assert entry("ORGANIZER:mailto:o@example.dk")[2] == "o@example.dk"
    assert entry(organizer, "X-ANSVARLIG:Bestyrelsen")[2] == "Bestyrelsen"


def test_only_the_first_time_of_what_repeats_is_a_row_and_that_is_told() -> None:
    document = calendar("DTSTART;VALUE=DATE:20240313", "RRULE:FREQ=WEEKLY")
    (finding,) = [found for found in understand(document).findings if found.code == "entry-repeats"]
    assert (finding.row, finding.values) == (1, {"written": "Møde, stort"})


def test_what_is_called_off_is_no_row_but_told() -> None:
    document = calendar("DTSTART;VALUE=DATE:20240313", "STATUS:CANCELLED")
    assert document.blocks == ()
    assert document.notes == (
        Note(code="entry-called-off", where=place_of("begivenhed 1"), written="Møde, stort"),
    )


def test_an_impossible_date_names_the_entry() -> None:
    with pytest.raises(BrokenEntry) as caught:
        entry("DTSTART;VALUE=DATE:20240231")
    assert "begivenhed 1" in caught.value.sentence("da")


def loaded(text: str) -> object:
    return load(Source(name="plan.yaml", content=text.encode()))


def test_yaml_scalars_are_the_text_as_written_with_their_line() -> None:
    tree = loaded("titel: Plan\ntid: 12:30\nja: no\ndage:\n  - 010\n  - 2026-02-31\n")
    assert isinstance(tree, Mapping)
    assert tree.entries["tid"] == Scalar("12:30", 2)
    assert tree.entries["ja"] == Scalar("no", 3)
    assert tree.entries["dage"] == Sequence((Scalar("010", 5), Scalar("2026-02-31", 6)), 5)


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        ("a: &x 1\nb: *x\n", YamlNotPlain, 1),
        ("a: 1\nb: !!python/object:os.system x\n", YamlNotPlain, 2),
        ("a: 1\n--- \nb: 2\n", YamlNotPlain, 1),
        ("? [a, b]\n: 1\n", YamlNotPlain, 1),
        ("a: 1\na: 2\n", YamlTwice, 2),
        ("a: " + "[" * 11 + "]" * 11, YamlTooDeep, 1),
        ("a: [1\nb: 2\n", YamlBroken, 2),
        ("\ta: 1\n", YamlBroken, 1),
        ('a: "\\xzz"\n', YamlBroken, 1),
    ],
)
def test_yaml_that_is_not_plain_is_refused_with_its_line(
    text: str, error: type[UnreadableFile], line: int
) -> None:
    with pytest.raises(error) as caught:
        loaded(text)
    assert f"linje {line}:" in caught.value.sentence("da")


def test_ten_thousand_brackets_and_an_alias_bomb_are_refused_at_once() -> None:
    bomb = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 10))
    for text in ("[" * 10_000, "l0: &l0 [x]\n" + bomb):
        with pytest.raises(UnreadableFile):
            loaded(text)
