"""What a language says of an answer to an invitation, as regular expressions on folded text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """The words of answers to an invitation.

    Each is searched in one sentence, without accents and capitals. A sentence that doubts, or
    speaks of something else, says nothing either way.
    """

    comes: str
    """The writer comes. Not looked for in a question."""
    asks: str
    """The writer asks for a place, also in a question."""
    declines: str
    doubts: str
    elsewhere: str
    """The sentence is about a list, or about another person."""
    instead: str
    """Somebody else would come: a person must read it."""
