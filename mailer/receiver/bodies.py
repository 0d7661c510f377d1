"""Read the body of a request, of a limited size and within a limited time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from starlette.requests import Request

PATIENCE_S = 20.0
"""No genuine provider or mail program takes longer to send a body."""


async def read_body(request: Request, *, most_bytes: int) -> bytes | int:
    """Return the octets of the body, or the status of a refusal."""
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE_S):
            async for piece in request.stream():
                body += piece
                if len(body) > most_bytes:
                    return 413
    except TimeoutError:
        return 408
    except ClientDisconnect:
        return 400
    return bytes(body)
