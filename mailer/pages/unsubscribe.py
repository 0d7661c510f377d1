"""The page behind the unsubscribe link: one question, two buttons; or what to do without them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from mailer.pages.office_look import link_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.model.campaigns.theme import OfficeLook
    from mailer.wording import Text


class Page(Enum):
    """What the page says."""

    QUESTION = auto()
    DONE = auto()
    """The opt-out is recorded."""
    INCOMPLETE = auto()
    """The link does not say whose it is, or the ledger does not know them."""
    TEST = auto()
    """The link is that of a test message, which is nobody's."""


def unsubscribe_page(
    *,
    page: Page,
    office: str,
    contact: str,
    look: OfficeLook,
    say: Callable[[Text], str],
    language: str,
) -> str:
    """Return the question, the confirmation, or how to reach the office by mail instead.

    It looks like the mails of the office, and says nothing of the link's owner.
    """
    return link_page(
        "unsubscribe.html.j2",
        sheet="unsubscribe.css",
        look=look,
        say=say,
        language=language,
        forms="'self'",
        is_done=page is Page.DONE,
        is_incomplete=page is Page.INCOMPLETE,
        is_test=page is Page.TEST,
        office=office,
        contact=contact,
    )
