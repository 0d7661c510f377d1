"""A correction before, after and around every other verb, at each moment of a campaign.

Each verb meets one of the moments; `EVERY_MOMENT=1` tries them all, in three times the time.
"""

import os
from itertools import product

import pytest

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.feedback.event import EventKind
from tests.statemachine.machine import HOME, LATER, WORK, Verbs
from tests.statemachine.office import CAMPAIGNS

OLD, NEW, OTHER = WORK[0], LATER[0], WORK[1]
SLUG = CAMPAIGNS[0]


def imported(address):
    return lambda verbs: verbs.import_list(rows=[((address,), False)], list_name="press")


def answered(address, state):
    return lambda verbs: verbs.register(slug=SLUG, address=address, state=state)


def came_back(kind):
    def verb(verbs):
        for mail in sorted(verbs.office.mails()):
            verbs.comes_back_for(mail, kind)

    return verb


VERBS = {
    "import-old": imported(OLD),
    "import-new": imported(NEW),
    "import-both-as-one": lambda verbs: verbs.import_list(
        rows=[((OLD, HOME[0]), False)], list_name="press"
    ),
    "import-refusal": lambda verbs: verbs.import_list(rows=[((OLD,), True)], list_name="press"),
    "suppress-old": lambda verbs: verbs.suppress(address=OLD, scope=""),
    "suppress-new": lambda verbs: verbs.suppress(address=NEW, scope=""),
    "suppress-home": lambda verbs: verbs.suppress(address=HOME[0], scope=""),
    "suppress-on-one-list": lambda verbs: verbs.suppress(address=OLD, scope="press"),
    "lift-old": lambda verbs: verbs.lift(address=OLD, scope=""),
    "lift-new": lambda verbs: verbs.lift(address=NEW, scope=""),
    "forget-old": lambda verbs: verbs.forget(address=OLD),
    "forget-new": lambda verbs: verbs.forget(address=NEW),
    "forget-home": lambda verbs: verbs.forget(address=HOME[0]),
    "accept-old": answered(OLD, AccreditationState.ACCEPTED),
    "accept-new": answered(NEW, AccreditationState.ACCEPTED),
    "decline-old": answered(OLD, AccreditationState.DECLINED),
    "decline-new": answered(NEW, AccreditationState.DECLINED),
    "opt-out": came_back(EventKind.OPTED_OUT),
    "complain": came_back(EventKind.COMPLAINED),
    "bounce": came_back(EventKind.BOUNCED),
    "correct-back": lambda verbs: verbs.correct(old=NEW, new=OLD),
    "correct-onto-another": lambda verbs: verbs.correct(old=NEW, new=OTHER),
    "correct-another-onto-it": lambda verbs: verbs.correct(old=OTHER, new=NEW),
    "correct-former-again": lambda verbs: verbs.correct(old=OLD, new=LATER[1]),
    "relay-defers": lambda verbs: verbs.the_relay_dislikes(address=OLD, mood="defer"),
    "relay-rejects": lambda verbs: verbs.the_relay_dislikes(address=OLD, mood="reject"),
    "relay-loses": lambda verbs: verbs.the_relay_dislikes(address=OLD, mood="lose"),
    "pause-and-resume": lambda verbs: (verbs.pause(slug=SLUG), verbs.resume(slug=SLUG)),
    "cancel": lambda verbs: verbs.cancel(slug=SLUG),
}
MOMENTS = {
    "launched": lambda verbs: verbs.launch(SLUG),
    "in-mid-mailing": lambda verbs: (verbs.launch(SLUG), verbs.run_when_due(1)),
    "before-the-reminder": lambda verbs: (verbs.launch(SLUG), verbs.run_when_due(None)),
}


def moments(name):
    """The moments at which a verb is tried: verbs that stand together take turns."""
    every = list(MOMENTS.values())
    turn = list(VERBS).index(name) % len(every)
    return every if os.environ.get("EVERY_MOMENT") else every[turn : turn + 1]


def corrected(verbs):
    verbs.correct(old=OLD, new=NEW)


def orders(verb):
    yield (corrected, verb)
    yield (verb, corrected)
    yield (corrected, verb, VERBS["correct-back"], verb)


@pytest.mark.parametrize("name", VERBS)
def test_a_correction_loses_nothing_whatever_comes_before_or_after_it(name):
    for moment, order in product(moments(name), orders(VERBS[name])):
        verbs = Verbs()
        try:
            verbs.two_lists_and_campaigns(slugs=())
            moment(verbs)
            for each in order:
                each(verbs)
                verbs.rows_are_the_audience_the_report_and_the_mails()
            for _step in range(6):
                verbs.run_when_due(None)
                verbs.rows_are_the_audience_the_report_and_the_mails()
        finally:
            verbs.teardown()


@pytest.mark.parametrize("refused_by", ["opt-out", "suppress-old"])
def test_a_cancellation_overrides_a_refusal_and_no_dead_address(refused_by):
    verbs = Verbs()
    try:
        verbs.two_lists_and_campaigns(slugs=())
        MOMENTS["before-the-reminder"](verbs)
        for name in ("accept-old", refused_by, "bounce"):
            VERBS[name](verbs)

        verbs.move(slug=SLUG, day="2017-12-12")

        for _step in range(3):
            verbs.run_when_due(None)
    finally:
        verbs.teardown()


def test_a_mail_in_doubt_that_is_let_go_again_may_have_arrived_before():
    verbs = Verbs()
    try:
        verbs.two_lists_and_campaigns(slugs=())
        VERBS["relay-loses"](verbs)
        MOMENTS["before-the-reminder"](verbs)

        verbs.resolve(slug=SLUG, sent_again=True)

        verbs.rows_are_the_audience_the_report_and_the_mails()
        verbs.the_relay_dislikes(address=OLD, mood="")
        verbs.run_when_due(None)
        verbs.rows_are_the_audience_the_report_and_the_mails()
    finally:
        verbs.teardown()
