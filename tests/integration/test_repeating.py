"""What is done again and again beside the sending."""

from threading import Event

from mailer.engine.repeating import run_periodically
from mailer.errors import BackendUnavailable, Place, Problem
from mailer.wording import _

GONE = BackendUnavailable(Problem(Place("relay"), _("The relay is gone."), _("Wait.")))


def test_what_goes_wrong_is_told_and_tried_again_until_the_block_ends():
    told, rounds, enough = [], [], Event()

    def do():
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise GONE
        if len(rounds) == 3:
            enough.set()

    with run_periodically(do, name="test", every_s=0.001, failed=told.append):
        assert enough.wait()
    done = len(rounds)

    assert told == [GONE]
    assert len(rounds) == done
