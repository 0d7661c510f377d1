"""What one look at each page of the desk costs an office of some years: statements, rows, bytes."""

import re
from datetime import timedelta
from shutil import copytree, rmtree

import pytest
from sqlalchemy import event

from mailer.clock import SimulatedClock
from mailer.ledger.storage.definitions import tables
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    RegisterUpdate,
)
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address
from mailer.model.contacts.contact import contact_id
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.service.exported_file import ExportedFile
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.person import Person, Role
from mailer.operations.jobs import ask_for_job, cancel_job
from mailer.operations.people.kept_lists import keep_list, read_kept_list
from mailer.web.routes import SCREENS
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, a_delivery, a_mailing
from tests.counterparts.desk import an_office, signed_in
from tests.counterparts.strange_mails import strange_mail

EXAMPLE = "2017-12-09-recherche-associations"
STATEMENTS, ROWS, BYTES = 15, 500, 40_000
PEOPLE, ANSWERS, CAMPAIGNS, OPEN_REQUESTS, MAILS = 700, 300, 60, 50, 21
STEPS = ("announcement", "reminder", "practical", "morning")
ADA = Person("a.roy", "Ada Roy", frozenset(Role))
REGISTER = "/campagnes/{slug}/accreditations"
READ_WHOLE = {
    "/a-rappeler": "who is to be called is derived from all that came back",
    REGISTER: "places are counted anew from every answer",
    f"{REGISTER}/{{entry}}": "as the register",
    f"{REGISTER}/{{entry}}/remplacer": "as the register",
    f"{REGISTER}/porte": "the list for the door is printed whole",
    f"{REGISTER}/porte.xlsx": "as the list for the door",
    f"{REGISTER}/registre.xlsx": "as the list for the door",
    f"{REGISTER}/confirmer": "as the register",
    f"{REGISTER}/importer": "as the register",
    f"{REGISTER}/demandes/{{request}}": "of who was accepted, the register has the state",
    "/campagnes/{slug}/bilan.csv": "who came is counted from every answer",
    "/campagnes/{slug}/bilan.xlsx": "as the report in lines",
    "/sante/examen": "it verifies the chain of the whole journal",
}
"""Pages that read more rows than they show, and why; they are as light as the others."""
PRINTED_WHOLE = {f"{REGISTER}/porte", "/campagnes/{slug}/apercu/page.html"}
"""Pages that are taken along whole, on paper or in a file."""
DEARER = {
    f"/campagnes/{{slug}}/{name}": statements
    for names, statements in (
        (("lancement",), 17),  # a draft and how far it has come, with sample readers
        (("bon-a-tirer", "verifications/corriger"), 16),
        # A draft, and what is typed and said about one of its texts:
        (("textes/{file}", "textes/{file}/brouillon", "textes/{file}/abandonner"), 20),
        (("textes/{file}/supprimer", "textes/{file}/commentaires"), 20),
        # A draft, the last mailing of each rule, and when somebody looked at the answers:
        (("calendrier",), 21),
        (("essai",), 23),  # and what came back about the tests
        (("bilan", "bilan/imprimer"), 24),  # a few for each of its four mailings
    )
    for name in names
} | {
    "/sante/examen": 19,  # it asks everything that a launch depends on
    # It looks for everything that may need somebody, for whom to call, and for what is drafted to be
    # told of a launched campaign.
    "/": 31,
    "/demonstration": 31,  # the same page, with the answer to a form of it
    # It decides about every step that is still to come, and looks for a request to stop:
    "/contacts/{contact}": 18,
    "/contacts/{contact}/donnees": 18,  # the same page, with a form
}
"""How many statements these pages may ask: of a campaign of four steps."""
VALUES = {
    "slug": EXAMPLE,
    "step": "announcement",
    "file": "announcement.md",
    "first": "1",
    "second": "1",
    "person": ADA.id,
    "request": "1",
    "list": "associations",
    "page": "lancement",
    "entry": contact_id(Address.parse("reader0@outlet0.example")),
}
"""What stands for each part of an address; contacts and lists are made by the test."""
BY_LINK = {"/bienvenue/{token}", "/repris/{form}", "/signer/{token}", "/signer/{token}/cadre"}
"""Pages behind a link that somebody was given."""
LAUNCHED = ("en-cours", "en-cours/personnes", "incertains", "bilan", "bilan/imprimer",
            "annuler", "suspendre", "reprendre")  # fmt: skip


class Cost:
    """Counts the statements that the database is asked, and the rows that it answers."""

    def __init__(self, ledger):
        engine = ledger.contacts._database.engine
        engine.dispose()  # so that every connection counts its rows
        event.listen(engine, "connect", self._watch)
        event.listen(engine, "before_cursor_execute", self._count)
        self.reset()

    def reset(self):
        self.statements, self.rows = [], 0

    def _count(self, _connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            self.statements.append(" ".join(statement.split())[:120])

    def _watch(self, dbapi, _record):
        dbapi.row_factory = self._row

    def _row(self, _cursor, row):
        self.rows += 1
        return row


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office of some years, a browser in it, and the count of what its pages ask."""
    clock = SimulatedClock(NOON - timedelta(days=2))
    app = an_office(tmp_path_factory.mktemp("office"), clock, [ADA])
    _fill(app)
    cost = Cost(app.ledger)
    yield app, signed_in(app, ADA), cost
    app.__exit__(None, None, None)


def _fill(app):
    ledger = app.ledger
    people = [
        a_contact(
            f"reader{number}@outlet{number % 50}.example",
            first_name="Camille",
            last_name=f"Lecteur {number}",
            lists=frozenset({"press"} if number % 3 else {"press", "associations"}),
            language="fr",
        )
        for number in range(PEOPLE)
    ]
    dead, out = SuppressionReason.DEAD, SuppressionReason.OPT_OUT
    bars = [
        a_bar(f"out{number}@outlet.example", reason=dead if number % 2 else out)
        for number in range(PEOPLE)
    ]
    ledger.contacts.save(people, actor=ACTOR, at=NOON, suppressions=bars)
    _add_campaigns(ledger)
    ledger.accreditations.revise(
        EXAMPLE,
        lambda _register: RegisterUpdate(saved=tuple(_answers(people))),
        actor=ACTOR,
        at=NOON,
    )
    for contact in people[:OPEN_REQUESTS]:
        ledger.partner_requests.add(_request(contact), actor=ACTOR)
    for number in range(ROWS):
        ledger.journal.add(at=NOON, actor=PROGRAM, action="export", subject=f"{EXAMPLE}/{number}")


def _request(contact):
    return PartnerRequest(
        campaign=EXAMPLE,
        partner="Academy",
        address=contact.address,
        name=contact.name,
        organisation="La Gazette",
        person="pia",
        by="Pia",
        at=NOON,
    )


def _answers(people):
    for place, contact in enumerate(people[:ANSWERS]):
        state = AccreditationState.ASKED if place % 2 else AccreditationState.ACCEPTED
        yield Accreditation(EXAMPLE, contact.address, state, NOON, name=contact.name)


def _add_campaigns(ledger):
    """Launch campaigns that have ended, two that are under way, and one that is ahead."""
    mailings = [
        a_mailing(step, campaign=f"campaign-{number:03}", due_at=NOON - timedelta(days=number))
        for number in range(CAMPAIGNS)
        for step in STEPS
    ]
    ahead = a_mailing("announcement", campaign="ahead", due_at=NOON + timedelta(days=1))
    ledger.mailings.launch([*mailings, ahead], actor=ACTOR, at=NOON)
    for mailing in mailings[: 2 * len(STEPS)]:
        deliveries = [a_delivery(number, mailing=mailing) for number in range(3)]
        ledger.mailings.start(mailing.id, deliveries=deliveries, exclusions=(), at=NOON)
    with ledger.contacts._database.writing() as connection:
        ended = tables.mailing.c.campaign.between("campaign-002", "campaign-999")
        connection.execute(tables.mailing.update().where(ended).values(state="done"))


def _paths(app):
    """Yield the address of each page, with the screen that it is."""
    values = VALUES | {
        "contact": app.ledger.contacts.page(limit=1)[0].id,
        "job": _cancelled_job(app),
        "mail": _strange_mails(app)[0],
    }
    for path in [screen.path for screen in SCREENS if screen.path not in BY_LINK]:
        further = {}
        if path.startswith("/campagnes/{slug}/") and path.endswith(LAUNCHED):
            further["slug"] = "campaign-000"
        if path == "/imports/{file}":
            further["file"] = _kept_list(app)
        query = "?etape=announcement" if path.endswith("personnes") else ""
        yield path, path.format(**values | further) + query


def _strange_mails(app):
    """A page of mails that nobody understands, and one more."""
    found = app.ledger.contacts.page(limit=MAILS)
    return [
        strange_mail(app.ledger, at=NOON, sender=str(each.address), subject=str(each.address))
        for each in found
    ]


def _cancelled_job(app):
    """A job that has ended and left a file: each page that shows one may lead to it."""
    actor = Actor(ADA.id, ADA.name, Via.DESK, ADA.roles)
    request = JobRequest(JobKind.REHEARSAL, EXAMPLE, actor, {"language": "fr"})
    job = ask_for_job(request, ledger=app.ledger, now=app.clock.now())
    cancel_job(job.id, person=ADA.id, ledger=app.ledger, now=app.clock.now())
    file = ExportedFile(job.id, "contacts.xlsx", "text/plain", b"", app.clock.now())
    app.ledger.exported_files.keep(file)
    return job.id


def _kept_list(app):
    rows = "\n".join(f"Neuve {n};neuve{n}@gazette..example" for n in range(20))
    asked = {"ledger": app.ledger, "now": app.clock.now()}
    content = f"Nom;Courriel\n{rows}\n".encode()
    job = keep_list("liste.csv", content, list_name="press", field="file", actor=ACTOR, **asked)
    read_kept_list(job.request.subject, read_bytes=app.children.read_contact_bytes, **asked)
    return job.request.subject


def test_every_page_asks_little_of_the_ledger_and_weighs_little(office):
    app, browser, cost = office
    dear, refused = {}, {}
    for path, asked in _paths(app):
        browser.get(asked)  # the first look may read the directory
        cost.reset()
        answer = browser.get(asked)
        if answer.status != 200:
            refused[path] = answer.status
        rows = 0 if path in READ_WHOLE else cost.rows
        is_page = (
            answer.headers.get("content-type", "").startswith("text/html") and "cadre" not in path
        )
        size = len(answer.body) if is_page and path not in PRINTED_WHOLE else 0
        statements = DEARER.get(path, STATEMENTS)
        if len(cost.statements) > statements or rows > ROWS or size > BYTES:
            dear[path] = f"{len(cost.statements)} statements, {cost.rows} rows, {size} bytes"

    assert dear == {}
    assert refused == {
        "/campagnes/{slug}/textes/{file}/apercu": 303,  # it is led to the text
        # The example was not launched: nothing of it can be corrected or archived.
        "/campagnes/{slug}/rectifier": 409,
        "/campagnes/{slug}/rectifier/bon-a-tirer": 409,
        "/campagnes/{slug}/rectifier/lancer": 409,
        "/campagnes/{slug}/rectifier/abandonner": 409,
        "/campagnes/{slug}/archive.zip": 409,
        # Nobody signs in elsewhere, and no password waits for its code.
        "/entrer/code": 303,
        "/entrer/fournisseur": 404,
        "/entrer/retour": 409,
        "/moi/relier": 404,
    }


def test_the_start_page_asks_as_much_for_many_drafts_as_for_one(office):
    app, browser, cost = office
    asked = []
    for further in range(3):
        if further:
            copytree(
                app.workspace / "campaigns" / EXAMPLE, app.workspace / "campaigns" / f"d{further}"
            )
            app.ledger.journal.add(at=NOON, actor=PROGRAM, action="proof", subject=f"d{further}/a")
        browser.get("/")
        cost.reset()
        assert browser.get("/").status == 200
        asked.append(len(cost.statements))
    for further in (1, 2):
        rmtree(app.workspace / "campaigns" / f"d{further}")

    assert asked == asked[:1] * 3


@pytest.mark.parametrize("path", ["/a-rappeler", REGISTER])
def test_the_next_page_shows_others_and_a_mark_that_names_nobody(office, path):
    _app, browser, _cost = office
    asked = path.format(slug=EXAMPLE)
    first = browser.get(asked).text

    following = re.search(r'href="(\?[^"]*apres=[^"]*)"', first)[1]
    second = browser.get(asked + following).text

    people = [
        set(re.findall(r"(?:out|reader)\d+@outlet\d*\.example", page)) for page in (first, second)
    ]
    assert all(people)
    assert people[0].isdisjoint(people[1])
    assert "@" not in following
