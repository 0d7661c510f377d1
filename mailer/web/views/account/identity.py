"""Asking for the password again before an act that must not be done at an open screen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from mailer.operations.team.identities import has_identity
from mailer.operations.team.kept_forms import SECRET_FIELDS, keep_form
from mailer.operations.team.passkeys import challenge_to_use, own_passkeys, prove_by_passkey
from mailer.operations.team.second_factor import has_generator
from mailer.operations.team.sign_in import has_password, prove_identity, visitor_of
from mailer.web.sessions import address_of, safe_path
from mailer.web.views.account.entrance import party_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.responses import Response

    from mailer.operations.team.passkeys import PasskeyChallenge
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

_FILE = re.compile(r"/.*\.(?:csv|eml|json|xlsx|zip)|/travaux/[^/]+/fichier")
"""A path behind which is a file: a browser fetches it and stays on the page before."""
PROOF_FIELDS = frozenset({"password", "code", "passkey"})
"""Where a proof may be wrong."""


def show(visit: Visit) -> Response:
    """Ask for the password before a page is shown."""
    return _ask(visit, fields=(("suite", visit.query("suite") or visit.typed.text("suite")),))


def confirm(visit: Visit, form: Form) -> Response:
    """Check the password, then lead to the page."""
    prove(visit, form)
    path = safe_path(form.text("suite"))
    if not _FILE.fullmatch(path.partition("?")[0]):
        return visit.done(path)
    page = visit.page("team/proved.html.j2", path=path)
    page.headers["Refresh"] = f"0;url={path}"
    return page


def file_to_fetch(visit: Visit, form: Form) -> Response:
    """Say that the proof is given, with the form again: a file leaves the page standing that asked
    for it.
    """
    return visit.page(
        "team/proved.html.j2",
        path="",
        action=address_of(visit.request),
        fields=[
            (name, each)
            for name, values in form.fields.items()
            if name not in SECRET_FIELDS
            for each in values
        ],
    )


def ask_with_form(visit: Visit, form: Form) -> Response:
    """Ask for the proof on a page that sends the same form again.

    Who proves it at the provider comes back to what was typed, which the ledger holds meanwhile.
    """
    fields = [(name, each) for name, values in form.fields.items() for each in values]
    action = address_of(visit.request)
    kept = _keep(visit, action, fields) if _proves_elsewhere(visit) else ""
    return _ask(visit, fields=fields, action=action, status=403, kept=kept)


def _keep(visit: Visit, path: str, fields: Sequence[tuple[str, str]]) -> str:
    """Hold a form while its person is away; returns its id, or "" for one that is too long."""
    return keep_form(path, fields, visitor=visit.visitor, ledger=visit.app.ledger, now=visit.now)


def _proves_elsewhere(visit: Visit) -> bool:
    """Return whether the person may prove at the provider who they are."""
    return bool(visit.provider_name) and has_identity(visit.person, ledger=visit.app.ledger)


def prove(visit: Visit, form: Form) -> Visit:
    """Return the visit after its person has proved who they are. Raises RuleError otherwise."""
    app, visitor = visit.app, visit.visitor
    if credential := form.text("credential"):
        prove_by_passkey(
            visitor,
            credential,
            form.text("sealed"),
            party=party_of(visit),
            ledger=app.ledger,
            now=visit.now,
        )
    else:
        password, code = form.text("password"), form.text("code")
        prove_identity(visitor, password, code=code, gate=app.gate, now=visit.now)
    token = visit.request.state.cookie.token(visit.request.headers)
    visit.request.state.visitor = visitor_of(token, ledger=app.ledger, now=visit.now)
    return replace(visit, problems=())


def _challenge(visit: Visit) -> PasskeyChallenge | None:
    """Return what a passkey is asked for; None for who has none that could answer."""
    ledger = visit.app.ledger
    if not visit.has_host_name or not own_passkeys(visit.visitor, ledger=ledger):
        return None
    return challenge_to_use(party_of(visit), ledger=ledger, now=visit.now)


def _ask(
    visit: Visit,
    *,
    fields: Iterable[tuple[str, str]],
    action: str = "/confirmer",
    status: int = 200,
    kept: str = "",
) -> Response:
    fields = list(fields)
    return visit.page(
        "team/confirm.html.j2",
        status=status,
        action=action,
        fields=[(name, value) for name, value in fields if name not in SECRET_FIELDS],
        has_generator=has_generator(visit.person, ledger=visit.app.ledger),
        challenge=_challenge(visit),
        has_password=has_password(visit.person, ledger=visit.app.ledger),
        proves_elsewhere=_proves_elsewhere(visit) and (bool(kept) or action == "/confirmer"),
        elsewhere=urlencode({"preuve": "1", "garde": kept, "suite": dict(fields).get("suite", "")}),
    )
