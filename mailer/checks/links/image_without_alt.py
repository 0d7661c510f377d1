"""Does a mail without images still say what they show?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks.reading.links import images
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "image-without-alt"


def check(draft: Draft) -> Iterator[Finding]:
    """Every image of a text has a description."""
    for image in images(draft):
        if not image.text.strip():
            yield Finding(
                NAME,
                Severity.ERROR,
                image.place,
                _("The image {source} has no description.", source=image.target),
                _("Most newsrooms read with images off, and some readers do not see."),
                _("Say what it shows: ![description]({source})", source=image.target),
            )
