"""What a message may say about the person it is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.languages import CIVILITY_SPELLINGS, language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.languages.language import Letters
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import Contact


def merge_fields(
    contact: Contact,
    *,
    variant: VariantKey,
    default_language: str,
    list_label: str,
    reason: str = "",
) -> dict[str, str]:
    """The fields of `RECIPIENT_NAMES`, but for the links (`LINK_NAMES`).

    Every name is there, empty when unknown, so that no message can show a gap as
    "{{ … }}". Notes of the contact are left out on purpose (health data).
    """
    letters = language_of(variant.language or default_language).letters
    known = {
        "civility": _written_out(contact.civility, letters),
        "first_name": _one_line(contact.first_name),
        "last_name": _one_line(contact.last_name),
        "organisation": _one_line(contact.organisation),
    }
    return {
        **known,
        "salutation": _salutation(contact, known, letters),
        "name": f"{known['first_name']} {known['last_name']}".strip(),
        "role": _one_line(contact.role),
        "beat": _one_line(contact.beat),
        "region": _one_line(contact.region),
        "language": variant.language or default_language,
        "email": str(contact.address),
        "list": _one_line(list_label),
        "reason": _one_line(reason),
    }


def _written_out(civility: str, letters: Letters | None) -> str:
    """`Madame` for `Mme`, `mme.` or `Mrs`; nothing for a title that we do not know."""
    known = CIVILITY_SPELLINGS.get(civility.strip().rstrip(".").casefold())
    return letters.civilities[known] if letters and known else ""


def _salutation(contact: Contact, known: Mapping[str, str], letters: Letters | None) -> str:
    """Return a complete salutation: role addresses and unknown names are greeted without a name."""
    if letters is None:
        return f"{known['first_name']} {known['last_name']}".strip()
    if contact.is_generic or not known["last_name"]:
        return letters.plain
    if known["civility"]:
        return letters.formal.format_map(known)
    return letters.by_name.format_map(known) if known["first_name"] else letters.plain


def _one_line(text: str) -> str:
    return " ".join(text.split())
