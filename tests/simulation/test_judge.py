"""The judge finds each kind of fault, planted into the ledger that the services speak to."""

import re
from collections import Counter
from unittest.mock import patch

import pytest

from mailer.model.mailings.delivery import Accepted, Deferred
from mailer.model.service.trusted_time import TrustedTime
from tests.counterparts.altered import AlteredLedger, AlteredPart
from tests.counterparts.builders import a_mailing
from tests.counterparts.gathering import SLUG
from tests.simulation.judge import Broken, Judge
from tests.simulation.processes import Process
from tests.simulation.schedule import play

MOST_SEEDS = 60


class SendsUnmarked(AlteredPart):
    name = "sending"

    def mark(self, _claim, delivery_ids, *, now):
        assert now
        return frozenset(delivery_ids)


class SaysNotSent(AlteredPart):
    name = "sending"

    def settle(self, claim, delivery_id, outcome, *, now):
        if isinstance(outcome, Accepted):
            outcome = Deferred("", retry_after_s=0)
        self._part.settle(claim, delivery_id, outcome, now=now)


class SaysSent(AlteredPart):
    name = "sending"

    def settle(self, claim, delivery_id, outcome, *, now):
        if isinstance(outcome, Deferred):
            outcome = Accepted("250 ok")
        self._part.settle(claim, delivery_id, outcome, now=now)


class ForgetsOutcomes(AlteredPart):
    name = "sending"

    def settle(self, *_arguments, **_words):
        pass


class ForgetsAnOutcome(AlteredPart):
    name = "sending"

    def settle(self, claim, delivery_id, outcome, *, now):
        if not delivery_id.startswith("a"):
            self._part.settle(claim, delivery_id, outcome, now=now)


class LosesPeople(AlteredPart):
    name = "mailings"

    def start(self, mailing_id, *, deliveries, exclusions, at):
        return self._part.start(
            mailing_id, deliveries=list(deliveries)[1:], exclusions=exclusions, at=at
        )


class NeverPauses(AlteredPart):
    name = "mailings"

    def change_state(self, *_arguments, **_words):
        return True


class NeverBars(AlteredPart):
    name = "suppressions"

    def add(self, _suppression, **_words):
        return True


class NeverListens(AlteredPart):
    name = "accreditations"

    def revise(self, campaign, decision, **_words):
        return decision(self._part.of_campaign(campaign)).saved


class ForgetsAnswers(AlteredPart):
    name = "deliveries"

    def add_triggered(self, *_arguments, **_words):
        return 0


class ForgetsReaders(AlteredPart):
    name = "amendments"

    def holders(self, _campaign):
        return {}


class SendsBothVersions(AlteredPart):
    name = "amendments"

    def not_reached(self, _mailing_id):
        return self._part.holders(SLUG)


class FollowsEveryClock(AlteredPart):
    name = "trusted_time"

    def observe(self, reading):
        self._part.observe(reading)
        return TrustedTime.first(reading)


FOUND = {
    FollowsEveryClock: "marked before",
    SendsUnmarked: "handed over without a mark",
    SaysNotSent: "twice",
    SaysSent: "and not taken",
    ForgetsOutcomes: "under way at once|in doubt for no reason",
    ForgetsAnOutcome: "under way at once|in doubt for no reason",
    LosesPeople: "somebody is lost",
    NeverPauses: "marked after a pause had returned|never comes to rest",
    NeverBars: "barred before",
    NeverListens: "had answered before",
    ForgetsAnswers: "an answer is lost",
    ForgetsReaders: "was not told of",
    SendsBothVersions: "announcement twice|no version of it was for them",
}


def test_requests_that_stay_in_doubt_one_after_the_other_are_found(empty):
    judge = Judge(empty, Counter())
    judge._mailing_of = {"delivery": "mailing"}
    judge.mailings = {"mailing": a_mailing()}
    judge.doubts_request(["delivery"])
    judge.answers("delivery")
    judge.doubts_request(["delivery"])

    with pytest.raises(Broken, match="requests in a row in doubt"):
        judge.doubts_request(["delivery"])
    judge.close()


@pytest.mark.parametrize("fault", FOUND)
def test_a_planted_fault_is_found(fault, empty, memory_folder):
    def open_planted(process, open_rightly=Process.open):
        open_rightly(process)
        process.ledger = AlteredLedger(process.ledger, fault(getattr(process.ledger, fault.name)))

    with patch.object(Process, "open", open_planted), pytest.raises(Broken) as broken:
        _play_some(empty, memory_folder)

    assert re.search(FOUND[fault], " ".join(broken.value.args))


def _play_some(empty, folder):
    for seed in range(MOST_SEEDS):
        play(seed, empty, folder)
