"""What no line of a letter parts, looked at in a browser: names and quantities."""

from dataclasses import replace

import pytest

from mailer.render.personalise import fill
from tests.browser.conftest import show
from tests.counterparts.pages import FIELDS, LINKS, THEMES, compiled
from tests.counterparts.rich_pages import INVITED

PARTED = """
kept => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.data.replaceAll('\u00a0', ' ');
    if (!node.parentElement.checkVisibility()) continue;
    for (const piece of kept) {
      for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + piece.length);
        const lines = new Set([...range.getClientRects()].map(it => Math.round(it.top)));
        found.push([piece, lines.size]);
      }
    }
  }
  return found;
}
"""
TEXTS = {
    "fr": """\
{{ recipient.salutation }},

# À Saint-Étienne, Jean-Pierre Martin-Dupont réunit malades et chercheurs d’Île-de-France

Le docteur Jean-Pierre Martin-Dupont, de l’hôpital de Saint-Étienne, et vingt équipes d’Île-de-France parlent aux **familles d’Aix-en-Provence**.

| Qui | Où |
|---|---|
| Jean-Pierre Martin-Dupont | [Saint-Étienne](https://www.institut.example/ville) |
| Anne-Lise Petit-Jean | Bourg-en-Bresse |

> Nous lirons ensemble, de Saint-Étienne à Bourgogne-Franche-Comté.
>
> — Jean-Pierre Martin-Dupont, président de l’association Lire

::: intervenants
- Jean-Pierre Martin-Dupont
  fonction : professeur à l’hôpital de Saint-Étienne
:::
""",
    "en": """\
{{ recipient.salutation }},

# On 9 December 2017 Jean-Pierre Martin-Dupont shares €3 million in Room 12

The hospital is 25 km from the sea; it opens on December 9, 2017 at 10 a.m. to the families of Saint-Étienne and to 1.2 million readers of Île-de-France.

| Who | When |
|---|---|
| Jean-Pierre Martin-Dupont | 9 December 2017, 10 a.m. |
| Anne-Lise Petit-Jean | Room 12, 25 km away |
""",
}
NAMES = ("Jean-Pierre", "Martin-Dupont", "Saint-Étienne", "Île-de-France", "Le-Goff")
LABELS = ("anne-sophie", "legoff-kervella", "institut-lecture")
"""Of an address, in which a hyphen at the end of a line could be taken for the line's own."""
KEPT = {
    "fr": [
        *NAMES,
        *LABELS,
        "Aix-en-Provence",
        "Petit-Jean",
        "Bourg-en-Bresse",
        "Bourgogne-Franche-Comté",
    ],
    "en": [
        *(*NAMES, *LABELS, "9 December 2017", "December 9, 2017", "10 a.m.", "25 km", "€3 million"),
        *("1.2 million", "Room 12"),
    ],
}
SALUTATIONS = {
    "fr": "Bonjour Madame Anne-Lise de Kersauson-Tréguier du Le-Goff",
    "en": "Dear Professor Anne-Lise de Kersauson-Tréguier du Le-Goff",
}
WIDTHS = (600, 375, 320, *range(310, 620, 12))


@pytest.mark.parametrize("language", KEPT)
@pytest.mark.parametrize("theme", THEMES)
def test_13_no_line_parts_a_compound_name_or_a_quantity(page, theme, language):
    message = compiled(replace(INVITED, texts=TEXTS), language=language, theme=theme, logos=True)
    fields = {**FIELDS[language], **LINKS, "salutation": SALUTATIONS[language]}
    show(page, fill(message.html, fields), message)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(PARTED, KEPT[language])
        assert {name for name, _lines in found} == {*KEPT[language]}
        assert [name for name, lines in found if lines > 1] == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_13_a_name_is_copied_and_found_as_it_is_written(page):
    message = compiled(replace(INVITED, texts=TEXTS), language="fr")
    fields = {**FIELDS["fr"], **LINKS, "salutation": SALUTATIONS["fr"]}
    show(page, fill(message.html, fields), message)

    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('h1'))")

    assert page.evaluate("document.getSelection().toString()") == (
        "À Saint-Étienne, Jean-Pierre Martin-Dupont réunit malades et chercheurs d’Île-de-France"
    )
    assert "\N{NON-BREAKING HYPHEN}" not in page.inner_text("body")
    assert page.evaluate("window.find('Bourgogne-Franche-Comté')")
