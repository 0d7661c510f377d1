"""The reply that is filled in: what comes back is read without typing, or left to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.mailings.message import DeliveryId
from mailer.reply_form import FormAnswer, read_reply_form, reply_form

CODE = DeliveryId("abcdefghijklmnopqrstuvwxyz")
NAMES = st.text(
    st.characters(categories=("L", "Nd", "Pd", "Po"), exclude_characters=":"), max_size=30
)


def filled(link="answer_url", *, person="Camille Petit", outlet="Le Soir", language="fr"):
    return reply_form(
        link, CODE, person=person, outlet=outlet, language=language, campaign="rencontre"
    )[1]


@given(NAMES, NAMES, st.sampled_from(["fr", "en"]))
def test_a_form_is_read_back_as_it_was_filled_in(person, outlet, language):
    read = read_reply_form(filled(person=person, outlet=outlet, language=language))

    assert read is not None
    assert (read.code, read.answer, read.is_intact) == (CODE, FormAnswer.COMES, True)
    assert (read.name, read.outlet) == (" ".join(person.split()), " ".join(outlet.split()))


@pytest.mark.parametrize(
    "as_it_came",
    [
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\r"),
        lambda text: text.replace("\r\n", "\r\n\r\n"),
        lambda text: text.replace(" :", "\u00a0:"),
        lambda text: text.replace(": ", ":"),
        lambda text: text.upper(),
        lambda text: text.replace("Réponse", "Reponse").replace("Média", "Media"),
        lambda text: text.replace(CODE, f" {CODE} ."),
        lambda text: f"\n\n{text}\nEnvoyé de mon iPhone\n",
        lambda text: f"{text}\nSent from my Galaxy\n",
        lambda text: f"{text}\nEnvoyé à partir de Outlook pour Android\n",
        lambda text: f"{text}\nCamille Petit\nLe Soir\nTél. : 01 99 00 12 34\nwww.soir.example\n",
        lambda text: f"{text}-- \nCamille Petit, qui ne vient jamais seule\n",
        lambda text: text.replace("Carte de presse / Press card :", "Carte de presse / Press card"),
    ],
)
def test_what_mail_programs_do_to_a_form_does_not_break_it(as_it_came):
    read = read_reply_form(as_it_came(filled()))

    assert read is not None
    assert (read.code, read.answer) == (CODE, FormAnswer.COMES)
    assert read.beside in ((), ("Carte de presse / Press card",))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("je ne viens pas / I will not come", FormAnswer.DECLINES),
        ("Je ne viens pas.", FormAnswer.DECLINES),
        ("NON", FormAnswer.DECLINES),
        ("oui", FormAnswer.COMES),
        ("I will come!", FormAnswer.COMES),
    ],
)
def test_who_types_over_the_answer_is_understood(typed, answer):
    read = read_reply_form(filled().replace("je viens / I will come", typed))

    assert read is not None
    assert read.answer is answer


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "peut-être",
        "je viens / I will not come",
        "je viens / si mon rédacteur est d’accord",
        "je ne viens pas / I will come",
        "pas je viens",
    ],
)
def test_an_answer_that_says_nothing_or_two_things_is_no_form(typed):
    assert read_reply_form(filled().replace("je viens / I will come", typed)) is None


@pytest.mark.parametrize(
    "code", ["", CODE[:-1], f"{CODE} {CODE}", CODE.replace("a", "1"), f"{CODE[:12]} {CODE[12:]}"]
)
def test_a_code_that_is_not_whole_is_no_form(code):
    assert read_reply_form(filled().replace(CODE, code)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Finalement je ne pourrai pas venir.",
        "Je viendrai avec une photographe.",
        "Réponse / Answer : je ne viens pas",
        "Can Bo Martin come instead of me?",
        "Merci de me retirer de vos listes",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_sentence_beside_the_form_leaves_it_to_a_person(sentence, is_above):
    text = f"{sentence}\n\n{filled()}" if is_above else f"{filled()}\n{sentence}\n"

    read = read_reply_form(text)

    assert read is None or not read.is_intact


def test_it_was_not_me_is_a_form_of_its_own():
    read = read_reply_form(filled("undo_url"))

    assert read is not None
    assert (read.answer, read.is_intact) == (FormAnswer.UNDO, True)
