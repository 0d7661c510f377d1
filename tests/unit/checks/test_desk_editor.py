"""What a desk editor sees, and what a careful one leaves alone."""

from dataclasses import replace

import pytest

from mailer.checks import run_checks
from mailer.model.campaigns.campaign import (
    Attachment,
    CampaignKind,
    Link,
    Partner,
    PartnerTier,
    PressContact,
)
from mailer.model.campaigns.fact_to_confirm import FactToConfirm
from mailer.model.drafts.finding import Severity
from mailer.model.mailings.message import Hole
from tests.counterparts.drafts import (
    LETTERHEAD,
    MAIN,
    OFFICE,
    a_contact,
    a_draft,
    a_message,
    a_step,
    an_accreditation,
    an_audience,
    an_event,
)
from tests.unit.checks.correct_releases import RELEASES

DESK = PressContact("Claire Delmas", phone="01 99 00 12 34")
LEAD = "Le {{ event.date }}, l’Institut réunit à l’Académie"


def found(name, draft):
    return [str(each.what) for each in run_checks(draft) if each.check == name]


@pytest.mark.parametrize("correct", RELEASES, ids=lambda each: each.name)
def test_a_correct_release_has_no_finding_that_blocks_or_warns(correct):
    step = a_step(
        text=correct.text,
        language=correct.language,
        subject=correct.text.partition("\n")[0][2:][:68],
        send="2017-12-04 09:30",
    )
    changes = {"event": None, **correct.changes}
    changes.setdefault(
        "accreditation", an_accreditation(required=False, deadline=None, addresses=())
    )
    draft = a_draft(step, language=correct.language, kind=correct.kind, **changes)

    assert [
        (each.check, str(each.what)) for each in run_checks(draft) if each.severity != Severity.NOTE
    ] == []


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"address": ""}, True),
        ({"address": "75006 Paris"}, True),
        ({"address": "Paris"}, True),
        ({"address": "Faculté de médecine, Lyon"}, True),
        ({"address": "23 quai de Conti, 75006 Paris"}, False),
        ({"address": "Cours des Maréchaux, Vincennes"}, False),
        ({"address": "Unter den Linden 6, Berlin"}, False),
        ({"address": "", "venue": "en visioconférence"}, False),
        ({"address": "", "access": "Entrée au 12 rue des Lilas"}, False),
    ],
)
def test_an_event_that_people_come_to_has_a_street(event, expected):
    assert bool(found("no-street-address", a_draft(event=an_event(**event)))) is expected


@pytest.mark.parametrize(
    ("on", "contact", "text", "expected"),
    [
        ("2017-12-09 09:30", DESK, LEAD, True),  # a Saturday
        ("2017-12-25 09:30", DESK, LEAD, True),  # Christmas, a Monday
        ("2017-12-08 09:30", DESK, LEAD, False),
        ("2017-12-09 09:30", replace(DESK, mobile="06 39 98 12 34"), LEAD, False),
        ("2017-12-09 09:30", replace(DESK, phone="06 39 98 12 34"), LEAD, False),
        ("2017-12-09 09:30", replace(DESK, phone="+44 1632 960 123"), LEAD, True),
        ("2017-12-09 09:30", replace(DESK, phone="+44 (0)20 7946 0123"), LEAD, True),
        ("2017-12-09 09:30", replace(DESK, phone="+44 7700 900123"), LEAD, False),
        ("2017-12-09 09:30", replace(DESK, phone="07700 900123"), LEAD, False),
        ("2017-12-09 09:30", replace(DESK, phone="0033 1 99 00 12 34"), LEAD, True),
        ("2017-12-09 09:30", replace(DESK, phone="+32 470 12 34 56"), LEAD, False),
        ("2017-12-26 09:30", replace(DESK, phone="020 7946 0123"), LEAD, True),
        ("2017-12-26 09:30", DESK, LEAD, False),  # a Tuesday, on which France works
        ("2017-08-28 09:30", replace(DESK, phone="+44 20 7946 0123"), LEAD, True),
        ("2017-11-01 09:30", replace(DESK, phone="+44 20 7946 0123"), LEAD, False),
        ("2023-01-02 09:30", replace(DESK, phone="+44 20 7946 0123"), LEAD, True),
        ("2017-12-09 09:30", DESK, "Claire Delmas est joignable samedi dès 8 h.", False),
        ("2017-12-09 09:30", DESK, "L’attachée d’astreinte répond.", False),
    ],
)
def test_somebody_answers_on_a_day_off(on, contact, text, expected):
    draft = a_draft(a_step(text=text), event=an_event(on), press_contacts=(contact,))

    assert bool(found("nobody-on-the-day", draft)) is expected


@pytest.mark.parametrize(
    ("tier", "organisation", "expected"),
    [
        (PartnerTier.ORGANISER, "Institut", Severity.WARNING),
        (PartnerTier.PARTNER, "Institut", Severity.NOTE),
        (PartnerTier.ORGANISER, "Académie de la mer", None),
        (PartnerTier.PARTNER, "académie de la Mer (Brest)", None),
        (PartnerTier.MEDIA, "Institut", None),
    ],
)
def test_a_partner_names_somebody_to_call(tier, organisation, expected):
    draft = a_draft(
        partners=(Partner("Académie de la mer", tier=tier),),
        press_contacts=(replace(DESK, organisation=organisation),),
    )

    severities = [it.severity for it in run_checks(draft) if it.check == "partner-without-contact"]
    assert severities == ([expected] if expected else [])


TWO_STEPS = [
    ("edition-differs", "la 7e rencontre", "la 8e rencontre", True),
    ("edition-differs", "la 7e rencontre", "la 7ème rencontre", False),
    ("edition-differs", "la 7e rencontre", "après la 6e rencontre, la 7e rencontre", False),
    ("edition-differs", "la 7e rencontre", "la 2e journée", False),
    ("edition-differs", "the 7th meeting", "the 8th meeting", True),
    ("figure-differs", "120 responsables", "130 responsables", True),
    ("figure-differs", "1 200 lettres", "1 300 lettres", True),
    ("figure-differs", "plus de 500 associations", "plus de 500 associations", False),
    ("figure-differs", "120 responsables", "« 130 responsables », dit-il,", False),
    ("figure-differs", "120 minutes", "90 minutes", False),
    ("figure-differs", "120 responsables", "120 responsables, contre 90 responsables avant", False),
]


@pytest.mark.parametrize(("check", "one", "other", "expected"), TWO_STEPS)
def test_steps_agree_with_each_other(check, one, other, expected):
    steps = (
        a_step(text=f"{LEAD} {one}.\n"),
        a_step("again", "J-2 09:30", text=f"{LEAD} {other}.\n"),
    )

    assert bool(found(check, a_draft(*steps))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’Académie de médecine", True),
        ("l’Académie nationale de la médecine", True),
        ("l’Academie nationale de médcine", True),
        ("Recherche & Association de malades", True),
        ("Recherches et associations de malades", True),
        ("l’Académie nationale de médecine", False),
        ("l’Académie des sciences", False),
        ("« Recherche et Associations de malades »", False),
        ("« Vive l’Académie de médecine », dit-il", False),
        ("Recherche & Associations, le colloque", False),
        ("l’ANM", False),
    ],
)
def test_one_body_has_one_name(text, expected):
    draft = a_draft(
        a_step(text=f"{LEAD} {text}.\n"),
        event=replace(an_event(), name="Recherche & Associations de malades"),
        partners=(Partner("Académie nationale de médecine"), Partner("Académie des sciences")),
    )

    assert bool(found("name-written-otherwise", draft)) is expected


def test_a_short_form_that_the_file_allows_is_right():
    draft = a_draft(
        a_step(text=f"{LEAD} l’Académie de médecine.\n"),
        partners=(Partner("Académie nationale de médecine"),),
        short_names=("Académie de médecine",),
    )

    assert found("name-written-otherwise", draft) == []


@pytest.mark.parametrize(
    ("lead", "missing"),
    [
        (f"{LEAD} des chercheurs.", ""),
        ("Le 9 décembre 2017, l’Institut parle à l’Académie.", ""),
        ("L’Institut parle à l’Académie.", "when"),
        ("Le {{ event.date }}, un colloque de l’Institut.", "where"),
        ("Un grand colloque se prépare.", "who; when; where"),
    ],
)
def test_the_lead_says_who_when_and_where(lead, missing):
    said = found("lead-incomplete", a_draft(a_step(text=f"# Titre\n\n{lead}\n")))

    assert said == ([f"The lead does not say {missing}."] if missing else [])


@pytest.mark.parametrize(
    ("above", "missing"),
    [
        ("Conférence de presse le samedi 9 décembre 2017 à 9 h 30", False),
        ("Paris, le 4 décembre 2017", True),
    ],
)
def test_a_line_above_the_lead_says_the_day_of_the_event(above, missing):
    text = f"# Titre\n\n{above}\n\nL’Institut et l’Académie présentent à Paris leurs résultats.\n"
    said = found("lead-incomplete", a_draft(a_step(text=text)))

    assert said == (["The lead does not say when."] if missing else [])


def test_a_correction_is_asked_for_no_lead():
    text = "# Titre\n\nL’heure est corrigée.\n"
    draft = a_draft(a_step(text=text, kind=CampaignKind.CORRECTION))

    assert found("lead-incomplete", draft) == []


def test_facts_that_nobody_confirmed_are_one_finding():
    read = (("event.starts_at", "mardi"), ("event.venue", "ici"), ("event.address", "ici"))
    draft = a_draft(to_confirm=tuple(FactToConfirm(*each) for each in read))

    assert found("fact-to-confirm", draft) == [
        "2 facts come from a document or an old campaign, and nobody has confirmed them: “mardi”; “ici”"
    ]


def test_what_is_to_be_confirmed_is_told_once():
    draft = a_draft(a_step(text="# Titre\n\nÀ 14 h (à confirmer), à Lyon.\n"))

    assert len(found("unresolved-placeholder", draft)) == 1
    assert found("note-to-colleague", draft) == []


def test_two_names_that_may_be_two_people_have_no_two_functions():
    text = "# Titre\n\nTout va bien, dit Paul Rey, directeur. Merci, dit Paul Ray, président.\n"
    draft = a_draft(a_step(text=text))

    assert len(found("person-named-otherwise", draft)) == 1
    assert found("person-in-two-functions", draft) == []


@pytest.mark.parametrize(("name", "asked"), [("Anne Le Bel", True), ("Anna Bel", False)])
def test_press_contacts_have_one_name_each(name, asked):
    draft = a_draft(press_contacts=(PressContact("Anne Lebel"), PressContact(name)))

    assert bool(found("person-named-otherwise", draft)) is asked


def test_ages_are_no_numbers_that_account_for_another():
    text = "# Un essai chez 240 volontaires\n\n240 volontaires de 18 à 65 ans sont suivis dans 4 centres.\n\nCela protège 62 % des 260 volontaires.\n"

    assert found("figures-disagree", a_draft(a_step(text=text))) == [
        "260 volontaires here, and 240 before."
    ]


@pytest.mark.parametrize(
    ("language", "lead", "expected"),
    [
        ("fr", "Il est temps de voir les choses autrement.", True),
        ("fr", "Leeds, le 2 mars 2017\n\nC’est un moment que tout le monde attend.", True),
        ("fr", "Brest, le 2 mars 2017 – L’avenir commence maintenant, pour nous tous.", True),
        ("fr", "COMMUNIQUÉ DE PRESSE\n\nUne aventure pleine de promesses commence.", True),
        ("en", "It is time to see things in a new way.", True),
        ("en", "This is the moment that everybody has been waiting for.", True),
        ("fr", "L’université présente un capteur.", False),
        ("fr", "Le musée rouvre ses portes.", False),
        ("fr", "Brest, le 2 mars 2017\n\nUne équipe de Brest a mis au point un capteur.", False),
        ("fr", "Une équipe publie le 2 mars 2017 une carte du sel.", False),
        ("fr", "Plus de 300 bénévoles nettoient les plages.", False),
        ("en", "The museum opens its doors again.", False),
        ("en", "A team from Ashford has made a sensor.", False),
    ],
)
def test_the_lead_of_a_release_says_something(language, lead, expected):
    draft = a_draft(
        a_step(
            text=f"# A title\n\n{lead}\n\nMore words.\n", language=language, send="2017-12-04 09:30"
        ),
        language=language,
        kind=CampaignKind.PRESS_RELEASE,
        event=None,
    )

    assert bool(found("lead-incomplete", draft)) is expected


def test_an_institution_is_who_does_something():
    said = found("lead-incomplete", a_draft(a_step(text="# Titre\n\nL’université parle.\n")))

    assert said == ["The lead does not say when; where."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mot " * 210, True),
        ("mot " * 190, False),
        ("mot " * 150 + "\n\n## Suite\n\n" + "mot " * 150, False),
    ],
)
def test_the_first_screen_has_200_words(text, expected):
    assert (
        bool(found("first-screen-too-long", a_draft(a_step(text=f"# T\n\n{text}\n")))) is expected
    )


HARD = "Les responsabilités institutionnelles contractuellement réaffirmées nécessitent une concertation. "


@pytest.mark.parametrize(
    ("text", "expected"), [(HARD * 6, True), ("Il fait beau ici. " * 6, False)]
)
def test_a_text_is_not_hard_to_read(text, expected):
    assert bool(found("hard-to-read", a_draft(a_step(text=text)))) is expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://www.ailleurs.example/x", True),
        ("https://institut.example.ailleurs.test/x", True),
        ("https://presse.institut.example/x", False),
        ("https://www.academie.example/x", False),
        ("https://doi.org/10.1000/x", False),
        ("mailto:x@ailleurs.example", False),
    ],
)
def test_a_link_leads_to_a_site_of_those_who_sign(target, expected):
    ours = (Link("Programme", "https://www.academie.example/"),)
    draft = a_draft(a_step(text=f"{LEAD} [le programme]({target}).\n"), links=ours)

    assert bool(found("foreign-domain", draft)) is expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.4\n1 0 obj <</XObject /Im0>> endobj", True),
        (b"%PDF-1.4\nstream\nnot packed\nendstream", True),
        (b"%PDF-1.4\n1 0 obj <</Font <</F1 2 0 R>>>> endobj", False),
        (b"GIF89a", False),
    ],
)
def test_an_attached_pdf_has_text(content, expected):
    draft = a_draft(
        attachments=(Attachment("dossier.pdf", "Dossier"),), files={"dossier.pdf": content}
    )

    assert bool(found("pdf-without-text", draft)) is expected


def test_the_largest_personalised_message_is_weighed():
    message = replace(a_message(), html=("x" * 79_990, Hole("recipient.name")))
    short, long = a_contact(1), replace(a_contact(2), last_name="y" * 40)

    def weighed(contact):
        audiences = {"announcement": an_audience(contact)}
        return found(
            "html-too-heavy",
            a_draft(a_step(), messages={("announcement", MAIN): message}, audiences=audiences),
        )

    assert weighed(replace(short, last_name="y")) == []
    assert len(weighed(long)) == 1


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("no-privacy-notice", {"office": replace(OFFICE, privacy_url="")}),
        (
            "sender-not-aligned",
            {"letterhead": replace(LETTERHEAD, return_path_domain="retours.autre.example")},
        ),
        ("deadline-proposed", {"accreditation": an_accreditation(deadline_proposed=True)}),
    ],
)
def test_what_an_office_has_left_open_is_said(name, changes):
    aligned = replace(LETTERHEAD, return_path_domain="retours.institut.example")

    assert len(found(name, a_draft(**changes))) == 1
    assert found(name, a_draft(letterhead=aligned)) == []


@pytest.mark.parametrize(("length", "expected"), [(150, True), (100, False)])
def test_a_preheader_is_shown(length, expected):
    draft = a_draft(a_step(preheader="x" * length))

    assert bool(found("preheader-too-long", draft)) is expected


def test_a_follow_up_needs_neither_a_street_nor_somebody_on_call():
    draft = a_draft(event=an_event(address=""), kind=CampaignKind.FOLLOW_UP, press_contacts=(DESK,))

    assert found("no-street-address", draft) + found("nobody-on-the-day", draft) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Recherche & associations réunit", True),
        ("Récherche & Associations réunit", True),
        ("Recherche & Associations réunit", False),
        ("RECHERCHE & ASSOCIATIONS réunit", False),
    ],
)
def test_an_official_name_has_its_capitals_and_accents(words, expected):
    draft = a_draft(a_step(text=f"# Titre\n\n{words}.\n"))

    assert bool(found("name-written-otherwise", draft)) is expected


def test_a_short_form_that_is_allowed_has_its_own_capitals():
    step = a_step(text="# Titre\n\nRecherche & associations réunit.\n")
    draft = a_draft(step, short_names=("Recherche & associations",))

    assert found("name-written-otherwise", draft) == []
