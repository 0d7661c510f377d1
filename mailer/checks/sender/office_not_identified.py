"""Does the mail say who writes?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place
from mailer.model.finding import Finding, Severity
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.draft import Draft

NAME = "office-not-identified"


def check(draft: Draft) -> Iterator[Finding]:
    """The footer has the name and the postal address of the office."""
    for key, value, what in (
        ("office.name", draft.office.name, _("The office has no name.")),
        ("office.postal_address", draft.office.postal_address, _("The office has no address.")),
    ):
        if not value.strip():
            yield Finding(
                NAME,
                Severity.WARNING,
                Place("config.toml", key=key),
                what,
                _("Every mail must say who writes it, and a fake one is known by what is missing."),
                _("Write it under [office] in config.toml."),
            )
