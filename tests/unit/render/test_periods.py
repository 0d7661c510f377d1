"""Events of several days, in every sentence that was written for one day."""

from datetime import datetime

import pytest

from mailer.calendar.timetable import localise
from mailer.model.campaigns.campaign import Event
from mailer.render.facts.dates import hours_in_words, period_in_words
from mailer.render.facts.periods import with_several_days


def an_event(starts_at="2027-03-27 09:00", ends_at="2027-03-29 17:00"):
    starts, ends = (
        localise(datetime.fromisoformat(at), zone="Europe/Paris") for at in (starts_at, ends_at)
    )
    return Event("Rencontre", starts, True, ends)


def corrected(sentence, language, event=None):
    event = event or an_event()
    period = period_in_words(event.starts_at, event.ends_at, language)
    text = with_several_days(sentence.format(period), event, language)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("ends_at", "french", "english"),
    [
        (
            "2027-03-29 17:00",
            "du samedi 27 au lundi 29 mars 2027",
            "from Saturday 27 to Monday 29 March 2027",
        ),
        (
            "2027-04-01 17:00",
            "du samedi 27 mars au jeudi 1er avril 2027",
            "from Saturday 27 March to Thursday 1 April 2027",
        ),
        (
            "2028-01-01 17:00",
            "du samedi 27 mars 2027 au samedi 1er janvier 2028",
            "from Saturday 27 March 2027 to Saturday 1 January 2028",
        ),
        ("2027-03-27 17:00", "samedi 27 mars 2027", "Saturday 27 March 2027"),
    ],
)
def test_a_period_says_once_what_its_days_share(ends_at, french, english):
    event = an_event(ends_at=ends_at)

    found = [period_in_words(event.starts_at, event.ends_at, each) for each in ("fr", "en")]

    assert [each.replace("\u00a0", " ") for each in found] == [french, english]


def test_the_first_of_a_month_keeps_its_ordinal_without_the_month():
    event = an_event("2027-10-01 09:00", "2027-10-03 17:00")

    words = period_in_words(event.starts_at, event.ends_at, "fr")

    assert words == "du vendredi 1er au dimanche 3\u00a0octobre\u00a02027"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "du samedi 27 à 9 h au lundi 29 à 17 h"),
        ("en", "from Saturday 27 at 9:00 am to Monday 29 at 5:00 pm"),
    ],
)
def test_the_hours_of_several_days_name_the_days(language, words):
    event = an_event()

    found = hours_in_words(event.starts_at, event.ends_at, language)

    assert found.replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le {}, nous", "Du samedi 27 au lundi 29 mars 2027, nous"),
        ("Réservez le {}.", "Réservez les dates du samedi 27 au lundi 29 mars 2027."),
        ("L’événement prévu le {} n’a", "L’événement prévu du samedi 27 au lundi 29 mars 2027 n’a"),
        ("la rencontre du {}", "la rencontre du samedi 27 au lundi 29 mars 2027"),
        ("À partir du {},", "À partir du samedi 27 mars 2027,"),
        ("A partir du {},", "A partir du samedi 27 mars 2027,"),
        ("du 3 mars au {}", "du 3 mars au lundi 29 mars 2027"),
        (
            "Bloquez dès maintenant le {}",
            "Bloquez dès maintenant les dates du samedi 27 au lundi 29 mars 2027",
        ),
        ("Jusqu’au {}", "Jusqu’au lundi 29 mars 2027"),
        ("avant le {}", "avant le samedi 27 mars 2027"),
        ("reportée au {}", "reportée à la période du samedi 27 au lundi 29 mars 2027"),
        ("Le **{}**, venez", "**Du samedi 27 au lundi 29 mars 2027**, venez"),
        ("réunis\nle {}", "réunis\ndu samedi 27 au lundi 29 mars 2027"),
        ("Ensemble le\n{}", "Ensemble \ndu samedi 27 au lundi 29 mars 2027"),
        ("Invitation – {}", "Invitation – du samedi 27 au lundi 29 mars 2027"),
    ],
)
def test_french_sentences_for_one_day_fit_several(sentence, expected):
    assert corrected(sentence, "fr") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("On {}, more", "From Saturday 27 to Monday 29 March 2027, more"),
        ("Please save {}.", "Please save Saturday 27 to Monday 29 March 2027."),
        ("announced for {} will", "announced for Saturday 27 to Monday 29 March 2027 will"),
        ("between now and {}", "between now and Saturday 27 March 2027"),
        ("until {}", "until Monday 29 March 2027"),
        ("before {}", "before Saturday 27 March 2027"),
        ("After {},", "After Monday 29 March 2027,"),
        ("On **{}**, come", "**From Saturday 27 to Monday 29 March 2027**, come"),
    ],
)
def test_english_sentences_for_one_day_fit_several(sentence, expected):
    assert corrected(sentence, "en") == expected


@pytest.mark.parametrize("sentence", ["Le {}, nous", "Réservez le {}.", "avant le {}"])
def test_a_sentence_about_one_day_is_left_alone(sentence):
    event = an_event(ends_at="2027-03-27 17:00")

    assert corrected(sentence, "fr", event) == sentence.format("samedi 27 mars 2027")


def test_other_dates_in_the_text_are_left_alone():
    assert corrected("Le samedi 27 mars 2027, {}", "fr").startswith("Le samedi 27 mars 2027, du")
