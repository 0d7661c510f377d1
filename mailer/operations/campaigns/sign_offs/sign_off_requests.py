"""Ask the signatories among the readers of a test for their sign-off, in the test mail itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone
from mailer.operations.campaigns.sign_offs.partner_sign_offs import (
    asked_of,
    asked_partners,
    version_for,
)
from mailer.operations.team.sign_off_tokens import token_for
from mailer.render.fingerprint import content_hash
from mailer.signed_links.sign_off import LASTS
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.message import CompiledMessage, Pieces
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.sign_offs.partner_sign_offs import AskedPartner
    from mailer.ports import Ledger

_STYLE = (
    "margin:0;padding:12px 16px;background:#fff8dc;color:#1a1a1a;"
    "font:16px/1.5 Arial,sans-serif;border-bottom:2px solid #8a6d00"
)


@dataclass(frozen=True, slots=True)
class SignOffRequests:
    """Writes the request above the mail. Without a `public_url` of the desk it has no link.

    `say` returns a text in a language; `language` is that of people who have chosen none.
    """

    public_url: str
    say: Callable[[Text, str], str]
    language: str

    def above(
        self,
        message: CompiledMessage,
        person: Person,
        draft: Draft,
        *,
        revision: int,
        ledger: Ledger,
        now: datetime,
    ) -> CompiledMessage:
        """Return the message with the request to this person above its text."""
        lines = self.lines(person, draft, revision=revision, ledger=ledger, now=now)
        return _with_note(message, *lines)

    def lines(
        self, person: Person, draft: Draft, *, revision: int, ledger: Ledger, now: datetime
    ) -> tuple[str, ...]:
        """Return the lines that ask a person for the sign-off of this version, with a new link."""
        language = person.language or self.language
        partners = asked_of(person.id, draft) if person.is_partner else ()
        asked = self.say(_asked(person, draft, partners), language)
        if not self.public_url:
            return asked, self.say(_AT_THE_DESK, language)
        version = version_for(partners)
        token = token_for(person, draft, version=version, revision=revision, ledger=ledger, now=now)
        until = in_zone(now + LASTS, zone=draft.campaign.time_zone)
        return (
            asked,
            self.say(_("This page shows it and asks for your password:"), language),
            f"{self.public_url}/signer/{token}",
            self.say(
                _(
                    "The link ends on {at}. Whoever gets this mail forwarded cannot sign with it.",
                    at=until,
                ),
                language,
            ),
        )


def asked_to_sign(address: Address, draft: Draft) -> Person | None:
    """Return who has this address and has still to sign this version, or their passages of it."""
    if draft.since_launch is None and (partner := _partner_asked(address, draft)):
        return partner
    person = next(
        (each for each in draft.signatories if each.address and each.address.key == address.key),
        None,
    )
    if person is None or draft.since_launch is not None:
        return None
    has_signed = any(
        each.person == person.id and each.fingerprint == draft.fingerprint
        for each in draft.sign_offs
    )
    return None if has_signed else person


def _partner_asked(address: Address, draft: Draft) -> Person | None:
    waiting = (
        person for each in asked_partners(draft) if not each.signed for person in each.people
    )
    return next(
        (each for each in waiting if each.address and each.address.key == address.key), None
    )


_AT_THE_DESK = _("Sign it off, or refuse it, at the desk: the page “Sign-off” of the campaign.")


def _asked(person: Person, draft: Draft, partners: Sequence[AskedPartner]) -> Text:
    if partners and all(each.words for each in partners):
        return _(
            "{name}, your sign-off of what “{title}” says in the name of {partner} is asked for.",
            name=person.name,
            title=draft.campaign.title,
            partner=", ".join(each.name for each in partners),
        )
    return _(
        "{name}, your sign-off of “{title}” is asked for (version {version}).",
        name=person.name,
        title=draft.campaign.title,
        version=draft.fingerprint[:12],
    )


def _with_note(message: CompiledMessage, *lines: str) -> CompiledMessage:
    noted = replace(
        message,
        html=_below_body(message.html, _as_html(lines)),
        text=("\n".join((*lines, "", "-" * 40, "", "")), *message.text),
    )
    return replace(noted, content_hash=content_hash(noted))


def _as_html(lines: tuple[str, ...]) -> str:
    shown = "<br>".join(
        f'<a href="{escape(line)}" style="color:#003f7d;word-break:break-all">{escape(line)}</a>'
        if line.startswith("https://")
        else escape(line)
        for line in lines
    )
    return f'<div style="{_STYLE}">{shown}</div>'


def _below_body(html: Pieces, note: str) -> Pieces:
    """Return the pieces with a note after the tag that opens the body, or before all of them."""
    for at, piece in enumerate(html):
        if isinstance(piece, str) and (start := piece.find("<body")) >= 0:
            end = piece.index(">", start) + 1
            return (*html[:at], piece[:end] + note + piece[end:], *html[at + 1 :])
    return (note, *html)
