"""Is everything filled in?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import line_place, passages, without_jinja
from mailer.errors import Place
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "unresolved-placeholder"

_TO_DO = re.compile(
    r"\b(?:X{3,}|TODO|TBD|TBC|TBA|FIXME|N\.?C\.?)(?!\w)"
    r"|\?{3,}|_{4,}|(?<!\.)\.{4,}"
    rf"|(?i:lorem ipsum)|\b{in_any_language(lambda phrases: phrases.to_complete)}"
    rf"|\[{in_any_language(lambda phrases: phrases.gap_names)}\](?!\()"
    r"|\{\{|\}\}|\{%|%\}|«\s*»|%[A-Z_]{3,}%|\*\|[A-Z_]+\|\*"
)


def check(draft: Draft) -> Iterator[Finding]:
    """No gap is left in a text, a fact, or a compiled message."""
    for passage in passages(draft):
        for found in _TO_DO.finditer(passage.text):
            yield _finding(passage.at(found.start()), found[0])
    yield from _left_in_messages(draft)


def _left_in_messages(draft: Draft) -> Iterator[Finding]:
    """Places for Jinja that came out of compilation as they went in."""
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = draft.messages.get((planned.step.id, variant))
            if message is None:
                continue
            for key, pieces in (("subject", message.subject), ("preheader", message.preheader)):
                if any(isinstance(piece, str) and "{{" in piece for piece in pieces):
                    yield _finding(line_place(draft.campaign, planned, content, key), "{{")
            if "{{" not in without_jinja(content.text) and any(
                isinstance(piece, str) and "{{" in piece for piece in message.text
            ):
                yield _finding(Place(content.file, content.line), "{{")


def _finding(place: Place, words: str) -> Finding:
    return Finding(
        NAME,
        Severity.ERROR,
        place,
        _("“{words}” is still to be filled in.", words=words),
        _("It would go out to every reader as it stands."),
        _("Write what belongs there."),
    )
