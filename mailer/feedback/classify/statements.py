"""Finds the statements "X does not exist" in a reply, and asks whom each is about.

A grammar of three parts, all of them lists in `bounce_words.toml`: a predicate ("unknown", "not
found", "n'existe plus"), its subject (the nearest noun before or behind it), and the words of the
same sentence that turn the statement against somebody else: our server, our message, our list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from mailer.feedback.classify.endings import (
    ends_something_else,
    is_closed_to_some,
    is_said_of_mail,
)
from mailer.feedback.classify.grammar import NO_MORE, QUALIFIES, bounce_grammar
from mailer.feedback.classify.whom import DEADLY, Whom

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mailer.feedback.classify.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Statement:
    """A predicate in the text, with its place and the sentence around it."""

    whom: Whom
    start: int
    end: int
    sentence: tuple[int, int]
    is_final: bool = False
    """True for words that nothing temporary explains: "no longer exists", "was deleted"."""
    is_weak: bool = False
    """True for "unavailable", which is also said of a mailbox closed to us or for the moment."""


# A name in the sentence that is not the recipient's: the relay's or a filter's.
_OTHER_NAME = re.compile(
    r"name=%relay%|(?:name=|(?:host|hostname|named|domain|domaine|name) \(?['\"]?)(?!%)([a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,8})"
)
_WHOLE_DOMAIN = re.compile(r"(?<![\w-]\.)%domain%")
# Postfix says this, and not "try again", when it has looked for every host of the domain.
_NO_MX_HOST = re.compile(r"name=[\w.-]{1,80}\.%domain% type=(?:a|aaaa|mx): host not found(?!,)")
_PLURAL = re.compile(
    r"(?<!\w)(?:users|recipients|mail ?boxes|accounts|addresses|destinataires|utilisateurs|adresses"
    r"|usuarios|destinatarios|benutzer(?= sind)|gebruikers)(?!\w)"
)
# "Mailbox unavailable", which RFC 5321 also has for "rejected for policy reasons".
_POLICY = re.compile(r"polic(?:y|ies)|politi(?:que|ca|cas|che)(?!\w)|richtlinie|beleid")
_NONE_OF = (
    "no ",
    "0 ",
    "zero ",
    "not ",
    "none",
    "aucun",
    "kein",
    "ningun",
    "nessun",
    "non abb",
    "no ten",
    "n'av",
)
_LISTED = re.compile(
    r"following|destination|these|all |below|suivant|ces |folgende|siguiente|seguent|above"
)
# The server asked ours whether our address exists: what follows is the answer to that.
_SENDER_CHECK = re.compile(
    r"sender (?:verif|address verif)|call(?:back|out)(?![^;¦]{0,80}recipient)"
    r"|verification failed for (?!<?%recipient%)"
)
_END = re.compile(r"[.;!?](?=\s|$|\))|\s-{1,3}\s|[¦|]|[\s(]5\d\d[ -](?=\D|5\.\d\.\d)")
_CLAUSE_END = re.compile(r"[,:](?=\s)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_IP = re.compile(r"(?<![\d.=\[])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_MAX_WORDS_BETWEEN = 9
_MAX_PREDICATES = 60
_MAX_SENTENCE = 400
"""Characters of a sentence looked at on either side of a predicate: the input is hostile."""


def find_statements(text: str, *, until: int | None = None) -> list[Statement]:
    """Return the statements of `text`, which is folded and without frames and links, in order;
    those that begin before `until`.
    """
    grammar = bounce_grammar()
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text) + 1]
    found = list(_statements(text, ends, grammar, len(text) if until is None else until))
    if found and _SENDER_CHECK.search(text):
        return [_about(each, Whom.US, DEADLY) for each in found]
    if any(each.whom is Whom.NAME_SERVER for each in found):
        return [_about(each, Whom.NAME_SERVER, {Whom.DOMAIN}) for each in found]
    return found


def _about(statement: Statement, whom: Whom, instead_of: Collection[Whom]) -> Statement:
    return replace(statement, whom=whom) if statement.whom in instead_of else statement


def _statements(text: str, ends: list[int], grammar: Grammar, until: int) -> Iterator[Statement]:
    number = 1
    for match in islice(grammar.predicate.finditer(text), _MAX_PREDICATES):
        if match.start() >= until:
            return
        while ends[number] <= match.start():
            number += 1
        sentence = (
            max(ends[number - 1], match.start() - _MAX_SENTENCE),
            min(ends[number] - 1, match.end() + _MAX_SENTENCE),
        )
        subject = _subject(text, match, sentence, grammar)
        if subject is None:
            continue
        whom, end = subject
        blamed = _blamed(text, match.start(), end, sentence, grammar)
        if blamed is Whom.NAME_SERVER and match.lastgroup == "no":
            blamed = None  # "no mailbox by that name is currently available"
        if blamed is None and whom is Whom.MAILBOX and _is_about_many(text, match, end, sentence):
            blamed = Whom.OUR_LIST
        if blamed is None and whom in {Whom.DOMAIN, Whom.UNREGISTERED}:
            blamed = _other_domain(text, match.start(), sentence, grammar)
        is_weak = match.lastgroup == "unavailable"
        # What a server could not resolve may exist: its own name server may not have answered.
        is_unresolved = whom is Whom.DOMAIN and "resolv" in match.group() and "nxdomain" not in text
        is_open = is_weak and (grammar.try_again.search(text) or _POLICY.search(text))
        is_unclear = is_unresolved or bool(is_open)
        if blamed is None and is_unclear:
            blamed = Whom.UNDECIDED
        if match.lastgroup == "final" and (
            ends_something_else(text, *match.span()) or is_closed_to_some(text, *match.span())
        ):
            blamed = blamed or Whom.UNDECIDED
        is_final = match.lastgroup in {"final", "left"}
        yield Statement(blamed or whom, match.start(), end, sentence, is_final, is_weak)


def _other_domain(
    text: str, start: int, sentence: tuple[int, int], grammar: Grammar
) -> Whom | None:
    """Return whose domain is meant if the sentence does not name the recipient's: another host's,
    or ours where the words before are about us ("HELO does not resolve; host not found").
    """
    own = text[slice(*sentence)]
    if "%recipient%" in own or _WHOLE_DOMAIN.search(own) or _NO_MX_HOST.search(text):
        return None
    if "%domain%" in own:  # "mx1.journal.example: no such host": the domain may have others
        return Whom.NAME_SERVER
    if _OTHER_NAME.search(own):
        return Whom.NAME_SERVER
    if "%sender%" in own:
        return Whom.US
    return Whom.US if grammar.us.search(text, max(0, start - 80), start) else None


def _is_about_many(text: str, match: re.Match[str], end: int, sentence: tuple[int, int]) -> bool:
    """Return whether the subject is a plural: a reply about one recipient has no "unknown users"."""
    said = match.group()
    if match.lastgroup == "no" or said.startswith(_NONE_OF) or "one of" in said:
        return False
    clause = _CLAUSE.split(text[max(sentence[0], match.start() - 60) : match.start()])[-1]
    words = clause + text[match.start() : end]
    return bool(_PLURAL.search(words)) and not _LISTED.search(text, *sentence)


def whom_in_sentence(text: str, start: int, end: int, whom: Whom) -> Statement:
    """Return the statement that a known phrase at this place makes, asking whom it is about."""
    grammar = bounce_grammar()
    first = max((m.end() for m in _END.finditer(text) if m.end() <= start), default=0)
    last = next((m.start() for m in _END.finditer(text, end)), len(text))
    sentence = (max(first, start - _MAX_SENTENCE), min(last, end + _MAX_SENTENCE))
    if _SENDER_CHECK.search(text):
        return Statement(Whom.US, start, end, sentence)
    blamed = _blamed(text, start, end, sentence, grammar)
    if blamed is None and whom is Whom.MAILBOX and is_said_of_mail(text[:end], (start, end)):
        blamed = Whom.OUR_MESSAGE
    if blamed is None and whom is Whom.DOMAIN:
        blamed = _other_domain(text, start, sentence, grammar)
    return Statement(blamed or whom, start, end, sentence)


def blames_us(folded: str) -> bool:
    """Return whether the text names us, our server or our sender address, and not the recipient."""
    return "%recipient%" not in folded and bool(bounce_grammar().us.search(folded))


_SUBJECT_WITHIN = {
    "whole": Whom.MAILBOX,
    "left": Whom.MAILBOX,
    "whole_domain": Whom.DOMAIN,
    "unregistered": Whom.UNREGISTERED,
}


def _subject(
    text: str, match: re.Match[str], sentence: tuple[int, int], grammar: Grammar
) -> tuple[Whom, int] | None:
    """Return whose existence the predicate denies, and where the statement ends."""
    kind = match.lastgroup
    if kind in _SUBJECT_WITHIN:
        return _SUBJECT_WITHIN[kind], match.end()
    if kind == "nomail":
        return _subject_without_mail(text[sentence[0] : match.start()], match, grammar)
    if kind in {"before", "no"}:
        return _subject_behind(text, match, sentence, grammar)
    said = match.group() if kind == "denied" else ""
    nouns = grammar.noun.finditer(said)
    inside = [noun for noun in nouns if not said.endswith("we ", 0, noun.start())]  # "we host"
    if inside:  # "kennen diesen Benutzer nicht"
        return _noun_meant(inside[-1]), match.end()
    in_front = _subject_in_front(text, match, sentence, grammar)
    if kind == "unavailable" and text[match.end() : match.end() + 1] == ",":
        return in_front  # "directory not available, recipient unchecked"
    return in_front or _subject_behind(text, match, sentence, grammar)  # "no existe el usuario"


def _subject_without_mail(
    left: str, match: re.Match[str], grammar: Grammar
) -> tuple[Whom, int] | None:
    """Return who takes no mail: a domain; or a mailbox, of which "no mail" may be a matter of taste,
    and "no more" is the end.
    """
    named = list(grammar.noun.finditer(left))
    is_mailbox = (
        bool(named)
        and named[-1].lastgroup == "mailbox"
        and not ("%" in named[-1].group() or _MAIL.fullmatch(named[-1].group()))
    )
    if not is_mailbox or match.group().startswith("null"):  # no person has an MX
        return Whom.NO_MAIL_DOMAIN, match.end()
    return (Whom.MAILBOX, match.end()) if NO_MORE.search(match.group()) else None


def _subject_behind(
    text: str, match: re.Match[str], sentence: tuple[int, int], grammar: Grammar
) -> tuple[Whom, int] | None:
    start = match.end()
    if _NO_SUCH.match(match.group()):
        qualifier = grammar.qualifier.match(text, start, sentence[1] + 1)
        start = qualifier.end() if qualifier else start
    chain = grammar.chain.match(text, start, sentence[1] + 1)
    nouns = list(grammar.noun.finditer(chain.group())) if chain else []
    if chain is None or not nouns or chain.end() > sentence[1] + 1:
        # "unknown" may also stand behind its noun, and so may a Spanish verb ("no se encuentra").
        said = match.group()
        is_adjective = match.lastgroup == "before" and (
            said.startswith("no se ") or (" " not in said and not _DETERMINER.match(said))
        )
        return _subject_in_front(text, match, sentence, grammar) if is_adjective else None
    if _DETERMINER.match(match.group()) and _MAIL.fullmatch(nouns[-1].group()):
        return None  # "akzeptiert keine E-Mails"
    rest = text[chain.end() : chain.end() + 24]
    if grammar.not_mailbox.match(rest):
        return None
    is_named = "%" in chain.group() or _OF_THAT_NAME.search(chain.group())
    if match.lastgroup == "no" and not is_named and not grammar.no_after.match(rest):
        return None
    return _noun_meant(nouns[-1]), chain.end()


# "Keine Nachrichten" denies the messages, and not the recipient in front; "unbekannten Absendern"
# is said of those who follow.
_MAIL = re.compile(r"e-?mails?")
_DETERMINER = re.compile(
    r"kein|aucun|geen|ning|ness|no$|pas|(?:unbekannt|ungultig|ungueltig)e[rnsm]?$|onbekende$"
)
_OF_THAT_NAME = re.compile(r"\b(?:of|by|with) (?:that|this|such)\b")
# Behind these, one unknown word may qualify the noun: "there's no Exchange account called".
_NO_SUCH = re.compile(
    r"(?:no|no such|there's no|there (?:is|was) no|unknown|not an?|aucune?|pas de|kein(?:en?)?|ningun|nessun)$"
)
# What the recipient does to something else: "the mailbox refused an unknown attachment".
_DOES = re.compile(
    r"(?<!\w)(?:accept|refus|reject(?!ed:)|receiv|block|bloqu|requir|recoi|recev|nimmt|lehnt|akzeptier"
    r"|rechaz|acept|accett|rifiut|recib|ricev)"
)
# A noun behind one of these is a place, and not what the predicate is about.
_PREPOSITION = re.compile(
    r"[^\W\d]\S{0,60}(?<![:,;]) (?:at|on|in|by|under|from|of|unter|auf|bei|im|sur|dans|chez|de|du|des|su|en|op)"
    r"(?: (?:the|this|our|le|la|les|cette|ce|der|dem|den))?[ '\"<(]{1,3}$"
)
_CLAUSE = re.compile(r"[,:](?=\s)")
# Behind these, a noun is a place and no longer part of the name: "user database", "user on our server".
_ELSEWHERE = re.compile(r" (?:is|was|ist|est|on|in|at|auf|im|bei|sur|dans|chez|en|nel|op|bij) ")
# A clause between commas does not part a noun from its predicate: "the account, to which …, is unknown".
_INSERTED = re.compile(r", [^,]{1,120}, ")
_VERBS = frozenset(
    re.findall(
        r"\w+",
        "is was are were has have been it that this also est ist war wurde sono fue i we on nous wir"
        # auxiliaries: a clause of them alone goes on with its noun ("…, die Sie nannten, konnte")
        " ete ont and et und in en im since seit depuis expired abgelaufen could can konnte kann wird leider hier malheureusement no non se ha kan kunde",
    )
)
_NO_WORDS = re.compile(r"smtp|%local%|%domain%|wurde|unter|at|sur|est|was")


def _subject_in_front(
    text: str, match: re.Match[str], sentence: tuple[int, int], grammar: Grammar
) -> tuple[Whom, int] | None:
    left = text[sentence[0] : match.start()]
    if " " not in match.group() and grammar.not_mailbox.match(text[match.end() : match.end() + 24]):
        return None  # "unknown error"
    nouns = list(grammar.noun.finditer(left))
    while nouns and _is_a_place(left, nouns):
        nouns.pop()
    if not nouns:
        words = _WORD.findall(_NO_WORDS.sub("", left))
        behind = _WORD.findall(text[match.end() : sentence[1]])
        is_qualifying = match.lastgroup == "before" and text[match.end() : match.end() + 1] == " "
        is_bare = not words and not (is_qualifying and behind) and len(behind) <= 3
        is_bare = is_bare and match.lastgroup != "unavailable"
        return (Whom.MAILBOX, match.end()) if is_bare else None
    between = left[nouns[-1].end() :]
    clause = _CLAUSE.split(between)
    if len(clause) > 1 and set(_WORD.findall(clause[-1])) - _VERBS:
        return None  # "<address>: message refused, link not found"
    if (
        (":" in between and QUALIFIES.match(text, match.start(), sentence[1]))
        or _DOES.search(between)
        or grammar.not_mailbox.search(_ELSEWHERE.split(between[:24])[0])
        or len(_WORD.findall(_INSERTED.sub(" ", between))) > _MAX_WORDS_BETWEEN
    ):
        return None
    may_be_of_mail = match.lastgroup in {"final", "denied"} and len(clause) == 1
    if may_be_of_mail and is_said_of_mail(left, nouns[-1].span()):
        return Whom.OUR_MESSAGE, match.end()
    return _noun_meant(nouns[-1]), match.end()


def _is_a_place(left: str, nouns: list[re.Match[str]]) -> bool:
    """Return whether the last noun says where: "camille was not found at quotidien.example"."""
    last = nouns[-1]
    is_behind_preposition = _PREPOSITION.search(left, 0, last.start())
    return bool(is_behind_preposition) and (len(nouns) > 1 or last.lastgroup == "domain")


def _noun_meant(noun: re.Match[str]) -> Whom:
    return Whom.DOMAIN if noun.lastgroup == "domain" else Whom.MAILBOX


def _blamed(
    text: str, start: int, end: int, sentence: tuple[int, int], grammar: Grammar
) -> Whom | None:
    """Return who else the sentence is about, or None if it is about the subject found.

    What stands before the statement, or behind it up to the next comma, belongs to it; a further
    clause is advice.
    """
    clause_end = _CLAUSE_END.search(text, end, sentence[1])
    own = text[sentence[0] : clause_end.start() if clause_end else sentence[1]]
    whole = text[slice(*sentence)]
    if grammar.many.search(text[max(sentence[0], start - 24) : end]):
        return Whom.OUR_LIST
    if grammar.us.search(own) or _IP.search(text, sentence[0], start):
        return Whom.US
    if grammar.message.search(own):
        return Whom.OUR_MESSAGE
    if grammar.try_again.search(whole):
        return Whom.NAME_SERVER
    is_open = (
        grammar.or_alive.search(text, *sentence)
        or grammar.closed.search(text, *sentence)
        or _leaves_open(text[sentence[0] : start], text[end : sentence[1]], grammar)
    )
    return Whom.UNDECIDED if is_open or grammar.perhaps.search(own) else None


# Portuguese "o" before a noun is an article.
_OR = re.compile(
    r"(?<!\w)(?:or|ou|oder|(?<=[^\W\d] )o(?! (?:enderec|destinat|usuari|utilizad|domini)))(?!\w)"
)
_MAX_BEFORE_OR = 4
"""Words between a statement and the "or" that belongs to it."""


def _leaves_open(before: str, behind: str, grammar: Grammar) -> bool:
    """Return whether an "or" beside the statement names something else that may be the reason:
    "mailbox unavailable or is not local", but not "unknown or illegal alias".
    """
    found = _OR.search(behind)
    if found and len(behind[: found.start()].split()) <= _MAX_BEFORE_OR:
        other = behind[found.end() :]
        if not (grammar.or_same.match(other) or grammar.predicate.search(other)):
            return True
    last = list(_OR.finditer(before))[-1:]
    if not last or len(before[last[0].end() :].split()) > _MAX_BEFORE_OR:
        return False
    other = before[: last[0].start()]
    return not (grammar.or_same.match(other) or grammar.predicate.search(other))
