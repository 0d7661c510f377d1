"""Where lines end and how far blocks stand apart: what an eye met in the contact sheets."""

import pytest

from tests.browser.conftest import show
from tests.browser.test_pages import contrast, rgb
from tests.counterparts.pages import LANGUAGES, SCENES, THEMES, compiled, html_of
from tests.counterparts.rich_pages import RICH

NAMED = {str(scene): scene for scene in (*SCENES, *RICH)}
every_look = pytest.mark.parametrize("theme", THEMES)

# The words at which a line begins or ends that should not.
PARTED = """
() => [...document.querySelectorAll('p, li, td, th, h1, h2, h3')].flatMap(block => {
  if (!block.checkVisibility() || block.querySelector('p, li, td')) return [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), found = [];
  let last = null, before = '';
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    for (const word of node.data.matchAll(/[^ \\n]+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const [place] = range.getClientRects();
      if (!place) continue;
      const isNext = last && place.top > last.bottom - 2;
      if (isNext && (/^[–—·,;:!?»)]/.test(word[0]) || /[«(©·]$/.test(before))) {
        found.push(before + ' / ' + word[0]);
      }
      [last, before] = [place, word[0]];
    }
  }
  return found;
})
"""
# How wide the last line of each title is, beside the widest one.
LAST_LINES = """
() => [...document.querySelectorAll('.prose h2, .prose h3, .strip p')].flatMap(title => {
  const range = document.createRange();
  range.selectNodeContents(title);
  const lines = [...range.getClientRects()].map(it => it.width);
  return lines.length < 2 ? [] : [[title.innerText, lines.at(-1) / Math.max(...lines)]];
})
"""
ROOM_ABOVE_PICTURES = """
() => [...document.querySelectorAll('.figure img')].map(image => {
  const above = [...document.querySelectorAll('.sheet p')].map(it => it.getBoundingClientRect());
  const top = image.getBoundingClientRect().top;
  return Math.round(top - Math.max(...above.map(it => it.bottom).filter(it => it <= top)));
})
"""
# The ground of each picture, its words, and the ground of the sheet or box that it stands on.
GROUNDS = """
() => [...document.querySelectorAll('.prose img')].map(image => {
  let around = image.parentElement;
  while (/^rgba\\(.*, 0\\)$/.test(getComputedStyle(around).backgroundColor)) around = around.parentElement;
  const style = getComputedStyle(image);
  return [image.alt, style.backgroundColor, style.color, getComputedStyle(around).backgroundColor];
})
"""

# Pairs of level rules, one below the other, with neither a word nor a picture between them; a frame is one box.
DOUBLE_RULES = """
() => {
  const shown = [...document.querySelectorAll('.sheet *')].filter(it => it.checkVisibility());
  const range = document.createRange(), filled = [], rules = [];
  for (const it of shown) {
    const place = it.getBoundingClientRect(), style = getComputedStyle(it);
    if (it.tagName === 'IMG') filled.push(place);
    for (const node of it.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      range.selectNodeContents(node);
      filled.push(...range.getClientRects());
    }
    if (parseFloat(style.borderLeftWidth) || it.closest('.bar')) continue;
    const name = it.className || it.tagName;
    if (parseFloat(style.borderTopWidth)) rules.push({y: place.top, name, place});
    if (parseFloat(style.borderBottomWidth)) rules.push({y: place.bottom, name, place});
  }
  const found = [];
  for (const one of rules) for (const other of rules) {
    const isBelow = other.y > one.y + 3;
    const isOver = one.place.left < other.place.right - 1 && other.place.left < one.place.right - 1;
    if (!isBelow || !isOver) continue;
    if (!filled.some(it => it.top < other.y && it.bottom > one.y)) found.push(one.name + ' / ' + other.name);
  }
  return found;
}
"""
# How far the last line above each part of a printed page is from the rule or the title of the part.
ROOM_ABOVE_PARTS = """
() => [...document.querySelectorAll('.part, .box, .strip')].filter(it => it.checkVisibility()).map(part => {
  const top = part.getBoundingClientRect().top, range = document.createRange(), ends = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim() || !walker.currentNode.parentElement.checkVisibility()) continue;
    range.selectNodeContents(walker.currentNode);
    ends.push(...[...range.getClientRects()].map(it => it.bottom).filter(it => it <= top + 2));
  }
  return [part.innerText.slice(0, 40), top - Math.max(...ends)];
})
"""


@every_look
@pytest.mark.parametrize("language", LANGUAGES)
def test_13_no_line_begins_or_ends_with_a_sign_of_another(page, theme, language):
    for scene in ("announcement", "press-blocks", "invitation-of-twelve"):
        message = compiled(NAMED[scene], theme=theme, language=language, logos=True)
        show(page, html_of(message), message)

        for width in (600, 375, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(PARTED) == [], (scene, width)


@every_look
def test_13_no_title_leaves_one_word_on_its_last_line(page, theme):
    seen = 0
    for scene in ("release-of-one-page", "correction", "announcement"):
        message = compiled(NAMED[scene], theme=theme)
        show(page, html_of(message), message)

        for width in (375, 320):
            page.set_viewport_size({"width": width, "height": 800})
            lines = page.evaluate(LAST_LINES)
            assert [it for it in lines if it[1] < 0.4] == [], width
            seen += len(lines)
    assert seen


@every_look
@pytest.mark.parametrize("scene", ["every-block", "invitation-of-twelve"])
def test_13_a_picture_stands_no_farther_from_its_text_than_a_title(page, theme, scene):
    message = compiled(NAMED[scene], theme=theme)

    show(page, html_of(message), message)

    assert max(page.evaluate(ROOM_ABOVE_PICTURES)) <= 36


def test_13_a_credit_stays_on_one_line_where_it_fits(page):
    page.set_viewport_size({"width": 320, "height": 800})
    message = compiled(NAMED["every-block"], theme="editorial")

    show(page, html_of(message), message)
    credit = page.locator(".caption .credit").bounding_box()

    assert credit["height"] < 30


def test_13_a_moment_without_an_hour_has_the_room_of_the_others_on_a_phone(page):
    page.set_viewport_size({"width": 375, "height": 800})
    message = compiled(NAMED["press-blocks"], language="en")

    show(page, html_of(message), message)
    row = page.locator(".programme tr").last
    room = row.locator(".name").bounding_box()["y"] - row.bounding_box()["y"]

    assert row.locator(".no-hour").count() == 1
    assert room >= 10


def test_13_on_paper_a_button_of_one_reader_leaves_no_gap(page):
    page.emulate_media(media="print")
    message = compiled(NAMED["announcement"])

    show(page, html_of(message), message)

    assert not page.locator(".box .action").is_visible()


@every_look
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_13_a_picture_that_is_not_shown_leaves_a_ground_with_words_to_read(page, theme, scheme):
    page.emulate_media(color_scheme=scheme)
    for scene in ("every-block", "press-blocks"):
        message = compiled(NAMED[scene], theme=theme)
        show(page, html_of(message), message, images=False)
        found = page.evaluate(GROUNDS)

        assert found
        for alt, ground, words, sheet in found:
            assert contrast(rgb(ground), rgb(words)) >= 4.5, alt
            assert ground != sheet, alt


@every_look
@pytest.mark.parametrize("width", [600, 375])
def test_13_no_rule_follows_another_with_nothing_between_them(page, theme, width):
    page.set_viewport_size({"width": width, "height": 800})
    for name, scene in NAMED.items():
        message = compiled(scene, language="en", theme=theme)
        show(page, html_of(message), message)

        assert page.evaluate(DOUBLE_RULES) == [], name


@every_look
def test_13_on_paper_no_rule_sits_on_the_line_above_it(page, theme):
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print")
    for name, scene in NAMED.items():
        message = compiled(scene, theme=theme)
        show(page, html_of(message), message)

        assert {it: room for it, room in page.evaluate(ROOM_ABOVE_PARTS) if room < 4} == {}, name
