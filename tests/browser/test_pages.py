"""Every page that ships, in a real browser: widths, dark mode, images off, axe-core, contrast."""

import os
from itertools import product

import pytest

from tests.browser.conftest import show
from tests.counterparts.pages import LANGUAGES, SCENES, THEMES, compiled, html_of

WIDTHS = (600, 360, 320)
NAMED = {str(scene): scene for scene in SCENES}
every_page = pytest.mark.parametrize("scene", SCENES, ids=str)
every_look = pytest.mark.parametrize("theme", THEMES)

# Landmarks belong to pages with navigation; a mail is shown inside one.
NOT_FOR_MAILS = {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}


def looks():
    """Each page in a theme and a language, which are taken in turn; in all with EVERY_LOOK=1."""
    turns = [
        (
            scene,
            THEMES[place % len(THEMES)],
            LANGUAGES[(place + place // len(THEMES)) % len(LANGUAGES)],
        )
        for place, scene in enumerate(SCENES)
        if str(scene) != "every-block"
    ]
    # The page with every block shows what is particular to a theme.
    turns += [(NAMED["every-block"], theme, "fr") for theme in THEMES]
    every = product(SCENES, THEMES, LANGUAGES)
    chosen = every if os.environ.get("EVERY_LOOK") else turns
    return [pytest.param(*look, id="-".join(map(str, look))) for look in chosen]


# What each visible text is painted with: its colour, and the first opaque ground behind it.
PAINTED = """
() => {
  const opaque = c => c && !/^rgba\\(.*, 0\\)$/.test(c) && c !== 'transparent';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest('style')) continue;
    let ground = element;
    while (ground && !opaque(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    found.push([node.data.trim().slice(0, 40), getComputedStyle(element).color,
                ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)',
                parseFloat(getComputedStyle(element).fontSize)]);
  }
  return found;
}
"""


@pytest.mark.parametrize(("scene", "theme", "language"), looks())
def test_axe_finds_nothing_in_light_and_dark(page, axe, scene, theme, language):
    message = compiled(scene, language=language, theme=theme, logos=True)
    show(page, html_of(message), message)
    page.add_script_tag(content=axe)

    found = axe_violations(page, {"rules": NOT_FOR_MAILS})
    page.emulate_media(color_scheme="dark")
    found += axe_violations(page, {"runOnly": ["color-contrast"]})

    assert found == []


@every_page
@every_look
def test_no_width_scrolls_sideways_and_nothing_is_cut(page, scene, theme):
    message = compiled(scene, theme=theme, logos=True)
    show(page, html_of(message), message)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


@every_page
@every_look
def test_every_text_can_be_read_in_light_dark_and_inverted(page, scene, theme):
    message = compiled(scene, theme=theme, logos=True)
    show(page, html_of(message), message)

    weak = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for words, text, ground, size in page.evaluate(PAINTED):
            pairs = {scheme: (rgb(text), rgb(ground))}
            if scheme == "light":  # what Gmail and Outlook do to a mail of their own accord
                pairs["inverted"] = inverted(rgb(text)), inverted(rgb(ground))
                pairs["half inverted"] = darkened(rgb(text), rgb(ground))
            weak += [
                (how, words, round(contrast(*pair), 2))
                for how, pair in pairs.items()
                if contrast(*pair) < 4.5
            ]
            assert size >= 14, words

    assert weak == []


@every_page
def test_with_images_off_every_fact_is_there(page, scene):
    message = compiled(scene, logos=True)
    show(page, html_of(message), message, images=False)
    shown = " ".join(page.inner_text("body").replace("\u00a0", " ").split())

    facts = ["Inserm", "Claire Delmas", "06 39 98 12 34"]
    if scene.page in {"advisory", "reminder", "practical", "morning", "correction"}:
        facts += ["samedi 9 décembre 2017", "de 9 h 30 à 17 h", "23 quai de Conti, 75006 Paris"]
    if scene.page in {"advisory", "reminder"}:
        facts += ["vendredi 8 décembre 2017 à 12 h", "presse@institut.example"]
    assert [fact for fact in facts if fact not in shown] == []


def test_read_aloud_the_advisory_has_the_anatomy_of_a_french_advisory(page):
    message = compiled(NAMED["announcement"], logos=True)
    show(page, html_of(message), message)

    order = linearised(page)

    expected = [
        "Inserm",
        "Information presse",
        "Paris, lundi 4 décembre 2017",
        "heading Quand les malades deviennent partenaires de la recherche",
        "Le samedi 9 décembre 2017, plus de 120",
        "heading Informations pratiques",
        "rowheader Date",
        "cell samedi 9 décembre 2017",
        "rowheader Horaires",
        "cell de 9 h 30 à 17 h",
        "link Plan",
        "rowheader Accréditation",
        "link Répondre à l’invitation",
        "link presse@institut.example",
        "heading Deux formes d’expertise",
        "heading Partenaires",
        "link Académie des sciences",
        "heading Pour en savoir plus",
        "heading Contacts presse",
        "link claire.delmas@institut.example",
        "link 06 39 98 12 34",
        "heading Salles de presse",
        "Vous recevez ce message",
        "link Ne plus recevoir ces messages",
    ]
    places = []
    for part in expected:
        found = [
            n
            for n, it in enumerate(order)
            if it.casefold().startswith(part.casefold()) and n > (places or [-1])[-1]
        ]
        assert found, (part, order)
        places.append(found[0])


@pytest.mark.parametrize("width", [600, 320])
def test_a_correction_read_aloud_says_which_value_is_which(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    message = compiled(NAMED["correction"], language="en")
    show(page, html_of(message), message)

    shown = " ".join(page.inner_text(".changes").replace("\u00a0", " ").split())

    if width > 480:
        assert shown.startswith("Subject Before Now Time 10:00 am from 9:30 am")
    else:
        assert shown.startswith("Time Before: 10:00 am Now: from 9:30 am to 5:00 pm")


@every_look
@pytest.mark.parametrize("scene", ["announcement", "every-block"])
def test_on_paper_everything_is_black_on_white(page, scene, theme):
    message = compiled(NAMED[scene], theme=theme)
    show(page, html_of(message), message)
    page.emulate_media(media="print", color_scheme="light")  # browsers print in light always

    painted = page.evaluate(PAINTED)

    assert {(text, ground) for _words, text, ground, _size in painted} == {
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    }


def axe_violations(page, options):
    result = page.evaluate("options => axe.run({resultTypes: ['violations'], ...options})", options)
    return [(it["id"], [node["html"][:120] for node in it["nodes"]]) for it in result["violations"]]


def linearised(page):
    """What a screen reader meets, in order: Chromium's own accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}

    def walk(node):
        role, name = node["role"]["value"], node.get("name", {}).get("value", "")
        words = " ".join(name.replace("\u00a0", " ").split())
        if role == "link" and "@" in words:  # Chromium names a place to break as a blank
            words = words.replace(" ", "")
        if not node.get("ignored") and words:
            if role == "StaticText":
                yield words
            elif role in {
                "heading",
                "link",
                "rowheader",
                "columnheader",
                "cell",
                "gridcell",
                "image",
            }:
                yield f"{role} {words}"
        for child in node.get("childIds", []):
            yield from walk(known[child])

    return list(walk(nodes[0]))


def rgb(css):
    return tuple(int(float(it)) for it in css[css.index("(") + 1 : -1].split(",")[:3])


def luminance(colour):
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def inverted(colour):
    """Lightness turned round, hue kept: full inversion, as mail programs on phones do it."""
    most, least = max(colour), min(colour)
    shift = 255 - most - least
    return tuple(it + shift for it in colour)


def darkened(text, ground):
    """Only light grounds and dark texts turned round, as Outlook.com does it."""
    return (
        inverted(text) if sum(text) < 384 else text,
        inverted(ground) if sum(ground) >= 384 else ground,
    )
