"""Is every institution, and the event, called by one name?"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, warning
from mailer.checks.reading.names.bodies import is_spelt_otherwise
from mailer.checks.reading.texts.prose import messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.model.campaigns.campaign import Campaign
from mailer.model.campaigns.office import Office
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Names are sacred to whoever bears them, and a desk asks whether these are two.")
SOURCE = sources.PRACTICE

_WORD = re.compile(r"[\w-]+|&")
_STOP = re.compile(r"[!?;:…()]|(?<=\w{4})\.\s|\n[ \t]*\n")
_SAME = 0.78
"""From this likeness on, two names that end alike are meant to be one."""
_SAME_END = 0.75
_SHORTEST = 12
"""In characters: shorter names are like many others."""


class _FoldedWord(NamedTuple):
    """A word of a text without accents and capitals, and where it stands."""

    folded: str
    start: int
    end: int


def check(draft: Draft) -> Findings:
    """Yield a warning for words that are almost an official name: of the event, the office, a
    partner, or the organisation of a contact.

    Short forms that the file allows (`short_names`) are right, as is a name cut off at its end.
    """
    names = set(_official(draft.campaign, draft.office))
    short = draft.campaign.short_names
    allowed = {_plain(name) for name in (*names, *short) if name}
    for passage in messages(draft):
        if passage.language != draft.campaign.language:
            continue
        text = without_quotations(passage.text)
        words = [_FoldedWord(folded(found[0]), *found.span()) for found in _WORD.finditer(text)]
        for name in names:
            for start, end in _like(name, text, words):
                written = " ".join(text[start:end].split())
                is_spelt = is_spelt_otherwise(name, written) and written not in short
                if is_spelt or not _is_part_of_one(text, start, end, allowed):
                    yield warning(
                        passage.at(start),
                        what=_(
                            "“{words}” is called “{name}” elsewhere.",
                            words=written,
                            name=name,
                        ),
                        why=WHY,
                        remedy=_(
                            "Write one name everywhere, or allow this one: {fact}.",
                            fact=FactKey("short_names"),
                        ),
                    )


def _official(campaign: Campaign, office: Office) -> Iterator[str]:
    yield office.name
    if campaign.event:
        yield campaign.event.name
    yield from (partner.name for partner in campaign.partners)
    yield from (contact.organisation for contact in campaign.press_contacts)


def _plain(name: str) -> str:
    return " ".join(folded(name.replace("&", " et ")).split())


def _like(name: str, text: str, words: list[_FoldedWord]) -> Iterator[tuple[int, int]]:
    """Yield where words stand that are almost `name`: as many, or one more or less."""
    official, count = _plain(name), len(_WORD.findall(name))
    if len(official) < _SHORTEST or count < 2:
        return
    heads = official.split()[0][:4]
    reached = 0
    for first, word in enumerate(words):
        if word.start < reached or not word.folded.startswith(heads):
            continue
        best, end = 0.0, 0
        for last in range(first + max(1, count - 2), min(first + count + 1, len(words))):
            if last > first and (
                words[last].folded.startswith(heads)
                or _STOP.search(text, words[last - 1].end, words[last].start)
            ):
                break  # the name begins again, or its sentence ends
            ending = words[last].end
            written = _plain(text[word.start : ending])
            if _ratio(official.split()[-1], written.split()[-1]) < _SAME_END:
                continue
            ratio = _ratio(official, written)
            if ratio > best:
                best, end = ratio, ending
        if best >= _SAME:
            reached = end
            if best < 1 or is_spelt_otherwise(name, text[word.start : end]):
                yield word.start, end


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _is_part_of_one(text: str, start: int, end: int, allowed: set[str]) -> bool:
    """Return whether the words are an allowed name, or stand within one."""
    around = _plain(text[start : end + 60])
    return any(around.startswith(name) for name in allowed)
