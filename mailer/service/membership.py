"""The membership of this process among those that serve one ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer import __version__
from mailer.model.service.service_process import ServiceProcess
from mailer.operations.sending.membership import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailer.model.service.service_role import ServiceRole
    from mailer.wiring.app import App


def membership_of(app: App, *, roles: Iterable[ServiceRole]) -> Membership:
    """Return the membership of this process, in these roles. The ledger is opened when it is used."""
    now = app.clock.now()
    process = ServiceProcess(
        id=app.process,
        host=app.process.partition(":")[0],
        version=__version__,
        roles=tuple(role.value for role in roles),
        started_at=now,
        seen_at=now,
    )
    return Membership(process, lambda: app.ledger, app.clock)
