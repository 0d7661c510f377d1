"""Press offices in the states that the desk's screens can be in, each behind a real desk."""

from __future__ import annotations

import shutil
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import uvicorn

from mailer.calendar.instants import read_instant
from mailer.feedback.reading import Reason
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.model.feedback.event import Deadness, EventKind
from mailer.model.mailings.delivery import Accepted, Uncertain
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Person, Role
from mailer.model.team.sign_in import LinkPurpose
from mailer.operations.campaigns.approval.approval import approve_campaign
from mailer.operations.campaigns.approval.partner_approval import sign_as_partner
from mailer.operations.campaigns.launching.launch import first_audience_size, launch_campaign
from mailer.operations.feedback.record import process_stored_events
from mailer.operations.jobs import ask_for_job
from mailer.operations.people.accreditations import Respondent, Ruling, register_accreditation
from mailer.operations.people.kept_lists import keep_list, read_kept_list
from mailer.operations.people.partner_requests import ask_for_place, refuse_place
from mailer.operations.people.suppressions import suppress
from mailer.operations.team.links import make_link
from mailer.operations.team.sign_in import new_session
from mailer.service.service import Service
from mailer.web.serving import desk_of
from tests.counterparts.builders import an_event, started
from tests.counterparts.strange_mails import mail_without_text, strange_mail, unreadable_mail
from tests.desk.visitors import EXAMPLE, example_app

EVERYTHING = Person("a.benali", "Amina Benali", frozenset(Role))
READER = Person("n.lambert", "Noé Lambert", frozenset({Role.READER}))
PARTNER = Person("p.sauvage", "Pia Sauvage", frozenset({Role.PARTNER}))
OTHER = Person("c.delmas", "Claire Delmas", frozenset({Role.SIGNATORY}))
AMINA = Actor(EVERYTHING.id, EVERYTHING.name, Via.CLI, EVERYTHING.roles)
DOUBTFUL = "Nom;Prénom;Média;Courriel;Statut\n" + "".join(
    f"{row}\n"
    for row in (
        "Durand;Léa;Gazette;lea.durand@gmial.com;",
        "Petit;Ana;Radio;ana petit@radio.example;",
        "Roux;Zoé;TV;zoe@tv.example;a quitté ?",
        "Bon;Luc;Web;luc@web.example;",
    )
)
CONFIG = """[office]
name = "Institut de recherche"
language = "fr"
time_zone = "Europe/Paris"
"""
UNCERTAIN = "2017-11-20-incertaine"


@dataclass(frozen=True)
class Office:
    """A workspace behind its desk, and what its addresses are filled with."""

    app: object
    port: int
    cookies: dict = field(default_factory=dict)
    """The session token of each person, by id."""
    values: dict = field(default_factory=dict)
    """What stands for the parts of an address: `{slug}`, `{contact}` …"""

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def office(folder, state):
    """Open an office in a state (a name of STATES) and serve its desk on loopback."""
    with example_app(folder, config=CONFIG) as app:
        app.ledger.team.add([EVERYTHING, READER, OTHER, PARTNER], actor=PROGRAM, at=app.clock.now())
        values = {"slug": EXAMPLE, "step": "announcement", "person": READER.id}
        values |= {"first": "0", "second": "1", "file": "announcement.md"}
        values |= STATES[state](app) or {}
        cookies = {each.id: signed_in(app, each) for each in (EVERYTHING, READER, PARTNER)}
        with served(app) as port:
            yield Office(app, port, cookies, values)


def signed_in(app, person):
    """Open a session and return its token."""
    opened = new_session(
        person, method=SignInMethod.PASSWORD, agent="Chrome, Linux", now=app.clock.now()
    )
    app.ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    return opened.token


@contextmanager
def served(app):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = uvicorn.Config(desk_of(app, port=port), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _empty(app):
    """Nothing: no campaign, no contact."""
    shutil.rmtree(app.campaigns.folder(EXAMPLE))
    for contact in list(app.ledger.contacts.page(limit=10_000)):
        app.ledger.contacts.remove(contact, actor=AMINA, at=app.clock.now())


def _prepared(app):
    """A campaign in preparation, a list to decide, a refusal, answers, mail that waits."""
    now, ledger = app.clock.now(), app.ledger
    _name_partner(app)
    app.revisions.open_campaign(EXAMPLE)
    kept = keep_list(
        "presse.csv",
        DOUBTFUL.encode(),
        list_name="presse",
        field="file",
        actor=AMINA,
        ledger=ledger,
        now=now,
    ).request.subject
    ledger.jobs.ask_to_cancel(ledger.jobs.newest(person=AMINA.person, limit=1)[0].id, at=now)
    read_kept_list(kept, read_bytes=app.children.read_contact_bytes, ledger=ledger, now=now)
    suppress(
        Address.parse("luc@web.example"), actor=AMINA, why="lettre du 3", ledger=ledger, now=now
    )
    _answer(app, "marie.curie@gazette.example", "Marie Curie", "accepted")
    _asked_by_a_partner(app)
    _answer(app, "brigitte.herve@perso.example", "Brigitte Hervé", "asked")
    ledger.inbox.record_failure(b"From: x\r\n\r\n", source="imap", why="unreadable", at=now)
    unreadable_mail(ledger, at=now)
    mail_without_text(ledger, "no room", at=now)
    found = ledger.contacts.page(limit=1)[0]
    link = _invitation(app)
    asking = Actor(EVERYTHING.id, EVERYTHING.name, Via.DESK, EVERYTHING.roles)
    request = JobRequest(JobKind.REHEARSAL, EXAMPLE, asking, {"language": "fr"})
    job = ask_for_job(request, ledger=ledger, now=now)
    return {
        "import": kept,
        "contact": found.id,
        "list": "press",
        "page": "lancement",
        "token": link,
        "job": job.id,
        "mail": strange_mail(ledger, at=now),
        "request": "1",
    }


def _invitation(app):
    now = app.clock.now()
    return make_link(LinkPurpose.INVITATION, person=OTHER.id, by=AMINA, ledger=app.ledger, now=now)


def _name_partner(app):
    """Name Pia as somebody who signs for the first partner."""
    file = app.campaigns.folder(EXAMPLE) / "campaign.toml"
    named = f'[[partners]]\npeople = ["{PARTNER.id}"]\nsigns = "passages"\n'
    file.write_text(file.read_text("utf-8").replace("[[partners]]\n", named, 1), "utf-8")


def _pia(app):
    return Actor(PARTNER.id, PARTNER.name, Via.DESK, PARTNER.roles, proved_at=app.clock.now())


def _asked_by_a_partner(app):
    """Two requests of Pia's institution: one that waits, and one that was refused."""
    actor = _pia(app)
    numbers = [
        ask_for_place(
            EXAMPLE,
            Address.parse(f"{name}@radio-des-sciences.example"),
            who=Respondent(f"{name.title()} Delaunay", "Radio des sciences", seats=2),
            actor=actor,
            drafts=app.drafts,
        )
        for name in ("sonia", "emile")
    ]
    refuse_place(
        EXAMPLE,
        numbers[1],
        why="La salle est complète",
        actor=AMINA,
        ledger=app.ledger,
        now=app.clock.now(),
    )


def _answer(app, address, name, state):
    register_accreditation(
        EXAMPLE,
        Address.parse(address),
        ruling=Ruling(AccreditationState(state)),
        identity=Respondent(name, "La Gazette"),
        actor=AMINA,
        ledger=app.ledger,
        now=app.clock.now(),
    )


def _broken(app):
    """A campaign whose facts and text cannot be read, changed on both sides."""
    folder = app.campaigns.folder(EXAMPLE)
    app.revisions.open_campaign(EXAMPLE)
    facts = folder / "campaign.toml"
    facts.write_text(facts.read_text("utf-8").replace("starts_at", "commence"), "utf-8")
    text = folder / "announcement.md"
    text.write_text(f"{text.read_text('utf-8')}\n{{{{ event.nothing }}}} {{% if\n", "utf-8")


def _signed(app):
    """A campaign that is signed off and waits for its launch."""
    approve_campaign(EXAMPLE, actor=AMINA, drafts=app.drafts)


def _under_way(app):
    """A campaign that is launched, its first step sent, with what comes back."""
    _prepared(app)
    approve_campaign(EXAMPLE, actor=AMINA, drafts=app.drafts)
    sign_as_partner(EXAMPLE, actor=_pia(app), drafts=app.drafts)
    launch_campaign(
        EXAMPLE,
        confirm=first_audience_size(app.drafts.draft(EXAMPLE)),
        signatures_required=1,
        actor=AMINA,
        drafts=app.drafts,
        back_up=False,
    )
    app.clock.wait_until(read_instant("2017-12-04T13:30", zone="Europe/Paris"))
    for _tick in Service(app).ticks_until_idle():
        pass
    _come_back(app)
    _uncertain(app)
    found = app.ledger.contacts.page(limit=1)[0]
    return {"request": "1", "contact": found.id, "list": "press"}


def _come_back(app):
    """Of the first people one address is dead, one refuses, one is away."""
    first = app.ledger.mailings.summaries(EXAMPLE)[0]
    now = app.clock.now() + timedelta(minutes=5)
    kinds = (
        (EventKind.BOUNCED, {"dead": Deadness.YES, "reason": Reason.USER_UNKNOWN}),
        (EventKind.BOUNCED, {"dead": Deadness.NO, "reason": Reason.CONTENT}),
        (EventKind.DEFERRED, {"reason": Reason.MAILBOX_FULL}),
        (EventKind.DELIVERED, {}),
        (EventKind.COMPLAINED, {}),
    )
    deliveries = list(app.ledger.deliveries.of_mailing(first.id))
    for delivery, (kind, more) in zip(deliveries, kinds, strict=False):
        event = an_event(
            kind,
            key=f"k{delivery.id}",
            delivery_id=delivery.id,
            address=delivery.address,
            quote="550 5.1.1 no such user here",
            **{"at": now} | more,
        )
        app.ledger.events.record(event)
    app.clock.wait_until(now + timedelta(minutes=1))
    for _outcome in process_stored_events(ledger=app.ledger, now=app.clock.now()):
        pass


def _uncertain(app):
    """Another campaign, of which nobody knows whether two messages left."""
    now, ledger = app.clock.now(), app.ledger
    _mailing, deliveries = started(
        ledger, count=3, campaign=UNCERTAIN, expires_at=now + timedelta(days=1)
    )
    claim = ledger.sending.claim(worker="w", now=now)
    ledger.sending.mark(claim, [each.id for each in deliveries], now=now)
    outcomes = (
        Uncertain("after the dot: connection closed by the relay"),
        Uncertain("unknown answer: 204"),
        Accepted("250 OK"),
    )
    for delivery, outcome in zip(deliveries, outcomes, strict=True):
        ledger.sending.settle(claim, delivery.id, outcome, now=now)
    ledger.sending.release(claim, now=now)


STATES = {
    "empty": _empty,
    "prepared": _prepared,
    "broken": _broken,
    "signed": _signed,
    "under way": _under_way,
}
"""What is done to an office with the example campaign, by the name of the state."""
