"""The page of a list: where it comes from, who writes to it, and its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.operations.people.whole_lists import merge_list, remove_list, rename_list, whole_list

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.people.whole_lists import WholeList
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show a list, what names it, and what can become of it."""
    return visit.page("people/list.html.j2", list=_list(visit))


def change(visit: Visit, form: Form) -> Response:
    """Rename the list, merge it into another, or remove it, if it is as it was shown."""
    ledger, actor, now = visit.app.ledger, visit.actor, visit.now
    shown = replace(_list(visit), size=form.number("size") or 0)
    match form.text("act"):
        case "rename":
            name = rename_list(shown, form.text("name"), actor=actor, ledger=ledger, now=now)
            return visit.done(f"/listes/{quote(name, safe='')}", "list-renamed")
        case "merge":
            into = form.text("into")
            merge_list(shown, into, actor=actor, ledger=ledger, now=now)
            return visit.done(f"/listes/{quote(into, safe='')}", "list-merged")
        case _:
            remove_list(shown, actor=actor, ledger=ledger, now=now)
            return visit.done("/contacts", "list-removed")


def _list(visit: Visit) -> WholeList:
    app = visit.app
    return whole_list(
        visit.path("list"),
        campaigns=app.campaigns.names(),
        actor=visit.actor,
        drafts=app.page_drafts,
        ledger=app.ledger,
    )
