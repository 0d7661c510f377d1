"""What follows from a fact: who is no longer written to, and what never touches an address."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailer.errors import ConfigError
from mailer.feedback.policy import (
    Alarm,
    AlarmScope,
    FeedbackSettings,
    History,
    Propose,
    RefusalStatistics,
    Review,
    Suppress,
    decide,
)
from mailer.feedback.reading import Reason
from mailer.model.address import Address
from mailer.model.contacts.suppression import EVERYWHERE, SuppressionReason
from mailer.model.feedback.event import Deadness, DeliveryEvent, EventKind, Match

NOW = datetime(2017, 12, 5, 10, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
LEA = Address.parse("lea@journal.example")
ABOUT_US = [
    "sender-refused",
    "blocked",
    "authentication",
    "policy",
    "spam",
    "virus",
    "content",
    "too-big",
    "relaying",
    "rate",
    "encryption",
    "protocol",
]
SOFT = ["mailbox-full", "expired", "network", "greylisted", "system"]


def fact(kind=EventKind.BOUNCED, *, days_ago=0, **more):
    values = {
        "at": NOW - timedelta(days=days_ago),
        "source": "mailbox",
        "key": "k",
        "address": LEA,
        "match": Match.DELIVERY_ID,
        "quote": "550 5.1.1 user unknown",
    }
    return DeliveryEvent(kind=kind, **{**values, **more})


def follows(event, *, events=(), settings=None, **history):
    return decide(event, History(events=events, **history), settings or FeedbackSettings(), NOW)


def bars(actions):
    return [action.suppression for action in actions if isinstance(action, Suppress)]


def test_a_certain_death_stops_at_once_everywhere():
    (bar,) = bars(follows(fact(reason="user-unknown", dead=Deadness.YES)))

    assert (bar.address, bar.reason, bar.scope) == (LEA, SuppressionReason.DEAD, EVERYWHERE)
    assert bar.evidence == "550 5.1.1 user unknown"
    assert bar.until is None


@pytest.mark.parametrize(
    "doubt",
    [
        {"dead": Deadness.UNSURE},
        {"dead": Deadness.YES, "match": Match.ADDRESS, "source": "sendgrid"},
    ],
)
def test_a_doubtful_death_stops_when_said_again_48_hours_later_of_another_message(doubt):
    event = fact(reason="user-unknown", **doubt)
    before = fact(reason="user-unknown", days_ago=2, **doubt)

    assert bars(follows(event)) == []
    assert len(bars(follows(event, events=(before,), written_at=YESTERDAY))) == 1


@pytest.mark.parametrize(
    ("hours_before", "written_hours_before"),
    [(0, 0), (1, 0), (24, 12), (47, 1), (47.99, 47.9), (48, 49), (72, 73), (72, -1)],
)
def test_two_reports_of_death_are_one_within_48_hours_or_about_what_was_sent_before_both(
    hours_before, written_hours_before
):
    event = fact(reason="user-unknown", dead=Deadness.UNSURE)
    before = replace(event, at=NOW - timedelta(hours=hours_before))
    written_at = NOW - timedelta(hours=written_hours_before)

    found = bars(follows(event, events=(before,), written_at=written_at))

    # Written after the second report was read: only a clock that was set back can say so.
    assert bool(found) is (written_hours_before == -1)


def test_without_knowing_what_was_sent_a_doubtful_death_stops_nothing():
    event = fact(reason="user-unknown", dead=Deadness.UNSURE)

    assert bars(follows(event, events=(replace(event, at=NOW - timedelta(days=9)),))) == []


@pytest.mark.parametrize("reason", ABOUT_US)
@pytest.mark.parametrize("dead", list(Deadness))
def test_a_refusal_of_us_never_touches_an_address(reason, dead):
    earlier = tuple(fact(reason=reason, dead=dead, days_ago=day) for day in range(30))

    assert bars(follows(fact(reason=reason, dead=dead), events=earlier)) == []


@pytest.mark.parametrize("reason", SOFT)
def test_full_boxes_score_once_a_day_and_pause_only_over_two_weeks(reason):
    spread = tuple(fact(reason=reason, days_ago=day) for day in (14, 10, 7, 3))
    same_days = tuple(fact(reason=reason, days_ago=day) for day in (0, 0, 0, 14, 14))
    short = tuple(fact(reason=reason, days_ago=day) for day in (1, 2, 3, 4))

    (bar,) = bars(follows(fact(reason=reason), events=spread))
    assert bar.reason is SuppressionReason.UNREACHABLE
    assert bar.until == NOW + timedelta(days=30)
    assert bars(follows(fact(reason=reason), events=same_days)) == []
    assert bars(follows(fact(reason=reason), events=short)) == []


def test_a_delivery_in_between_makes_full_boxes_good():
    spread = tuple(fact(reason="mailbox-full", days_ago=day) for day in (14, 10, 7, 3))
    delivered = fact(EventKind.DELIVERED, days_ago=5)

    assert bars(follows(fact(reason="mailbox-full"), events=(*spread, delivered))) == []


def test_full_boxes_are_forgotten_after_a_month():
    spread = tuple(fact(reason="mailbox-full", days_ago=day) for day in (44, 40, 37, 33))

    assert bars(follows(fact(reason="mailbox-full"), events=spread)) == []


def test_a_complaint_stops_everything_for_good():
    (bar,) = bars(follows(fact(EventKind.COMPLAINED), scope="presse"))

    assert (bar.reason, bar.scope, bar.until) == (SuppressionReason.COMPLAINT, EVERYWHERE, None)
    assert bar.is_permanent


def test_an_opt_out_stops_the_list_it_answers():
    (bar,) = bars(follows(fact(EventKind.OPTED_OUT), scope="presse"))

    assert (bar.reason, bar.scope) == (SuppressionReason.OPT_OUT, "presse")


def test_an_opt_out_without_a_known_list_stops_all():
    (bar,) = bars(follows(fact(EventKind.OPTED_OUT)))

    assert bar.scope == EVERYWHERE


@pytest.mark.parametrize(
    ("reason", "imported"),
    [
        (Reason.PROVIDER_BOUNCED, SuppressionReason.DEAD),
        (Reason.PROVIDER_OPTED_OUT, SuppressionReason.OPT_OUT),
        (Reason.PROVIDER_COMPLAINED, SuppressionReason.COMPLAINT),
    ],
)
def test_the_providers_own_list_is_imported(reason, imported):
    (bar,) = bars(follows(fact(EventKind.SUPPRESSED, reason=reason.value)))

    assert bar.reason is imported


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.AUTO_REPLIED,
        EventKind.CHALLENGED,
        EventKind.READ,
        EventKind.REPLIED,
        EventKind.DELIVERED,
        EventKind.ACCEPTED,
    ],
)
def test_an_answer_of_any_kind_does_nothing(kind):
    assert follows(fact(kind, reason="user-unknown", dead=Deadness.YES)) == ()


def test_what_is_not_understood_is_for_a_person():
    assert follows(fact(EventKind.UNKNOWN)) == (Review(""),)
    assert follows(fact(reason="filtered")) == (Review("filtered"),)


def test_without_an_address_nothing_can_be_stopped():
    assert follows(fact(EventKind.COMPLAINED, address=None)) == (Review("complaint"),)
    assert follows(fact(EventKind.OPTED_OUT, address=None, reason="everything")) == (
        Review("everything"),
    )


def test_a_temporary_word_of_death_waits_for_the_end():
    assert bars(follows(fact(EventKind.DEFERRED, reason="user-unknown", dead=Deadness.NO))) == []


@pytest.mark.parametrize(
    ("recent", "is_alarming"),
    [
        (RefusalStatistics("m", refused_lately=4, refused=4, tried=100), False),
        (RefusalStatistics("m", refused_lately=5, refused=5, tried=1000), True),
        (RefusalStatistics("m", refused_lately=1, refused=6, tried=100), True),
        (RefusalStatistics("m", refused_lately=1, refused=5, tried=100), False),
        (RefusalStatistics("m", refused_lately=1, refused=10, tried=19), False),
    ],
)
@pytest.mark.parametrize("scope", list(AlarmScope))
def test_many_refusals_of_us_raise_an_alarm(recent, is_alarming, scope):
    actions = follows(fact(reason="blocked"), **{scope.value: recent})

    expected = Alarm(scope, "m", "blocked", max(recent.refused, recent.refused_lately))
    assert actions == ((expected,) if is_alarming else ())


def test_thresholds_are_settings():
    settings = FeedbackSettings(unsure_days=1)
    before = fact(reason="user-unknown", days_ago=1)
    events, written_at = (before,), NOW - timedelta(hours=1)

    again = follows(
        fact(reason="user-unknown"), settings=settings, events=events, written_at=written_at
    )

    assert len(bars(again)) == 1


def test_every_reason_is_for_the_address_or_us_or_a_person():
    for reason in Reason:
        for action in follows(fact(reason=reason.value)):
            assert isinstance(action, Review | Suppress)


# A soft bounce is never a dead address


@pytest.mark.parametrize("reason", SOFT)
@pytest.mark.parametrize("dead", list(Deadness))
def test_a_soft_bounce_never_counts_as_dead_whatever_else_the_report_says(reason, dead):
    earlier = (fact(reason="user-unknown", dead=Deadness.UNSURE, days_ago=2),)

    assert follows(fact(reason=reason, dead=dead), events=earlier, written_at=YESTERDAY) == ()


def test_a_deferral_is_not_one_of_the_days_on_which_an_address_was_said_to_be_dead():
    deferred = fact(EventKind.DEFERRED, reason="user-unknown", dead=Deadness.UNSURE, days_ago=2)

    actions = follows(
        fact(reason="user-unknown", dead=Deadness.UNSURE),
        events=(deferred,),
        written_at=YESTERDAY,
    )

    assert bars(actions) == []
    assert actions == (Review("user-unknown"),)


def test_a_refusal_that_says_the_address_lives_is_not_one_of_the_days():
    alive = fact(reason="moved", dead=Deadness.NO, days_ago=2)
    unsure = fact(reason="moved", dead=Deadness.UNSURE)

    assert bars(follows(unsure, events=(alive,), written_at=YESTERDAY)) == []


def test_a_death_that_a_provider_matches_by_the_address_alone_waits_for_a_second_message():
    one = fact(reason="user-unknown", dead=Deadness.YES, match=Match.ADDRESS, source="sendgrid")

    assert bars(follows(one)) == []


# A mail that proves nothing


PROPOSED = [
    (EventKind.COMPLAINED, {}, SuppressionReason.COMPLAINT),
    (EventKind.OPTED_OUT, {}, SuppressionReason.OPT_OUT),
    (EventKind.OPTED_OUT, {"reason": "everything"}, SuppressionReason.OPT_OUT),
    (
        EventKind.BOUNCED,
        {"reason": "user-unknown", "dead": Deadness.YES},
        SuppressionReason.DEAD,
    ),
    (EventKind.BOUNCED, {"reason": "moved", "dead": Deadness.UNSURE}, SuppressionReason.DEAD),
]


@pytest.mark.parametrize("match", [Match.ADDRESS, Match.NONE])
@pytest.mark.parametrize(("kind", "more", "reason"), PROPOSED)
def test_what_a_mail_without_a_token_asks_for_is_proposed_however_often_it_comes(
    match, kind, more, reason
):
    event = fact(kind, match=match, **more)
    earlier = tuple(replace(event, at=NOW - timedelta(days=day)) for day in range(2, 9))

    actions = follows(event, events=earlier, written_at=YESTERDAY, scope="presse")

    (action,) = actions
    assert isinstance(action, Propose)
    assert (action.suppression.address, action.suppression.reason) == (LEA, reason)


@pytest.mark.parametrize(
    ("more", "scope"), [({}, "presse"), ({"reason": "everything"}, EVERYWHERE)]
)
def test_an_opt_out_that_nothing_proves_is_proposed_for_the_list_or_for_everything(more, scope):
    event = fact(EventKind.OPTED_OUT, match=Match.ADDRESS, **more)

    (action,) = follows(event, scope="presse")

    assert action.suppression.scope == scope


@pytest.mark.parametrize("match", [Match.ADDRESS, Match.DELIVERY_ID])
@pytest.mark.parametrize(("reason", "asked"), [("stop-asked", (Review("stop-asked"),)), ("", ())])
def test_a_person_reads_a_reply_that_asks_us_to_stop_and_no_other(match, reason, asked):
    assert follows(fact(EventKind.REPLIED, reason=reason, match=match)) == asked


@pytest.mark.parametrize(("kind", "more", "reason"), PROPOSED)
def test_the_report_of_a_trusted_sender_is_obeyed(kind, more, reason):
    event = fact(kind, match=Match.SENDER, **more)
    before = replace(event, at=NOW - timedelta(days=3))

    (bar,) = bars(follows(event, events=(before,), written_at=YESTERDAY))

    assert bar.reason is reason


@pytest.mark.parametrize("reason", [*ABOUT_US, *SOFT, "filtered", "unknown"])
@pytest.mark.parametrize("kind", [EventKind.BOUNCED, EventKind.DEFERRED])
def test_a_refusal_without_a_token_counts_for_nothing(reason, kind):
    many = RefusalStatistics("m", refused_lately=50, refused=50, tried=60)
    event = fact(kind, reason=reason, match=Match.ADDRESS)
    earlier = tuple(replace(event, at=NOW - timedelta(days=day)) for day in range(1, 30))

    actions = follows(event, events=earlier, mailing=many, provider=many)

    assert actions == (Review(reason),)


@pytest.mark.parametrize(
    "event",
    [
        fact(reason="blocked", match=Match.SENDER),
        fact(reason="blocked", match=Match.ADDRESS, source="sendgrid"),
    ],
)
def test_only_a_refusal_that_names_a_message_of_ours_counts_towards_a_pause(event):
    many = RefusalStatistics("m", refused_lately=50, refused=50, tried=60)

    assert follows(event, mailing=many, provider=many) == ()


@pytest.mark.parametrize(("span", "pauses"), [(13, False), (14, True)])
def test_soft_bounces_must_span_two_weeks_to_the_day(span, pauses):
    earlier = tuple(
        fact(reason="mailbox-full", days_ago=days) for days in (span, span - 1, span - 2, 1)
    )

    found = bars(follows(fact(reason="mailbox-full"), events=earlier))

    assert [bar.reason for bar in found] == [SuppressionReason.UNREACHABLE] * pauses
    assert [bar.until for bar in found] == [NOW + timedelta(days=30)] * pauses


@pytest.mark.parametrize(("count", "pauses"), [(3, False), (4, True)])
def test_soft_bounces_must_come_on_five_days(count, pauses):
    earlier = tuple(fact(reason="mailbox-full", days_ago=20 - n) for n in range(count))

    assert bool(bars(follows(fact(reason="mailbox-full"), events=earlier))) is pauses


def test_a_soft_bounce_just_as_old_as_the_memory_is_forgotten():
    earlier = tuple(fact(reason="mailbox-full", days_ago=days) for days in (30, 10, 9, 8))

    assert bars(follows(fact(reason="mailbox-full"), events=earlier)) == []


@pytest.mark.parametrize(
    ("recent", "is_alarming"),
    [
        (RefusalStatistics(refused_lately=4), False),
        (RefusalStatistics(refused_lately=5), True),
        (RefusalStatistics(refused=1, tried=19), False),
        (RefusalStatistics(refused=1, tried=20), False),  # exactly a twentieth
        (RefusalStatistics(refused=2, tried=20), True),
        (RefusalStatistics(refused=2, tried=19), False),  # too few to say
        (RefusalStatistics(), False),
    ],
)
def test_an_alarm_is_raised_from_its_thresholds_on(recent, is_alarming):
    assert bool(follows(fact(reason="blocked"), mailing=recent)) is is_alarming


# What counts


@pytest.mark.parametrize(
    "reason", ["user-unknown", "host-unknown", "moved", "no-mail-here", "disabled"]
)
@pytest.mark.parametrize("kind", [EventKind.BOUNCED, EventKind.REJECTED])
def test_what_is_said_of_the_address_after_two_messages_is_believed(reason, kind):
    earlier = fact(kind, reason=reason, dead=Deadness.UNSURE, days_ago=2)

    (bar,) = bars(
        follows(fact(reason=reason, dead=Deadness.UNSURE), events=(earlier,), written_at=YESTERDAY)
    )

    assert bar.reason is SuppressionReason.DEAD


@pytest.mark.parametrize("match", [Match.DELIVERY_ID, Match.MESSAGE_ID])
def test_a_death_is_certain_when_the_message_is_known(match):
    (bar,) = bars(follows(fact(reason="user-unknown", dead=Deadness.YES, match=match)))

    assert bar.reason is SuppressionReason.DEAD


def test_a_refusal_for_another_reason_adds_nothing_to_the_days_before():
    earlier = tuple(
        fact(reason="user-unknown", dead=Deadness.UNSURE, days_ago=days) for days in (1, 2)
    )

    assert follows(fact(reason="filtered"), events=earlier) == (Review("filtered"),)


@pytest.mark.parametrize("reason", SOFT)
def test_a_soft_bounce_is_not_one_of_the_days_on_which_an_address_was_said_to_be_dead(reason):
    soft = fact(reason=reason, dead=Deadness.UNSURE, days_ago=2)
    unsure = fact(reason="user-unknown", dead=Deadness.UNSURE)

    actions = follows(unsure, events=(soft,), written_at=YESTERDAY)

    assert actions == (Review("user-unknown"),)


@pytest.mark.parametrize("kind", [EventKind.BOUNCED, EventKind.REJECTED, EventKind.DEFERRED])
def test_a_soft_refusal_counts_whether_it_came_at_once_or_in_a_mail(kind):
    earlier = tuple(fact(kind, reason="mailbox-full", days_ago=days) for days in (14, 10, 7, 3))

    (bar,) = bars(follows(fact(reason="mailbox-full"), events=earlier))

    assert bar.reason is SuppressionReason.UNREACHABLE


def test_nothing_has_been_refused_before_the_first_refusal():
    assert History().mailing == RefusalStatistics("", refused_lately=0, refused=0, tried=0)


# The settings

COUNTS = [
    "unsure_days",
    "soft_days",
    "soft_span_days",
    "soft_memory_days",
    "pause_days",
    "alarm_count",
    "alarm_minutes",
    "alarm_least",
    "match_days",
]


def test_the_usual_settings():
    assert FeedbackSettings() == FeedbackSettings(
        unsure_days=2,
        soft_days=5,
        soft_span_days=14,
        soft_memory_days=30,
        pause_days=30,
        alarm_count=5,
        alarm_minutes=10,
        alarm_share=0.05,
        alarm_least=20,
        alarm_pauses=True,
        match_days=14,
        authserv_id="",
        trusted_senders=(),
        provider_lists=True,
    )


@pytest.mark.parametrize(
    ("senders", "is_right"),
    [
        (("staff@hotmail.example",), True),
        (("@reports.operateur.example", "operateur.example"), True),
        (("*@operateur.example",), False),
        (("operateur",), False),
        (("a@b@c.example",), False),
        (("*.operateur.example",), False),
        (("",), False),
    ],
)
def test_a_trusted_sender_is_an_address_or_a_domain(senders, is_right):
    settings = FeedbackSettings(authserv_id="mx.institut.example", trusted_senders=senders)

    if is_right:
        settings.check()
        return
    with pytest.raises(ConfigError) as refused:
        settings.check()
    assert [each.where.key for each in refused.value.problems] == ["feedback.trusted_senders"]


def test_senders_are_trusted_only_where_a_server_proves_who_they_are():
    with pytest.raises(ConfigError) as refused:
        FeedbackSettings(trusted_senders=("staff@hotmail.example",)).check()

    assert [each.where.key for each in refused.value.problems] == ["feedback.authserv_id"]


@pytest.mark.parametrize("key", COUNTS)
def test_a_threshold_is_one_or_more(key):
    FeedbackSettings(**{key: 1}).check()

    with pytest.raises(ConfigError) as refused:
        FeedbackSettings(**{key: 0}).check()
    assert [problem.where.key for problem in refused.value.problems] == [f"feedback.{key}"]


@pytest.mark.parametrize(("share", "is_right"), [(0, False), (0.01, True), (1, True), (1.1, False)])
def test_a_share_lies_above_nothing_and_is_all_at_most(share, is_right):
    settings = FeedbackSettings(alarm_share=share)

    if is_right:
        settings.check()
        return
    with pytest.raises(ConfigError) as refused:
        settings.check()
    assert [problem.where.key for problem in refused.value.problems] == ["feedback.alarm_share"]
