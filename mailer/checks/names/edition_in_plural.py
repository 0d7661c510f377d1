"""Is an event with a number always called in the singular, or always in the plural?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, note, warning
from mailer.checks.reading.names.bodies import stem
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.editions import EditionInText, editions
from mailer.render.markdown.press_blocks.words import folded

WHY = _("A newsroom cannot tell whether one event is meant or several.")
SOURCE = sources.PRACTICE

_LINK = r"(?:d[’']|de la |de l[’']|des |du |de |of |of the )?"
_NUMBERED = re.compile(
    r"(?<![\w.,])\d{1,3}(?:ers?|res?|es?|è|èmes?|ièmes?|ères?|nd|nde|st|rd|th)[ \u00a0\n]+"
    rf"(?P<name>[A-ZÀ-Þ][^\W\d_]{{3,}}[ \u00a0\n]+{_LINK}[^\W\d_]{{3,}}(?:[ \u00a0][A-Z][a-z]{{2,}}){{0,3}})"
)
_RECURS = in_any_language(lambda phrases: phrases.edition_of)
_EVENT = re.compile(
    rf"(?<!\w)(?=[A-ZÀ-Þ])(?:{_RECURS}s?[ \u00a0](?:d[’']|de la |de l[’']|des |du |de |of the |of )[^\W\d_]{{3,}}"
    rf"|(?:(?<=[lL]a )|(?<=[lL]es )|(?<=[dD]es )|(?<=[lL]e )){_RECURS}s?[ \u00a0][a-zà-ÿ]{{4,}}"
    rf"|(?:(?!The |An? |This |Each |Every |Our |One |Les? |La |Des |Du |Aux? )[A-Z][a-z]+[ \u00a0]){{1,3}}(?=[A-Z]){_RECURS}s?)(?!\w)"
)
"""The name of an event without its number: `Journées du lilas`, `Norbury Book Festival`."""
_WORD = re.compile(r"[^\W\d_]+")


def check(draft: Draft) -> Findings:
    """Yield a note for an event that is named in the singular in one place and in the plural in
    another: `la 12e Rencontre nationale`, `les Rencontres nationales`; a warning if both names
    have the number of the edition.
    """
    yield from _both_numbered(draft)
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        text = without_quotations(passage.text)
        for name in dict.fromkeys(" ".join(it["name"].split()) for it in _NUMBERED.finditer(text)):
            for start, words in _other_forms(text, name):
                yield _finding(passage, start, words, name)
        if not _NUMBERED.search(text):
            yield from _none_numbered(passage, text)


def _both_numbered(draft: Draft) -> Iterator[Finding]:
    """Yield a warning for each edition that is singular where the first with its number is plural,
    or the reverse.
    """
    first: dict[tuple[str, str, str], EditionInText] = {}
    for passage in messages(draft):
        for edition in editions(passage):
            key = (passage.language, edition.noun, edition.number)
            other = first.setdefault(key, edition)
            if other.is_plural is not edition.is_plural:
                yield warning(
                    passage.at(edition.start),
                    what=_(
                        "“{words}” here, and “{name}” elsewhere.",
                        words=edition.words,
                        name=other.words,
                    ),
                    why=WHY,
                    remedy=_("Write the name of the event in one number everywhere."),
                )


def _none_numbered(passage: Passage, text: str) -> Iterator[Finding]:
    """Yield a note for each name that differs from an earlier one in singular and plural only."""
    first_by_stems: dict[tuple[str, ...], str] = {}
    reported = set[str]()
    for found in _EVENT.finditer(text):
        words = " ".join(found[0].split())
        stems = tuple(stem(folded(each)) for each in _WORD.findall(words))
        other = first_by_stems.setdefault(stems, words)
        if folded(other) != folded(words) and words not in reported:
            reported.add(words)
            yield note(
                passage.at(found.start()),
                what=_("“{words}” here, and “{name}” elsewhere.", words=words, name=other),
                why=WHY,
                remedy=_("Write the name of the event in one number everywhere."),
            )


def _other_forms(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield the position and the words of each other form of a name: the same stems, in the
    singular instead of the plural or the reverse, the first word with a capital.
    """
    name_words = [folded(word) for word in _WORD.findall(name)]
    stems = [stem(word) for word in name_words]
    found = list(_WORD.finditer(text))
    for at in range(len(found) - len(stems) + 1):
        run = found[at : at + len(stems)]
        words = [folded(each[0]) for each in run]
        is_capital = run[0][0][0].isupper()
        if is_capital and words != name_words and [stem(word) for word in words] == stems:
            yield run[0].start(), " ".join(text[run[0].start() : run[-1].end()].split())


def _finding(passage: Passage, start: int, words: str, name: str) -> Finding:
    return note(
        passage.at(start),
        what=_("“{words}” here, and “{name}” with its number.", words=words, name=name),
        why=WHY,
        remedy=_("Write the name of the event in one number everywhere."),
    )
