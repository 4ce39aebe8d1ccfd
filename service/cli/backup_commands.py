"""`backup` and `restore`: a copy of the database while the service runs, and back again."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from service.bootstrap import clock_of
from service.cli.options import Json
from service.cli.output import agreed, phrase, print_json, tell
from service.cli.trial import command_settings
from service.errors import RettidigError
from service.storage.copies import copy_database
from service.storage.database import Database, NoFileError
from service.storage.restoring import Restored, restore


class NothingToCopyError(RettidigError):
    da = "Der er ingen database endnu, hvor RETTIDIG_DATABASE_URL peger hen."
    en = "There is no database yet where RETTIDIG_DATABASE_URL points."


class FileExistsAlreadyError(RettidigError):
    da = "{file} findes allerede og bliver ikke overskrevet; vælg et andet navn, fx med datoen i."
    en = "{file} is there already and is not overwritten; choose another name, one with the date in it."


class NoSuchFolderError(RettidigError):
    da = "Mappen til {file} findes ikke; opret den først."
    en = "The folder of {file} does not exist; make it first."


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command("restore")(restore_copy)


CopyPath = Annotated[Path, typer.Argument(metavar="FIL", help="Kopien af databasen.")]


def backup(file: CopyPath, *, json: Json = False) -> None:
    """Lav en kopi af databasen, mens tjenesten kører; den er efterset, og kun ejeren kan læse den."""
    with closing(Database(command_settings().database_url.get_secret_value())) as database:
        source = database.file
    if source is None:
        raise NoFileError
    if not source.is_file():
        raise NothingToCopyError
    if file.exists():
        raise FileExistsAlreadyError(file=file)
    if not file.parent.is_dir():
        raise NoSuchFolderError(file=file)
    copy_database(source, file)
    size = file.stat().st_size
    if json:
        print_json({"backup": str(file), "bytes": size})
    else:
        tell(
            phrase(
                f"{file}: {size} bytes, efterset og hel. Den rummer mailadresser: gem den derefter.",
                f"{file}: {size} bytes, checked and whole. It holds e-mail addresses: keep it accordingly.",
            )
        )


def restore_copy(
    file: CopyPath,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Spørg ikke.")] = False,
    json: Json = False,
) -> None:
    """Sæt en kopi i databasens sted; den, der var, gemmes ved siden af. Tjenesten skal være stoppet."""
    settings = command_settings()
    question = phrase(
        f"Sæt {file} i databasens sted? Det, der er meldt siden kopien, gælder da ikke mere.",
        f"Put {file} in the place of the database? What was reported since then will count no more.",
    )
    if not yes and (json or not agreed(question)):
        raise typer.Exit(1)
    with closing(Database(settings.database_url.get_secret_value())) as database:
        restored = restore(database, file, clock_of(settings).now())
    if json:
        print_json(_as_json(restored))
    else:
        for sentence in _in_words(restored, settings.timezone):
            tell(sentence)


def _as_json(restored: Restored) -> dict[str, object]:
    return {
        "seen_at": restored.seen_at.isoformat() if restored.seen_at else None,
        "revision": restored.revision,
        "held": restored.held,
        "kept": str(restored.kept) if restored.kept else None,
    }


def _in_words(restored: Restored, timezone: str) -> list[str]:
    at = _local(restored.seen_at, timezone)
    said = [
        phrase(
            f"Gendannet, som det var {at}: planens udgave {restored.revision}.",
            f"Restored as it was {at}: revision {restored.revision} of the plan.",
        )
    ]
    if restored.kept:
        said.append(phrase(f"Den gamle er gemt som {restored.kept}.", f"The old one is {restored.kept}."))
    said.append(
        phrase(
            f"{restored.held} påmindelser kan være sendt siden da. De venter, og det gør også nyt, der skal "
            "sendes straks, til I slipper det løs: se »rettidig outbox«, og kør »rettidig outbox --approve«.",
            f"{restored.held} notices may have been sent since then. They wait, and so does news that would "
            "leave at once, until you let it go: see “rettidig outbox”, and run “rettidig outbox --approve”.",
        )
    )
    return said


def _local(at: datetime | None, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}" if at else "?"
