"""Is every acronym written out once?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.names.bodies import LINKING
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import ARTICLE, PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

WHY = _("Who reads it in a newsroom does not know the house from inside.")
SOURCE = sources.PRACTICE

_ACRONYM = re.compile(
    r"(?<![\w./@&(-])(?<!\w\w[’'])(?P<letters>[A-ZÀ-ÖØ-Þ]{3,7})(?!\w|[/@&]|-(?!\d)|\.\w|[ \u00a0]?:)"
)
_OF_PERSON = re.compile(
    r"(?:(?:Mr?s?|Mme|Mlle|Dr|Prof)\.?[ \u00a0][A-ZÀ-Þ][a-zà-þ’'-]+(?:[ \u00a0][A-ZÀ-Þ][a-zà-þ’'-]+)?)[ \u00a0]\((?P<letters>[A-ZÀ-ÖØ-Þ]{3,7})\)"
)
"""Whom somebody works for, which the name before the brackets does not explain: `Mme Roy (SMBV)`."""
_KNOWN = matches(in_any_language(lambda phrases: phrases.known_acronyms))
_HOUR = re.compile(
    r"(?i)\d[ \u00a0]?(?:[ap]\.?m\.?|h(?:[ \u00a0]?\d\d)?|[.:]\d\d)[ \u00a0]*\(?\Z|\b(?:noon|midday|midnight|midi|minuit) \(?\Z"
)
"""Capitals after an hour are its time zone: `9 am ADT`."""
_ROMAN = re.compile(r"[IVXLCDM]+")
_CAPITALS_BEFORE = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}[ \u00a0]*\Z")
_BODIES = "|".join(
    f"(?i:{it.release.institution}|{it.release.institution_too})" for it in LANGUAGES if it.release
)
_FIRST_NAME_BEFORE = re.compile(
    rf"(?<!\w)(?!{ARTICLE}[ \u00a0]|(?:{_BODIES})[ \u00a0])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'-]+[ \u00a0]\Z"
)
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Þ]")
_LINKING = LINKING | {"an", "en", "on", "pour", "sur"}
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = re.compile(r"[.!?:;]\s|\n[ \t]*\n")


def check(draft: Draft) -> Findings:
    """Yield a note for the first occurrence of an acronym that neither the text nor the names of
    the office, its contacts and its partners explain.

    It is explained by brackets beside it, or by words that begin with its letters. Acronyms that
    everybody knows, and surnames in capitals, need no explanation.
    """
    campaign = draft.campaign
    names = [*campaign.short_names, draft.office.name, *(it.name for it in campaign.partners)]
    names += [it.organisation for it in campaign.press_contacts]
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        text, seen = without_quotations(passage.text), set(campaign.place.upper().split())
        words = set(_WORD.findall(text))
        explained = " ".join((passage.text, *names))
        for found in _unknown(text):
            letters = found["letters"]
            # The town of a dateline, in capitals; or a word that is stressed by them.
            if letters in seen or {letters.lower(), letters.capitalize()} & words:
                continue
            seen.add(letters)
            others = explained.replace(found[0], " ") if found.re is _OF_PERSON else explained
            if not _is_explained(letters, others):
                yield note(
                    passage.at(found.start("letters")),
                    what=_("“{words}” is never written out.", words=letters),
                    why=WHY,
                    remedy=_("Write its words once, with the acronym in brackets."),
                )


def _unknown(text: str) -> Iterator[re.Match[str]]:
    """Yield capitals that need an explanation: outside brackets, or in those behind a person."""
    for found in _ACRONYM.finditer(text):
        is_time_zone = _HOUR.search(text, max(0, found.start() - 20), found.start())
        if not is_time_zone and _is_unknown_acronym(text, found):
            yield found
    for found in _OF_PERSON.finditer(text):
        if not (_KNOWN.fullmatch(found["letters"]) or _ROMAN.fullmatch(found["letters"])):
            yield found


def _is_unknown_acronym(text: str, found: re.Match[str]) -> bool:
    """Return whether capitals are an acronym that not everybody knows: no Roman number, no surname,
    and no part of a line or of several words in capitals.
    """
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :]
    if _KNOWN.fullmatch(found[0]) or _ROMAN.fullmatch(found[0]):
        return False
    is_surname = _FIRST_NAME_BEFORE.search(before) and _VOWEL.search(found[0])
    if _CAPITALS_BEFORE.search(before) or is_surname:
        return False
    if re.match(r"[ \u00a0]*[A-ZÀ-ÖØ-Þ]{2,}(?!\w)", after):
        return False
    line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    return re.search(r"[a-zà-öø-ÿ]{2}", line) is not None


def _is_explained(letters: str, text: str) -> bool:
    """Return whether a text has the acronym beside brackets, or words that begin with its letters.

    They begin with a capital and stand in one sentence. Words that link others, such as `of` and
    `pour`, do not count.
    """
    if re.search(
        rf"\({letters}\W|(?<!\w){letters}[ \u00a0]\(|(?<!\w){letters}, (?:the|le|la|l[’'])", text
    ):
        return True
    words = [it for it in _WORD.finditer(text) if folded(it[0]) not in _LINKING]
    initials = "".join(folded(it[0])[:1] or "-" for it in words)
    at = initials.find(folded(letters))
    while at >= 0:
        first, last = words[at], words[at + len(letters) - 1]
        if first[0][0].isupper() and not _SENTENCE_ENDS.search(text, first.end(), last.start()):
            return True
        at = initials.find(folded(letters), at + 1)
    return False
