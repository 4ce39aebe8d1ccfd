"""What `doctor` and `test-send` find out about calendar collections."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime

from service.bootstrap import Parts
from service.cli.checks import Check
from service.cli.output import phrase, reply_language
from service.delivery.caldav import Collection, CollectionError, Place
from service.delivery.diagnosis import explain_collection
from service.delivery.mirroring import writable
from service.messages.calendar import CalendarEntry, Version
from service.messages.collection import compose_collection
from service.messages.feed import Row
from service.reminders.notice import Recipient
from service.reminders.trouble import Medium
from service.storage.collected import collection_id, left_behind
from service.storage.troubles import end_trouble

Trial = Callable[[Collection], object]

# Not the name of any plan, so that no other resource has the name of a trial's.
_TRIAL = "test"


def collection_checks(parts: Parts) -> Iterator[Check]:
    """Whether each can be reached and written in, by looking alone; and what is left in others."""
    for key, place in parts.collections.items():
        ready = phrase(
            "Kalenderen svarer, og vi må skrive i den.", "The calendar answers; we may write in it."
        )
        yield _tried(parts, key, place, lambda collection: writable(collection.look()), ready)
    yield from _left_behind(parts)


def _left_behind(parts: Parts) -> Iterator[Check]:
    with parts.database.read() as connection:
        known = [
            collection_id(connection, each.url.get_secret_value()) for each in parts.collections.values()
        ]
        left = left_behind(connection, known)
    for each in left:
        said = phrase(
            f"{each.entries} frister står stadig i en kalender, som indstillingerne ikke kender mere. Slet "
            "dem dér, eller sæt dens adresse igen uden collection blandt kanalerne, så tages de ud.",
            f"{each.entries} deadlines still stand in a calendar that the settings do not know any more. "
            "Delete them there, or set its address again without collection among the channels, which "
            "takes them out.",
        )
        yield Check(name=each.recipient.upper(), fine=False, sentence=said)


def tried_collection(parts: Parts, recipient: Recipient, entry: CalendarEntry) -> Iterator[Check]:
    """Write a made-up entry into a recipient's collection, if it wants one, and take it out again."""
    place = parts.collections.get(recipient.key)
    if place is None or not recipient.preferences.collection:
        return
    now = parts.clock.now()
    done = phrase(
        "En prøvefrist blev skrevet og taget ud igen.", "A test entry was written and taken out again."
    )
    check = _tried(parts, recipient.key, place, lambda collection: _write(collection, entry, now), done)
    if check.fine:
        with parts.database.write() as connection:
            end_trouble(connection, Medium.CALENDAR, recipient.key, now)
    yield Check(name=phrase("kalenderen", "calendar"), fine=check.fine, sentence=check.sentence)


def _write(collection: Collection, entry: CalendarEntry, now: datetime) -> None:
    there = writable(collection.look(depth=1))
    row = Row(entry, Version(sequence=0, changed_at=now))
    for name, ics in compose_collection([row], _TRIAL).resources.items():
        collection.write(name, ics, there.etags.get(name))
        collection.remove(name, "")


def _tried(parts: Parts, key: str, place: Place, trial: Trial, done: str) -> Check:
    with closing(Collection(place, parts.clock.now(), parts.inside)) as collection:
        try:
            trial(collection)
        except CollectionError as failed:
            said = explain_collection(failed.receipt, reply_language(), key)
            return Check(name=key.upper(), fine=False, sentence=said)
    return Check(name=key.upper(), fine=True, sentence=done)
