"""Mistakes in templates: file, line, column, and what to do, before anything is rendered."""

from dataclasses import replace
from textwrap import dedent

import pytest

from mailer.errors import ContentError, Place
from mailer.model.campaigns.template import Template
from mailer.render.markup import LineIndex, annotate_positions, pieces
from mailer.render.mjml.attributes import tag_faults
from mailer.render.mjml.lint import check_rendered, check_template
from mailer.render.mjml.values import is_valid
from tests.counterparts.work import calls_of

LAYOUT = """\
<mjml lang="{{ language }}" dir="ltr">
  <mj-head><mj-title>{{ subject }}</mj-title></mj-head>
  <mj-body>
%s
  </mj-body>
</mjml>
"""
SECTION = "<mj-section><mj-column>%s</mj-column></mj-section>"


def checked(**files):
    """The problems of a template of these files (`part` is `base/part.mjml.j2`)."""
    named = {
        ("press/body.mjml.j2" if name == "body" else f"base/{name}.mjml.j2"): text
        for name, text in files.items()
    }
    return check_template(Template("press", named))


def only(problems):
    (problem,) = problems
    where = problem.where
    return f"{where.file}:{where.line}:{where.column}", str(problem.what), str(problem.remedy)


def in_column(content):
    return checked(body=LAYOUT % (SECTION % content))


def test_the_shipped_template_has_nothing_wrong(press):
    assert check_template(press.template()) == ()


def test_an_unknown_attribute_has_its_column_and_the_nearest_name():
    place, what, remedy = only(in_column('<mj-text\n    colour="#fff">x</mj-text>'))

    assert place == "templates/press/body.mjml.j2:5:5"
    assert "“colour”" in what
    assert "“color”" in remedy


def test_an_unknown_tag_has_the_nearest_name():
    place, what, remedy = only(in_column("<mj-txt>x</mj-txt>"))

    assert place == "templates/press/body.mjml.j2:4:24"
    assert "<mj-txt>" in what
    assert "“mj-text”" in remedy


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<mj-text font-size="12">x</mj-text>', "“12” is not what “font-size” may be"),
        ('<mj-text font-size="12pt">x</mj-text>', "12pt"),
        ('<mj-text color="rouge">x</mj-text>', "rouge"),
        ('<mj-text color="#ff">x</mj-text>', "#ff"),
        ('<mj-text align="middle">x</mj-text>', "middle"),
        ('<mj-text padding="1px 2px 3px 4px 5px">x</mj-text>', "5px"),
        ('<mj-table cellpadding="1px"></mj-table>', "1px"),
        ("<mj-text><mj-button>x</mj-button></mj-text>", "inside <mj-text>"),
        ("<mj-column></mj-column>", "<mj-column> cannot stand in <mj-column>"),
        ("<p>x</p>", "outside a text"),
        ("words", "directly in <mj-column>"),
        ('<mj-image src="x.png" />', "has no “alt”"),
        ('<mj-image alt="" />', "has no “src”"),
        ('<mj-text><img src="x.png"></mj-text>', "has no “alt”"),
        ('<mj-social><mj-social-element name="x" alt="x" /></mj-social>', "has no “src”"),
        ('<mj-button href="http://a.example">x</mj-button>', "not protected"),
        ('<mj-text><a href="HTTP://a.example">x</a></mj-text>', "not protected"),
        ('<mj-text><img alt="" src="//a.example/x.png"></mj-text>', "not protected"),
        ('<mj-button title="x" href="https://a.example">x</mj-button>', "no effect"),
        ('<mj-text padding="{{ recipient.name }}">x</mj-text>', "shapes the layout"),
        ('<mj-text css-class="{{ recipient.name }}">x</mj-text>', "shapes the layout"),
        ("<mj-text><script>x</script></mj-text>", "no scripts"),
        ("<mj-include path='x' />", "mj-include"),
    ],
)
def test_each_mistake_is_said(content, said):
    (problem,) = in_column(content)

    assert said in str(problem.what)
    assert problem.where.line == 4
    assert problem.where.column
    assert str(problem.remedy)


@pytest.mark.parametrize(
    "content",
    [
        '<mj-text font-size="{{ theme.size }}px">x</mj-text>',
        '<mj-image src="{{ url }}" {% if alt %}alt="{{ alt }}"{% else %}alt=""{% endif %} />',
        '<mj-text padding="0 40px" line-height="1.6" letter-spacing="-0.5px">x</mj-text>',
        '<mj-text color="rgba(1, 2, 3, 0.5)" font-size="0.5px">x</mj-text>',
        '<mj-text><a href="{{ recipient.unsubscribe_url }}" title="it\'s {{ \'>\' }}">x</a></mj-text>',
        "<mj-text>{% if a %}<p>{% else %}<p class='b'>{% endif %}x</p></mj-text>",
        "{# <mj-txt> #}<!-- <mj-txt> --><mj-text>{{ '<mj-txt>' }}</mj-text>",
        "<mj-text>{% trans %}a <strong>b</strong>{% endtrans %}</mj-text>",
        "<mj-raw><!--[if mso]><v:rect><![endif]--></mj-raw>",
        '<mj-divider border-width="1px" mj-class="x" css-class="y" />',
        "{% for x in y %}<mj-text>{{ x }}</mj-text>{% else %}<mj-spacer />{% endfor %}",
    ],
)
def test_what_is_right_is_left_alone(content):
    assert in_column(content) == ()


def test_defaults_may_be_set_for_any_component():
    head = dedent("""\
        <mj-attributes><mj-all font-family="Arial" padding="0" /><mj-text color="#333" />
        <mj-class name="big" font-size="20px" /><mj-image border="0" /></mj-attributes>""")

    assert checked(body=(LAYOUT % "").replace("<mj-head>", f"<mj-head>{head}")) == ()


@pytest.mark.parametrize(
    ("defaults", "said"),
    [
        ('<mj-class name="a"><mj-text /></mj-class>', "mj-class holds nothing"),
        ("<mj-txt />", "MJML has no <mj-txt>"),
        ('<mj-all colour="red" />', "<mj-all> has no attribute “colour”"),
        ('<mj-image fluid-on-mobile="yes" />', "“yes” is not what"),
        ('<mj-text padding="x" />', "“x” is not what"),
    ],
)
def test_mistakes_in_defaults_are_said(defaults, said):
    head = f"<mj-head><mj-attributes>{defaults}</mj-attributes>"

    (problem,) = checked(body=(LAYOUT % "").replace("<mj-head>", head))

    assert said in str(problem.what)
    assert str(problem.remedy)


def test_a_file_nobody_wrote_by_hand_is_not_read():
    (problem,) = checked(body="x" * 300_000)

    assert "300000 characters" in str(problem.what)


@pytest.mark.parametrize("broken", ["{% endif %}", "{% else %}", "{% block %}", "{% include %}"])
def test_broken_jinja_is_left_to_jinja(broken):
    assert checked(body=LAYOUT % broken) == ()


def test_a_mistake_is_placed_in_the_included_file():
    problems = checked(
        body=LAYOUT % (SECTION % '{% include "base/part.mjml.j2" %}'),
        part='<mj-text>x</mj-text>\n  <mj-image src="x" />',
    )

    assert only(problems)[0] == "templates/base/part.mjml.j2:2:3"


def test_nesting_is_judged_through_includes_and_blocks():
    problems = checked(
        body='{% extends "base/layout.mjml.j2" %}\n{% block content %}\n<mj-text>x</mj-text>{% endblock %}',
        layout=LAYOUT % "{% block content %}{% endblock %}",
    )

    place, what, _remedy = only(problems)
    assert place == "templates/press/body.mjml.j2:3:1"
    assert what == "<mj-text> cannot stand in <mj-body>"


def test_a_mistake_in_a_macro_is_placed_there():
    problems = checked(
        body=LAYOUT % (SECTION % '{% import "base/macros.mjml.j2" as m %}{{ m.row("x") }}'),
        macros="{% macro row(x) %}\n<mj-text>{{ x }}</mj-text><mj-buton>x</mj-buton>\n{% endmacro %}",
    )

    assert only(problems)[0] == "templates/base/macros.mjml.j2:2:27"


def test_every_branch_is_read():
    problems = in_column("{% if a %}<mj-tex>x</mj-tex>{% else %}<mj-tet>x</mj-tet>{% endif %}")

    assert len(problems) == 2


def test_a_part_chosen_while_rendering_is_read_too():
    problems = checked(
        body=LAYOUT % (SECTION % '{% for part in parts %}{% include "base/" ~ part %}{% endfor %}'),
        part="<mj-text>x</mj-text>\n<mj-tex>x</mj-tex>",
        facts="<tr><td>in a table of another part</td></tr>",
    )

    assert only(problems)[0] == "templates/base/part.mjml.j2:2:1"


def test_a_file_that_includes_itself_ends():
    assert checked(body=LAYOUT % '{% include "press/body.mjml.j2" %}') is not None


def test_what_only_rendering_shows_is_placed_in_the_template_too(press):
    body = LAYOUT % (
        SECTION
        % '\n{% for size in ["12px", "12pt"] %}<mj-text font-size="{{ size }}">x</mj-text>{% endfor %}'
    )
    template = replace(
        press.template(), files={"press/body.mjml.j2": body, "press/body.txt.j2": "{{ lead }}"}
    )

    with pytest.raises(ContentError) as caught:
        press.compiled(template=template)

    assert str(caught.value).startswith("templates/press/body.mjml.j2:5:35: “12pt” is not")


def test_all_mistakes_of_template_and_text_come_at_once(press):
    body = LAYOUT % (SECTION % "<mj-tex>x</mj-tex>\n<mj-text colour='red'>x</mj-text>")
    template = replace(
        press.template(), files={"press/body.mjml.j2": body, "press/body.txt.j2": "{{ lead }}"}
    )

    with pytest.raises(ContentError) as caught:
        press.compiled(template=template, content=press.content("{{ recipient.nam }}"))

    assert [problem.where.line for problem in caught.value.problems] == [1, 4, 5]


def test_a_tag_is_judged_once_in_all_versions_of_a_text():
    def faults(words):
        page = f'<mjml lang="fr" dir="ltr"><mj-body>{SECTION * 20}</mj-body></mjml>'
        text = f'<mj-text colour="#fff"><p class="lead">{words}</p></mj-text>'
        return check_rendered(page.replace("%s", text), place=Place("x"), places={})

    tag_faults.cache_clear()
    first, second = faults("one"), faults("another")

    assert first == second
    assert "“colour”" in str(first[0].what)
    assert tag_faults.cache_info().misses == len(("mjml", "body", "section", "column", "text", "p"))


@pytest.mark.parametrize(
    "hostile",
    ["{{", "{%", "<a ", '<a b="', '<a b="{{', "{# ", "<!--", "{% trans %}", "{{ '"],
)
def test_twice_the_template_is_at_most_twice_the_work(hostile):
    def read(count):
        return lambda: (list(pieces(hostile * count)), annotate_positions(hostile * count, "x", {}))

    assert calls_of(read(2_000)) <= 2.2 * calls_of(read(1_000)) + 200


@pytest.mark.parametrize(
    "hostile",
    ["{{", "{%", "<a ", '<a b="', '<a b="{{', "{# ", "<!--", "{% trans %}", "{{ '"],
)
def test_the_pieces_of_a_long_template_are_the_template(hostile):
    text = hostile * 20_000

    assert "".join(piece.text for piece in pieces(text)) == text
    annotate_positions(text, "x", {})


def test_positions_are_counted_from_one():
    lines = LineIndex("f", "ab\ncd\n")

    assert lines.place(0) == Place("f", 1, 1)
    assert lines.place(4) == Place("f", 2, 2)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("unit(px,%)", ["1px", "0", "12.5%"], ["1", "1em", "-1px", "auto", "1px 2px", ""]),
        ("unit(px,%){1,4}", ["1px", "0 1px", "1px 2px 3% 0"], ["1px  ", "1px,2px", "a b"]),
        ("unit(px,auto)", ["1px", "auto"], ["1%"]),
        ("unit(px,%,)", ["1.6", "20px", "120%"], ["normal"]),
        ("unitWithNegative(px,em)", ["-1px", "0.1em"], ["-1%"]),
        ("enum(left,right)", ["left"], ["", "center"]),
        ("boolean", ["true", "false"], ["yes"]),
        ("integer", ["3"], ["3px"]),
        ("color", ["#fff", "#ffffff", "red", "rgb(1,2,3)"], ["#ffff", "rouge", ""]),
    ],
)
def test_each_kind_of_value_is_known(kind, good, bad):
    assert [value for value in good if not is_valid(kind, value)] == []
    assert [value for value in bad if is_valid(kind, value)] == []
