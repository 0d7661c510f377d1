"""Each act and its line in the journal are both written or neither: for both databases."""

from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from mailer.errors import LedgerError
from mailer.ledger.storage.definitions.every_table import metadata
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.contacts.contact_import import DomainDecision, ImportOrigin
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.delivery import DeliveryStatus, Uncertain
from mailer.model.mailings.mailing import MailingState, SignOff
from mailer.model.team.actor import PROGRAM, Via
from mailer.operations.sending.start import readdressed
from tests.counterparts import team
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_delivery,
    a_mailing,
    a_revision,
    after,
    an_actor,
    an_entry,
    an_event,
    started,
)
from tests.counterparts.team import a_link, a_session

ADA = Address.parse("ada@press.example")
NEW = Address.parse("ada@lab.example")
WHY = {"actor": ACTOR, "why": "because", "at": NOON}


def nothing(_ledger):
    return None


def a_person(ledger):
    ledger.contacts.save([a_contact(str(ADA))], actor=ACTOR, at=NOON)


def a_bar_on_ada(ledger):
    ledger.suppressions.add(a_bar(str(ADA)), actor=ACTOR)


def scheduled(ledger):
    mailing = a_mailing()
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    return mailing


def under_way(ledger):
    mailing, _deliveries = started(ledger)
    return mailing


def in_doubt(ledger):
    _mailing, (delivery,) = started(ledger, count=1)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [delivery.id], now=NOON)
    ledger.sending.settle(claim, delivery.id, Uncertain("the line broke"), now=NOON)
    ledger.sending.release(claim, now=NOON)
    return delivery


def paused(ledger):
    mailing = under_way(ledger)
    ledger.mailings.change_state(mailing.id, to=MailingState.PAUSED, **WHY)
    return mailing


def a_stored_fact(ledger):
    fact = an_event(EventKind.OPTED_OUT, address=ADA)
    ledger.events.store([fact], at=NOON)
    return fact


def two_administrators(ledger):
    ledger.team.add([team.ADA, team.a_person("Bea Martin")], actor=ACTOR, at=NOON)
    ledger.sign_ins.add_link(a_link(), actor=ACTOR)
    return team.ADA


def signed_in(ledger):
    two_administrators(ledger)
    ledger.sign_ins.open_session(a_session(), actor=ACTOR)


def an_answer(at=NOON):
    return Accreditation("meeting", ADA, AccreditationState.ASKED, at)


IMPORT = ImportOrigin("press.csv", "press", (DomainDecision("gmial.example", "gmail.example"),))
ACTS = {
    "edit": (
        nothing,
        lambda ledger, _: ledger.revisions.add(
            a_revision(1, files={"a.md": "0"}), contents={"0": b"text"}, in_folder={"a.md": "0"}
        ),
    ),
    "take-back": (
        nothing,
        lambda ledger, _: ledger.revisions.add(
            a_revision(1, files={"a.md": "0"}, restores=1), contents={"0": b"text"}
        ),
    ),
    "import": (
        nothing,
        lambda ledger, _: ledger.contacts.save(
            [a_contact(str(ADA))], actor=ACTOR, at=NOON, origin=IMPORT
        ),
    ),
    "import with suppressions": (
        nothing,
        lambda ledger, _: ledger.contacts.save(
            [a_contact(str(ADA)), a_contact(str(NEW))],
            actor=ACTOR,
            at=NOON,
            origin=IMPORT,
            suppressions=[a_bar(str(ADA)), a_bar(str(NEW))],
        ),
    ),
    "put a contact": (
        nothing,
        lambda ledger, _: ledger.contacts.put(
            a_contact(str(ADA)), action="add-contact", detail="press", actor=ACTOR, at=NOON
        ),
    ),
    "remove a contact": (
        a_person,
        lambda ledger, _: ledger.contacts.remove(a_contact(str(ADA)), actor=ACTOR, at=NOON),
    ),
    "correct-address": (
        a_person,
        lambda ledger, _: ledger.contacts.correct_address(ADA, NEW, readdress=readdressed, **WHY),
    ),
    "suppress": (
        nothing,
        lambda ledger, _: ledger.suppressions.add(a_bar(str(ADA)), actor=ACTOR),
    ),
    "suppress by what came back": (
        a_stored_fact,
        lambda ledger, fact: ledger.events.close(fact, suppressions=[a_bar(str(ADA))], at=NOON),
    ),
    "lift": (
        a_bar_on_ada,
        lambda ledger, _: ledger.suppressions.lift(ADA, scope="", **WHY),
    ),
    "forget": (a_person, lambda ledger, _: ledger.erasure.forget(ADA, **WHY)),
    "accreditation": (
        nothing,
        lambda ledger, _: ledger.accreditations.save(an_answer(), actor=ACTOR),
    ),
    "sign-off": (
        nothing,
        lambda ledger, _: ledger.mailings.sign(SignOff("meeting", "f", "Ada", NOON), actor=ACTOR),
    ),
    "launch": (
        nothing,
        lambda ledger, _: ledger.mailings.launch([a_mailing()], actor=ACTOR, at=NOON),
    ),
    "launch-again": (
        nothing,
        lambda ledger, _: ledger.mailings.launch(
            [a_mailing()], actor=ACTOR, at=NOON, despite=["sent before"]
        ),
    ),
    "reschedule": (
        scheduled,
        lambda ledger, mailing: ledger.mailings.reschedule(
            replace(mailing, due_at=after(hours=1)), **WHY
        ),
    ),
    **{
        state.value: (
            under_way,
            lambda ledger, mailing, to=state: ledger.mailings.change_state(
                mailing.id, to=to, **WHY
            ),
        )
        for state in (MailingState.PAUSED, MailingState.CANCELLED)
    },
    "resume": (
        paused,
        lambda ledger, mailing: ledger.mailings.change_state(
            mailing.id, to=MailingState.ACTIVE, **WHY
        ),
    ),
    "assume-sent": (
        in_doubt,
        lambda ledger, delivery: ledger.uncertain.resolve([delivery.id], resend=False, **WHY),
    ),
    "send-again": (
        in_doubt,
        lambda ledger, delivery: ledger.uncertain.resolve([delivery.id], resend=True, **WHY),
    ),
    "settle": (
        in_doubt,
        lambda ledger, delivery: ledger.uncertain.resolve_by_events(
            [an_event(EventKind.BOUNCED, delivery_id=delivery.id)],
            evidence="mail.log",
            actor=ACTOR,
            at=NOON,
        ),
    ),
    "add-recipient": (
        under_way,
        lambda ledger, mailing: ledger.deliveries.add(a_delivery(9, mailing=mailing), **WHY),
    ),
    "add-person": (nothing, lambda ledger, _: ledger.team.add([team.ADA], actor=ACTOR, at=NOON)),
    "disable-person": (
        two_administrators,
        lambda ledger, person: ledger.team.replace(
            person,
            replace(person, disabled_at=NOON),
            action="disable-person",
            detail="",
            actor=ACTOR,
            at=NOON,
        ),
    ),
    "set-password": (
        signed_in,
        lambda ledger, _: ledger.sign_ins.set_password(
            "ada", "hash", keep="", actor=ACTOR, at=NOON
        ),
    ),
    "sign-in": (
        two_administrators,
        lambda ledger, _: ledger.sign_ins.open_session(a_session(), actor=ACTOR),
    ),
    "welcome": (
        two_administrators,
        lambda ledger, _: ledger.sign_ins.welcome(
            "l", a_session(), password_hash="hash", actor=ACTOR
        ),
    ),
    "welcome the first administrator": (
        lambda ledger: ledger.sign_ins.add_link(a_link(), actor=ACTOR),
        lambda ledger, _: ledger.sign_ins.welcome(
            "l", a_session(), newcomer=team.ADA, password_hash="hash", actor=ACTOR
        ),
    ),
    "prove-identity": (
        signed_in,
        lambda ledger, _: ledger.sign_ins.note_proof("t", actor=ACTOR, at=NOON),
    ),
    "sign-out": (
        signed_in,
        lambda ledger, _: ledger.sign_ins.end_sessions("ada", actor=ACTOR, at=NOON),
    ),
    "make-link": (
        two_administrators,
        lambda ledger, _: ledger.sign_ins.add_link(a_link(token_hash="m"), actor=ACTOR),
    ),
}
each_act = pytest.mark.parametrize(("before", "act"), ACTS.values(), ids=ACTS)


def everything(ledger):
    """All rows of all tables."""
    with ledger._database.reading() as connection:
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))
            for name in metadata.tables
        }


@contextmanager
def no_line_can_be_written(ledger):
    """A journal that refuses every new line."""
    if ledger._database.is_file:
        begin = [
            "CREATE TRIGGER refuse BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no'); END"
        ]
        end = ["DROP TRIGGER refuse"]
    else:
        begin = [
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION refuse()",
        ]
        end = ["DROP TRIGGER refuse ON journal", "DROP FUNCTION refuse"]
    _run(ledger, begin)
    try:
        yield
    finally:
        _run(ledger, end)


def _run(ledger, statements):
    with ledger._database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def counted_commits(ledger):
    """The transactions that wrote, as they are committed."""
    commits = []

    def committed(connection):
        if not connection.get_execution_options().get("mailer_reads"):
            commits.append(connection)

    event.listen(ledger._database.engine, "commit", committed)
    try:
        yield commits
    finally:
        event.remove(ledger._database.engine, "commit", committed)


@each_act
def test_without_its_line_an_act_changes_nothing(ledger, before, act):
    what = before(ledger)
    as_it_was = everything(ledger)

    with no_line_can_be_written(ledger), suppress(LedgerError, SQLAlchemyError):
        act(ledger, what)

    assert everything(ledger) == as_it_was


@each_act
def test_an_act_and_its_line_are_one_transaction(ledger, before, act):
    what = before(ledger)
    lines = len(ledger.journal.entries())

    with counted_commits(ledger) as commits:
        assert act(ledger, what) is not False

    assert len(commits) == 1
    assert len(ledger.journal.entries()) > lines


def test_a_line_says_who_acted_through_which_door(ledger):
    ledger.suppressions.add(a_bar(str(ADA)), actor=an_actor("Bea", via=Via.DESK))
    ledger.suppressions.add(a_bar(str(NEW), evidence="550"), actor=PROGRAM)

    assert ledger.journal.entries() == [
        an_entry("suppress", str(ADA), "opt-out", actor=an_actor("Bea", via=Via.DESK)),
        an_entry("suppress", str(NEW), "opt-out: 550", actor=PROGRAM),
    ]


def test_an_import_tells_its_list_its_counts_and_what_was_decided(ledger):
    ledger.contacts.save([a_contact(str(ADA))], actor=ACTOR, at=NOON, origin=IMPORT)

    assert ledger.journal.entries() == [
        an_entry("import", "press", "press.csv: 1 added, 0 changed, 0 unchanged"),
        an_entry("decide-quarantine", "press", "press.csv: gmial.example = gmail.example"),
    ]


def test_an_import_tells_how_many_it_suppressed_and_whom(ledger):
    counts = ledger.contacts.save(
        [a_contact(str(ADA))],
        actor=ACTOR,
        at=NOON,
        origin=IMPORT,
        suppressions=[a_bar(str(ADA)), a_bar(str(ADA))],
    )

    assert counts == {"added": 1, "changed": 0, "unchanged": 0, "suppressed": 1}
    assert [(entry.action, entry.subject) for entry in ledger.journal.entries()] == [
        ("suppress", str(ADA)),
        ("import", "press"),
        ("decide-quarantine", "press"),
    ]
    assert [each.address for each in ledger.suppressions.all()] == [ADA]


def test_only_what_resolves_an_uncertain_delivery_leaves_a_line(ledger):
    delivery = in_doubt(ledger)
    still_trying = an_event(EventKind.DEFERRED, delivery_id=delivery.id)
    delivered = an_event(EventKind.DELIVERED, key="d", delivery_id=delivery.id)
    of_another = an_event(EventKind.DELIVERED, key="o", delivery_id="unknown")
    evidence = {"evidence": "mail.log", "actor": ACTOR, "at": NOON}

    unresolved = ledger.uncertain.resolve_by_events([still_trying, of_another], **evidence)
    resolved = ledger.uncertain.resolve_by_events([delivered, of_another], **evidence)
    again = ledger.uncertain.resolve_by_events([delivered], **evidence)

    assert (unresolved, again) == ({}, {})
    assert resolved == {delivery.id: DeliveryStatus.DELIVERED}
    assert [each.key for each in ledger.events.all()] == [still_trying.key, delivered.key]
    assert [entry for entry in ledger.journal.entries() if entry.action == "settle"] == [
        an_entry("settle", "meeting/announcement", f"{delivery.id}: delivered (mail.log)")
    ]


def test_an_answer_that_is_older_than_the_one_that_stands_leaves_no_line(ledger):
    assert ledger.accreditations.save(an_answer(after(hours=1)), actor=ACTOR)

    assert not ledger.accreditations.save(an_answer(), actor=ACTOR)

    assert [entry.detail for entry in ledger.journal.entries("meeting")] == [f"{ADA}: asked"]


def test_a_forgotten_person_is_in_no_line_however_the_address_was_written(ledger):
    for spelling in ("Ada@press.example", "ada@PRESS.example"):
        ledger.journal.add(
            at=NOON, actor=ACTOR, action="look", subject=spelling, detail=f"of {spelling}"
        )

    ledger.erasure.forget(ADA, **WHY)

    assert not any("press.example" in f"{e.subject}{e.detail}" for e in ledger.journal.entries())


def test_the_same_line_again_is_written_only_after_a_change(ledger):
    written = [
        ledger.journal.add_if_changed(
            at=NOON, actor=PROGRAM, action="configure-people", subject="team", detail=detail
        )
        for detail in ("", "ada", "ada", "ada; bea", "ada")
    ]

    assert written == [False, True, False, True, True]


def test_the_lines_of_one_act_about_a_subject_and_its_parts_are_found(ledger):
    for subject, action in (("meeting", "proof"), ("meeting/first", "launch"), ("fair", "proof")):
        ledger.journal.add(at=NOON, actor=ACTOR, action=action, subject=subject)

    found = ledger.journal.entries("meeting", action="proof")

    assert [(each.subject, each.action) for each in found] == [("meeting", "proof")]
    assert [each.subject for each in ledger.journal.entries("meeting", action="launch")] == [
        "meeting/first"
    ]


def test_what_only_begins_with_the_same_letters_is_no_part_of_a_subject(ledger):
    parts = ["meeting/a", "meeting/Été", "meeting/~", "meeting/a/b"]
    others = ["meeting-2/a", "meeting.fr", "meeting0", "meeting", "Meeting/a", "meetin/a"]
    for subject in (*parts, *others):
        ledger.journal.add(at=NOON, actor=ACTOR, action="proof", subject=subject)

    found = ledger.journal.entries("meeting")

    assert [each.subject for each in found] == [*parts, "meeting"]


def test_the_newest_line_about_each_campaign_counts_those_of_its_steps(ledger):
    for detail, subject in enumerate(
        ["meeting", "meeting/reminder", "other/reminder", "meeting/announcement", "meeting2/a"]
    ):
        ledger.journal.add(
            at=NOON, actor=ACTOR, action="proof", subject=subject, detail=str(detail)
        )
    ledger.journal.add(at=NOON, actor=ACTOR, action="export", subject="meeting/reminder")

    campaigns = ["meeting", "other", "nothing", *map(str, range(500))]
    found = ledger.journal.newest_about(campaigns, action="proof")

    assert {name: line.detail for name, line in found.items()} == {"meeting": "3", "other": "2"}
