"""The settings of the workspace, to look at: they are changed in `config.toml` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.config.sections import PaceSettings
from mailer.labels import what_it_does
from mailer.operations.alerts.service_alerts import service_seen_at
from mailer.operations.sending.membership import present_processes
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from mailer.web.visit import Visit

_Line = tuple[Text, object]


def show(visit: Visit) -> Response:
    """Show how mail leaves and comes back, and who is told. No secret is among it."""
    return visit.page(
        "settings.html.j2",
        groups=(
            (_("The office"), tuple(_office(visit))),
            (_("How mail leaves"), tuple(_sending(visit))),
            (_("What comes back"), tuple(_feedback(visit))),
            (_("The team"), tuple(_team(visit))),
        ),
        heartbeat=service_seen_at(ledger=visit.app.ledger),
        processes=tuple(
            (each, what_it_does(each))
            for each in present_processes(ledger=visit.app.ledger, now=visit.now)
        ),
    )


def _office(visit: Visit) -> Iterator[_Line]:
    office = visit.app.settings.office
    yield _("Name"), office.name
    yield _("Time zone"), office.time_zone
    yield _("Language"), office.language


def _sending(visit: Visit) -> Iterator[_Line]:
    settings = visit.app.settings
    yield _("Destination"), visit.app.destination
    yield _("Production"), _("yes") if settings.transport.production else _("no")
    yield _("May be reached outside production"), settings.transport.allow_list
    sender = settings.letterhead.sender
    yield _("From"), f"{sender.name} <{sender.address}>" if sender.name else str(sender.address)
    pace = settings.part(PaceSettings)
    yield _("At most per minute"), pace.per_minute or _("no limit")
    yield _("At most per hour"), pace.per_hour or _("no limit")


def _feedback(visit: Visit) -> Iterator[_Line]:
    settings = visit.app.settings
    yield _("Events reported by"), visit.app.reporter or _("nobody")
    yield _("Page to unsubscribe"), settings.unsubscribe.base_url or _("none: by mail")


def _team(visit: Visit) -> Iterator[_Line]:
    team = visit.app.settings.team
    yield _("Receive test sends"), team.proofs
    yield _("Receive alerts"), team.notices or team.proofs
    yield _("Sign-offs needed"), team.signatures_required
