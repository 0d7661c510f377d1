"""The automatic rules of the Email Markup Consortium's reports, and some of our own, on finished HTML.

Colours are not judged here: they need a browser (`tests/browser`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import html5lib

VAGUE = frozenset(
    {"cliquez ici", "ici", "en savoir plus", "lire la suite", "lien", "click here", "here",
     "read more", "learn more", "more", "link"}
)  # fmt: skip
SMALLEST_PX = 14


def faults(html):
    """Every rule the document breaks, in words; none is what we ship."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    body = tree.find("body")
    return [
        *_language(tree, body),
        *_headings(body),
        *_tables(body),
        *_images(body),
        *_links(body),
        *_letters(body),
        *_limits(html),
    ]


def _language(tree, body):
    if not tree.get("lang") or tree.get("dir") not in {"ltr", "rtl"}:
        yield "html has no lang or dir"
    wrappers = [it for it in body if it.get("lang") == tree.get("lang")]
    # Mail programs drop <html>; what is left must say it again.
    if not any(it.get("dir") for it in wrappers):
        yield "no wrapper in the body repeats lang and dir"
    if not (tree.findtext("head/title") or "").strip():
        yield "no title"
    viewport = next(
        (it.get("content", "") for it in tree.iter("meta") if it.get("name") == "viewport"), ""
    )
    if not viewport or re.search(r"user-scalable=no|maximum-scale=1\b", viewport):
        yield "the viewport is missing, or forbids zooming"


def _headings(body):
    levels = [int(it.tag[1]) for it in body.iter() if re.fullmatch(r"h[1-6]", str(it.tag))]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield f"not one h1 before all other headings: {levels}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings skip a level: {levels}"
    for it in body.iter():
        if re.fullmatch(r"h[1-6]", str(it.tag)) and not words(it):
            yield "an empty heading"


def _tables(body):
    for table in body.iter("table"):
        cells = [it for it in table.iter() if it.tag in {"th", "td"}]
        headers = [it for it in cells if it.tag == "th"]
        if table.get("role") in {"presentation", "none"}:
            if any(it.tag == "th" for row in table.findall("tbody/tr") for it in row):
                yield "a layout table has header cells"
        elif not headers or any(it.get("scope") not in {"row", "col"} for it in headers):
            yield f"a table is neither layout nor data with scopes: {words(table)[:60]}"


def _images(body):
    for image in body.iter("img"):
        if image.get("alt") is None:
            yield f"an image without alt: {image.get('src')}"
        if not image.get("width"):
            yield f"an image without width: {image.get('src')}"


def _links(body):
    targets = defaultdict(set)
    anchors = {f"#{it.get('id')}" for it in body.iter() if it.get("id")}
    for link in body.iter("a"):
        pictures = (it.get("alt", "") for it in link.iter("img"))
        text, href = words(link) or " ".join(pictures).strip(), link.get("href", "")
        if not text:
            yield f"a link without text: {href}"
        if text.casefold().strip(" .…") in VAGUE:
            yield f"a vague link: {text}"
        if not re.match(r"(?:https|mailto|tel):", href) and href not in anchors:
            yield f"a link that leads nowhere safe: {href!r}"
        targets[text].add(href)
    for text, hrefs in targets.items():
        if len(hrefs) > 1:
            yield f"one text, several targets: {text}"


def _letters(body):
    for element in body.iter():
        style = element.get("style", "")
        if "display:none" in style.replace(" ", ""):
            continue
        size = re.search(r"font-size:\s*([\d.]+)px", style)
        # MJML sets empty cells to 0: only what holds text of its own counts.
        if size and float(size[1]) < SMALLEST_PX and own_words(element):
            yield f"letters of {size[1]} px: {own_words(element)[:40]}"
        if re.search(r"text-align:\s*justify", style):
            yield "justified text"


def _limits(html):
    styles = re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)
    if sum(len(it.encode()) for it in styles) > 16_000:
        yield "Gmail drops more than 16 kB of style"
    if any(_deepest(it) > 2 for it in styles):
        yield "Gmail drops a style with an at-rule inside an at-rule"
    if len(html.encode()) > 80_000:
        yield "close to what Gmail clips"
    if re.search(r"@import|@font-face|url\(", html):
        yield "something is fetched"
    # Blocks for Outlook open and close in pairs; `<!--[if !mso]><!-->` shows to the others.
    if len(re.findall(r"<!--\[if ", html)) != html.count("<![endif]-->"):
        yield "conditional comments are not closed"


def _deepest(css):
    depth = deepest = 0
    for sign in re.findall(r"[{}]", css):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest


def words(element):
    return " ".join("".join(element.itertext()).split())


def own_words(element):
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join("".join(pieces).split()) if isinstance(element.tag, str) else ""
