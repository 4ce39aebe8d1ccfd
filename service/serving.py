"""What `rettidig run` makes of the parts: rounds on the scheduler's tick, and pages with an entrance.

It stands apart since the scheduler and the web framework take as long to load as all else, and no other
command needs them.
"""

from contextlib import closing
from dataclasses import replace
from functools import partial

import structlog

from service.bootstrap import (
    Parts,
    card_round,
    collection_round,
    inbox_round,
    mail_round,
    plan_round,
    site_of,
)
from service.clock import CarefulClock, ClockWatch
from service.configured import base_url_of
from service.daemon import Daemon, Round
from service.delivery.patience import WHILE_SOMEBODY_WAITS
from service.delivery.smtp import Relay, SmtpTransport
from service.messages.email import Mail
from service.settings import Settings
from service.web.app import create_app
from service.web.callers import Proxies, networks
from service.web.feed_keeping import keep_feeds
from service.web.server import WebServer
from service.web.sign_in import Entrance
from service.web.site import Site

log = structlog.get_logger()


def daemon_of(parts: Parts, site: Site | None = None) -> Daemon:
    """The rounds in the order of the data; a channel in trouble does not hold up the others.

    With a site, the last good copies of its feeds are kept.
    """
    watch = ClockWatch()
    careful = replace(parts, clock=CarefulClock(parts.clock, watch))  # a document may be read for long
    rounds: dict[str, Round] = {"plan": partial(plan_round, careful)}
    if parts.relay:
        rounds["mail"] = partial(mail_round, parts, parts.relay)
    if parts.webhooks:
        rounds["cards"] = partial(card_round, parts)
    if parts.collections:
        rounds["collections"] = partial(collection_round, parts)
    if site:
        rounds["feeds"] = partial(keep_feeds, site)
    if parts.inbox:
        rounds["inbox"] = partial(inbox_round, parts, parts.inbox)
    return Daemon(rounds, parts.tick, parts.stopping, watch)


def web_of(settings: Settings, parts: Parts) -> WebServer:
    site = site_of(parts, language=settings.language, base_url=base_url_of(settings))
    app = create_app(site, entrance=entrance_of(settings, parts), per_minute=settings.web.per_minute)
    return WebServer(app, settings.web.host, settings.web.port)


def entrance_of(settings: Settings, parts: Parts) -> Entrance:
    """How the coordinator signs in; links are mailed only where mail can leave and pages can be reached."""
    relay = parts.relay if settings.base_url else None
    return Entrance(
        emails=settings.coordinator.email,
        sender=parts.stationery.sender,
        post=partial(post_at_once, parts, relay) if relay else None,
        proxies=Proxies(networks=networks(settings.web.proxies), user_header=settings.web.user_header),
    )


def post_at_once(parts: Parts, relay: Relay, mail: Mail) -> None:
    """Hand over a mail that somebody waits for, past the outbox and whatever the hour."""
    with closing(SmtpTransport(relay, WHILE_SOMEBODY_WAITS)) as transport:
        sender, address = parts.stationery.sender.mailbox.address, mail.envelope.to.address
        receipt = transport.send(sender, address, bytes(mail))
    log.info("sign-in-mailed", answer=receipt.answer.value, code=receipt.code)
