"""Somebody who is limited to some lists: no address of the desk and no operation leads past them."""

import io
import zipfile
from dataclasses import replace

import pytest

from mailer.errors import ContentError, MailerError, RuleError
from mailer.model.address import Address
from mailer.model.contacts.call import CallOutcome
from mailer.model.journal.line import JournalFilter
from mailer.model.service.exported_file import ExportKind
from mailer.model.team.actor import PROGRAM, Via, actor_for
from mailer.model.team.permission import BEYOND_LISTS, Act, may
from mailer.model.team.person import Person, Role
from mailer.operations.campaigns.plans.plan_for_person import UNNAMED, plan_for
from mailer.operations.campaigns.previews.samples import export_messages
from mailer.operations.campaigns.results.report import export_report
from mailer.operations.exports import ask_for_export, exported_file
from mailer.operations.journal import journal_page
from mailer.operations.people.contact_page import known_of
from mailer.operations.people.correct import correct_address
from mailer.operations.people.directory import directory, export_directory
from mailer.operations.people.edit_contacts import (
    add_contact,
    contact_lists,
    edit_contact,
    leave_list,
    remove_contact,
)
from mailer.operations.people.kept_lists import discard_list, keep_list, survey_list
from mailer.operations.people.phone_calls import NotedCall, note_call
from mailer.operations.people.suppressions import suppress
from mailer.operations.people.take_in_list import ask_to_take_in, keep_decisions
from mailer.operations.people.timeline import timeline_of
from mailer.operations.sending.resend import ResendTo, resend
from mailer.operations.team.list_limits import limit_to_lists
from mailer.operations.team.people import change_roles
from mailer.web.routes import SCREENS
from tests.counterparts.desk import signed_in
from tests.desk.visitors import EXAMPLE
from tests.matrix.offices import AMINA, OTHER, office

KEPT, ELSEWHERE = "press", "associations"
LIMITED = Person(
    "l.keller",
    "Lou Keller",
    frozenset({Role.EDITOR, Role.SIGNATORY}),
    Address.parse("lou@institut.example"),
    lists=frozenset({KEPT}),
)


@pytest.fixture(scope="module", params=["prepared", "under way"])
def opened(request, tmp_path_factory):
    """An office before and after a launch, with Lou, who keeps the press and nobody else."""
    with office(tmp_path_factory.mktemp("office"), request.param) as found:
        found.app.ledger.team.add([LIMITED], actor=PROGRAM, at=found.app.clock.now())
        yield found


@pytest.fixture
def app(opened):
    return opened.app


def lou(app):
    return actor_for(LIMITED, via=Via.DESK, proved_at=app.clock.now())


def hidden_people(app):
    return [each for each in app.ledger.contacts.all() if KEPT not in each.lists]


def readable(answer):
    """Everything that an answer says, that in the sheets of a workbook included."""
    if answer.body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(answer.body))
        return "\n".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )
    return answer.body.decode("utf-8", "replace")


def paths_of(opened):
    """Every address of the desk, filled with people whom Lou may not see."""
    hidden = hidden_people(opened.app)[0]
    words = hidden.address.domain  # not the whole address, which a page repeats as it was asked for
    values = opened.values | {"contact": hidden.id, "entry": hidden.id, "form": "f"}
    values |= {"list": ELSEWHERE}
    values |= {"job": opened.values.get("job", "j"), "token": "t", "request": "1"}
    for screen in SCREENS:
        path = screen.path.replace("/imports/{file}", "/imports/{import}")
        for name, value in ({"import": "f"} | values).items():
            path = path.replace(f"{{{name}}}", str(value))
        yield path
    yield f"/contacts?q={hidden.last_name}"
    yield f"/contacts?liste={ELSEWHERE}"
    yield f"/campagnes/{EXAMPLE}/apercu?pour={words}"
    yield f"/campagnes/{EXAMPLE}/apercu/message.eml?pour={words}"
    yield f"/campagnes/{EXAMPLE}/apercu?mode=lecteurs"
    yield f"/campagnes/{EXAMPLE}/en-cours/personnes?etape=announcement"
    yield f"/oppositions?q={words}"
    yield "/a-rappeler?voir=joints"


def test_no_address_of_the_desk_names_anybody_of_another_list(opened):
    browser, hidden = signed_in(opened.app, LIMITED), hidden_people(opened.app)
    assert len(hidden) > 1

    named = {
        (path, person.key)
        for path in paths_of(opened)
        if (said := readable(browser.get(path)))
        for person in hidden
        if person.key in said or (person.first_name and person.name in said)
    }

    assert named == set()


def test_what_is_not_limited_names_them_so_that_the_test_above_can_fail(opened):
    browser, hidden = signed_in(opened.app, OTHER), hidden_people(opened.app)[0]

    assert hidden.key in readable(browser.get(f"/contacts/{hidden.id}"))


def test_the_pages_show_the_people_of_the_list_and_the_counts_of_everybody(opened):
    app, browser = opened.app, signed_in(opened.app, LIMITED)
    seen = next(each for each in app.ledger.contacts.all([KEPT]))

    assert seen.key in browser.get(f"/contacts/{seen.id}").text
    assert [each.name for each in contact_lists(actor=lou(app), ledger=app.ledger)] == [KEPT]
    assert {KEPT} <= {
        name for each in directory(actor=lou(app), **at(app)) for name in each.contact.lists
    }
    assert "Vous voyez les personnes" in browser.get("/contacts").text
    for page in ("/accreditations", "/courrier", "/conservation", "/contacts/sollicitations"):
        assert browser.get(page).status == 409, page


def at(app):
    return {"ledger": app.ledger, "now": app.clock.now()}


def test_the_people_of_other_lists_are_unknown_to_every_operation(app):
    hidden = hidden_people(app)[0]
    person = {"actor": lou(app), **at(app)}

    with pytest.raises(ContentError):
        known_of(hidden.id, **person)
    for attempt in (
        lambda: edit_contact(hidden.address, {"Téléphone": "01 99 00 00 11"}, **person),
        lambda: remove_contact(hidden.address, **person),
        lambda: leave_list(hidden.address, ELSEWHERE, **person),
        lambda: add_contact(hidden.address, {}, list_name=KEPT, **person),
        lambda: add_contact(Address.parse("new@x.example"), {}, list_name=ELSEWHERE, **person),
        lambda: correct_address(hidden.address, Address.parse("n@x.example"), why="", **person),
        lambda: directory(ELSEWHERE, **person),
        lambda: export_directory(ELSEWHERE, **person),
        lambda: resend(EXAMPLE, "announcement", to=ResendTo.NEW, confirm=0, why="", **person),
        lambda: timeline_of(
            hidden.address, campaigns=(), actor=lou(app), drafts=app.drafts, ledger=app.ledger
        ),
        lambda: note_call(
            hidden.address,
            NotedCall(CallOutcome.REACHED),
            terms_for=app.drafts.terms,
            today=app.clock.now().date(),
            **person,
        ),
    ):
        with pytest.raises(RuleError):
            attempt()
    assert app.ledger.contacts.get(hidden.id) == hidden


def test_a_person_of_the_list_cannot_take_over_an_address_of_another(app):
    seen, hidden = app.ledger.contacts.all([KEPT])[0], hidden_people(app)[0]

    with pytest.raises(RuleError, match="on other lists only"):
        correct_address(seen.address, hidden.address, why="", actor=lou(app), **at(app))
    with pytest.raises(RuleError, match="on other lists only"):
        edit_contact(seen.address, {"E-mail 2": hidden.key}, actor=lou(app), **at(app))


def test_files_hold_the_people_of_the_list_alone(app):
    exported = export_directory(actor=lou(app), **at(app))
    messages = export_messages(
        EXAMPLE, "announcement", actor=lou(app), drafts=app.drafts, composer=app.composer
    )
    reported = export_report(EXAMPLE, title="x", actor=lou(app), **at(app))
    hidden = {each.key for each in hidden_people(app)}

    assert {each.contact.key for each in exported}.isdisjoint(hidden)
    assert {each.recipient.address.key for each in messages}.isdisjoint(hidden)
    assert messages
    for mailing in reported.mailings:
        assert {each.address for each in mailing.people}.isdisjoint(hidden)
        assert mailing.audience >= len(mailing.people)


def test_a_file_that_was_made_without_the_limit_is_not_handed_out(app):
    before = replace(lou(app), lists=frozenset())
    job = ask_for_export(ExportKind.CONTACTS, "", language="fr", actor=before, **at(app))
    app.ledger.jobs.ask_to_cancel(job.id, at=app.clock.now())

    with pytest.raises(ContentError):
        exported_file(job.id, actor=lou(app), **at(app))


def test_the_plan_counts_everybody_and_names_nobody_of_another_list(app):
    plan = plan_for(lou(app), EXAMPLE, drafts=app.drafts)
    whole = plan_for(AMINA, EXAMPLE, drafts=app.drafts)
    hidden = {each.key for each in hidden_people(app)}

    assert [each.recipients for each in plan.steps] == [each.recipients for each in whole.steps]
    for step in plan.steps:
        assert {each.contact.key for each in step.audience.recipients}.isdisjoint(hidden)
        for change in filter(
            None, (step.since_last, step.since_signed and step.since_signed.people)
        ):
            assert {each.address for each in (*change.gained, *change.lost)}.isdisjoint(hidden)
    assert UNNAMED not in hidden


def test_lists_of_others_are_neither_shown_nor_taken_in(app):
    kept = keep_list(
        "a.csv",
        b"Courriel\nx@radio.example\n",
        list_name=ELSEWHERE,
        field="file",
        actor=AMINA,
        **at(app),
    )
    file = kept.request.subject
    person = {"actor": lou(app), **at(app)}

    for attempt in (
        lambda: survey_list(file, **person),
        lambda: keep_decisions(file, [], **person),
        lambda: ask_to_take_in(file, [], **person),
        lambda: discard_list(file, actor=lou(app), ledger=app.ledger),
        lambda: keep_list("b.csv", b"x", list_name=ELSEWHERE, field="file", **person),
    ):
        with pytest.raises(RuleError, match="limited to other lists"):
            attempt()
    discard_list(file, actor=AMINA, ledger=app.ledger)


def test_a_refusal_is_taken_from_whoever_heard_it(app):
    hidden = hidden_people(app)[-1]

    assert suppress(hidden.address, why="by telephone", actor=lou(app), **at(app))


def test_the_journal_shows_the_lines_of_ones_own(app):
    lines = journal_page(JournalFilter(), before=None, limit=500, actor=lou(app), ledger=app.ledger)

    assert {each.person for each in lines} <= {LIMITED.id}


def test_what_concerns_everybody_may_not_be_done(app):
    assert not any(may(lou(app), act) for act in BEYOND_LISTS)
    assert may(lou(app), Act.LAUNCH)
    assert may(lou(app), Act.SIGN_OFF)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PARTNER])
def test_administrators_and_partners_cannot_be_limited(app, role):
    person = replace(
        LIMITED, id=f"x.{role}", name=f"Xa {role}", roles=frozenset({role}), address=None
    )
    person = replace(person, lists=frozenset())
    app.ledger.team.add([person], actor=PROGRAM, at=app.clock.now())

    with pytest.raises(RuleError):
        limit_to_lists(person.id, [KEPT], actor=AMINA, **at(app))
    with pytest.raises(RuleError, match="every list first"):
        change_roles(LIMITED.id, [role], before=LIMITED.roles, actor=AMINA, **at(app))


def test_a_limit_holds_from_the_next_click_and_ends_with_the_next(app):
    free = replace(LIMITED, id="f.roy", name="Fé Roy", address=None, lists=frozenset())
    app.ledger.team.add([free], actor=PROGRAM, at=app.clock.now())
    browser, hidden = signed_in(app, free), hidden_people(app)[0]
    seen = [browser.get(f"/contacts/{hidden.id}").status]

    for lists in ([KEPT], []):
        limit_to_lists(free.id, lists, actor=AMINA, **at(app))
        seen.append(browser.get(f"/contacts/{hidden.id}").status)

    assert seen == [200, 404, 200]
    with pytest.raises(MailerError, match="no list called"):
        limit_to_lists(free.id, ["rien"], actor=AMINA, **at(app))
