"""`export` and `erase`: what is held on somebody, for whoever asks, and taken out."""

from typing import Annotated, Any

import typer

from service.bootstrap import Parts, open_parts
from service.cli.options import Json
from service.cli.output import agreed, caution, phrase, print_json, tell
from service.cli.trial import command_settings
from service.errors import RettidigError
from service.plan.plan import Plan
from service.reminders.recipients import ConfiguredRecipient
from service.settings import Settings
from service.settings.sources import variable
from service.storage import plans
from service.storage.collected import left_behind
from service.storage.erasing import Erased, erase_for_good
from service.storage.held_data import held_on
from service.storage.invites import held_entries
from service.storage.somebody import Somebody, find_somebody, known_keys


class NothingHeldError(RettidigError):
    da = "Der er intet gemt om »{name}«. Skriv en modtager eller en mailadresse; der er: {keys}."
    en = "Nothing is held on “{name}”. Write a recipient or an e-mail address; there are: {keys}."


class StillConfiguredError(RettidigError):
    da = (
        "{settings} står stadig i indstillingerne, så det ville blive gemt igen. Fjern det, og genstart "
        "tjenesten, så kalenderne får deres aflysninger; stop den derefter, og slet så."
    )
    en = (
        "{settings} still stands in the settings, so it would be stored again. Remove it, and restart the "
        "service, so that calendars get their cancellations; then stop it, and erase."
    )


Name = Annotated[
    str,
    typer.Argument(metavar="NAVN", help="En modtager, ansvarlig, mailadresse eller en, der har meldt."),
]


def register(app: typer.Typer) -> None:
    app.command()(export)
    app.command("erase")(erase_somebody)


def export(name: Name, *, json: Json = False) -> None:
    """Skriv alt, hvad der er gemt om nogen, som JSON på stdout; det er til den, det handler om."""
    settings = command_settings()
    with open_parts(settings) as parts:
        somebody, plan = _found(settings, parts, name)
        with parts.database.read() as connection:
            held = held_on(connection, somebody, plan)
    set_up = [_as_json(each) for each in _set_up(settings, somebody)]
    print_json({"name": name, "settings": set_up, **held}, indent=None if json else 2)


def erase_somebody(
    name: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Spørg ikke.")] = False,
    json: Json = False,
) -> None:
    """Slet alt, hvad der er gemt om nogen, fra databasen og dens filer. Planens egen tekst bliver."""
    settings = command_settings()
    with open_parts(settings) as parts:
        somebody, plan = _found(settings, parts, name)
        if not somebody.is_known:
            raise _nothing_held(parts, name)
        _warn_of_collections(parts, somebody)
        if set_up := _set_up(settings, somebody):
            raise StillConfiguredError(settings=", ".join(_setting(each) for each in set_up))
        _warn_of_calendars(parts, somebody)
        question = phrase(
            f"Slet alt, hvad der er gemt om {name}? Det kan ikke gøres om.",
            f"Erase all that is held on {name}? It cannot be undone.",
        )
        if not yes and (json or not agreed(question)):
            raise typer.Exit(1)
        gone = erase_for_good(parts.database, somebody, plan, parts.clock.now())
        is_file = parts.database.file is not None
    if json:
        print_json({"name": name, "erased": dict(gone)})
    else:
        _tell_erased(gone, is_file=is_file)


def _found(settings: Settings, parts: Parts, name: str) -> tuple[Somebody, Plan | None]:
    configured = {each.recipient.key: each.recipient.emails for each in settings.configured_recipients()}
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
        plan = latest.plan if latest else None
        somebody = find_somebody(connection, name, plan, configured)
    if not (somebody.is_known or somebody.parties):
        raise _nothing_held(parts, name)
    return somebody, plan


def _nothing_held(parts: Parts, name: str) -> NothingHeldError:
    with parts.database.read() as connection:
        keys = sorted(key.upper() for key in known_keys(connection))
    return NothingHeldError(name=name, keys=", ".join(keys) or "-")


def _set_up(settings: Settings, somebody: Somebody) -> list[ConfiguredRecipient]:
    return [
        each
        for each in settings.configured_recipients()
        if each.recipient.key in somebody.keys
        or somebody.addresses & {email.lower() for email in each.recipient.emails}
    ]


def _setting(configured: ConfiguredRecipient) -> str:
    is_coordinator = configured.recipient.is_coordinator
    return variable(("coordinator",) if is_coordinator else ("recipients", configured.recipient.key))


def _as_json(configured: ConfiguredRecipient) -> dict[str, Any]:
    recipient = configured.recipient
    return {
        "setting": _setting(configured),
        "name": recipient.name,
        "emails": list(recipient.emails),
        "teams": recipient.teams is not None,
        "channels": sorted(recipient.channels),
        "feed": recipient.preferences.feed,
        "collection": recipient.preferences.collection,
        "language": recipient.language,
        "parties": list(configured.hears_for),
    }


def _warn_of_calendars(parts: Parts, somebody: Somebody) -> None:
    """What is forgotten here cannot be taken out of a calendar any more."""
    rules = parts.office.rules
    with parts.database.read() as connection:
        held = held_entries(connection, rules.local_day(parts.clock.now()), rules.zone)
    count = sum(each.recipient in somebody.keys or each.address in somebody.addresses for each in held)
    if count:
        caution(
            phrase(
                f"{count} kommende frister står i modtagerens kalender, og de bliver stående. Lad ellers "
                "tjenesten køre uden modtageren en arbejdsdag først, så aflyser den dem.",
                f"{count} coming deadlines stand in the recipient's calendar, and stay there. Or let the "
                "service run without the recipient for a working day first, which cancels them.",
            )
        )


def _warn_of_collections(parts: Parts, somebody: Somebody) -> None:
    """Nor can what was written into a collection be, once its address has left the settings."""
    with parts.database.read() as connection:
        left = left_behind(connection, known=())
    written = sum(each.entries for each in left if each.recipient in somebody.keys)
    if written:
        caution(
            phrase(
                f"{written} frister er skrevet i modtagerens egen kalender (CalDAV), og de bliver stående. "
                "Slet dem dér, eller lad tjenesten tage dem ud først: det gør den, når kalenderens adresse "
                "er sat, men collection ikke står blandt modtagerens kanaler.",
                f"{written} deadlines are written into the recipient's own calendar (CalDAV), and stay "
                "there. Delete them there, or let the service take them out first: it does when the "
                "calendar's address is set, but collection is not among the recipient's channels.",
            )
        )


def _tell_erased(gone: Erased, *, is_file: bool) -> None:
    counts = ", ".join(f"{name} {count}" for name, count in gone.items())
    tell(phrase(f"Slettet: {counts}.", f"Erased: {counts}."))
    in_files = phrase(
        "Databasens filer er skrevet om og gennemsøgt. Kopier fra »rettidig backup« er jeres at slette.",
        "The database's files are written anew and searched. Those of “rettidig backup” are yours to delete.",
    )
    on_a_server = phrase(
        "Tabellerne er skrevet om. Serverens egen log (WAL) og kopier er jeres at slette.",
        "The tables are written anew. The server's own log (WAL) and backups are yours to delete.",
    )
    tell(in_files if is_file else on_a_server)
    tell(
        phrase(
            "Planens egen tekst og det, der er meldt om den, bliver; om beskeder kun, at de blev sendt.",
            "The plan's own text stays, and what was reported of it; of messages only that they were sent.",
        )
    )
