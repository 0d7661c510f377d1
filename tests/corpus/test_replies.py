"""The figures of our own collection of replies, in the reports of several mail systems."""

from pathlib import Path

import pytest

from mailer.feedback.reader import read_report
from mailer.model.feedback.event import Deadness
from tests.counterparts.bounce_frames import BLANKS, FRAMES, OTHER_FRAMES, RECIPIENT, filled

FOLDER = Path(__file__).parent
NAMES = {**BLANKS, "\\n": "\n"}


COLLECTIONS = [
    "replies.txt",
    "held_out_replies.txt",
    "documented_replies.txt",
    "hand_written_replies.txt",
    "general_codes.txt",
    "far_replies.txt",
]


@pytest.fixture(scope="module", params=COLLECTIONS)
def answers(request):
    """Return for each label the results: is the one recipient found, is it called dead."""
    found = {"D": [], "L": []}
    lines = (FOLDER / request.param).read_text("utf-8").splitlines()
    for number, line in enumerate(line for line in lines if not line.startswith("#")):
        label, stage, reply = line.split("|", 2)
        frames = FRAMES.get(stage, OTHER_FRAMES)
        reading = read_report(frames[number % len(frames)](stage, filled(reply, NAMES)))
        named = [result.recipient for result in reading.results]
        is_dead = any(result.dead is Deadness.YES for result in reading.results)
        found[label].append((named == [RECIPIENT], is_dead, line))
    return found


def share(values):
    return 100 * sum(values) / len(values)


def test_the_right_address_is_always_found(answers):
    rows = [*answers["D"], *answers["L"]]

    assert share([is_right for is_right, _, _ in rows]) >= 99


def test_the_dead_are_found(answers):
    assert share([is_dead for _, is_dead, _ in answers["D"]]) >= 95


def test_the_living_are_not_called_dead(answers):
    assert share([is_dead for _, is_dead, _ in answers["L"]]) <= 1.5


ENDED = [
    tuple(line.split("|", 2))
    for line in (FOLDER / "ended_replies.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("label", "stage", "reply"), ENDED)
def test_an_account_or_a_domain_that_has_ended_is_dead_in_every_report(label, stage, reply):
    for frame in FRAMES.get(stage, OTHER_FRAMES):
        (result,) = read_report(frame(stage, filled(reply, NAMES))).results

        assert result.recipient == RECIPIENT
        assert (result.dead is Deadness.YES) is (label == "D"), frame.__name__
