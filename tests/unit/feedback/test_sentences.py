"""Whom a sentence in a bounce is about, and what it says, in all combinations of five languages."""

import tomllib
from pathlib import Path

import pytest

from mailer.feedback.classify.classification import classify
from mailer.model.feedback.event import Deadness
from mailer.model.mailings.delivery import Stage

RECIPIENT, SENDER = "lea.martin@journal.example", "presse@office.example"
CORPUS = Path(__file__).parents[2] / "corpus"
SENTENCES = tomllib.loads((CORPUS / "sentences.toml").read_text("utf-8"))
OURS = SENTENCES.pop("ours")
NAMES = {"{r}": RECIPIENT, "{l}": "lea.martin", "{sd}": "office.example", "{s}": SENDER}


def deadness(sentence):
    for name, value in NAMES.items():
        sentence = sentence.replace(name, value)
    return classify(
        f"550 {sentence}", recipient=RECIPIENT, ours=(SENDER,), stage=Stage.RECIPIENT
    ).dead


def combined(subjects, predicates):
    return [f"{subject} {predicate}" for subject in subjects for predicate in predicates]


@pytest.mark.parametrize("language", SENTENCES)
def test_a_recipient_who_is_said_to_be_gone_is_dead(language):
    parts = SENTENCES[language]

    sentences = [*combined(parts["subjects"], parts["gone"]), *parts["whole"]]

    assert [each for each in sentences if deadness(each) is not Deadness.YES] == []


@pytest.mark.parametrize("language", SENTENCES)
def test_a_recipient_who_is_only_full_closed_or_choosy_is_not_dead(language):
    parts = SENTENCES[language]

    sentences = combined(parts["subjects"], parts["alive"])

    assert [each for each in sentences if deadness(each) is Deadness.YES] == []


def test_what_is_said_of_us_kills_nobody():
    sentences = [*combined(OURS["subjects"], OURS["said"]), *OURS["whole"]]

    assert [each for each in sentences if deadness(each) is Deadness.YES] == []
