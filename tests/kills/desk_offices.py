"""What is done in the office before the desk is killed at a form, so that the form changes something.

Each gets the parts of the program, a browser that is signed in, and what the addresses are filled
with; it returns what it adds to that.
"""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from re import findall

import pyotp

from mailer.model.address import Address
from mailer.model.contacts.contact import contact_id
from mailer.model.contacts.suppression import Suppression, SuppressionReason
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.service.exported_file import ExportKind
from mailer.model.service.trusted_time import ClockReading
from mailer.model.team.actor import PROGRAM, Actor, Via
from mailer.model.team.person import Role
from mailer.model.team.second_factor import CodeGenerator, Passkey
from mailer.operations.amendments.act import draft_amendment
from mailer.operations.amendments.board import amendment_board
from mailer.operations.campaigns.approval.approval import approve_campaign
from mailer.operations.campaigns.approval.partner_approval import sign_as_partner
from mailer.operations.campaigns.launching.launch import first_audience_size, launch_campaign
from mailer.operations.exports import ask_for_export
from mailer.operations.team.sign_off_tokens import token_for
from tests.counterparts.builders import ACTOR, a_contact, an_event
from tests.counterparts.desk import PORT, give_password
from tests.counterparts.identities import ISSUER, a_linked, a_waiting
from tests.counterparts.passkeys import Device
from tests.counterparts.strange_mails import strange_mail
from tests.desk.visitors import EXAMPLE
from tests.matrix.offices import EVERYTHING, OTHER, PARTNER, READER, signed_in

SECRET = "JBSWY3DPEHPK3PXP" * 2
HOST = f"localhost:{PORT}"
"""A name, because a passkey is made for none else."""
SENDS = {"sec-fetch-site": "same-origin"}


def pressed(browser, address, fields=None):
    """Send a form that must succeed."""
    answer = browser.post(address, fields, headers=SENDS)
    assert answer.status in {200, 303}, (address, answer.status, answer.text[-2000:])
    return answer


def _someone(person, proved_at=None):
    via = Via.DESK if proved_at else Via.CLI
    return Actor(person.id, person.name, via, person.roles, proved_at)


AMINA = _someone(EVERYTHING)


def finding(app, _browser, _values):
    """A finding that nobody has accepted yet."""
    found = next(each for each in app.page_drafts.findings(EXAMPLE) if each.accepted is None)
    return {"finding": found.id}


def entry(app, _browser, _values):
    """Somebody who is in the register."""
    return {"entry": contact_id(Address.parse("marie.curie@gazette.example"))}


def lone_list(app, _browser, _values):
    """A list to which no campaign writes, and to which somebody of the team is limited."""
    someone = replace(a_contact("lone@radio.example"), lists=frozenset({"seule"}))
    app.ledger.contacts.save([someone], actor=ACTOR, at=app.clock.now())
    return {"list": "seule"}


def lone_contact(app, browser, values):
    """Somebody whose address the form types."""
    lone_list(app, browser, values)
    (found,) = app.ledger.contacts.page(search="lone", limit=2)
    return {"contact": found.id}


def list_file(_app, _browser, values):
    """The list that waits to be decided."""
    return {"file": values["import"]}


def export_asked(app, _browser, _values):
    """An export that waits."""
    job = ask_for_export(
        ExportKind.CONTACTS,
        "",
        language="fr",
        actor=_someone(EVERYTHING, app.clock.now()),
        ledger=app.ledger,
        now=app.clock.now(),
    )
    return {"job": job.id}


def door_list(app, browser, _values):
    """A list for the door, which somebody has written down."""
    assert browser.get(f"/campagnes/{EXAMPLE}/accreditations/porte.xlsx").status == 200
    return {"number": findall(r'name="number" value="(\d+)"', browser.get("/conservation").text)[0]}


def held_jump(app, _browser, _values):
    """A clock that was set forward by an hour, which nobody has confirmed yet."""
    before = ClockReading(app.clock.now(), 1_000.0, "first", "desk")
    for reading in (before, replace(before, wall_at=before.wall_at + timedelta(hours=1))):
        app.ledger.trusted_time.observe(reading)


def proposal(app, _browser, _values):
    """A mail without proof that asks for silence."""
    now, address = app.clock.now(), Address.parse("marie.curie@gazette.example")
    event = an_event(
        EventKind.COMPLAINED,
        key=f"{MAILBOX}:asked",
        source=MAILBOX,
        address=address,
        match=Match.ADDRESS,
        quote="plus de courriels",
        raw=b"From: x\r\n\r\n",
        at=now,
    )
    app.ledger.events.store([event], at=now)
    reason = SuppressionReason.COMPLAINT
    asked = [Suppression(address, reason, now, scope=each) for each in ("press", "associations")]
    app.ledger.events.close(event, proposed=asked, at=now)
    return {"proposal": app.ledger.proposals.waiting(limit=1)[0].id}


def unknown_mail(app, _browser, _values):
    """A mail of a stranger that nobody has decided."""
    return {"mail": strange_mail(app.ledger, "Ne m’écrivez plus.", at=app.clock.now())}


def stop_asked(app, _browser, _values):
    """A reply whose writer asks to be taken off, which nobody has obeyed yet."""
    now, address = app.clock.now(), Address.parse("marie.curie@gazette.example")
    event = an_event(
        EventKind.REPLIED,
        key=f"{MAILBOX}:stop",
        source=MAILBOX,
        address=address,
        delivery_id=None,
        match=Match.ADDRESS,
        reason="stop-asked",
        quote="merci de me retirer de votre liste",
        raw=b"From: x\r\n\r\nmerci de me retirer de votre liste\r\n",
        at=now,
    )
    app.ledger.events.store([event], at=now)
    app.ledger.events.close(event, at=now)


def public_release(app, _browser, _values):
    """A text that was launched for the press room."""
    file = app.campaigns.folder(EXAMPLE) / "campaign.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[press_room]\npublic = true\n", "utf-8")
    app.revisions.open_campaign(EXAMPLE)
    approve_campaign(EXAMPLE, actor=AMINA, drafts=app.drafts)
    sign_as_partner(EXAMPLE, actor=_someone(PARTNER, app.clock.now()), drafts=app.drafts)
    launch_campaign(
        EXAMPLE,
        confirm=first_audience_size(app.drafts.draft(EXAMPLE)),
        signatures_required=1,
        actor=AMINA,
        drafts=app.drafts,
        back_up=False,
    )


def drafted_by_another(app, _browser, _values):
    """A correction that somebody else has prepared, whose only signatory they may not be."""
    nadia = Actor("", "Nadia Leroy", Via.DESK, frozenset(Role), app.clock.now())
    draft_amendment(
        EXAMPLE, AmendmentKind.CORRECTION, note="pardon", actor=nadia, drafts=app.drafts
    )


def amendment_size(app, _browser, _values):
    """How many people hear of the amendment at once."""
    board = amendment_board(EXAMPLE, drafts=app.drafts, editing=app.editing, composer=app.composer)
    told = [board.found.draft.audiences[each.step.id] for each in board.found.now_told]
    return {"told": str(sum(len(each.recipients) for each in told))}


def sign_off_link(app, _browser, _values):
    """A link by which a signatory signs without the desk."""
    give_password(app, OTHER)
    token = token_for(
        OTHER,
        app.drafts.draft(EXAMPLE),
        revision=app.drafts.revision_of(EXAMPLE),
        ledger=app.ledger,
        now=app.clock.now(),
    )
    return {"token": token}


def telephone(app, _browser, _values):
    """Amina's telephone, which makes codes."""
    _generator(app, EVERYTHING)


def _generator(app, person):
    app.ledger.second_factors.set_up(
        CodeGenerator(person.id, SECRET, app.clock.now(), last_step=0),
        ["a recovery code"],
        session="",
        actor=_someone(person),
    )


def code_asked(app, browser, _values):
    """The page that asks for the code after the password."""
    telephone(app, browser, {})
    browser.cookies.clear()
    named = {"name": EVERYTHING.name, "password": "quatre mots pour entrer"}
    answer = pressed(browser, "/entrer", named)
    return {"ticket": answer.hidden("ticket"), "code": _code(app, SECRET)}


def code_offered(app, browser, _values):
    """The first code of a new telephone."""
    page = browser.get("/moi/second-facteur")
    secret = page.text.partition('<code translate="no">')[2].partition("</code>")[0]
    return {"sealed": page.hidden("sealed"), "code": _code(app, secret)}


def _code(app, secret):
    return pyotp.TOTP(secret).at(app.clock.now())


def passkey_made(_app, browser, _values):
    """A key that a device has just made."""
    page = browser.get("/moi")
    return {
        "credential": _device().made(_options(page)),
        "sealed": page.hidden("sealed"),
    }


def passkey_used(_app, browser, _values):
    """A key that is registered, and answers the page on which people sign in."""
    device, page = _device(), browser.get("/moi")
    made = {"credential": device.made(_options(page)), "sealed": page.hidden("sealed")}
    pressed(browser, "/moi/cles", made | {"passkey-name": "clé"})
    browser.cookies.clear()
    page = browser.get("/entrer")
    return {"credential": device.used(_options(page)), "sealed": page.hidden("sealed")}


def _device():
    return Device("localhost", f"http://{HOST}")


def _options(page):
    return unescape(findall(r'data-options="([^"]*)"', page.body.decode())[0])


def own_passkey(app, _browser, _values):
    """A key of Amina's."""
    app.ledger.second_factors.add_passkey(_passkey(app, EVERYTHING, "aaaa"), actor=AMINA)


def _passkey(app, person, name):
    return Passkey(
        id=name,
        person=person.id,
        public_key=b"public",
        sign_count=0,
        name="clé",
        made_at=app.clock.now(),
    )


def lost_telephone(app, _browser, _values):
    """Somebody with a telephone, two keys and a session."""
    _generator(app, READER)
    for name in ("aaaa", "bbbb"):
        passkey = _passkey(app, READER, name)
        app.ledger.second_factors.add_passkey(passkey, actor=_someone(READER))
    signed_in(app, READER)


def other_session(app, _browser, _values):
    """A session in another browser."""
    signed_in(app, EVERYTHING)


def linked(person):
    """Return what links somebody with an identity at the provider."""

    def link(app, _browser, _values):
        app.ledger.identities.link(a_linked(person.id), actor=PROGRAM)
        return {"issuer": ISSUER, "subject": "s-1"}

    return link


def stranger(app, _browser, _values):
    """Somebody who signed in at the provider, and waits to be recognised."""
    waiting = a_waiting(person=READER.id, asked_at=app.clock.now())
    app.ledger.identities.wait(waiting)
    return {"issuer": ISSUER, "subject": "s-2"}
