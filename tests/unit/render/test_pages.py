"""The gate of every page that ships: each language, each look."""

import re
from dataclasses import replace

import pytest

from mailer.errors import ContentError
from mailer.look.image_files import size_in_pixels
from mailer.model.campaigns.campaign import CampaignKind, Correction
from mailer.render.template_pages import pages_in
from tests.counterparts.accessibility import faults
from tests.counterparts.pages import (
    LANGUAGES,
    OFFICE,
    SCENES,
    THEMES,
    URL,
    compiled,
    html_of,
    text_of,
)
from tests.counterparts.rich_pages import RICH

every_page = pytest.mark.parametrize("scene", SCENES, ids=str)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_look = pytest.mark.parametrize("theme", THEMES)
GMAIL_CUTS_AT = 100_000
NAMED = {str(scene): scene for scene in SCENES}


def plain(html):
    """What stands in the HTML for a reader: no style, no comment, no hidden preheader."""
    html = re.sub(r"<!--.*?-->|<style.*?</style>|<title.*?</title>", " ", html, flags=re.DOTALL)
    html = re.sub(r'<div class="preheader".*?</div>', " ", html, flags=re.DOTALL)
    html = re.sub(r"<[^>]+>", " ", html).replace("&amp;", "&")
    return " ".join(html.replace("\u00a0", " ").split())


def flat(text):
    return " ".join(text.replace("\u00a0", " ").split())


@every_page
@every_language
@every_look
def test_every_page_is_accessible_by_construction(scene, language, theme):
    assert faults(html_of(compiled(scene, language=language, theme=theme, logos=True))) == []


@pytest.mark.parametrize("scene", [*SCENES, *RICH], ids=str)
@every_language
def test_13_no_page_is_as_long_as_what_gmail_cuts(scene, language):
    for theme in THEMES:
        message = compiled(scene, language=language, theme=theme, logos=True)
        assert len(html_of(message).encode()) < GMAIL_CUTS_AT


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((' dir="ltr"', ""), "html has no lang or dir"),
        (("<h1", "<h2"), "not one h1"),
        (("<h2", "<h4"), "headings skip a level"),
        ((' role="presentation"', ""), "neither layout nor data"),
        ((' scope="row"', ""), "neither layout nor data"),
        ((' alt=""', ""), "an image without alt"),
        (("Salle de presse de l’Inserm", ""), "a link without text"),
        (("Salle de presse de l’Inserm", "Cliquez ici"), "a vague link"),
        (("https://presse.institut.example/", "#"), "leads nowhere safe"),
        (("Salle de presse de l’Inserm", "Le programme de la journée"), "several targets"),
        (("font-size:16px", "font-size:11px"), "letters of 11"),
        (("text-align:left", "text-align:justify"), "justified"),
        (("<style", "<style>@media x { @supports y { a { b: c } } }</style><style"), "at-rule"),
        (("<![endif]-->", ""), "not closed"),
        (("</title>", "</title><style>@import 'x';</style>"), "fetched"),
    ],
)
def test_the_gate_sees_what_is_broken(change, fault):
    good = html_of(compiled(NAMED["announcement"], logos=True))
    assert change[0] in good

    assert any(fault in it for it in faults(good.replace(*change)))


@every_page
@every_language
def test_both_parts_tell_the_same_facts(scene, language):
    message = compiled(scene, language=language)
    html, text = plain(html_of(message)), flat(text_of(message))

    for fact in (OFFICE.name, OFFICE.postal_address, "Claire Delmas", "06 39 98 12 34"):
        assert fact in html
        assert fact in text
    links = set(re.findall(r'href="(https:[^"]+)"', html_of(message)))
    assert URL in links
    assert {link for link in links if link not in text} == set()


@every_page
def test_lines_of_plain_text_leave_room_for_a_reply(scene):
    text = text_of(compiled(scene, language="fr"))

    assert [line for line in text.split("\n") if len(line) > 78 and "://" not in line] == []
    assert "\n\n\n" not in text


@every_look
def test_every_page_of_the_template_has_a_scene(press, theme):
    assert set(pages_in(press.template(theme=theme))) == {scene.page for scene in SCENES}


def test_a_step_is_written_on_the_page_of_its_name():
    assert plain(html_of(compiled(NAMED["morning"]))).count("Claire Delmas") > 1
    assert 'href="tel:+33639981234"' in html_of(compiled(NAMED["morning"]))


def test_a_step_may_name_its_page(press):
    message = press.compiled(step=press.step(id="relance", template="reminder"))
    html = "".join(it for it in message.html if isinstance(it, str))

    assert html.index("presse@institut.example") < html.index("23\u00a0quai de l’Exemple")


def test_a_page_that_is_not_there_names_the_nearest(press):
    with pytest.raises(ContentError) as refused:
        press.compiled(step=press.step(template="remindr"))

    problem = refused.value.problems[0]
    assert problem.where.line == 30
    assert "reminder" in str(problem.remedy)


def test_a_correction_shows_old_and_new_in_both_parts():
    message = compiled(NAMED["correction"], language="en")
    html, text = plain(html_of(message)), flat(text_of(message))

    assert "Before: 10:00 am" in html
    assert "Now: from 9:30 am to 5:00 pm" in html
    assert "Before: 10:00 am Now: from 9:30 am to 5:00 pm" in text
    assert html.index("Thursday 7 December 2017 at 6:00 pm") < html.index("Friday 8 December 2017")


def test_old_values_are_said_in_the_language_of_the_version():
    assert "jeudi 7 décembre 2017 à 18 h" in flat(text_of(compiled(NAMED["correction"])))


def test_a_correction_of_the_authors_own_needs_no_known_fact(press):
    campaign = press.campaign(corrections=(Correction("Salle", "bleue", "verte"),))

    message = press.compiled(campaign=campaign, step=press.step(kind=CampaignKind.CORRECTION))

    html = "".join(it for it in message.html if isinstance(it, str))
    assert "<s>bleue</s>" in html
    assert "verte" in html


@pytest.mark.parametrize(
    ("kind", "subject", "expected"),
    [
        (CampaignKind.CANCELLATION, "La rencontre", "CANCELLED – La rencontre"),
        (CampaignKind.CANCELLATION, "Cancelled – the meeting", "Cancelled – the meeting"),
        (CampaignKind.POSTPONEMENT, "La rencontre", "POSTPONED – La rencontre"),
        (CampaignKind.CORRECTION, "La rencontre", "CORRECTION – La rencontre"),
        (CampaignKind.ADVISORY, "La rencontre", "La rencontre"),
    ],
)
def test_the_subject_begins_with_what_a_newsroom_must_see(press, kind, subject, expected):
    message = press.compiled(step=press.step(kind=kind, subject=subject))

    assert "".join(message.subject) == expected


@every_language
def test_what_is_cancelled_is_not_announced(language):
    html = html_of(compiled(NAMED["cancellation"], language=language))

    assert "2017</s>" in html
    assert "presse@institut.example" not in html  # nobody asks for accreditation any more
    assert 'href="tel:+33639981234"' in html


def test_a_postponed_event_stands_at_its_new_date_or_at_none():
    dated, undated = (
        plain(html_of(compiled(NAMED[name], language="en")))
        for name in ("postponement", "postponement-undated")
    )

    assert "Saturday 13 January 2018" in dated
    assert "presse@institut.example" in dated
    assert "presse@institut.example" not in undated
    assert "<s>Saturday 9\u00a0December\u00a02017</s>" in html_of(
        compiled(NAMED["postponement-undated"], language="en")
    )


def test_partners_logos_stand_in_the_order_of_the_file():
    message = compiled(NAMED["announcement"], logos=True)
    files = {it.content_id: it.filename for it in message.embedded}

    shown = [files[it] for it in re.findall(r'src="cid:([^"]+)"', html_of(message))]

    assert shown == ["classic.png", "clear.png", "classic.png"]  # ours, then the partners'
    assert len(message.embedded) == 2


@pytest.mark.parametrize(("language", "label"), [("fr", "Rappel"), ("en", "Reminder")])
def test_what_recipients_get_again_is_called_as_they_call_it(language, label):
    html = plain(html_of(compiled(NAMED["reminder"], language=language)))

    assert f" {label} " in html
    assert "Relance" not in html


def test_a_version_in_english_says_roles_and_links_in_english():
    html = plain(html_of(compiled(NAMED["announcement"], language="en")))

    for words in ("head of press", "partner and host of the meeting", "Inserm press room"):
        assert words in html
    assert "partenaire de la rencontre" not in html


def test_a_logo_that_is_no_image_is_refused_with_its_line(press):
    campaign = press.campaign()
    partner = replace(campaign.partners[0], logo="logo.svg")
    campaign = replace(campaign, partners=(partner,), files={"logo.svg": b"<svg/>"})

    with pytest.raises(ContentError) as refused:
        press.compiled(campaign=replace(campaign, lines={"partners.0.logo": 12}))

    assert refused.value.problems[0].where.line == 12


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"GIF89a\x20\x00\x10\x00", (32, 16)),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x03", (32, 16)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0\xff", None),
        (b"<svg/>", None),
        (b"", None),
    ],
)
def test_the_size_of_an_image_is_read_from_its_head(content, size):
    assert size_in_pixels(content) == size
