"""What every ledger promises about codes of a telephone, recovery codes and passkeys."""

import pytest

from mailer.model.team.identity import SignInMethod
from mailer.model.team.second_factor import CodeGenerator, Passkey
from tests.counterparts.builders import ACTOR, NOON, after
from tests.counterparts.team import ADA, BEA, a_session

GENERATOR = CodeGenerator("ada", "SECRET", NOON, last_step=5)


@pytest.fixture
def factors(ledger):
    ledger.team.add([ADA, BEA], actor=ACTOR, at=NOON)
    ledger.sign_ins.open_session(a_session("ada"), actor=ACTOR)
    ledger.second_factors.set_up(GENERATOR, ["one", "two"], session="t", actor=ACTOR)
    return ledger.second_factors


def a_passkey(**fields):
    return Passkey(
        **{
            "id": "k",
            "person": "ada",
            "public_key": b"\x00\xff",
            "sign_count": 0,
            "name": "Téléphone",
            "made_at": NOON,
        }
        | fields
    )


def test_a_generator_replaces_the_earlier_one_with_its_recovery_codes(ledger, factors):
    factors.set_up(CodeGenerator("ada", "OTHER", NOON), ["three"], session="", actor=ACTOR)

    assert factors.generator("ada").secret == "OTHER"
    assert factors.generator("bea") is None
    assert factors.recovery_left("ada") == 1
    assert ledger.sign_ins.session("t").method is SignInMethod.PASSWORD_AND_CODE


def test_a_step_and_a_recovery_code_are_used_once(factors):
    assert [factors.use_step("ada", step) for step in (5, 6, 6, 4, 7)] == [
        False,
        True,
        False,
        False,
        True,
    ]
    used = [
        factors.use_recovery(person, "one", actor=ACTOR, at=NOON)
        for person in ("bea", "ada", "ada")
    ]
    assert used == [False, True, False]
    assert factors.recovery_left("ada") == 1


def test_a_reset_takes_everything_and_ends_the_sessions_of_this_person_alone(ledger, factors):
    for passkey in (a_passkey(), a_passkey(id="l"), a_passkey(id="m", person="bea")):
        factors.add_passkey(passkey, actor=ACTOR)
    ledger.sign_ins.open_session(a_session("bea", token_hash="u"), actor=ACTOR)

    for _twice in range(2):
        factors.reset("ada", actor=ACTOR, at=after(hours=1))

    assert factors.generator("ada") is None
    assert (factors.recovery_left("ada"), factors.passkeys("ada")) == (0, [])
    assert len(factors.passkeys("bea")) == 1
    ended = [ledger.sign_ins.session(each).ended_at for each in ("t", "u")]
    assert ended == [after(hours=1), None]
    lines = [each.action for each in ledger.journal.entries("team") if each.at == after(hours=1)]
    assert sorted(lines) == ["remove-passkey", "remove-passkey", "remove-second-factor", "sign-out"]


def test_what_is_removed_is_gone_with_its_codes(ledger, factors):
    assert factors.remove("ada", actor=ACTOR, at=NOON)
    assert not factors.remove("ada", actor=ACTOR, at=NOON)
    assert factors.recovery_left("ada") == 0
    assert not factors.use_step("ada", 99)
    assert [each.action for each in ledger.journal.entries("team")][-2:] == [
        "set-second-factor",
        "remove-second-factor",
    ]


def test_a_passkey_is_somebodys_alone_until_it_is_removed(factors):
    taken = [factors.add_passkey(a_passkey(person=each), actor=ACTOR) for each in ("ada", "bea")]
    factors.note_passkey("k", sign_count=3, at=after(hours=1))
    kept = factors.passkey("k")
    removed = [
        factors.remove_passkey("k", person=person, actor=ACTOR, at=NOON)
        for person in ("bea", "ada", "ada")
    ]

    assert taken == [True, False]
    assert kept == a_passkey(sign_count=3, used_at=after(hours=1))
    assert removed == [False, True, False]
    assert factors.passkeys("ada") == []
