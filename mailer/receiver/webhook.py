"""SendGrid's posts: verified on the raw octets, stored, answered. Read later, elsewhere.

Whatever is not taken is refused with a status and nothing else. SendGrid repeats a post
that was not answered with 2xx for 24 hours, so 503 loses nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from queue import Full
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.errors import LedgerError
from mailer.providers.sendgrid.events import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    WebhookLimits,
    WebhookRefusal,
    refusal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric import ec

    from mailer.receiver.intake import Intake

PATH = "/sendgrid"
_PATIENCE_S = 20.0
"""A sender that takes longer over its body is not SendGrid."""

_STATUS = {
    WebhookRefusal.NO_KEY: 403,
    WebhookRefusal.BAD_SIGNATURE: 403,
    WebhookRefusal.STALE: 403,
    WebhookRefusal.TOO_BIG: 413,
}


class Webhook:
    """The one route. `refused` counts, by status, what was not taken."""

    def __init__(
        self,
        intake: Intake,
        *,
        keys: Sequence[ec.EllipticCurvePublicKey],
        now: Callable[[], datetime],
        limits: WebhookLimits | None = None,
    ) -> None:
        self._intake, self._keys, self._now = intake, keys, now
        self._limits = limits or WebhookLimits()
        self.refused: Counter[int] = Counter()
        self.app = Starlette(routes=[Route(PATH, self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        status = await self._taken(request)
        if status != 204:
            self.refused[status] += 1
        return Response(status_code=status)

    async def _taken(self, request: Request) -> int:
        """The status of the answer: 204 when the post is durable."""
        body = await self._body(request)
        if isinstance(body, int):
            return body
        refused = refusal(
            body,
            signature=request.headers.get(SIGNATURE_HEADER, ""),
            timestamp=request.headers.get(TIMESTAMP_HEADER, ""),
            keys=self._keys,
            now=self._now(),
            limits=self._limits,
        )
        if refused is not None:
            return _STATUS[refused]
        try:
            await asyncio.wrap_future(self._intake.put(body))
        except (Full, LedgerError):
            return 503
        return 204

    async def _body(self, request: Request) -> bytes | int:
        """The octets as they came, or the status that refuses them unread."""
        if request.headers.get("content-encoding", "identity") != "identity":
            return 415  # a small body must not become a large one
        announced = request.headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._limits.body_bytes:
            return 413
        body = bytearray()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                async for piece in request.stream():
                    body += piece
                    if len(body) > self._limits.body_bytes:
                        return 413
        except TimeoutError:
            return 408
        except ClientDisconnect:
            return 400
        return bytes(body)
