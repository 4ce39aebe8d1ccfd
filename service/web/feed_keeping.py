"""Keeps the last good copy of each feed that somebody has an address of: no request writes."""

from dataclasses import replace

from sqlalchemy import Connection

from service.logs import log_failure
from service.storage.feed_copies import FeedName, KeptCopy, forget_copies, keep_copy, kept_copies
from service.storage.links import feeds_in_use
from service.web.feed_content import compose
from service.web.feed_shelf import Edition, renewed
from service.web.feeds import edition_of
from service.web.site import Site


def keep_feeds(site: Site) -> None:
    """Compose those feeds anew whose copy is not of the present edition, and keep what they come to."""
    with site.database.read() as connection:
        edition = edition_of(site, connection)
        in_use = feeds_in_use(connection, site.clock.now())
        names = {FeedName(subject, language or site.language) for subject, language in in_use}
        kept = kept_copies(connection)
        old = [name for name in names if name not in kept or kept[name].edition != str(edition)]
        composed = [(name, _composed(site, connection, name, edition, kept.get(name))) for name in old]
    new = [(name, copy) for name, copy in composed if copy]
    surplus = kept.keys() - names
    if new or surplus:
        with site.database.write() as connection:
            forget_copies(connection, surplus)
            for name, copy in new:
                keep_copy(connection, name, copy)


def _composed(
    site: Site, connection: Connection, name: FeedName, edition: Edition, before: KeptCopy | None
) -> KeptCopy | None:
    """None when it cannot be composed just now: what was kept before stays."""
    try:
        composed = compose(replace(site, language=name.language), connection, name.subject)
        return KeptCopy(str(edition), renewed(before.copy if before else None, edition, composed))
    except Exception as broken:  # noqa: BLE001 - one feed must not stand in the way of the others
        log_failure("a feed could not be composed, its last good copy is kept", broken)
        return None
