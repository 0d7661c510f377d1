"""Every form of the desk, sent in a process that kills itself at a given statement or flush.

The addresses are those of the routes. `POSTS` says of many in which office the form is sent, and
with what. What the form carries besides (versions, fingerprints) stands on its page.
"""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path

from mailer.app import App
from mailer.clock import SimulatedClock
from mailer.model.list_file import RowChoice
from mailer.web.routes import SCREENS
from mailer.web.serving import desk_of
from tests.counterparts.desk import PORT, Browser
from tests.counterparts.killed_save import count_down
from tests.counterparts.team import PASSWORD
from tests.desk.visitors import EXAMPLE
from tests.matrix.forms import forms_of
from tests.matrix.offices import EVERYTHING, UNCERTAIN

_CAMPAIGN = "/campagnes/{slug}"
_TEXT = f"{_CAMPAIGN}/textes/{{file}}"
_PERSON = "/reglages/personnes/{person}"


@dataclass(frozen=True)
class Post:
    """A form: the state of its office, the page it stands on, and what is typed into it.

    `steps` says that the act is more than one transaction, each whole with its line: then each
    table is as before or as after, and sending the form again completes it.
    """

    state: str = "prepared"
    page: str = ""
    typed: dict = field(default_factory=dict)
    steps: str = ""
    is_idle: bool = False
    """That nothing is left to do in this office: the form is sent all the same."""
    slug: str = EXAMPLE
    chosen: str = ""
    """What is chosen wherever the form offers it."""


POSTS = {
    "/campagnes/nouvelle": Post(
        typed={
            "kind": "advisory",
            "title": "Un essai",
            "event.day": "2018-03-31",
            "slug": "essai",
            "read-over": "",  # another button of the form
        }
    ),
    f"{_CAMPAIGN}/faits": Post(
        typed={"event.venue": "Ailleurs"}, steps="the version, then the unsaved one is removed"
    ),
    f"{_CAMPAIGN}/faits/brouillon": Post(page=f"{_CAMPAIGN}/faits", typed={"tab": "t"}),
    f"{_CAMPAIGN}/faits/abandonner": Post(
        page=f"{_CAMPAIGN}/faits", typed={"scratch": "t"}, is_idle=True
    ),
    f"{_CAMPAIGN}/faits/confirmer": Post(
        page=f"{_CAMPAIGN}/faits", typed={"fact": "title"}, is_idle=True
    ),
    _TEXT: Post(typed={"body": "# Autre\n"}, steps="the version, then the unsaved one is removed"),
    f"{_TEXT}/brouillon": Post(page=_TEXT, typed={"body": "# En cours\n", "tab": "t"}),
    f"{_TEXT}/abandonner": Post(page=_TEXT, typed={"scratch": "t"}, is_idle=True),
    f"{_TEXT}/commentaires": Post(page=_TEXT, typed={"act": "comment", "comment": "?"}),
    f"{_TEXT}/supprimer": Post(page=_TEXT),
    f"{_CAMPAIGN}/versions": Post(typed={"number": "1"}),
    f"{_CAMPAIGN}/essai": Post(),
    f"{_CAMPAIGN}/repetition": Post(is_idle=True),
    f"{_CAMPAIGN}/bon-a-tirer": Post(),
    f"{_CAMPAIGN}/lancement": Post(
        "signed", typed={"confirm": "64"}, steps="the launch, then the backup"
    ),
    f"{_CAMPAIGN}/suspendre": Post("under way", page=f"{_CAMPAIGN}/en-cours"),
    f"{_CAMPAIGN}/reprendre": Post("under way", page=f"{_CAMPAIGN}/en-cours", is_idle=True),
    f"{_CAMPAIGN}/annuler": Post("under way", typed={"confirm": "3", "why": "annulé"}),
    f"{_CAMPAIGN}/incertains": Post(
        "under way",
        typed={"confirm": "2", "decision": "sent", "why": "vu", "delivery": ""},
        slug=UNCERTAIN,
    ),
    f"{_CAMPAIGN}/accreditations": Post(
        typed={"address": "new@radio.example", "name": "Ana", "state": "asked"}
    ),
    "/contacts": Post(typed={"address": "new@radio.example", "list": "press", "last_name": "Ana"}),
    "/contacts/export.xlsx": Post(page="/contacts", is_idle=True),
    "/journal.xlsx": Post(page="/journal"),
    f"{_CAMPAIGN}/bilan.xlsx": Post("under way", page=f"{_CAMPAIGN}/bilan", is_idle=True),
    f"{_CAMPAIGN}/bilan.csv": Post("under way", page=f"{_CAMPAIGN}/bilan", is_idle=True),
    "/contacts/importer": Post(
        typed={"list": "essai", "pasted": "x@lab.example"},
        steps="the file, then the job that reads it",
    ),
    "/imports/{file}": Post(
        chosen=RowChoice.LEAVE_OUT, steps="the job, then the decisions, the people, and the file"
    ),
    "/travaux/{job}": Post(),
    "/contacts/{contact}": Post(typed={"act": "edit", "phone": "01 99 00 00 44"}),
    "/a-rappeler": Post(
        "under way",
        typed={"outcome": "not-coming", "campaign": EXAMPLE, "note": "non"},
        steps="the answer in the register, then the call",
    ),
    "/oppositions": Post(typed={"act": "bar", "address": "new@radio.example", "why": "lettre"}),
    "/courrier": Post(typed={"act": "dismiss", "proposal": "rien", "why": ""}, is_idle=True),
    "/tout-suspendre": Post(page="/", typed={"why": "un doute"}),
    "/tout-reprendre": Post(page="/", typed={"why": "levé"}, is_idle=True),
    f"{_CAMPAIGN}/renvoyer": Post(
        "under way", typed={"step": "announcement", "to": "missed", "confirm": "2", "why": "vu"}
    ),
    "/moi": Post(typed={"language": "en"}),
    "/moi/mot-de-passe": Post(
        page="/moi",
        typed={"current": PASSWORD, "new": "une autre phrase", "again": "une autre phrase"},
    ),
    "/moi/sessions": Post(page="/moi"),
    "/sortir": Post(page="/moi"),
    "/confirmer": Post(page="/confirmer?suite=/moi", typed={"password": PASSWORD}),
    "/entrer": Post(typed={"name": EVERYTHING.name, "password": PASSWORD}),
    "/reglages/personnes": Post(typed={"name": "Dan Petit", "roles": "editor"}),
    _PERSON: Post(typed={"roles": "editor"}),
    f"{_PERSON}/listes": Post(page=_PERSON, typed={"lists": "press"}),
    f"{_PERSON}/fermer": Post(page=_PERSON, typed={"why": "parti"}),
    f"{_PERSON}/ouvrir": Post(page=_PERSON, is_idle=True),
    f"{_PERSON}/invitation": Post(page=_PERSON),
    "/convertir": Post(page="/campagnes/nouvelle", typed={"html": "<p>x</p>"}, is_idle=True),
    # The token is none of ours: what a link signs off is signed as at the desk.
    "/signer/{token}": Post(is_idle=True),
    "/bienvenue/{token}": Post(typed={"new": "une autre phrase", "again": "une autre phrase"}),
}
"""What is typed into forms, by the address they are sent to; another is sent as it stands."""
_CHANGING_NOTHING = {f"{_TEXT}/apercu", "/repris/{form}"}
"""A preview; and a form that was kept, one row that its author throws away."""


def forms():
    """Return the forms of all addresses that act, made from the routes."""
    acting = (screen.path for screen in SCREENS if screen.act)
    return {path: POSTS.get(path, Post()) for path in acting if path not in _CHANGING_NOTHING}


def post_until(workspace, at, now, token, values, address):
    """Send a form; SIGKILL before the statement or flush number `at`; never with 0."""
    post = forms()[address]
    with App(Path(workspace), clock=SimulatedClock(now)) as app:
        browser = Browser(desk_of(app, port=PORT))
        browser.cookies[f"desk-{PORT}"] = token
        values = {**values, "slug": post.slug}
        if address == "/imports/{file}":
            values["file"] = values["import"]
        action = _filled(address, values)
        page = _filled(post.page or address, values)
        fields = _fields(browser.get(page), page, action, post.chosen) | post.typed
        if at:
            count_down(app.ledger, at)
        answer = browser.post(action, fields)
        if answer.status >= 500:
            os.kill(os.getpid(), signal.SIGTERM)


def _fields(answer, page, action, chosen):
    """Return what the form carries as it stands on its page; nothing when it is not there."""
    found = {}
    for form in forms_of(page, answer.body.decode()):
        if form.action.partition("?")[0] == action:
            for each in form.fields:
                is_typed = each.kind in {"hidden", "text"}
                if is_typed or each.name not in found or each.value == chosen:
                    found[each.name] = each.value
            break
    return found


def _filled(path, values):
    return re.sub(r"\{(\w+)\}", lambda name: values[name[1]], path)
