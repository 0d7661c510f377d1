"""How a person is addressed."""

import pytest

from mailer.model.campaigns.campaign import VariantKey
from mailer.render.facts.recipient import merge_fields
from mailer.render.jinja.recipient_fields import LINK_NAMES, RECIPIENT_NAMES


def merged(contact, language="fr"):
    return merge_fields(
        contact, variant=VariantKey("", language), default_language="fr", list_label="presse"
    )


@pytest.mark.parametrize(
    ("changes", "language", "salutation"),
    [
        ({}, "fr", "Bonjour Madame Durand"),
        ({"civility": "mme."}, "fr", "Bonjour Madame Durand"),
        ({"civility": "Pr"}, "fr", "Bonjour Professeur Durand"),
        ({"civility": "Mr"}, "en", "Dear Mr Durand"),
        ({"civility": ""}, "fr", "Bonjour Anne Durand"),
        ({"civility": "X"}, "fr", "Bonjour Anne Durand"),
        ({"civility": "", "first_name": ""}, "fr", "Bonjour"),
        ({"last_name": ""}, "fr", "Bonjour"),
        ({"is_generic": True}, "fr", "Bonjour"),
        ({"is_generic": True}, "en", "Hello"),
        ({"last_name": "  "}, "en", "Hello"),
        ({"last_name": "du\n Pont"}, "fr", "Bonjour Madame du Pont"),
        ({}, "nl", "Anne Durand"),
    ],
)
def test_a_salutation_is_never_half_filled(press, changes, language, salutation):
    contact = press.contact(**changes)

    assert merged(contact, language)["salutation"] == salutation


def test_every_name_authors_may_use_is_filled(press):
    assert set(merged(press.contact())) == RECIPIENT_NAMES - LINK_NAMES


def test_notes_are_left_out(press):
    assert "mucoviscidose" not in str(merged(press.contact()))
