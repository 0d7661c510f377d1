"""Who the office is, said at the desk by an administrator, in `config.toml`."""

import os
import re
import shutil
from contextlib import contextmanager

import pytest

from mailer.clock import SimulatedClock
from mailer.config import load_settings
from mailer.model.team.person import Person, Role
from mailer.wiring.app import App
from tests.counterparts.builders import NOON
from tests.counterparts.desk import ROOT, an_office, give_password, signed_in

ADA = Person("ada", "Ada Roy", frozenset({Role.ADMINISTRATOR}))
HUGO = Person("hugo", "Hugo Marchetti", frozenset({Role.EDITOR, Role.SIGNATORY}))
PAGE = "/reglages/bureau"


@pytest.fixture
def app(tmp_path):
    app = an_office(tmp_path / "office", SimulatedClock(NOON), [ADA, HUGO])
    shutil.copyfile(ROOT / "config.example.toml", app.workspace / "config.toml")
    yield app
    app.__exit__(None, None, None)


@pytest.fixture
def ada(app):
    return signed_in(app, ADA)


@pytest.fixture
def file(app):
    return app.workspace / "config.toml"


def shown(page):
    """The hidden fields of the form, which say what the page has shown."""
    return dict(re.findall(r'name="(was\.[a-z_.]+)" value="([^"]*)"', page))


def saved(browser, **changed):
    """Send the form as it stands but for some fields; `__` stands for the dot of a key."""
    was = {name: _plain(text) for name, text in shown(browser.get(PAGE).text).items()}
    own = {name.removeprefix("was."): text for name, text in was.items()}
    changed = {name.replace("__", "."): text for name, text in changed.items()}
    return browser.post(PAGE, was | own | changed)


def _plain(text):
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")


def test_the_form_saved_as_it_is_leaves_the_bytes(ada, file):
    before = file.read_bytes()

    assert "fait=unchanged" in saved(ada).location
    assert file.read_bytes() == before


def test_what_was_changed_is_written_and_every_comment_stays(app, ada, file):
    before = file.read_text("utf-8")
    file.chmod(0o640)

    answer = saved(
        ada,
        office__name="Institut de recherche",
        sender__from="Presse <presse@ird.example>",
        sender__reply_to="",
    )

    assert "fait=office-changed" in answer.location
    after = file.read_text("utf-8")
    changed = [each for each in after.splitlines() if each not in before.splitlines()]
    assert changed == [
        'name = "Institut de recherche" # nom sous lequel on vous connaît (ici, celui de la campagne d’exemple)',
        'from = "Presse <presse@ird.example>" # expéditeur visible',
    ]
    settings = load_settings(app.workspace)
    assert settings.office.name == "Institut de recherche"
    assert str(settings.letterhead.sender.address) == "presse@ird.example"
    assert settings.letterhead.reply_to is None
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_change_is_in_the_journal_in_words_and_the_page_says_to_start_again(app, ada):
    answer = saved(ada, office__name="Institut de recherche")

    page = ada.get(answer.location).text
    assert "starts the desk and the service again" in page
    journal = ada.get("/journal").text
    assert "changed the name or the sender of the office" in journal
    assert "Name of the office" in journal


def test_every_refusal_stands_at_its_field_and_nothing_is_written(ada, file):
    before = file.read_bytes()

    refused = saved(
        ada,
        office__name="",
        office__phone="abc",
        office__website="javascript:alert(1)",
        office__privacy_url="notre page",
        sender__from="nobody",
        sender__return_path="no domain",
        team__notices="us@sols.example, somebody",
    )
    wrong = saved(ada, sender__from="Presse <presse@@x>", office__phone="01")
    silent = saved(ada, sender__reply_to="no-reply@institut.example")

    assert refused.status == wrong.status == silent.status == 422
    for key in (
        *("office.name", "office.phone", "office.website", "office.privacy_url"),
        *("sender.from", "sender.return_path", "team.notices"),
    ):
        assert f'id="{key}-wrong-1"' in refused.text, key
    assert "administrator" not in refused.text.partition("<main")[2].partition("<form")[0]
    assert 'id="sender.from-wrong-1"' in wrong.text
    assert 'value="01"' in wrong.text
    assert 'id="sender.reply_to-wrong-1"' in silent.text
    assert file.read_bytes() == before


def test_who_wants_no_more_mail_and_who_gets_test_sends_is_said_at_the_desk_too(app, ada, file):
    with App(app.workspace, clock=app.clock) as again:
        told = signed_in(again, ADA).get("/").text
        assert "Qui ne veut plus rien recevoir écrit à" in told
        assert "Les envois tests vont à" in told

    answer = saved(
        ada,
        unsubscribe__mailto="stop@sols.example",
        team__proofs="a@sols.example; b@sols.example",
        team__notices="",
    )

    assert "fait=office-changed" in answer.location
    settings = load_settings(app.workspace)
    assert str(settings.letterhead.unsubscribe_mailto) == "stop@sols.example"
    assert [str(each) for each in settings.team.proofs] == ["a@sols.example", "b@sols.example"]
    assert settings.team.notices == ()
    assert 'proofs = ["a@sols.example", "b@sols.example"] # reçoivent' in file.read_text("utf-8")


def test_what_two_people_change_stays_apart_and_one_field_asks_the_second(ada, file):
    was = {name: _plain(text) for name, text in shown(ada.get(PAGE).text).items()}
    own = {name.removeprefix("was."): text for name, text in was.items()}
    saved(ada, office__name="Institut A", office__phone="01 99 00 00 01")

    other = ada.post(PAGE, was | own | {"office.website": "https://a.example/"})
    same = ada.post(PAGE, was | own | {"office.name": "Institut B"})

    assert "fait=office-changed" in other.location
    assert same.status == 422
    assert "Institut A" in same.text
    assert 'value="Institut B"' in same.text
    assert 'value="01 99 00 00 01"' in same.text
    assert load_settings(file.parent).office.name == "Institut A"


def test_who_is_no_administrator_sees_it_and_changes_nothing(app, file):
    hugo = signed_in(app, HUGO)

    page = hugo.get(PAGE)

    assert "An administrator of the team changes it." in page.text
    assert "<form" not in page.text.partition("<main")[2]
    before = file.read_bytes()
    refused = hugo.post(PAGE, {"office.name": "x", "was.office.name": "Inserm"})
    assert "may not change the name and the sender" in refused.text
    assert file.read_bytes() == before


def test_a_form_sent_long_after_the_password_asks_for_it(app, file):
    give_password(app, ADA)
    ada = signed_in(app, ADA)
    app.clock.wait_until(NOON.replace(hour=NOON.hour + 1))
    before = file.read_bytes()

    asked = saved(ada, office__name="Institut de recherche")

    assert 'name="password"' in asked.text
    assert file.read_bytes() == before


@contextmanager
def without_the_rights_of_root():
    """The real account, by which access is judged, is nobody's: root may write every file."""
    is_root = os.geteuid() == 0
    if is_root:
        os.setreuid(65_534, -1)
    try:
        yield
    finally:
        if is_root:
            os.setreuid(0, -1)


def test_a_configuration_that_the_desk_may_not_write_is_shown(ada, file):
    file.chmod(0o400)

    with without_the_rights_of_root():
        page = ada.get(PAGE).text

    assert "whoever keeps this machine changes it" in page
    assert "presse@institut.example" in page
    assert 'name="office.name"' not in page


def test_an_office_of_the_name_of_the_example_is_told_so_until_it_has_its_own(app, ada, file):
    with App(app.workspace, clock=app.clock) as again:
        told = signed_in(again, ADA).get("/").text
        assert "sous l’identité de l’exemple" in told
        assert f'href="{PAGE}"' in told
        assert "Un administrateur de l’équipe le dit" in signed_in(again, HUGO).get("/").text
        hers = signed_in(again, ADA)
        answer = saved(
            hers,
            office__name="Institut",
            office__postal_address="2 rue du Port, 29200 Brest",
            sender__from="Presse <presse@ird.example>",
            sender__reply_to="",
            sender__return_path="retours.ird.example",
            sender__message_id_domain="ird.example",
            sender__list_domain="ird.example",
            office__phone="01 99 00 99 99",
            office__website="https://ird.example/",
            office__privacy_url="ird.example/donnees",
        )
        assert "fait=office-changed" in answer.location
    with App(app.workspace, clock=app.clock) as half:
        told = signed_in(half, ADA).get("/").text
        assert "Qui ne veut plus rien recevoir écrit à" in told
        assert "Nom du service" not in told
        answer = saved(
            signed_in(half, ADA),
            unsubscribe__mailto="presse@ird.example",
            team__proofs="presse@ird.example",
            team__notices="",
        )
        assert "fait=office-changed" in answer.location
    with App(app.workspace, clock=app.clock) as last:
        assert "sous l’identité de l’exemple" not in signed_in(last, ADA).get("/").text


def test_another_sender_voids_the_sign_off_of_what_was_not_launched(app, ada):
    def fingerprint():
        with App(app.workspace, clock=app.clock) as again:
            return again.drafts.draft("2017-12-09-recherche-associations").fingerprint

    before = fingerprint()
    saved(ada, sender__from="Presse <presse@ird.example>")

    assert fingerprint() != before
