"""The page behind the unsubscribe link: one question, two buttons, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.pages.page import draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.wording import Text


def unsubscribe_page(
    *, is_done: bool, office: str, say: Callable[[Text], str], language: str
) -> str:
    """The question, or the answer once it is recorded. Knows nothing of whose link it was, so
    that a made-up link shows the same.
    """
    return draw(
        "unsubscribe.html.j2",
        sheets=("page.css", "unsubscribe.css"),
        policy="",
        say=say,
        language=language,
        forms="'self'",
        is_done=is_done,
        office=office,
    )
