"""Keeps the document with which a campaign began beside its texts, so that nothing of it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailer.model.campaigns.proposals import RecognisedDocument

ORIGINAL = "original.txt"


def kept_document(document: RecognisedDocument, heading: str) -> str:
    """Return what was taken out of a document, and below it the whole text as it was read."""
    taken = "".join(f"- {each}\n" for each in document.taken_out)
    before = f"{heading}\n\n{taken}\n{'-' * 40}\n\n" if taken else ""
    return f"{before}{document.original}"
