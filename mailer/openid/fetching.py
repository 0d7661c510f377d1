"""Ask the provider over HTTP: no redirects, short patience, small answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from mailer.errors import BackendUnavailable, Place, Problem
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMEOUT_S = 10.0
_LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the provider answered."""

    status: int
    kind: str
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the answer as a table. Raises BackendUnavailable when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise unavailable(_("its answer is not JSON")) from error
        if not isinstance(found, dict):
            raise unavailable(_("its answer is not JSON"))
        return found


class ProviderHttp:
    """The connection to the provider."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False)

    def get(self, url: str, *, token: str = "") -> Fetched:
        headers = {"Accept": "application/json, application/jwt"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self._ask("GET", url, headers=headers)

    def post(
        self, url: str, fields: Mapping[str, str], *, login: tuple[str, str] | None = None
    ) -> Fetched:
        """Send a form, with the name and password of this desk if there are any."""
        options: dict[str, Any] = {"data": dict(fields), "headers": {"Accept": "application/json"}}
        return self._ask("POST", url, **options, **({"auth": login} if login else {}))

    def close(self) -> None:
        self._client.close()

    def _ask(self, method: str, url: str, **options: Any) -> Fetched:
        try:
            with self._client.stream(method, url, **options) as answer:
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > _LARGEST_BYTES:
                        raise unavailable(_("its answer is too large"))
                kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
                return Fetched(answer.status_code, kind, body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise unavailable(_("it cannot be reached")) from error


def unavailable(why: Text) -> BackendUnavailable:
    """Return the error for a provider that does not answer as it should."""
    what = _("the sign-in by the provider does not work now: {why}", why=why)
    remedy = _("Try again in a minute, or sign in with a password.")
    return BackendUnavailable(Problem(Place("desk", key="provider"), what, remedy))
