"""Whom to call: people whom the mail did not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from mailer.feedback.explain import explain
from mailer.operations.people.call_back import CallBack, Need, call_backs
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.responses import Response

    from mailer.web.visit import Visit

NEEDS: Mapping[Need, Text] = {
    Need.DEAD: _("address dead"),
    Need.UNREACHABLE: _("cannot be reached"),
    Need.REFUSED: _("did not arrive"),
    Need.DELAYED: _("delayed"),
    Need.ABSENT: _("away"),
    Need.REPLACED: _("has a successor"),
    Need.STOP_ASKED: _("asks us to stop?"),
    Need.CHALLENGED: _("filter wants an answer"),
}


def show(visit: Visit) -> Response:
    """Show one line for each person and need, with the telephone and what is known."""
    entries = call_backs(
        ledger=visit.app.ledger,
        read=visit.app.children.read_mail,
        now=visit.now,
        campaign=visit.query("campagne"),
    )
    return visit.page(
        "people/call_back.html.j2",
        entries=[(entry, list(_known(entry, visit.language))) for entry in entries],
        needs=NEEDS,
    )


def _known(entry: CallBack, language: str) -> Iterator[Text]:
    """Yield what helps the person who calls: the reason, the return, who comes instead."""
    if entry.absence is None and entry.reason:
        yield explain(entry.reason)
    if entry.absence is not None and entry.absence.has_left:
        yield _("The person has left this address.")
    if entry.absence is not None and entry.absence.returns_on is not None:
        day = format_date(entry.absence.returns_on, "full", locale=language)
        yield _("Back on {day}.", day=day)
    for address in entry.absence.replacements if entry.absence else ():
        yield _("Proposes instead: {address}", address=address)
    for contact in entry.likely:
        yield _(
            "Nobody in the directory has this address. Is it {name}, {address}?",
            name=contact.name or contact.organisation,
            address=contact.address,
        )
    if entry.is_suspected:
        yield _("The notice names no message of ours: not acted upon.")
