"""`links`: the secret addresses of feeds and pages."""

from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from service.bootstrap import Parts, open_parts
from service.cli.options import Json
from service.cli.output import caution, print_json, reply_language, tell
from service.cli.trial import command_settings
from service.errors import RettidigError
from service.reminders.notice import Channel
from service.storage import links as stored_links
from service.storage import plans
from service.storage.links import OF_THE_COORDINATOR, LinkKind

WHOLE_PLAN, COORDINATOR = "plan", "coordinator"

# What is asked for by these names is a key to the whole plan, and changes it.
KEYS = {"coordinator": LinkKind.COORDINATOR, "api": LinkKind.API}


_TWICE = {
    "da": "{key} får allerede fristerne i kalenderen. Den, der også abonnerer, har dem to gange; "
    "skriv feed i stedet for {way} i RETTIDIG_RECIPIENTS__{key}__CHANNELS.",
    "en": "{key} gets the deadlines in a calendar already. Whoever subscribes as well has them twice; "
    "write feed instead of {way} in RETTIDIG_RECIPIENTS__{key}__CHANNELS.",
}


class UnknownPartyError(RettidigError):
    da = "Planen nævner ingen »{party}«. Skriv en af: {parties}; eller plan for hele planen."
    en = "The plan names no “{party}”. Write one of: {parties}; or plan for the whole plan."


def register(app: typer.Typer) -> None:
    app.command()(links)


def links(
    party: Annotated[str | None, typer.Argument(metavar="[ANSVARLIG|plan|coordinator|api]")] = None,
    *,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Luk linkene i stedet for at lave et nyt.")
    ] = False,
    json: Json = False,
) -> None:
    """Lav et hemmeligt link til en kalender, til planen eller til at melde fra planen; eller vis dem."""
    settings = command_settings()
    base = str(settings.base_url or f"http://{settings.web.host}:{settings.web.port}").rstrip("/")
    with open_parts(settings) as parts:
        if party is None:
            answer: Any = _listed(parts)
        elif party in KEYS:
            answer = _key_revoked(parts, party) if revoke else _key_made(parts, party, base)
        elif revoke:
            answer = _revoked(parts, subject_of_party(parts, party))
        else:
            answer = _made(parts, subject_of_party(parts, party), base)
    if json:
        print_json(answer)
    else:
        for each in answer if isinstance(answer, list) else [answer]:
            tell("  ".join(str(value) for value in each.values()))


def subject_of_feed(parts: Parts, name: str) -> str:
    """What the feed that is asked for by this name is of."""
    return OF_THE_COORDINATOR if name == COORDINATOR else subject_of_party(parts, name)


def subject_of_party(parts: Parts, party: str) -> str:
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
    known = [each.id for each in latest.plan.parties] if latest else []
    if party == WHOLE_PLAN:
        return ""
    if party.lower() not in known:
        raise UnknownPartyError(party=party, parties=", ".join(known))
    return party.lower()


def _listed(parts: Parts) -> list[dict[str, str]]:
    with parts.database.read() as connection:
        found = stored_links.links(connection)
    return [
        {
            "kind": link.kind.value,
            "party": _named(link.subject),
            "name": link.name,
            "created_at": link.created_at.isoformat(),
            "revoked_at": link.revoked_at.isoformat() if link.revoked_at else "",
        }
        for link in found
        if link.message_id is None  # each mail brings its own
    ]


def _named(subject: str) -> str:
    return COORDINATOR if subject == OF_THE_COORDINATOR else subject or WHOLE_PLAN


def _revoked(parts: Parts, subject: str) -> dict[str, object]:
    now = parts.clock.now()
    with parts.database.write() as connection:
        kinds = [LinkKind.FEED, LinkKind.PLAN]
        count = sum(stored_links.revoke_links(connection, kind, subject, now) for kind in kinds)
        told = _who_hears_for(parts, connection, subject) if subject else frozenset()
        count += sum(stored_links.revoke_links_of(connection, key, now) for key in sorted(told))
    return {"party": subject or WHOLE_PLAN, "revoked": count}


def _who_hears_for(parts: Parts, connection: Connection, party: str) -> frozenset[str]:
    """Whose mails carry links by which one reports for this party."""
    latest = plans.latest_revision(connection)
    told = parts.office.settle(latest.plan)[1] if latest else ()
    return frozenset(hearer.recipient for hearer in told if party in hearer.parties)


def _otherwise_in_calendars(parts: Parts, connection: Connection, party: str) -> dict[str, str]:
    """By the recipients who hear for a party, how its deadlines come into their calendars already."""
    latest = plans.latest_revision(connection)
    told = parts.office.settle(latest.plan)[1] if latest else ()
    those = [each for each in told if party in each.parties]
    invited = {each.recipient: "invite" for each in those if each.channel is Channel.INVITE}
    return {each.recipient: "collection" for each in those if each.preferences.collection} | invited


def _key_made(parts: Parts, name: str, base: str) -> dict[str, str]:
    with parts.database.write() as connection:
        token = stored_links.create_link(connection, KEYS[name], "", parts.clock.now())
        if name == COORDINATOR:
            made = _feed_made(parts, connection, OF_THE_COORDINATOR, base)
            return {"key": name, name: f"{base}/plan/{token}", **made}
    return {"key": name, name: token}


def _key_revoked(parts: Parts, name: str) -> dict[str, object]:
    with parts.database.write() as connection:
        now = parts.clock.now()
        count = stored_links.revoke_links(connection, KEYS[name], "", now)
        if name == COORDINATOR:
            count += stored_links.revoke_links(connection, LinkKind.FEED, OF_THE_COORDINATOR, now)
    return {"key": name, "revoked": count}


def _made(parts: Parts, subject: str, base: str) -> dict[str, str]:
    now = parts.clock.now()
    with parts.database.write() as connection:
        for key, way in sorted(_otherwise_in_calendars(parts, connection, subject).items()):
            caution(_TWICE[reply_language()].format(key=key.upper(), way=way))
        made = {"party": subject or WHOLE_PLAN, **_feed_made(parts, connection, subject, base)}
        if not subject:
            made["plan"] = f"{base}/plan/{stored_links.create_link(connection, LinkKind.PLAN, '', now)}"
    return made


def _feed_made(parts: Parts, connection: Connection, subject: str, base: str) -> dict[str, str]:
    page = f"{base}/feed/{stored_links.create_link(connection, LinkKind.FEED, subject, parts.clock.now())}"
    return {"feed": f"{page}.ics", "page": page}
