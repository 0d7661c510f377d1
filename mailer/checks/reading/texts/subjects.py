"""Read the subject and preheader of each version, as an inbox shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.prose import line_place, without_jinja
from mailer.model.mailings.message import Hole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.errors import Place
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.message import Pieces

_TYPICAL = "x" * 12
"""A stand-in for a merge field, such as a name, when the length of a line is measured."""
_LABEL = re.compile(r"\A[^–]*\b(?i:embargo)\b[^–]*\bUTC[^–]* – ")
"""`Embargo until 14 Dec 2017, 11:00 (Paris time, UTC+1) – `: nobody can shorten it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject and preheader of one version."""

    text: str
    preheader: str
    place: Place

    @property
    def written(self) -> str:
        """What is the author's in it: without the label of the embargo."""
        return _LABEL.sub("", self.text)


def subjects(draft: Draft) -> Iterator[Subject]:
    """Yield the compiled subjects, or the source for a version that does not compile."""
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = draft.messages.get((planned.step.id, variant))
            place = line_place(draft.campaign, planned, content, "subject")
            if message:
                yield Subject(_line(message.subject), _line(message.preheader), place)
            else:
                yield Subject(
                    without_jinja(content.subject or planned.step.subject),
                    without_jinja(content.preheader or planned.step.preheader),
                    place,
                )


def _line(pieces: Pieces) -> str:
    return "".join(_TYPICAL if isinstance(piece, Hole) else piece for piece in pieces).strip()
