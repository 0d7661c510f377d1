"""Partners in a real browser: marks that are seen, in cells of one size."""

from dataclasses import replace

import pytest

from mailer.model.campaigns.campaign import Partner, PartnerTier
from tests.browser.conftest import show
from tests.browser.test_pages import contrast, rgb
from tests.counterparts.drawn_marks import DARK, LIGHT, RED, YELLOW, a_mark
from tests.counterparts.pages import THEMES, compiled, html_of
from tests.counterparts.rich_pages import INVITED, RELEASED, with_partners

INKS = {
    "dark": DARK,
    "black": (0, 0, 0),
    "light": LIGHT,
    "yellow": YELLOW,
    "red": RED,
    "grey": (120, 120, 120),
}
"""Transparent marks by name: the ink of each must be told from the ground it is shown on."""

GROUNDS = """
() => Object.fromEntries([...document.querySelectorAll('.cell img')].map(img => {
  let ground = img;
  while (/rgba\\(.*, 0\\)/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
  return [img.alt, getComputedStyle(ground).backgroundColor];
}))
"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tier", [PartnerTier.PARTNER, PartnerTier.ORGANISER])
def test_13_every_mark_is_told_from_its_ground_by_day_and_by_night(page, theme, tier):
    marks = {f"{name}.png": a_mark(200, 90, ink) for name, ink in INKS.items()}
    partners = [Partner(name, logo=f"{name}.png", tier=tier) for name in INKS]
    scene = with_partners(RELEASED, *partners)
    scene = replace(scene, facts={**scene.facts, "files": {**RELEASED.facts["files"], **marks}})
    message = compiled(scene, theme=theme)
    show(page, html_of(message), message)

    weak = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name, ground in page.evaluate(GROUNDS).items():
            seen = contrast(INKS[name], rgb(ground))
            weak += [(scheme, name, round(seen, 2))] if seen < 3 else []
    assert weak == []


@pytest.mark.parametrize("width", [600, 375, 320])
def test_13_marks_stand_in_cells_of_one_width_and_weigh_the_same(page, width):
    message = compiled(INVITED)
    page.set_viewport_size({"width": width, "height": 800})
    show(page, html_of(message), message)

    cells = page.eval_on_selector_all(".cell", "all => all.map(it => it.clientWidth)")
    boxes = page.eval_on_selector_all(
        ".cell img",
        "all => all.map(it => [it.offsetWidth / it.closest('td').clientWidth, it.alt])",
    )

    assert len(cells) == 6
    assert max(cells) - min(cells) <= 1
    assert all(share < 1 for share, _name in boxes)
    assert [name for _share, name in boxes] == [it.name for it in INVITED.facts["partners"][:6]]


def test_13_names_without_a_mark_make_one_sentence_and_tiers_stand_apart(page):
    message = compiled(INVITED)
    show(page, html_of(message), message)

    titles = page.eval_on_selector_all(".partners h2", "all => all.map(it => it.textContent)")
    said = page.inner_text(".partners p:has(strong) >> nth=0").replace("\u00a0", " ")

    assert titles == ["Partenaires", "Avec le patronage de", "Partenaire média"]
    assert said == (
        "Et aussi : Alliance des mots rares, France Lecteurs Fictive, Ville de Port-Fictif (accueil) "
        "et Caisse nationale fictive."
    )


def test_13_with_images_off_each_cell_says_the_name(page):
    message = compiled(INVITED)
    show(page, html_of(message), message, images=False)

    links = page.eval_on_selector_all(".cell a", "all => all.map(it => it.firstChild.alt)")

    assert links == [it.name for it in INVITED.facts["partners"] if it.url and it.logo]


@pytest.mark.parametrize("others", [1, 2, 3])
def test_13_two_to_four_institutions_sign_the_header_together(page, others):
    organisers = [
        replace(it, tier=PartnerTier.ORGANISER) for it in INVITED.facts["partners"][:others]
    ]
    message = compiled(with_partners(INVITED, *organisers))
    show(page, html_of(message), message)

    signs = page.eval_on_selector_all(
        ".head .cell", "all => all.map(it => it.innerText.trim() || it.querySelector('img').alt)"
    )

    assert signs == ["Inserm", *(it.name for it in organisers)]


def test_13_a_mark_that_is_lost_on_paper_signs_on_the_colour_of_its_header(page):
    organiser = replace(INVITED.facts["partners"][0], tier=PartnerTier.ORGANISER)
    message = compiled(with_partners(INVITED, organiser), theme="institutional")
    show(page, html_of(message), message)

    ground = "it => getComputedStyle(it).backgroundColor"

    assert page.locator(".head .cell").first.evaluate(ground) == "rgb(27, 42, 122)"


@pytest.mark.parametrize("others", [0, 4])
def test_13_one_institution_or_five_leave_the_header_to_the_office(page, others):
    organisers = [
        replace(it, tier=PartnerTier.ORGANISER) for it in INVITED.facts["partners"][:others]
    ]
    message = compiled(with_partners(INVITED, *organisers))
    show(page, html_of(message), message)

    assert page.locator(".head .cell").count() == 0
    assert page.inner_text(".mark").strip() == "Inserm"
