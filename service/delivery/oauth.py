"""The one door to `msal`: access tokens for mail in Microsoft 365 (client credentials).

It goes by `requests`, so HTTPS_PROXY and REQUESTS_CA_BUNDLE hold here too.
"""

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from service.errors import RettidigError

SCOPE = "https://outlook.office365.com/.default"
TIMEOUT_SECONDS = 15.0
NO_SUCH_TENANT = "AADSTS90002"
ERROR_CODE = re.compile(r"AADSTS\d+")


class TokenRefusedError(RettidigError):
    """`code` is Microsoft's own (AADSTS7000215), or the general one of OAuth; never what it says beside."""

    da = "Microsoft gav ingen adgang til mail ({code})."
    en = "Microsoft gave no access to mail ({code})."


class TokenUnreachableError(RettidigError):
    da = "Microsofts login ({host}) kunne ikke nås."
    en = "Microsoft's login ({host}) could not be reached."


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftApp:
    """The app registration that may send (SMTP.SendAsApp) or read (IMAP.AccessAsApp).

    The secret appears in no repr.
    """

    tenant: str
    client_id: str
    client_secret: str = field(repr=False)
    login_host: str = "login.microsoftonline.com"


class AccessTokens:
    """Gives a valid token, for `Relay.token` and `Inbox.token`. For any thread.

    It asks anew from five minutes before the end of the last one.
    """

    def __init__(self, app: MicrosoftApp) -> None:
        self._app = app
        self._lock = Lock()
        self._client: Any = None

    def __call__(self) -> str:
        """Raises TokenRefusedError or TokenUnreachableError."""
        with self._lock:
            answer = self._asked()
        token = answer.get("access_token")
        if not isinstance(token, str):
            raise TokenRefusedError(code=_code_in(answer))
        return token

    def _asked(self) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = self._known_client().acquire_token_for_client([SCOPE])
        except OSError:  # the root of what requests raises, which msal goes by
            raise TokenUnreachableError(host=self._app.login_host) from None
        except ValueError:  # msal's word for a tenant that the login does not know
            raise TokenRefusedError(code=NO_SUCH_TENANT) from None
        return answer

    def _known_client(self) -> Any:  # noqa: ANN401 - msal ships no types
        """Made when first needed, since msal looks the tenant up at once; it keeps the tokens."""
        if self._client is None:
            # It brings an HTTP client and cryptography, which nobody waits for who has no Microsoft 365.
            import msal  # type: ignore[import-untyped]  # noqa: PLC0415

            self._client = msal.ConfidentialClientApplication(
                self._app.client_id,
                client_credential=self._app.client_secret,
                authority=f"https://{self._app.login_host}/{self._app.tenant}",
                instance_discovery=False,  # the host is ours to name; no second one is asked about it
                timeout=TIMEOUT_SECONDS,
            )
        return self._client


def _code_in(answer: dict[str, Any]) -> str:
    found = ERROR_CODE.search(str(answer.get("error_description")))
    return found[0] if found else re.sub(r"\W", "", str(answer.get("error")))[:40]
