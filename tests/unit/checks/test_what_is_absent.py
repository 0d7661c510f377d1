"""What an editor misses in a release: it is told by what is not there, in whatever words."""

import pytest

from tests.counterparts.recall import diagnosed
from tests.unit.checks.absent_texts import ABSENT, ENGLISH, FRENCH, PRESENT, SOUND


def checks_of(frame, part="body", words=None):
    said = SOUND[frame] | ({part: words} if words else {})
    _read, diagnosis = diagnosed("a.txt", frame.format(**said))
    return {each.check for each in diagnosis.findings}


def every(cases):
    return [
        pytest.param(check, frame, part, words, id=f"{check}-{words[:40]}")
        for (check, part), of_check in cases.items()
        for frame, texts in of_check.items()
        for words in texts
    ]


@pytest.mark.parametrize(("check", "frame", "part", "words"), every(ABSENT))
def test_what_is_absent_is_told(check, frame, part, words):
    assert check in checks_of(frame, part, words)


@pytest.mark.parametrize(("check", "frame", "part", "words"), every(PRESENT))
def test_what_is_there_is_not_missed(check, frame, part, words):
    assert check not in checks_of(frame, part, words)


@pytest.mark.parametrize("frame", [FRENCH, ENGLISH])
def test_a_release_that_lacks_nothing_is_left_alone(frame):
    assert checks_of(frame) == {"no-privacy-notice"}  # of the office, which has none
