"""What the daemon does once a day: let go of what has been kept for long enough."""

from datetime import datetime, timedelta

import structlog

from service.clock import Clock
from service.reminders.office import Office
from service.storage import install, plans
from service.storage.copies import forget_old_copies
from service.storage.database import Database
from service.storage.pruning import prune
from service.storage.record import last_entry

log = structlog.get_logger()


def tidy(database: Database, clock: Clock, office: Office) -> None:
    """On the first round of each day, prune every table and remove old copies of the database.

    The log then says how far the record goes and with which hash, so that who reads it later can tell whether
    the record has been cut or written anew since.
    """
    now = clock.now()
    today = office.rules.local_day(now)
    with database.read() as connection:
        if install.tidied_on(connection) == today.isoformat():
            return
        latest = plans.latest_revision(connection)
        stand = plans.standings(connection, office.duty(office.settle(latest.plan)[0])) if latest else []
    with database.write() as connection:
        gone = prune(connection, office.retention, stand, now=now, today=today)
        install.note_tidied(connection, today)
        last = last_entry(connection)
    database.checkpoint()
    if gone:
        log.info("pruned", **gone)
    if last:
        log.info("record", last=last.number, hash=last.hash)
    _forget_old_copies(database, office.retention.copies, now)


def _forget_old_copies(database: Database, keep: int | None, now: datetime) -> None:
    if database.file and keep is not None:
        gone = forget_old_copies(database.file, now - timedelta(keep))
        if gone:
            log.info("copies-removed", files=gone)
