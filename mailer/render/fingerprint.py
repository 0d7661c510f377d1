"""What was signed off, as one number: SHA-256 over every field of a compiled message."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from mailer.model.message import Hole

if TYPE_CHECKING:
    from mailer.model.message import CompiledMessage, Pieces


def content_hash(message: CompiledMessage) -> str:
    """Hex digest; the same for the same content, whichever program or day computes it."""
    fields = {
        "language": message.language,
        "subject": _plain(message.subject),
        "preheader": _plain(message.preheader),
        "html": _plain(message.html),
        "text": _plain(message.text),
        "embedded": [
            [it.filename, it.media_type, it.content_id, sha256(it.content).hexdigest()]
            for it in message.embedded
        ],
    }
    written = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def _plain(pieces: Pieces) -> list[object]:
    return [{"hole": it.source} if isinstance(it, Hole) else it for it in pieces]
