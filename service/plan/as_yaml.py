"""A plan as YAML that a person can correct by hand; `reading.from_yaml` reads it back."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from service.errors import Language
from service.plan.as_json import milestone_as_json
from service.plan.finding import Finding, Severity
from service.plan.milestone import Milestone, Predecessor
from service.plan.party import Party
from service.plan.plan import Plan

UNDERSTOOD = ("starts_on", "ends_on", "due_on", "kind", "certainty", "time")
"""What a deadline was understood as, field by field."""

_WIDTH = 100
_LONG = 86  # letters; a longer text is folded over several lines

_HEAD: Mapping[Language, str] = {
    "da": """\
Planen, som Rettidig har læst den. Ret den her, og brug filen i stedet for dokumentet.

Det, du retter, gælder:
- Retter du fristens felter (starts_on, ends_on, due_on, time ...), gælder de, uanset hvad »deadline« siger.
  Datoer skrives 2024-03-13. Er det kun en enkelt dag, er due_on nok.
- Retter du kun teksten i »deadline«, bliver den læst igen, og felterne under den regnes for forældede.
  Det samme sker, hvis du sletter felterne.
- »responsible« og »parties« følges ad på samme måde: retter du kun teksten, bliver den læst igen.
- »phase« er den fase, rækken står under; regler kan gælde for en fase alene.
- »after« er id'erne på det, der skal være overstået først: [mf32a, mb71c]. Skal der gå mindst 14 dage
  imellem, så skriv {id: mf32a, days: 14}. Hvad der er foreslået og hvorfor, står i en bemærkning ved rækken.
- »id« forbinder milepælen med den udgave, der er indlæst før. Skriv et gammelt id for at sige, at det er
  samme milepæl, eller find selv på et nyt navn for at sige, at det er en anden.
- Slet en milepæl, eller skriv en ny; activity og deadline er nok. »year« er året, når en frist intet har.
»source« er, hvad dokumentet sagde, og hvordan det blev læst. Lad det stå: det viser, hvad du har rettet.""",
    "en": """\
The plan as Rettidig has read it. Correct it here and use this file instead of the document.

What you correct counts:
- Correct the fields of a deadline (starts_on, ends_on, due_on, time ...) and they hold, whatever "deadline"
  says. Dates are written 2024-03-13. For a single day due_on is enough.
- Correct the text of "deadline" alone and it is read anew; the fields below it count as outdated.
  The same happens when you delete the fields.
- "responsible" and "parties" go together in the same way: correct the text alone and it is read anew.
- "phase" is the phase that the row stands under; rules can be for one phase alone.
- "after" holds the ids of what must be over first: [mf32a, mb71c]. If at least 14 days must lie between,
  write {id: mf32a, days: 14}. What was proposed, and why, stands in a note beside the row.
- "id" ties the milestone to the version imported before. Write an earlier id to say that it is the same
  milestone, or make up a name of your own to say that it is another one.
- Delete a milestone or write a new one; activity and deadline are enough. "year" is for deadlines that
  name none.
"source" is what the document said and how that was read. Leave it: it shows what you have corrected.""",
}
_SEVERITY: Mapping[Language, Mapping[Severity, str]] = {
    "da": {Severity.ERROR: "FEJL", Severity.WARNING: "ADVARSEL", Severity.NOTE: "Bemærk"},
    "en": {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "Note"},
}


def plan_as_yaml(plan: Plan, language: Language) -> str:
    """The plan with the source beside each milestone; findings and explanations are comments."""
    rows, told = {milestone.row for milestone in plan.milestones}, plan.told_of()
    lines = [
        *_comment(_HEAD[language].splitlines(), ""),
        "",
        *_field("", "title", plan.title),
        *_field("", "language", plan.language),
        *(f"year: {year}" for year in _first_year(plan)),
        "",
        *_remarks((each for each in plan.findings if each.row not in rows), language, ""),
        *_list("", "parties", (_party(party) for party in plan.parties)),
        "",
        *_list("", "milestones", (_milestone(each, told[each.id], language) for each in plan.milestones)),
    ]
    return "\n".join(lines) + "\n"


def _first_year(plan: Plan) -> list[int]:
    return [milestone.due_on.year for milestone in plan.milestones if milestone.due_on][:1]


def _party(party: Party) -> Iterator[str]:
    yield from _field("", "id", party.id)
    yield from _field("", "name", party.name)
    if party.aliases:
        yield f"aliases: {_in_brackets(party.aliases)}"
    if party.members:
        yield f"members: {_in_brackets(party.members)}"


def _milestone(milestone: Milestone, told: Iterable[Finding], language: Language) -> Iterator[str]:
    fields = milestone_as_json(milestone)
    understood = {name: _value(name, fields[name]) for name in UNDERSTOOD}
    yield from _remarks(told, language, "")
    yield from _field("", "id", milestone.id)
    yield from _field("", "activity", milestone.activity)
    if milestone.phase:
        yield from _field("", "phase", milestone.phase)
    yield from _field("", "deadline", milestone.deadline)
    yield from (f"{name}: {value}".rstrip() for name, value in understood.items() if value or name != "time")
    yield from _field("", "responsible", milestone.responsible)
    yield f"parties: {_in_brackets(milestone.parties)}"
    if milestone.after:
        yield f"after: [{', '.join(map(_predecessor, milestone.after))}]"
    if milestone.checklist:
        yield from _list("", "checklist", ([_scalar(point)] for point in milestone.checklist))
    yield "source:"
    yield f"  row: {milestone.row}"
    yield from _field("  ", "where", milestone.where.in_words(language))
    yield from _field("  ", "id", milestone.id)
    yield from _field("  ", "deadline", milestone.deadline)
    read_as = (f"{name}: {value}" for name, value in understood.items() if value)
    yield f"  read_as: {{{', '.join(read_as)}}}"
    yield from _field("  ", "responsible", milestone.responsible)
    yield f"  parties: {_in_brackets(milestone.parties)}"


def _predecessor(first: Predecessor) -> str:
    name = _scalar(first.id, within=_BRACKETS)
    return f"{{id: {name}, days: {first.days}}}" if first.days else name


def _value(name: str, value: str | None) -> str:
    """Dates and words as they are; 16:00 without quotation marks is a number for YAML 1.1."""
    return "" if value is None else _quoted(value) if name == "time" else value


# Layout ------------------------------------------------------------------------------------------------


def _list(indent: str, key: str, items: Iterable[Iterable[str]]) -> Iterator[str]:
    blocks = [list(item) for item in items]
    yield f"{indent}{key}:" if blocks else f"{indent}{key}: []"
    for block in blocks:
        is_first = True
        if len(block) > 1 and key == "milestones":
            yield ""
        for line in block:
            mark = "  " if line.startswith("#") or not is_first else "- "
            is_first = is_first and line.startswith("#")
            yield f"{indent}  {mark}{line}".rstrip()


def _field(indent: str, key: str, text: str) -> Iterator[str]:
    """A text beside its key, or folded below it when it is long and nothing in it needs quoting."""
    folded = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if len(text) > _LONG and text.isprintable() and " ".join(folded) == text:
        yield f"{indent}{key}: >-"
        yield from (f"{indent}  {line}" for line in folded)
    else:
        yield f"{indent}{key}: {_scalar(text)}"


def _in_brackets(texts: Iterable[str]) -> str:
    return f"[{', '.join(_scalar(text, within=_BRACKETS) for text in texts)}]"


def _remarks(findings: Iterable[Finding], language: Language, indent: str) -> Iterator[str]:
    for finding in findings:
        place = f"{finding.where.in_words(language)}: " if finding.where and finding.row is None else ""
        said = f"{_SEVERITY[language][finding.severity]}: {place}{finding.message(language)}"
        plain = "".join(letter if letter.isprintable() else " " for letter in said)
        yield from _comment(textwrap.wrap(plain, _WIDTH), indent)


def _comment(lines: Iterable[str], indent: str) -> Iterator[str]:
    yield from (f"{indent}# {line}".rstrip() for line in lines)


# Scalars: what another reader of YAML could take for something else than text stands in quotation marks.

_BLOCK = re.compile(r"(?:[^\W\d_]|\d[\w.]* [^\W\d_])[\w .,()/&+%;»«’'–—-]*(?<! )")
_BRACKETS = re.compile(r"[^\W\d_][\w .()/–—-]*(?<! )")
_MEANS_SOMETHING = frozenset(
    ["yes", "no", "on", "off", "true", "false", "null", "y", "n", "nan", "inf", "none", "ja", "nej"]
)


def _scalar(text: str, *, within: re.Pattern[str] = _BLOCK) -> str:
    is_plain = within.fullmatch(text) and text.casefold() not in _MEANS_SOMETHING and text.isprintable()
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    """JSON is YAML but for the characters that YAML does not let stand as they are."""
    return "".join(
        letter if letter.isprintable() else _escaped(letter)
        for letter in json.dumps(text, ensure_ascii=False)
    )


def _escaped(letter: str) -> str:
    return f"\\U{ord(letter):08x}"
