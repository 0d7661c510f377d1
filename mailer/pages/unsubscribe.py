"""The page behind the unsubscribe link: one question, two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.pages.page import render_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.wording import Text


def unsubscribe_page(
    *, is_done: bool, office: str, say: Callable[[Text], str], language: str
) -> str:
    """Return the question, or the confirmation once the opt-out is recorded.

    The page does not depend on the link's owner, so that an invented link shows the same page.
    """
    return render_page(
        "unsubscribe.html.j2",
        sheets=("page.css", "unsubscribe.css"),
        policy="",
        say=say,
        language=language,
        forms="'self'",
        is_done=is_done,
        office=office,
    )
