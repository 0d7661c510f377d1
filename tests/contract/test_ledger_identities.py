"""What every ledger promises about the identities of people at a provider."""

from dataclasses import replace

import pytest

from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import PersonChange, Role
from mailer.model.team.sign_in import LinkPurpose
from tests.counterparts.builders import ACTOR, NOON, after
from tests.counterparts.identities import ISSUER, a_linked, a_waiting, an_identity
from tests.counterparts.team import ADA, BEA, a_link, a_person, a_session


@pytest.fixture
def team(ledger):
    ledger.team.add([ADA, BEA], actor=ACTOR, at=NOON)
    return ledger


def bea_by_group(*, granted=(Role.EDITOR,), **fields):
    return a_linked("bea", granted=frozenset(granted), **fields)


def test_a_session_says_how_it_began_and_forgets_its_token_when_it_ends(team):
    session = a_session(
        "bea",
        method=SignInMethod.PROVIDER,
        place="192.0.2.7",
        issuer=ISSUER,
        subject="s-1",
        id_token="a.b.c",
    )

    change = team.identities.enter(session, bea_by_group(), before=BEA, person=BEA, actor=ACTOR)
    opened = team.sign_ins.session("t")
    team.sign_ins.end_sessions("bea", actor=ACTOR, at=after(hours=1))

    assert change is PersonChange.DONE
    assert opened == session
    assert team.sign_ins.session("t").id_token == ""
    assert team.identities.of(an_identity()) == bea_by_group()
    assert team.identities.of_person("bea") == [bea_by_group()]
    assert [each.action for each in team.journal.entries("team")][2:] == [
        "link-identity",
        "sign-in",
        "sign-out",
    ]


def test_a_role_that_goes_ends_the_other_sessions_and_one_that_comes_does_not(team):
    both = replace(BEA, roles=frozenset({Role.EDITOR, Role.SIGNATORY}))
    enter = team.identities.enter
    enter(a_session("bea", "1"), bea_by_group(), before=BEA, person=both, actor=ACTOR)

    enter(a_session("bea", "2"), bea_by_group(), before=both, person=both, actor=ACTOR)
    open_before = team.sign_ins.sessions("bea", now=NOON)
    enter(a_session("bea", "3"), bea_by_group(), before=both, person=BEA, actor=ACTOR)

    assert len(open_before) == 2
    assert [each.token_hash for each in team.sign_ins.sessions("bea", now=NOON)] == ["3"]


def test_an_identity_of_somebody_else_opens_nothing(team):
    team.identities.link(a_linked("ada"), actor=ACTOR)

    change = team.identities.enter(
        a_session("bea"), bea_by_group(), before=BEA, person=BEA, actor=ACTOR
    )

    assert change is PersonChange.STALE
    assert team.sign_ins.session("t") is None
    assert not team.identities.link(bea_by_group(), actor=ACTOR)
    assert team.identities.of(an_identity()).person == "ada"


def test_a_newcomer_comes_in_with_their_line_in_the_journal(team):
    cy = a_person("Cy Roy", Role.READER)

    change = team.identities.enter(
        a_session("cy"), a_linked("cy"), before=None, person=cy, actor=ACTOR
    )

    assert change is PersonChange.DONE
    assert cy in team.team.people()
    assert "add-person" in [each.action for each in team.journal.entries("team")]


def test_the_last_administrator_keeps_the_role_and_gets_no_session(team):
    reader = replace(ADA, roles=frozenset({Role.READER}))

    change = team.identities.enter(
        a_session("ada"), a_linked("ada"), before=ADA, person=reader, actor=ACTOR
    )

    assert change is PersonChange.LAST_ADMINISTRATOR
    assert ADA in team.team.people()
    assert team.sign_ins.session("t") is None


def test_who_is_shut_out_has_no_role_and_no_session(team):
    team.sign_ins.open_session(a_session("bea"), actor=ACTOR)
    nothing = replace(BEA, roles=frozenset())

    team.identities.shut_out(
        bea_by_group(granted=()), before=BEA, person=nothing, actor=ACTOR, at=NOON
    )

    assert nothing in team.team.people()
    assert team.sign_ins.sessions("bea", now=NOON) == []


def test_an_invitation_is_used_up_by_the_identity_that_comes_with_it(team):
    team.sign_ins.add_link(a_link(LinkPurpose.INVITATION, person="bea"), actor=ACTOR)
    linked, others = bea_by_group(), a_linked("bea", subject="other")

    enter = team.identities.enter
    first = enter(a_session("bea"), linked, before=BEA, person=BEA, link="l", actor=ACTOR)
    second = enter(a_session("bea", "2"), others, before=BEA, person=BEA, link="l", actor=ACTOR)

    assert (first, second) == (PersonChange.DONE, PersonChange.STALE)
    assert team.identities.of(others.identity) is None


def test_an_identity_taken_away_ends_the_sessions_that_it_began_alone(team):
    began = {"issuer": ISSUER, "subject": "s-1"}
    team.identities.enter(
        a_session("bea", **began), bea_by_group(), before=BEA, person=BEA, actor=ACTOR
    )
    team.sign_ins.open_session(a_session("bea", "by password"), actor=ACTOR)

    taken = team.identities.unlink(an_identity(), person="bea", actor=ACTOR, at=NOON)

    assert taken
    assert not team.identities.unlink(an_identity(), person="bea", actor=ACTOR, at=NOON)
    assert [each.token_hash for each in team.sign_ins.sessions("bea", now=NOON)] == ["by password"]


def test_who_waits_is_kept_once_and_gone_when_recognised_or_dismissed(team):
    for waiting in (a_waiting("1"), a_waiting("2"), a_waiting("1", name="Ada L.")):
        team.identities.wait(waiting)
    waited = team.identities.waiting()

    team.identities.link(a_linked("ada", "1"), actor=ACTOR)
    team.identities.dismiss(an_identity("2"), actor=ACTOR, at=NOON)

    assert waited == [a_waiting("1", name="Ada L."), a_waiting("2")]
    assert team.identities.waiting() == []


def test_a_proof_is_used_once_until_it_has_ended(team):
    use = team.identities.use_once

    assert use("h", until=after(minutes=5), at=NOON)
    assert not use("h", until=after(minutes=5), at=after(minutes=4))
    assert use("other", until=after(minutes=9), at=after(minutes=6))
    assert use("h", until=after(minutes=15), at=after(minutes=10))
