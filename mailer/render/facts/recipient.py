"""What a message may say about the person it is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.model.campaign import VariantKey
    from mailer.model.contact import Contact

# How a letter begins: with a civility and a name, with a first name and a name, with neither.
_SALUTATIONS: Mapping[str, tuple[str, str, str]] = {
    "fr": ("Bonjour {civility} {last_name}", "Bonjour {first_name} {last_name}", "Bonjour"),
    "en": ("Dear {civility} {last_name}", "Dear {first_name} {last_name}", "Hello"),
}
# What lists write, and how it is written out in an address; foreign ones are translated.
_CIVILITIES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "m": "Monsieur",
        "mr": "Monsieur",
        "monsieur": "Monsieur",
        "mme": "Madame",
        "mrs": "Madame",
        "ms": "Madame",
        "madame": "Madame",
        "mlle": "Madame",
        "dr": "Docteur",
        "docteur": "Docteur",
        "pr": "Professeur",
        "prof": "Professeur",
        "professeur": "Professeur",
    },
    "en": {
        "m": "Mr",
        "mr": "Mr",
        "monsieur": "Mr",
        "mme": "Ms",
        "mrs": "Ms",
        "ms": "Ms",
        "madame": "Ms",
        "mlle": "Ms",
        "dr": "Dr",
        "docteur": "Dr",
        "pr": "Professor",
        "prof": "Professor",
        "professeur": "Professor",
    },
}


def merge_fields(
    contact: Contact, *, variant: VariantKey, default_language: str, list_label: str
) -> dict[str, str]:
    """The fields of `vocabulary.RECIPIENT_NAMES`, but for `unsubscribe_url`.

    Every name is there, empty when unknown, so that no message can show a gap as
    "{{ … }}". Notes of the contact are left out on purpose (health data).
    """
    language = (variant.language or default_language).partition("-")[0]
    known = {
        "civility": civility(contact.civility, language),
        "first_name": _one_line(contact.first_name),
        "last_name": _one_line(contact.last_name),
        "organisation": _one_line(contact.organisation),
    }
    return {
        **known,
        "salutation": _salutation(contact, known, language),
        "name": f"{known['first_name']} {known['last_name']}".strip(),
        "role": _one_line(contact.role),
        "beat": _one_line(contact.beat),
        "region": _one_line(contact.region),
        "language": variant.language or default_language,
        "email": str(contact.address),
        "list": _one_line(list_label),
    }


def civility(written: str, language: str) -> str:
    """`Mme`, `mme.` or `Mrs` as a letter in `language` says it; what we do not know, nothing."""
    key = written.strip().rstrip(".").casefold()
    return _CIVILITIES.get(language, {}).get(key, "")


def _salutation(contact: Contact, known: Mapping[str, str], language: str) -> str:
    """Never a half-filled one: a role address or an unknown name is greeted without a name."""
    formal, by_name, plain = _SALUTATIONS.get(language, _SALUTATIONS["en"])
    if contact.is_generic or not known["last_name"]:
        return plain
    if known["civility"]:
        return formal.format_map(known)
    return by_name.format_map(known) if known["first_name"] else plain


def _one_line(text: str) -> str:
    return " ".join(text.split())
