"""Values in addresses and names of files: each part of a message opens the same thing."""

import email
import email.policy
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from mailer.addresses import read_address
from mailer.errors import ContentError, nearest
from mailer.model.campaigns.campaign import Attachment, Link, Partner, PressContact
from mailer.render.personalise import fill
from tests.unit.render.test_blocks import parts


def hrefs(html):
    found = re.findall(r'href="(mailto:[^"]*subject[^"]*)"', html)
    return [it.replace("&amp;", "&").replace("&#38;", "&") for it in found]


def raw_of(press, name, content):
    campaign = press.campaign(files={name: content}, attachments=(Attachment(name),))
    return press.message(press.compiled(campaign=campaign)).raw


@pytest.mark.parametrize(
    "text",
    [
        "[Formulaire](https://a.example/form?nom={{ recipient.name }}&media={{ recipient.organisation }})",
        "https://a.example/form?nom={{ recipient.name }}&media={{ recipient.organisation }}",
        "**[Formulaire](https://a.example/form?nom={{ recipient.name }}&media={{ recipient.organisation }})**",
        "- [F](https://a.example/form?nom={{ recipient.name }}&media={{ recipient.organisation }})",
    ],
)
def test_a_readers_value_in_an_address_is_escaped_in_both_parts(press, text):
    contact = press.contact(first_name="Anne & Lou", last_name="Martin", organisation="Le Journal?")

    _message, html, plain = parts(press, text, contact=contact)

    right = "https://a.example/form?nom=Anne%20%26%20Lou%20Martin&media=Le%20Journal%3F"
    assert right.replace("&m", "&amp;m") in html
    assert right in plain


def test_a_readers_value_outside_an_address_stays_as_it_is(press):
    contact = press.contact(first_name="Anne", last_name="Martin")

    plain = parts(press, "Voir https://a.example/ {{ recipient.name }}.\n", contact=contact)[2]

    assert "https://a.example/ Anne Martin." in plain


@pytest.mark.parametrize(
    "target",
    [
        "mailto:a@b.example?subject=Recherche & Associations",
        "mailto:a@b.example?subject=Recherche%20&%20Associations",
        "mailto:a@b.example?subject=Recherche%20%26%20Associations",
        "a@b.example?subject=Recherche & Associations",
        "mailto:a@b.example?subject={{ event.name }}",
    ],
)
def test_a_mail_link_of_a_text_opens_with_the_right_subject(press, target):
    html = parts(press, f"[Écrire]({target})")[1]

    (query,) = [urlsplit(it).query for it in hrefs(html) if it.startswith("mailto:a@b")]
    subject = parse_qs(query)["subject"][0]
    assert subject.removesuffix(" de malades") == "Recherche & Associations"


@pytest.mark.parametrize(
    "name",
    [
        "Communique-de-presse-rencontre-nationale-associations-de-malades-2026.pdf",
        "Dossier de presse – été 2026.pdf",
        "photo (1).pdf",
        "l'été à la mer, " + "très " * 30 + "long.pdf",
        "été" * 70 + ".pdf",
        "a;b=c.pdf",
    ],
)
def test_an_attachment_keeps_its_whole_name_for_old_and_new_programs(press, name):
    raw = raw_of(press, name, b"%PDF-1.4 x")

    message = email.message_from_bytes(raw, policy=email.policy.default)
    (file,) = message.iter_attachments()
    assert file.get_filename() == name
    old = re.search(rb'name="((?:[^"\\]|\\.)*)"', raw[raw.index(b"application/pdf") :])[1].decode()
    words = email.header.decode_header(re.sub(r"\r\n ", " ", old))
    assert (
        "".join(it if isinstance(it, str) else it.decode(to or "ascii") for it, to in words) == name
    )
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("é".encode(), "utf-8"),
        (b"plain", "utf-8"),
        ("é".encode("cp1252"), "windows-1252"),
        ("é".encode("utf-16"), "utf-16"),
    ],
)
@pytest.mark.parametrize("name", ["n.txt", "n.csv"])
def test_a_text_that_is_attached_names_its_encoding(press, name, content, charset):
    message = email.message_from_bytes(raw_of(press, name, content), policy=email.policy.default)

    (file,) = message.iter_attachments()
    assert file.get_content_charset() == charset
    assert file.get_payload(decode=True) == content


def test_the_line_of_an_inbox_ends_after_the_preheader(press):
    html = fill(press.compiled().html, press.fields())

    (shown,) = re.findall(r'<div class="preheader"[^>]*>(.*?)</div>', html, re.DOTALL)
    filler = re.search(r"(?:(?:&nbsp;|&#160;|\u00a0)(?:&#8204;|\u200c|&zwnj;))+\Z", shown)
    assert 30 <= len(re.findall("8204|\u200c|zwnj", filler[0])) <= 60
    assert re.search(r'<div class="preheader"[^>]*aria-hidden="true"', html)


def test_a_host_with_accents_is_shown_in_its_letters_and_opened_by_its_code(press):
    text = "[Site](https://académie.example/a), https://académie.example/b"
    contact = PressContact("Claire Delmas", address=read_address("presse@académie.example"))
    links = (Link("Le programme", "https://académie.example/c"),)

    _message, html, plain = parts(press, text, press_contacts=(contact,), links=links)

    assert "xn--" not in plain
    assert "https://académie.example/a" in plain
    assert ">presse@académie.example</a>" in html
    assert 'href="https://xn--acadmie-eya.example/a"' in html


def test_links_among_the_facts_are_whole_in_both_parts(press):
    links = (Link("Le programme", "www.institut.example/programme"),)
    partners = (Partner("P", url="partenaire.example"),)

    _message, html, plain = parts(press, "x", links=links, partners=partners)

    for whole in ("https://www.institut.example/programme", "https://partenaire.example"):
        assert f'href="{whole}"' in html
        assert f"{whole}\n" in plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Le {{ event.date }}.",
            "The campaign does not give it: fill in starts_at under [event].",
        ),
        ("{{ embargo.until }}", "fill in until under [embargo]"),
        ("{{ evnt.date }}", "Did you mean"),
    ],
)
def test_what_a_campaign_does_not_give_is_named(press, text, said):
    with pytest.raises(ContentError) as caught:
        parts(press, text, event=None)

    assert said in str(caught.value)


def test_a_key_that_the_event_lacks_is_named(press):
    event = replace(press.campaign().event, theme="")

    with pytest.raises(ContentError, match=r"fill in theme under"):
        parts(press, "{{ event.theme }}", event=event)


def test_a_name_that_looks_the_same_is_not_proposed_as_another():
    assert "cannot be seen" in str(nearest("pres\u200bse", ["presse"]))
    assert "Did you mean “presse”?" in str(nearest("pres", ["presse"]))


def test_an_address_in_a_fact_of_the_campaign_is_a_link(press):
    event = replace(
        press.campaign().event,
        access="Plan : https://a.example/plan_1_, <b> & *x* à acces@a.example",
    )

    _message, html, plain = parts(press, "x", event=event)

    assert (
        '<a href="https://a.example/plan_1_">https://a.example/plan_1_</a>, &lt;b&gt; &amp; *x*'
        in html.replace("<wbr>", "")
    )
    assert '<a href="mailto:acces@a.example">acces@a.example</a>' in html
    assert "https://a.example/plan_1_" in plain
