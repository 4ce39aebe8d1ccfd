"""Seven stages times eight faults: what each comes to, and that the next message gets through."""

import socket
from threading import Event
from time import monotonic

import pytest

from service.delivery.patience import Patience
from service.delivery.receipt import Answer
from service.delivery.replies import Stage
from service.delivery.smtp import Relay, SmtpTransport
from tests.delivery.scripted_relay import (
    Fault,
    ScriptedRelay,
    babbles,
    drips,
    drops,
    keeps_silent,
    says,
    sends_an_endless_line,
    sends_endless_lines,
)

SENDER, TO = "frister@sender.example", "anna.hansen@example.org"
USERNAME, PASSWORD = "mailbox-canary", "password-canary-æøå"
TELLTALE = f"{TO} {USERNAME} {PASSWORD} https://secret.example/?sig=url-canary"
MAIL = b"Subject: Frist\r\n\r\nmail-canary\r\n"
IMPATIENT = Patience(connect=0.4, opening=0.4, content=0.4, end=0.4)
PATIENT = Patience(connect=10, opening=10, content=10, end=10)

STAGES = (Stage.CONNECT, Stage.EHLO, Stage.AUTH, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END)
FAULTS: dict[str, Fault] = {
    "4xx": says(f"451 4.3.0 {TELLTALE} try later"),
    "5xx": says(f"554 5.0.0 {TELLTALE} refused"),
    "421": says(f"421 4.3.2 {TELLTALE} closing", hangs_up=True),
    "drops": drops,
    "keeps silent": keeps_silent,
    "a byte at a time": drips,
    "garbage": babbles,
    "10 MB line": sends_an_endless_line,
    "10 MB of lines": sends_endless_lines,
}
REPLIES = {"4xx", "5xx", "421"}
SLOW = {"keeps silent", "a byte at a time"}


def expected(stage: Stage, fault: str) -> Answer:
    """The rule behind the matrix, written independently of the table in `replies`."""
    if fault == "5xx" and stage in {Stage.RCPT, Stage.DATA, Stage.END}:
        return Answer.FAILED
    if stage is Stage.END and fault not in REPLIES:
        return Answer.UNCERTAIN
    return Answer.DELAYED


def a_transport(relay: ScriptedRelay, patience: Patience = PATIENT) -> SmtpTransport:
    reached = Relay(host="127.0.0.1", port=relay.port, security="none", username=USERNAME, password=PASSWORD)
    return SmtpTransport(reached, patience)


@pytest.mark.parametrize("extensions", [("AUTH PLAIN",), ("AUTH PLAIN", "PIPELINING")], ids=["", "pipelined"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_at_each_stage_is_classed_bounded_and_survived(
    stage: Stage, fault: str, extensions: tuple[str, ...]
) -> None:
    with ScriptedRelay({stage: FAULTS[fault]}, extensions).running() as relay:
        transport = a_transport(relay, IMPATIENT if fault in SLOW else PATIENT)
        started = monotonic()
        receipt = transport.send(SENDER, TO, MAIL)
        assert monotonic() - started < 2
        assert receipt.answer is expected(stage, fault)
        assert receipt.stage == stage
        assert not receipt.hard_bounce
        assert relay.accepted == []
        for secret in (TO, "anna.hansen", SENDER, USERNAME, PASSWORD, "canary", "sig="):
            assert secret not in repr(receipt)
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        assert relay.accepted == [MAIL]
        transport.close()


def test_a_connection_that_dies_after_acceptance_leaves_the_copy_uncertain() -> None:
    with ScriptedRelay({Stage.END: drops}).running() as relay:
        receipt = a_transport(relay).send(SENDER, TO, MAIL)
    assert (Answer.UNCERTAIN, "dropped", Stage.END) == (receipt.answer, receipt.code, receipt.stage)


def test_a_server_that_reads_no_content_has_not_got_the_message() -> None:
    """The final dot never left, so a second try makes no second copy."""

    def reads_nothing(connection: socket.socket, closing: Event) -> None:
        connection.sendall(b"354 go ahead\r\n")
        closing.wait()

    with ScriptedRelay({Stage.DATA: reads_nothing}).running() as relay:
        receipt = a_transport(relay, IMPATIENT).send(SENDER, TO, b"x" * 20_000_000)
    assert (Answer.DELAYED, "silent", Stage.DATA) == (receipt.answer, receipt.code, receipt.stage)


@pytest.mark.parametrize(
    ("said", "answer", "code"),
    [
        ("552 5.3.4 too big", Answer.FAILED, "552 5.3.4"),
        ("421 4.3.2 closing", Answer.DELAYED, "421 4.3.2"),
        ("250 2.0.0 queued", Answer.DELAYED, "garbled"),
    ],
)
def test_what_is_said_before_the_final_dot_is_no_acceptance_and_the_dot_is_not_sent(
    said: str, answer: Answer, code: str
) -> None:
    heard = bytearray()

    def interrupts(connection: socket.socket, _: Event) -> None:
        connection.sendall(f"354 go ahead\r\n{said}\r\n".encode())
        while more := connection.recv(4096):
            heard.extend(more)
        raise ConnectionAbortedError

    with ScriptedRelay({Stage.DATA: interrupts}).running() as relay:
        transport = a_transport(relay)
        receipt = transport.send(SENDER, TO, MAIL)
        assert (answer, code, Stage.DATA) == (receipt.answer, receipt.code, receipt.stage)
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert heard.endswith(b"mail-canary\r\n")


@pytest.mark.parametrize("rest", ["garbage", "drops", "10 MB line"])
def test_what_comes_after_a_refusal_is_never_taken_for_an_answer_about_the_next_message(rest: str) -> None:
    """Pipelined replies that got out of step could report one message's acceptance for another's."""

    def refuses_and_goes_wrong(connection: socket.socket, closing: Event) -> None:
        connection.sendall(b"550 5.1.1 no such mailbox\r\n")
        FAULTS[rest](connection, closing)

    with ScriptedRelay({Stage.RCPT: refuses_and_goes_wrong}).running() as relay:
        transport = a_transport(relay)
        first = transport.send(SENDER, TO, MAIL)
        assert (Answer.FAILED, "550 5.1.1") == (first.answer, first.code)
        assert transport.send(SENDER, TO, MAIL).answer is Answer.ACCEPTED
        transport.close()
    assert (relay.connections, relay.accepted) == (2, [MAIL])
