"""What the press room shows of a text: all that is the same for everybody, and nothing of its reader."""

from dataclasses import replace

import pytest

from mailer.checks import CHECKS
from mailer.files.bundled import bundled
from mailer.files.templates import load_template
from mailer.model.campaigns.campaign import Content, VariantKey
from mailer.model.campaigns.release import PressRoomRules
from mailer.model.drafts.finding import Severity
from mailer.publication.press_codes import code_of
from mailer.render.fingerprint import content_hash
from mailer.wiring.compiling import compile_in_language
from tests.counterparts.drafts import LETTERHEAD, MAIN, OFFICE, a_draft, a_step, paris

TEXT = """\
# La mer monte

Chapô pour tous.

Avant le passage.

{passage}

Après le passage.
"""
PERSONAL = {
    "a value": "Vous, {{ recipient.name }}, le SECRET.",
    "a value with a filter": "Pour {{ recipient.organisation | default('vous') }} : SECRET.",
    "a list": "- un SECRET\n- pour {{ recipient.last_name }}",
    "a heading": "## SECRET pour {{ recipient.first_name }}",
    "a table": "| SECRET | nom |\n|---|---|\n| a | {{ recipient.name }} |",
    "a quotation": "> SECRET de {{ recipient.name }}.",
    "a link": "[SECRET]({{ recipient.answer_url }})",
    "a link within an address": "[SECRET](https://www.institut.example/?q={{ recipient.email }})",
    "a button": "**[SECRET]({{ recipient.answer_url }})**",
    "a block": "::: méthode SECRET\nDit à {{ recipient.name }}.\n:::",
    "the link of a block": (
        "::: téléchargements SECRET\n- SECRET\n  lien : https://www.institut.example/?q={{ recipient.email }}\n:::"
    ),
    "a condition": "{% if recipient.organisation %}\n\nSECRET.\n\n{% endif %}",
    "both answers": (
        "{% if recipient.organisation %}\n\nSECRET.\n\n{% else %}\n\nAutre SECRET.\n\n{% endif %}"
    ),
    "within another": (
        "{% if recipient.organisation %}\n\nUn SECRET.\n\n{% if recipient.name %}\n\nUn SECRET.\n\n"
        "{% endif %}\n\nUn SECRET.\n\n{% endif %}"
    ),
    "within a sentence": "Un SECRET{% if recipient.organisation %} d’ici{% endif %}.",
    "code": "Le `SECRET` de {{ recipient.email }}",
}
SHARED = {
    "a fact": "Rendez-vous le {{ event.date }} : MONTRÉ.",
    "a condition of the campaign": "{% if event.date %}\n\nMONTRÉ.\n\n{% endif %}",
    "what looks like a name": "Le mot recipient.name est MONTRÉ.",
    "a list": "1. MONTRÉ\n2. deux",
    "a table": "| a | b |\n|---|---|\n| MONTRÉ | 2 |",
    "signs of HTML": "MONTRÉ <b>a</b> & <script>b</script>",
}


def the_message(passage, *, text=TEXT, language="fr", **changes):
    step = a_step(text=text.replace("{passage}", passage), **changes)
    campaign = replace(
        a_draft(step).campaign, steps=(step,), press_room=PressRoomRules(("announcement",))
    )
    return compile_in_language(
        campaign=campaign,
        step=step,
        content=step.contents[MAIN],
        variant=VariantKey("", language),
        planned_local=paris("2017-12-04 09:30"),
        office=replace(OFFICE, press_room_url="https://presse.institut.example"),
        template=load_template("press", (bundled("templates"),), theme=""),
    )


def shown(release):
    parts = (release.headline, release.lead, release.body, release.text, release.summary)
    return "\n".join(parts)


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_speaks_to_one_reader_is_left_out_whole_and_counted(kind):
    release = the_message(PERSONAL[kind]).release

    assert "SECRET" not in shown(release)
    assert "recipient" not in shown(release)
    assert "-qz" not in shown(release)
    for kept in ("Chapô pour tous.", "Avant le passage.", "Après le passage."):
        assert kept in shown(release)
    assert release.left_out >= 1


@pytest.mark.parametrize("kind", SHARED)
def test_what_is_the_same_for_everybody_is_shown(kind):
    release = the_message(SHARED[kind]).release

    assert "MONTRÉ" in release.body
    assert "MONTRÉ" in release.text
    assert release.left_out == 0
    assert "<script" not in release.body
    assert "style=" not in release.body


def test_a_headline_with_a_name_gives_way_to_the_title_of_the_campaign():
    release = the_message("", text="# Bonjour {{ recipient.name }}\n\nChapô.\n").release

    assert release.headline != ""
    assert "Bonjour" not in release.headline


def test_a_picture_of_another_server_is_told_in_words():
    release = the_message("![La côte](https://www.autre.example/cote.png)").release

    assert "<img" not in release.body
    assert "La côte" in release.body


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "reminder"},
        {
            "to": ("press", "associations"),
            "versions": {VariantKey("press", "fr"): Content("p.md", "x")},
        },
    ],
)
def test_only_the_public_step_and_its_text_for_the_press_have_a_release(changes):
    assert the_message("", **changes).release is None


def test_the_signature_covers_the_release_and_one_without_is_as_it_was():
    message = the_message("Un mot.")
    without = replace(message, release=None)
    changed = replace(message.release, body="<p>autre</p>")

    assert content_hash(message) == message.content_hash
    assert content_hash(without) != message.content_hash
    assert content_hash(replace(message, release=changed)) != message.content_hash
    assert message.release.code == code_of(message.release)


@pytest.mark.parametrize(
    ("passage", "text", "found"),
    [
        ("Un mot.", TEXT, []),
        (PERSONAL["a value"], TEXT, [Severity.NOTE]),
        ("", "# Titre\n\nPour {{ recipient.name }}.\n", [Severity.ERROR]),
    ],
)
def test_the_check_tells_what_is_left_out(passage, text, found):
    (check,) = (each for each in CHECKS if each.name == "not-in-press-room")
    draft = a_draft(a_step(text=text))
    message = the_message(passage, text=text)

    findings = check.ask(replace(draft, messages={("announcement", MAIN): message}))

    assert [each.severity for each in findings] == found


def test_the_letterhead_is_no_part_of_a_release():
    assert str(LETTERHEAD.sender.address) not in shown(the_message("Un mot.").release)
