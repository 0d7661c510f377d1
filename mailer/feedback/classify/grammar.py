"""Compiles the lists of `bounce_words.toml` into the grammar of "X does not exist"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from mailer.feedback.classify.denials import read_denials
from mailer.feedback.mail.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.feedback.classify.denials import Denials


NO_MORE = re.compile(r"\b(?:plus|mehr|ya no|piu|mais|meer)\b")
"""In a predicate about mail: what was taken before is taken no more."""
QUALIFIES = re.compile(
    r"(?:bad|dead|illegal|incorrect|invalid|malformed|wrong) (?!(?:in|at|on|to|by|for|from|with|within|under|here|there|and|or|but|please|since|as|of|is|was|this|the"
    r"|if|check|au|aux|dans|sur|chez|en|et|ou|im|auf|bei|und|hier|ist|pa|hos|och|og|op|bij)(?!\w))[^\W\d_]{3,}"
)
"""An adjective that is said of the word behind it, which is no small word: "<address>: invalid date"."""


class Grammar(NamedTuple):
    """The expressions, each compiled from one list; all are searched in folded text."""

    predicate: re.Pattern[str]
    noun: re.Pattern[str]
    chain: re.Pattern[str]
    """Nouns and their modifiers behind a predicate."""
    qualifier: re.Pattern[str]
    """One word before such a noun that is not in the lists: "no Exchange mailbox"."""
    no_after: re.Pattern[str]
    not_mailbox: re.Pattern[str]
    us: re.Pattern[str]
    message: re.Pattern[str]
    many: re.Pattern[str]
    or_alive: re.Pattern[str]
    or_same: re.Pattern[str]
    """The other half of an "or" that says the same, or only names another noun."""
    closed: re.Pattern[str]
    perhaps: re.Pattern[str]
    try_again: re.Pattern[str]


_MODIFIERS = (
    r"local|mail|e-?mail|virtual|smtp|destination|final|forward|intended|or (?:illegal|invalid|unknown)"
    r"|of|an|any|the|this|that|those|your|given|specified|target|remote|internet|system|primary|delivery|active|such"
    r"|nos|notre|unsere[nrsm]?|nuestr[oa]s?|nostr[oaie]|onze|de|du|des|la|le|l|el|al|il|un|una|une|o|a|cette|cet|ce|dies(?:e[rnms]?)?|est[ea]|quest[oa]|dit|deze|messagerie|electronique|e|im|den|der|die|solche[rsnm]?"
)
_NO_QUALIFIER = r"to|for|of|from|with|by|in|on|at|than|and|or|pour|de|des|du|par|sur|fur|von|vom|zu|para|por|per|con|voor|van"
_NO_MAIL = (
    r"(?:null ?mx for(?= (?:the )?(?:recipient )?(?:domain|%domain%))|(?:null ?mx|receives? no (?:e-?)?mails?|not used for (?:e-?)?mail|indicated no smtp service|no (?:smtp|mail) service (?:here|for)|accepts no mail"
    r"|never accepts (?:e-?)?mail|no (?:e-?)?mail is accepted for %domain%"
    r"|do(?:es)?(?: not|n't) (?:accept|receive|handle) (?:any )?(?:incoming |inbound )?(?:(?:e-?)?mails?|smtp|messages)"
    r"|(?:n'accepte|ne (?:recoit|prend)) (?:pas|plus)(?: aucune?| de| les)? (?:courriers?|courriels?|mails?|e-?mails?|messages?)"
    r"|(?:nimmt|akzeptiert) keine (?:e-?mails?|nachrichten)(?: mehr)? (?:an|entgegen)"
    r"|(?:empfangt|akzeptiert) keine (?:e-?mails?|nachrichten)(?: mehr)?"
    r"|(?:ya )?no (?:acepta|recibe) (?:correos?|mensajes)|non (?:accetta|riceve) (?:piu )?(?:posta|e-?mail|messaggi)"
    r"|nao (?:aceita|recebe) (?:mais )?(?:e-?mails?|mensagens)"
    r"|(?:accepteert|ontvangt) geen (?:e-?mails?|berichten)(?: meer)?)"
    r"(?![ ,]{1,2}(?:from|with|without|outside|out|by|sent|coming|over|larger|containing|at this|for"
    r"|now|temporar|via|directly|provenant|de|en|sans|who|that|which|if|unless|until|bigger|greater|through|on"
    r"|extern\w*|exterieur\w*|estern\w*|von|aus|ohne|mit|uber|bis|van|zonder|met|tot|sin|con|hasta|sem|com|ate"
    r"|da|senza|fino|aux?|pour|d')))"
)


@cache
def bounce_grammar() -> Grammar:
    """Return the grammar compiled from the lists shipped with the package."""
    source = resources.files("mailer.feedback.classify").joinpath("bounce_words.toml")
    words = tomllib.loads(_folded(source.read_text("utf-8")))
    predicates, subjects, blame = words["predicates"], words["subjects"], words["blame"]
    mailbox, domain = _any(subjects["mailbox"]), _any(subjects["domain"])
    alive = _any(blame["or_alive"])
    return Grammar(
        predicate=re.compile(
            r"(?<![\w%])(?:"
            + "|".join(
                f"(?P<{name}>{pattern})"
                for name, pattern in _predicates(predicates, read_denials()).items()
            )
            + r")(?:(?<=[' ])|(?![\w%]))"
        ),
        noun=_noun(mailbox, domain),
        chain=re.compile(
            rf"(?:(?:[^\w(]|_){{1,4}}(?:{domain}|{mailbox}|{_MODIFIERS})(?![\w%])){{1,5}}"
        ),
        qualifier=re.compile(
            rf"[\W_]{{1,3}}(?!(?:{_NO_QUALIFIER})\b)[a-z]{{3,14}}(?=(?:[^\w(]|_){{1,3}}(?:{mailbox})(?![\w%]))"
        ),
        no_after=re.compile(rf"[\W_]{{0,4}}(?:{_any(predicates['no_after'])}|$)"),
        not_mailbox=re.compile(rf"[\W_]{{0,3}}(?<!\w)(?:{_any(blame['not_mailbox'])})(?!\w)"),
        us=_words(blame["us"]),
        message=_words(blame["message"]),
        many=_words(blame["count"]),
        or_alive=re.compile(
            rf"(?<!\w)(?:or|ou|oder|(?<=[^\W\d] )o)(?!\w)[^.;¦]{{0,60}}?(?<!\w)(?:{alive})(?!\w)"
            rf"|(?<!\w)(?:{alive})(?!\w)[^.;¦]{{0,40}}?(?<!\w)(?:or|ou|oder|o)(?!\w)"
        ),
        or_same=re.compile(
            rf"[\W_]*(?:(?:(?:{domain}|{mailbox}|{_MODIFIERS}|is|was|has been|est)[\W_]{{1,4}}){{0,5}}(?:{_any(blame['same'])})|(?:(?:{domain}|{mailbox}|{_MODIFIERS})[\W_]{{0,4}}){{1,5}}$)"
        ),
        closed=_words(blame["closed"]),
        perhaps=_words(blame["perhaps"]),
        try_again=_words(blame["try_again"]),
    )


def _folded(source: str) -> str:
    """Return the lists as `plain_text` leaves the texts they are compared with: a Cyrillic "й" and a
    Korean syllable are several characters before it.
    """
    return re.sub(r"[^\x00-\x7f]+", lambda match: plain_text(match.group()), source)


def _predicates(lists: Mapping[str, str], denials: Denials) -> dict[str, str]:
    composed = {
        "final": denials.gone,
        "whole": denials.whole,
        "denied": denials.denied,
        "before": denials.before,
    }
    # Alternatives are tried in this order: "does not exist" before "not … valid".
    return {
        "nomail": _NO_MAIL,
        **{
            kind: _by_letter([*_lines(lists.get(kind, "")), *composed.get(kind, ())])
            for kind in _KINDS
        },
        "no": "no(?!-)",  # a hyphen makes it a filter's own code: "NO-DOMAIN"
    }


_KINDS = (
    "left",
    "unregistered",
    "final",
    "whole",
    "whole_domain",
    "denied",
    "before",
    "after",
    "unavailable",
)


def _by_letter(lines: Sequence[str]) -> str:
    """Join alternatives, grouped by their first letter: most words of a text begin with none of
    them, and are passed over at once.
    """
    groups: dict[str, list[str]] = {}
    for line in lines:
        is_plain = (
            line[0].isalpha() and line[1:2] not in {"?", "*", "{"} and "|" not in _outside(line)
        )
        groups.setdefault(line[0] if is_plain else "", []).append(line[1:] if is_plain else line)
    rest = groups.pop("", [])
    grouped = [f"{letter}(?:{'|'.join(ends)})" for letter, ends in groups.items()]
    return "|".join((*grouped, *rest))


def _outside(line: str) -> str:
    """Return what of an expression stands outside its groups."""
    while "(" in line:
        shorter = re.sub(r"\([^()]*\)", "", line)
        if shorter == line:
            break
        line = shorter
    return line


def _lines(text: str) -> list[str]:
    return [line for line in text.strip().split("\n") if line]


def _any(lines: str) -> str:
    return "|".join(_lines(lines))


def _words(lines: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w%])(?:{_any(lines)})(?![\w%])")


def _noun(mailbox: str, domain: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w%])(?:(?P<domain>{domain})|(?P<mailbox>{mailbox}))(?![\w%])")
