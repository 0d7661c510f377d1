"""Every form of the desk, sent in a process that kills itself at a given statement or flush.

The addresses are those of the routes. `POSTS` says of many in which office the form is sent, and
with what. What the form carries besides (versions, fingerprints) stands on its page.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.clock import SimulatedClock
from mailer.model.contacts.list_file import RowChoice
from mailer.web.routes import SCREENS
from mailer.web.serving import desk_of
from mailer.wiring.app import App
from mailer.wiring.jobs import JobRunner
from tests.counterparts.desk import PORT, Browser
from tests.counterparts.killed_save import count_down
from tests.counterparts.team import PASSWORD
from tests.desk.visitors import EXAMPLE
from tests.kills import desk_offices as offices
from tests.kills.desk_offices import HOST, SENDS, pressed
from tests.matrix.forms import forms_of
from tests.matrix.offices import EVERYTHING, READER, UNCERTAIN

if TYPE_CHECKING:
    from collections.abc import Callable

_CAMPAIGN = "/campagnes/{slug}"
_TEXT = f"{_CAMPAIGN}/textes/{{file}}"
_PERSON = "/reglages/personnes/{person}"
_MADE_LATER = "the work that was asked for, then the line and the file that it makes"
_DOCUMENT = """Communiqué de presse

Invitation presse : une journée pour comprendre les marées

Le samedi 31 mars 2018 à 14 h, l’Institut ouvre sa station de Brest.

Contact presse : Claire Delmas, 01 99 00 12 34, claire.delmas@institut.example
"""


def after(*addresses, then=lambda _app, _browser, _values: None):
    """Return what sends the forms of these addresses first, each as it stands below."""

    def send(app, browser, values):
        found = dict(values)
        for address in addresses:
            found |= POSTS[address].first(app, browser, found) or {}
            pressed(browser, *filled(POSTS[address], address, browser, found))
        return found | (then(app, browser, found) or {})

    return send


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
    idle: str = ""
    """Why it changes nothing: the form is sent all the same."""
    slug: str = EXAMPLE
    chosen: str = ""
    """What is chosen wherever the form offers it."""
    config: str = ""
    """What its configuration says besides."""
    first: Callable = lambda _app, _browser, _values: None
    """What is done in the office before its page is read; returns values of its own."""


POSTS = {
    "/campagnes/nouvelle": Post(
        typed={
            "kind": "advisory",
            "title": "Un essai",
            "event.day": "2018-03-31",
            "slug": "essai",
            "read-over": "",  # another button of the form
            "pasted": _DOCUMENT,
        }
    ),
    f"{_CAMPAIGN}/faits": Post(
        typed={"event.venue": "Ailleurs"}, steps="the version, then the unsaved one is removed"
    ),
    f"{_CAMPAIGN}/faits/brouillon": Post(page=f"{_CAMPAIGN}/faits", typed={"tab": "t"}),
    f"{_CAMPAIGN}/faits/abandonner": Post(
        page=f"{_CAMPAIGN}/faits",
        typed={"scratch": "t"},
        first=after(f"{_CAMPAIGN}/faits/brouillon"),
    ),
    f"{_CAMPAIGN}/faits/confirmer": Post(
        page=f"{_CAMPAIGN}/faits", slug="essai", first=after("/campagnes/nouvelle")
    ),
    f"{_CAMPAIGN}/calendrier/{{step}}": Post(
        typed={"steps.announcement.reason": "La salle a changé"},
        steps="the version, then the unsaved one is removed",
    ),
    f"{_CAMPAIGN}/calendrier/{{step}}/brouillon": Post(
        page=f"{_CAMPAIGN}/calendrier/{{step}}", typed={"tab": "t"}
    ),
    f"{_CAMPAIGN}/calendrier/{{step}}/abandonner": Post(
        page=f"{_CAMPAIGN}/calendrier/{{step}}",
        typed={"scratch": "t"},
        first=after(f"{_CAMPAIGN}/calendrier/{{step}}/brouillon"),
    ),
    f"{_CAMPAIGN}/calendrier/{{step}}/retirer": Post(),
    f"{_CAMPAIGN}/nouvelle-etape": Post(typed={"like": "follow-up", "send": ""}),
    _TEXT: Post(
        typed={"body": "# Autre autre\n\nIl est est midi.\n"},
        steps="the version, then the unsaved one is removed",
    ),
    f"{_TEXT}/brouillon": Post(page=_TEXT, typed={"body": "# En cours\n", "tab": "t"}),
    f"{_TEXT}/abandonner": Post(
        page=_TEXT, typed={"scratch": "t"}, first=after(f"{_TEXT}/brouillon")
    ),
    f"{_TEXT}/commentaires": Post(page=_TEXT, typed={"act": "comment", "comment": "?"}),
    f"{_TEXT}/supprimer": Post(
        page=_TEXT, first=lambda *_: {"file": "announcement.associations.md"}
    ),
    f"{_CAMPAIGN}/versions": Post(
        page=f"{_CAMPAIGN}/versions/1..2", typed={"number": "1"}, first=after(_TEXT)
    ),
    f"{_CAMPAIGN}/verifications": Post(
        typed={"accept": "{finding}", "why-{finding}": "vu", "withdraw": ""},
        first=offices.finding,
    ),
    f"{_CAMPAIGN}/verifications/corriger": Post(first=after(_TEXT)),
    f"{_CAMPAIGN}/essai": Post(
        typed={"step": "announcement"},
        config='[team]\nproofs = ["equipe@institut.example"]\n',
        steps="the mails, then their line",
    ),
    f"{_CAMPAIGN}/bon-a-tirer": Post(),
    f"{_CAMPAIGN}/lancement": Post(
        "signed", typed={"confirm": "64"}, steps="the launch, then the backup"
    ),
    f"{_CAMPAIGN}/suspendre": Post("under way", page=f"{_CAMPAIGN}/en-cours"),
    f"{_CAMPAIGN}/reprendre": Post(
        "under way", page=f"{_CAMPAIGN}/en-cours", first=after(f"{_CAMPAIGN}/suspendre")
    ),
    f"{_CAMPAIGN}/annuler": Post("under way", typed={"confirm": "3", "why": "annulé"}),
    f"{_CAMPAIGN}/incertains": Post(
        "under way",
        typed={"confirm": "2", "decision": "sent", "why": "vu", "delivery": ""},
        slug=UNCERTAIN,
    ),
    f"{_CAMPAIGN}/rectifier": Post(
        "under way",
        typed={"kind": "correction", "event.venue": "Ailleurs", "note": "pardon"},
        steps="the version, then the draft",
    ),
    f"{_CAMPAIGN}/rectifier/bon-a-tirer": Post(
        "under way", page=f"{_CAMPAIGN}/rectifier", first=offices.drafted_by_another
    ),
    f"{_CAMPAIGN}/rectifier/lancer": Post(
        "under way",
        page=f"{_CAMPAIGN}/rectifier",
        typed={"confirm": "{told}"},
        first=after(f"{_CAMPAIGN}/rectifier/bon-a-tirer", then=offices.amendment_size),
    ),
    f"{_CAMPAIGN}/rectifier/abandonner": Post(
        "under way", page=f"{_CAMPAIGN}/rectifier", first=offices.drafted_by_another
    ),
    f"{_CAMPAIGN}/retombees": Post(
        typed={
            "title": "Un article",
            "outlet": "La Gazette",
            "day": "2017-12-01",
            "link": "https://gazette.example/a",
        }
    ),
    f"{_CAMPAIGN}/accreditations/importer": Post(
        typed={
            "act": "take-in",
            "rows": '[{"address": "ana@radio.example", "name": "Ana"},'
            ' {"address": "luc@web.example", "name": "Luc"}]',
            "choice-0": "asked",
            "choice-1": "accepted",
        }
    ),
    f"{_CAMPAIGN}/accreditations/{{entry}}": Post(typed={"state": "declined"}, first=offices.entry),
    f"{_CAMPAIGN}/accreditations/{{entry}}/remplacer": Post(
        page=f"{_CAMPAIGN}/accreditations/{{entry}}",
        typed={"address": "new@radio.example", "name": "Ana"},
        first=offices.entry,
    ),
    f"{_CAMPAIGN}/accreditations": Post(
        typed={"address": "new@radio.example", "name": "Ana", "state": "asked"}
    ),
    "/contacts": Post(typed={"address": "new@radio.example", "list": "press", "last_name": "Ana"}),
    "/contacts/export.xlsx": Post(page="/contacts", steps=_MADE_LATER),
    "/journal.xlsx": Post(page="/journal"),
    f"{_CAMPAIGN}/bilan.xlsx": Post("under way", page=f"{_CAMPAIGN}/bilan", steps=_MADE_LATER),
    f"{_CAMPAIGN}/bilan.csv": Post("under way", page=f"{_CAMPAIGN}/bilan", steps=_MADE_LATER),
    "/contacts/importer": Post(
        typed={"list": "essai", "pasted": "x@lab.example"},
        steps="the file, then the job that reads it",
    ),
    "/imports/{file}": Post(
        chosen=RowChoice.LEAVE_OUT,
        first=offices.list_file,
        steps="the job, then the decisions, then the people and the end of the file",
    ),
    "/travaux/{job}": Post(page="/sortir", first=offices.export_asked),
    "/contacts/{contact}/donnees": Post(page="/contacts/{contact}", typed={"why": "lettre"}),
    "/contacts/{contact}/effacer": Post(
        typed={"confirm": "lone@radio.example", "why": "lettre"}, first=offices.lone_contact
    ),
    "/contacts/{contact}": Post(typed={"act": "edit", "phone": "01 99 00 00 44"}),
    "/listes/{list}": Post(typed={"act": "rename", "name": "nouvelle"}, first=offices.lone_list),
    "/a-rappeler": Post(
        "under way",
        typed={"outcome": "not-coming", "campaign": EXAMPLE, "note": "non"},
        steps="the answer in the register, then the call",
    ),
    "/a-rappeler/ne-plus-ecrire": Post(page="/a-rappeler", first=offices.stop_asked),
    "/oppositions": Post(typed={"act": "bar", "address": "new@radio.example", "why": "lettre"}),
    "/courrier": Post(
        typed={"act": "accept", "reply": "", "proposal": "{proposal}", "why": "lettre"},
        first=offices.proposal,
    ),
    "/courrier/{mail}": Post(
        typed={"act": "bar", "address": "lea@revue.example", "why": "lettre"},
        first=offices.unknown_mail,
    ),
    "/courrier/{mail}/courrier.eml": Post(page="/courrier/{mail}", first=offices.unknown_mail),
    "/conservation": Post(typed={"number": "{number}"}, first=offices.door_list),
    "/salle-de-presse": Post(
        typed={"campaign": EXAMPLE, "why": "une erreur"},
        config='[press_room]\npublic_url = "https://presse.institut.example"\n',
        first=offices.public_release,
    ),
    "/horloge": Post(first=offices.held_jump),
    "/tout-suspendre": Post(page="/", typed={"why": "un doute"}),
    "/tout-reprendre": Post(page="/", typed={"why": "levé"}, first=after("/tout-suspendre")),
    f"{_CAMPAIGN}/renvoyer": Post(
        "under way", typed={"step": "announcement", "to": "missed", "confirm": "2", "why": "vu"}
    ),
    "/moi": Post(typed={"language": "en"}),
    "/moi/mot-de-passe": Post(
        page="/moi",
        typed={"current": PASSWORD, "new": "une autre phrase", "again": "une autre phrase"},
    ),
    "/moi/sessions": Post(page="/sortir", first=offices.other_session),
    "/moi/second-facteur": Post(
        typed={"sealed": "{sealed}", "code": "{code}"}, first=offices.code_offered
    ),
    "/moi/second-facteur/retirer": Post(page="/moi", first=offices.telephone),
    "/moi/cles": Post(
        page="/sortir",
        typed={"sealed": "{sealed}", "credential": "{credential}", "passkey-name": "clé"},
        first=offices.passkey_made,
    ),
    "/moi/cles/retirer": Post(page="/moi", typed={"passkey": "aaaa"}, first=offices.own_passkey),
    "/moi/identites": Post(page="/moi", first=offices.linked(EVERYTHING)),
    "/entrer/code": Post(
        page="/entrer",
        typed={"ticket": "{ticket}", "code": "{code}"},
        first=offices.code_asked,
        steps="the code is used up, then the session is opened",
    ),
    "/entrer/cle": Post(
        page="/entrer",
        typed={"sealed": "{sealed}", "credential": "{credential}"},
        first=offices.passkey_used,
        steps="the challenge is used up, and the key noted, then the session is opened",
    ),
    "/sortir": Post(page="/moi"),
    "/confirmer": Post(page="/confirmer?suite=/moi", typed={"password": PASSWORD}),
    "/entrer": Post(typed={"name": EVERYTHING.name, "password": PASSWORD}),
    "/reglages/bureau": Post(
        typed={"office.name": "Institut neuf"}, steps="the line, then the configuration"
    ),
    "/reglages/personnes": Post(typed={"name": "Dan Petit", "roles": "editor"}),
    _PERSON: Post(typed={"roles": "editor"}),
    f"{_PERSON}/listes": Post(page=_PERSON, typed={"lists": "press"}),
    f"{_PERSON}/fermer": Post(page=_PERSON, typed={"why": "parti"}),
    f"{_PERSON}/ouvrir": Post(page=_PERSON, first=after(f"{_PERSON}/fermer")),
    f"{_PERSON}/invitation": Post(page=_PERSON),
    f"{_PERSON}/sessions": Post(page=_PERSON),
    f"{_PERSON}/identites": Post(page=_PERSON, first=offices.linked(READER)),
    f"{_PERSON}/second-facteur": Post(page=_PERSON, first=offices.lost_telephone),
    "/reglages/identites": Post(
        page="/reglages/personnes",
        typed={
            "issuer": "{issuer}",
            "subject": "{subject}",
            "decision": "recognise",
            "person": READER.id,
        },
        first=offices.stranger,
    ),
    "/convertir": Post(
        page="/campagnes/nouvelle", typed={"html": "<p>x</p>"}, idle="it answers a script"
    ),
    "/signer/{token}": Post(
        typed={"decision": "sign", "password": PASSWORD}, first=offices.sign_off_link
    ),
    "/bienvenue/{token}": Post(typed={"new": "une autre phrase", "again": "une autre phrase"}),
}
"""What is typed into forms, by the address they are sent to; another is sent as it stands."""
_NOT_SENT = {
    f"{_TEXT}/apercu": "a preview",
    f"{_CAMPAIGN}/verifications/liens": "it asks the web, and writes nothing",
    "/demonstration": "no office has the clock of a demonstration",
    "/repris/{form}": "one row of a form that was kept, which its author throws away",
}
"""Forms that are not sent, and why."""


def forms():
    """Return the forms of all addresses that act, made from the routes."""
    acting = (screen.path for screen in SCREENS if screen.act)
    return {path: POSTS.get(path, Post()) for path in acting if path not in _NOT_SENT}


def filled(post, address, browser, values):
    """Return where the form is sent and what it carries, as it stands on its page."""
    values = {**values, "slug": post.slug}
    action, page = (_filled(each, values) for each in (address, post.page or address))
    fields = _fields(browser.get(page), page, action, post.chosen)
    return action, fields | {
        _filled(name, values): _filled(text, values) for name, text in post.typed.items()
    }


def post_until(workspace, at, sent, pipe, *, is_watched=False):
    """Send a form, and do the work that it asked for; SIGKILL before moment number `at`.

    A moment is a statement or a flush. With 0 there is none: the pipe is told that it begins, and
    what stood on the disk at each moment, if `is_watched`, and how many seconds it took.
    """
    _share_fork_server(sent.fork_server)
    with App(Path(workspace), clock=SimulatedClock(sent.now)) as app:
        jobs = JobsAfterwards(app)
        browser = Browser(desk_of(app, port=PORT, jobs=jobs), host=HOST)
        browser.cookies = dict(sent.cookies)
        moments = []
        look = partial(_on_disk, Path(workspace)) if is_watched else lambda: None
        count_down(app.ledger, at, seen=lambda: moments.append(look()))
        pipe.send("begun")
        begun = time.monotonic()
        answer = browser.post(sent.action, sent.fields, headers=SENDS)
        jobs.do_what_was_asked()
        pipe.send((moments, time.monotonic() - begun, answer.status, _told(answer)))


def _on_disk(folder):
    """Return a hash of the bytes that a kill leaves at this moment."""
    files = [each for each in sorted(folder.rglob("*")) if not each.name.endswith("-shm")]
    return hash(tuple((str(each), each.read_bytes()) for each in files if each.is_file()))


def _share_fork_server(address):
    """Let the sandboxes of this process fork from the server from which it was forked itself.

    Otherwise each of a thousand processes would start a server of its own, and load all again.
    """
    forkserver._forkserver._forkserver_address = address
    forkserver._forkserver.ensure_running = lambda: None


class JobsAfterwards(JobRunner):
    """Does the work that a form asked for after its answer: always in the same order."""

    is_woken = False

    def wake(self):
        self.is_woken = True

    def do_what_was_asked(self):
        if self.is_woken:
            self.do_on_host(stopping=lambda: False)


def _told(answer):
    """Return where the answer leads, or the problems on its page."""
    page = answer.body.decode(errors="replace")
    shown = re.findall(r'class="refused".*?</div>', page, re.DOTALL)
    return answer.location or " ".join(re.sub(r"<[^>]*>|\s+", " ", each) for each in shown)[:400]


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
