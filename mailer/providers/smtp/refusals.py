"""The errors for a relay that cannot be used, either for a while or until somebody acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
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


def _place(settings: SmtpSettings) -> Place:
    return Place(f"smtp://{settings.host}:{settings.port}")
