"""The people of the office, their sessions and links: for both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from mailer.model.address import Address
from mailer.model.team.person import PersonChange, Role
from mailer.model.team.sign_in import KeptForm, LinkPurpose
from tests.counterparts.builders import ACTOR, NOON, after, an_entry
from tests.counterparts.team import ADA, BEA, a_link, a_person, a_session

BY = {"actor": ACTOR, "at": NOON}
CHANGE = {"action": "change", "detail": "", **BY}


@pytest.fixture
def team(ledger):
    ledger.team.add([ADA, BEA], **BY)
    return ledger.team


def test_people_are_read_as_they_were_added(team):
    assert team.people() == [ADA, BEA]


def test_a_known_id_or_address_is_not_added_again(team, ledger):
    same_id = replace(ADA, name="Another", address=None)
    same_address = replace(ADA, id="other", name="Other")
    new = a_person("Cy Roy", address=None)

    added = team.add([same_id, same_address, new], **BY)

    assert added == [new]
    assert [each.id for each in team.people()] == ["ada", "bea", "cy"]
    assert ledger.journal.entries("team")[-1] == an_entry(
        "add-person", "team", "cy (Cy Roy): administrator"
    )


def test_two_people_may_be_without_an_address(ledger):
    people = [a_person("Ada Lovelace", address=None), a_person("Bea Martin", address=None)]

    assert ledger.team.add(people, **BY) == people


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"language": "en"}, PersonChange.DONE),
        ({"lists": frozenset({"press", "associations"})}, PersonChange.DONE),
        ({"disabled_at": NOON}, PersonChange.LAST_ADMINISTRATOR),
        ({"roles": frozenset({Role.EDITOR})}, PersonChange.LAST_ADMINISTRATOR),
        ({"address": Address.parse("BEA@office.example")}, PersonChange.ADDRESS_TAKEN),
    ],
)
def test_a_change_says_what_became_of_it(team, change, outcome):
    new = replace(ADA, **change)

    assert team.replace(ADA, new, **CHANGE) is outcome

    assert (new in team.people()) is (outcome is PersonChange.DONE)


def test_a_change_of_what_has_changed_meanwhile_is_refused(team):
    team.replace(BEA, replace(BEA, language="en"), **CHANGE)

    assert team.replace(BEA, replace(BEA, disabled_at=NOON), **CHANGE) is PersonChange.STALE


def test_two_administrators_cannot_disable_each_other_at_once(ledger):
    two = [ADA, a_person("Bea Martin")]
    ledger.team.add(two, **BY)

    def disable(person):
        return ledger.team.replace(person, replace(person, disabled_at=NOON), **CHANGE)

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(disable, two))

    assert outcomes == [PersonChange.DONE, PersonChange.LAST_ADMINISTRATOR]
    assert any(each.is_administrator for each in ledger.team.people())


def test_who_is_disabled_is_out_of_every_browser_at_once(team, ledger):
    ledger.sign_ins.open_session(a_session("bea"), actor=ACTOR)
    ledger.sign_ins.add_link(a_link(person="bea"), actor=ACTOR)

    team.replace(BEA, replace(BEA, disabled_at=NOON), **CHANGE)

    assert ledger.sign_ins.session("t").ended_at == NOON
    assert ledger.sign_ins.link("l") is None


def test_a_new_password_ends_the_other_sessions_and_links(team, ledger):
    for token_hash in ("here", "there"):
        ledger.sign_ins.open_session(a_session(token_hash=token_hash), actor=ACTOR)
    ledger.sign_ins.add_link(a_link(person="ada"), actor=ACTOR)

    for each in ("first", "second"):
        ledger.sign_ins.set_password("ada", each, keep="here", **BY)

    assert ledger.sign_ins.password_hash("ada") == "second"
    assert ledger.sign_ins.with_password() == {"ada": NOON}
    assert [each.token_hash for each in ledger.sign_ins.sessions("ada", now=NOON)] == ["here"]
    assert ledger.sign_ins.link("l") is None


def test_a_stronger_hash_replaces_only_the_password_it_was_made_from(team, ledger):
    ledger.sign_ins.set_password("ada", "old", keep="", **BY)

    ledger.sign_ins.strengthen("ada", old="another", new="wrong")
    ledger.sign_ins.strengthen("ada", old="old", new="better")

    assert ledger.sign_ins.password_hash("ada") == "better"
    assert ledger.sign_ins.password_hash("bea") == ""


def test_a_link_is_used_once_however_many_use_it_at_once(team, ledger):
    ledger.sign_ins.add_link(a_link(person="bea"), actor=ACTOR)

    def use(number):
        return ledger.sign_ins.welcome("l", a_session("bea", f"t{number}"), actor=ACTOR)

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(use, range(8)))

    assert outcomes == [False] * 7 + [True]
    assert len(ledger.sign_ins.sessions("bea", now=NOON)) == 1


@pytest.mark.parametrize(
    ("link", "person"),
    [
        (a_link(expires_at=NOON), "bea"),
        (a_link(token_hash="other"), "bea"),
        (a_link(), "nobody"),
        (a_link(), "closed"),
    ],
)
def test_a_link_that_has_ended_or_is_nobodys_changes_nothing(team, ledger, link, person):
    team.add([a_person("Closed Account", disabled_at=NOON)], **BY)
    ledger.sign_ins.add_link(link, actor=ACTOR)
    lines = ledger.journal.entries()

    used = ledger.sign_ins.welcome("l", a_session(person), password_hash="h", actor=ACTOR)

    assert not used
    assert ledger.sign_ins.with_password() == {}
    assert ledger.journal.entries() == lines


def test_the_first_administrator_is_there_wholly_or_not_at_all(ledger):
    ledger.sign_ins.add_link(a_link(LinkPurpose.FIRST_ADMINISTRATOR), actor=ACTOR)

    welcome = ledger.sign_ins.welcome
    first = welcome("l", a_session(), newcomer=ADA, password_hash="hash", actor=ACTOR)
    again = welcome("l", a_session("bea", "u"), newcomer=BEA, password_hash="h", actor=ACTOR)

    assert (first, again) == (True, False)
    assert ledger.team.people() == [ADA]
    assert ledger.sign_ins.password_hash("ada") == "hash"
    assert [entry.action for entry in ledger.journal.entries("team")] == [
        "make-link",
        "add-person",
        "set-password",
        "sign-in",
    ]


def test_a_new_link_for_the_same_person_ends_the_earlier_one(team, ledger):
    for token_hash in ("first", "second"):
        ledger.sign_ins.add_link(a_link(token_hash=token_hash, person="bea"), actor=ACTOR)

    assert ledger.sign_ins.link("first") is None
    assert ledger.sign_ins.link("second") == a_link(token_hash="second", person="bea")


def test_sessions_end_by_time_by_disuse_and_by_hand(team, ledger):
    for token_hash, fields in (
        ("open", {"seen_at": after(minutes=1)}),
        ("expired", {"expires_at": after(hours=1)}),
        ("unused", {"seen_at": after(hours=-12)}),
        ("ended", {}),
    ):
        ledger.sign_ins.open_session(a_session(token_hash=token_hash, **fields), actor=ACTOR)
    ended = ledger.sign_ins.end_sessions("ada", only="ended", **BY)

    found = ledger.sign_ins.sessions("ada", now=after(hours=2))

    assert ended == 1
    assert [each.token_hash for each in found] == ["open"]
    assert ledger.sign_ins.end_sessions("bea", **BY) == 0


def test_use_and_proof_move_the_times_of_a_session(team, ledger):
    ledger.sign_ins.open_session(a_session(), actor=ACTOR)

    ledger.sign_ins.note_use("t", at=after(minutes=1))
    ledger.sign_ins.note_proof("t", actor=ACTOR, at=after(minutes=2))

    session = ledger.sign_ins.session("t")
    assert (session.seen_at, session.proved_at) == (after(minutes=2), after(minutes=2))


def test_what_was_typed_is_given_back_to_the_same_person_only(team, ledger):
    form = KeptForm("form", "bea", "/campagnes/x/faits", (("text", "l1\r\nl2"),), NOON)
    ledger.sign_ins.keep(form)

    assert ledger.sign_ins.kept("form", person="bea") == form
    assert ledger.sign_ins.kept("form", person="ada") is None

    ledger.sign_ins.drop_kept("form", person="ada")
    assert ledger.sign_ins.kept("form", person="bea") == form
    ledger.sign_ins.drop_kept("form", person="bea")
    assert ledger.sign_ins.kept("form", person="bea") is None


def test_old_sessions_and_forms_are_swept_out_at_a_sign_in(team, ledger):
    ledger.sign_ins.open_session(a_session(), actor=ACTOR)
    ledger.sign_ins.keep(KeptForm("form", "ada", "/", (), NOON))

    later = after(days=100)
    new = a_session(token_hash="new", created_at=later, seen_at=later, expires_at=after(days=114))
    ledger.sign_ins.open_session(new, actor=ACTOR)

    assert ledger.sign_ins.session("t") is None
    assert ledger.sign_ins.kept("form", person="ada") is None
    assert ledger.sign_ins.session("new") == new
