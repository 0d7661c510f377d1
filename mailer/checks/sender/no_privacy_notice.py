"""Do people learn who holds their data?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, to_administrator
from mailer.errors import Place

WHY = _("Whoever did not give us the address may ask where we have it from, and is told at once.")
SOURCE = sources.DATA_PROTECTION


def check(draft: Draft) -> Findings:
    """Yield a note if the office has no page about the data it holds."""
    if draft.office.name and not draft.office.privacy_url.strip():
        yield note(
            Place("config.toml", key="office.privacy_url"),
            what=_("The footer links to no privacy notice."),
            why=WHY,
            remedy=to_administrator(
                _("Write its address as privacy_url under [office] in config.toml.")
            ),
        )
