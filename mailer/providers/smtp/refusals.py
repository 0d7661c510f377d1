"""A relay that cannot be used, for a while or until somebody changes something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.providers.smtp.settings import SmtpSettings
    from mailer.wording import Text

_TRIES_AGAIN = _("Nothing was sent on this line; the program tries again by itself.")


def unavailable(settings: SmtpSettings, reason: str) -> BackendUnavailable:
    """The relay cannot be used now, for this reason in its own or the system's words."""
    return BackendUnavailable(
        Problem(
            _place(settings),
            _("The relay cannot be reached, or asks for patience: {reason}.", reason=reason),
            _TRIES_AGAIN,
        )
    )


def misconfigured(settings: SmtpSettings, what: Text, remedy: Text) -> BackendMisconfigured:
    """No message would fare better until somebody changes something."""
    return BackendMisconfigured(Problem(_place(settings), what, remedy))


def _place(settings: SmtpSettings) -> Place:
    return Place(f"smtp://{settings.host}:{settings.port}")
