"""Writes the posts of a release, each as long as its network allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.html

from mailer.model.press_room.social_card import Post

if TYPE_CHECKING:
    from mailer.model.press_room.social_card import Network

# The ranges whose signs X counts once (its “weighted length”, configuration 3); others count twice.
_COUNTED_ONCE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
# Not after an initial (J. Martin) or a title, and not before a small letter or a number.
_SENTENCE_END = re.compile(
    r"(?:[!?…]|(?<!\b[A-Za-z])(?<!\b[DMP][rs])(?<!\bMM)(?<!\bMrs)(?<!\bProf)(?<!\bSt)\.)"
    r"(?:\s?[»”)])?(?=\s+[^a-zà-ÿ\s\d»”)])"
)


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a mail says first: its headline, its lead, and its first picture."""

    title: str
    summary: str
    picture_id: str = ""
    alternative_text: str = ""


def card_words(html: str) -> CardWords:
    """Return headline, lead and first picture of a mail; what it does not have is empty.

    `html` is the mail without what belongs to one recipient.
    """
    page = lxml.html.document_fromstring(html)
    title = next((_text(it) for it in page.iter("h1")), "")
    opening = page.xpath("//*[contains(concat(' ', @class, ' '), ' opening ')]//p[not(@class)]")
    pictures = page.xpath(
        "//table[contains(concat(' ', @class, ' '), ' figure ')]//img[starts-with(@src, 'cid:')]"
    )
    first = pictures[0] if pictures else {}
    return CardWords(
        title,
        " ".join(map(_text, opening)),
        first.get("src", "").removeprefix("cid:"),
        first.get("alt", ""),
    )


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split(" ")).strip()


def post(network: Network, *, title: str, summary: str, link: str) -> Post:
    """Return the longest post that the network takes: title, as many sentences of the summary as
    fit, link.

    The link is always whole. A title that is too long by itself is cut between two words.
    """
    ends = [0, *(it.end() for it in _SENTENCE_END.finditer(summary)), len(summary)]
    for end in reversed(ends):
        text = _joined(title, summary[:end].strip(), link)
        if (length := length_on(network, text, link=link)) <= network.limit:
            return Post(network, text, length)
    return _with_short_title(network, title.split(), link)


def _with_short_title(network: Network, words: list[str], link: str) -> Post:
    for count in range(len(words) - 1, -1, -1):
        text = _joined(f"{' '.join(words[:count])}…", link)
        if (length := length_on(network, text, link=link)) <= network.limit:
            return Post(network, text, length)
    return Post(network, link, length_on(network, link, link=link))


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


def length_on(network: Network, text: str, *, link: str) -> int:
    """Return how many characters a post has, as its network counts them."""
    has_link = bool(link) and text.endswith(link)
    words = text.removesuffix(link) if has_link else text
    weight = sum(map(_weight, words)) if network.counts_wide_twice else len(words)
    return weight + (network.link_length or len(link) if has_link else 0)


def _weight(sign: str) -> int:
    return 1 if any(first <= ord(sign) <= last for first, last in _COUNTED_ONCE) else 2
