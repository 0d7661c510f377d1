"""The errors for a relay that cannot be used, either for a while or until somebody acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.providers.smtp.replies import ServerReply
    from mailer.providers.smtp.session import Phase
    from mailer.providers.smtp.settings import SmtpSettings
    from mailer.wording import Text

_RETRIES = _("Nothing was sent on this line; the program tries again by itself.")


def unavailable(settings: SmtpSettings, reason: str) -> BackendUnavailable:
    """Return the error for a relay that cannot be used now.

    `reason` is the text of the relay or of the operating system.
    """
    return BackendUnavailable(
        Problem(
            _place(settings),
            _("The relay cannot be reached, or asks for patience: {reason}.", reason=reason),
            _RETRIES,
        )
    )


def misconfigured(settings: SmtpSettings, what: Text, remedy: Text) -> BackendMisconfigured:
    """Return the error for a relay that takes no message until somebody changes something."""
    return BackendMisconfigured(Problem(_place(settings), what, remedy))


def require_served(settings: SmtpSettings, phase: Phase, reply: ServerReply) -> None:
    """Raise BackendMisconfigured for a permanent refusal that every message would meet."""
    if reply.is_login_refused:
        raise misconfigured(
            settings,
            _("The relay refuses to serve us: {reply}.", reply=str(reply)),
            _("Check username and password under [transport.smtp]."),
        )
    if reply.is_about_size or (phase == "MAIL" and reply.code == 552):
        raise misconfigured(
            settings,
            _("The message is larger than the relay takes: {reply}.", reply=str(reply)),
            _(
                "Ask its administrator to take larger messages, then resume; or cancel, and launch"
                " a lighter one."
            ),
        )
    if phase == "MAIL" and not reply.is_about_address_form:
        raise misconfigured(
            settings,
            _("The relay refuses our sender address: {reply}.", reply=str(reply)),
            _("Ask its administrator which sender it lets us use."),
        )


def _place(settings: SmtpSettings) -> Place:
    return Place(f"smtp://{settings.host}:{settings.port}")
