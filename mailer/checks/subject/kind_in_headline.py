"""Does the headline begin with the news, and not with the kind of the document?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding, note, warning
from mailer.checks.reading.texts.headlines import HeadlineInText, headlines
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import BLANK, PassagePart, messages
from mailer.languages import LANGUAGES
from mailer.model.drafts.fix import Fix

_KIND = re.compile(in_any_language(lambda phrases: phrases.kind_label))
_BEFORE_SIGN = re.compile(
    rf"(?:{_KIND.pattern}|{in_any_language(lambda phrases: phrases.kind_before_sign)})(?:[ \u00a0\u202f]*[:|–—/_]|[ \u00a0]-)(?=[ \u00a0\u202f]*\S)"
)
"""A kind, or a word such as `News`, with a colon, a dash or a stroke: `CP_`, `ADVISORY/`."""
_KIND_BEFORE_CAPITAL = re.compile(
    rf"(?:{_KIND.pattern}|{in_any_language(lambda phrases: phrases.kind_before_sign)})(?=[ \u00a0][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])"
)
_IN_BRACKETS = re.compile(
    rf"[\[(](?:{_KIND.pattern}|{in_any_language(lambda phrases: phrases.kind_before_sign)})[\])][ \u00a0]*(?=\S)"
)
_LABEL_BEFORE_NEWS = re.compile(rf"{_KIND.pattern}(?:[ \u00a0\u202f]*[:|–—/_]|[ \u00a0]-)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MIN_NEWS_WORDS = 4
"""How many words make a headline; fewer are rather the name of the office."""
_MAX_NAME_WORDS = 6
"""Up to how many words with an institution among them are the name of the office."""
_INSTITUTION = re.compile(
    rf"(?i:\b(?:{'|'.join(it.release.institution for it in LANGUAGES if it.release)})\b)"
)
_DATED = re.compile(r"(?:19|20)\d\d|@|\ue000|\d{1,2}[/.]\d{1,2}|[.!?]\s+\S")
_HEAD_LINES = 14
"""How many first lines of a text may hold the label."""
_CAPITALS = rf"(?=[A-ZÀ-ÖØ-Þ]{{5}})(?:{in_any_language(lambda phrases: phrases.kind_before_sign)})(?<=[A-ZÀ-ÖØ-Þ]{{3}})"
_GLUED = re.compile(
    rf"(?<!\w){_CAPITALS}(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])[^\W\d_]*|(?<!\w){_KIND.pattern}(?=[A-ZÀ-ÖØ-Þ«“])[^\W\d_]*|(?<![^\W\d_])[^\W\d_]+(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ]){_KIND.pattern}(?!\w)"
    rf"|(?<=\w )(?=[A-ZÀ-Ý]{{3}}){_KIND.pattern}(?=[ \t]*\n)"
)
"""A kind that runs into the next word, or stands at the end of a line behind another word."""

WHY = _("The layout says the kind above it: it would stand there twice.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for each headline that begins with the kind of the document; a note for one
    that begins with a word such as `Release` and a colon or a dash, or in capitals.
    """
    for headline in headlines(draft):
        kind = _KIND.match(headline.text)
        if label := kind or _kind_apart(headline.text):
            yield finding(
                Severity.WARNING if kind else Severity.NOTE,
                headline.place,
                what=_(
                    "The headline begins with “{words}”.",
                    words=label[0].rstrip(" \u00a0\u202f:|–—/_-"),
                ),
                why=WHY,
                remedy=_("Begin with the news."),
                fix=_fix(headline, label.end()),
            )
    yield from _glued(draft)
    yield from _before_news(draft)


def _kind_apart(headline: str) -> re.Match[str] | None:
    """Return the kind that a sign separates from the headline, or capitals: `NEWS Art in town`."""
    if found := _BEFORE_SIGN.match(headline) or _IN_BRACKETS.match(headline):
        return found
    found = _KIND_BEFORE_CAPITAL.match(headline)
    return found if found and found[0].isupper() else None


def _glued(draft: Draft) -> Findings:
    """Yield a warning for a label in the first lines with no space between it and the news."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        head = re.match(rf"(?:[^\n]*\n){{0,{_HEAD_LINES}}}", passage.text + "\n")
        if found := _GLUED.search(head[0] if head else ""):
            yield warning(
                passage.at(found.start()),
                what=_("“{words}” is glued to what stands beside it.", words=found[0]),
                why=WHY,
                remedy=_("Put the kind of the document on a line of its own."),
            )


def _before_news(draft: Draft) -> Findings:
    """Yield a note for each of the first lines that has the kind of the document before the news,
    but was not recognised as a headline.
    """
    headline_lines = {it.place.line for it in headlines(draft)}
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        start = 0
        for line in passage.text.split("\n")[:_HEAD_LINES]:
            label = _LABEL_BEFORE_NEWS.match(line) or _kind_apart(line)
            is_headline = passage.at(start).line in headline_lines
            if label and _is_news(line[label.end() :]) and not is_headline:
                yield note(
                    passage.at(start),
                    what=_(
                        "The headline begins with “{words}”.",
                        words=label[0].rstrip(" \u00a0\u202f:|–—/_-"),
                    ),
                    why=WHY,
                    remedy=_("Begin with the news."),
                )
            start += len(line) + 1


def _is_news(text: str) -> bool:
    """Return whether the words after a label are news: no date, and not the name of the office."""
    count = len(_WORD.findall(text))
    if count < _MIN_NEWS_WORDS or _DATED.search(text):
        return False
    return count > _MAX_NAME_WORDS or not _INSTITUTION.search(text)


def _fix(headline: HeadlineInText, label_end: int) -> Fix | None:
    """Return the fix that takes the label out; the news then begins with a capital letter."""
    news = headline.text[label_end:].lstrip(" \t\u00a0\u202f:–—|./_-")
    if not news or news[0] == BLANK:
        return None
    old = headline.text[: -len(news)] + news[0]
    return Fix(headline.place.line, old, news[0].upper())
