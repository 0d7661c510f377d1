"""Every theme in a real browser: marks, the first screen, edges, words, images off, print."""

import re
from dataclasses import replace

import pytest

from mailer.files.templates import load_template
from tests.browser.conftest import show
from tests.browser.test_pages import axe_violations, contrast, rgb
from tests.browser.test_print import printed, words
from tests.counterparts.drawn_marks import DARK, LIGHT, RED, YELLOW, a_mark
from tests.counterparts.pages import ROOT, SCENES, THEMES, compiled, compiled_with, html_of

NAMED = {str(scene): scene for scene in SCENES}
INKS = {"dark": DARK, "light": LIGHT, "yellow": YELLOW, "red": RED}
every_look = pytest.mark.parametrize("theme", THEMES)

GROUNDS = """
selector => Object.fromEntries([...document.querySelectorAll(selector)].map(img => {
  let ground = img;
  while (ground && /rgba\\(.*, 0\\)/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
  return [img.alt, getComputedStyle(ground).backgroundColor];
}))
"""
# Where the first letter of each line of text stands, from the left.
EDGES = """
() => [...document.querySelectorAll('.sheet h1, .sheet .kind, .sheet .dateline, .sheet .prose > div > p, .sheet .part h2')]
  .map(it => { const range = document.createRange(); range.selectNodeContents(it);
               return Math.round(range.getClientRects()[0].left); })
"""
# Words of six letters or more that stand on two lines.
BROKEN = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('style, a')) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\d]{6,}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].map(it => Math.round(it.top)));
      if (tops.size > 1) found.push(word[0]);
    }
  }
  return found;
}
"""
# The frame and the ground of each box, and how far from its edge the text begins.
BOXES = """
() => [...document.querySelectorAll('.box, .prose .facts, .prose .panel .described')].map(it => {
  const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (!walker.nextNode().data.trim());
  range.selectNodeContents(walker.currentNode);
  const style = getComputedStyle(it), text = range.getClientRects()[0].left;
  const frame = ['Top', 'Right', 'Bottom', 'Left'].map(at => style['border' + at]);
  return [...frame.map(line => line.startsWith('0px') ? 'none' : line), style.backgroundColor,
          Math.round(text - it.getBoundingClientRect().left)].join(', ');
})
"""


def with_marks(theme):
    """The theme with four marks in the second row, and the same in the footer, one at a time."""
    template = load_template("press", [ROOT / "templates"], theme)
    images = {f"press/{name}.png": a_mark(200, 90, ink) for name, ink in INKS.items()}
    rows = [{"file": f"{name}.png", "width": 90, "alt": name} for name in INKS]
    look = {**template.theme, "institutions": rows}
    for name in INKS:
        footer = {"logo": f"{name}.png", "logo_width": 90, "logo_alt": name}
        yield replace(
            template, images={**template.images, **images}, theme={**look, "footer": footer}
        )


@every_look
def test_13_every_mark_of_a_theme_is_told_from_its_ground_by_day_and_by_night(page, theme):
    weak = []
    for template in with_marks(theme):
        message = compiled_with(template, NAMED["morning"])
        show(page, html_of(message), message)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for name, ground in page.evaluate(GROUNDS, ".institutions img, .foot img").items():
                seen = contrast(INKS[name], rgb(ground))
                weak += [(scheme, name, ground)] if seen < 3 else []

    assert weak == []


@every_look
@pytest.mark.parametrize("width", [600, 375, 320])
def test_13_text_has_one_left_edge_and_no_word_is_broken(page, theme, width):
    page.set_viewport_size({"width": width, "height": 800})
    for scene in ("announcement", "every-block"):
        message = compiled(NAMED[scene], theme=theme, logos=True)

        show(page, html_of(message), message)

        assert len(set(page.evaluate(EDGES))) == 1
        assert page.evaluate(BROKEN) == []


@every_look
@pytest.mark.parametrize("width", [600, 375])
def test_13_every_box_of_a_theme_has_one_frame_and_one_edge(page, theme, width):
    page.set_viewport_size({"width": width, "height": 800})
    boxes = {"light": [], "dark": []}
    for scene in ("practical", "press-blocks"):
        message = compiled(NAMED[scene], theme=theme)
        show(page, html_of(message), message)
        for scheme in boxes:
            page.emulate_media(color_scheme=scheme)
            boxes[scheme] += page.evaluate(BOXES)

    assert len(boxes["light"]) >= 4
    assert [len(set(found)) for found in boxes.values()] == [1, 1], boxes


@pytest.mark.parametrize(("width", "medium"), [(600, "screen"), (375, "screen"), (700, "print")])
def test_13_the_second_institution_stands_below_the_first(page, width, medium):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=medium)
    template = next(with_marks("classic"))
    message = compiled_with(template, NAMED["morning"])

    show(page, html_of(message), message)

    left = "selector => document.querySelector(selector).getBoundingClientRect().left"
    assert page.evaluate(left, ".institutions img") == page.evaluate(left, ".mark img")


@every_look
def test_13_the_headline_of_an_invitation_is_on_the_first_page_and_no_page_is_blank(page, theme):
    message = compiled(NAMED["announcement"], theme=theme, logos=True)
    show(page, html_of(message), message)
    headline = words(page.inner_text("h1"))

    texts = [words(paper.extract_text()) for paper in printed(page)]

    assert headline in texts[0]
    assert all(texts)
    assert len(texts) <= 3


@every_look
def test_13_without_images_a_logotype_says_the_name_of_the_office(page, theme):
    template = load_template("press", [ROOT / "templates"], theme)
    look = {
        **template.theme,
        "logos": [{"file": "logos/clear.png", "width": 160, "alt": ""}],
        "header": {**template.theme["header"], "show_name": False},
    }
    message = compiled_with(replace(template, theme=look), NAMED["announcement"])

    show(page, html_of(message), message, images=False)

    assert re.search(r"Inserm", page.locator(".mark img").first.get_attribute("alt"))


@every_look
def test_13_a_picture_across_the_header_fits_every_width(page, axe, theme):
    template = load_template("press", [ROOT / "templates"], theme)
    picture = a_mark(1240, 300, RED, YELLOW)
    header = {**template.theme["header"], "picture": "sea.png", "picture_alt": "La mer"}
    changed = replace(
        template,
        images={**template.images, "press/sea.png": picture},
        theme={**template.theme, "header": header},
    )
    message = compiled_with(changed, NAMED["morning"])
    show(page, html_of(message), message)
    page.evaluate(axe)

    for width in (700, 375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        shown = page.locator(".picture img").bounding_box()
        sheet = page.locator(".sheet").first.bounding_box()
        assert abs(shown["width"] - sheet["width"]) <= 1
        assert abs(shown["height"] / shown["width"] - 300 / 1240) < 0.01
    assert axe_violations(page, {"runOnly": ["image-alt", "color-contrast"]}) == []
