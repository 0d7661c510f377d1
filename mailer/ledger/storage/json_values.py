"""Values as JSON: what a launch froze, written once and read back equal."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mailer.model.address import Address, Mailbox
from mailer.model.contact import Contact
from mailer.model.mailing import AudienceRule
from mailer.model.message import CompiledMessage, Embedded, Hole, Letterhead

if TYPE_CHECKING:
    from mailer.model.message import Pieces

Json = dict[str, Any]


def message_to_json(message: CompiledMessage) -> str:
    """`message` as JSON text: holes as `{"hole": source}`, embedded bytes in base64."""
    return json.dumps(
        {
            "language": message.language,
            "subject": _frozen_pieces(message.subject),
            "preheader": _frozen_pieces(message.preheader),
            "html": _frozen_pieces(message.html),
            "text": _frozen_pieces(message.text),
            "embedded": [
                asdict(file) | {"content": b64encode(file.content).decode()}
                for file in message.embedded
            ],
            "content_hash": message.content_hash,
        },
        ensure_ascii=False,
    )


def message_from_json(text: str) -> CompiledMessage:
    """The `CompiledMessage` that `message_to_json` wrote."""
    fields = json.loads(text)
    return CompiledMessage(
        language=fields["language"],
        subject=_thawed_pieces(fields["subject"]),
        preheader=_thawed_pieces(fields["preheader"]),
        html=_thawed_pieces(fields["html"]),
        text=_thawed_pieces(fields["text"]),
        embedded=tuple(
            Embedded(**file | {"content": b64decode(file["content"])})
            for file in fields["embedded"]
        ),
        content_hash=fields["content_hash"],
    )


def _frozen_pieces(pieces: Pieces) -> list[str | Json]:
    return [piece if isinstance(piece, str) else {"hole": piece.source} for piece in pieces]


def _thawed_pieces(pieces: list[str | Json]) -> Pieces:
    return tuple(piece if isinstance(piece, str) else Hole(piece["hole"]) for piece in pieces)


def letterhead_to_json(letterhead: Letterhead) -> Json:
    """`letterhead` as JSON, addresses as text."""
    mailto = letterhead.unsubscribe_mailto
    return asdict(letterhead) | {
        "sender": _frozen_mailbox(letterhead.sender),
        "reply_to": letterhead.reply_to and _frozen_mailbox(letterhead.reply_to),
        "unsubscribe_mailto": mailto and str(mailto),
    }


def letterhead_from_json(fields: Json) -> Letterhead:
    """The `Letterhead` that `letterhead_to_json` wrote."""
    reply_to, mailto = fields["reply_to"], fields["unsubscribe_mailto"]
    return Letterhead(
        **fields
        | {
            "sender": _thawed_mailbox(fields["sender"]),
            "reply_to": _thawed_mailbox(reply_to) if reply_to else None,
            "unsubscribe_mailto": Address.parse(mailto) if mailto else None,
        }
    )


def _frozen_mailbox(mailbox: Mailbox) -> Json:
    return {"address": str(mailbox.address), "name": mailbox.name}


def _thawed_mailbox(fields: Json) -> Mailbox:
    return Mailbox(Address.parse(fields["address"]), fields["name"])


def rule_from_json(fields: Json) -> AudienceRule:
    """An audience rule from its JSON (`asdict` writes it)."""
    lists = {name: tuple(fields[name]) for name in ("to", "only", "unless")}
    return AudienceRule(**lists, cancels=fields["cancels"])


def contact_to_json(contact: Contact) -> Json:
    """`contact` as it was when a mailing started, without the office's notes: they may tell
    somebody's health, and no report needs them.
    """
    return asdict(contact) | {
        "address": str(contact.address),
        "lists": sorted(contact.lists),
        "alternates": [str(address) for address in contact.alternates],
        "notes": [],
    }


def contact_from_json(fields: Json) -> Contact:
    """The `Contact` that `contact_to_json` wrote."""
    return Contact(
        **fields
        | {
            "address": Address.parse(fields["address"]),
            "lists": frozenset(fields["lists"]),
            "alternates": tuple(Address.parse(text) for text in fields["alternates"]),
            "notes": (),
        }
    )
