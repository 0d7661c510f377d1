"""Our own bounces: every family, the French ones, and what is no bounce at all."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from mailer.feedback.reader import read_report
from mailer.feedback.reading import Confidence, MailKind

FOLDER = Path(__file__).parent / "bounces"
LABELS = tomllib.loads((FOLDER / "labels.toml").read_text("utf-8"))
RESERVED = re.compile(r"\.(?:example|invalid|test)$")


def raw(name):
    return (FOLDER / f"{name}.eml").read_bytes()


def shown(reading):
    return [
        {
            "recipient": result.recipient,
            "outcome": result.outcome.value,
            "reason": result.reason.value,
            "dead": result.dead.value,
            "status": result.status,
        }
        for result in reading.results
    ]


@pytest.mark.parametrize("name", LABELS)
def test_each_mail_is_read_as_a_person_would(name):
    label = LABELS[name]

    reading = read_report(raw(name))

    assert reading.kind == label["kind"]
    assert shown(reading) == label.get("results", [])
    assert (reading.token.delivery_id if reading.token else "") == label.get("delivery_id", "")
    assert reading.feedback_type == label.get("feedback_type", "")


@pytest.mark.parametrize("name", [name for name in LABELS if "returns_on" in LABELS[name]])
def test_a_return_date_is_read_from_an_absence_reply(name):
    absence = read_report(raw(name)).absence

    assert absence.returns_on == date.fromisoformat(LABELS[name]["returns_on"])


@pytest.mark.parametrize("name", [name for name in LABELS if "replacements" in LABELS[name]])
def test_a_replacement_is_shown_and_a_departure_told(name):
    absence = read_report(raw(name)).absence

    assert list(absence.replacements) == LABELS[name]["replacements"]
    assert absence.has_left == LABELS[name].get("has_left", False)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("name", LABELS)
def test_line_ends_change_nothing(name, end):
    other = re.sub(rb"\r\n|\r|\n", end, raw(name))

    assert read_report(other) == read_report(raw(name))


@pytest.mark.parametrize("name", LABELS)
def test_every_result_explains_itself(name):
    for result in read_report(raw(name)).results:
        assert result.rule
        assert result.found_by
        assert result.confidence in Confidence


def test_an_answer_or_an_absence_is_never_a_bounce():
    quiet = {
        MailKind.AUTO_REPLY,
        MailKind.CHALLENGE,
        MailKind.REPLY,
        MailKind.UNSUBSCRIBE,
        MailKind.READ_RECEIPT,
    }

    for name, label in LABELS.items():
        if label["kind"] in quiet:
            assert read_report(raw(name)).results == ()


def test_every_file_has_its_answer_and_every_answer_its_file():
    assert {path.stem for path in FOLDER.glob("*.eml")} == set(LABELS)


def test_only_reserved_domains_appear():
    for path in FOLDER.glob("*.eml"):
        for address in re.findall(rb"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", path.read_bytes()):
            assert RESERVED.search(address.decode()), (path.name, address)
