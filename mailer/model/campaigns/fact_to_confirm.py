"""A fact that was read in a document and that nobody has confirmed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactToConfirm:
    """A value of `campaign.toml`, by its path with dots, and the words of the document for it."""

    key: str
    words: str
