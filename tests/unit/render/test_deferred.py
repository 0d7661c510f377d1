"""Compiled once and filled, a message is what the whole chain would make for each person."""

import email
import email.header
import string
from dataclasses import replace
from urllib.parse import quote

import pytest
from fast_mail_parser import parse_email
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from mailer.errors import ContentError, Place
from mailer.render.facts.context import campaign_values
from mailer.render.jinja.environment import (
    CampaignEnvironment,
    _as_markdown,
    _translation_functions,
)
from mailer.render.jinja.recipient_template import CONTROLS
from mailer.render.markdown import document
from mailer.render.personalise import fill
from tests.counterparts.whole_chain import (
    HOSTILE,
    NAIVE,
    by_html5lib,
    by_lxml,
    clean,
    finished,
    tree,
)

BODY = """\
<mjml lang="fr" dir="ltr"><mj-head><mj-title>{{ subject }}</mj-title>
<mj-attributes><mj-all font-family="Arial" /></mj-attributes>
<mj-style inline="inline">.a p { color: red; } td { padding: 0; }</mj-style></mj-head>
<mj-body><mj-section><mj-column>
<mj-text css-class="a">{{ lead }}{{ body }}</mj-text>
<mj-image src="https://a.example/x.png" alt="{{ recipient.name }}" title="{{ recipient.name }}" />
<mj-button href="https://a.example/?q={{ recipient.name }}">Pour {{ recipient.name }}</mj-button>
<mj-text>{% if recipient.name %}<p>Oui {{ recipient.name }}</p>{% else %}<p>Non</p>{% endif %}
{% for letter in recipient.name.split(" ") %}{% if loop.index < 4 %}<i>{{ letter }}</i>{% endif %}{% endfor %}
{{ recipient.name | upper }} {{ "A" if recipient.name == "Anne" else "B" }}</mj-text>
</mj-column></mj-section></mj-body></mjml>"""
TEXT = (
    "# Titre\n\nBonjour {{ recipient.name }}.\n\n[x](https://a.example/{{ recipient.name }}) fin.\n"
)


@pytest.fixture(scope="module")
def compiled():
    return {}


def a_template(press):
    return replace(
        press.template(), files={"press/body.mjml.j2": BODY, "press/body.txt.j2": "{{ lead }}"}
    )


def message_of(press, compiled):
    if not compiled:
        compiled["one"] = press.compiled(
            template=a_template(press),
            content=press.content(TEXT),
            step=press.step(subject="Pour {{ recipient.name }}", preheader=""),
        )
    return compiled["one"]


def naive(press, name):
    """The whole chain for one person, with nothing set aside: Jinja, MJML, premailer."""
    value = clean(name)
    words = campaign_values(
        campaign=press.campaign(),
        step=press.step(),
        variant=press.KEY,
        planned_local=press.MONDAY,
        office=press.office(),
        translations=press.French(),
    ) | {"recipient": {"name": value}}
    markdown = Environment(autoescape=False, finalize=_as_markdown)
    in_address = TEXT.replace("/{{ recipient.name }}", "/{{ recipient.name | urlencode_all }}")
    markdown.filters["urlencode_all"] = lambda it: quote(it, safe="")
    parts = document.read(markdown.from_string(in_address).render(words))

    def html(tokens):
        return Markup(
            document.to_html(
                tokens,
                images={},
                is_block=lambda _it: False,
                write_block=lambda _block, _values: "",
            )
        )

    page = Environment(
        autoescape=True,
        loader=DictLoader(
            {"body": BODY.replace("?q={{ recipient.name }}", "?q={{ recipient.name | quoted }}")}
        ),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.filters["quoted"] = lambda it: quote(it, safe="")
    layout = page.get_template("body").render(
        words, subject=f"Pour {value}", lead=html(parts.lead), body=html(parts.body)
    )
    return finished(layout)


@pytest.mark.parametrize("value", NAIVE)
@pytest.mark.parametrize("read", [by_lxml, by_html5lib])
def test_filling_gives_the_same_page_as_the_whole_chain(press, compiled, value, read):
    page = fill(message_of(press, compiled).html, press.fields(name=clean(value)))

    assert tree(page, read) == tree(naive(press, value), read)


@pytest.mark.parametrize("value", HOSTILE)
def test_the_example_keeps_its_shape_whoever_reads_it(press, value):
    message = press.compiled()
    plain = tree(fill(message.html, press.fields(salutation="x", list="x")), by_lxml)

    hostile = tree(fill(message.html, press.fields(salutation=value, list=value)), by_lxml)

    assert [node[0] for node in hostile] == [node[0] for node in plain]
    assert [dict(node[1]) for node in hostile] == [dict(node[1]) for node in plain]


def parsed_twice(raw):
    """(subject, text, html, names of header fields) by two parsers that share nothing."""
    one = email.message_from_bytes(raw)
    parts = {
        it.get_content_type(): it.get_payload(decode=True).decode()
        for it in one.walk()
        if not it.is_multipart() and it.get_content_maintype() == "text"
    }
    unfolded = (one["Subject"] or "").replace("\r\n", "")
    decoded = email.header.make_header(email.header.decode_header(unfolded))
    yield (
        str(decoded),
        parts["text/plain"],
        parts["text/html"],
        [name.lower() for name in one],
    )
    two = parse_email(raw)
    names = [name.lower() for name, values in two.headers.items() for _value in values]
    yield two.subject, two.text_plain[0], two.text_html[0], names


def is_wire_safe(raw):
    assert not {b"\r", b"\n"} & {bytes([octet]) for octet in raw.replace(b"\r\n", b"")}
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    return True


def reads_as_meant(press, message, **values):
    fields = press.fields(**values)
    built = press.message(message, **values)
    assert is_wire_safe(built.raw)
    subject = CONTROLS.sub("", " ".join(fill(message.subject, fields).splitlines())).strip(" ")
    fields_named = []
    for read_subject, text, html, names in parsed_twice(built.raw):
        assert read_subject.strip() == subject.strip()
        # The second parser counts the line end before a boundary to the part.
        assert text.replace("\r\n", "\n").rstrip("\n") == fill(message.text, fields).rstrip("\n")
        assert html.replace("\r\n", "\n").rstrip("\n") == fill(message.html, fields).rstrip("\n")
        assert "bcc" not in names
        fields_named.append(sorted(names))
    assert fields_named[0] == fields_named[1]
    return True


@pytest.mark.parametrize("value", HOSTILE)
def test_every_message_is_read_as_meant_by_two_parsers(press, compiled, value):
    assert reads_as_meant(press, message_of(press, compiled), name=value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(max_size=200))
def test_no_text_at_all_breaks_a_message(press, compiled, value):
    assert reads_as_meant(press, message_of(press, compiled), name=value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
# Two underlines beside each other would be a placeholder of the measure, which is read as text.
@given(
    value=st.text(alphabet=string.printable + "«» é\u202f", max_size=40).filter(
        lambda value: "__" not in value
    )
)
@example(value="0-A'0")
def test_no_text_at_all_changes_the_page(press, compiled, value):
    page = fill(message_of(press, compiled).html, press.fields(name=clean(value)))

    assert tree(page, by_html5lib) == tree(naive(press, value), by_html5lib)


# What may be written, and what may not.


def text_of(press, source, **fields):
    message = press.compiled(content=press.content(f"# T\n\nA.\n\n{source}"))
    text = fill(message.text, press.fields(**fields))
    html = fill(message.html, press.fields(**fields))
    assert "zq" not in text + html
    return text


@pytest.mark.parametrize(
    ("source", "said", "not_said"),
    [
        (
            "{% if recipient.role == 'x' %}alpha{% elif recipient.name %}beta{% else %}gamma{% endif %}",
            "beta",
            "alpha",
        ),
        ("{% if not recipient.role %}alpha{% endif %}", "alpha", "zz"),
        (
            "{% if recipient.name and recipient.beat in ['santé', 'sciences'] %}alpha{% endif %}",
            "alpha",
            "zz",
        ),
        ("{% if recipient.name is defined %}alpha{% endif %}", "alpha", "zz"),
        (
            "{% if event is defined %}{% if recipient.name %}alpha{% endif %}{% endif %}",
            "alpha",
            "zz",
        ),
        (
            "{% if recipient.name %}{% if event is defined %}alpha{% else %}beta{% endif %}{% endif %}",
            "alpha",
            "beta",
        ),
        (
            "{% for link in links %}{% if recipient.name %}{{ link.label }} {% endif %}{% endfor %}",
            "Programme",
            "zz",
        ),
        ("{% for word in recipient.beat.split('-') %}<{{ word }}>{% endfor %}", "<santé>", "zz"),
        ("{{ recipient.role | default('lecteur', true) | upper }}", "LECTEUR", "zz"),
        ("{{ recipient['name'] }}", "Anne Durand", "zz"),
        ("{{ recipient.name.upper() }}", "ANNE DURAND", "zz"),
        ("{{ 'alpha' if recipient.name else 'beta' }}", "alpha", "beta"),
        ("{{ recipient.first_name ~ ' ' ~ recipient.last_name }}", "Anne Durand", "zz"),
        (
            "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(event.name) }} {{ recipient.name }}",
            "[Recherche",
            "zz",
        ),
        (
            "{% macro m() %}[{{ recipient.name }}]{% endmacro %}{{ m() }}{{ m() }}",
            "[Anne Durand][Anne Durand]",
            "zz",
        ),
        ("{% set x = event.name %}{{ x }}", "Recherche", "zz"),
        ("{% trans name=recipient.name %}Pour {{ name }}{% endtrans %}", "Pour Anne Durand", "zz"),
    ],
)
def test_what_touches_the_reader_is_decided_for_each_reader(press, source, said, not_said):
    text = text_of(press, source, beat="santé", role="")

    assert said in text
    assert not_said not in text


@pytest.mark.parametrize(
    "source",
    [
        "{{ recipient.name ~ event.name }}",
        "{{ event.name if recipient.name else 'x' }}",
        "{% if recipient.name and event.name %}x{% endif %}",
        "{% for x in links if recipient.name %}x{% endfor %}",
        "{% set x = recipient.name %}",
        "{% set x %}{{ recipient.name }}{% endset %}{{ x | truncate(5) }}",
        "{% filter upper %}{{ recipient.name }}{% endfilter %}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(recipient.name) }}",
        "{% call recipient.name() %}{% endcall %}",
        "{% include recipient.name %}",
        "{{ recipient }}",
        "{{ recipient.nom }}",
        "{{ recipient.notes }}",
        "{{ recipient.__class__ }}",
        "{{ recipient['na' ~ 'me'] }}",
        "{{ recipient.name | attr('x') }}",
        "{{ recipient.name | safe }}",
        "{{ recipient.name * 1000000000 }}",
        "{{ recipient.name ** 2 }}",
        "{{ '%1000000000d' % recipient.name }}",
        "{{ recipient.name.ljust(1000000000) }}",
        "{{ recipient.name.__class__ }}",
        "{{ recipient.name.format(1) }}",
        "{{ recipient.name + 1 }}",
        "{{ recipient.name | default( }}",
        "{% if recipient.name %}x",
        "{% if recipient.name %}x{% else %}y{% elif recipient.role %}z{% endif %}",
        "{% for x in recipient %}x{% endfor %}",
        "{% for x in recipient.name %}{{ recipient.nom }}{% endfor %}",
        "{% trans %}{{ recipient.name }}{% endtrans %}",
    ],
)
def test_what_could_not_be_decided_for_each_reader_is_refused_with_its_line(press, source):
    with pytest.raises(ContentError) as caught:
        text_of(press, source)

    assert all(problem.where == Place("announcement.md", 5) for problem in caught.value.problems)


def test_a_recipients_value_spoilt_by_a_template_filter_is_noticed(press):
    files = {
        "press/body.mjml.j2": BODY,
        "press/body.txt.j2": "{{ lead }}\n{{ note | upper }}",
    }
    template = replace(press.template(), files=files)

    with pytest.raises(ContentError, match=r"body\.txt\.j2"):
        press.compiled(
            template=template,
            content=press.content("{{ recipient.name }},\n\n# T\n\nA."),
            step=press.step(subject="x", preheader=""),
        )


def test_environments_hold_nothing_but_what_is_listed():
    environment = CampaignEnvironment(prefix="x", as_comment=False)

    assert environment.globals == {}
    assert "attr" not in environment.filters
    assert {*_translation_functions(None)} == {"_", "gettext", "ngettext"}
