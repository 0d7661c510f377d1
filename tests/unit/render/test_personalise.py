"""The bytes for one person: parsed back, they are what was meant."""

import email
import email.policy
import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailer.errors import RuleError
from mailer.model.address import Address
from mailer.model.campaigns.campaign import Attachment
from mailer.render.mime import quoted_printable as quoted
from mailer.render.personalise import fill
from mailer.reply_form import FormAnswer, read_reply_form
from tests.unit.render.test_blocks import png as a_png

HOSTILE = [
    "",
    "O’Brien",
    '"><img src=x onerror=alert(1)>',
    "<b>gras</b> & 'co'",
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "]]>",
    "--> <!--",
    "<![endif]-->",
    "zq0123456789ab-0000-qz",
    "\x02recipient.name|text\x03",
    "a\u202fb\u00a0c\u2009d",
    "👩‍🔬 é e\u0301",
    "\u200fשלום\u200f",
    "a\x00b\x07c\x1b[0m",
    "ligne\r\nX-Injected: 1",
    "." * 80,
    "=" * 100,
    "é" * 3000,
    "x" * 3000,
    "a \t ",
]


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def part(raw, kind):
    return parsed(raw).get_body((kind,)).get_content().replace("\r\n", "\n")


def is_wire_safe(raw):
    bare = raw.replace(b"\r\n", b"")
    assert b"\r" not in bare
    assert b"\n" not in bare
    assert b"\0" not in raw
    assert b"\n." not in raw
    header, _, body = raw.partition(b"\r\n\r\n")
    assert max(map(len, header.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 76
    return True


def test_the_parts_are_exactly_the_filled_pieces(press):
    message = press.message()

    fields = press.fields()
    assert part(message.raw, "html") == fill(message.compiled.html, fields)
    assert part(message.raw, "plain") == fill(message.compiled.text, fields)
    assert is_wire_safe(message.raw)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_stays_a_value(press, value):
    content = press.content(
        "{{ recipient.first_name }} [x](https://a.example/?q={{ recipient.first_name }})\n\n# T\n\nA."
    )
    step = press.step(subject="{{ recipient.first_name }}", preheader="{{ recipient.first_name }}")
    compiled = press.compiled(content=content, step=step)

    message = press.message(compiled, first_name=value)

    fields = press.fields(first_name=value)
    assert is_wire_safe(message.raw)
    assert part(message.raw, "html") == fill(compiled.html, fields)
    assert part(message.raw, "plain") == fill(compiled.text, fields)
    assert message.is_dotless
    assert b"\n." not in message.raw
    assert "49" not in fill(compiled.subject, fields)
    assert parsed(message.raw)["X-Injected"] is None
    assert part(message.raw, "html").count("<img") == 0


def test_whatever_a_field_holds_no_line_is_long_bare_or_begins_with_a_dot(press):
    name = "{{ recipient.first_name }}"
    compiled = press.compiled(
        content=press.content(f"{name} [x](https://a.example/?q={name})"),
        step=press.step(subject=name, preheader=name),
    )

    @given(
        st.text(max_size=200)
        | st.text(alphabet=".\r\n\0 =a\x85\u2028", max_size=100)
        | st.integers(900, 3000).map("é.".__mul__)
    )
    def holds(value):
        message = press.message(compiled, first_name=value)

        assert is_wire_safe(message.raw)
        assert message.is_dotless

    holds()


def test_no_line_begins_with_a_dot_and_the_message_says_so(press):
    content = press.content("{{ recipient.first_name }}\n\n# T\n\n.hidden file")

    for message in (
        press.message(),
        press.message(press.compiled(content=content), first_name="."),
        press.message(press.compiled(content=content), first_name=".…" * 60),
    ):
        assert b"\n." not in message.raw
        assert message.is_dotless


def test_the_bytes_are_written_once_and_only_when_somebody_wants_them(press):
    written = []
    message = replace(press.message(), write=lambda each: written.append(each) or b"Subject: x")

    assert written == []
    assert message.raw is message.raw
    assert written == [message]


def test_the_header_has_one_of_each_and_names_the_delivery(press):
    message = press.message()

    header = parsed(message.raw)
    for name in ("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "List-Unsubscribe"):
        assert len(header.get_all(name)) == 1
    assert header["Message-ID"] == "<abcdefghijklmnopqrstuvwxyz@institut.example>"
    assert header["X-Mailer-Delivery"] == "abcdefghijklmnopqrstuvwxyz"
    assert header["List-Id"] == "<2017-12-09-recherche-associations.listes.institut.example>"
    assert header["Auto-Submitted"] == "auto-generated"
    assert header["Date"] == "Mon, 04 Dec 2017 09:30:00 +0100"
    assert header["Cc"] is header["Bcc"] is None
    assert str(message.envelope_sender) == "b+abcdefghijklmnopqrstuvwxyz@retours.institut.example"


def test_categories_are_about_the_campaign_and_the_step_and_nobody(press):
    one, other = press.message(), press.message(first_name="Zoé", email="zoe@press.example")

    assert (
        one.categories
        == other.categories
        == (
            "2017-12-09-recherche-associations",
            "2017-12-09-recherche-associations.announcement",
        )
    )


def test_one_click_needs_an_https_address(press):
    with_page = parsed(press.message().raw)
    without = parsed(press.message(unsubscribe_url="").raw)

    assert with_page["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<https://desinscription.institut.example/u/k3j2h1>" in with_page["List-Unsubscribe"]
    mail = "<mailto:stop@institut.example?subject=unsubscribe%20abcdefghijklmnopqrstuvwxyz>"
    assert mail in with_page["List-Unsubscribe"]
    assert without["List-Unsubscribe"] == mail
    assert without["List-Unsubscribe-Post"] is None


def test_without_a_page_the_footer_stops_by_mail(press):
    letterhead = press.letterhead(unsubscribe_mailto=None)

    message = press.message(letterhead=letterhead, unsubscribe_url="")

    link = "mailto:presse@institut.example?subject=unsubscribe%20abcdefghijklmnopqrstuvwxyz"
    assert f'href="{link}"' in part(message.raw, "html")
    assert link in part(message.raw, "plain")
    assert parsed(message.raw)["List-Unsubscribe"] is None


def test_the_button_leads_to_the_page_where_the_person_answers(press):
    url = "https://desinscription.institut.example/u/answer/k3j2h1"

    message = press.message(answer_url=url)

    assert f'href="{url}"' in part(message.raw, "html")
    assert f"Répondre à l’invitation\n{url}\n" in part(message.raw, "plain")


@pytest.mark.parametrize("outlet", ["Le Quotidien", "L’Écho & Cie", 'a+b %20 "x" #1', ""])
def test_without_a_page_the_button_opens_a_reply_that_is_filled_in(press, outlet):
    addresses = press.campaign().accreditation.addresses
    letterhead = press.letterhead(answers_to=addresses)

    message = press.message(letterhead=letterhead, organisation=outlet, answer_url="")

    (link,) = re.findall(r'href="(mailto:[^"]*body=[^"]*)"', part(message.raw, "html"))
    assert unescape(link) in part(message.raw, "plain").replace("\n", "")
    to, _mark, query = unescape(link).removeprefix("mailto:").partition("?")
    assert to == "presse@institut.example,presse@academie.example"
    form = read_reply_form(dict(parse_qsl(query.replace("+", "%2B")))["body"])
    assert form is not None
    assert (form.code, form.answer) == ("abcdefghijklmnopqrstuvwxyz", FormAnswer.COMES)
    assert (form.name, form.outlet) == ("Anne Durand", " ".join(outlet.split()))


def test_replies_that_are_filled_in_come_where_all_replies_come_if_nobody_else_is_named(press):
    message = press.message(answer_url="")

    assert 'href="mailto:presse@institut.example?subject=Accr' in part(message.raw, "html")


def test_without_a_return_path_bounces_come_to_the_sender(press):
    message = press.message(letterhead=press.letterhead(return_path_domain=""))

    assert message.envelope_sender == Address("presse", "institut.example")


def test_images_and_attachments_are_framed_as_mail_programs_expect(press):
    png = a_png() + bytes(range(256))
    campaign = press.campaign(
        files={"salle.png": png, "docs/dossier été.pdf": b"%PDF-1.4 x"},
        attachments=(Attachment("docs/dossier été.pdf"),),
    )
    compiled = press.compiled(
        campaign=campaign, content=press.content("# T\n\nA.\n\n![La salle](salle.png)")
    )

    message = press.message(compiled)

    tree = [(it.get_content_type(), it.get_filename()) for it in parsed(message.raw).walk()]
    assert tree == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("multipart/related", None),
        ("text/html", None),
        ("image/png", "salle.png"),
        ("application/pdf", "dossier été.pdf"),
    ]
    image, file = list(parsed(message.raw).walk())[-2:]
    assert image.get_content() == png
    assert image["Content-ID"].strip("<>") in part(message.raw, "html")
    assert file.get_content() == b"%PDF-1.4 x"
    assert is_wire_safe(message.raw)


def test_a_message_that_was_changed_after_sign_off_is_refused(press):
    compiled = press.compiled()

    with pytest.raises(RuleError):
        press.message(replace(compiled, text=(*compiled.text, "PS")))


def test_notes_of_a_contact_never_reach_a_message(press):
    message = press.message()

    assert b"mucoviscidose" not in message.raw
    assert "mucoviscidose" not in "".join(message.values)


def test_values_come_in_the_order_html_text_subject_preheader(press):
    step = press.step(subject="{{ recipient.name }}", preheader="{{ recipient.organisation }}")

    message = press.message(press.compiled(step=step))

    assert message.values[-2:] == ("Anne Durand", "Le Quotidien")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.text(max_size=120) | st.text("a.é= ", max_size=400), max_size=6))
def test_quoted_printable_joins_to_what_was_meant(pieces):
    meant = "".join(pieces).replace("\r", "")
    encoded = b"".join(quoted.segment(piece.replace("\r", "")) for piece in pieces)

    raw = b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert all(len(line) <= 76 for line in encoded.split(b"\r\n"))
    assert not any(line.startswith(b".") for line in encoded.split(b"\r\n"))
    for value in map(quoted.value, pieces):
        assert not any(line.startswith(b".") for line in value.split(b"\n"))
    payload = email.message_from_bytes(raw + encoded).get_payload(decode=True)
    assert payload.decode().replace("\r\n", "\n") == meant
