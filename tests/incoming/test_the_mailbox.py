"""A real IMAP server is read over verified TLS, in small pieces, and each mail has its effect once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from service.delivery.relay import Security
from service.incoming import reading
from service.incoming.inbox import MOST_OF_A_MAIL, Inbox, InboxSession, InboxUnread, opened
from service.incoming.line import ImapLine
from service.incoming.reading import look_into
from service.incoming.taking import Effect
from service.storage.incoming import inbox_state
from service.storage.troubles import open_troubles
from tests.delivery.certificates import Authority
from tests.incoming.dovecot import Dovecot, a_dovecot
from tests.incoming.secretariat import COORDINATOR, SB, Secretariat
from tests.incoming.shapes import a_letter, a_reply_object, alone, from_exchange

NOW = datetime(2024, 2, 12, 7, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(scope="module")
def with_tls(authority: Authority) -> Iterator[Dovecot]:
    certificate = authority.server_file()
    with a_dovecot(certificate, authority.file) as server:
        yield server


def unread(inbox: Inbox) -> tuple[str, str]:
    with pytest.raises(InboxUnread) as caught, opened(inbox):
        pass
    return caught.value.stage, caught.value.code


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mailbox_is_read_over_tls(security: Security, with_tls: Dovecot) -> None:
    with_tls.deliver(a_letter())
    with opened(with_tls.inbox(security)) as session:
        uids = session.uids(after=0, since=LONG_AGO)
        assert uids
        assert a_letter()[:20] == session.fetch(uids[0])[:20]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_no_password_leaves_before_the_certificate_and_its_name_are_verified(
    security: Security, with_tls: Dovecot
) -> None:
    assert ("TLS", "tls-untrusted") == unread(with_tls.inbox(security, ca_file=None))
    assert ("TLS", "tls-name") == unread(with_tls.inbox(security, host="localhost"))
    assert ("TLS", "ca-file") == unread(with_tls.inbox(security, ca_file="/nowhere.pem"))


def test_a_server_without_starttls_is_not_told_a_password(dovecot: Dovecot) -> None:
    assert ("TLS", "no-starttls") == unread(dovecot.inbox("starttls"))


def test_what_is_wrong_is_told_by_how_far_it_came(dovecot: Dovecot) -> None:
    assert ("AUTH", "refused") == unread(dovecot.inbox(password="wrong"))
    assert ("FOLDER", "no-folder") == unread(dovecot.inbox(folder="Nowhere"))
    assert ("CONNECT", "refused") == unread(replace(dovecot.inbox(), port=1))
    assert ("CONNECT", "host-unknown") == unread(replace(dovecot.inbox(), host="nowhere.invalid"))
    assert ("AUTH", "no-login") == unread(dovecot.inbox(token=lambda: "token")), "it knows no XOAUTH2"


def test_a_mailbox_is_opened_by_a_token_as_microsoft_365_wants_it() -> None:
    with a_dovecot(token="genuine") as server:
        with opened(server.inbox(token=lambda: "genuine", password="")) as session:
            assert [] == session.uids(after=0, since=LONG_AGO)
        assert ("AUTH", "refused") == unread(server.inbox(token=lambda: "forged"))


def test_an_answer_is_moved_to_a_folder_with_danish_letters_where_that_is_set(
    secretariat: Secretariat,
) -> None:
    secretariat.dovecot.make_folder("Læst & svaret")
    secretariat.inbox = secretariat.dovecot.inbox(move_to="Læst & svaret")
    secretariat.receive(a_letter(), alone(SB, a_reply_object(secretariat.uid(), SB, at=NOW)))
    assert [""] == secretariat.dovecot.flags()
    assert 1 == len(secretariat.dovecot.flags("Læst & svaret"))


def test_a_folder_that_is_not_there_keeps_no_answer_from_counting(secretariat: Secretariat) -> None:
    secretariat.inbox = secretariat.dovecot.inbox(move_to="Nowhere")
    secretariat.receive(alone(SB, a_reply_object(secretariat.uid(), SB, at=NOW)))
    assert {SB: "accepted"} == secretariat.said()
    assert {} == secretariat.read()


def test_another_folder_than_the_inbox_is_read_where_that_is_set(secretariat: Secretariat) -> None:
    secretariat.dovecot.make_folder("Svar")
    secretariat.inbox = secretariat.dovecot.inbox(folder="Svar")
    assert {} == secretariat.receive(a_letter())


def test_nothing_of_a_mail_of_thirty_megabytes_is_fetched_that_needs_not_be(
    secretariat: Secretariat, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[int] = []
    taken = ImapLine._taken  # noqa: SLF001

    def noting(line: ImapLine, size: int) -> bytes:
        received.append(size)
        return taken(line, size)

    monkeypatch.setattr(ImapLine, "_taken", noting)
    heavy = b"--=_shape--"
    attached = (
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 7_500_000
    )
    answer = from_exchange(SB, a_reply_object(secretariat.uid(), SB, at=NOW))
    big = answer.replace(heavy, b"--=_shape\r\n" + attached + b"\r\n" + heavy)
    assert 30_000_000 < len(big)
    secretariat.receive(big, a_letter(text="x" * 5_000_000))
    assert {SB: "accepted"} == secretariat.said()
    assert MOST_OF_A_MAIL + 20_000 > sum(received)


def test_each_mail_has_its_effect_once_though_the_mailbox_is_numbered_anew(secretariat: Secretariat) -> None:
    uid = secretariat.uid()
    first = alone(SB, a_reply_object(uid, SB, "DECLINED", at=NOW), "a@x")
    second = alone(SB, a_reply_object(uid, SB, "ACCEPTED", at=NOW), "b@x")
    assert {Effect.ANSWERED: 2} == secretariat.receive(first, second)
    assert {} == secretariat.read()
    secretariat.dovecot.renumber()
    assert {Effect.AGAIN: 2} == secretariat.read()
    assert {SB: "accepted"} == secretariat.said()


def test_a_death_at_any_step_loses_no_mail_and_repeats_no_effect(
    secretariat: Secretariat, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def dies(*_: object) -> None:
        raise Died

    uid = secretariat.uid()
    mails = [
        alone(SB, a_reply_object(uid, SB, said, at=NOW), f"{number}@x")
        for number, said in enumerate(("DECLINED", "ACCEPTED", "TENTATIVE"))
    ]
    secretariat.dovecot.deliver(*mails)
    for owner, step in ((reading, "take"), (InboxSession, "put_away"), (reading, "note_position")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, step, dies)
            with pytest.raises(Died):
                secretariat.read()
    assert {Effect.AGAIN: 3} == secretariat.read()
    assert {SB: "tentative"} == secretariat.said()
    with secretariat.workplace.parts.database.read() as connection:
        assert 3 == connection.exec_driver_sql("SELECT count(*) FROM response").scalar_one()


def test_a_mailbox_that_cannot_be_read_is_tried_again_later_and_known_to_be_in_trouble(
    secretariat: Secretariat,
) -> None:
    parts, clock = secretariat.workplace.parts, secretariat.workplace.clock
    down = replace(secretariat.inbox, port=1)
    secretariat.dovecot.deliver(alone(SB, a_reply_object(secretariat.uid(), SB, at=NOW)))

    def look(inbox: Inbox) -> int:
        return look_into(parts.database, clock, parts.office, inbox, lambda: False).total()

    assert 0 == look(down)
    with parts.database.read() as connection:
        state = inbox_state(connection)
    assert ("CONNECT", "refused", clock.now()) == (state.stage, state.code, state.failing_since)
    assert 0 == look(secretariat.inbox), "a moment later it is left alone"
    clock.advance(secretariat.inbox.every)
    assert 1 == look(secretariat.inbox)
    with parts.database.read() as connection:
        assert (None, "") == (inbox_state(connection).failing_since, inbox_state(connection).code)


def test_the_coordinator_is_told_once_when_it_cannot_be_read_for_an_hour_and_what_to_do(
    secretariat: Secretariat,
) -> None:
    parts, clock = secretariat.workplace.parts, secretariat.workplace.clock
    down = replace(secretariat.inbox, port=1)

    def looked_at(inbox: Inbox, minutes: int) -> list[str]:
        for _ in range(minutes // 5):
            look_into(parts.database, clock, parts.office, inbox, lambda: False)
            secretariat.workplace.work()
            clock.advance(inbox.every)
        return [mail["Subject"] for mail in secretariat.mails_to(COORDINATOR)]

    assert [] == looked_at(down, 60)
    assert ["Svar læses ikke: Samlet procesplan"] == looked_at(down, 40)
    text = secretariat.mails_to(COORDINATOR)[0].get_body(("plain",))
    assert text is not None
    assert "127.0.0.1 tager ikke imod på port 1" in text.get_content()
    looked_at(secretariat.inbox, 5)
    with parts.database.read() as connection:
        assert [] == open_troubles(connection)
