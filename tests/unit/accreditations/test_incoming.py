"""Requests that come in together obey the quota, and the same list again changes nobody."""

from hypothesis import given
from hypothesis import strategies as st

from mailer.accreditations import (
    IncomingRequest,
    RefusalReason,
    RequestChoice,
    Terms,
    excess,
    take_in,
)
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.campaigns.campaign import AccreditationRules
from tests.counterparts.builders import NOON, after

State = AccreditationState


def an_entry(number, state=State.ASKED, **fields):
    fields = {"organisation": f"Outlet {number % 3}"} | fields
    return Accreditation("meeting", Address(f"p{number}", "press.example"), state, NOON, **fields)


entries = st.builds(an_entry, st.integers(0, 9), st.sampled_from(State), seats=st.integers(1, 3))
registers = st.lists(entries, max_size=6, unique_by=lambda each: each.address.key)
requests = st.lists(
    st.builds(
        IncomingRequest,
        st.builds(an_entry, st.integers(0, 12), seats=st.integers(1, 3)),
        st.sampled_from(RequestChoice),
    ),
    max_size=12,
)
all_terms = st.builds(
    lambda total, outlet: Terms(AccreditationRules(total=total, per_outlet=outlet)),
    st.integers(1, 6),
    st.none() | st.integers(1, 3),
)


@given(registers, requests, all_terms)
def test_no_list_of_requests_goes_above_a_quota_further_than_the_register_did(
    register, asked, terms
):
    decided = take_in(register, asked, terms=terms, now=after(hours=1))

    after_all = {each.address.key: each for each in (*register, *decided.update.saved)}
    assert excess(after_all.values(), terms.rules).total <= excess(register, terms.rules).total


@given(registers, requests, all_terms)
def test_each_request_that_is_not_left_out_has_a_result_and_it_is_what_is_saved(
    register, asked, terms
):
    decided = take_in(register, asked, terms=terms, now=after(hours=1))

    wanted = [each for each in asked if each.choice is not RequestChoice.LEAVE_OUT]
    saved = {each.address.key: each for each in decided.update.saved}
    assert [each.entry.address for each in decided.results] == [e.entry.address for e in wanted]
    for result in decided.results:
        assert result.refused or saved[result.entry.address.key] == result.entry


def test_places_are_given_in_the_order_of_the_list_and_the_rest_waits():
    asked = [IncomingRequest(an_entry(number, organisation="")) for number in range(3)]

    decided = take_in((), asked, terms=Terms(AccreditationRules(total=2)), now=NOON)

    states = [each.entry.state for each in decided.results]
    assert states == [State.ACCEPTED, State.ACCEPTED, State.WAITING]


def test_after_the_deadline_the_rules_put_on_the_list_and_an_acceptance_is_refused_alone():
    terms = Terms(AccreditationRules(total=5, deadline=after(hours=-1)))
    asked = [
        IncomingRequest(an_entry(0), RequestChoice.ACCEPTED),
        IncomingRequest(an_entry(1)),
    ]

    decided = take_in((), asked, terms=terms, now=NOON)

    assert [each.refused for each in decided.results] == [RefusalReason.CLOSED, None]
    assert [each.state for each in decided.update.saved] == [State.WAITING]


def test_who_is_in_the_register_keeps_what_is_known_of_them():
    there = an_entry(0, State.ACCEPTED, name="Ada King", organisation="", note="by telephone")
    asked = [IncomingRequest(an_entry(0, name="A. King", organisation="La Gazette"))]

    (result,) = take_in([there], asked, terms=Terms(), now=after(hours=1)).results

    assert result.was_there
    assert (result.entry.name, result.entry.organisation) == ("Ada King", "La Gazette")
    assert (result.entry.state, result.entry.note) == (State.ACCEPTED, "by telephone")
