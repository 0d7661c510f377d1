"""The people of the press office, and their roles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person of the workspace does there; one person may have several roles."""

    READER = "reader"
    EDITOR = "editor"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the workspace knows. `id` stays when the name changes; both are unique."""

    id: str
    name: str
    roles: frozenset[Role]

    def is_called(self, text: str) -> bool:
        """Return whether `text` is the id or the name, without regard to accents and letter case."""
        return name_key(text) in {name_key(self.id), name_key(self.name)}


def name_key(text: str) -> str:
    """Return `text` as names are compared: its words, without accents and letter case.

    Signs between words do not count, so that “C. Delmas” is `c.delmas`.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", plain))
