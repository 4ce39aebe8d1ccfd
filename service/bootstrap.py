"""The one place where parts are put together. Settings stop here; what is opened is closed, in reverse."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from threading import Event

from pydantic import SecretStr

from service.clock import Clock, SystemClock, clock_as_of
from service.configured import office_of, stationery_of
from service.delivery.caldav import Place
from service.delivery.collecting import Keeper, keep_all
from service.delivery.guarded_http import Networks
from service.delivery.oauth import AccessTokens, MicrosoftApp
from service.delivery.outbox import CARD_CHANNELS, MAIL_CHANNELS, Pace, Way, compose_due, deliver
from service.delivery.patience import BY_THE_RFC, Patience
from service.delivery.receipt import Answer, Receipt
from service.delivery.smtp import Relay, SmtpTransport
from service.delivery.webhook import WebhookTransport
from service.errors import Language
from service.importing import PlanFile, log_unclear, look_at_plan
from service.incoming.inbox import Inbox
from service.incoming.reading import Tally, look_into
from service.messages.composing import Stationery
from service.reading.reader import read_plan
from service.reminders.notice import Channel
from service.reminders.office import Office
from service.rounds import desk, hearers_now, plan_notices
from service.settings import Settings
from service.settings.model import Oauth
from service.storage import install, outgoing
from service.storage.collected import visit_all_anew
from service.storage.database import Database
from service.storage.feed_copies import doubt_all_copies
from service.storage.install import open_installation
from service.storage.outgoing import Claimed
from service.storage.troubles import end_calendar_troubles, end_inbox_troubles
from service.upkeep import tidy
from service.web.site import Site

# A webhook that hangs takes one of them for half a minute.
POSTERS = 3
TRIES_OF_A_CARD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a command may need, open and ready.

    `webhooks` are those behind the Teams channels, by the channels' addresses; `relay` and `inbox` are None
    when no host is set.
    """

    clock: Clock
    database: Database
    office: Office
    stationery: Stationery
    plan_file: PlanFile
    webhooks: Mapping[str, SecretStr]
    collections: Mapping[str, Place] = field(default_factory=dict)
    inside: Networks = ()
    relay: Relay | None
    connections: int
    per_minute: int
    tick: timedelta
    inbox: Inbox | None = None
    patience: Patience = BY_THE_RFC
    stopping: Event = field(default_factory=Event)


@contextmanager
def open_parts(settings: Settings) -> Iterator[Parts]:
    """Put the parts together from the settings; the database is brought to this program's schema."""
    with open_installation(settings.database_url.get_secret_value()) as database:
        yield Parts(
            clock=clock_of(settings),
            database=database,
            office=office_of(settings),
            stationery=stationery_of(settings),
            relay=relay_of(settings),
            plan_file=PlanFile(Path(settings.plan), read_plan),
            webhooks=settings.webhooks(),
            collections=places_of(settings),
            inside=[ip_network(each) for each in settings.caldav.networks],
            connections=settings.smtp.connections,
            per_minute=settings.smtp.per_minute,
            tick=timedelta(seconds=settings.tick_seconds),
            inbox=inbox_of(settings),
        )


def places_of(settings: Settings) -> dict[str, Place]:
    return {
        key: Place(url=each.url, username=each.username, password=each.password)
        for key, each in settings.collections().items()
        if each.url
    }


def clock_of(settings: Settings) -> Clock:
    return clock_as_of(settings.as_of, settings.timezone) if settings.as_of else SystemClock()


def relay_of(settings: Settings) -> Relay | None:
    smtp = settings.smtp
    if not smtp.host:
        return None
    return Relay(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        username=smtp.username or None,
        password=smtp.password.get_secret_value() if smtp.password else None,
        token=_token_of(smtp.oauth),
        ca_file=str(smtp.ca_bundle) if smtp.ca_bundle else None,
    )


def inbox_of(settings: Settings) -> Inbox | None:
    inbox = settings.inbox
    if not inbox.host:
        return None
    return Inbox(
        host=inbox.host,
        port=inbox.port,
        security=inbox.security,
        username=inbox.username,
        password=inbox.password.get_secret_value() if inbox.password else "",
        token=_token_of(inbox.oauth),
        ca_file=str(inbox.ca_bundle) if inbox.ca_bundle else None,
        folder=inbox.folder,
        move_to=inbox.move_to,
        every=timedelta(minutes=inbox.minutes),
    )


def _token_of(oauth: Oauth) -> AccessTokens | None:
    """One source of tokens for all connections, since it remembers the last one."""
    if oauth.client_secret is None:
        return None
    return AccessTokens(
        MicrosoftApp(
            tenant=oauth.tenant,
            client_id=oauth.client_id,
            client_secret=oauth.client_secret.get_secret_value(),
        )
    )


@contextmanager
def on_duty(parts: Parts) -> Iterator[None]:
    """Be the only daemon on this database, and take up at once what a dead one had in its hands."""
    with parts.database.alone() as is_certain:
        with parts.database.write() as connection:
            if is_certain:
                outgoing.release_leases(connection)
            visit_all_anew(connection, parts.clock.now())
            doubt_all_copies(connection)
            end_calendar_troubles(connection, parts.collections.keys(), parts.clock.now())
            end_inbox_troubles(connection, parts.clock.now(), but=parts.inbox.place if parts.inbox else "")
        yield


def plan_round(parts: Parts) -> None:
    """Import the document if it changed, plan the notices, tidy once a day, and leave a sign of life."""
    imported = look_at_plan(parts.database, parts.clock, parts.office.rules, parts.plan_file)
    if imported:
        log_unclear(parts.database, parts.office)
    plan_notices(parts.database, parts.clock, parts.office)
    tidy(parts.database, parts.clock, parts.office)
    with parts.database.write() as connection:
        install.note_tick(connection, parts.clock.now())


def mail_round(parts: Parts, relay: Relay) -> int:
    """In open hours, compose the mails that are due and hand them over, on as many connections as are set."""

    def one_connection(_number: int) -> int:
        with closing(SmtpTransport(relay, parts.patience)) as transport:
            send = partial(hand_over_mail, parts, transport)
            return _deliver(parts, Way(channels=MAIL_CHANNELS, send=send, pace=Pace(parts.per_minute)))

    return _round(parts, MAIL_CHANNELS, one_connection, parts.connections)


def card_round(parts: Parts) -> int:
    """In open hours, compose the cards that are due and post them, several at a time: one may hang."""

    def one_poster(_number: int) -> int:
        with closing(WebhookTransport(total_seconds=parts.patience.card)) as transport:
            send = partial(post_card, parts, transport)
            return _deliver(
                parts, Way(channels=CARD_CHANNELS, send=send, most_tries=partial(tries_of_a_card, parts))
            )

    return _round(parts, CARD_CHANNELS, one_poster, POSTERS)


def collection_round(parts: Parts) -> None:
    """Bring each calendar collection up to date, whatever the hour: nobody is disturbed by it."""
    keeper = Keeper(
        database=parts.database,
        clock=parts.clock,
        office=parts.office,
        stationery=parts.stationery,
        inside=parts.inside,
        is_stopping=parts.stopping.is_set,
    )
    keep_all(keeper, parts.collections)


def inbox_round(parts: Parts, inbox: Inbox) -> Tally:
    """Read what answers have come. It has a thread of its own: a server that hangs holds up nothing else."""
    return look_into(parts.database, parts.clock, parts.office, inbox, parts.stopping.is_set)


def _round(
    parts: Parts, channels: tuple[Channel, ...], deliver_once: Callable[[int], int], senders: int
) -> int:
    """Compose what is due, and let so many senders at once hand it over; returns how many were accepted."""
    if not parts.office.rules.is_open(parts.clock.now()):
        return 0
    desk_of = partial(desk, parts.database, parts.office, parts.stationery, parts.relay)
    compose_due(parts.database, parts.clock, parts.office.rules, desk_of, channels)
    with ThreadPoolExecutor(max_workers=senders) as pool:
        return sum(pool.map(deliver_once, range(senders)))


def _deliver(parts: Parts, way: Way) -> int:
    return deliver(parts.database, parts.clock, parts.office.rules, way, is_stopping=parts.stopping.is_set)


def tries_of_a_card(parts: Parts, claimed: Claimed) -> int:
    """Three, where somebody can be told by mail instead; else as many as a mail gets."""
    if parts.relay is None:
        return 0
    told = hearers_now(parts.database, parts.office)
    is_behind = any(hearer.instead for hearer in told if hearer.address == claimed.address)
    is_stood_for = any(hearer.is_coordinator and hearer.channel is Channel.EMAIL for hearer in told)
    return TRIES_OF_A_CARD if is_behind or is_stood_for else 0


def hand_over_mail(parts: Parts, transport: SmtpTransport, claimed: Claimed) -> Receipt:
    return transport.send(parts.stationery.sender.mailbox.address, claimed.address, claimed.body)


def post_card(parts: Parts, transport: WebhookTransport, claimed: Claimed) -> Receipt:
    url = parts.webhooks.get(claimed.address)
    if url is None:
        return Receipt(answer=Answer.FAILED, code="no-webhook")
    return transport.send(url.get_secret_value(), claimed.body, parts.clock.now())


def site_of(parts: Parts, *, language: Language, base_url: str) -> Site:
    return Site(
        database=parts.database,
        clock=parts.clock,
        templates=parts.stationery.templates,
        language=language,
        base_url=base_url,
        organizer=parts.stationery.sender.mailbox,
        office=parts.office,
    )
