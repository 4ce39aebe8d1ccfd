"""A calendar server may answer anything; what it gets to see is what is meant for it."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from ipaddress import ip_network
from socket import socket
from threading import Event

import pytest
from pydantic import SecretStr

from service.delivery.caldav import Collection, CollectionError, Listing, Place
from service.delivery.diagnosis import explain_collection
from service.delivery.mirroring import writable
from service.delivery.receipt import Answer, Receipt
from tests.delivery.certificates import Authority
from tests.delivery.webhook_receiver import (
    WebhookReceiver,
    babbles,
    breaks_off,
    drips_a_body,
    drips_headers,
    http,
    keeps_silent,
    resets,
)

NOW = datetime(2024, 3, 1, 7, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("everything_logged")

BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    b'<multistatus xmlns="DAV:">&c;</multistatus>'
)


def look(url: str, *networks: str) -> Listing:
    place = Place(url=SecretStr(url), username="user-canary", password=SecretStr("canary:æ"))
    assert "canary" not in repr(place)
    inside = [ip_network(each) for each in networks]
    with closing(Collection(place, NOW, inside, total_seconds=0.5)) as collection:
        return collection.look(depth=1)


def refusal(ask: Callable[[], object]) -> Receipt:
    with pytest.raises(CollectionError) as failed:
        ask()
    assert "canary" not in repr(failed.value) + repr(failed.value.receipt)
    return failed.value.receipt


def multistatus(*responses: str) -> bytes:
    spaces = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
    return f'<?xml version="1.0"?><multistatus {spaces}>{"".join(responses)}</multistatus>'.encode()


def response(href: str, properties: str, status: str = "HTTP/1.1 200 OK") -> str:
    found = f"<propstat><prop>{properties}</prop><status>{status}</status></propstat>"
    return f"<response><href>{href}</href>{found}</response>"


CALENDAR = "<resourcetype><collection/><C:calendar/></resourcetype><S:getctag>7</S:getctag>"


@pytest.mark.parametrize(
    ("answering", "code", "says"),
    [
        (http("301 Moved", Location="https://canary.example/"), "301", "viser videre"),
        (http("401 Unauthorized"), "401", "app-adgangskode"),
        (http("403 Forbidden"), "403", "ret til at redigere"),
        (http("404 Not Found"), "404", "RETTIDIG_RECIPIENTS__SB__COLLECTION__URL"),
        (http("405 Not Allowed"), "405", "ret til at redigere"),
        (http("429 Slow Down"), "429", "prøver selv igen"),
        (http("503 Away"), "503", "prøver selv igen"),
        (http("507 Full"), "507", "ikke plads"),
        (http("200 OK", b"<html>canary</html>"), "not-caldav", "taler ikke CalDAV"),
        (http("207 Multi-Status", b"canary"), "not-caldav", "taler ikke CalDAV"),
        (http("207 Multi-Status", multistatus()), "not-caldav", "taler ikke CalDAV"),
        (http("207 Multi-Status", BOMB), "not-caldav", "taler ikke CalDAV"),
        (babbles, "garbled", "svarede ikke færdigt"),
        (breaks_off, "garbled", "svarede ikke færdigt"),
        (keeps_silent, "silent", "svarede ikke færdigt"),
        (drips_headers, "silent", "svarede ikke færdigt"),
        (drips_a_body, "silent", "svarede ikke færdigt"),
        (resets, "dropped", "svarede ikke færdigt"),
    ],
)
def test_each_answer_is_told_in_plain_words(answering: Callable[..., None], code: str, says: str) -> None:
    with WebhookReceiver(answering).running() as receiver:
        receipt = refusal(lambda: look(receiver.url().partition("?")[0]))
    assert code == receipt.code
    assert says in explain_collection(receipt, "da", "sb")
    assert "{" not in explain_collection(receipt, "en", "sb")


def test_the_password_goes_in_utf_8_and_only_where_the_address_says() -> None:
    with WebhookReceiver(http("404 Not Found")).running() as receiver:
        refusal(lambda: look(f"http://127.0.0.1:{receiver.port}/cal"))
    (request,) = receiver.requests
    assert request.startswith(b"PROPFIND /cal/ HTTP/1.1")
    assert b"Authorization: Basic dXNlci1jYW5hcnk6Y2FuYXJ5OsOm\r\n" in request


@pytest.mark.parametrize("url", ["http://sky.example.dk/cal/", "http://10.0.0.1/", "ftp://127.0.0.1/", ""])
def test_no_password_leaves_without_tls_except_to_this_machine(url: str) -> None:
    assert "bad-url" == refusal(lambda: look(url)).code


@pytest.mark.parametrize("host", ["10.20.0.7", "192.168.1.1", "169.254.169.254", "[fd00::1]", "100.64.0.1"])
def test_the_network_itself_is_closed_unless_the_settings_open_it(host: str) -> None:
    receipt = refusal(lambda: look(f"https://{host}/cal/"))
    assert "forbidden-address" == receipt.code
    assert "RETTIDIG_CALDAV__NETWORKS" in explain_collection(receipt, "da", "sb")


def test_a_network_that_is_opened_opens_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebhookReceiver(http("404 Not Found")).running() as inside:
        found = [(2, 1, 6, "", ("127.0.0.1", inside.port))]
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
        url = f"https://sky.example.dk:{inside.port}/canary/"
        assert "forbidden-address" == refusal(lambda: look(url, "10.0.0.0/8")).code
        assert [] == inside.requests
        assert refusal(lambda: look(url, "127.0.0.0/8")).code.startswith("tls-"), (
            "the door is open, TLS holds"
        )


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_password(authority: Authority) -> None:
    with WebhookReceiver(http("404 Not Found"), authority.server()).running() as receiver:
        receipt = refusal(lambda: look(f"https://127.0.0.1:{receiver.port}/cal/"))
    assert "tls-untrusted" == receipt.code
    assert [] == receiver.requests or b"canary" not in receiver.requests[0]


def test_what_lies_in_a_calendar_is_listed_under_the_names_it_has_there() -> None:
    body = multistatus(
        response("/dav/sb/kalender/", CALENDAR),
        response("/dav/sb/kalender/r%C3%B8d.ics", '<getetag>"1"</getetag>'),
        response("https://sky.example.dk/dav/sb/kalender/b.ics", '<getetag>\n "2"</getetag>'),
        response("/dav/sb/kalender/gone.ics", "<getetag/>", "HTTP/1.1 404 Not Found"),
        response("/dav/sb/kalender/folder/", "<resourcetype><collection/></resourcetype>"),
    )
    with WebhookReceiver(http("207 Multi-Status", body)).running() as receiver:
        found = writable(look(f"http://127.0.0.1:{receiver.port}/proxied/"))
    assert {"rød.ics": '"1"', "b.ics": '"2"', "gone.ics": ""} == found.etags
    assert "7" == found.state


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ("<resourcetype><collection/></resourcetype>", "no-calendar"),
        (
            CALENDAR + "<C:supported-calendar-component-set><C:comp name='VTODO'/>"
            "</C:supported-calendar-component-set>",
            "no-calendar",
        ),
        (
            f"{CALENDAR}<current-user-privilege-set><privilege><read/></privilege></current-user-privilege-set>",
            "read-only",
        ),
    ],
)
def test_what_is_no_calendar_or_only_to_be_read_is_not_written_in(properties: str, code: str) -> None:
    body = multistatus(response("/dav/sb/", properties))
    with WebhookReceiver(http("207 Multi-Status", body)).running() as receiver:
        there = look(f"http://127.0.0.1:{receiver.port}/dav/sb/")
    receipt = refusal(lambda: writable(there))
    assert code == receipt.code
    assert explain_collection(receipt, "da", "sb").startswith(("Adressen er ingen", "Brugeren må ikke"))


def test_a_server_that_drips_is_cut_off_also_at_a_later_request() -> None:
    """A kept connection is not opened anew, and what is not opened nobody cuts off."""
    answers = iter([http("207 Multi-Status", multistatus(response("/", CALENDAR))), drips_a_body])

    def answering(connection: socket, closing_down: Event) -> None:
        next(answers)(connection, closing_down)

    with WebhookReceiver(answering).running() as receiver:
        place = Place(url=SecretStr(f"http://127.0.0.1:{receiver.port}/"))
        with closing(Collection(place, NOW, total_seconds=0.5)) as collection:
            collection.look()
            assert "silent" == refusal(lambda: collection.read("a.ics")).code
    assert all(b"Connection: close" in request for request in receiver.requests)


@pytest.mark.parametrize(("stage", "code"), [("WRITE", "400"), ("WRITE", "409"), ("REMOVE", "403")])
def test_what_a_trash_bin_stands_in_the_way_of_is_told_with_what_to_do(stage: str, code: str) -> None:
    receipt = Receipt(answer=Answer.DELAYED, stage=stage, code=code)
    assert "papirkurv" in explain_collection(receipt, "da", "sb")
    assert "trash bin" in explain_collection(receipt, "en", "sb")
