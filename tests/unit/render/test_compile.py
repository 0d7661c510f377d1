"""The example, from Markdown to a compiled message: anatomy, languages, audiences, errors."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from mailer.errors import ContentError
from mailer.model.campaigns.campaign import (
    AccreditationRules,
    Attachment,
    CampaignKind,
    Embargo,
    VariantKey,
)
from mailer.model.mailings.message import Hole
from mailer.render.fingerprint import content_hash
from mailer.render.personalise import fill
from tests.unit.render.test_blocks import png as a_png

NBSP = "\u00a0"
ASSOCIATIONS = VariantKey("associations", "fr")


def html_of(press, message=None, **fields):
    return fill((message or press.compiled()).html, press.fields(**fields))


def text_of(press, message=None, **fields):
    return fill((message or press.compiled()).text, press.fields(**fields))


def words_of(html):
    """What is left when images, tags and the hidden preheader are gone."""
    seen = []

    class Reader(HTMLParser):
        silent = ""

        def handle_starttag(self, tag, attrs):
            if tag in {"style", "title"} or ("class", "preheader") in attrs:
                self.silent = tag

        def handle_endtag(self, tag):
            if tag == self.silent:
                self.silent = ""

        def handle_data(self, data):
            if not self.silent:
                seen.append(data)

    Reader().feed(html.replace("<wbr>", ""))  # where an address may go on in the next line
    return " ".join(" ".join(seen).replace(NBSP, " ").split())


def in_order(text, *parts):
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


ANATOMY = (
    "Bonjour Madame Durand",
    "Information presse",
    "Paris, lundi 4 décembre 2017",
    "sept éditions de dialogue",
    "Plus de 120 représentants",
    "de 9 h 30 à 17 h",
    "Académie des sciences, grande salle",
    "vendredi 8 décembre 2017 à 12 h",
    "presse@institut.example",
    "Quand les malades deviennent partenaires",
    "Partenaires",
    "Programme de la journée",
    "Claire Lemoine",
    "claire.lemoine@institut.example",
    "01 99 00 12 34",
    "Salle de presse de l’Institut",
    "101 rue de l’Exemple",
    "Vous recevez ce message",
    "Ne plus recevoir ces messages",
)


def test_the_html_has_the_french_anatomy_in_its_order(press):
    assert in_order(words_of(html_of(press)), *ANATOMY)


def test_the_text_has_the_same_facts_in_the_same_order(press):
    text = " ".join(text_of(press).replace(NBSP, " ").split())

    assert in_order(text.casefold(), *(part.casefold() for part in ANATOMY))


def test_every_link_of_the_html_is_in_the_text(press):
    links = re.findall(r'href="(https?:[^"]+)"', html_of(press))

    text = text_of(press)

    assert len(links) > 8
    assert [link for link in links if link not in text] == []


def test_lines_of_the_text_stay_below_78_columns(press):
    long = [line for line in text_of(press).split("\n") if len(line) > 78 and " " in line.strip()]

    assert long == []


def test_a_day_keeps_with_its_month_and_an_hour_with_its_minutes(press):
    assert f"samedi 9{NBSP}décembre\u00a02017" in html_of(press)
    assert f"9{NBSP}h{NBSP}30" in html_of(press)


def test_the_named_contact_can_be_called_from_a_telephone(press):
    assert 'href="tel:+33199001234"' in html_of(press)


def test_associations_get_no_accreditation_block(press):
    message = press.compiled(variant=ASSOCIATIONS)

    for part in (html_of(press, message), text_of(press, message)):
        assert "ccréditation est obligatoire" not in part
        assert "Répondre à l’invitation" not in part
    assert "Information presse" not in html_of(press, message)


def test_missing_parts_leave_no_heading(press):
    bare = replace(
        press.campaign(),
        event=None,
        accreditation=AccreditationRules(),
        press_contacts=(),
        partners=(),
        links=(),
    )
    message = press.compiled(
        campaign=bare,
        step=press.step(subject="Bonjour", preheader=""),
        content=press.content("# Titre\n\nUn chapô."),
    )

    assert re.findall(r"<h[2-6]", html_of(press, message)) == []
    headings = ("Partenaires", "Accréditation", "Contact", "Salle", "Pour en savoir", "Lieu")
    assert [word for word in headings if word in text_of(press, message)] == []


def test_an_event_whose_hour_is_not_known_yet_shows_its_day_alone(press):
    event = replace(press.campaign().event, has_hour=False)
    message = press.compiled(
        campaign=replace(press.campaign(), event=event),
        content=press.content("# Titre\n\nRéservez le {{ event.date }}."),
        step=press.step(subject="À noter", preheader=""),
    )

    for part in (html_of(press, message), text_of(press, message)):
        assert "samedi 9\u00a0décembre\u00a02017" in part
        assert "Horaires" not in part


def test_who_is_accredited_is_not_asked_to_ask_again(press):
    message = press.compiled(step=press.step(only=("accredited",)))

    assert "Répondre à l’invitation" not in html_of(press, message)


def test_after_the_deadline_nobody_is_asked_for_accreditation(press):
    message = press.compiled(planned_local=press.MONDAY + timedelta(days=5))

    assert "Répondre à l’invitation" not in html_of(press, message)


def test_after_the_event_there_is_no_practical_box(press):
    message = press.compiled(planned_local=press.MONDAY + timedelta(days=7))

    assert "Informations pratiques" not in html_of(press, message)


def test_13_an_embargo_stands_in_the_subject_above_and_below_in_the_words_of_its_zones(press):
    until = press.MONDAY + timedelta(hours=4, minutes=30)
    message = press.compiled(campaign=press.campaign(embargo=Embargo(until)))

    subject = fill(message.subject, {}).replace(NBSP, " ")
    assert subject.startswith("Embargo jusqu’au 4 déc. 2017, 14 h (heure de Paris, UTC+1) – ")
    words = (
        "Sous embargo jusqu’au lundi 4 décembre 2017 à 14 h, heure de Paris (UTC+1), soit 13 h UTC"
    )
    shown = " ".join(text_of(press, message).replace(NBSP, " ").split())
    assert shown.startswith(words)
    assert shown.count(words) == 2
    assert html_of(press, message).replace(NBSP, " ").count(words) == 2


def test_13_an_embargo_that_ends_on_another_day_in_london_says_both_days(press):
    until = press.MONDAY.replace(day=5, hour=0, minute=30)
    message = press.compiled(campaign=press.campaign(embargo=Embargo(until)))

    shown = " ".join(text_of(press, message).replace(NBSP, " ").split())
    assert "mardi 5 décembre 2017 à 0 h 30, heure de Paris (UTC+1)" in shown
    assert "soit lundi 4 décembre 2017 à 23 h 30 UTC" in shown


def test_a_lifted_embargo_leaves_no_trace(press):
    message = press.compiled(
        campaign=press.campaign(embargo=Embargo(press.MONDAY - timedelta(hours=1)))
    )

    assert "mbargo" not in html_of(press, message) + fill(message.subject, {})


def test_an_english_variant_says_its_dates_and_facts_in_english(press):
    content = press.content("# Meet\n\n{{ event.name }}, {{ event.date }}, {{ event.time }}.")

    message = press.compiled(variant=VariantKey("", "en"), content=content)
    html = html_of(press, message).replace(NBSP, " ")

    assert "Research &amp; Patient Associations, Saturday 9 December 2017, 9:30 am." in html
    assert '<html lang="en" dir="ltr"' in html


def test_the_document_is_accessible_in_its_structure(press):
    html = html_of(press)

    assert re.search(r'<html lang="fr" dir="ltr"', html)
    assert html.count("<h1") == 1
    assert "<title>Invitation presse – Recherche &amp; Associations de malades" in html
    visible = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    tables = re.findall(r"<table[^>]*>", visible)
    layout = [it for it in tables if 'role="presentation"' not in it]
    assert len(layout) == 1  # the practical facts, which are data
    assert re.findall(r"<img(?![^>]*alt=)", html) == []


def test_nothing_of_another_machine_is_named(press):
    html = html_of(press)

    remote = re.findall(r'(?:src|background)="(?!cid:)[^"]*"|@import[^;]*|url\([^)]*\)', html)
    assert remote == []
    assert "<link" not in html


def test_compiling_twice_gives_the_same_bytes(press):
    assert press.compiled() == press.compiled()


def test_the_hash_covers_every_field(press):
    message = press.compiled()
    changed = [
        replace(message, language="en"),
        replace(message, subject=("x",)),
        replace(message, preheader=("x",)),
        replace(message, html=(*message.html, "x")),
        replace(message, text=(*message.text, Hole("x"))),
    ]

    assert len({content_hash(one) for one in [message, *changed]}) == 6


def test_no_sentinel_is_left(press):
    message = press.compiled()

    parts = (message.html, message.text, message.subject, message.preheader)
    assert "zq" not in "".join(it for part in parts for it in part if isinstance(it, str))


def test_a_condition_on_the_recipient_is_decided_for_each_person(press):
    text = "# T\n\nA.\n\n{% if recipient.first_name %}\nMerci {{ recipient.first_name }}.\n{% else %}\nMerci.\n{% endif %}\n\nZ."
    message = press.compiled(content=press.content(text))

    assert "Merci Anne." in html_of(press, message, first_name="Anne")
    assert "<p>Merci.</p>" in re.sub(r' style="[^"]*"', "", html_of(press, message, first_name=""))
    assert "Merci Anne.\n\nZ." in text_of(press, message, first_name="Anne")
    assert "Merci.\n\nZ." in text_of(press, message, first_name="")


def test_the_recipient_may_stand_in_the_subject(press):
    message = press.compiled(step=press.step(subject="{{ recipient.first_name }}, invitation"))

    assert fill(message.subject, press.fields()) == "Anne, invitation"


def test_a_title_of_the_campaign_serves_when_the_text_has_no_headline(press):
    message = press.compiled(content=press.content("{{ recipient.salutation }},\n\nLe chapô."))

    html = re.sub(r' style="[^"]*"', "", html_of(press, message))
    assert "<h1>Recherche &amp; Associations de malades</h1>" in html
    assert in_order(html, "Bonjour Madame Durand", "<h1", "Le chapô.")


def test_facts_stay_words_in_markdown(press):
    campaign = press.campaign(title="2 * 3 * 4 [a](b) <x> `y`")
    message = press.compiled(campaign=campaign, content=press.content("{{ campaign.title }} ok"))

    assert "2 * 3 * 4 [a](b) &lt;x&gt; `y` ok" in html_of(press, message)


def test_html_in_a_text_is_shown_and_not_obeyed(press):
    message = press.compiled(content=press.content("# T\n\n<script>alert(1)</script> 1 < 2 & 3"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; 1 &lt; 2 &amp; 3" in html_of(press, message)


def test_an_image_of_the_folder_travels_in_the_message(press):
    message = press.compiled(
        campaign=press.campaign(files={"salle.png": a_png()}),
        content=press.content("# T\n\nA.\n\n![La grande salle](salle.png)"),
    )

    (image,) = message.embedded
    assert image.media_type == "image/png"
    assert f'src="cid:{image.content_id}" alt="La grande salle"' in html_of(press, message)
    assert "[La grande salle]" in text_of(press, message)


def problems_of(press, **changes):
    with pytest.raises(ContentError) as caught:
        press.compiled(**changes)
    return [str(problem) for problem in caught.value.problems]


def test_an_unknown_name_is_reported_with_its_line_and_the_nearest_one(press):
    content = replace(press.content("# T\n\nA.\n\n{{ event.dat }}"), line=5)

    (problem,) = problems_of(press, content=content)

    assert problem.startswith("announcement.md:9:")
    assert "“date”" in problem


def test_a_fact_that_is_not_given_is_an_error_and_not_a_gap(press):
    event = replace(press.campaign().event, access="")

    (problem,) = problems_of(
        press, campaign=press.campaign(event=event), content=press.content("{{ event.access }}")
    )

    assert problem.startswith("announcement.md:1:")


def test_mixed_expressions_are_refused_with_their_line(press):
    content = press.content("# T\n\n{{ event.name ~ recipient.name }}")

    (problem,) = problems_of(press, content=content)

    assert problem.startswith("announcement.md:3:")
    assert "event" in problem


def test_all_problems_come_at_once(press):
    found = problems_of(
        press,
        step=press.step(subject="{{ evnt.name }}"),
        content=press.content("{{ recipient.nam }}\n{{ recipient.notes }}"),
    )

    assert len(found) == 3
    assert found[0].startswith("campaign.toml:30, steps.announcement.subject:")
    assert found[1].startswith("announcement.md:1:")
    assert found[2].startswith("announcement.md:2:")


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ event.__init__ }}",
        "{{ range(10) }}",
        "{{ recipient.__class__ }}",
        "{{ recipient }}",
        "{{ recipient.name | attr('x') }}",
        "{% set x = recipient.name %}",
        "{% include recipient.name %}",
        "{% include 'base/header.mjml.j2' %}",
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{{ unclosed",
        "{% if recipient.name %}",
        "{% for x in 3 %}{% endfor %}",
    ],
)
def test_an_expression_that_cannot_be_allowed_is_the_authors_problem(press, text):
    assert problems_of(press, content=press.content(text))


def test_a_missing_attachment_is_named(press):
    campaign = press.campaign(attachments=(Attachment("dossier.pdf"),))

    (problem,) = problems_of(press, campaign=campaign)

    assert "dossier.pdf" in problem


def test_a_missing_image_is_named(press):
    (problem,) = problems_of(press, content=press.content("# T\n\nA.\n\n![x](salle.png)"))

    assert "salle.png" in problem


def test_nesting_that_would_kill_the_engine_is_refused(press):
    (problem,) = problems_of(press, content=press.content("> " * 200 + "x"))

    assert "nested" in problem


def test_a_press_release_has_its_own_label(press):
    message = press.compiled(step=press.step(kind=CampaignKind.PRESS_KIT))

    assert "Press kit" in html_of(press, message)
