"""A list is renamed, merged into another or removed as a whole, and nothing that names it is forgotten."""

from dataclasses import replace

import pytest

from mailer.errors import RuleError
from mailer.model.contacts.list_file import ListFile
from mailer.model.mailings.mailing import SignOff
from mailer.model.team.person import Role
from mailer.operations.people.whole_lists import (
    merge_list,
    remove_list,
    rename_list,
    whole_list,
)
from mailer.wiring.app import App
from tests.counterparts.builders import ACTOR, NOON, a_contact, a_mailing, an_actor
from tests.counterparts.form_browser import Browser
from tests.counterparts.team import a_person
from tests.counterparts.workspaces import workspace_with_ledger

SLUG = "2017-12-09-recherche-associations"
EDITOR = an_actor("Ada Lopez", roles={Role.EDITOR})


@pytest.fixture
def app(tmp_path):
    with App(workspace_with_ledger(tmp_path / "office")) as app:
        people = {"a": {"presse"}, "b": {"presse", "radios"}, "c": {"radios"}}
        contacts = [
            a_contact(f"{name}@radio.example", lists=frozenset(on)) for name, on in people.items()
        ]
        app.ledger.contacts.save(contacts, actor=ACTOR, at=NOON)
        yield app


def shown(app, name):
    return whole_list(
        name, campaigns=app.campaigns.names(), actor=EDITOR, drafts=app.drafts, ledger=app.ledger
    )


def done(act, app, name, *given):
    return act(shown(app, name), *given, actor=EDITOR, ledger=app.ledger, now=NOON)


def on_lists(app):
    return {each.address.key[0]: set(each.lists) for each in app.ledger.contacts.all()}


def last_line(app):
    line = app.ledger.journal.page(limit=1)[0]
    return line.action, line.subject, line.name


def test_a_new_name_holds_for_its_people_for_who_is_limited_to_it_and_for_files_that_wait(app):
    lea = replace(a_person("Léa", Role.EDITOR), lists=frozenset({"presse", "radios"}))
    app.ledger.team.add([lea], actor=ACTOR, at=NOON)
    app.ledger.list_files.keep(ListFile("f", "a.csv", "presse", b"", "Ada", NOON))

    done(rename_list, app, "presse", "quotidiens")

    assert on_lists(app) == {"a": {"quotidiens"}, "b": {"quotidiens", "radios"}, "c": {"radios"}}
    assert {each.lists for each in app.ledger.team.people()} >= {
        frozenset({"quotidiens", "radios"})
    }
    assert [each.list_name for each in app.ledger.list_files.waiting()] == ["quotidiens"]
    assert last_line(app) == ("rename-list", "quotidiens", "Ada Lopez")


def test_whoever_is_on_both_lists_is_on_the_merged_one_once(app):
    done(merge_list, app, "presse", "radios")

    assert on_lists(app) == {"a": {"radios"}, "b": {"radios"}, "c": {"radios"}}
    assert last_line(app) == ("merge-list", "radios", "Ada Lopez")


def test_a_removed_list_leaves_its_people_in_the_directory_and_gives_nobody_sight_of_all(app):
    lea = replace(a_person("Léa", Role.EDITOR), lists=frozenset({"presse"}))
    app.ledger.team.add([lea], actor=ACTOR, at=NOON)

    done(remove_list, app, "presse")

    assert on_lists(app) == {"a": set(), "b": {"radios"}, "c": {"radios"}}
    assert frozenset({"presse"}) in {each.lists for each in app.ledger.team.people()}
    assert last_line(app) == ("remove-list", "presse", "Ada Lopez")


@pytest.mark.parametrize(
    ("act", "given", "refused"),
    [
        (rename_list, ["radios"], "there is a list called “radios” already"),
        (rename_list, [" "], "the list has no name"),
        (merge_list, ["nulle"], "there is no list called “nulle”"),
        (merge_list, ["presse"], "there is no list called “presse”"),
    ],
)
def test_a_name_that_is_known_or_missing_is_refused(app, act, given, refused):
    before = on_lists(app)

    with pytest.raises(RuleError, match=refused):
        done(act, app, "presse", *given)
    assert on_lists(app) == before


def test_a_list_that_has_changed_since_it_was_shown_is_left_alone(app):
    seen = shown(app, "presse")
    more = a_contact("d@radio.example", lists=frozenset({"presse"}))
    app.ledger.contacts.save([more], actor=ACTOR, at=NOON)

    with pytest.raises(RuleError, match="has changed meanwhile"):
        remove_list(seen, actor=EDITOR, ledger=app.ledger, now=NOON)
    assert "presse" in on_lists(app)["d"]


def test_a_list_of_a_signed_or_launched_step_is_not_touched_until_the_text_changes_or_it_left(app):
    press = a_contact("d@radio.example", lists=frozenset({"press"}))
    app.ledger.contacts.save([press], actor=ACTOR, at=NOON)
    done(rename_list, app, "press", "essai")
    done(rename_list, app, "essai", "press")  # a draft holds nothing

    app.revisions.open_campaign(SLUG)
    signed = SignOff(SLUG, "f" * 64, "Claire", NOON, revision=1)
    app.ledger.mailings.sign(signed, actor=ACTOR)
    for act, given in ((rename_list, ["essai"]), (merge_list, ["radios"]), (remove_list, [])):
        with pytest.raises(RuleError, match="is signed off or launched"):
            done(act, app, "press", *given)

    app.ledger.mailings.launch([a_mailing(campaign=SLUG)], actor=ACTOR, at=NOON)
    assert [each.binds for each in shown(app, "press").uses] == [True]


def test_a_page_shows_a_list_with_what_names_it_and_keeps_what_was_typed(app):
    ada = Browser(app)
    app.ledger.contacts.save(
        [a_contact("d@radio.example", lists=frozenset({"press"}))], actor=ACTOR, at=NOON
    )

    page = ada.get("/listes/press")
    refused = ada.post("/listes/press", {"act": "rename", "size": "1", "name": "radios"})
    stale = ada.post("/listes/press", {"act": "remove", "size": "7"})
    renamed = ada.post("/listes/press", {"act": "rename", "size": "1", "name": "journaux"})

    assert f'href="/campagnes/{SLUG}"' in page.text
    assert "Recherche &amp; Associations de malades" in page.text
    assert "1 personne y figure." in page.text
    assert (refused.status, stale.status) == (422, 422)
    assert 'value="radios"' in refused.text
    assert "La liste a changé entre-temps." in stale.text
    assert renamed.location == "/listes/journaux?fait=list-renamed"
    assert "« press » s’appelle désormais ainsi" in ada.get("/listes/journaux").text.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_who_is_limited_to_some_lists_renames_none(app):
    limited = replace(EDITOR, lists=frozenset({"presse"}))

    with pytest.raises(RuleError, match="may not"):
        rename_list(shown(app, "presse"), "essai", actor=limited, ledger=app.ledger, now=NOON)
