"""Does the mail say who writes?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, to_administrator, warning
from mailer.errors import Place

WHY = _("Every mail must say who writes it, and a fake one is known by what is missing.")
SOURCE = sources.DATA_PROTECTION


def check(draft: Draft) -> Findings:
    """Yield a warning if the office has no name or no postal address for the footer."""
    for key, value, what in (
        ("office.name", draft.office.name, _("The office has no name.")),
        ("office.postal_address", draft.office.postal_address, _("The office has no address.")),
    ):
        if not value.strip():
            yield warning(
                Place("config.toml", key=key),
                what=what,
                why=WHY,
                remedy=to_administrator(_("Write it under [office] in config.toml.")),
            )
