"""The hash that is signed off: SHA-256 over every field of a compiled message."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from mailer.model.mailings.message import Hole
from mailer.publication.press_codes import digest_of

if TYPE_CHECKING:
    from mailer.model.mailings.message import CompiledMessage, Pieces


def content_hash(message: CompiledMessage) -> str:
    """Return the hex digest; it depends only on the content, not on the
    program's version or the day.
    """
    fields: dict[str, object] = {
        "language": message.language,
        "subject": _to_json(message.subject),
        "preheader": _to_json(message.preheader),
        "html": _to_json(message.html),
        "text": _to_json(message.text),
        "embedded": [
            [it.filename, it.media_type, it.content_id, sha256(it.content).hexdigest()]
            for it in message.embedded
        ],
    }
    if message.release is not None:
        # Only then, so that what was signed before there was a press room stays signed.
        fields["release"] = [digest_of(message.release), str(message.release.public_from)]
    if message.lifted is not None:
        fields["lifted"] = [message.lifted.at.isoformat(), content_hash(message.lifted.message)]
    serialized = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(serialized.encode()).hexdigest()


def _to_json(pieces: Pieces) -> list[object]:
    return [{"hole": it.source} if isinstance(it, Hole) else it for it in pieces]
