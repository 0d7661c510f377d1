"""Slips that a desk editor sees at once: what is found, and what is left alone."""

import pytest

from mailer.checks import run_checks
from mailer.model.campaigns.campaign import AccreditationRules, CampaignKind
from mailer.model.drafts.finding import Severity
from tests.counterparts.drafts import a_draft, a_step, an_event


def found_in(text, *, language="fr", **changes):
    """The names of the checks that find something, but for those of other subjects."""
    draft = a_draft(a_step(text=text, language=language), language=language, **changes)
    return {finding.check for finding in run_checks(draft)} & SLIPS


SLIPS = {
    "doubled-word", "missing-blank", "word-cut", "paragraph-cut", "headline-too-long",
    "kind-in-headline", "shortened-link", "announced-too-late",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("L’institut a a présenté ses travaux.", set()),  # one letter is no word
        ("Le le directeur parlera.", {"doubled-word"}),
        ("Une étude de\nde grande taille.", {"doubled-word"}),
        ("The the team will speak.", {"doubled-word"}),
        ("Nous nous réunirons.", set()),
        ("What we had had was luck.", set()),
        ("Une mission à Bora Bora.", set()),
        ("La rose Rose de Noël.", set()),
        ("Un titre\n\nTitre de la suite.", set()),
        ("LE LE CONGRÈS.", {"doubled-word"}),
        ("Les personnes, personnes âgées comprises.", set()),
        ("Un vis-à-vis vis sans fin.", set()),
        ("Le colloque.Il aura lieu.", {"missing-blank"}),
        ("Malades,proches et soignants.", {"missing-blank"}),
        ("Le colloque a lieu le 30 juin2027.", {"missing-blank"}),
        ("Venez !Nous vous attendons.", set()),  # the sign stands alone: typography mends it
        ("Vous viendrez?Nous aussi.", {"missing-blank"}),
        ("Un taux de 3,5 % (p.ex. en 2017).", set()),
        ("Les chercheur.e.s et les invité.es.", set()),
        ("Écrire à presse@institut.example, www.Institut.example.", set()),
        ("M.Dupont parlera.", set()),  # an initial
        ("Un recher- che en cours.", {"word-cut"}),
        ("Un pro-\ngramme national.", {"word-cut"}),
        ("Les pré- et post-tests.", set()),
        ("La moyenne- ou longue durée.", set()),
        ("Un rendez-vous national.", set()),
        ("Une étude – la première – de ce genre.", set()),
        ("La recherche\n\navance vite.", {"paragraph-cut"}),
        ("Les malades, les proches,\n\nles soignants.", {"paragraph-cut"}),
        ("La recherche avance.\n\n« oui », dit-il.", set()),
        ("Au programme :\n\n- trois débats\n\n- un film", set()),
        ("## Un intertitre\n\niPhone en main.", set()),
        ("Bonjour Madame,\n\nNous vous invitons.", set()),
        ("[Le programme](https://bit.ly/3xYz)", {"shortened-link"}),
        ("[Le programme](https://www.tinyurl.com/abc)", {"shortened-link"}),
        ("[Le programme](https://bit.ly.institut.example/abc)", set()),
    ],
)
def test_the_words_of_a_text(words, expected):
    assert found_in(f"# Titre\n\n{words}\n") == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Communiqué de presse : un vaccin", {"kind-in-headline"}),
        ("INVITATION PRESSE Un vaccin", {"kind-in-headline"}),
        ("Press release – A vaccine", {"kind-in-headline"}),
        ("CP_Un vaccin contre le paludisme", {"kind-in-headline"}),
        ("MEDIA ADVISORY/A vaccine against malaria", {"kind-in-headline"}),
        ("Les invitations à la presse changent", set()),
        ("Un vaccin contre " + "le paludisme et " * 8 + "rien", {"headline-too-long"}),
        ("Un vaccin", set()),
    ],
)
def test_a_headline(headline, expected):
    assert found_in(f"# {headline}\n\nDu texte.\n") == expected


@pytest.mark.parametrize(
    ("kind", "send", "expected"),
    [
        (CampaignKind.ADVISORY, "J-5 09:30", set()),
        (CampaignKind.ADVISORY, "J-1 09:30", {"announced-too-late"}),
        (CampaignKind.ADVISORY, "J-3 09:30", {"announced-too-late"}),
        (CampaignKind.SAVE_THE_DATE, "J-10 09:30", {"announced-too-late"}),
        (CampaignKind.SAVE_THE_DATE, "J-21 09:30", set()),
        (CampaignKind.PRESS_RELEASE, "J-1 09:30", set()),
    ],
)
def test_what_leaves_too_shortly_before_an_event_is_said(kind, send, expected):
    rules = AccreditationRules(required=kind is not CampaignKind.PRESS_RELEASE)
    draft = a_draft(a_step(send=send), kind=kind, accreditation=rules)

    assert {finding.check for finding in run_checks(draft)} & SLIPS == expected


def test_a_release_that_invites_journalists_does_not_leave_on_the_eve():
    text = "# Du sel\n\nLe marais ouvre le 9 décembre 2017. La presse est invitée à le voir.\n"
    draft = a_draft(a_step(send="J-1 09:30", text=text), kind=CampaignKind.PRESS_RELEASE)

    found = [each for each in run_checks(draft) if each.check == "announced-too-late"]
    assert [each.severity for each in found] == [Severity.NOTE]


def test_a_slip_is_found_in_the_facts_and_the_subject_too():
    draft = a_draft(event=an_event(venue="Salle Salle des congrès des des villes"))

    assert [it.check for it in run_checks(draft) if it.check in SLIPS] == ["doubled-word"]
