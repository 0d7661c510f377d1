"""Finds refusals in a contact list: who does not want mail, has left, or cannot be reached.

A refusal is recognised by what it says, in any column. A clear one bars the person. Where the
words may mean something else, the row waits for a person to decide. Nobody is written to while
a sign of refusal stands in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.contacts.cells import tidy
from mailer.contacts.folding import folded
from mailer.contacts.refusals.refusal_signs import (
    denies,
    is_about_a_topic,
    is_about_other_matters,
    is_event_header,
    is_former,
    is_name_header,
    is_title_of_the_gone,
    may_ask_for_consent,
    may_ask_for_refusal,
    may_refuse,
    names_mail,
    without_other_refusals,
)
from mailer.contacts.refusals.refusal_words import NO, NOTHING, anywhere, pattern, whole, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.wording import Text


class Stance(StrEnum):
    """What a text says about writing to a person, the gravest last."""

    DOUBTFUL = "doubtful"
    BOUNCED = "bounced"
    REFUSED = "refused"


class Asks(StrEnum):
    """What the cells of a column answer."""

    REFUSAL = "refusal"
    """"Unsubscribed?": a yes, a date or a reason refuses."""
    DOUBT = "doubt"
    """"Retired?": a yes is looked at by a person."""
    BOUNCE = "bounce"
    """"Bounced?": a yes means that the address is dead."""
    CONSENT = "consent"
    """"Accepts mail?": a no refuses."""
    WEAK_CONSENT = "weak-consent"
    """"Active?": a no is looked at by a person."""
    STATUS = "status"
    """A word for the state of a subscription."""
    EVENT = "event"
    """"Present?": an answer to an invitation, which refuses no mail."""
    NAME = "name"
    """A name, an outlet or a subject, in which few words are about mail."""
    NOTHING = "nothing"
    """Free text."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sign that a person must not be written to, and the text that says so."""

    stance: Stance
    evidence: str
    stands_in: Text | None = None
    """What has the words, when it is not the row: the name of its sheet, a heading."""


_REFUSAL_HEADER = anywhere("refusal_headers")
_CONSENT_HEADER = anywhere("consent_headers")
_WEAK_CONSENT_HEADER = re.compile(pattern("weak_consent_headers"))
_STATUS_HEADER = anywhere("status_headers")
_BOUNCE_HEADER = anywhere("bounced")
_DOUBT_HEADER = re.compile(
    r"\b(?:deces|depart|sortie|fin|unconfirmed|inacti\w+|desactive\w*|disabled|deceased"
    rf"|{pattern('left_phrases')}|{pattern('left_statuses')})(?!\w)"
)
_NO_ANSWER_HEADER = re.compile(
    r"\b(?:link|url|lien|page|token|key|hash|code|id|campaign|campagne|title|ip|count|counter"
    r"|nombre|nb|taux|rate|score|template|liens|par qui)(?!\w)|\w+count\b"
)
"""Columns about refusals whose cells do not say that anybody refused: a link to unsubscribe."""

_REFUSED = anywhere("refused_phrases")
_WISH = anywhere("wishes")
_REFUSED_STATUS = whole("refused_words", "refused_statuses")
_REFUSED_START = anywhere("refused_phrases", "refused_words", "refused_statuses")
_LEFT = anywhere("left_phrases")
_LEFT_WORD = anywhere("left_phrases", "left_words")
_LEFT_STATUS = whole("left_statuses", "left_words")
_BOUNCED = whole("bounced")

_TITLE = re.compile(
    r"\b(?:unsub\w*|opt ?outs?|optouts?|black ?list\w*|block ?list\w*|blocked|bloquee?s?|oppositions?|opposes|refus|stop"
    r"|suppressions?)(?!\w)"
)
_TITLE_WORDS = re.compile(
    rf"\b(?:stop(?: (?:a|aux?|au|the|to))? (?:{pattern('mail')}|pubs?)|desinscri\w+|desabonn\w+|unsub\w*|opt ?out"
    r"|opposition\w*|refus\w*|liste noire|black ?list\w*)(?!\w)"
)
"""What a title may be made of: it refuses only as a whole sentence does."""
_UNSUBSCRIBED = re.compile(
    r"(?:desinscri|desabonn|unsubscri|abgemeldet|black ?list|block ?list)\w*|liste noire|opt ?outs?"
)
"""No name by itself, in whatever column it stands."""
_FILE = re.compile(
    r"(?:(?:la )?liste (?:des |de )?|list of |export |emails? |contacts? )*"
    rf"(?:{pattern('refused_phrases')}|unsub\w*|opt ?outs?|black ?list(?:ed|s)?|block ?list(?:ed|s)?|blocked|bloques|suppression \w+|oppositions)"
    r"(?: (?:members?|contacts?|emails?|export|list|presse|press|newsletter|audience"
    r"|\w*\d\w*|de|du|au|le))*"
)
_PENSIONS = re.compile(r"\b[Rr]etraites\b")
"""A subject; retired people have an accent, or capitals."""
_LEFT_TITLE = re.compile(
    r"\b(?:partie?s(?! politiques?)|departs?|decedes?|deces|retraitee?s|anciens salaries"
    r"|cleaned (?:members|contacts)|non ?subscribed|inactifs?|sortis?|left|retired|former"
    rf"|npai|bounc\w*|rejets?|{pattern('left_phrases')})(?!\w)"
)

_NEGATED = re.compile(rf"\b(?:{pattern('negations')})(?: (?:est|ete|is|been|encore|yet))? $")
_REVERSED = anywhere("reversals")
_LIMITED = anywhere("limits")
_OTHER_CHANNEL = anywhere("other_channels")
_MAIL = anywhere("mail")
_INVITATIONS = re.compile(r"\b(?:invit\w*|einlad\w*|eingeladen|uitnodig\w*)\b")
_NEAR_WORDS = 6
_OLD_SHEET = anywhere("old_sheets")

_YES, _SUBSCRIBED, _UNDECIDED = words("yes"), words("subscribed"), words("undecided")
_PLAIN_ANSWERS = NO | {"no", "off", "error", "failed", "erreur", "ko"}
_NO_STARTS = ("non", "no", "pas", "not", "jamais", "never", "ne", "n", "nein", "nicht", "kein")
_ADDRESS = re.compile(r"\S*@\S*")
_NO_LONGER = re.compile(r"(?:plus|pas|non|ex|hors|fin|ko|hs|not|never|no|nicht|ya no|non piu)\b")
"""How a state begins that has ended."""
_ADDED = re.compile(r"[(\[]([^)\]]*)[)\]]|\s[-–—/]\s(.+)$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ZERO_DATE = re.compile(r"0000 00 00.*|00 00 0000.*|1970 01 01.*|1900 01 0[01].*|01 01 1970.*")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
_ANSWERS = re.compile(
    r"(?<=\w) (?:o n|oui(?: ou)? non|y n|yes(?: or)? no|1(?: ou| or)? 0|0(?: ou| or)? 1|x|vrai faux|true false"
    r"|ja nein|j n|si no|s n)$"
)
"""The answers that a header announces: `Diffusion (1/0)`."""
_MARKS = frozenset("✓✔☑✅👍●■◉⬛")
_CROSSES = frozenset("✗✘❌✖×☒🚫⛔🛑")
_GONE = frozenset("†✝☠⚰🪦")
_STOP = frozenset("🚫⛔🛑📵")
_PLUS = re.compile(r"\b(ne|n['’]\w+)\s*\+\s*(?=\w)", re.IGNORECASE)
"""`ne + contacter`: in French notes a plus sign is the word."""
_BLANKS = frozenset("☐□○-–—_./\\ '\"")


@lru_cache(maxsize=1024)
def what_asks(header: str) -> Asks:
    """Return what the cells of a column with this header answer."""
    name = _ANSWERS.sub("", folded(_CAMEL.sub(" ", tidy(header))))
    if _OTHER_CHANNEL.search(name) and not _MAIL.search(name):
        return Asks.NOTHING
    if _NO_ANSWER_HEADER.search(name) or is_about_other_matters(name):
        return Asks.NOTHING
    if is_event_header(name):
        return Asks.EVENT
    refuses, consents = _REFUSAL_HEADER.search(name), _CONSENT_HEADER.search(name)
    if _STATUS_HEADER.search(name) or (refuses and consents and not _contains(refuses, consents)):
        return Asks.STATUS
    if refuses or _REFUSED.search(name) or _WISH.search(name):
        return _kind_of_refusal(name)
    return Asks.CONSENT if consents else _what_may_be_asked(name)


def _what_may_be_asked(name: str) -> Asks:
    """Return what a header asks that has none of the known words."""
    if is_name_header(name):
        return Asks.NAME
    if _WEAK_CONSENT_HEADER.fullmatch(name) or may_ask_for_consent(name):
        return Asks.WEAK_CONSENT
    return Asks.DOUBT if may_ask_for_refusal(name) else Asks.NOTHING


def _contains(refuses: re.Match[str], consents: re.Match[str]) -> bool:
    """Return whether the words of consent are part of those of refusal (`ne pas recevoir`)."""
    return refuses.start() <= consents.start() and consents.end() <= refuses.end() + 20


def _kind_of_refusal(name: str) -> Asks:
    if _BOUNCE_HEADER.search(name):
        return Asks.BOUNCE
    is_doubt = _DOUBT_HEADER.search(name) and not _REFUSED.search(name)
    return Asks.DOUBT if is_doubt else Asks.REFUSAL


@lru_cache(maxsize=4096)
def judge(text: str, asks: Asks) -> Stance | None:
    """Return what a cell says about writing to its person; None when it says nothing."""
    whole = folded(_PLUS.sub(r"\1 plus ", _ADDRESS.sub(" ", text)))
    name = without_other_refusals(whole)
    return None if whole and not name else _judge(text, name, asks)


def _judge(text: str, name: str, asks: Asks) -> Stance | None:
    match asks:
        case Asks.REFUSAL | Asks.DOUBT | Asks.BOUNCE:
            return _judge_refusal(text, name, asks)
        case Asks.CONSENT | Asks.WEAK_CONSENT:
            return _judge_consent(text, name, asks)
        case Asks.STATUS:
            return _judge_status(text, name)
        case Asks.EVENT:
            return _judge_phrase(name) or (Stance.DOUBTFUL if _says(_LEFT, name) else None)
        case Asks.NAME:
            return _judge_name(text, name)
        case Asks.NOTHING:
            return _judge_free_text(text, name)


def judge_title(text: str) -> Stance | None:
    """Return what the name of a sheet or a file, or a title above rows, says about them all."""
    text = _PLUS.sub(r"\1 plus ", text)
    name = without_other_refusals(folded(_PENSIONS.sub(" ", _CAMEL.sub(" ", text))))
    if stance := _judge_phrase(name):
        return stance
    if _says(_TITLE, name):
        return Stance.REFUSED
    is_doubtful = _says(_LEFT_TITLE, name) or is_title_of_the_gone(name)
    return Stance.DOUBTFUL if is_doubtful else None


def judge_file(stem: str) -> Stance | None:
    """Return what the name of a file, without its ending, says about all its people: it bars only
    if it names people who refused mail and nothing else.
    """
    if _FILE.fullmatch(folded(_CAMEL.sub(" ", stem))):
        return Stance.REFUSED
    return Stance.DOUBTFUL if judge_title(stem) else None


def is_plain_yes(text: str) -> bool:
    """Return whether a cell is a mark, a yes or a date, whatever its column asks."""
    name = folded(text)
    if _ZERO_DATE.fullmatch(name):
        return False
    marked = bool(set(text) & (_MARKS | _CROSSES)) and not name
    return marked or name in _YES or _DATE.fullmatch(text.strip()) is not None


def is_old(title: str) -> bool:
    """Return whether the name of a sheet says that its rows are kept only for the record."""
    return _OLD_SHEET.search(folded(title)) is not None


def _judge_refusal(text: str, name: str, asks: Asks) -> Stance | None:
    """Return what a cell says in a column that asks for a refusal: anything but a plain no."""
    symbols = set(text) - _BLANKS
    if (not name and not symbols) or _ZERO_DATE.fullmatch(name) or "☐" in symbols or "□" in symbols:
        return None
    if name in NO or name in _SUBSCRIBED or (name in NOTHING and name):
        return None
    if name in _UNDECIDED or symbols == {"?"} or asks is Asks.DOUBT:
        return Stance.DOUBTFUL
    return Stance.BOUNCED if asks is Asks.BOUNCE else Stance.REFUSED


def _judge_consent(text: str, name: str, asks: Asks) -> Stance | None:
    """Return what a cell says in a column that asks for consent."""
    refused = Stance.REFUSED if asks is Asks.CONSENT else Stance.DOUBTFUL
    symbols = set(text)
    if symbols & _CROSSES or "☐" in symbols:
        return Stance.DOUBTFUL if "☒" in symbols else refused
    if name in NO or (name == "1" and text.startswith("-")):
        return refused
    if name in _YES or name in _SUBSCRIBED or (name in NOTHING and symbols != {"?"}):
        return None
    if name in _UNDECIDED or symbols == {"?"}:
        return Stance.DOUBTFUL
    if name.split(" ", 1)[0] in _NO_STARTS or _REFUSED_START.match(name):
        return refused
    return _judge_status(text, name) or (Stance.DOUBTFUL if denies(name) else None)


def _judge_status(text: str, name: str) -> Stance | None:
    if stance := _judge_phrase(name):
        return stance
    if _REFUSED_STATUS.fullmatch(name) or text.strip() == "-1":
        return Stance.REFUSED
    if _BOUNCED.fullmatch(name):
        return Stance.BOUNCED
    is_over = _LEFT_STATUS.fullmatch(name) or _says(_LEFT_WORD, name) or _NO_LONGER.match(name)
    return Stance.DOUBTFUL if is_over or _may_refuse(name) else None


def _judge_name(text: str, name: str) -> Stance | None:
    """Return what a name or an outlet says, above all in what was added to it: `Roy (parti)`.

    The name itself never bars: "Stop Pub" is a title.
    """
    added = [folded(part) for parts in _ADDED.findall(text) for part in parts if part]
    if stance := next(filter(None, map(_judge_phrase, added)), None):
        return stance
    doubtful = (
        _judge_phrase(_TITLE_WORDS.sub(" ", name))
        or _says(_LEFT, name)
        or not _GONE.isdisjoint(text)
        or any(map(_is_bad_state, added))
        or is_former(name)
        or _UNSUBSCRIBED.fullmatch(name)
    )
    return Stance.DOUBTFUL if doubtful else None


def _is_bad_state(name: str) -> bool:
    patterns = (_REFUSED_STATUS, _BOUNCED, _LEFT_STATUS)
    return any(each.fullmatch(name) for each in patterns) or _says(_LEFT_WORD, name)


def _judge_free_text(text: str, name: str) -> Stance | None:
    if stance := _judge_phrase(name):
        return stance
    is_state = name.partition(" ")[0] not in _PLAIN_ANSWERS and (
        _REFUSED_STATUS.fullmatch(name) or _BOUNCED.fullmatch(name)
    )
    is_gone = not (_GONE | _STOP).isdisjoint(text) or _says(_LEFT_WORD, name)
    is_doubtful = is_state or is_gone or _may_refuse(name)
    return Stance.DOUBTFUL if is_doubtful else None


def _may_refuse(name: str) -> bool:
    """Return whether the note raises the question, unless it is about the telephone or the post."""
    is_elsewhere = _OTHER_CHANNEL.search(name) and not _MAIL.search(name)
    return not is_elsewhere and may_refuse(name)


def _judge_phrase(name: str) -> Stance | None:
    """Return what the phrases of refusal in a text say.

    A refusal that is limited (`avant 10 h`), was taken back, may be about the telephone, about
    invitations alone or about anything else (`ne veut pas …`), or is a subject (`expert du droit
    d'opposition`) is doubtful; one of the telephone alone says nothing about mail.
    """
    meant = list(_meant(_REFUSED, name))
    wishes = list(_meant(_WISH, name))
    meant += [each for each in wishes if _is_about_mail(name[each.end() :])]
    whole = [each for each in meant if not _is_about_invitations(each, name)]
    if not whole:
        return Stance.DOUBTFUL if meant or wishes else None
    after = name[whole[0].end() :]
    if _REVERSED.search(name) or _LIMITED.search(after) or is_about_a_topic(name):
        return Stance.DOUBTFUL
    if _OTHER_CHANNEL.search(name) and not _MAIL.search(name):
        return Stance.DOUBTFUL
    return Stance.REFUSED


def _meant(phrases: re.Pattern[str], name: str) -> Iterator[re.Match[str]]:
    """Yield the phrases that are neither denied nor about the telephone."""
    for each in phrases.finditer(name):
        if not _is_negated(each, name) and not _is_about_another_channel(name[each.end() :]):
            yield each


def _is_about_mail(after: str) -> bool:
    """Return whether what somebody does not want is mail, or nothing is said of it."""
    return not after or names_mail(" ".join(after.split()[:_NEAR_WORDS]))


def _is_about_invitations(found: re.Match[str], name: str) -> bool:
    near = " ".join(name[found.end() :].split()[:2])
    return _INVITATIONS.search(f"{found[0]} {near}") is not None


def _says(phrases: re.Pattern[str], name: str) -> bool:
    return any(_meant(phrases, name))


def _is_negated(found: re.Match[str], name: str) -> bool:
    return _NEGATED.search(name[: found.start()]) is not None


_BETWEEN = r"(?: (?:de|d|des|du|par|au|aux|sur|via|son|sa|le|la|les|l|un|une|to|by|from|all|the|his|her|on))*"
_CHANNEL_NEXT = re.compile(rf"{_BETWEEN} (?:{pattern('other_channels')})(?!\w)")


def _is_about_another_channel(after: str) -> bool:
    """Return whether the text after a refusal limits it to the telephone or the post."""
    return _CHANNEL_NEXT.match(after) is not None and not _MAIL.search(after)
