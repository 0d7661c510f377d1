"""Suggests the address that was meant when letters in it only look like those of an address."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.address import Address

# Letters of other alphabets that look like Latin ones, from the confusables of UTS #39.
_LOOKALIKES = str.maketrans(
    dict(
        zip(
            "аәвеёзікмнорсԁтухһјԛѕԝАВЕЗІКМНОРСТУХЈЅαβεικνορτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡɑ’‘ʼ′´`‐‑‒–—−．",
            "aaBee3ikMHopcdTyxhjqswABE3IKMHOPCTYXJSaBeikvoptuxywABEZHIKMNOPTYXiga''''''------.",
            strict=True,
        )
    )
)


def meant_by_lookalikes(address: Address) -> Address | None:
    """Return the address in plain letters that `address` looks like; None when it is plain, or is
    written in another alphabet.
    """
    meant = replace(
        address,
        local=_plain(address.local),
        domain=".".join(_plain_label(label) for label in address.domain.split(".")),
    )
    if meant == address or not meant.local.isascii():
        return None
    return meant


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)


def _plain_label(label: str) -> str:
    """Return a label of a domain in plain letters, if it looks like them and nothing else."""
    if not label.startswith("xn--"):
        return label
    try:
        plain = _plain(label[4:].encode().decode("punycode"))
    except UnicodeError:
        return label
    return plain.lower() if plain.isascii() else label
