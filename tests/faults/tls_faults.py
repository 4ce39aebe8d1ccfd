"""Five ways in which a connection is not to be trusted: no byte of a mail or password until it is mended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from ssl import SSLContext

from service.bootstrap import Parts
from service.delivery.patience import Patience
from service.delivery.relay import Relay
from service.delivery.replies import Stage
from service.reminders.notice import Channel
from tests.delivery.certificates import Authority, make_authority
from tests.delivery.scripted_relay import ScriptedRelay, says
from tests.faults.seen import Scale, Seen
from tests.faults.workday import at_work, milestones_on
from tests.workplace import a_recipient

USERNAME, PASSWORD = "frister", "hemmeligt-kodeord"
ADDRESS = "anna@example.dk"
PATIENCE = Patience(connect=10, opening=10, content=10, end=10)
A_MORNING = timedelta(hours=3)
SAID_IN_THE_CLEAR = {"EHLO", "ehlo", "STARTTLS", "QUIT"}

FAULTS: dict[str, Callable[[Authority], SSLContext | None]] = {
    "STARTTLS is not offered": lambda _: None,
    "STARTTLS is refused": lambda authority: authority.server(),
    "the certificate is for another name": lambda authority: authority.server(names=("other.example",)),
    "the certificate has expired": lambda authority: authority.server(days=-1),
    "nobody vouches for the certificate": lambda authority: authority.self_signed(),
}


def five_tls_faults(random: Random, scale: Scale, folder: Path) -> Seen:
    del random, scale
    seen, authority = Seen(), make_authority(folder)
    for number, (name, tls) in enumerate(FAULTS.items()):
        room = folder / f"tls-{number}"
        room.mkdir()
        _fault(seen, name, tls(authority), authority, room)
    seen.note(f"{len(FAULTS)} faults, each for three simulated hours and then mended")
    seen.note(f"{len(seen.broken)} with a byte of mail or password in the clear, or lost")
    return seen


def _fault(seen: Seen, name: str, tls: SSLContext | None, authority: Authority, room: Path) -> None:
    refuses = {Stage.TLS: says("454 4.7.0 no TLS today")} if name == "STARTTLS is refused" else {}
    relay = ScriptedRelay(refuses, tls=tls, times=1_000_000)

    def change(parts: Parts) -> Parts:
        reached = Relay(
            host="127.0.0.1",
            port=relay.port,
            username=USERNAME,
            password=PASSWORD,
            ca_file=authority.file,
        )
        return replace(parts, relay=reached, patience=PATIENCE)

    person = replace(a_recipient("sb"), emails=(ADDRESS,), channels=frozenset({Channel.EMAIL}))
    with relay.running(), at_work(room, (person,), milestones_on(date(2024, 3, 11)), change) as workday:
        workday.pass_by(A_MORNING, timedelta(minutes=30))
        seen.expect(workday.due() == {"waiting": 1}, f"{name}: {dict(workday.due())} while it lasted")
        seen.expect(relay.connections > 1, f"{name}: it was tried {relay.connections} times only")
        _expect_discretion(seen, name, relay)
        relay.be_well()
        relay.tls = authority.server()
        workday.pass_by(timedelta(hours=2), timedelta(minutes=30), lambda: not workday.waits())
        _expect_discretion(seen, name, relay)
        seen.expect(workday.due() == {"accepted": 1}, f"{name}: {dict(workday.due())} after it was mended")
        seen.expect(len(relay.accepted) == 1, f"{name}: {len(relay.accepted)} mails arrived")


def _expect_discretion(seen: Seen, name: str, relay: ScriptedRelay) -> None:
    """What was said before the handshake, and what bytes that was."""
    clear = bytes(relay.in_the_clear)
    verbs = {line.partition(" ")[0] for line in clear.decode("latin-1").split("\r\n") if line}
    secrets = (USERNAME, PASSWORD, ADDRESS, "AUTH", "MAIL FROM")
    seen.expect(not any(secret.encode() in clear for secret in secrets), f"{name}: told in the clear")
    seen.expect(verbs <= SAID_IN_THE_CLEAR, f"{name}: {sorted(verbs)[:5]} in the clear")
