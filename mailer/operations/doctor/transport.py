"""Ask whether the relay and the mailbox let us in. Nothing is sent and no mail is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, BackendUnavailable, ConfigError, MailerError
from mailer.model.health.health import (
    EXIT_CONFIGURATION,
    EXIT_TRANSPORT,
    Area,
    Question,
)
from mailer.operations.doctor.links import VALID_FOR, expiry_line
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailer.model.health.health import HealthLine
    from mailer.model.health.relay import ServerSession

RELAY = Question(
    "relay",
    Area.TRANSPORT,
    _("The relay"),
    _("A refused password or certificate is found now, and not when the mailing is due."),
)
MAILBOX = Question(
    "mailbox",
    Area.TRANSPORT,
    _("The mailbox of bounces and replies"),
    _("Unread, it tells of no dead address, no opt-out and no answer to an invitation."),
)
PRODUCTION = Question(
    "production",
    Area.TRANSPORT,
    _("Who can be reached"),
    _("Outside production mail goes to the allow-list only."),
)


def session_lines(
    question: Question, try_session: Callable[[], ServerSession], *, now: datetime
) -> Iterator[HealthLine]:
    """Yield whether a server lets us in, and how long its certificate is valid."""
    try:
        session = try_session()
    except (BackendMisconfigured, ConfigError) as error:
        exit_code = EXIT_CONFIGURATION if isinstance(error, ConfigError) else EXIT_TRANSPORT
        for problem in error.problems:
            yield question.wrong(problem.what, problem.remedy, exit_code=exit_code)
        return
    except BackendUnavailable as error:
        for problem in error.problems:
            yield question.wrong(problem.what, problem.remedy, exit_code=EXIT_TRANSPORT)
        return
    except MailerError as error:
        for problem in error.problems:
            yield question.not_asked(problem.what)
        return
    yield _session_line(question, session)
    if session.encryption and session.encryption.certificate_ends_at - now < VALID_FOR:
        yield expiry_line(question, session.host, session.encryption.certificate_ends_at, now=now)


def _session_line(question: Question, session: ServerSession) -> HealthLine:
    place = f"{session.host}:{session.port}"
    if session.encryption is None:
        return question.right(_("{place} answers, in the clear on this machine", place=place))
    version = session.encryption.version
    if session.is_logged_in:
        return question.right(_("{place} lets us in ({tls})", place=place, tls=version))
    return question.right(_("{place} answers, without a login ({tls})", place=place, tls=version))


def production_line(*, is_production: bool, leaves_machine: bool) -> HealthLine:
    """Say whether mail reaches everybody, the allow-list, or nobody."""
    if not leaves_machine:
        return PRODUCTION.noted(
            _("Nothing leaves this machine: messages are written to files"),
            _("Choose a way to send: [transport] backend."),
        )
    if not is_production:
        return PRODUCTION.noted(
            _("Only the allow-list can be reached"), _("Write [transport] production = true.")
        )
    return PRODUCTION.right(_("Everybody can be reached"))
