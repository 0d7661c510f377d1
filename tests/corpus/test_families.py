"""The figures of replies as vendors document them, in the reports of twenty-five mail systems."""

from itertools import cycle
from pathlib import Path

import pytest

from mailer.feedback.reader import read_report
from mailer.model.feedback.event import Deadness
from tests.counterparts.bounce_frames import BLANKS, RECIPIENT, SENDER, filled, status_of

FOLDER = Path(__file__).parent / "families"
STAGES = {"R": "RCPT TO", "E": "end of DATA", "M": "MAIL FROM", "N": "RCPT TO"}
COMMANDS = {**STAGES, "R": f"RCPT TO:<{RECIPIENT}>", "M": f"MAIL FROM:<{SENDER}>"}
OPEN = {
    "zimbra", "exchange-online", "exchange-2003", "gmail", "domino", "courier", "mdaemon", "ses",
    "communigate", "exim", "james",
}  # fmt: skip


def frames():
    parts = (FOLDER / "frames.txt").read_text("utf-8").split("\n=== ")[1:]
    return {name: frame for name, _, frame in (part.partition("\n") for part in parts)}


def mails(half):
    """Yield for each line its label, the line and the mail around its reply."""
    known = {
        name: frame
        for name, frame in frames().items()
        if half == "fresh" or (name in OPEN) == (half == "open")
    }
    turns = cycle(known)
    for line in (FOLDER / f"{half}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, family, stage, reply = line.split("|", 3)
        said = filled(reply)
        blanks = {
            "{reply}": said,
            "{status}": status_of(said),
            "{stage}": STAGES[stage],
            "{command}": COMMANDS[stage],
            **BLANKS,
        }
        frame = known[next(turns) if family == "*" else family]
        yield label, line, filled(frame, blanks).encode()


@pytest.fixture(scope="module", params=["open", "sealed", "fresh"])
def answers(request):
    """Return for each label the results: is the one recipient found, is it called dead."""
    found = {"D": [], "L": []}
    for label, line, mail in mails(request.param):
        results = read_report(mail).results
        is_dead = any(result.dead is Deadness.YES for result in results)
        found[label].append(([each.recipient for each in results] == [RECIPIENT], is_dead, line))
    return found


def share(values):
    return 100 * sum(values) / len(values)


def test_the_right_address_is_found_in_every_family(answers):
    assert share([is_right for is_right, _, _ in answers["D"] + answers["L"]]) >= 98


def test_the_dead_are_found_in_every_wording(answers):
    assert share([is_dead for _, is_dead, _ in answers["D"]]) >= 95


def test_the_living_are_not_called_dead_by_any_family(answers):
    assert share([is_dead for _, is_dead, _ in answers["L"]]) <= 1.5


def test_no_family_or_wording_is_on_both_halves():
    replies = [set(), set()]
    for lines, half in zip(replies, ("open", "sealed"), strict=True):
        lines.update(line.rpartition("|")[2].lower() for _, line, _ in mails(half))

    assert set(frames()) > OPEN
    assert not replies[0] & replies[1]
