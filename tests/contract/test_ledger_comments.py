"""Comments on the texts of campaigns, on both databases."""

from dataclasses import replace

import pytest

from mailer.model.address import Address
from mailer.model.drafts.comment import Comment, CommentAnswer
from tests.counterparts.builders import ACTOR, NOON, after

ASKED = Comment(
    "meeting", "announcement.md", "trois équipes", "Trois ou quatre ?", "a", "Ada", NOON
)
ANSWER = CommentAnswer("Quatre.", "b", "Bea", after(hours=1))


def test_a_comment_is_answered_and_closed_and_each_step_has_its_line(ledger):
    number = ledger.comments.add(ASKED, actor=ACTOR)
    ledger.comments.answer("meeting", number, ANSWER, actor=ACTOR)
    ledger.comments.close("meeting", number, actor=ACTOR, at=after(hours=2))

    expected = replace(
        ASKED, id=number, answers=(ANSWER,), closed_at=after(hours=2), closed_by=ACTOR.name
    )
    assert ledger.comments.of_campaign("meeting") == [expected]
    assert ledger.comments.open() == []
    assert [(line.action, line.detail) for line in ledger.journal.entries("meeting")] == [
        (action, f"n° {number}") for action in ("comment", "answer-comment", "close-comment")
    ]


@pytest.mark.parametrize("campaign", ["meeting", "another"])
def test_what_is_closed_or_of_another_campaign_is_neither_answered_nor_closed(ledger, campaign):
    number = ledger.comments.add(ASKED, actor=ACTOR)
    if campaign == "meeting":
        ledger.comments.close("meeting", number, actor=ACTOR, at=NOON)
    before = ledger.comments.of_campaign("meeting"), len(ledger.journal.entries())

    assert not ledger.comments.answer(campaign, number, ANSWER, actor=ACTOR)
    assert not ledger.comments.close(campaign, number, actor=ACTOR, at=after(hours=1))

    assert (ledger.comments.of_campaign("meeting"), len(ledger.journal.entries())) == before


def test_open_comments_are_listed_over_all_campaigns_the_oldest_first(ledger):
    numbers = [
        ledger.comments.add(replace(ASKED, campaign=campaign), actor=ACTOR)
        for campaign in ("meeting", "another", "meeting")
    ]
    ledger.comments.close("meeting", numbers[0], actor=ACTOR, at=NOON)

    assert [each.id for each in ledger.comments.open()] == numbers[1:]


def test_an_erased_address_stands_in_no_comment(ledger):
    spoken = "Écrire à Ada@press.example, pas à bea@press.example"
    number = ledger.comments.add(replace(ASKED, quote=spoken, words=spoken), actor=ACTOR)
    ledger.comments.answer("meeting", number, replace(ANSWER, words=spoken), actor=ACTOR)

    ledger.erasure.forget(Address.parse("ada@press.example"), actor=ACTOR, why="", at=NOON)

    (comment,) = ledger.comments.of_campaign("meeting")
    for words in (comment.quote, comment.words, comment.answers[0].words):
        assert "ada@press.example" not in words.lower()
        assert "bea@press.example" in words
