"""Mails as other people's programs write them: answers to invitations, reports of mail servers, all else.

The answers follow what Exchange, Gmail, Apple and Thunderbird send; the reports what Postfix, Exim, Exchange
Online and Gmail send.
"""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

ME = "frister@example.dk"
BOUNDARY = "=_shape"


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def a_reply_object(
    uid: str,
    attendee: str,
    said: str = "ACCEPTED",
    *,
    at: datetime,
    sequence: int = 0,
    method: str = "REPLY",
    start: str = "DTSTART;VALUE=DATE:20240313",
    comment: str = "",
) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Somebody//Calendar 1.0//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp(at)}",
        f"SEQUENCE:{sequence}",
        f"ORGANIZER:mailto:{ME}",
        f"ATTENDEE;PARTSTAT={said}:mailto:{attendee}",
        start,
        *([f"COMMENT:{comment}"] if comment else []),
        "SUMMARY:Frist: Organisationsbestyrelsen godkender materialet.",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


def _head(sender: str, subject: str, message_id: str, content_type: str, *more: str) -> list[str]:
    return [
        f"From: {sender}",
        f"To: Rettidig <{ME}>",
        f"Subject: {subject}",
        f"Message-ID: <{message_id}>",
        f"Date: {format_datetime(datetime(2024, 2, 12, 9, tzinfo=UTC))}",
        *more,
        "MIME-Version: 1.0",
        f"Content-Type: {content_type}",
    ]


def _mail(head: list[str], *parts: str) -> bytes:
    body = "".join(f"--{BOUNDARY}\r\n{part}\r\n" for part in parts)
    return ("\r\n".join(head) + f"\r\n\r\n{body}--{BOUNDARY}--\r\n").encode()


def _base64(content: bytes) -> str:
    return base64.encodebytes(content).decode().replace("\n", "\r\n")


def from_exchange(sender: str, ics: bytes, message_id: str = "1@prod.outlook.example") -> bytes:
    """text/plain, text/html and text/calendar, the last in base64; the subject is in the user's language."""
    head = _head(sender, "Accepteret: Kalender", message_id, f'multipart/alternative; boundary="{BOUNDARY}"')
    return _mail(
        head,
        'Content-Type: text/plain; charset="iso-8859-1"\r\n\r\n',
        'Content-Type: text/html; charset="iso-8859-1"\r\n\r\n<p></p>',
        'Content-Type: text/calendar; charset="utf-8"; method=REPLY\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64(ics)}",
    )


def from_gmail(sender: str, ics: bytes, message_id: str = "1@mail.gmail.example") -> bytes:
    """The same thing twice: as text/calendar, and as a file of application/ics."""
    head = _head(sender, "Accepteret", message_id, f'multipart/mixed; boundary="{BOUNDARY}"')
    calendar = 'Content-Type: text/calendar; charset="UTF-8"; method=REPLY\r\nContent-Transfer-Encoding: 7bit'
    inner = (
        'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\nContent-Type: text/plain\r\n\r\nJa'
        f"\r\n--in\r\n{calendar}\r\n\r\n{ics.decode()}\r\n--in--"
    )
    attached = (
        'Content-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment; '
        f'filename="invite.ics"\r\nContent-Transfer-Encoding: base64\r\n\r\n{_base64(ics)}'
    )
    return _mail(head, inner, attached)


def from_apple(sender: str, ics: bytes, message_id: str = "1@apple.example") -> bytes:
    """A file alone, of a type that says nothing, behind a text."""
    head = _head(sender, "Ja", message_id, f'multipart/mixed; boundary="{BOUNDARY}"')
    attached = (
        'Content-Type: application/octet-stream; name="iCal-20240212.ics"\r\n'
        'Content-Disposition: attachment; filename="iCal-20240212.ics"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{_base64(ics)}"
    )
    return _mail(head, "Content-Type: text/plain\r\n\r\nJa tak", attached)


def from_thunderbird(sender: str, ics: bytes, message_id: str = "1@thunderbird.example") -> bytes:
    """text/calendar with a long name, in quoted-printable."""
    head = _head(sender, "Begivenhedssvar", message_id, f'multipart/mixed; boundary="{BOUNDARY}"')
    quoted = ics.decode().replace("=", "=3D")
    return _mail(
        head,
        "Content-Type: text/plain; charset=UTF-8\r\n\r\nAnna har accepteret",
        'Content-Type: text/calendar; method=REPLY; charset=UTF-8; name="meeting.ics"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{quoted}",
    )


def alone(sender: str, ics: bytes, message_id: str = "1@alone.example") -> bytes:
    """The object as the whole mail."""
    head = _head(sender, "Re", message_id, "text/calendar; method=REPLY; charset=utf-8")
    return "\r\n".join(head).encode() + b"\r\n\r\n" + ics


CLIENTS = (from_exchange, from_gmail, from_apple, from_thunderbird, alone)


def _report(
    head: list[str], words: str, per_message: str, per_recipient: str, original: str, *, headers: bool
) -> bytes:
    returned = "text/rfc822-headers" if headers else "message/rfc822"
    return _mail(
        head,
        f"Content-Type: text/plain; charset=us-ascii\r\n\r\n{words}",
        f"Content-Type: message/delivery-status\r\n\r\n{per_message}\r\n\r\n{per_recipient}\r\n",
        f"Content-Type: {returned}\r\n\r\n{original}",
    )


_REPORT = f'multipart/report; report-type=delivery-status;\r\n boundary="{BOUNDARY}"'


def _returned(message_id: str, to: str) -> str:
    return f"From: Rettidig <{ME}>\r\nTo: {to}\r\nSubject: Frist\r\nMessage-ID: {message_id}\r\n\r\nHej\r\n"


def from_postfix(
    to: str,
    message_id: str,
    status: str = "5.1.1",
    said: str = "550 5.1.1 <{to}>: Recipient address rejected: User unknown",
    *,
    action: str = "failed",
    name: str = "1@mx.example.dk",
) -> bytes:
    head = _head(
        "Mail Delivery System <MAILER-DAEMON@mx.example.dk>",
        "Undelivered Mail Returned to Sender",
        name,
        _REPORT,
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
    )
    recipient = "\r\n".join(
        [
            f"Final-Recipient: rfc822; {to}",
            f"Original-Recipient: rfc822;{to}",
            f"Action: {action}",
            f"Status: {status}",
            "Remote-MTA: dns; mx.sb.example",
            f"Diagnostic-Code: smtp; {said.format(to=to)}",
        ]
    )
    words = "This is the mail system at host mx.example.dk."
    original = _returned(message_id, to)
    return _report(
        head, words, "Reporting-MTA: dns; mx.example.dk", recipient, original, headers=action == "delayed"
    )


def from_exim(to: str, message_id: str) -> bytes:
    """Status 5.0.0, whatever it was; the other side's own code stands in the diagnosis."""
    head = _head(
        "Mail Delivery System <Mailer-Daemon@exim.example>",
        "Mail delivery failed: returning message to sender",
        "1@exim.example",
        _REPORT,
        "Return-path: <>",
        f"X-Failed-Recipients: {to}",
        "Auto-Submitted: auto-replied",
    )
    recipient = (
        f"Action: failed\r\nFinal-Recipient: rfc822;{to}\r\nStatus: 5.0.0\r\n"
        "Remote-MTA: dns; mx.sb.example\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user here"
    )
    words = "A message that you sent could not be delivered."
    original = _returned(message_id, to)
    return _report(head, words, "Reporting-MTA: dns; exim.example", recipient, original, headers=False)


def from_exchange_online(to: str, message_id: str) -> bytes:
    """The diagnosis begins without a space, and the returned headers may lack their Message-ID."""
    head = _head(
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.onmicrosoft.com>",
        "Undeliverable: Frist",
        "1@DB9PR.eurprd.prod.outlook.example",
        _REPORT,
        f"In-Reply-To: {message_id}",
        f"References: {message_id}",
        "Auto-Submitted: auto-replied",
    )
    recipient = (
        f"Final-Recipient: rfc822;{to}\r\nAction: failed\r\nStatus: 5.1.10\r\n"
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP "
        "address lookup"
    )
    original = f"From: Rettidig <{ME}>\r\nTo: {to}\r\nSubject: Frist\r\n\r\n"
    reporting = "Reporting-MTA: dns;DB9PR.eurprd.prod.outlook.com"
    return _report(head, "Your message couldn't be delivered.", reporting, recipient, original, headers=False)


def from_google(to: str, message_id: str) -> bytes:
    head = _head(
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        "65c9.1@mx.google.com",
        _REPORT,
        "Return-Path: <>",
        f"X-Failed-Recipients: {to}",
        "Auto-Submitted: auto-replied",
        f"In-Reply-To: {message_id}",
        f"References: {message_id}",
    )
    recipient = (
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Remote-MTA: dns; gmail-smtp-in.l.google.com.\r\n"
        "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist."
    )
    original = _returned(message_id, to)
    return _report(head, "", "Reporting-MTA: dns; googlemail.com", recipient, original, headers=False)


SERVERS = (from_postfix, from_exim, from_exchange_online, from_google)


def a_letter(
    sender: str = "anna@sb.example", text: str = "Jeg kan desværre ikke den dag.", **headers: str
) -> bytes:
    """What a person writes, in text and HTML; with `headers` what a machine or a list does."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ME, "Re: Frist"
    mail["Message-ID"] = f"<letter-{abs(hash((sender, text, *headers.values())))}@example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    mail.add_alternative(f"<p>{text}</p>", subtype="html")
    return bytes(mail)
