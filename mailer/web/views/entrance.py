"""Signing in and out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.operations.team.sign_in import sign_in, sign_out
from mailer.web.sessions import safe_path

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.team.sign_in import SignedIn
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


def show(visit: Visit) -> Response:
    """Show the form with name and password."""
    return visit.page("team/enter.html.j2")


def enter(visit: Visit, form: Form) -> Response:
    """Sign in, then lead back to the page that was asked for, or to what was typed."""
    cookie, request = visit.request.state.cookie, visit.request
    signed_in = sign_in(
        form.text("name"),
        form.text("password"),
        agent=agent_of(visit),
        known_token=cookie.token(request.headers),
        gate=visit.app.gate,
        now=visit.now,
    )
    kept = form.text("garde")
    path = f"/repris/{kept}" if _TOKEN.fullmatch(kept) else safe_path(form.text("suite"))
    return with_cookie(visit, visit.done(path), signed_in)


def ask_to_leave(visit: Visit) -> Response:
    """Show the button that signs out, for those who type the address."""
    return visit.page("team/leave.html.j2")


def leave(visit: Visit, form: Form) -> Response:
    """End this session."""
    del form
    sign_out(visit.visitor, ledger=visit.app.ledger, now=visit.now)
    return visit.done("/entrer", "left")


def with_cookie(visit: Visit, response: Response, signed_in: SignedIn) -> Response:
    """Return the response with the cookie of the new session."""
    given: Response = visit.request.state.cookie.give(response, signed_in)
    return given


def agent_of(visit: Visit) -> str:
    """Return the browser and the system, in short, so that people recognise their sessions."""
    text = visit.request.headers.get("user-agent", "")
    browser = next((name for name in _BROWSERS if name in text), "")
    system = next((name for name in _SYSTEMS if name in text), "")
    return ", ".join(filter(None, (browser.strip("/"), system)))


# In this order: Chromium names Safari too, and the others name Chromium.
_BROWSERS = ("Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/")
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "CrOS", "Linux")
