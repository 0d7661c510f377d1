"""What another program said stands on a page as words in its own language, and is nothing but words."""

import pytest

from mailer.files.catalogues import translations_for
from mailer.labels import evidence_in_words
from mailer.pages.quoted import marked, shown, unmarked
from mailer.wording import Quoted, Text, _, as_note, from_note, say

FRENCH = translations_for("fr")


def on_page(text):
    return str(shown(say(text, FRENCH, quoted=marked)))


def test_what_is_quoted_is_marked_wherever_it_stands_in_a_sentence():
    inner = _("this cannot be rendered: {reason}", reason=Quoted("no such thing"))
    outer = Text("{what}, {others}", {"what": inner, "others": (Quoted("a"), Quoted("b", "de"))})

    assert on_page(outer).endswith(
        '<bdi lang="en">no such thing</bdi>, <bdi lang="en">a</bdi>\N{NARROW NO-BREAK SPACE}; <bdi lang="de">b</bdi>'
    )


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x>', "\ue0f2<b>\ue0f0en\ue0f1", "&amp;"]
)
def test_quoted_words_are_never_markup(words):
    page = on_page(_("{a} {b}", a=Quoted(words), b=words))

    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page


def test_without_a_page_the_words_stand_as_they_are():
    text = _("this cannot be rendered: {reason}", reason=Quoted("no such thing"))

    assert str(text) == "this cannot be rendered: no such thing"
    assert unmarked(say(text, FRENCH, quoted=marked)) == say(text, FRENCH)


def test_the_reply_of_a_server_is_quoted_and_the_words_of_people_are_not():
    refused = _("The relay refuses our sender address: {reply}.", reply="550 no")

    assert '<bdi lang="en">550 no</bdi>' in on_page(refused)
    assert on_page(evidence_in_words("550 5.1.1 no such user")) == (
        '<bdi lang="en">550 5.1.1 no such user</bdi>'
    )
    assert on_page(evidence_in_words("lettre du 3 mars")) == "lettre du 3 mars"


def test_a_note_keeps_several_texts_and_what_is_quoted():
    text = Text("{all}", {"all": (_("a name"), Quoted("x", "de"))})

    assert from_note(as_note(text)).values == text.values
