"""Every operation that changes something asks first whether the actor may do it."""

import ast
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

import mailer
from mailer.accreditations.terms import NO_TERMS, Terms
from mailer.checks.check import finding
from mailer.clock import SimulatedClock
from mailer.errors import Place, RuleError
from mailer.feedback.excerpt import excerpt_of
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.accreditations.partner_request import PartnerRequest
from mailer.model.address import Address
from mailer.model.campaigns.campaign import Partner, PartnerSigns
from mailer.model.contacts.call import CallOutcome
from mailer.model.contacts.contact import ContactList
from mailer.model.contacts.contact_import import Import
from mailer.model.contacts.list_file import ListFile
from mailer.model.drafts.accepted_finding import AcceptedFinding
from mailer.model.drafts.comment import Comment
from mailer.model.drafts.finding import Severity
from mailer.model.drafts.fix import Fix
from mailer.model.drafts.new_step import AddedStep, OfferedStep
from mailer.model.journal.line import JournalFilter
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.mailing import MailingState
from mailer.model.reports.coverage import Coverage
from mailer.model.service.exported_file import ExportedFile, ExportKind
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.service.ledger_home import Restored
from mailer.model.team.permission import Act, may
from mailer.model.team.person import Person, Role
from mailer.operations.alerts.clock import confirm_clocks
from mailer.operations.amendments.act import (
    approve_amendment,
    draft_amendment,
    drop_amendment,
    launch_amendment,
)
from mailer.operations.campaigns.approval.approval import approve, refuse
from mailer.operations.campaigns.approval.partner_approval import refuse_as_partner, sign_as_partner
from mailer.operations.campaigns.drafts.accepted_findings import accept_finding, withdraw_acceptance
from mailer.operations.campaigns.drafts.drafts import Drafts
from mailer.operations.campaigns.drafts.fixes import apply_fixes
from mailer.operations.campaigns.drafts.online_links import online_links
from mailer.operations.campaigns.launching.launch import launch
from mailer.operations.campaigns.previews.proof import send_proofs
from mailer.operations.campaigns.previews.samples import export_messages
from mailer.operations.campaigns.results.archive import archive_campaign
from mailer.operations.campaigns.results.coverage import (
    NotedCoverage,
    note_coverage,
    remove_coverage,
)
from mailer.operations.campaigns.results.report import export_report, report_to_export
from mailer.operations.campaigns.revisions.comments import answer_comment, close_comment, comment_on
from mailer.operations.campaigns.writing.steps import add_step, remove_step
from mailer.operations.exports import ask_for_export, exported_file
from mailer.operations.feedback.dead_letters import save_dead_letters
from mailer.operations.feedback.evidence import resolve_from_events
from mailer.operations.feedback.proposals import accept_proposals, dismiss_proposals
from mailer.operations.feedback.reconcile import lift
from mailer.operations.jobs import ask_for_job
from mailer.operations.journal import export_journal
from mailer.operations.people.accreditations import (
    Respondent,
    Ruling,
    register_accreditation,
    register_substitute,
    request_accreditation,
)
from mailer.operations.people.correct import correct_address
from mailer.operations.people.directory import directory_to_export, export_directory
from mailer.operations.people.door import DOOR_LIST, door_list, record_attendance
from mailer.operations.people.edit_contacts import (
    add_contact,
    edit_contact,
    leave_list,
    remove_contact,
)
from mailer.operations.people.import_contacts import import_contacts
from mailer.operations.people.kept_lists import discard_list, keep_list, survey_list
from mailer.operations.people.often_written import export_often_written
from mailer.operations.people.partner_requests import accept_place, ask_for_place, refuse_place
from mailer.operations.people.personal_data import personal_data
from mailer.operations.people.phone_calls import NotedCall, note_call
from mailer.operations.people.register_export import export_register
from mailer.operations.people.register_import import take_in_requests
from mailer.operations.people.registers import confirm_answers
from mailer.operations.people.replies import dismiss_replies, take_replies
from mailer.operations.people.retention import confirm_destroyed
from mailer.operations.people.suppressions import bar_of, forget, suppress
from mailer.operations.people.take_in_list import ask_to_take_in, keep_decisions
from mailer.operations.people.unknown_mails import (
    enter_unknown_answer,
    leave_in_mailbox,
    note_nothing_follows,
    obey_request_for_silence,
    save_unknown_mail,
)
from mailer.operations.people.whole_lists import (
    WholeList,
    merge_list,
    remove_list,
    rename_list,
)
from mailer.operations.press_room.withdraw import withdraw_release
from mailer.operations.restore import adopt_ledger, restore_ledger
from mailer.operations.sending.hold import cancel_campaign, pause_campaign, resume_campaign, send_by
from mailer.operations.sending.resend import ResendTo, resend
from mailer.operations.sending.resolve import resolve_all, resolve_delivery
from mailer.operations.sending.suspend import lift_suspension, suspend_everything
from mailer.operations.team.identities import (
    dismiss,
    identities_of,
    recognise,
    unlink,
    waiting_identities,
)
from mailer.operations.team.list_limits import limit_to_lists
from mailer.operations.team.people import (
    add_person,
    change_roles,
    disable_person,
    enable_person,
    end_sessions_of,
    invite,
    members,
    sessions_of,
)
from mailer.operations.team.second_factor import reset_second_factor
from mailer.providers.file.sending import FileBackend, FileSettings
from mailer.wording import _
from tests.counterparts import team
from tests.counterparts.builders import (
    A_RELEASE,
    ACTOR,
    COMPILED,
    FRENCH,
    NOON,
    a_bar,
    a_contact,
    a_mailing,
    an_actor,
    started,
)
from tests.counterparts.compiling import compile_once, our_template
from tests.counterparts.drafts import LETTERHEAD, OFFICE, a_draft, a_step, an_audience
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.identities import a_waiting, an_identity
from tests.counterparts.strange_mails import strange_mail

A_DRAFT = replace(a_draft(a_step(), audiences={"announcement": an_audience()}), fingerprint="f")
PACKAGE = Path(mailer.__file__).parent
ADA, BEA = Address.parse("ada@press.example"), Address.parse("bea@press.example")
A_LIST = WholeList("press", 1, (), (), (ContactList("associations", 1),))
BEFORE = NOON - timedelta(days=1)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Ada, who is barred, a mailing that somebody else has paused, and everything suspended.

    The file of a ledger, to be copied: writing it takes longer than what is asked of it.
    """
    path = tmp_path_factory.mktemp("written") / "ledger.db"
    ledger = open_ledger(empty_ledger(path))
    ledger.contacts.save([a_contact(str(ADA), lists=frozenset({"press"}))], actor=ACTOR, at=NOON)
    ledger.suppressions.add(a_bar(str(ADA)), actor=ACTOR)
    mailing, _deliveries = started(ledger)
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=ACTOR, why="wait", at=NOON
    )
    started(ledger, step="reminder")
    ledger.suspensions.suspend(actor=ACTOR, why="wait", at=NOON)
    accepted = Accreditation("meeting", ADA, AccreditationState.ACCEPTED, NOON)
    ledger.accreditations.save(accepted, actor=ACTOR)
    ledger.team.add([team.ADA, team.BEA], actor=ACTOR, at=NOON)
    ledger.comments.add(Comment("meeting", "a.md", "", "?", "x", "Ada", NOON), actor=ACTOR)
    ledger.coverage.add(
        Coverage("meeting", "Mers", "La Gazette", NOON.date(), "", NOON, "", "Ada"), actor=ACTOR
    )
    ledger.close()
    return path.read_bytes()


@pytest.fixture
def ledger(tmp_path, written):
    """A ledger of one's own, as `written`."""
    path = tmp_path / "ledger.db"
    path.write_bytes(written)
    ledger = open_ledger(f"sqlite:///{path}")
    ledger.home.adopt(actor=ACTOR, at=NOON)  # nothing would leave from a copy
    yield ledger
    ledger.close()


def a_list():
    return Import("press.csv", "press", date(2017, 12, 4), 1, ready=(a_contact(str(BEA)),))


def at_noon(operation, *things, **options):
    """The operation, to be called by an actor on a ledger."""
    return lambda actor, ledger: operation(*things, actor=actor, ledger=ledger, now=NOON, **options)


def destroyed_list(actor, ledger):
    """Confirm that the list for the door is destroyed which somebody else wrote."""
    ledger.journal.add(at=NOON, actor=ACTOR, action=DOOR_LIST, subject="meeting", detail="2")
    (line,) = ledger.journal.entries(action=DOOR_LIST)
    confirm_destroyed(line.id, actor=actor, ledger=ledger, now=NOON)


def withdraw_public(actor, ledger):
    """Withdraw the text of a campaign that was launched for the press room."""
    message = replace(COMPILED, release=A_RELEASE)
    public = a_mailing(campaign="public", variants={FRENCH: message})
    ledger.mailings.launch([public], actor=ACTOR, at=NOON)
    withdraw_release("public", why="wrong", actor=actor, ledger=ledger, now=NOON)


A_FINDING = finding(
    Severity.NOTE,
    Place("announcement.md", 1),
    what=_("x"),
    why=_("y"),
    remedy=_("z"),
    fix=Fix(1, "x", "y"),
)


def found_in(ledger):
    """Drafts of a campaign in which the checks find one thing, which was accepted."""
    accepted = AcceptedFinding("meeting", A_FINDING.id, "", "voulu", NOON, "", "Ada")
    ledger.accepted_findings.accept(accepted, actor=ACTOR)
    return SimpleNamespace(
        readable_campaign=lambda slug: SimpleNamespace(slug=slug),
        findings=lambda _slug: (A_FINDING,),
        ledger=ledger,
        clock=SimulatedClock(NOON),
    )


def with_partner_drafts(operation, **options):
    """The operation on a campaign that names the actor as a partner who signs."""

    def act(actor, ledger):
        person = Person(actor.person, actor.name, actor.roles)
        partner = Partner("Academy", people=(actor.person,), signs=PartnerSigns.VERSION)
        campaign = replace(A_DRAFT.campaign, partners=(partner,))
        draft = replace(A_DRAFT, campaign=campaign, partner_people=(person,))
        drafts = SimpleNamespace(
            survey=lambda _slug: (campaign, ()),
            draft_of=lambda _campaign, known: replace(draft, problems=known),
            findings=lambda _slug: (),
            revision_of=lambda _slug: 0,
            ledger=ledger,
            clock=SimulatedClock(NOON),
        )
        operation("meeting", version="f", actor=actor, drafts=drafts, **options)

    return act


def ask_as_partner(actor, ledger):
    """Ask for a place in a campaign that names the actor as a partner."""

    def ask(_slug, *, version, actor, drafts):
        who = Respondent("Cy Roy", "Radio")
        ask_for_place("meeting", BEA, who=who, actor=actor, drafts=drafts)

    with_partner_drafts(ask)(actor, ledger)


def with_a_request(operation, **options):
    """The operation on a place that a partner has asked for."""

    def act(actor, ledger):
        asked = PartnerRequest(
            campaign="meeting",
            partner="Academy",
            address=BEA,
            name="Bea",
            organisation="Radio",
            person="pia",
            by="Pia",
            at=NOON,
        )
        number = ledger.partner_requests.add(asked, actor=ACTOR)
        return operation("meeting", number, actor=actor, ledger=ledger, now=NOON, **options)

    return act


A_PLACE = Ruling(AccreditationState.ACCEPTED)


def fetch_own_export(actor, ledger):
    """Fetch the file of a job that the actor asked for."""
    request = JobRequest(JobKind.EXPORT, "", actor)
    job = ask_for_job(request, ledger=ledger, now=NOON)
    ledger.exported_files.keep(ExportedFile(job.id, "people.xlsx", "x", b"", NOON))
    return exported_file(job.id, actor=actor, ledger=ledger, now=NOON)


def exported_messages(actor, ledger):
    """Take the messages of a step away."""
    step = A_DRAFT.plan[0].step.id
    draft = replace(A_DRAFT, messages={(step, FRENCH): COMPILED})
    drafts = SimpleNamespace(
        clock=SimulatedClock(NOON), draft=lambda _reference: draft, ledger=ledger
    )
    composer = SimpleNamespace(with_full_contacts=lambda _readers: ())
    return export_messages("meeting", step, actor=actor, drafts=drafts, composer=composer)


def drafts_on(ledger):
    """Drafts of a campaign that was launched as `meeting`."""
    campaign = replace(A_DRAFT.campaign, slug="meeting")
    return Drafts(
        load=lambda _reference: campaign,
        survey=lambda _reference: (campaign, ()),
        template_for=our_template,
        compile_=compile_once,
        office=OFFICE,
        letterhead=LETTERHEAD,
        ledger=ledger,
        clock=SimulatedClock(NOON),
    )


def recognise_who_waits(actor, ledger):
    ledger.identities.wait(a_waiting())
    return recognise(a_waiting().identity, "bea", actor=actor, ledger=ledger, now=NOON)


def draft_a_correction(actor, ledger):
    return draft_amendment(
        "meeting", AmendmentKind.CORRECTION, note="x", actor=actor, drafts=drafts_on(ledger)
    )


def with_a_draft(operation, **options):
    """The operation on a correction that somebody else has drafted."""

    def act(actor, ledger):
        found = draft_a_correction(ACTOR, ledger)
        given = {"confirm": found.count} if "signatures_required" in options else {}
        return operation("meeting", actor=actor, drafts=drafts_on(ledger), **options, **given)

    return act


def ask_for_a_kept_list(actor, ledger):
    ledger.list_files.keep(ListFile("a file", "a.csv", "press", b"", "Ada", NOON))
    return at_noon(ask_to_take_in, "a file", [])(actor, ledger)


def decide_rows_of_a_kept_list(actor, ledger):
    ledger.list_files.keep(ListFile("a file", "a.csv", "press", b"", "Ada", NOON))
    return at_noon(keep_decisions, "a file", [])(actor, ledger)


def look_at_a_list_that_nobody_has_read(actor, ledger):
    ledger.list_files.keep(ListFile("a file", "a.csv", "press", b"", "Ada", NOON))
    return at_noon(survey_list, "a file")(actor, ledger)


def with_mail(operation, *things, sender="lea@revue.example", **options):
    """The operation on a mail that nobody understands."""

    def call(actor, ledger):
        name = strange_mail(ledger, at=NOON, sender=sender)
        return at_noon(operation, name, *things, **options)(actor, ledger)

    return call


def answer_by_an_unknown_mail(actor, ledger):
    mailing, (delivery, *_others) = started(ledger, campaign="ours")
    terms = Terms(begins_at=NOON + timedelta(days=1))
    return with_mail(
        enter_unknown_answer,
        sender=str(delivery.address),
        campaign=mailing.campaign,
        comes=True,
        excerpt=excerpt_of,
        terms_for=lambda _campaign: terms,
    )(actor, ledger)


STEPS = SimpleNamespace(
    began_with=lambda _slug, _base: SimpleNamespace(files={}),
    added_problems=lambda *_facts: [],
    format=SimpleNamespace(
        offered_steps=lambda _facts, **_how: (OfferedStep("kit", "kit", "J+1 10:00"),),
        with_step=lambda _facts, _offered, **_how: AddedStep(b"", b""),
        without_step=lambda _facts, _step: b"",
        fact_fields=lambda _facts: {"steps.kit.to": "press"},
        texts_of_step=lambda _facts, _step: "kit",
    ),
    drafts=SimpleNamespace(survey=lambda _slug: (None, ())),
    revisions=SimpleNamespace(save_files=lambda *_what, **_how: None),
)
"""The forms of a campaign without its files: only who may use them is tried here."""
OPERATIONS = {
    draft_amendment: (Act.EDIT_CAMPAIGN, draft_a_correction),
    drop_amendment: (Act.EDIT_CAMPAIGN, with_a_draft(drop_amendment)),
    approve_amendment: (Act.SIGN_OFF, with_a_draft(approve_amendment)),
    launch_amendment: (
        Act.LAUNCH,
        with_a_draft(launch_amendment, signatures_required=0, back_up=False),
    ),
    approve: (Act.SIGN_OFF, at_noon(approve, A_DRAFT, findings=())),
    refuse: (Act.SIGN_OFF, at_noon(refuse, A_DRAFT, why="wrong")),
    sign_as_partner: (Act.SIGN_AS_PARTNER, with_partner_drafts(sign_as_partner)),
    refuse_as_partner: (Act.SIGN_AS_PARTNER, with_partner_drafts(refuse_as_partner, why="wrong")),
    launch: (
        Act.LAUNCH,
        lambda actor, ledger: launch(
            A_DRAFT,
            findings=(),
            confirm=0,
            signatures_required=0,
            actor=actor,
            ledger=ledger,
            now=BEFORE,
        ),
    ),
    send_proofs: (
        Act.SEND_PROOF,
        at_noon(
            send_proofs,
            [],
            backend=FileBackend(FileSettings(Path("unused"))),
            subject="meeting/announcement",
            version="f" * 64,
        ),
    ),
    import_contacts: (Act.IMPORT_CONTACTS, at_noon(import_contacts, a_list())),
    add_contact: (Act.EDIT_CONTACTS, at_noon(add_contact, BEA, {}, list_name="press")),
    edit_contact: (Act.EDIT_CONTACTS, at_noon(edit_contact, ADA, {"phone": "01 99 00 00 01"})),
    leave_list: (Act.EDIT_CONTACTS, at_noon(leave_list, ADA, "press")),
    rename_list: (Act.EDIT_CONTACTS, at_noon(rename_list, A_LIST, "presse")),
    merge_list: (Act.EDIT_CONTACTS, at_noon(merge_list, A_LIST, "associations")),
    remove_list: (Act.EDIT_CONTACTS, at_noon(remove_list, A_LIST)),
    remove_contact: (Act.EDIT_CONTACTS, at_noon(remove_contact, ADA)),
    correct_address: (Act.CORRECT_ADDRESS, at_noon(correct_address, ADA, BEA, why="")),
    lift: (Act.LIFT, at_noon(lift, ADA, scope="", why="", provider=None)),
    resend: (
        Act.LAUNCH,
        at_noon(resend, "meeting", "reminder", to=ResendTo.NEW, confirm=0, why=""),
    ),
    resolve_all: (Act.RESOLVE, at_noon(resolve_all, "meeting", confirm=0, resend=True, why="")),
    resolve_from_events: (Act.RESOLVE, at_noon(resolve_from_events, [], evidence="mail.log")),
    resolve_delivery: (Act.RESOLVE, at_noon(resolve_delivery, "nothing", resend=True, why="")),
    pause_campaign: (Act.PAUSE, at_noon(pause_campaign, "meeting", why="")),
    resume_campaign: (Act.RESUME, at_noon(resume_campaign, "meeting", why="")),
    send_by: (
        Act.RESUME,
        at_noon(send_by, "smtp", "meeting", configured="smtp", why=""),
    ),
    note_call: (
        Act.CALL_BACK,
        at_noon(
            note_call,
            ADA,
            NotedCall(CallOutcome.REACHED),
            terms_for=lambda _campaign: NO_TERMS,
            today=NOON.date(),
        ),
    ),
    suspend_everything: (Act.PAUSE, at_noon(suspend_everything, why="")),
    lift_suspension: (Act.RESUME, at_noon(lift_suspension, why="")),
    accept_proposals: (Act.SUPPRESS, at_noon(accept_proposals, (), why="")),
    dismiss_proposals: (Act.SUPPRESS, at_noon(dismiss_proposals, (), why="")),
    take_replies: (
        Act.ACCREDIT,
        at_noon(take_replies, (), excerpt=excerpt_of, terms_for=lambda _campaign: NO_TERMS),
    ),
    dismiss_replies: (Act.ACCREDIT, at_noon(dismiss_replies, ())),
    note_nothing_follows: (Act.SUPPRESS, with_mail(note_nothing_follows)),
    obey_request_for_silence: (Act.SUPPRESS, with_mail(obey_request_for_silence, ADA, why="")),
    save_unknown_mail: (Act.EXPORT_PEOPLE, with_mail(save_unknown_mail)),
    leave_in_mailbox: (Act.SUPPRESS, at_noon(leave_in_mailbox)),
    enter_unknown_answer: (Act.ACCREDIT, answer_by_an_unknown_mail),
    keep_list: (
        Act.IMPORT_CONTACTS,
        at_noon(keep_list, "a.csv", b"", list_name="press", field="file"),
    ),
    survey_list: (Act.IMPORT_CONTACTS, look_at_a_list_that_nobody_has_read),
    ask_to_take_in: (Act.IMPORT_CONTACTS, ask_for_a_kept_list),
    keep_decisions: (Act.IMPORT_CONTACTS, decide_rows_of_a_kept_list),
    discard_list: (
        Act.IMPORT_CONTACTS,
        lambda actor, ledger: discard_list("a file", actor=actor, ledger=ledger),
    ),
    cancel_campaign: (Act.CANCEL, at_noon(cancel_campaign, "meeting", why="")),
    suppress: (Act.SUPPRESS, at_noon(suppress, BEA, why="")),
    bar_of: (Act.SUPPRESS, lambda actor, _ledger: bar_of(BEA, actor=actor, why="", now=NOON)),
    forget: (Act.FORGET, at_noon(forget, ADA, why="")),
    archive_campaign: (
        Act.EXPORT_PEOPLE,
        at_noon(
            archive_campaign,
            "meeting",
            with_people=True,
            drafts=SimpleNamespace(title=str, findings=lambda _name, **_at: ()),
            revisions=None,
            composer=SimpleNamespace(for_reader=lambda *_version, **_how: None),
        ),
    ),
    export_directory: (Act.EXPORT_PEOPLE, at_noon(export_directory)),
    directory_to_export: (Act.EXPORT_PEOPLE, at_noon(directory_to_export)),
    personal_data: (
        Act.EXPORT_PEOPLE,
        at_noon(personal_data, Address.parse("ada@press.example"), why="letter"),
    ),
    export_report: (Act.EXPORT_PEOPLE, at_noon(export_report, "meeting", title="Meeting")),
    report_to_export: (Act.EXPORT_PEOPLE, at_noon(report_to_export, "meeting", title="Meeting")),
    export_messages: (Act.EXPORT_PEOPLE, exported_messages),
    ask_for_export: (
        Act.EXPORT_PEOPLE,
        at_noon(ask_for_export, ExportKind.CONTACTS, "", language="fr"),
    ),
    exported_file: (Act.EXPORT_PEOPLE, fetch_own_export),
    save_dead_letters: (Act.EXPORT_PEOPLE, at_noon(save_dead_letters, write=None)),
    restore_ledger: (
        Act.RESTORE_LEDGER,
        lambda actor, ledger: restore_ledger(
            None,
            restore=lambda _backup, **_by: Restored("newest", ()),
            open_ledger=lambda: ledger,
            actor=actor,
            now=NOON,
        ),
    ),
    confirm_clocks: (Act.CONFIRM_CLOCK, at_noon(confirm_clocks)),
    adopt_ledger: (Act.ADOPT_LEDGER, at_noon(adopt_ledger, nothing_sent_since=True)),
    add_person: (Act.MANAGE_PEOPLE, at_noon(add_person, "Cy Roy", "", [Role.READER])),
    change_roles: (
        Act.MANAGE_PEOPLE,
        at_noon(change_roles, "bea", [Role.READER], before=[Role.EDITOR]),
    ),
    limit_to_lists: (Act.MANAGE_PEOPLE, at_noon(limit_to_lists, "bea", ["press"])),
    disable_person: (Act.MANAGE_PEOPLE, at_noon(disable_person, "bea")),
    enable_person: (Act.MANAGE_PEOPLE, at_noon(enable_person, "bea")),
    invite: (Act.MANAGE_PEOPLE, at_noon(invite, "bea")),
    sessions_of: (Act.MANAGE_PEOPLE, at_noon(sessions_of, "bea")),
    end_sessions_of: (Act.MANAGE_PEOPLE, at_noon(end_sessions_of, "bea")),
    identities_of: (
        Act.MANAGE_PEOPLE,
        lambda actor, ledger: identities_of("bea", actor=actor, ledger=ledger),
    ),
    waiting_identities: (
        Act.MANAGE_PEOPLE,
        lambda actor, ledger: waiting_identities(actor=actor, ledger=ledger),
    ),
    reset_second_factor: (Act.MANAGE_PEOPLE, at_noon(reset_second_factor, "bea")),
    recognise: (Act.MANAGE_PEOPLE, recognise_who_waits),
    dismiss: (Act.MANAGE_PEOPLE, at_noon(dismiss, an_identity())),
    unlink: (Act.MANAGE_PEOPLE, at_noon(unlink, an_identity(), "bea")),
    members: (
        Act.MANAGE_PEOPLE,
        lambda actor, ledger: members(actor=actor, ledger=ledger),
    ),
    register_substitute: (
        Act.ACCREDIT,
        at_noon(register_substitute, "meeting", BEA, leaving=ADA),
    ),
    record_attendance: (
        Act.ACCREDIT,
        at_noon(record_attendance, "meeting", shown={ADA.key}, came={ADA.key}),
    ),
    accept_finding: (
        Act.EDIT_CAMPAIGN,
        lambda actor, ledger: accept_finding(
            "meeting", A_FINDING.id, why="voulu", actor=actor, drafts=found_in(ledger)
        ),
    ),
    withdraw_acceptance: (
        Act.EDIT_CAMPAIGN,
        lambda actor, ledger: withdraw_acceptance(
            "meeting", A_FINDING.id, actor=actor, drafts=found_in(ledger)
        ),
    ),
    online_links: (
        Act.EDIT_CAMPAIGN,
        lambda actor, _ledger: online_links(
            "meeting",
            actor=actor,
            drafts=SimpleNamespace(
                readable_campaign=lambda _slug: None, draft_of=lambda _campaign: a_draft()
            ),
            probe=lambda _urls: {},
        ),
    ),
    apply_fixes: (
        Act.EDIT_CAMPAIGN,
        lambda actor, ledger: apply_fixes(
            "meeting",
            base=1,
            actor=actor,
            drafts=found_in(ledger),
            only=A_FINDING.id,
            revisions=SimpleNamespace(
                open_campaign=lambda _slug: SimpleNamespace(
                    files={"announcement.md": b"x"}, head=SimpleNamespace(number=1)
                ),
                save_files=lambda *_what, **_how: None,
            ),
        ),
    ),
    add_step: (
        Act.EDIT_CAMPAIGN,
        lambda actor, _ledger: add_step(
            "meeting", "kit", to=["press"], base=1, editing=STEPS, actor=actor, today=date.min
        ),
    ),
    remove_step: (
        Act.EDIT_CAMPAIGN,
        lambda actor, _ledger: remove_step("meeting", "kit", base=1, editing=STEPS, actor=actor),
    ),
    note_coverage: (
        Act.NOTE_COVERAGE,
        at_noon(note_coverage, "meeting", NotedCoverage("Mers", "Radio", "2017-12-05")),
    ),
    withdraw_release: (Act.CANCEL, withdraw_public),
    remove_coverage: (Act.NOTE_COVERAGE, at_noon(remove_coverage, "meeting", 1)),
    export_register: (Act.EXPORT_PEOPLE, at_noon(export_register, "meeting")),
    comment_on: (
        Act.COMMENT,
        at_noon(comment_on, "meeting", "announcement.md", quote="", words="Vraiment ?"),
    ),
    answer_comment: (Act.COMMENT, at_noon(answer_comment, "meeting", 1, words="Oui.")),
    ask_for_place: (Act.REQUEST_PLACES, ask_as_partner),
    accept_place: (Act.ACCREDIT, with_a_request(accept_place, ruling=A_PLACE, terms=NO_TERMS)),
    refuse_place: (Act.ACCREDIT, with_a_request(refuse_place, why="full")),
    close_comment: (Act.COMMENT, at_noon(close_comment, "meeting", 1)),
    export_journal: (Act.EXPORT_PEOPLE, at_noon(export_journal, JournalFilter("meeting"))),
    take_in_requests: (
        Act.ACCREDIT,
        at_noon(take_in_requests, "meeting", [], terms=NO_TERMS),
    ),
    confirm_answers: (Act.ACCREDIT, at_noon(confirm_answers, "meeting")),
    door_list: (
        Act.EXPORT_PEOPLE,
        at_noon(door_list, "meeting", terms_for=lambda _campaign: NO_TERMS),
    ),
    confirm_destroyed: (Act.EXPORT_PEOPLE, destroyed_list),
    export_often_written: (Act.EXPORT_PEOPLE, at_noon(export_often_written, days=30, at_least=1)),
    request_accreditation: (
        Act.ACCREDIT,
        at_noon(request_accreditation, "meeting", ADA, terms=NO_TERMS),
    ),
    register_accreditation: (
        Act.ACCREDIT,
        at_noon(register_accreditation, "meeting", ADA, ruling=Ruling(AccreditationState.ASKED)),
    ),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("act", "operation"), OPERATIONS.values())
def test_an_operation_is_done_for_those_who_may_and_for_nobody_else(ledger, act, operation, role):
    actor = an_actor("Bea", roles={role})
    lines = ledger.journal.entries()

    if may(actor, act):
        operation(actor, ledger)
    else:
        with pytest.raises(RuleError, match="Bea may not"):
            operation(actor, ledger)
        refused = [line for line in ledger.journal.entries() if line.name == actor.name]
        assert refused == [line for line in lines if line.name == actor.name]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SIGNATORY])
def test_whoever_paused_may_resume(ledger, role):
    bea = an_actor("Bea", roles={role})
    mailing, _deliveries = started(ledger, campaign="other")

    assert at_noon(pause_campaign, "other", why="a doubt")(bea, ledger)
    assert at_noon(resume_campaign, "other", why="")(bea, ledger)
    assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE


SHOWING_WHOM_THE_ACTOR_SEES = {
    "audience_within",
    "call_backs",
    "contact_at",
    "contact_lists",
    "directory",
    "directory_page",
    "findings_within",
    "hidden_from",
    "known_of",
    "launch_summary",
    "people_of_step",
    "plan_for",
    "preview_mail",
    "report_for",
    "require_free",
    "sight_of",
    "summary_of",
    "tally_calls",
    "nameless_call_backs",
    "suppressions_page",
    "timeline_of",
    "verdict_on",
    "waiting_list_for",
    "waiting_lists",
    "whole_list",
}
"""What everybody of the office may see; a limit to lists leaves people out (test_limit_to_lists)."""
WITHIN_OPERATIONS = {"revise_register", "check_code", "enter_answer"}
"""What operations call after they have asked, or for somebody who answers by their own link."""
SHOWN_TO_ALL = {"waiting_for", "journal_page"}
NAMED_IN_CAMPAIGN = {
    "campaigns_naming",
    "require_named",
    "draft_for_partner",
    "partner_preview",
    "partner_decision",
    "partner_places",
}
"""What a partner sees: for these the campaign decides, which names its people."""
"""What anybody of the team may see; the actor only chooses what is theirs."""


def functions_of_a_person():
    """The public functions of the operations that are told who acts."""
    for file in sorted((PACKAGE / "operations").rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                named = (*node.args.args, *node.args.kwonlyargs)
                if any(each.arg == "actor" for each in named):
                    yield node


def calls_in(function):
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name)}


def test_no_operation_of_a_person_is_left_out_of_the_table():
    tried = {operation.__name__ for operation in OPERATIONS}

    left_out = [
        function.name
        for function in functions_of_a_person()
        # One that only prepares another leaves the asking to it.
        if function.name
        not in tried
        | WITHIN_OPERATIONS
        | SHOWN_TO_ALL
        | NAMED_IN_CAMPAIGN
        | SHOWING_WHOM_THE_ACTOR_SEES
        and not calls_in(function) & tried
    ]

    assert left_out == []


def test_every_act_is_asked_for_somewhere():
    sources = "".join(
        file.read_text("utf-8") for file in PACKAGE.rglob("*.py") if "model" not in file.parts
    )

    assert [act.name for act in Act if f"Act.{act.name}" not in sources] == []
