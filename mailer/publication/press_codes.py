"""The code of a published version: short enough to be read out on the telephone.

It is made of the hash of what is published, so that nobody can give another text the same code: of
the thirty signs, none is mistaken for another in print or in speech.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mailer.model.campaigns.release import Release

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0, 1, I, L, O and U."""
_LENGTH = 12
_GROUP = 4
_NOT_COVERED = ("public_from", "left_out", "code")


def code_of(release: Release) -> str:
    """Return the code of a release, which depends on its whole content and language.

    Twelve signs have 58 bits: of a million versions, two have the same code once in a million
    offices.
    """
    number = int(digest_of(release), 16)
    signs = []
    for _place in range(_LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def digest_of(release: Release) -> str:
    """Return the SHA-256 (hex) of all that the code stands for."""
    written = json.dumps(_covered(release), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _covered(release: Release) -> dict[str, Any]:
    fields = asdict(release)
    for each in (*fields["pictures"], *fields["files"]):
        each["content"] = hashlib.sha256(each["content"]).hexdigest()
    if not fields["files"]:
        del fields["files"]  # so that the codes of before there were files still hold
    return {name: value for name, value in fields.items() if name not in _NOT_COVERED}


def spelled(code: str) -> str:
    """Return a code as it is printed: in groups of four."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody typed, however it is spaced; empty for what is none."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign.isalnum())
    is_code = len(signs) == _LENGTH and all(sign in ALPHABET for sign in signs)
    return signs if is_code else ""
