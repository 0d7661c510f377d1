"""What the team is told without asking."""

from datetime import timedelta

import pytest

from mailer.clock import WallClock
from mailer.errors import RuleError
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.proposal import Decision
from mailer.model.feedback.reply import ReplySort
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import PROGRAM
from mailer.model.team.person import Role
from mailer.operations.alerts.clock import confirm_clocks, held_clocks
from mailer.operations.alerts.watch import alerts
from mailer.operations.sending.hold import pause_campaign, resume_campaign
from mailer.operations.sending.start import Missed, start_due
from mailer.remedies import Remedy, RemedyAct
from mailer.wiring.app import App
from tests.counterparts.builders import ACTOR, NOON, a_mailing, after, an_actor, an_event, started
from tests.counterparts.empty_ledger import empty_ledger
from tests.counterparts.settable_clocks import SettableClocks


def told(ledger, now):
    return [str(worry.in_short) for worry in alerts(ledger, now=now)]


def test_with_nothing_to_do_nothing_worries(ledger):
    assert told(ledger, NOON) == []


def test_a_service_that_does_not_run_is_missed_before_its_next_mailing(ledger):
    ledger.mailings.launch([a_mailing(due_at=after(hours=3))], actor=ACTOR, at=NOON)

    (worry,) = told(ledger, NOON)
    assert worry.startswith("Nothing is running that would send")

    ledger.heartbeat.record(at=NOON)
    assert told(ledger, after(minutes=4)) == []
    (worry,) = told(ledger, after(minutes=6))
    assert "2017-12-04 12:00" in worry


def test_what_is_due_and_does_not_leave_is_told(ledger):
    started(ledger)
    for minutes in range(0, 40, 2):
        ledger.heartbeat.record(at=after(minutes=minutes))

    assert told(ledger, after(minutes=29)) == []
    (worry,) = told(ledger, after(minutes=40))
    assert worry.startswith(
        "meeting, First announcement: 3 messages have been waiting since 2017-12-04 12:00"
    )


@pytest.mark.parametrize("actor", [PROGRAM, ACTOR])
def test_what_is_paused_is_shown_with_its_reason(ledger, actor):
    mailing, _ = started(ledger)
    ledger.mailings.change_state(
        mailing.id, to=MailingState.PAUSED, actor=actor, why="too many refusals", at=NOON
    )

    (worry,) = told(ledger, NOON)
    assert worry.startswith("meeting, First announcement is paused: too many refusals")


def test_a_paused_campaign_is_one_alert_with_its_steps(ledger):
    for step in ("announcement", "reminder"):
        started(ledger, step=step)
    pause_campaign("meeting", why="a doubt", actor=ACTOR, ledger=ledger, now=NOON)

    (worry,) = told(ledger, NOON)

    assert "meeting is paused (First announcement; Reminder mailing): a doubt" in worry


def test_turns_are_written_down_once_a_minute_and_a_clock_set_back_is_believed(ledger):
    assert ledger.heartbeat.last() is None
    ledger.heartbeat.record(at=NOON)
    ledger.heartbeat.record(at=after(seconds=59))
    assert ledger.heartbeat.last() == NOON
    ledger.heartbeat.record(at=after(seconds=60))
    assert ledger.heartbeat.last() == after(seconds=60)
    ledger.heartbeat.record(at=NOON)
    assert ledger.heartbeat.last() == NOON


@pytest.mark.parametrize(
    ("count", "remedy"),
    [
        (1, "the status names it; resolve it"),
        (2, "the status names them; resolve each of them, or all at once"),
    ],
)
def test_several_doubts_may_be_settled_at_once(ledger, count, remedy):
    _, deliveries = started(ledger, count=count)
    claim = ledger.sending.claim(worker="w", now=NOON)
    ledger.sending.mark(claim, [delivery.id for delivery in deliveries], now=NOON)
    ledger.sending.release(claim, now=NOON)
    assert ledger.mailings.finish(NOON)

    (worry,) = alerts(ledger, now=after(minutes=30))

    assert str(worry.remedy) == remedy
    assert worry.act == Remedy(
        RemedyAct.RESOLVE_STEP, {"campaign": "meeting", "step": "announcement"}
    )


# The clock


def test_what_waits_is_told_in_half_an_hour_also_by_a_clock_that_was_set_back(ledger):
    clocks = SettableClocks()
    clock = WallClock(clocks)
    clock.check(ledger.trusted_time.observe)
    started(ledger)
    clocks.is_set(hours=-2)
    clock.check(ledger.trusted_time.observe)

    def stuck():
        ledger.heartbeat.record(at=clock.now())
        return [each.key for each in alerts(ledger, now=clock.now()) if "stuck" in each.key]

    clocks.passes(minutes=29)
    assert stuck() == []
    clocks.passes(minutes=2)
    (told,) = stuck()
    clocks.passes(hours=2)
    assert stuck() == [told]


@pytest.mark.parametrize(
    ("by", "what", "remedy"),
    [
        (
            {"hours": 2},
            "jumped forward by 2:00:00, to 2017-12-04 14:00; what this makes due",
            "conf",
        ),
        ({"hours": -2}, "was set back by 2:00:00, to 2017-12-04 10:00", "see that it is right"),
        ({"minutes": 8}, "jumped forward by 0:08:00, to 2017-12-04 12:08", "see that it is right"),
    ],
)
def test_a_jump_of_the_clock_is_told_once(ledger, by, what, remedy):
    clocks = SettableClocks()
    clock = WallClock(clocks)
    clock.check(ledger.trusted_time.observe)
    clocks.is_set(**by)
    clock.check(ledger.trusted_time.observe)

    (first,) = alerts(ledger, now=clock.now())
    clocks.passes(minutes=1)
    clock.check(ledger.trusted_time.observe)
    (again,) = alerts(ledger, now=clock.now())

    assert str(first.what).startswith(f"The clock of desk {what}")
    assert remedy in str(first.remedy)
    assert first.by_mail
    assert again.key == first.key


def test_what_a_jump_forward_makes_due_is_named_and_leaves_once_it_is_confirmed(ledger):
    clocks = SettableClocks()
    clock = WallClock(clocks)
    clock.check(ledger.trusted_time.observe)
    ledger.mailings.launch([a_mailing(due_at=after(hours=1))], actor=ACTOR, at=NOON)
    clocks.is_set(days=10)
    clock.check(ledger.trusted_time.observe)

    held = held_clocks(ledger=ledger, wall_at=clocks.wall_at)
    assert [each.step for each in held.mailings] == ["announcement"]
    assert list(start_due(ledger, now=clock.now())) == []
    with pytest.raises(RuleError):
        confirm_clocks(
            actor=an_actor("Léa", roles=frozenset({Role.EDITOR})), ledger=ledger, now=NOON
        )

    confirm_clocks(actor=ACTOR, ledger=ledger, now=clocks.wall_at)
    clock.check(ledger.trusted_time.observe)

    assert [type(each) for each in start_due(ledger, now=clock.now())] == [Missed]


def a_reply(ledger, key, *, sort=ReplySort.REQUEST, at=NOON):
    event = an_event(
        EventKind.REPLIED,
        key=f"{MAILBOX}:{key}",
        source=MAILBOX,
        at=at,
        address=Address.parse("ada@press.example"),
        reason=sort.value,
        match=Match.ADDRESS,
        raw=key.encode(),
    )
    ledger.events.store([event], at=at)
    assert ledger.events.close(event, at=at)


def waiting_replies(ledger, now, hours=9):
    return list(alerts(ledger, now=now, reply_within=timedelta(hours=hours)))


def test_replies_that_wait_for_more_than_a_working_day_are_told_until_they_are_treated(ledger):
    a_reply(ledger, "a1")
    a_reply(ledger, "a2", at=after(hours=1))
    a_reply(ledger, "a3", sort=ReplySort.ABSENCE)
    # From noon to 18 h are six hours, the other three end at noon of the next day.
    next_noon = after(hours=24)

    assert waiting_replies(ledger, next_noon) == []
    (told_once,) = waiting_replies(ledger, next_noon + timedelta(seconds=1))
    (told_both,) = waiting_replies(ledger, after(hours=26))
    (tomorrow,) = waiting_replies(ledger, after(hours=48))

    assert "2017-12-04 12:00" in str(told_once.in_short)
    assert str(told_both.what).startswith("2 replies wait")
    assert told_once.key == told_both.key != tomorrow.key
    assert told_once.act == Remedy(RemedyAct.SEE_REPLIES)
    assert waiting_replies(ledger, after(days=9), hours=0) == []

    for reply in ledger.replies.waiting(limit=9):
        ledger.replies.decide(reply, Decision.DISMISSED, actor=ACTOR, why="", at=NOON)
    assert waiting_replies(ledger, after(days=9)) == []


def test_a_step_that_is_resumed_while_a_jump_is_held_is_not_missed(tmp_path):
    clocks, url = SettableClocks(), empty_ledger(tmp_path / "l.db")
    with App(tmp_path, clock=WallClock(clocks), ledger_url=url) as app:
        mailing = a_mailing(due_at=after(hours=3), expires_at=after(hours=8))
        app.ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
        app.clock.check(app.ledger.trusted_time.observe)
        pause_campaign(mailing.campaign, actor=ACTOR, why="", ledger=app.ledger, now=NOON)
        clocks.is_set(hours=24)
        app.clock.check(app.ledger.trusted_time.observe)

    # Another program of the office, which has not seen the jump.
    with App(tmp_path, clock=WallClock(clocks), ledger_url=url) as app:
        ledger = app.ledger
        (resumed,) = resume_campaign(
            mailing.campaign, actor=ACTOR, why="", ledger=ledger, now=app.clock.now()
        )

    assert resumed.state is MailingState.SCHEDULED
