"""The one place where parts are put together. Settings stop here; what is opened is closed, in reverse."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

from pydantic import SecretStr

from service.clock import Clock, SystemClock, clock_as_of
from service.configured import base_url_of, office_of, stationery_of
from service.daemon import Daemon, Round
from service.delivery.oauth import AccessTokens, MicrosoftApp
from service.delivery.outbox import CARD_CHANNELS, MAIL_CHANNELS, Pace, compose_due, deliver
from service.delivery.receipt import Answer, Receipt
from service.delivery.smtp import Relay, SmtpTransport
from service.delivery.webhook import WebhookTransport
from service.errors import Language
from service.messages.composing import Stationery
from service.reading.reader import read_plan
from service.reminders.notice import Channel
from service.reminders.office import Office
from service.rounds import PlanFile, desk, log_unclear, look_at_plan, plan_notices
from service.settings import Settings
from service.settings.model import Smtp
from service.storage import install, outgoing
from service.storage.database import Database
from service.storage.install import open_installation
from service.storage.outgoing import Claimed
from service.web.app import create_app
from service.web.server import WebServer
from service.web.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a command may need, open and ready. `relay` is None when no SMTP host is set."""

    clock: Clock
    database: Database
    office: Office
    stationery: Stationery
    plan_file: PlanFile
    webhooks: Mapping[str, SecretStr]
    relay: Relay | None
    connections: int
    per_minute: int
    tick: timedelta
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
            plan_file=PlanFile(Path(settings.plan), read_plan),
            webhooks=settings.webhooks(),
            relay=relay_of(settings),
            connections=settings.smtp.connections,
            per_minute=settings.smtp.per_minute,
            tick=timedelta(seconds=settings.tick_seconds),
        )


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
        token=_token_of(smtp),
        ca_file=str(smtp.ca_bundle) if smtp.ca_bundle else None,
    )


def _token_of(smtp: Smtp) -> AccessTokens | None:
    """One source of tokens for all connections, since it remembers the last one."""
    if smtp.oauth.client_secret is None:
        return None
    return AccessTokens(
        MicrosoftApp(
            tenant=smtp.oauth.tenant,
            client_id=smtp.oauth.client_id,
            client_secret=smtp.oauth.client_secret.get_secret_value(),
        )
    )


@contextmanager
def on_duty(parts: Parts) -> Iterator[None]:
    """Be the only daemon on this database, and take up at once what a dead one had in its hands."""
    with parts.database.alone() as is_certain:
        if is_certain:
            with parts.database.write() as connection:
                outgoing.release_leases(connection)
        yield


def daemon_of(parts: Parts) -> Daemon:
    """The rounds in the order of the data; a channel in trouble does not hold up the others."""
    rounds: dict[str, Round] = {"plan": partial(plan_round, parts)}
    if parts.relay:
        rounds["mail"] = partial(mail_round, parts, parts.relay)
    if parts.webhooks:
        rounds["cards"] = partial(card_round, parts)
    return Daemon(rounds, parts.tick, parts.stopping)


def plan_round(parts: Parts) -> None:
    """Import the document if it changed, plan the notices, and leave a sign of life."""
    imported = look_at_plan(parts.database, parts.clock, parts.office.rules, parts.plan_file)
    if imported:
        log_unclear(parts.database, parts.office)
    plan_notices(parts.database, parts.clock, parts.office)
    with parts.database.write() as connection:
        install.note_tick(connection, parts.clock.now())


def mail_round(parts: Parts, relay: Relay) -> int:
    """In open hours, compose the mails that are due and hand them over, on as many connections as are set."""
    if not parts.office.rules.is_open(parts.clock.now()):
        return 0
    _compose(parts, MAIL_CHANNELS)

    def one_connection(_number: int) -> int:
        with closing(SmtpTransport(relay)) as transport:
            send = partial(hand_over_mail, parts, transport)
            pace = Pace(per_minute=parts.per_minute)
            return deliver(
                parts.database,
                parts.clock,
                MAIL_CHANNELS,
                send,
                pace=pace,
                is_stopping=parts.stopping.is_set,
            )

    with ThreadPoolExecutor(max_workers=parts.connections) as senders:
        return sum(senders.map(one_connection, range(parts.connections)))


def card_round(parts: Parts) -> int:
    """In open hours, compose the cards that are due and post them."""
    if not parts.office.rules.is_open(parts.clock.now()):
        return 0
    _compose(parts, CARD_CHANNELS)
    with closing(WebhookTransport()) as transport:
        send = partial(post_card, parts, transport)
        return deliver(parts.database, parts.clock, CARD_CHANNELS, send, is_stopping=parts.stopping.is_set)


def hand_over_mail(parts: Parts, transport: SmtpTransport, claimed: Claimed) -> Receipt:
    return transport.send(parts.stationery.sender.mailbox.address, claimed.address, claimed.body)


def post_card(parts: Parts, transport: WebhookTransport, claimed: Claimed) -> Receipt:
    url = parts.webhooks.get(claimed.recipient)
    if url is None:
        return Receipt(answer=Answer.FAILED, code="no-webhook")
    return transport.send(url.get_secret_value(), claimed.body, parts.clock.now())


def _compose(parts: Parts, channels: tuple[Channel, ...]) -> None:
    desk_of = partial(desk, parts.database, parts.office, parts.stationery)
    compose_due(parts.database, parts.clock, parts.office.rules, desk_of, channels)


def site_of(parts: Parts, *, language: Language, base_url: str) -> Site:
    return Site(
        database=parts.database,
        clock=parts.clock,
        templates=parts.stationery.templates,
        language=language,
        base_url=base_url,
        timezone=parts.office.rules.timezone,
        organizer=parts.stationery.sender.mailbox,
        groups=parts.office.groups,
        done_by=parts.office.rules.done_by,
    )


def web_of(settings: Settings, parts: Parts) -> WebServer:
    site = site_of(parts, language=settings.language, base_url=base_url_of(settings))
    return WebServer(create_app(site), settings.web.host, settings.web.port)
