"""Nothing of a document is lost in silence: it is in the text, in a fact, or told as left out."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.files.documents import read_document
from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.counterparts.advisories import advisories, as_word

TODAY = date(2026, 1, 5)
ELSEWHERE = (
    "Prévoir des bottes et un vêtement de pluie.",
    "Wheelchair access by the courtyard.",
    "Le site n’est pas accessible aux fauteuils roulants.",
    "Une navette part de la gare à 8 h 45.",
    "Bring a torch.",
)
"""Sentences that are no fact of a campaign, wherever they stand."""


def documents():
    for folder in ("right", "held_out", "offices", "later"):
        for name, text, _facts in advisories(folder, "facts.toml"):
            content = text.encode() if name.endswith((".eml", ".html")) else as_word(text)
            yield f"{folder}-{name}", read_document(content, name=name)


DOCUMENTS = dict(documents())


def taken(read, markdown):
    return recognise(markdown, language="fr", today=TODAY, margins=read.margins)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_sentence_of_a_document_is_in_the_text_or_in_a_fact_or_told(name):
    read = DOCUMENTS[name]
    found = taken(read, read.markdown)

    facts = [f"{fact.words} {fact.value}" for fact in found.facts]
    told = [str(each) for each in read.left_out]
    kept = set(re.findall(r"\w+", " ".join([found.text, *facts, *found.taken_out, *told])))
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", "\n".join([read.markdown, *read.margins])):
        assert set(re.findall(r"\w+", sentence)) <= kept, sentence


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(DOCUMENTS)), st.sampled_from(ELSEWHERE), st.data())
def test_a_sentence_that_is_no_fact_stays_in_the_text_wherever_it_stands(name, sentence, data):
    read = DOCUMENTS[name]
    paragraphs = read.markdown.split("\n\n")
    at = data.draw(st.integers(0, len(paragraphs) - 1))
    before = paragraphs[at]
    is_long = len(before) > 60 and not before.startswith("#")
    if is_long and data.draw(st.booleans()):
        paragraphs[at] = f"{before.rstrip('.')}. {sentence}"
    elif not re.fullmatch(r"(?i)(?:#+ )?(?:où|lieu|where)[\s\u00a0?:]*", before.strip()):
        paragraphs.insert(at + 1, sentence)  # below such a label it would be the venue
    else:
        return

    assert sentence in taken(read, "\n\n".join(paragraphs)).text


@pytest.mark.parametrize(
    "text",
    [
        "## Accréditation\n\nAccréditation obligatoire à p@a.example.\n\n{}",
        "Accréditation obligatoire à p@a.example. {}",
        "Registration is required by Friday 2 April 2027 at noon: p@a.example\n\n{}",
        "Lieu : Halle, 6 rue de l’Exemple, 58200 Saint-Aubin. {}",
        "Contact presse : Zoé Roy, 03 99 00 14 20. {}",
        "Contact presse\n\nZoé Roy\n\n03 99 00 14 20\n\n{}",
        "En partenariat avec :\n\nMusée des cartes\n\n{}",
    ],
)
@pytest.mark.parametrize("sentence", ELSEWHERE)
def test_what_stands_behind_a_fact_stays_in_the_text(text, sentence):
    markdown = f"# Titre\n\nInvitation presse\n\n{text.format(sentence)}\n"

    found = recognise(markdown, language="fr", today=date(2027, 1, 11))

    assert sentence in found.text
    assert not any(sentence.strip(".") in str(fact.value) for fact in found.facts)


def test_a_heading_that_goes_with_its_part_is_told():
    text = "# Titre\n\nTexte.\n\n### Presse et accréditation\n\n**Contact presse**\n\nZoé Roy, 03 99 00 14 20\n"

    found = recognise(text, language="fr", today=TODAY)

    assert "Presse et accréditation" not in found.text
    assert "Presse et accréditation" in found.taken_out
