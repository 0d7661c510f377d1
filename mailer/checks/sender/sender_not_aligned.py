"""Does the return path belong to the domain of the sender?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, to_administrator, warning
from mailer.checks.links.foreign_domain import registered
from mailer.errors import Place

WHY = _("Mail servers compare the two (DMARC); where they differ, the mail lands among spam.")
SOURCE = sources.SENDERS


def check(draft: Draft) -> Findings:
    """Yield a warning if From and the return path are of two registered domains."""
    sender, return_path = (
        draft.letterhead.sender.address.domain,
        draft.letterhead.return_path_domain,
    )
    if return_path and registered(sender) != registered(return_path):
        yield warning(
            Place("config.toml", key="sender.return_path"),
            what=_(
                "Mail from {sender} comes back to {return_path}.",
                sender=sender,
                return_path=return_path,
            ),
            why=WHY,
            remedy=to_administrator(
                _("Use a subdomain of {sender} as return_path.", sender=registered(sender))
            ),
        )
