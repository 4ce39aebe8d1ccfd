"""Every phrase of the page that shows how a plan was read, in Danish and English."""

from service.errors import Language
from service.messages.phrases import Phrase
from service.messages.wording import in_language

PHRASES: dict[str, Phrase] = {
    "title": Phrase("Sådan er planen læst", "How the plan was read"),
    "untitled": Phrase("Plan uden titel", "Plan without a title"),
    "from": Phrase(
        "Læst af {file}. Se hver række igennem; det, der står med farve, skal du tage stilling til.",
        "Read from {file}. Look through each row; what is in colour needs your decision.",
    ),
    "correct": Phrase(
        "Ret det i dokumentet, og læs det igen, eller skriv planen ud med »rettidig read {file} --write "
        "plan.yaml«, og ret den dér.",
        "Correct it in the document and read it again, or write the plan with “rettidig read {file} --write "
        "plan.yaml” and correct it there.",
    ),
    # --- counts ------------------------------------------------------------------------------------------
    "sum.milestones": Phrase("milepæle", "milestones"),
    "sum.dated": Phrase("med dato", "with a date"),
    "sum.awaiting": Phrase("afventer dato", "awaiting a date"),
    "sum.parties": Phrase("ansvarlige", "parties"),
    "sum.left-out": Phrase("rækker ikke med", "rows left out"),
    "sum.error": Phrase("fejl", "errors"),
    "sum.warning": Phrase("advarsler", "warnings"),
    "sum.note": Phrase("bemærkninger", "notes"),
    # --- findings ----------------------------------------------------------------------------------------
    "error": Phrase("Fejl", "Error"),
    "warning": Phrase("Advarsel", "Warning"),
    "note": Phrase("Bemærk", "Note"),
    "first": Phrase("Se på dette først", "Look at these first"),
    "nothing": Phrase(
        "Der er ingen fejl eller advarsler. Resten er til orientering.",
        "There are no errors or warnings. The rest is for information.",
    ),
    # --- the rows ----------------------------------------------------------------------------------------
    "rows": Phrase("Alle milepæle, som dokumentet har dem", "All milestones in the order of the document"),
    "row": Phrase("Række {row}", "Row {row}"),
    "written": Phrase("Skrevet", "Written"),
    "understood": Phrase("Forstået", "Understood"),
    "due": Phrase("Frist", "Due"),
    "who": Phrase("Ansvarlig", "Responsible"),
    "nothing.written": Phrase("intet", "nothing"),
    "nobody": Phrase(
        "ingen – koordinatoren får påmindelserne", "nobody – the coordinator gets the reminders"
    ),
    "no.date": Phrase("Ingen dato endnu", "No date yet"),
    "written.as": Phrase("skrevet {text}", "written {text}"),
    "certainty.exact": Phrase("fast dag", "fixed day"),
    "certainty.approximate": Phrase("omtrentlig", "approximate"),
    "certainty.awaiting": Phrase("afventer dato", "awaiting a date"),
    "recurring": Phrase("løbende", "recurring"),
    "checklist": Phrase("Skal være med", "To be included"),
    # --- the parties -------------------------------------------------------------------------------------
    "parties": Phrase("De ansvarlige, og hvordan de er genkendt", "The parties and how they were recognised"),
    "parties.none": Phrase("Planen nævner ingen.", "The plan names none."),
    "party.id": Phrase("id {id}", "id {id}"),
    "party.aliases": Phrase("Også skrevet {names}", "Also written {names}"),
    "party.members": Phrase("Gruppe: {names}", "Group: {names}"),
    "party.count.one": Phrase("1 milepæl", "1 milestone"),
    "party.count.many": Phrase("{count} milepæle", "{count} milestones"),
    # --- what is no milestone ----------------------------------------------------------------------------
    "left-out": Phrase("Rækker, der ikke er milepæle", "Rows that are no milestones"),
    "whole": Phrase("Om planen som helhed", "About the plan as a whole"),
}


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)
