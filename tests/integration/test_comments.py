"""Comments at a passage: beside the text, before the sign-off, for those who write and sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.clock import SimulatedClock
from mailer.model.drafts.comment import Comment
from mailer.model.team.person import Role
from mailer.operations.campaigns.revisions.comments import MOST_LETTERS, placed
from tests.counterparts.builders import ACTOR, NOON
from tests.counterparts.desk import an_office, signed_in
from tests.counterparts.team import a_person

CAMPAIGN = "2017-12-09-recherche-associations"
TEXT = f"/campagnes/{CAMPAIGN}/textes/announcement.md"
SIGN_OFF = f"/campagnes/{CAMPAIGN}/bon-a-tirer"
EDITOR, SIGNATORY = a_person("Ada Lopez", Role.EDITOR), a_person("Bea Roy", Role.SIGNATORY)
READER, KEEPER = a_person("Cy Petit", Role.READER), a_person("Dan Vey", Role.ADMINISTRATOR)
WORDS = "Est-ce le bon <b>jour</b> ?"


@pytest.fixture
def office(tmp_path):
    people = [EDITOR, SIGNATORY, READER, KEEPER]
    with an_office(tmp_path, SimulatedClock(NOON), people) as app:
        yield app


def body_of(office):
    return office.editing.text(CAMPAIGN, "announcement.md", actor=ACTOR).fields.body


def a_passage(office):
    """The last words of a line, and the first of the next: where lines break is no matter."""
    lines = [line for line in body_of(office).splitlines() if len(line.split()) > 3]
    return " ".join(lines[1].split()[:4])


def test_a_comment_is_seen_beside_the_text_and_before_signing_until_it_is_closed(office):
    ada, bea = signed_in(office, EDITOR), signed_in(office, SIGNATORY)
    asked = bea.post(
        f"{TEXT}/commentaires",
        {"act": "comment", "quote": a_passage(office), "comment": WORDS},
    )
    (comment,) = office.ledger.comments.open()
    number = str(comment.id)

    beside, signing = ada.get(TEXT), bea.get(SIGN_OFF)
    ada.post(
        f"{TEXT}/commentaires",
        {"act": "answer", "number": number, f"answer-{number}": "Oui, samedi."},
    )
    answered = bea.get(SIGN_OFF)
    closed = bea.post(f"{TEXT}/commentaires", {"act": "close", "number": number})
    after_it = bea.get(SIGN_OFF)

    assert asked.location == f"{TEXT}?fait=commented"
    for page in (beside, signing):
        assert WORDS in page.text
        assert b"<b>jour</b>" not in page.body
    assert f"{TEXT}#commentaire-{number}" in signing.text
    assert "Oui, samedi." in answered.text
    assert closed.location == f"{TEXT}?fait=comment-closed"
    assert "Oui, samedi." not in after_it.text
    assert "Oui, samedi." in ada.get(TEXT).text


@pytest.mark.parametrize("person", [READER, KEEPER], ids=lambda person: person.name)
def test_who_neither_writes_nor_signs_sees_no_comment_and_writes_none(office, person):
    signed_in(office, EDITOR).post(
        f"{TEXT}/commentaires", {"act": "comment", "quote": "", "comment": WORDS}
    )
    browser = signed_in(office, person)

    refused = browser.post(f"{TEXT}/commentaires", {"act": "comment", "comment": "Moi aussi"})

    assert refused.status == 422
    assert "Est-ce le bon" not in browser.get(TEXT).text + browser.get(SIGN_OFF).text
    assert len(office.ledger.comments.open()) == 1


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ({"act": "comment", "comment": " "}, TEXT),
        ({"act": "comment", "comment": "x" * (MOST_LETTERS + 1)}, TEXT),
        ({"act": "comment", "comment": "x", "quote": "y" * (MOST_LETTERS + 1)}, TEXT),
        ({"act": "answer", "number": "999", "answer-999": "x"}, TEXT),
        ({"act": "close", "number": "999"}, TEXT),
        ({"act": "close"}, TEXT),
        ({"act": "comment", "comment": "x"}, TEXT.replace("announcement", "nothing")),
        ({"act": "comment", "comment": "x"}, TEXT.replace("announcement.md", "campaign.toml")),
    ],
)
def test_what_says_nothing_or_is_about_no_text_is_refused(office, typed, path):
    refused = signed_in(office, EDITOR).post(f"{path}/commentaires", typed)

    assert refused.status in {404, 409, 422}
    assert office.ledger.comments.of_campaign(CAMPAIGN) == []


def test_a_comment_of_another_campaign_is_not_closed_from_this_one(office):
    elsewhere = Comment("another", "a.md", "", "?", "x", "Ada", NOON)
    number = office.ledger.comments.add(elsewhere, actor=ACTOR)

    refused = signed_in(office, EDITOR).post(
        f"{TEXT}/commentaires", {"act": "close", "number": str(number)}
    )

    assert refused.status == 422
    assert len(office.ledger.comments.open()) == 1


def a_comment(quote):
    return Comment("meeting", "a.md", quote, "?", "x", "Ada", NOON)


@given(
    st.lists(st.lists(st.sampled_from(["un", "deux", "élan", "—"]), max_size=4), max_size=6),
    st.data(),
)
def test_any_passage_is_found_in_the_line_where_it_begins_however_lines_break(lines, data):
    text = "\n".join(" ".join(line) for line in lines)
    words = [(number, word) for number, line in enumerate(lines, 1) for word in line]
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = "  \n".join(word for _number, word in words[first : last + 1])

    found = placed(a_comment(quote), text)

    assert not found.is_gone
    assert 1 <= found.line <= words[first][0]


@pytest.mark.parametrize(
    ("quote", "text", "line", "is_gone"),
    [
        ("", "# Un\n", 0, False),
        ("deux", "# Un\n\ndeux\n", 3, False),
        ("un  deux", "un\ndeux", 1, False),
        ("trois", "un\ndeux", 0, True),
        ("a", "", 0, True),
        ("\u202f?", "Qui\u202f?", 1, False),
    ],
)
def test_a_passage_that_was_rewritten_is_said_to_be_gone(quote, text, line, is_gone):
    found = placed(a_comment(quote.strip()), text)

    assert (found.line, found.is_gone) == (line, is_gone)
