"""Several offices behind one desk: nobody crosses, on any route, in any role."""

import re
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import quote

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import ConfigError
from mailer.model.contacts.list_file import ListFile
from mailer.model.drafts.comment import Comment
from mailer.model.service.exported_file import ExportedFile
from mailer.model.service.job import JobKind, JobRequest
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Role
from mailer.operations.jobs import ask_for_job
from mailer.operations.team.sign_in import new_session
from mailer.web.offices import desks_of, offices_of
from mailer.web.routes import SCREENS
from mailer.web.sessions import is_outside
from tests.counterparts.builders import ACTOR, NOON, a_contact, an_actor
from tests.counterparts.desk import OWN, PORT, Browser, an_office
from tests.counterparts.team import a_person

SECRET = "zyzomys"
"""A word that only the second office knows."""
PERSON = a_person("Ada Lopez", *Role)
"""Somebody of the same name and id works in both offices."""


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """The first office and the second one, with its secrets, and the desk of both."""
    with ExitStack() as stack:
        apps = []
        for name in ("physique", "chimie"):
            folder = tmp_path_factory.mktemp("offices") / name
            folder.mkdir()
            people = [*(a_person(f"Cy {role}", role) for role in Role), PERSON]
            apps.append(stack.enter_context(an_office(folder, SimulatedClock(NOON), people)))
        offices = offices_of(apps, port=PORT)
        yield offices, desks_of(offices, port=PORT)


@pytest.fixture(scope="module")
def ids(two):
    """What the second office has, by the name of the place in an address."""
    ledger = two[0][1].app.ledger
    stranger = replace(a_contact(f"{SECRET}@press.example"), last_name=SECRET)
    ledger.contacts.save([stranger], actor=ACTOR, at=NOON)
    ledger.list_files.keep(ListFile("f1", f"{SECRET}.csv", SECRET, b"x", "Ada", NOON))
    comment = Comment("2017-12-09-recherche-associations", "a.md", "", SECRET, "x", "Ada", NOON)
    ledger.comments.add(comment, actor=ACTOR)
    actor = an_actor("Ada Lopez", roles=set(Role))
    asked = JobRequest(JobKind.EXPORT, SECRET, replace(actor, person=PERSON.id), {})
    job = ask_for_job(asked, ledger=ledger, now=NOON)
    ledger.exported_files.keep(ExportedFile(job.id, "x.csv", "text/csv", SECRET.encode(), NOON))
    return {"contact": str(stranger.id), "file": "f1", "job": job.id}


def browser_of(office, desk, person):
    """A browser in which this person has just signed in at this office."""
    opened = new_session(person, method=SignInMethod.PASSWORD, agent="Firefox", now=NOON)
    office.app.ledger.sign_ins.open_session(opened.session, actor=opened.actor)
    browser = Browser(desk, host=office.host)
    browser.cookies[f"desk-{PORT}"] = opened.token
    return browser


def addresses(ids=None):
    """Every address of the desk, with ids of the second office where it has some."""
    known = {"slug": "2017-12-09-recherche-associations", "file": "announcement.md", **(ids or {})}
    return {
        screen: re.sub(
            r"\{(\w+)\}", lambda found: quote(known.get(found[1], "announcement")), screen.path
        )
        for screen in SCREENS
    }


def turned_away(answer):
    return answer.status in {401, 403, 404, 410, 421} or answer.location.startswith("/entrer")


@pytest.mark.parametrize("role", Role)
def test_the_session_of_one_office_opens_no_address_of_the_other(two, ids, role):
    (first, second), desk = two
    thief = Browser(desk, host=second.host)
    thief.cookies = dict(browser_of(first, desk, a_person(f"Cy {role}", role)).cookies)
    lines = second.app.ledger.journal.end()
    own = {**OWN, "origin": second.base}

    for screen, path in addresses(ids).items():
        answers = [thief.get(path)]
        if screen.act:
            answers.append(thief.post(path, {"decision": "sign"}, headers=own))
        for answer in answers:
            assert is_outside(path) or turned_away(answer), (screen.path, answer.status)
            assert SECRET.encode() not in answer.body, screen.path
    assert second.app.ledger.journal.end() == lines


def test_nothing_of_another_office_is_found_by_its_ids(two, ids):
    """The same person, of the same id, in both offices, with every role."""
    (first, _second), desk = two
    browser = browser_of(first, desk, PERSON)

    for screen, path in addresses(ids).items():
        # The examination asks the machine and the DNS, for minutes; it reads no people.
        if screen.path not in {"/sortir", "/contacts/{contact}", "/sante/examen"}:
            assert SECRET.encode() not in browser.get(path).body, path
    assert browser.get(f"/contacts/{ids['contact']}").status == 404
    assert browser.get(f"/travaux/{ids['job']}/fichier").status == 404
    assert browser.get("/imports/f1").status in {404, 409}


def test_links_and_unsaved_previews_of_one_office_open_nothing_in_the_other(two):
    (first, second), desk = two
    text = "/campagnes/2017-12-09-recherche-associations/textes/announcement.md/apercu"
    own = {**OWN, "origin": first.base, "sec-fetch-mode": "cors", "accept": "application/json"}
    shown = browser_of(first, desk, PERSON).post(text, {"body": f"# {SECRET}\n"}, headers=own)
    token = re.search(r"jeton=([\w-]+)", shown.text)

    answer = browser_of(second, desk, PERSON).get(f"{text}?jeton={token[1] if token else ''}")

    assert token, shown.text[:200]
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    "host",
    [f"127.0.0.1:{PORT}", f"localhost:{PORT}", "", f"physique.localhost:{PORT + 1}", "physique"],
)
def test_a_host_that_is_no_office_has_no_desk(two, host):
    assert Browser(two[1], host=host).get("/").status == 421


def test_a_form_of_one_office_is_not_taken_from_a_page_of_the_other(two):
    (first, second), desk = two
    browser = browser_of(second, desk, PERSON)
    elsewhere = {
        "an origin": {"origin": first.base},
        "a sibling": {"origin": first.base, "sec-fetch-site": "same-site"},
        "another site": {"origin": first.base, "sec-fetch-site": "cross-site"},
    }

    for name, headers in elsewhere.items():
        assert browser.post("/moi", {"language": "fr"}, headers=headers).status == 403, name


def test_two_offices_of_one_name_or_of_one_ledger_are_refused(tmp_path):
    with ExitStack() as stack:
        apps = []
        for number in (1, 2):
            folder = tmp_path / str(number) / "Bureau de presse"
            folder.mkdir(parents=True)
            apps.append(stack.enter_context(an_office(folder, SimulatedClock(NOON))))

        with pytest.raises(ConfigError, match="same address"):
            offices_of(apps, port=PORT)
        with pytest.raises(ConfigError, match="same ledger"):
            offices_of([apps[0], apps[0]], port=PORT)
        assert offices_of(apps[:1], port=1)[0].base == "http://bureau-de-presse.localhost:1"
