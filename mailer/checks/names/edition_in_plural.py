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
"""`Journées du lilas`, `Norbury Book Festival`."""
_WORD = re.compile(r"[^\W\d_]+")


def check(draft: Draft) -> Findings:
    """Yield a note for the name of a numbered edition that stands elsewhere in the other number:
    `la 12e Rencontre nationale` and `les Rencontres nationales`; a warning if both have the number.
    """
    yield from _same_number(draft)
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        text = without_quotations(passage.text)
        for name in dict.fromkeys(" ".join(it["name"].split()) for it in _NUMBERED.finditer(text)):
            for start, words in _in_other_number(text, name):
                yield _finding(passage, start, words, name)
        if not _NUMBERED.search(text):
            yield from _without_number(passage, text)


def _same_number(draft: Draft) -> Iterator[Finding]:
    first: dict[tuple[str, str, str], EditionInText] = {}
    for passage in messages(draft):
        for edition in editions(passage):
            thing = (passage.language, edition.noun, edition.number)
            other = first.setdefault(thing, edition)
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


def _without_number(passage: Passage, text: str) -> Iterator[Finding]:
    """Yield the names of events that differ in their number only, each once."""
    first: dict[tuple[str, ...], str] = {}
    told = set[str]()
    for found in _EVENT.finditer(text):
        words = " ".join(found[0].split())
        other = first.setdefault(tuple(stem(folded(it)) for it in _WORD.findall(words)), words)
        if folded(other) != folded(words) and words not in told:
            told.add(words)
            yield note(
                passage.at(found.start()),
                what=_("“{words}” here, and “{name}” elsewhere.", words=words, name=other),
                why=WHY,
                remedy=_("Write the name of the event in one number everywhere."),
            )


def _in_other_number(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield where the words of a name stand whose stems are the same and which are not."""
    wanted = [folded(word) for word in _WORD.findall(name)]
    stems = [stem(word) for word in wanted]
    words = list(_WORD.finditer(text))
    for at in range(len(words) - len(wanted) + 1):
        some = words[at : at + len(wanted)]
        said = [folded(each[0]) for each in some]
        if some[0][0][0].isupper() and said != wanted and [stem(word) for word in said] == stems:
            yield some[0].start(), " ".join(text[some[0].start() : some[-1].end()].split())


def _finding(passage: Passage, start: int, words: str, name: str) -> Finding:
    return note(
        passage.at(start),
        what=_("“{words}” here, and “{name}” with its number.", words=words, name=name),
        why=WHY,
        remedy=_("Write the name of the event in one number everywhere."),
    )
