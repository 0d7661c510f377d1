"""The blocks of a press document: as HTML, as plain text, and what is said when one is wrong."""

import re
import struct
import zlib
from types import SimpleNamespace

import html5lib
import pytest

from mailer.errors import ContentError
from mailer.look.image_files import MAX_IMAGE_BYTES, size_in_pixels
from mailer.model.campaigns.campaign import Attachment
from mailer.render.markdown.attachments import (
    MAX_ATTACHMENT_BYTES,
    attachments,
)
from mailer.render.personalise import fill
from tests.counterparts.parity import html_only_links

NBSP = "\u00a0"


def png(width=1200, height=800, padding=0):
    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"x" * padding) + chunk(b"IEND", b"")


def parts(press, text, *, files=None, contact=None, **changes):
    campaign = press.campaign(files=files or {}, **changes)
    message = press.compiled(
        campaign=campaign, content=press.content("# T\n\nLe chapô.\n\n" + text)
    )
    fields = press.fields(contact)
    html = fill(message.html, fields)
    text = fill(message.text, fields)
    return message, re.sub(r' style="[^"]*"', "", html), text


def refused(press, text, **changes):
    with pytest.raises(ContentError) as caught:
        parts(press, text, **changes)
    return str(caught.value)


FACTS = """\
::: facts Accueil de la presse

Heure : {{ event.time }}
Lieu : portail du quai, [plan](https://a.example/plan),
  derrière la cour
Site : https://a.example/x : y
:::
"""


def test_facts_become_rows_with_their_headers(press):
    _message, html, text = parts(press, FACTS)

    assert "<h2>Accueil de la presse</h2>" in html
    rows = re.findall(r'<th scope="row"[^>]*>([^<]*)</th>\s*<td[^>]*>(.*?)</td>', html)
    assert rows[-3] == ("Heure", f"9{NBSP}h{NBSP}30")
    assert '<a href="https://a.example/plan">plan</a>, derrière la cour</td>' in html
    assert (
        "Accueil de la presse\n--------------------\n\n"
        f"  Heure   9{NBSP}h{NBSP}30\n"
        "  Lieu    portail du quai, plan (https://a.example/plan), derrière la\n"
        "          cour\n"
        f"  Site    https://a.example/x{NBSP}: y\n"
    ) in text


def test_a_fact_may_be_for_some_readers_only(press):
    text = (
        "::: facts\nA : un\n{% if recipient.first_name %}\nB : deux\n{% endif %}\nC : trois\n:::\n"
    )

    _message, html, named = parts(press, text)
    unnamed = parts(press, text, contact=press.contact(first_name=""))

    assert "  A   un\n  B   deux\n  C   trois\n" in named
    assert "  A   un\n  C   trois\n" in unnamed[2]
    assert ">deux</td>" in html
    assert "deux" not in unnamed[1]


def test_a_quotation_names_who_said_it(press):
    _message, html, text = parts(press, "> Nous avançons.\n>\n> — Claire Lemoine, _attachée_\n")

    assert '<p class="attribution">— Claire Lemoine, <em>attachée</em></p>' in html
    assert "> Nous avançons.\n>\n> — Claire Lemoine, attachée\n" in text


def test_a_dash_elsewhere_is_no_attribution(press):
    _message, html, _text = parts(press, "— Non.\n\n> Oui.\n>\n> — Et alors ?\n>\n> Rien.\n")

    assert 'class="attribution"' not in html


def test_a_figure_has_its_caption_and_credit(press):
    image = '![La salle, vide](salle.png "La grande salle. © Académie / A. Martin")'

    message, html, text = parts(press, image, files={"salle.png": png()})

    (picture,) = message.embedded
    root = html5lib.parse(html, namespaceHTMLElements=False)
    shown = root.find(".//table[@class='figure']//img")
    assert shown.attrib == {
        "src": f"cid:{picture.content_id}",
        "alt": "La salle, vide",
        "width": "540",
        "height": "360",
        "bgcolor": "#f6f3ec",  # a ground for those who see no images
    }
    (caption,) = root.findall(".//td[@class='caption']")
    assert "".join(caption.itertext()) == "La grande salle. ©\u00a0Académie / A. Martin"
    assert caption.findtext("span[@class='credit']") == "©\u00a0Académie / A. Martin"
    assert "[La salle, vide]\n\nLa grande salle. ©\u00a0Académie / A. Martin\n" in text


def test_a_small_image_is_not_blown_up(press):
    message, _html, _text = parts(press, "![logo](logo.png)", files={"logo.png": png(120, 40)})

    assert 'width="120" height="40"' in fill(message.html, press.fields())
    assert "max-width:120px" in fill(message.html, press.fields())


def test_images_may_be_online_instead(press):
    message, html, _text = parts(
        press,
        "![La salle](<photos/salle été.png>)",
        files={"photos/salle été.png": png()},
        images_url="https://images.institut.example/2017/",
    )

    assert message.embedded == ()
    assert 'src="https://images.institut.example/2017/photos/salle%20%C3%A9t%C3%A9.png"' in html
    assert 'width="540" height="360"' in html


def test_a_button_is_a_bold_link_alone(press):
    _message, html, text = parts(
        press,
        "**[S’inscrire](https://a.example/inscription)**\n\nEt **[ici](https://a.example/ici)**.\n",
    )

    _ask, button = re.findall(r'<table class="action"[^>]*role="presentation".*?</table>', html)
    assert '<a href="https://a.example/inscription">S’inscrire</a>' in button
    assert "S’inscrire\nhttps://a.example/inscription\n" in text
    assert '<strong><a href="https://a.example/ici">ici</a></strong>.' in html


def test_a_list_of_links_is_a_block_of_links(press):
    _message, html, text = parts(
        press,
        "- [Le programme](https://a.example/p)\n- <https://a.example/q>\n\ntexte\n\n- un\n- [b](https://a.example/b)\n",
    )

    assert html.count('<ul class="links" role="list">') == 1
    assert "- Le programme\n  https://a.example/p\n- https://a.example/q\n" in text


def test_plain_markdown_is_plain_text(press):
    text = parts(
        press,
        "un\\\ndeux\n\n---\n\n```\ncode\n```\n\n### Petit titre\n\n1. a\n\n   b\n2. c\n\n<https://a.example>\n\n[](https://b.example)\n",
    )[2]

    assert f"un\ndeux\n\n{'-' * 72}\n\n    code\n\nPetit titre\n\n1. a\n   b\n\n2. c\n\n" in text
    assert "\nhttps://a.example\n\nhttps://b.example\n" in text


def test_a_table_that_is_too_wide_becomes_records(press):
    narrow = "| Jour | Heure |\n|---|---|\n| lundi | 9 h |\n"
    wide = f"| Salle | Sujet |\n|---|---|\n| A | {'mot ' * 20}|\n| B | court |\n"

    assert f"Jour   Heure\n-----  -----\nlundi  9{NBSP}h\n" in parts(press, narrow)[2]
    text = parts(press, wide)[2]
    assert "  Salle   A\n  Sujet   mot mot" in text
    assert "\n\n  Salle   B\n  Sujet   court\n" in text
    assert max(len(line) for line in text.split("\n") if " " in line) <= 78


def test_a_mail_address_is_shown_without_what_it_would_fill_in(press):
    text = parts(press, "[Écrivez-nous](mailto:a@b.example?subject=Bonjour%20%C3%A0%20tous)")[2]

    assert "Écrivez-nous (a@b.example)\n" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("::: facts\nHeure\n:::\n", "announcement.md:6: “Heure” is no fact"),
        ("::: fact\nA : b\n:::\n", "announcement.md:5: there is no block “fact”"),
        ("::: facts\nA : b\n", "announcement.md:5: the block “facts” is never closed"),
        (
            "![x](sale.png)",
            "announcement.md:5: the image “sale.png” is not in the campaign's folder",
        ),
        ("![x](http://a.example/x.png)", "not in the campaign's folder"),
        ("![x](lourd.png)", "weighs"),
        ("![x](faux.png)", "not an image that every mail program shows"),
        ("![x](dessin.svg)", "not an image that every mail program shows"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(press, text, said):
    files = {
        "salle.png": png(),
        "lourd.png": png(padding=MAX_IMAGE_BYTES),
        "faux.png": b"GIF",
        "dessin.svg": b"<svg/>",
    }

    assert said in refused(press, text, files=files)


def test_many_images_are_too_many(press):
    files = {f"{n}.png": png(height=800 + n, padding=MAX_IMAGE_BYTES - 1000) for n in range(4)}
    text = "\n\n".join(f"![x]({n}.png)" for n in range(4))

    assert "weigh 1996 kB together" in refused(press, text, files=files)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("dossier.pdf", b"%PDF-1.7" + b"x" * MAX_ATTACHMENT_BYTES, "Put it online"),
        ("lisez.exe", b"x", "refuse files like"),
        ("macro.docm", b"PK", "refuse files like"),
        ("photos.zip", b"PK", "refuse files like"),
        ("dossier.pdf", b"MZ\x90", "refuse files like"),
        ("dossier.pdf", b"<html>", "refuse files like"),
        ("notes.txt", b"#!/bin/sh", "refuse files like"),
    ],
)
def test_a_file_that_would_be_refused_is_refused_here(press, name, content, said):
    assert said in refused(press, "x", files={name: content}, attachments=(Attachment(name),))


def test_a_small_document_comes_along(press):
    message = parts(
        press, "x", files={"a/n.pdf": b"%PDF-1.7"}, attachments=(Attachment("a/n.pdf"),)
    )[0]

    (file,) = message.embedded
    assert (file.filename, file.media_type, file.content_id) == ("n.pdf", "application/pdf", "")


def test_text_readers_can_go_wherever_html_readers_can(press):
    whole = parts(
        press,
        f"{FACTS}\n**[b](https://a.example/b)**\n\n- [c](https://a.example/c)\n\n[d](mailto:d@a.example?subject=x)",
    )[0]

    assert html_only_links(whole) == ()


def test_a_link_that_only_html_has_is_found(press):
    from dataclasses import replace

    message = press.compiled()
    poorer = replace(
        message,
        text=tuple(
            it.replace("https://academie.example/presse", "") if isinstance(it, str) else it
            for it in message.text[:-2]
        ),
    )

    assert html_only_links(poorer) == (
        "https://academie.example/presse",
        "{recipient.unsubscribe_url}",
        "https://www.institut.example/donnees-personnelles",
    )


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(12, 34), (12, 34)),
        (b"GIF89a" + struct.pack("<HH", 12, 34), (12, 34)),
        (
            b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc2\x00\x0b\x08" + struct.pack(">HH", 34, 12) + b"xx",
            (12, 34),
        ),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0\x00", None),
        (b"\xff\xd8\xff\xe0\x00\x00" * 9, None),
        (b"", None),
    ],
)
def test_sizes_are_read_from_the_head_of_a_file(content, size):
    assert size_in_pixels(content) == size


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("", "n.pdf"),
        ("Dossier de presse", "Dossier de presse.pdf"),
        ('a/b: "c"', "a-b- -c.pdf"),
        ("...", "n.pdf"),
    ],
)
def test_an_attachment_is_called_by_its_label(label, name):
    campaign = SimpleNamespace(
        attachments=(Attachment("a/n.pdf", label),),
        files={"a/n.pdf": b"%PDF-1.7"},
        lines={},
        file="campaign.toml",
    )

    (file,), problems = attachments(campaign)

    assert (file.filename, problems) == (name, [])


def test_13_what_is_attached_is_announced_with_label_name_type_and_weight(press):
    files = {"docs/dp.pdf": b"%PDF-1.7" + bytes(123_456), "plan.png": png()}
    attached = (Attachment("docs/dp.pdf", "Dossier de presse"), Attachment("plan.png"))

    _message, html, text = parts(press, "Corps.", files=files, attachments=attached)

    said = html.replace(NBSP, " ")
    assert "<strong>Dossier de presse</strong>" in said
    assert "Dossier de presse.pdf, PDF, 123 kB" in said
    assert "<strong>plan.png</strong>" in said
    assert "- Dossier de presse\n  Dossier de presse.pdf, PDF, 123 kB" in text.replace(NBSP, " ")


def test_13_a_calendar_file_is_announced(press):
    message = press.compiled(step=press.step(calendar=True))

    shown = fill(message.html, press.fields()).replace(NBSP, " ")

    assert "The date, for your calendar" in shown
    assert ".ics, iCalendar, " in shown


def test_without_attachments_nothing_is_announced(press):
    _message, html, text = parts(press, "Corps.")

    assert "Attached" not in html + text
