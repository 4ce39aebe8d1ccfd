"""What a mail server reports of a message is read from whatever shape it has, and classed by its code."""

from collections.abc import Callable

import pytest

from service.incoming.bounce import Bounce, bounce_in
from service.incoming.mail import read_mail
from service.storage.returned import Returned
from tests.incoming.shapes import SERVERS, a_letter, from_postfix

TO = "anna@sb.example"
OURS = "<0123456789abcdef@example.dk>"


def bounce(raw: bytes) -> Bounce:
    found = bounce_in(read_mail(raw).message)
    assert found is not None
    return found


def returned(raw: bytes) -> Returned:
    (found,) = bounce(raw).returned
    return found


@pytest.mark.parametrize("server", SERVERS)
def test_a_report_of_each_server_names_the_message_the_address_and_that_it_does_not_exist(
    server: Callable[[str, str], bytes],
) -> None:
    raw = server(TO, OURS)
    assert OURS in bounce(raw).message_ids
    found = returned(raw)
    assert (True, True, frozenset({TO})) == (found.is_final, found.is_dead, found.recipients)
    assert found.code.startswith("550 5.1.1")


@pytest.mark.parametrize(
    ("status", "said", "is_dead", "code"),
    [
        ("5.1.1", "550 5.1.1 User unknown", True, "550 5.1.1"),
        ("5.1.2", "550 5.1.2 Bad destination system address", True, "550 5.1.2"),
        ("5.1.8", "550 5.1.8 Sender blocked", False, "550 5.1.8"),
        ("5.2.2", "552 5.2.2 Mailbox full", False, "552 5.2.2"),
        ("5.4.4", "550 5.4.4 Unable to route", False, "550 5.4.4"),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", False, "550 5.4.1"),
        ("5.7.1", "550 5.7.1 Message rejected as spam", False, "550 5.7.1"),
        ("5.7.26", "550-5.7.26 This mail is unauthenticated", False, "550 5.7.26"),
        ("5.0.0", "550 5.1.1 No such user", True, "550 5.1.1"),
        ("5.1.1", "550 5.0.0 Something", True, "550 5.1.1"),
        ("5.0.0", "550 Blocked by policy", False, "550 5.0.0"),
        ("4.4.7", "", False, "450 4.4.7"),
        ("5.1.10", "RecipNotFound", True, "550 5.1.10"),
        ("nonsense", "nonsense", False, "550 5.0.0"),
        ("", "", False, "550 5.0.0"),
    ],
)
def test_a_code_means_the_same_as_in_an_answer_to_rcpt(
    status: str, said: str, is_dead: bool, code: str
) -> None:
    found = returned(from_postfix(TO, OURS, status, said))
    assert (True, is_dead, code) == (found.is_final, found.is_dead, found.code)


def test_a_report_that_it_is_still_being_tried_is_not_final() -> None:
    found = returned(from_postfix(TO, OURS, "4.4.1", "", action="delayed"))
    assert (False, False) == (found.is_final, found.is_dead)


@pytest.mark.parametrize("action", ["relayed", "delivered", "expanded", ""])
def test_what_arrived_or_went_on_did_not_come_back(action: str) -> None:
    assert () == bounce(from_postfix(TO, OURS, "2.0.0", "250 ok", action=action)).returned


def test_what_the_other_side_says_is_kept_without_addresses_and_links() -> None:
    said = f"550 5.7.1 <{TO}>: anna is not welcome, see https://example.com/why?rcpt={TO}"
    text = returned(from_postfix(TO, OURS, "5.7.1", said)).text
    assert "not welcome, see" in text
    assert "anna" not in text
    assert "://" not in text


def test_a_letter_with_a_report_in_it_is_none() -> None:
    assert bounce_in(read_mail(a_letter()).message) is None
    report = from_postfix(TO, OURS).replace(
        b"multipart/report; report-type=delivery-status", b"multipart/mixed"
    )
    assert bounce_in(read_mail(report).message) is None


def test_a_report_without_anything_in_it_reports_nothing() -> None:
    empty = (
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    assert Bounce(message_ids=(), returned=()) == bounce(empty)
