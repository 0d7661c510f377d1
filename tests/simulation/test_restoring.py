"""The judge finds what a restore may do wrong, and sees the interrupted ones."""

from collections import Counter
from unittest.mock import patch

import pytest

from mailer.ledger import restoring
from mailer.ledger.storage import ledger_file
from tests.simulation.judge import Broken
from tests.simulation.schedule import play

SEEDS = range(0, 320, 4)
"""The schedules in which a backup is restored."""


def test_restores_are_interrupted_and_none_is_opened_in_between(empty, memory_folder):
    counts = Counter()
    for seed in SEEDS:
        counts += play(seed, empty, memory_folder)
        if counts["restored"] and counts["restores given up"] and counts["openings refused"]:
            return
    raise AssertionError(counts)


@pytest.mark.parametrize(
    ("module", "name", "does_nothing", "told"),
    [
        (restoring, "stop_what_may_have_left", lambda *_rest, **_words: (), "may leave from"),
        (ledger_file, "_refuse_interrupted", lambda *_rest: None, "midst of a restore"),
        (restoring, "_finish", lambda *_rest, **_words: None, "left in peace"),
    ],
)
def test_a_fault_of_a_restore_is_found(module, name, does_nothing, told, empty, memory_folder):
    with patch.object(module, name, does_nothing), pytest.raises(Broken) as broken:
        _play_all(empty, memory_folder)

    assert told in " ".join(broken.value.args)


def _play_all(empty, folder):
    for seed in SEEDS:
        play(seed, empty, folder)
