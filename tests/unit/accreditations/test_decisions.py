"""The rules of a register: places, the waiting list, deadline, substitutes, undoing an answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailer.accreditations import (
    FOLLOWS,
    RefusalReason,
    RegisterDecision,
    RegisterRefusal,
    Terms,
    decide,
    excess,
    lapse,
    may_follow,
    outlet_key,
    promotions,
    request_place,
    seats_taken,
    substitute,
    undo,
)
from mailer.model.accreditations.accreditation import (
    Accreditation,
    AccreditationState,
    Forced,
    RegisterChange,
    WaitReason,
)
from mailer.model.address import Address
from mailer.model.campaigns.campaign import AccreditationRules, QueueOrder, WhoAccepts
from tests.counterparts.builders import ACTOR, NOON, after

State = AccreditationState
BEGINS = after(days=5)
FORCED = Forced("Ada", "the minister asked")


def terms(**rules):
    rules = {"deadline": after(days=4)} | rules
    return Terms(AccreditationRules(**rules), begins_at=BEGINS, ends_at=BEGINS + timedelta(hours=8))


def entry(name, state=State.ACCEPTED, **fields):
    fields = {"organisation": f"Outlet of {name}", "at": NOON, "asked_at": NOON} | fields
    return Accreditation("meeting", Address(name, "press.example"), state, **fields)


def states(register, decision):
    merged = {each.address.local: each for each in register}
    merged |= {each.address.local: each for each in decision.saved}
    for gone in decision.removed:
        del merged[gone.local]
    return {name: each.state.value for name, each in merged.items()}


@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("new", State)
def test_every_pair_of_states_is_decided_by_the_table_and_by_nothing_else(before, new):
    register = [] if before is None else [entry("ada", before)]

    decision = decide(register, entry("ada", new), terms=Terms(), now=NOON)

    if new in FOLLOWS[before]:
        assert isinstance(decision, RegisterDecision)
        assert decision.saved[0].state is new
    else:
        assert decision == RegisterRefusal(RefusalReason.NOT_ALLOWED, register[0])


def test_who_was_there_is_neither_refused_nor_declined_afterwards():
    assert {new for new in State if not may_follow(State.ATTENDED, new)} == {
        State.ASKED,
        State.WAITING,
        State.REFUSED,
        State.DECLINED,
    }


def test_the_third_of_an_outlet_waits_while_the_event_has_room():
    register = [entry(name, organisation="Le Soir") for name in ("ada", "bea")]

    decision = request_place(
        register,
        entry("cy", organisation="LE SOIR"),
        terms=terms(per_outlet=2, total=40),
        now=NOON,
    )

    assert [each.state for each in decision.saved] == [State.WAITING]
    assert [each.reason for each in decision.passed_over] == [WaitReason.OUTLET_FULL]


def test_a_withdrawal_promotes_the_first_of_the_list_and_no_other():
    register = [
        entry("ada"),
        entry("late", State.WAITING, asked_at=after(minutes=2)),
        entry("first", State.WAITING, asked_at=after(minutes=1)),
    ]

    decision = decide(
        register, entry("ada", State.DECLINED), terms=terms(total=1), now=after(hours=1)
    )

    assert states(register, decision) == {"ada": "declined", "first": "accepted", "late": "waiting"}


@pytest.mark.parametrize(
    ("order", "promoted"), [(QueueOrder.STRICT, []), (QueueOrder.NEXT_THAT_FITS, ["one"])]
)
def test_the_campaign_says_whether_a_request_for_two_is_passed_over(order, promoted):
    register = [
        entry("ada"),
        entry("two", State.WAITING, seats=2, asked_at=after(minutes=1)),
        entry("one", State.WAITING, asked_at=after(minutes=2)),
    ]

    found = promotions(register, terms=terms(total=2, order=order), now=after(hours=1))

    assert [each.address.local for each in found.promoted] == promoted
    reasons = {each.entry.address.local: each.reason for each in found.passed_over}
    assert reasons.pop("two") is WaitReason.NO_ROOM
    assert set(reasons.values()) <= {WaitReason.BEHIND}


def test_the_sixth_is_promoted_when_the_first_five_cannot_be_and_each_has_its_reason():
    full = [entry(f"soir{number}", organisation="Le Soir") for number in (1, 2)]
    waiting = [
        entry("lapsed", State.WAITING, confirm_by=NOON, asked_at=after(minutes=1)),
        entry("late", State.WAITING, asked_at=after(days=4)),
        entry("soir3", State.WAITING, organisation="le soir", asked_at=after(minutes=2)),
        entry("two", State.WAITING, seats=2, asked_at=after(minutes=3)),
        entry("sixth", State.WAITING, asked_at=after(minutes=4)),
    ]
    rules = terms(total=3, per_outlet=2, order=QueueOrder.NEXT_THAT_FITS)

    found = promotions([*full, *waiting], terms=rules, now=after(days=4, hours=1))

    assert [each.address.local for each in found.promoted] == ["sixth"]
    assert {each.entry.address.local: each.reason for each in found.passed_over} == {
        "lapsed": WaitReason.LAPSED,
        "late": WaitReason.LATE,
        "soir3": WaitReason.OUTLET_FULL,
        "two": WaitReason.NO_ROOM,
    }


def test_promotion_stops_when_the_campaign_says_so():
    register = [entry("ada", State.WAITING)]
    rules = terms(total=1, promote_until=after(days=3))

    assert promotions(register, terms=rules, now=after(days=2)).promoted
    stopped = promotions(register, terms=rules, now=after(days=3))
    assert not stopped.promoted
    assert stopped.passed_over[0].reason is WaitReason.CLOSED


def test_a_promoted_person_thinks_as_long_as_the_campaign_allows_then_the_next_gets_the_place():
    register = [entry("ada"), entry("bea", State.WAITING), entry("cy", State.WAITING)]
    rules = terms(total=1, confirm_within_hours=24)
    first = decide(register, entry("ada", State.DECLINED), terms=rules, now=NOON)
    promoted = next(each for each in first.saved if each.address.local == "bea")
    assert promoted.confirm_by == after(hours=24)
    register = [first.saved[0], promoted, register[2]]

    assert lapse(register, terms=rules, now=after(hours=23)).saved == ()
    second = lapse(register, terms=rules, now=after(hours=24))

    assert states(register, second) == {"ada": "declined", "bea": "waiting", "cy": "accepted"}


def test_who_confirms_in_time_keeps_the_place():
    promoted = entry("bea", confirm_by=after(hours=24))
    rules = terms(total=1, confirm_within_hours=24)

    decision = request_place([promoted], entry("bea"), terms=rules, now=after(hours=1))

    assert decision.saved[0].confirm_by is None
    assert decision.saved[0].answer == promoted.answer
    assert lapse(decision.saved, terms=rules, now=after(days=2)).saved == ()


def test_who_let_a_place_pass_and_asks_again_is_the_last_of_the_list():
    register = [
        entry("ada"),
        entry("bea", State.WAITING, confirm_by=NOON),
        entry("cy", State.WAITING, asked_at=after(hours=1)),
    ]

    asked = request_place(register, entry("bea"), terms=terms(total=1), now=after(hours=2))
    register = [register[0], asked.saved[0], register[2]]
    freed = decide(register, entry("ada", State.DECLINED), terms=terms(total=1), now=after(hours=3))

    assert states(register, freed) == {"ada": "declined", "bea": "waiting", "cy": "accepted"}


def test_a_lower_quota_unaccepts_nobody_and_says_by_how_many_it_is_over():
    register = [entry(f"soir{number}", organisation="Le Soir") for number in range(3)]
    lower = terms(total=2, per_outlet=1)

    over = excess(register, lower.rules)
    decision = decide(register, entry("soir0", State.DECLINED), terms=lower, now=NOON)

    assert (over.total, over.by_outlet) == (1, {"Le Soir": 2})
    assert states(register, decision) == {
        "soir0": "declined",
        "soir1": "accepted",
        "soir2": "accepted",
    }


def test_an_office_may_still_correct_a_name_when_the_quota_was_lowered():
    register = [entry("ada"), entry("bea")]

    decision = decide(
        register, replace(entry("ada"), name="Ada King"), terms=terms(total=1), now=NOON
    )

    assert decision.saved[0].name == "Ada King"


def test_after_the_deadline_nobody_is_accepted_unless_somebody_forces_it_and_signs_for_it():
    late = after(days=4)

    refused = decide([], entry("ada", asked_at=None), terms=terms(), now=late)
    forced = decide([], entry("ada", asked_at=None), terms=terms(), now=late, force=FORCED)

    assert refused == RegisterRefusal(RefusalReason.CLOSED)
    assert forced.saved[0].forced == FORCED


def test_a_request_in_time_is_decided_after_the_deadline_without_force():
    register = [entry("ada", State.ASKED)]

    decision = decide(
        register, entry("ada"), terms=terms(), now=after(days=4, hours=1), force=FORCED
    )

    assert decision.saved[0].state is State.ACCEPTED
    assert decision.saved[0].forced is None


def test_above_the_quota_an_office_must_force_and_the_entry_keeps_who_and_why():
    register = [entry("ada")]

    refused = decide(register, entry("bea"), terms=terms(total=1), now=NOON)
    forced = decide(register, entry("bea"), terms=terms(total=1), now=NOON, force=FORCED)
    again = decide(
        [*register, forced.saved[0]],
        replace(entry("bea"), name="Bea"),
        terms=terms(total=1),
        now=after(hours=1),
    )

    assert refused == RegisterRefusal(RefusalReason.FULL)
    assert forced.saved[0].forced == again.saved[0].forced == FORCED


def test_a_late_wish_by_link_waits_and_is_never_promoted_by_itself():
    late = after(days=4, hours=1)

    decision = request_place(
        [], entry("ada", asked_at=None), terms=terms(total=9, promote_until=BEGINS), now=late
    )

    assert [each.state for each in decision.saved] == [State.WAITING]
    assert [each.reason for each in decision.passed_over] == [WaitReason.LATE]


@pytest.mark.parametrize("quota", [None, 5])
def test_there_is_room_so_the_invited_person_is_accepted_at_once_with_one_answer(quota):
    decision = request_place([], entry("ada"), terms=terms(total=quota), now=NOON)

    assert [(each.state, each.answer) for each in decision.saved] == [(State.ACCEPTED, 1)]


@pytest.mark.parametrize(
    ("accept", "is_invited"), [(WhoAccepts.BY_HAND, True), (WhoAccepts.AUTOMATIC, False)]
)
def test_the_office_decides_about_strangers_and_where_the_campaign_says_so(accept, is_invited):
    decision = request_place(
        [], entry("ada"), terms=terms(total=5, accept=accept), now=NOON, is_invited=is_invited
    )

    assert [each.state for each in decision.saved] == [State.ASKED]


def test_a_refused_person_does_not_accept_themself_by_asking_again():
    register = [entry("ada", State.REFUSED, reason="not press")]

    decision = request_place(register, entry("ada"), terms=terms(total=5), now=NOON)

    assert decision == RegisterRefusal(RefusalReason.NOT_ALLOWED, register[0])


def test_a_substitute_takes_the_place_and_not_the_first_of_the_waiting_list():
    register = [entry("ada", organisation="Le Soir"), entry("cy", State.WAITING)]

    decision = substitute(
        register,
        entry("bea", organisation="Le Soir"),
        leaving=register[0].address,
        terms=terms(total=1, per_outlet=1),
        now=NOON,
    )

    assert states(register, decision) == {"ada": "declined", "bea": "accepted", "cy": "waiting"}
    assert decision.saved[0].in_place_of == "ada@press.example"


def test_a_substitute_of_a_full_outlet_needs_room_there():
    register = [
        entry("ada", organisation="Le Soir"),
        entry("cy", organisation="La Croix"),
        entry("di", organisation="La Croix"),
    ]

    decision = substitute(
        register,
        entry("bea", organisation="La Croix"),
        leaving=register[0].address,
        terms=terms(per_outlet=2),
        now=NOON,
    )

    assert decision == RegisterRefusal(RefusalReason.OUTLET_FULL, register[0])


@pytest.mark.parametrize("state", [State.DECLINED, State.REFUSED, State.ATTENDED])
def test_nobody_can_take_the_place_of_somebody_who_has_none(state):
    register = [entry("ada", state)]

    decision = substitute(
        register, entry("bea"), leaving=register[0].address, terms=terms(), now=NOON
    )

    assert decision == RegisterRefusal(RefusalReason.NOT_THERE, register[0])


def test_a_refused_person_does_not_come_in_by_taking_somebodys_place():
    register = [entry("ada"), entry("bea", State.REFUSED)]

    decision = substitute(
        register, entry("bea"), leaving=register[0].address, terms=terms(), now=NOON
    )

    assert decision == RegisterRefusal(RefusalReason.NOT_ALLOWED, register[1])


def test_a_machine_that_gave_up_a_place_is_undone_even_if_the_waiting_list_has_it():
    register = [entry("ada"), entry("bea", State.WAITING)]
    rules = terms(total=1)
    pressed = decide(register, entry("ada", State.DECLINED), terms=rules, now=after(hours=1))
    change = RegisterChange(register[0], pressed.saved[0], by=ACTOR, at=after(hours=1))

    undone = undo(pressed.saved, change, terms=rules, now=after(hours=2))

    assert states(pressed.saved, undone) == {"ada": "accepted", "bea": "accepted"}
    assert undone.saved[0].forced is not None
    assert excess([undone.saved[0], pressed.saved[1]], rules.rules).total == 1


def test_giving_up_and_undoing_again_and_again_does_not_fill_the_room_above_the_quota():
    register = [entry("ada")] + [
        entry(f"w{number}", State.WAITING, asked_at=after(minutes=number)) for number in range(5)
    ]
    rules = terms(total=1)
    for hour in range(1, 6):
        present = {each.address.local: each for each in register}
        left = decide(
            register,
            replace(present["ada"], state=State.DECLINED),
            terms=rules,
            now=after(hours=hour),
        )
        register = list((present | {e.address.local: e for e in left.saved}).values())
        change = RegisterChange(present["ada"], left.saved[0], by=ACTOR, at=after(hours=hour))
        back = undo(register, change, terms=rules, now=after(hours=hour, minutes=30))
        present = {each.address.local: each for each in register}
        register = list((present | {e.address.local: e for e in back.saved}).values())

    assert excess(register, rules.rules).total <= 1


def test_an_answer_is_undone_once_and_not_after_a_newer_one():
    register = [entry("ada", State.DECLINED, answer=2)]
    change = RegisterChange(entry("ada"), register[0], by=ACTOR, at=NOON)

    undone = undo(register, change, terms=terms(), now=after(hours=1))
    again = undo(undone.saved, change, terms=terms(), now=after(hours=2))

    assert undone.saved[0].state is State.ACCEPTED
    assert again == RegisterRefusal(RefusalReason.CHANGED_SINCE, undone.saved[0])


def test_undoing_a_first_answer_leaves_no_trace_of_the_person_in_the_register():
    asked = request_place([], entry("ada"), terms=terms(total=1), now=NOON)
    change = RegisterChange(None, asked.saved[0], by=ACTOR, at=NOON)
    register = [asked.saved[0], entry("bea", State.WAITING)]

    undone = undo(register, change, terms=terms(total=1), now=after(hours=1))

    assert states(register, undone) == {"bea": "accepted"}


def test_undoing_a_substitution_sends_the_substitute_away_again():
    register = [entry("ada", organisation="Le Soir")]
    rules = terms(total=1)
    swapped = substitute(
        register,
        entry("bea", organisation="Le Soir"),
        leaving=register[0].address,
        terms=rules,
        now=after(hours=1),
    )
    gone = next(each for each in swapped.saved if each.address.local == "ada")

    undone = undo(
        swapped.saved,
        RegisterChange(register[0], gone, by=ACTOR, at=after(hours=1)),
        terms=rules,
        now=after(hours=2),
    )

    assert states(swapped.saved, undone) == {"ada": "accepted", "bea": "declined"}
    assert undone.saved[0].forced is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Le Monde", "LE MONDE"),
        ("L’Écho", "l'echo"),
        ("L'Écho", "Echo"),
        ("The Times", "times"),
        ("Sud-Ouest", "Sud Ouest"),
    ],
)
def test_two_spellings_of_an_outlet_share_its_quota(one, other):
    assert outlet_key(one) == outlet_key(other) != ""


@pytest.mark.parametrize(
    "nothing", ["", " ", "Indépendante", "indépendant", "Freelance", "pigiste", "-"]
)
def test_who_works_for_no_outlet_shares_no_quota(nothing):
    register = [entry("ada", organisation=nothing), entry("bea", organisation=nothing)]

    decision = request_place(
        register, entry("cy", organisation=nothing), terms=terms(per_outlet=1), now=NOON
    )

    assert decision.saved[0].state is State.ACCEPTED


_NAMES = st.sampled_from([f"p{number}" for number in range(8)])
_OUTLETS = st.sampled_from(["Le Soir", "LE SOIR", "La Croix", "", "Indépendante"])
_SEATS = st.integers(1, 3)


class Register(RuleBasedStateMachine):
    """Requests, withdrawals, decisions, substitutions and undoing, in any order."""

    def __init__(self):
        super().__init__()
        self.entries, self.history, self.minutes = {}, [], 0

    @initialize(
        total=st.none() | st.integers(0, 6),
        per_outlet=st.none() | st.integers(0, 3),
        order=st.sampled_from(QueueOrder),
        think=st.none() | st.integers(1, 3),
    )
    def rules(self, total, per_outlet, order, think):
        self.terms = terms(
            total=total, per_outlet=per_outlet, order=order, confirm_within_hours=think
        )

    @property
    def now(self):
        return after(minutes=self.minutes)

    def take(self, decision):
        if isinstance(decision, RegisterRefusal):
            return
        for changed in decision.saved:
            before = self.entries.get(changed.address.key)
            assert before is None or may_follow(before.state, changed.state)
            if before is None or before.answer != changed.answer:
                self.history.append(RegisterChange(before, changed, by=ACTOR, at=self.now))
            self.entries[changed.address.key] = changed
        for gone in decision.removed:
            del self.entries[gone.key]
        self.minutes += 20

    @rule(name=_NAMES, outlet=_OUTLETS, seats=_SEATS, is_invited=st.booleans())
    def asks(self, name, outlet, seats, is_invited):
        wanted = entry(name, organisation=outlet, seats=seats, asked_at=None)
        self.take(
            request_place(
                list(self.entries.values()),
                wanted,
                terms=self.terms,
                now=self.now,
                is_invited=is_invited,
            )
        )

    @rule(
        name=_NAMES, outlet=_OUTLETS, state=st.sampled_from([s for s in State if s != "attended"])
    )
    def is_decided(self, name, outlet, state):
        wanted = entry(name, state, organisation=outlet, asked_at=None)
        self.take(decide(list(self.entries.values()), wanted, terms=self.terms, now=self.now))

    @rule(name=_NAMES, other=_NAMES, outlet=_OUTLETS, seats=_SEATS)
    def is_replaced(self, name, other, outlet, seats):
        if name != other:
            self.take(
                substitute(
                    list(self.entries.values()),
                    entry(other, organisation=outlet, seats=seats),
                    leaving=Address(name, "press.example"),
                    terms=self.terms,
                    now=self.now,
                )
            )

    @rule(data=st.data())
    def is_undone(self, data):
        if self.history:
            change = data.draw(st.sampled_from(self.history))
            self.take(undo(list(self.entries.values()), change, terms=self.terms, now=self.now))

    @rule(minutes=st.integers(0, 300))
    def time_passes(self, minutes):
        self.minutes += minutes
        self.take(lapse(list(self.entries.values()), terms=self.terms, now=self.now))

    @invariant()
    def nobody_is_accepted_above_the_quota_unless_somebody_signed_for_it(self):
        if not hasattr(self, "terms"):
            return
        unforced = [each for each in self.entries.values() if each.forced is None]
        assert not excess(unforced, self.terms.rules)

    @invariant()
    def nobody_waits_who_could_come(self):
        if hasattr(self, "terms"):
            found = promotions(self.entries.values(), terms=self.terms, now=self.now)
            assert found.promoted == ()


TestRegister = Register.TestCase


@given(st.permutations(range(12)), st.integers(0, 5), st.sampled_from(QueueOrder))
def test_in_whatever_order_requests_come_the_first_ones_get_the_places(order, total, queue_order):
    register = {}
    for minute, number in enumerate(order):
        decision = request_place(
            list(register.values()),
            entry(f"p{number}", asked_at=None),
            terms=terms(total=total, order=queue_order),
            now=after(minutes=minute),
        )
        register |= {each.address.key: each for each in decision.saved}

    accepted = {key for key, each in register.items() if each.state is State.ACCEPTED}
    assert accepted == {f"p{number}@press.example" for number in order[:total]}
    assert seats_taken(register.values()).total() == min(total, 12)


def asked_again(name, **fields):
    return entry(name, State.ASKED, confirm_by=BEGINS, **fields)


def test_who_is_asked_again_has_a_place_that_one_answer_confirms_also_by_hand():
    register = [asked_again("ada"), entry("bea", State.WAITING)]
    by_hand = terms(total=1, accept=WhoAccepts.BY_HAND)

    decided = request_place(register, register[0], terms=by_hand, now=after(hours=1))

    assert seats_taken(register).total() == 1
    (saved,) = decided.saved
    assert (saved.state, saved.confirm_by) == (State.ACCEPTED, None)


def test_a_note_about_who_is_asked_again_keeps_their_place_and_a_refusal_frees_it():
    register = [asked_again("ada"), entry("bea", State.WAITING)]
    noted = replace(register[0], name="Ada King", confirm_by=None)

    kept = decide(register, noted, terms=terms(total=1), now=after(hours=1))
    freed = decide(
        register, replace(noted, state=State.REFUSED), terms=terms(total=1), now=after(hours=1)
    )

    assert [each.confirm_by for each in kept.saved] == [BEGINS]
    assert [each.state for each in freed.saved] == [State.REFUSED, State.ACCEPTED]


@pytest.mark.parametrize(
    ("rules", "seats", "refused"),
    [
        ({}, 2, None),
        ({"total": 3}, 2, None),
        ({"total": 2}, 2, "full"),
        ({"total": 3, "per_outlet": 1}, 2, "outlet-full"),
        ({"deadline": NOON}, 2, "closed"),
        ({"deadline": NOON}, 1, None),
        ({"accept": WhoAccepts.BY_HAND}, 2, "not-allowed"),
        ({"accept": WhoAccepts.BY_HAND}, 1, None),
    ],
)
def test_who_has_a_place_brings_somebody_along_only_where_a_new_request_would_get_it(
    rules, seats, refused
):
    ada, bea = entry("ada", organisation="Radio"), entry("bea", organisation="Journal")
    wanted = replace(ada, seats=seats, name="Ada Roy")

    found = request_place((ada, bea), wanted, terms=terms(**rules), now=NOON)

    if refused:
        assert found == RegisterRefusal(RefusalReason(refused), ada)
    else:
        (saved,) = found.saved
        assert (saved.state, saved.seats, saved.name) == (State.ACCEPTED, seats, "Ada Roy")
