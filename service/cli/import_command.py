"""`import`: a new version of the document; first what it changes and what leaves because of that."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from service.bootstrap import open_parts
from service.cli.dependency_lines import dependency_as_json, tell_dependencies
from service.cli.options import Json, PlanPath, Year
from service.cli.output import (
    agreed,
    caution,
    console,
    phrase,
    print_json,
    reply_language,
    table,
    tell,
)
from service.cli.short import in_short
from service.cli.trial import command_settings
from service.cli.unclear import has_errors, tell_unclear
from service.importing import PlanFile, Preview, import_plan, preview_import
from service.messages.outlook import Outlook
from service.plan.as_json import finding_as_json
from service.plan.revision import Difference, Moved
from service.reading.reader import read_plan
from service.reminders.consequences import Dependency
from service.reminders.rules import Rules

_SUBJECTS_SHOWN = 8
_ALL = 100.0


def register(app: typer.Typer) -> None:
    app.command("import")(import_document)


def import_document(
    file: PlanPath,
    year: Year = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Spørg ikke.")] = False,
    json: Json = False,
) -> None:
    """Indlæs en ny udgave af planen; viser forskellen og det, der bliver sendt, før noget gemmes."""
    plan = read_plan(file, year)
    digest = PlanFile(file, read_plan).digest() or ""
    settings = command_settings()
    with open_parts(settings) as parts:
        preview = preview_import(parts.database, parts.clock, parts.office, plan)
        sends = _sends(preview, parts.office.rules)
        if json:
            findings = [finding_as_json(finding, reply_language()) for finding in plan.findings]
            said = {
                **_difference_as_json(preview.changes),
                "consequences": [dependency_as_json(each) for each in preview.consequences],
                "sends": sends,
                "findings": findings,
            }
            print_json({"imported": yes, **said})
        else:
            _tell_difference(preview.changes)
            _tell_consequences(preview.consequences)
            tell_unclear((*plan.findings, *parts.office.settle(plan)[2]))
            _tell_sends(sends)
        # A program that asks for JSON looks; only `--yes` says that it means it.
        if not yes and (json or (preview.changes and not agreed(phrase("Indlæs?", "Import?")))):
            raise typer.Exit(0 if json else 1)
        import_plan(
            parts.database,
            parts.clock,
            parts.office.rules,
            plan,
            digest=digest,
            source=file.name,
            watched=parts.plan_file.digest(),
        )
    if has_errors(plan):
        raise typer.Exit(1)


def _difference_as_json(changes: Difference) -> dict[str, Any]:
    pairs = [*changes.moved, *changes.reworded]
    return {
        "new": [milestone.id for milestone in changes.new],
        "moved": [pair.now.id for pair in changes.moved],
        "reworded": [pair.now.id for pair in changes.reworded],
        "dropped": [milestone.id for milestone in changes.dropped],
        "matched": [
            {
                "id": pair.now.id,
                "row": pair.now.row,
                "row_before": pair.before.row,
                "likeness": round(pair.likeness),
            }
            for pair in pairs
        ],
        "split": [{"id": part.part.id, "from": part.whole.id} for part in changes.split],
        "merged": [{"id": part.part.id, "into": part.whole.id} for part in changes.merged],
    }


def _sends(preview: Preview, rules: Rules) -> dict[str, Any]:
    """What leaves at the next sending because of the import; `held` waits for approval instead."""
    foresight = preview.foresight
    after = preview.after
    outlook = Outlook(
        plan=after.plan, stand=after.stand, messages=foresight.because, told=after.told, rules=rules
    )
    messages = [outlook.as_json(message, rules.timezone) for message in outlook.messages]
    at = foresight.at.astimezone(ZoneInfo(rules.timezone)).isoformat(timespec="seconds")
    return {"at": at, "held": foresight.held, "messages": messages}


def _tell_difference(changes: Difference) -> None:
    if not changes:
        tell(phrase("Planen siger det samme som før.", "The plan says the same as before."))
    origin = {part.part.id: part.whole.id for part in changes.split}
    goal = {part.part.id: part.whole.id for part in changes.merged}
    for milestone in changes.new:
        of = origin.get(milestone.id)
        tell(
            phrase("Ny: ", "New: ")
            + in_short(milestone)
            + (phrase(f"  delt fra {of}", f"  split from {of}") if of else "")
        )
    for pair in changes.moved:
        tell(phrase("Flyttet: ", "Moved: ") + f"{pair.before.due_on} → {in_short(pair.now)}" + _match(pair))
    for pair in changes.reworded:
        tell(phrase("Omformuleret: ", "Reworded: ") + in_short(pair.now) + _match(pair))
    for milestone in changes.dropped:
        into = goal.get(milestone.id)
        tell(
            phrase("Udgået: ", "Dropped: ")
            + in_short(milestone)
            + (phrase(f"  lagt ind i {into}", f"  merged into {into}") if into else "")
        )
    if any(pair.likeness < _ALL for pair in (*changes.moved, *changes.reworded)):
        tell(
            phrase(
                "Er to rækker parret forkert, så skriv planen ud med »rettidig read FIL --write plan.yaml«, "
                "ret id, og indlæs plan.yaml.",
                "If two rows are paired wrongly, write the plan with “rettidig read FILE --write plan.yaml”, "
                "correct the id and import plan.yaml.",
            )
        )


def _match(pair: Moved) -> str:
    """For a pair whose activities are not the same: how alike they are, and what it said before."""
    if pair.likeness >= _ALL:
        return ""
    before = f"{pair.before.activity[:60]}"
    percent = int(pair.likeness)
    return phrase(
        f"\n    {percent} % ens med række {pair.before.row}: {before}",
        f"\n    {percent} % like row {pair.before.row}: {before}",
    )


def _tell_consequences(consequences: Sequence[Dependency]) -> None:
    """What comes after something that moved, and no longer fits or has less room; nothing is moved."""
    if not consequences:
        return
    tell(phrase("Konsekvenser for det, der kommer bagefter:", "Consequences for what comes after:"))
    tell_dependencies(consequences)


def _tell_sends(sends: dict[str, Any]) -> None:
    messages, held = sends["messages"], sends["held"]
    if held:
        caution(
            phrase(
                f"{held} påmindelser på én gang er for mange og venter på »rettidig outbox --approve«.",
                f"{held} notices at once are too many and wait for “rettidig outbox --approve”.",
            )
        )
    if not messages:
        tell(phrase("Intet bliver sendt af den grund.", "Nothing is sent because of this."))
        return
    at = f"{datetime.fromisoformat(sends['at']):%Y-%m-%d %H:%M}"
    tell(phrase(f"Det sender {len(messages)} beskeder {at}:", f"It sends {len(messages)} messages at {at}:"))
    counts = Counter((each["recipient"], each["channel"], each["occasion"]) for each in messages)
    headings = (
        phrase("Til", "To"),
        phrase("Kanal", "Channel"),
        phrase("Anledning", "Occasion"),
        phrase("Antal", "Count"),
    )
    console.print(table(headings, ([*key, str(count)] for key, count in sorted(counts.items()))))
    for message in messages[:_SUBJECTS_SHOWN]:
        tell(f"  {message['recipient']}: {message['subject']}")
    if len(messages) > _SUBJECTS_SHOWN:
        rest = len(messages) - _SUBJECTS_SHOWN
        tell(phrase(f"  og {rest} mere", f"  and {rest} more"))
