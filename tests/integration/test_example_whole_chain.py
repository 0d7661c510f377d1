"""The example campaign, filled for strange people: the page that the whole chain would make for them."""

import os
from functools import cache
from itertools import product

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from mailer.calendar.timetable import plan
from mailer.files.catalogues import translations_for
from mailer.files.templates import load_template
from mailer.languages.typography import with_typography
from mailer.model.campaigns.campaign import VariantKey
from mailer.render.compile import compile_message
from mailer.render.facts.attached import announced
from mailer.render.facts.context import campaign_values
from mailer.render.facts.logos import office_logos
from mailer.render.jinja.environment import OWN_FILTERS, _as_markdown, _translation_functions
from mailer.render.markdown import document
from mailer.render.personalise import fill
from mailer.render.template_pages import page_of
from tests.counterparts.pages import OFFICE, ROOT, THEMES, example
from tests.counterparts.whole_chain import (
    NAIVE,
    by_html5lib,
    by_lxml,
    clean,
    finished,
    tree,
)

URL = "https://desinscription.institut.example/u/k3j2h1?de=fr&pour=1"
VERSIONS = [
    (planned, variant)
    for planned in plan(example(), office=OFFICE)
    for variant in planned.step.contents
]
FEW = (
    "Müller & Söhne <GmbH>",
    '"><img src=x onerror=alert(1)>',
    "<!--[if mso]>x<![endif]-->",
    "zq0123456789ab-0000-qz",
    "*gras* _x_ `code` [a](b) ![c](d)",
)
REMINDER = next(
    number
    for number, (planned, variant) in enumerate(VERSIONS)
    if planned.step.id == "reminder" and variant == VariantKey("", "fr")
)


@cache
def template(theme):
    return load_template("press", [ROOT / "templates"], theme)


def arguments(planned, variant):
    return {
        "campaign": example(),
        "step": planned.step,
        "variant": variant,
        "planned_local": planned.local,
        "office": OFFICE,
        "translations": translations_for(variant.language or example().language),
    }


@cache
def compiled(number, theme):
    planned, variant = VERSIONS[number]
    return compile_message(
        **arguments(planned, variant),
        content=planned.step.contents[variant],
        template=template(theme),
    )


@cache
def pages(theme):
    """Jinja and the files of a theme, which know nobody: who reads is given to each page."""
    environment = Environment(
        autoescape=True,
        loader=DictLoader(template(theme).files),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.newstyle_gettext = True
    environment.filters |= OWN_FILTERS
    return environment


def whole_chain(number, theme, recipient):
    """One person's page, with nothing set aside."""
    planned, variant = VERSIONS[number]
    look, content = template(theme), planned.step.contents[variant]
    asked = arguments(planned, variant)
    known = campaign_values(**asked) | {
        "recipient": recipient,
        **_translation_functions(asked["translations"]),
    }
    language = known["language"]

    def line(text):
        return (
            Environment(autoescape=False).from_string(with_typography(text, language)).render(known)
        )

    markdown = Environment(autoescape=False, finalize=_as_markdown, trim_blocks=True)
    parts = document.read(
        markdown.from_string(with_typography(content.text, language)).render(known)
    )
    page = pages(theme)

    def block(it, values):
        template = page.get_template(f"base/blocks/{it.kind.name}.html.j2")
        return template.render(known, theme=look.theme, block=values).strip("\n")

    def html(tokens):
        return Markup(
            document.to_html(tokens, images={}, is_block=lambda _it: False, write_block=block)
        )

    return finished(
        page.get_template("press/body.mjml.j2").render(
            known,
            used_blocks=parts.block_names,
            page=page_of(look, example(), planned.step),
            theme=look.theme,
            subject=line(content.subject or planned.step.subject),
            preheader=line(content.preheader or planned.step.preheader),
            logos=[logo.attributes for logo in office_logos(look)],
            partner_logos=[],
            attached=[
                *announced(
                    example(),
                    (),
                    [it for it in compiled(number, theme).embedded if "calendar" in it.media_type],
                    language=language,
                    translations=asked["translations"],
                )
            ],
            note=html(parts.note),
            headline=html(parts.headline) or known["campaign"]["title"],
            lead=html(parts.lead),
            body=html(parts.body),
        )
    )


def a_reader(value):
    return {
        "salutation": clean(value),
        "list": clean(value),
        "unsubscribe_url": URL,
        "answer_url": URL,
    }


@pytest.mark.parametrize("value", NAIVE)
def test_a_reminder_is_the_page_the_whole_chain_makes_whoever_reads_it(value):
    recipient = a_reader(value)

    page = fill(compiled(REMINDER, "classic").html, recipient)

    assert tree(page, by_lxml) == tree(whole_chain(REMINDER, "classic", recipient), by_lxml)
    assert clean(value).strip() in by_lxml(page).text_content()


def looks():
    """Each text in a theme, which are taken in turn; with EVERY_LOOK=1 each text in each theme."""
    numbers = range(len(VERSIONS))
    if os.environ.get("EVERY_LOOK"):
        return list(product(numbers, THEMES))
    return [(number, THEMES[number % len(THEMES)]) for number in numbers]


@pytest.mark.parametrize(("number", "theme"), looks())
def test_every_text_in_every_look_is_the_page_the_whole_chain_makes(number, theme):
    for value in FEW:
        recipient = a_reader(value)

        page = fill(compiled(number, theme).html, recipient)
        whole = whole_chain(number, theme, recipient)

        assert tree(page, by_html5lib) == tree(whole, by_html5lib)
