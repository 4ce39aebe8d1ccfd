"""What a request carries in its body, read without trust: small, plain, or one sentence."""

import json
from http import HTTPStatus
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

from service.errors import RettidigError

LARGEST = 8_192
MOST_FIELDS = 20


class TooLongError(RettidigError):
    da = "Det er for meget; send højst {most} bytes."
    en = "That is too much; send {most} bytes at most."


class NoJsonObjectError(RettidigError):
    da = 'Skriv et JSON-objekt som {{"kind": "done"}}; værdierne er tekst eller tal.'
    en = 'Write a JSON object such as {{"kind": "done"}}; its values are text or numbers.'


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a form as browsers send it; the last one of a name counts."""
    try:
        return dict(parse_qsl((await _body(request)).decode(), max_num_fields=MOST_FIELDS))
    except (ValueError, TooLongError):
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


async def json_fields(request: Request) -> dict[str, str]:
    """The fields of a JSON object as text; raises TooLongError and NoJsonObjectError."""
    try:
        content = json.loads(await _body(request))
    except (ValueError, RecursionError):
        raise NoJsonObjectError from None
    if not isinstance(content, dict) or not all(_is_plain(value) for value in content.values()):
        raise NoJsonObjectError
    return {name: str(value) for name, value in content.items() if value is not None}


def _is_plain(value: object) -> bool:
    """JSON can write half a character (a lone surrogate), which no database and no page takes."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= each <= "\udfff" for each in value)
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


async def _body(request: Request) -> bytes:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                raise TooLongError(most=LARGEST)
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    return body
