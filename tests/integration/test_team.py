"""The people of the team: signing in, roles, invitations, and closed accounts everywhere."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.errors import Busy, ProofNeeded, RuleError
from mailer.ledger import open_ledger
from mailer.model.team.actor import PROGRAM, Via
from mailer.model.team.person import Person, Role
from mailer.model.team.sign_in import LinkPurpose
from mailer.operations.people.suppressions import forget
from mailer.operations.people.who import actor_called
from mailer.operations.team.attempts import Attempts
from mailer.operations.team.links import link_of, make_link
from mailer.operations.team.passwords import Passwords, weakness_of
from mailer.operations.team.people import (
    add_person,
    change_roles,
    disable_person,
    enable_person,
    invite,
)
from mailer.operations.team.roster import Roster
from mailer.operations.team.sign_in import (
    change_password,
    end_other_sessions,
    open_sessions,
    prove_identity,
    sign_in,
    sign_out,
    visitor_of,
)
from mailer.operations.team.welcome import (
    NewAccount,
    accept_invitation,
    become_first_administrator,
    enter_as_newcomer,
    enter_by_link,
    start_link,
)
from tests.counterparts.builders import ACTOR, NOON, a_contact, after, an_actor
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.team import ADA, BEA, PASSWORD, a_gate, a_person

BY = {"actor": ACTOR, "now": NOON}
CLAIRE = Person("c.delmas", "Claire Delmas", frozenset({Role.SIGNATORY, Role.EDITOR}))
HUGO = Person("h.marchetti", "Hugo Marchetti", frozenset({Role.SIGNATORY}))


@pytest.fixture
def ledger(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "ledger.db"))
    ledger.team.add([ADA, BEA], actor=ACTOR, at=NOON)
    yield ledger
    ledger.close()


@pytest.fixture
def gate(ledger):
    gate = a_gate(ledger)
    hashed = gate.passwords.hash(PASSWORD)
    for person in (ADA, BEA):
        ledger.sign_ins.set_password(person.id, hashed, keep="", actor=ACTOR, at=NOON)
    return gate


def problems(call, *given, **named):
    with pytest.raises(RuleError) as refused:
        call(*given, **named)
    return [problem.where.key for problem in refused.value.problems]


# Signing in


@pytest.mark.parametrize(
    "name", ["ada", "ADA", "Ada Lovelace", "ada lovelace", "Ada@Office.example"]
)
def test_a_person_signs_in_by_id_name_or_address(gate, name):
    signed_in = sign_in(name, PASSWORD, gate=gate, now=NOON)

    assert signed_in.person == ADA
    assert signed_in.actor.via is Via.DESK
    assert visitor_of(signed_in.token, ledger=gate.ledger, now=NOON).is_open


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", "wrong"),
        ("ada", ""),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("", ""),
        ("A. Lovelace", PASSWORD),
        ("ada", PASSWORD.upper()),
        ("ada", "\ud800"),
    ],
)
def test_a_refusal_never_says_whether_the_name_exists(gate, name, password):
    with pytest.raises(RuleError) as refused:
        sign_in(name, password, gate=gate, now=NOON)

    (problem,) = refused.value.problems
    assert str(problem.what) == "This name and this password do not go together."
    assert gate.ledger.sign_ins.sessions("ada", now=NOON) == []


def test_a_closed_account_and_one_without_password_are_refused_alike(gate):
    gate.ledger.team.add([a_person("Cy Roy")], actor=ACTOR, at=NOON)
    disable_person("bea", ledger=gate.ledger, **BY)

    assert problems(sign_in, "bea", PASSWORD, gate=gate, now=NOON) == ["password"]
    assert problems(sign_in, "cy", "", gate=gate, now=NOON) == ["password"]


def test_a_password_is_the_same_however_the_keyboard_writes_it(gate, ledger):
    composed, apart = "é" * 4 + "quatre mots", "e\u0301" * 4 + "quatre mots"
    ledger.sign_ins.set_password(
        "ada", gate.passwords.hash(composed), keep="", actor=ACTOR, at=NOON
    )

    assert sign_in("ada", apart, gate=gate, now=NOON).person == ADA


def test_guessing_is_slowed_down_and_the_person_is_never_locked_out(gate):
    for _guess in range(5):
        assert problems(sign_in, "ada", "wrong", gate=gate, now=NOON) == ["password"]

    with pytest.raises(RuleError, match="several wrong passwords"):
        sign_in("ada", PASSWORD, gate=gate, now=NOON)

    assert sign_in("ada", PASSWORD, gate=gate, now=after(seconds=1)).person == ADA
    assert sign_in("bea", PASSWORD, gate=gate, now=NOON).person == BEA


def test_the_wait_grows_to_half_a_minute_and_no_further():
    attempts, now, waits = Attempts(), NOON, []
    for _guess in range(14):
        wait_s = attempts.begin("ada", now=now)
        waits.append(wait_s)
        if wait_s:
            now += timedelta(seconds=wait_s)
            assert attempts.begin("ada", now=now) == 0

    assert [wait for wait in waits if wait] == [1, 2, 4, 8, 16, 30, 30, 30, 30]


def test_the_right_password_is_not_counted_and_forgets_the_wrong_ones(gate):
    for _day in range(3):
        for _guess in range(4):
            problems(sign_in, "ada", "wrong", gate=gate, now=NOON)
        assert sign_in("ada", PASSWORD, gate=gate, now=NOON)


def test_a_stranger_who_guesses_does_not_slow_down_the_browser_the_person_has(gate):
    known = sign_in("ada", PASSWORD, gate=gate, now=NOON)
    for _guess in range(5):
        problems(sign_in, "ada", "wrong", gate=gate, now=NOON)

    again = sign_in("ada", PASSWORD, known_token=known.token, gate=gate, now=NOON)
    of_another = {"known_token": known.token, "gate": gate, "now": NOON}

    assert again.person == ADA
    for _guess in range(5):
        problems(sign_in, "bea", "wrong", **of_another)
    with pytest.raises(RuleError, match="several wrong passwords"):
        sign_in("bea", PASSWORD, **of_another)


def test_thirty_people_behind_one_address_come_in_though_one_mistypes(gate, ledger):
    people = [a_person(f"P{number} Roy") for number in range(30)]
    ledger.team.add(people, actor=ACTOR, at=NOON)
    hashed = gate.passwords.hash(PASSWORD)
    for person in people:
        ledger.sign_ins.set_password(person.id, hashed, keep="", actor=ACTOR, at=NOON)
    for _guess in range(8):
        problems(sign_in, "p0", "wrong", gate=gate, now=NOON)

    assert all(sign_in(each.id, PASSWORD, gate=gate, now=NOON) for each in people[1:])


def test_a_flood_of_tries_is_told_to_come_back_and_counts_for_nobody(gate):
    def try_once(number):
        try:
            sign_in(f"name {number}", "wrong", gate=gate, now=NOON)
        except Busy:
            return "busy"
        except RuleError:
            return "refused"

    with ThreadPoolExecutor(60) as pool:
        outcomes = set(pool.map(try_once, range(120)))

    assert outcomes <= {"busy", "refused"}
    assert "refused" in outcomes
    assert sign_in("ada", PASSWORD, gate=gate, now=NOON).person == ADA


def test_nobody_is_compared_with_as_much_work_as_somebody():
    passwords, seen = Passwords(), []
    verify = passwords._hasher.verify

    class Watched:
        def verify(self, hashed, password):
            seen.append(hashed.rpartition("$")[0].rpartition("$")[0])
            return verify(hashed, password)

    hashed = passwords.hash(PASSWORD)
    passwords._hasher = Watched()

    assert not passwords.matches("", PASSWORD)
    assert not passwords.matches("", "nobody has this password")
    assert passwords.matches(hashed, PASSWORD)
    assert len(set(seen)) == 1


def test_a_hash_of_lower_costs_is_made_stronger_at_the_next_sign_in(gate, ledger):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8_192).hash(PASSWORD)
    ledger.sign_ins.set_password("ada", weak, keep="", actor=ACTOR, at=NOON)

    sign_in("ada", PASSWORD, gate=gate, now=NOON)

    stronger = ledger.sign_ins.password_hash("ada")
    assert stronger != weak
    assert gate.passwords.matches(stronger, PASSWORD)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("quatre mots", "at least 12"),
        ("", "at least 12"),
        ("abc" * 100, "more than 200"),
        ("abababababababab", "too few signs"),
        ("Ada Lovelace", "your name"),
        ("ADA@OFFICE.EXAMPLE", "your name"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_in_words(password, said):
    weakness = weakness_of(password, names=("ada", "Ada Lovelace", "ada@office.example"))

    assert said in str(weakness)


# Sessions


def test_the_ledger_never_has_a_token_or_a_password(gate, ledger, tmp_path):
    token = sign_in("ada", PASSWORD, gate=gate, now=NOON).token
    invitation = invite("bea", ledger=ledger, **BY)
    ledger.close()

    stored = b"".join(file.read_bytes() for file in tmp_path.glob("ledger.db*"))

    assert not any(secret.encode() in stored for secret in (token, invitation, PASSWORD))


def test_a_session_ends_by_sign_out_by_disuse_and_by_age(gate):
    out = sign_in("ada", PASSWORD, gate=gate, now=NOON)
    sign_out(visitor_of(out.token, ledger=gate.ledger, now=NOON), ledger=gate.ledger, now=NOON)
    unused = sign_in("ada", PASSWORD, gate=gate, now=NOON)
    used = sign_in("ada", PASSWORD, gate=gate, now=NOON)
    for hours in range(6, 14 * 24, 6):
        assert visitor_of(used.token, ledger=gate.ledger, now=after(hours=hours)).is_open

    def is_open(token, **duration):
        return visitor_of(token, ledger=gate.ledger, now=after(**duration)).is_open

    assert not is_open(out.token, minutes=1)
    assert not is_open(unused.token, hours=12)
    assert not is_open(used.token, days=14)


def test_other_browsers_can_be_signed_out(gate):
    here, there = (sign_in("ada", PASSWORD, gate=gate, now=NOON) for _browser in range(2))
    visitor = visitor_of(here.token, ledger=gate.ledger, now=NOON)

    ended = end_other_sessions(visitor, ledger=gate.ledger, now=NOON)

    assert ended == 1
    assert open_sessions(visitor, ledger=gate.ledger, now=NOON) == [here.session]
    assert not visitor_of(there.token, ledger=gate.ledger, now=NOON).is_open


def test_a_new_password_needs_the_present_one_and_ends_the_other_browsers(gate):
    here, there = (sign_in("ada", PASSWORD, gate=gate, now=NOON) for _browser in range(2))
    visitor = visitor_of(here.token, ledger=gate.ledger, now=NOON)
    new = {"new": "cinq mots pour sortir", "again": "cinq mots pour sortir"}
    by = {"gate": gate, "now": NOON}

    assert problems(change_password, visitor, current="wrong", **new, **by) == ["current"]
    bad = {"new": "short", "again": "shorter"}
    assert problems(change_password, visitor, current=PASSWORD, **bad, **by) == ["new", "again"]
    change_password(visitor, current=PASSWORD, **new, **by)

    assert sign_in("ada", "cinq mots pour sortir", **by)
    assert problems(sign_in, "ada", PASSWORD, **by) == ["password"]
    assert visitor_of(here.token, ledger=gate.ledger, now=NOON).is_open
    assert not visitor_of(there.token, ledger=gate.ledger, now=NOON).is_open


def test_acts_at_an_open_screen_ask_for_the_password_again_after_ten_minutes(gate):
    signed_in = sign_in("ada", PASSWORD, gate=gate, now=NOON)
    gate.ledger.contacts.save([a_contact()], actor=ACTOR, at=NOON)
    later = after(minutes=10)
    visitor = visitor_of(signed_in.token, ledger=gate.ledger, now=later)
    erasing = {"why": "asked", "ledger": gate.ledger, "now": later}

    with pytest.raises(ProofNeeded):
        forget(a_contact().address, actor=visitor.actor, **erasing)
    assert problems(prove_identity, visitor, "wrong", gate=gate, now=later) == ["password"]
    prove_identity(visitor, PASSWORD, gate=gate, now=later)
    visitor = visitor_of(signed_in.token, ledger=gate.ledger, now=later)

    assert forget(a_contact().address, actor=visitor.actor, **erasing)


# People


def test_somebody_is_added_with_an_id_made_from_the_name(ledger):
    first = add_person("Chloé  d’Ôr", "chloe@office.example", [Role.EDITOR], ledger=ledger, **BY)

    assert (first.id, first.name) == ("chloe.d.or", "Chloé d’Ôr")
    assert first in ledger.team.people()


@pytest.mark.parametrize(
    ("name", "address", "roles", "fields"),
    [
        ("", "nowhere", [], ["name", "address", "roles"]),
        ("ADA LOVELACE", "ada@office.example", [Role.READER], ["name", "address"]),
        ("Bea", "", [Role.READER], ["name"]),
        ("…", "", [Role.READER], ["name"]),
        ("x" * 121, "", [Role.READER], ["name"]),
    ],
)
def test_every_problem_of_a_new_person_stands_at_its_field(ledger, name, address, roles, fields):
    assert problems(add_person, name, address, roles, ledger=ledger, **BY) == fields


def test_roles_that_somebody_else_changed_meanwhile_are_not_overwritten(ledger):
    change = {"before": [Role.EDITOR], "ledger": ledger, **BY}
    change_roles("bea", [Role.SIGNATORY], **change)

    assert problems(change_roles, "bea", [Role.READER], **change) == ["roles"]
    assert ledger.team.people()[1].roles == {Role.SIGNATORY}


def test_the_last_administrator_stays_one(ledger):
    by = {"ledger": ledger, **BY}

    assert problems(disable_person, "ada", **by) == ["person"]
    assert problems(change_roles, "ada", [Role.EDITOR], before=[Role.ADMINISTRATOR], **by) == [
        "person"
    ]
    assert problems(disable_person, "nobody", **by) == ["person"]


def test_an_account_that_was_opened_again_needs_a_new_sign_in(gate, ledger):
    token = sign_in("bea", PASSWORD, gate=gate, now=NOON).token
    disable_person("bea", why="left", ledger=ledger, **BY)
    enable_person("bea", ledger=ledger, **BY)

    assert not visitor_of(token, ledger=ledger, now=NOON).is_open
    assert sign_in("bea", PASSWORD, gate=gate, now=NOON)


# Links


def test_an_invitation_sets_the_password_once(gate, ledger):
    token = invite("bea", ledger=ledger, **BY)
    new = {"password": "cinq mots pour sortir", "again": "cinq mots pour sortir"}

    for _look in range(3):
        assert link_of(token, ledger=ledger, now=NOON).person == "bea"
    bad = {"password": "short", "again": "short"}
    assert problems(accept_invitation, token, **bad, gate=gate, now=NOON) == ["new"]
    accepted = accept_invitation(token, **new, gate=gate, now=NOON)

    assert accepted.person == BEA
    assert sign_in("bea", "cinq mots pour sortir", gate=gate, now=NOON)
    assert problems(accept_invitation, token, **new, gate=gate, now=NOON) == ["link"]


@pytest.mark.parametrize(
    "end",
    [
        lambda ledger: disable_person("bea", ledger=ledger, **BY),
        lambda ledger: invite("bea", ledger=ledger, **BY),
    ],
)
def test_an_invitation_ends_with_the_account_and_with_a_newer_one(ledger, end):
    token = invite("bea", ledger=ledger, **BY)

    end(ledger)

    assert link_of(token, ledger=ledger, now=NOON) is None


def test_an_invitation_ends_after_three_days(gate, ledger):
    token = invite("bea", ledger=ledger, **BY)

    assert link_of(token, ledger=ledger, now=after(days=3)) is None


def test_a_link_of_one_purpose_does_nothing_else(gate, ledger):
    invitation, start = invite("bea", ledger=ledger, **BY), start_link(ledger=ledger, now=NOON)
    new = {"password": PASSWORD, "again": PASSWORD, "gate": gate, "now": NOON}

    assert problems(enter_by_link, invitation, "ada", ledger=ledger, now=NOON) == ["link"]
    assert problems(accept_invitation, start, **new) == ["link"]
    assert problems(enter_by_link, start, "", ledger=ledger, now=NOON) == ["person"]
    assert enter_by_link(start, "bea", ledger=ledger, now=NOON).person == BEA


def test_the_first_administrator_is_made_by_the_first_start_alone(tmp_path):
    ledger = open_ledger(empty_ledger(tmp_path / "new.db"))
    gate, token = a_gate(ledger), start_link(ledger=ledger, now=NOON)
    account = NewAccount("Ada Lovelace", "", frozenset({Role.EDITOR}), PASSWORD, PASSWORD)

    assert link_of(token, ledger=ledger, now=NOON).purpose is LinkPurpose.FIRST_ADMINISTRATOR
    bad = replace(account, name="", again="another")
    assert problems(become_first_administrator, token, bad, gate=gate, now=NOON) == [
        "name",
        "again",
    ]
    first = become_first_administrator(token, account, gate=gate, now=NOON)

    assert first.person.roles == {Role.ADMINISTRATOR, Role.EDITOR}
    assert problems(become_first_administrator, token, account, gate=gate, now=NOON) == ["link"]
    later = start_link(ledger=ledger, now=NOON)
    assert link_of(later, ledger=ledger, now=NOON).purpose is LinkPurpose.SIGN_IN
    ledger.close()


def test_who_started_the_desk_may_enter_as_somebody_whom_nobody_has_named_yet(ledger):
    gate = a_gate(ledger)
    account = NewAccount("Solène Kermarrec", "", frozenset({Role.EDITOR}), PASSWORD, PASSWORD)
    ledger.team.add([a_person("a.benali", roles={Role.ADMINISTRATOR})], actor=PROGRAM, at=NOON)
    token = start_link(ledger=ledger, now=NOON)

    assert problems(enter_as_newcomer, token, replace(account, again="x"), gate=gate, now=NOON) == [
        "again"
    ]
    entered = enter_as_newcomer(token, account, gate=gate, now=NOON)

    assert entered.person.roles == {Role.ADMINISTRATOR, Role.EDITOR}
    assert "Solène Kermarrec" in [each.name for each in ledger.team.people()]
    assert problems(enter_as_newcomer, token, account, gate=gate, now=NOON) == ["link"]
    invitation = make_link(
        LinkPurpose.INVITATION, person=ADA.id, by=PROGRAM, ledger=ledger, now=NOON
    )
    assert problems(enter_as_newcomer, invitation, account, gate=gate, now=NOON) == ["link"]


# The people of config.toml and those of the ledger


def a_roster(ledger, *configured, signing=None):
    return Roster(configured, configured if signing is None else signing, ledger)


def test_the_people_are_those_of_the_file_and_those_of_the_ledger(ledger):
    roster = a_roster(ledger, CLAIRE)

    assert roster.people() == (ADA, BEA, CLAIRE)
    assert roster.signatories() == (CLAIRE,)


def test_at_its_start_the_desk_takes_the_people_of_the_file_in_once(ledger):
    roster = a_roster(ledger, CLAIRE, HUGO, signing=(CLAIRE,))

    assert [each.id for each in roster.take_in(now=NOON)] == ["c.delmas", "h.marchetti"]
    assert roster.take_in(now=NOON) == ()

    taken = {each.id: each.roles for each in roster.people()}
    assert taken["c.delmas"] == CLAIRE.roles
    assert taken["h.marchetti"] == {Role.EDITOR}
    assert [each.name for each in roster.signatories()] == ["Claire Delmas"]


def test_the_roles_of_the_ledger_then_hold_and_not_those_of_the_file(ledger):
    roster = a_roster(ledger, CLAIRE)
    roster.take_in(now=NOON)

    change_roles("c.delmas", [Role.READER], before=CLAIRE.roles, ledger=ledger, **BY)

    assert actor_called("claire delmas", people=roster.people(), via=Via.CLI).roles == {Role.READER}
    assert roster.signatories() == ()


@pytest.mark.parametrize(
    "spelling", ["c.delmas", "Claire Delmas", "CLAIRE DELMAS", "C. Delmas", "Delmas Claire"]
)
def test_a_closed_account_acts_nowhere_under_any_spelling(ledger, spelling):
    same_name = Person("Claire Delmas", "Claire Delmas", frozenset(Role))
    roster = a_roster(ledger, CLAIRE)
    roster.take_in(now=NOON)
    disable_person("c.delmas", ledger=ledger, **BY)

    for known in (roster, a_roster(ledger, CLAIRE, same_name)):
        with pytest.raises(RuleError, match="is closed"):
            actor_called(spelling, people=known.people(), via=Via.CLI)
        assert known.signatories() == ()


def test_a_workspace_whose_ledger_names_people_takes_no_other_name(ledger):
    with pytest.raises(RuleError, match="knows nobody"):
        actor_called("root", people=a_roster(ledger).people(), via=Via.CLI)


def test_the_administrator_of_the_ledger_acts_on_the_command_line_too(ledger):
    actor = actor_called("ada", people=a_roster(ledger).people(), via=Via.CLI)

    assert add_person("Cy Roy", "", [Role.READER], actor=actor, ledger=ledger, now=NOON)


def test_taking_people_in_is_journalled_as_the_programs_act(ledger):
    a_roster(ledger, CLAIRE).take_in(now=NOON)

    entry = ledger.journal.entries("team")[-1]
    assert (entry.name, entry.action) == (PROGRAM.name, "add-person")
    assert entry.detail == "c.delmas (Claire Delmas): editor, signatory"


def test_who_may_not_manage_the_team_makes_no_invitation(ledger):
    with pytest.raises(RuleError, match="may not manage"):
        invite("ada", actor=an_actor("Bea", roles={Role.EDITOR}), ledger=ledger, now=NOON)
