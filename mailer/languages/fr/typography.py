"""French typography, from text to text: Markdown, plain text, subjects.

No-break spaces are U+00A0: the narrow U+202F is what purists set, but mail programs on
Windows show it as a box. Ordinals come out as `7e`; authors of HTML may raise the `e`.

Not changed: Jinja, code, links, addresses, file names, tags, and text that a tag declares to
be in another language (`<i lang="en">…</i>`). Applying the rules twice changes nothing more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mailer.languages.language import NBSP, Ordinals, Typography
from mailer.languages.protected import MARK, THING, hidden, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    _Edit = tuple[str, str | Callable[[re.Match[str]], str]]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The space before a colon, and before `;`, `!` and `?`."""

    name: str
    before_colon: str
    before_high: str


FRANCE = RuleSet("fr-FR", before_colon=NBSP, before_high=NBSP)
EUROPE = RuleSet("fr-EU", before_colon="", before_high="")
"""International organisations write `Titre: texte`, as the United Nations and the FAO do."""
CANADA = RuleSet("fr-CA", before_colon=NBSP, before_high="")
"""The Office québécois de la langue française drops the thin space that mail cannot set."""

RULE_SETS: Mapping[str, RuleSet] = {rules.name: rules for rules in (FRANCE, EUROPE, CANADA)}


def rules_for(tag: str) -> RuleSet:
    """Return the rules for a tag of French (`fr`, `fr-CA`)."""
    return RULE_SETS.get(tag, FRANCE)


@lru_cache(maxsize=256)  # a preview sets the same texts at every save
def typeset(text: str, *, rules: RuleSet = FRANCE) -> str:
    """Return `text` with French spaces, quotation marks, apostrophes, dashes and ordinals."""
    # Prose is stable after one pass. Where a rule uncovers work for an earlier one, as in
    # "a@b.examplel'10h", a second finds it; random text has never needed a third.
    once = _pass_over(text, rules)
    return once if once == text else _pass_over(_pass_over(once, rules), rules)


def _pass_over(text: str, rules: RuleSet) -> str:
    patterns = _patterns(rules)
    text, kept = hidden(text, "fr")
    for pattern, replacement in patterns.letters:
        text = pattern.sub(replacement, text)
    text = _BLOCK.sub(_with_guillemets, text)
    for pattern, replacement in patterns.spaces:
        text = pattern.sub(replacement, text)
    return shown(text, kept)


# Letters.

_ELIDED = "l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|aujourd|entr"
_OE_HEADS = "c|ch|s|cons|v|n|b|m|man|éc|ranc|dés|"
_OE_WORDS = "il|d[eèi]|soph|strog|nolog|cum|t(?:us|al|aux)\\b"
_LETTERS: tuple[_Edit, ...] = (
    (r"(?<!\.)\.{3}(?!\.)", "…"),
    (r"\b([Ee]tc)\.?…", r"\1."),
    (r"\b(\d+)(?:i?[èe]me|è)(s?)\b", r"\1e\2"),
    (r"\b([1I])[èe]re(s?)\b", r"\1re\2"),
    (r"\b([IVXLC]+)i?[èe]me(s?)\b", r"\1e\2"),
    (rf"\b((?i:{_OE_HEADS}))oe(?=u)", r"\1œ"),
    (rf"\b((?i:{_OE_HEADS}))O[Ee](?=[Uu])", r"\1Œ"),
    (rf"\b([Ff]?)oe(?={_OE_WORDS})", r"\1œ"),
    (rf"\b(F?)O[Ee](?=(?i:{_OE_WORDS}))", r"\1Œ"),
    (rf"\b((?i:{_ELIDED}))'(?=\S)", r"\1’"),
    (r"(?<=[^\W\d_])'(?=[^\W\d_])", "’"),
    (r"(?<![\w'’])'(?=\d\d\b)", "’"),
)
"""« Leboeuf » and other names are left as their owners write them: only words that begin with
one of the heads get their ligature."""


# Quotation marks.

_BLOCK = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_INSIDE = re.compile(r"[\w\ue000]")


def _with_guillemets(block: re.Match[str]) -> str:
    """Return a paragraph with its straight quotes turned into « », or “ ” inside those.

    A paragraph where they do not pair (inches, a forgotten one) is left for a person.
    """
    first, *parts = block[0].split('"')
    if len(parts) % 2 or any(not quoted.strip() for quoted in parts[::2]):
        return block[0]
    text = first
    for quoted, after in zip(parts[::2], parts[1::2], strict=True):
        if _INSIDE.match(text[-1:]) or _INSIDE.match(after[:1]):
            return block[0]
        is_inner = text.count("«") > text.count("»")
        inside = quoted.strip(_BLANKS)
        text += (f"“{inside}”" if is_inner else f"«{NBSP}{inside}{NBSP}»") + after
    return text


# Spaces.

_BLANKS = " \u00a0\u202f\u2009"
_S = f"[{_BLANKS}]"
_LETTER = r"[^\W\d_]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_WAYS = (
    "rue|quai|avenue|boulevard|bd|place|allées?|cours|chemin|impasse|square|route|passage|"
    "esplanade|villa|cité|sentier|promenade|rond-point|faubourg"
)
_WAY = rf"(?:{_WAYS}){_S}(?:d(?:e|es|u)\b|d['’]|[A-ZÀ-ÖØ-Þ{THING}])"
"""A street as it stands behind its number; « 2018, place aux jeunes » is none."""
_UNITS = "km|m|cm|mm|kg|g|mg|µg|ml|cl|ha|ko|Mo|Go|To|min|kWh|MW|euros|millions?|milliards?|M€|k€"


def _thousands(number: re.Match[str]) -> str:
    return re.sub(_S, NBSP, number[0])


def _hour(found: re.Match[str]) -> str:
    return NBSP.join(filter(None, (found[1], "h", found[2])))


_SPACES: tuple[_Edit, ...] = (
    (rf"«{_S}*(?=\S)", f"«{NBSP}"),
    (rf"(?<=\S){_S}*»", f"{NBSP}»"),
    (r"(?<=[\w,;:)])«", " «"),
    (r"»(?=[\w(])", "» "),
    (rf"(?<=[\w{THING}»]){_S}+(?=[,.](?:\s|$))", ""),
    (rf"\({_S}+(?=[^\s)])", "("),
    (rf"(?<=[^\s(]){_S}+\)", ")"),
    (rf"(?<=[{THING},;:!?»)…]|{_LETTER}) {{2,}}(?=\S)", " "),
    (rf"(?<={_LETTER}\.) {{2,}}(?=\S)", " "),
    (rf"(?<=[{THING}»”,;!?…]|{_LETTER}){_S}--?{_S}(?=[{THING}«“]|{_LETTER})", " – "),
    (rf"(?<=\d){_S}--?{_S}(?=[{THING}«“]|{_LETTER})", " – "),
    (rf"(?<![\d,.])(?<!\d{_S})\d{{1,3}}(?:{_S}\d{{3}})+(?!\d)", _thousands),
    (rf"(?<!\d)(?:0|\+\d{{2,3}}{_S})\d(?:{_S}\d\d){{4}}(?!\d)", _thousands),
    (rf"(?<=\d){_S}*(?=[%‰€£$](?!\w)|[kM]€|°C)", NBSP),
    (rf"(?<=\d){_S}(?=(?:{_UNITS})\b(?!['’]))", NBSP),
    (rf"(?<![\w,.])([01]?\d|2[0-4]){_S}?h(?:{_S}?([0-5]\d))?(?!\w)", _hour),
    (rf"\b(\d{{1,2}}|1er){_S}(?=(?:{_MONTHS})\b)", rf"\1{NBSP}"),
    (rf"(?<=[\dr]{NBSP})({_MONTHS}){_S}(?=\d{{4}}\b)", rf"\1{NBSP}"),
    (rf"\b(\d{{1,4}}){_S}(bis|ter|quater){_S}(?={_WAY})", rf"\1{NBSP}\2{NBSP}"),
    (rf"\b(\d{{1,4}}){_S}(?={_WAY})", rf"\1{NBSP}"),
    (rf"\b(MM?\.|Mmes?|Mlles?|Drs?|Prs?|Mgrs?|Me){_S}(?=[A-ZÀ-ÖØ-Þ{THING}])", rf"\1{NBSP}"),
    (rf"\b([nN][°º]){_S}*(?=\d)", rf"\1{NBSP}"),
    (rf"([№§]){_S}*(?=\d)", rf"\1{NBSP}"),
    (rf"\b([IVXLC]+e){_S}(?=(?:siècles?|millénaires?)\b)", rf"\1{NBSP}"),
    (rf"\b(av|apr)\.{_S}(?=J\.-C\.)", rf"\1.{NBSP}"),
    (rf"©{_S}(?=\S)", f"©{NBSP}"),
    (rf"\b((?:pp?|art|chap|fig|vol)\.){_S}(?=\d)", rf"\1{NBSP}"),
)


def _before_signs(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """The space before `:` and before `;`, `!`, `?`; never between digits or inside a word."""
    ends = rf"(?=[:;!?]*[.…]*(?:[\s)\]»”*_|{THING}{MARK}]|$))"
    for signs, space in ((":", rules.before_colon), (";!?", rules.before_high)):
        after_word = rf"(?<=[\w{THING})\]»”%‰€$°*…])"
        yield rf"(?m){after_word}{_S}*([{signs}]){ends}", rf"{space}\1"


_Compiled = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]


@dataclass(frozen=True, slots=True)
class _Patterns:
    letters: tuple[_Compiled, ...]
    spaces: tuple[_Compiled, ...]


@cache
def _patterns(rules: RuleSet) -> _Patterns:
    """Compile the expressions at first use: a command that sets no text need not wait for it."""

    def compiled(edits: Iterable[_Edit]) -> tuple[_Compiled, ...]:
        return tuple((re.compile(pattern), replacement) for pattern, replacement in edits)

    return _Patterns(
        compiled(_LETTERS),
        compiled((*_SPACES, *_before_signs(rules))),
    )


def _right_ordinal(written: str) -> str:
    """Return `7e` for `7ème`, `1re` for `1ère` (Lexique de l’Imprimerie nationale, “Abréviations”).

    Only the first has a feminine: `2ère` is a slip for `2e`.
    """
    number = re.match(r"\d+|[IVXLC]+", written)
    assert number
    suffix = written[number.end() :]
    is_first = number[0] in {"1", "I"} and "r" in suffix
    return f"{number[0]}{'re' if is_first else 'e'}{'s' if suffix.endswith('s') else ''}"


TYPOGRAPHY = Typography(
    typeset=lambda text, tag: typeset(text, rules=rules_for(tag)),
    quotes="« … »",
    ordinals=Ordinals(
        wrong=r"\b(?:\d+|[IVXLC]+)(?:[èe]mes?|[èe]res?|i[èe]mes?|i[èe]res?)\b",
        right=_right_ordinal,
    ),
)
