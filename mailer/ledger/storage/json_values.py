"""Messages, letterheads, rules and contacts as JSON: what is written is read back equal."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailer.ledger.storage.release_json import release_from_json, release_to_json
from mailer.model.address import Address, Mailbox
from mailer.model.campaigns.target import Target
from mailer.model.contacts.contact import Contact
from mailer.model.mailings.mailing import AudienceRule
from mailer.model.mailings.message import CompiledMessage, Embedded, Hole, Letterhead, Lifted

if TYPE_CHECKING:
    from mailer.model.mailings.message import Pieces

Json = dict[str, Any]


def message_to_json(message: CompiledMessage) -> str:
    """Return a message as JSON text: holes as `{"hole": source}`, embedded files in base64."""
    return json.dumps(
        {
            "language": message.language,
            "subject": _pieces_to_json(message.subject),
            "preheader": _pieces_to_json(message.preheader),
            "html": _pieces_to_json(message.html),
            "text": _pieces_to_json(message.text),
            "embedded": [
                asdict(file) | {"content": b64encode(file.content).decode()}
                for file in message.embedded
            ],
            **({"release": release_to_json(message.release)} if message.release else {}),
            **({"lifted": _lifted_to_json(message.lifted)} if message.lifted else {}),
            "content_hash": message.content_hash,
        },
        ensure_ascii=False,
    )


def _lifted_to_json(lifted: Lifted) -> Json:
    return {"at": lifted.at.isoformat(), "message": json.loads(message_to_json(lifted.message))}


def message_from_json(text: str) -> CompiledMessage:
    """Return the `CompiledMessage` that `message_to_json` wrote."""
    return _message_of(json.loads(text))


def _message_of(fields: Json) -> CompiledMessage:
    lifted = fields.get("lifted")
    return CompiledMessage(
        language=fields["language"],
        subject=_pieces_from_json(fields["subject"]),
        preheader=_pieces_from_json(fields["preheader"]),
        html=_pieces_from_json(fields["html"]),
        text=_pieces_from_json(fields["text"]),
        embedded=tuple(
            Embedded(**file | {"content": b64decode(file["content"])})
            for file in fields["embedded"]
        ),
        release=release_from_json(fields["release"]) if "release" in fields else None,
        lifted=lifted
        and Lifted(datetime.fromisoformat(lifted["at"]), _message_of(lifted["message"])),
        content_hash=fields["content_hash"],
    )


def _pieces_to_json(pieces: Pieces) -> list[str | Json]:
    return [piece if isinstance(piece, str) else {"hole": piece.source} for piece in pieces]


def _pieces_from_json(pieces: list[str | Json]) -> Pieces:
    return tuple(piece if isinstance(piece, str) else Hole(piece["hole"]) for piece in pieces)


def letterhead_to_json(letterhead: Letterhead) -> Json:
    """Return a letterhead as JSON, with its addresses as text."""
    mailto = letterhead.unsubscribe_mailto
    return asdict(letterhead) | {
        "sender": _mailbox_to_json(letterhead.sender),
        "reply_to": letterhead.reply_to and _mailbox_to_json(letterhead.reply_to),
        "unsubscribe_mailto": mailto and str(mailto),
        "answers_to": [str(each) for each in letterhead.answers_to],
    }


def letterhead_from_json(fields: Json) -> Letterhead:
    """Return the `Letterhead` that `letterhead_to_json` wrote."""
    reply_to, mailto = fields["reply_to"], fields["unsubscribe_mailto"]
    return Letterhead(
        **fields
        | {
            "sender": _mailbox_from_json(fields["sender"]),
            "reply_to": _mailbox_from_json(reply_to) if reply_to else None,
            "unsubscribe_mailto": Address.parse(mailto) if mailto else None,
            # Ledgers written before there were filled-in replies name nobody for them.
            "answers_to": tuple(map(Address.parse, fields.get("answers_to", ()))),
        }
    )


def _mailbox_to_json(mailbox: Mailbox) -> Json:
    return {"address": str(mailbox.address), "name": mailbox.name}


def _mailbox_from_json(fields: Json) -> Mailbox:
    return Mailbox(Address.parse(fields["address"]), fields["name"])


def rule_from_json(fields: Json) -> AudienceRule:
    """Return the audience rule that `written_rule` wrote."""
    lists = {name: tuple(fields[name]) for name in ("to", "only", "unless")}
    # Ledgers written before there were targets have none.
    target: Json = {
        name: value if isinstance(value, int) else tuple(value)
        for name, value in fields.get("target", {}).items()
    }
    return AudienceRule(
        **lists,
        cancels=fields["cancels"],
        target=Target(**target),
        on=fields.get("on", ""),
        informed=fields.get("informed", False),
        instead_of=fields.get("instead_of", ""),
    )


def contact_to_json(contact: Contact) -> Json:
    """Return a contact as JSON without the office's notes, which may hold health data and which
    no report needs.
    """
    return asdict(contact) | {
        "address": str(contact.address),
        "lists": sorted(contact.lists),
        "alternates": [str(address) for address in contact.alternates],
        "former": [str(address) for address in contact.former],
        "notes": [],
    }


def contact_from_json(fields: Json) -> Contact:
    """Return the `Contact` that `contact_to_json` wrote."""
    return Contact(
        **fields
        | {
            "address": Address.parse(fields["address"]),
            "lists": frozenset(fields["lists"]),
            "alternates": tuple(Address.parse(text) for text in fields["alternates"]),
            # Ledgers written before there were former addresses have none.
            "former": tuple(Address.parse(text) for text in fields.get("former", ())),
            "notes": (),
        }
    )
