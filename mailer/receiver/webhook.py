"""Receive a provider's posts: verify the raw octets, store them, answer.

The service reads the posts later. A refused post gets a status without a body. Providers repeat
a post that was not answered with 2xx, so 503 loses nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from mailer.model.feedback.inbox import WebhookRefusal
from mailer.receiver.bodies import read_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from starlette.requests import Request

    from mailer.ports import WebhookVerifier
    from mailer.receiver.intake import Intake

_STATUS = {
    WebhookRefusal.NO_KEY: 403,
    WebhookRefusal.BAD_SIGNATURE: 403,
    WebhookRefusal.STALE: 403,
    WebhookRefusal.TOO_BIG: 413,
    WebhookRefusal.NOT_EVENTS: 400,
}


class WebhookApp:
    """The web application of the webhook. `refused` counts the refused posts by status.

    `times` says what the time may be, one instant or more.
    """

    def __init__(
        self,
        intake: Intake,
        *,
        path: str,
        verifier: WebhookVerifier,
        times: Callable[[], Sequence[datetime]],
    ) -> None:
        self._intake, self._verifier, self._times = intake, verifier, times
        self.refused: Counter[int] = Counter()
        self.app = Starlette(routes=[Route(path, self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        status = await self._store_post(request)
        if status != 204:
            self.refused[status] += 1
        return Response(status_code=status)

    async def _store_post(self, request: Request) -> int:
        """Verify and store the post. Returns the status of the answer, 204 if it is durable."""
        body = await self._body(request)
        if isinstance(body, int):
            return body
        refused = self._refusal(body, headers=request.headers)
        if refused is not None:
            return _STATUS[refused]
        try:
            await asyncio.wrap_future(self._intake.put(body))
        except Exception:  # noqa: BLE001 — whatever kept it from being stored, it must come again
            return 503
        return 204

    def _refusal(self, body: bytes, *, headers: Mapping[str, str]) -> WebhookRefusal | None:
        """Return why the post is refused at each instant that may be now; None when one fits.

        The provider's clock may be the right one. A post that comes again changes nothing: its
        events are known by their keys.
        """
        for now in self._times():
            refused = self._verifier.refusal(body, headers=headers, now=now)
            if refused is not WebhookRefusal.STALE:
                break
        return refused

    async def _body(self, request: Request) -> bytes | int:
        """Read the body. Returns its octets, or the status of a refusal."""
        if request.headers.get("content-encoding", "identity") != "identity":
            return 415  # a compressed body could expand to a huge one
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > self._verifier.largest_bytes:
            return 413
        return await read_body(request, most_bytes=self._verifier.largest_bytes)
