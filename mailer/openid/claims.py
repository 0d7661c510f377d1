"""What a provider says of a person: name, address, groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LONGEST = 200


def name_in(claims: Mapping[str, Any]) -> str:
    """Return the whole name. ProConnect calls the family name `usual_name`."""
    if whole := _text(claims, "name"):
        return whole
    family = _text(claims, "family_name") or _text(claims, "usual_name")
    return f"{_text(claims, 'given_name')} {family}".strip()


def address_in(claims: Mapping[str, Any]) -> str:
    """Return the e-mail address. It recognises nobody, whether it was verified or not."""
    return _text(claims, "email")


def groups_in(claims: Mapping[str, Any], claim: str) -> frozenset[str] | None:
    """Return the groups that the claim names, None where no claim is configured.

    A claim that is missing names no group: a person taken out of their last group may have none.
    """
    if not claim:
        return None
    found: Any = claims
    for part in [claim] if claim in claims else claim.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return frozenset(name for name in names if isinstance(name, str))


def _text(claims: Mapping[str, Any], name: str) -> str:
    """Return a claim on one line, without signs that cannot be shown."""
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    plain = "".join(sign if sign.isprintable() else " " for sign in value)
    return " ".join(plain.split())[:_LONGEST]
