"""Tables in a real browser: no word, hour or number is broken at any width."""

from dataclasses import replace

import pytest

from tests.browser.conftest import show
from tests.counterparts.pages import SCENES, compiled, html_of
from tests.counterparts.rich_pages import RELEASED, RICH

# Words, numbers and the labels of addresses that stand on two lines.
BROKEN = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}’',\u00a0]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(it => Math.round(it.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}
"""
TABLES = {
    "four numbers": "| Région | Cas confirmés | Hospitalisations | Évolution |\n|---|--:|--:|--:|\n"
    "| Bourgogne-Franche-Comté | 12 340 | 1 204 | - 12,4 % |\n| Île-de-France | 98 120 | 9 870 | +3 % |\n",
    "hours": "| Horaire | Intervention |\n|---|---|\n| de 9 h 30 à 10 h 15 | Institutionnalisation |\n"
    "| 14 h | Anticonstitutionnellement parlant |\n",
    "addresses": "| Qui | Où écrire |\n|---|---|\n| Presse | "
    "[anne-sophie.legoff-kervella@presse.institut-lecture.example]"
    "(mailto:anne-sophie.legoff-kervella@presse.institut-lecture.example) |\n",
    "six columns": "| Département | Consultations | Hospitalisations | Téléconsultations | Retours | "
    "Décès |\n|---|---|---|---|---|---|\n| Charente-Maritime | 1 200 | 340 | 2 100 | 12 | 3 |\n",
    "one column": "| Rendez-vous |\n|---|\n| Vendredi 12 janvier 2018 à 9 h 30 |\n",
}


@pytest.mark.parametrize("scene", [*SCENES, *RICH], ids=str)
@pytest.mark.parametrize(("language", "theme"), [("fr", "institutional"), ("en", "editorial")])
def test_13_no_word_or_label_of_an_address_is_broken_at_any_width(page, scene, language, theme):
    message = compiled(scene, language=language, theme=theme, logos=True)
    show(page, html_of(message), message)

    assert broken(page) == {600: [], 375: [], 320: []}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_13_tables_of_every_shape_fit_every_width(page, table):
    text = f"# Un titre\n\nUn chapô.\n\n{table}"
    message = compiled(replace(RELEASED, texts={"fr": text}), logos=True)
    show(page, html_of(message), message)

    assert broken(page) == {600: [], 375: [], 320: []}


def broken(page):
    """Broken words by width; a table that is wider than the window counts as one."""
    found = {}
    for width in (600, 375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[width] = page.evaluate(BROKEN) + ([f"{wide} wide"] if wide > width else [])
    return found
