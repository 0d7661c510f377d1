"""Find what a text says of one thing and its contrary in words: open to all and by invitation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.sentences import SentenceInText, sentences
from mailer.checks.reading.times.hours import hours
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_SOME = r"(?![ \u00a0](?:(?:pour|for|chaque|jusqu[’']\w+|until|on|le|every|chaque|avec|with|if|after|before)[ \u00a0]|aux?[ \u00a0](?:moins|enfants|étudiants)|à[ \u00a0]partir))"
_OPEN = (
    r"ouverte?s? (?:à tous|à toutes et (?:à )?tous|à toute la presse|au (?:grand )?public)(?! les| nos)|tou[st] publics?|est publique|entrée (?:est )?libre|accès libre"
    r"|open to (?:all|everyone|everybody|the (?:general )?public)(?! (?:media|our|accredited))|public is welcome|(?:everyone|all) (?:is|are) welcome"
)
_BOOKED = r"(?:inscription|réservation|accréditation|booking|registration|accreditation)s?"


class _Contrary(NamedTuple):
    """Two ways of saying contrary things, and within how many sentences they are of one thing."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    reach: int
    is_by_clause: bool


_NEAR, _ANYWHERE, _BESIDE = 2, 1_000, 4


def _contrary(one: str, other: str, *, reach: int = _NEAR) -> _Contrary:
    first, second = (re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)") for words in (one, other))
    return _Contrary(first, second, reach, one is _OPEN)


_CONTRARIES = (
    _contrary(
        _OPEN,
        r"sur invitation|réservée?s? (?:aux|à la|à l[’']|au)[ \u00a0]?\w+|non ouverte?s? au public"
        r"|by invitation|(?:members|staff|guests|press) only|closed to the press|reserved for \w+",
    ),
    _contrary(
        _OPEN,
        r"uniquement sur invitation|sur invitation uniquement|à huis clos|(?:by )?invitation[ -]only|closed to the public|behind closed doors",
        reach=_ANYWHERE,
    ),
    _contrary(
        rf"sans {_BOOKED}|{_BOOKED} (?:n[’']est pas|pas) (?:nécessaire|requise)|(?:no|without|with no) {_BOOKED}",
        rf"{_BOOKED} (?:est |sont )?(?:obligatoires?|exigées?|requises?|indispensables?)|{_BOOKED} (?:is|are) (?:compulsory|required|mandatory|essential|needed)|must (?:be accredited|register|book)|by invitation only|invitation only",
    ),
    _contrary(
        r"illimitée?s?|sans limite(?: de places)?|unlimited",
        r"(?:dans la limite des )?places (?:étant |sont )?limitées|limitée?s? à \d+|only \d+ (?:seats|places|tickets)|(?:seats|places|numbers) are limited|limited to \w+",
    ),
    _contrary(
        r"7 ?j(?:ours)?(?:/| sur )7|24 ?h(?:/| sur )24|tous les jours|sans interruption|seven days a week|every day|daily|round the clock",
        r"sauf (?:le |les )?\w+|fermée?s? le \w+|except (?:on )?\w+|closed on \w+",
    ),
    _contrary(
        rf"(?:est |sont |entirely |totalement )?gratuite?s?(?:ment)?{_OF_SOME}|(?:is |are )?free(?: of charge)?(?= ?(?:[(.;,\n]|and\b))|entrée libre|pays? nothing|ne pai(?:e|ent) rien|no charge",
        r"(?:participation|contribution|fee)(?: \w+){0,3} (?:de|of)? ?[£$€]? ?\d+|(?:tickets?|billets?|places?|entrée|admission)(?: (?:à|at|is|are|costs?|coûte(?:nt)?)|[ \u00a0]?:)? [£$€]?\d+(?:[.,]\d\d)?[ \u00a0]?(?:€|euros?)?"
        r"|(?:abonnement|inscription|billet|entrée|place|subscription|ticket|membership) (?:annuel(?:le)? )?(?:coûte|costs?) [£$€]?\d+",
    ),
    _contrary(
        r"(?:est |sont )?gratuite?s?|(?:is |are )?free(?: of charge)?",
        r"[£$€] ?\d+(?:[.,]\d\d)?(?: an? \w+| for [\w ]{2,14}| per \w+)?(?=\))|\d+(?:[.,]\d\d)?[ \u00a0]?(?:€|euros?)(?: l[’']heure| par \w+)?(?=\))",
        reach=0,
    ),
    _contrary(
        r"gratuite?s?|free(?: of charge)?",
        r"(?:participation|contribution)(?: aux frais)? (?:de|of) [£$€]?\d+|fee of [£$€]\d+",
    ),
    _contrary(
        r"(?:service|accès|abonnement|offre|application) gratuite?|free (?:service|app|access|subscription)|pays? nothing|ne pai(?:e|ent) rien",
        r"(?:abonnement|service|subscription|membership) (?:annuel(?:le)? )?(?:coûte|costs?) [£$€]?\d+|(?:asked|charged) (?:for )?(?:a fee of )?[£$€]\d+|fee of [£$€]?\d+",
        reach=_ANYWHERE,
    ),
    _contrary(
        r"(?:uniquement|exclusivement|seulement) en ligne|en ligne (?:uniquement|exclusivement|seulement)|(?:conférence|point|réunion|rencontre)(?: de)? presse (?:virtuelle?|en ligne)|en ligne se tiendra|se tiendra en ligne|(?:streamed|held|broadcast|available) online only|(?:online|link|virtually) only|virtual (?:briefing|press conference|event|meeting)",
        r"(?<!de )(?:salle|amphithéâtre|auditorium|hall) [\w.-]+|dans (?:l[’']auditorium|la (?:grande )?salle|l[’']amphithéâtre)|(?:room|auditorium|theatre|hall) [\dA-Z]\w*|rendez-vous (?:dans|à|au)|attendus? (?:salle|à|au)|cut the ribbon|at the \w+ \w+, \d+",
        reach=_ANYWHERE,
    ),
    _contrary(
        r"ground floor|rez-de-chaussée|de plain-pied",
        r"(?:up|flights?) (?:\w+ )?(?:of )?(?:stairs|flights)|(?:deuxième|troisième|premier|[1-9]e) étage|(?:first|second|third|[1-9]\w\w) floor",
    ),
)
_DAY_PARTS = (
    (r"ce matin|le matin|matinale?s?|matinée|(?:this|the|in the) morning|morning", 0, 12.5),
    (r"cet après-midi|l[’']après-midi|(?:this |the |in the )?afternoon", 12, 19),
    (r"ce soir|le soir|en soirée|(?:this |the |in the )?evening|tonight", 16.5, 24),
)
_PARTS = [(re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)"), *span) for words, *span in _DAY_PARTS]
_RISE, _FALL = (
    re.compile(
        rf"(?i)\b(?:{words})(?: (?:nette|forte|légère|sharp|steep|clear|marked|slight))? (?:de |du |des |d[’']|in |of )(?:l[’']|la |le |les |the |number of |nombre d[e’] ?)?(?P<of>[^\W\d_]{{4,}})"
    )
    for words in (r"hausse|augmentation|progression|rise|increase|growth", r"baisse|recul|diminution|chute|fall|drop|decrease|decline")
)  # fmt: skip
_RANKED = re.compile(
    r"(?i)(?<!un )(?<!une )(?<!an )(?<!a )\b(?P<rank>premi(?:er|ère)|deuxième|second[e]?|troisième|quatrième|first|largest|biggest|leading|second[- ]largest|third[- ]largest|second[- ]biggest|earlier|previous|second|third|fourth)"
    r"[ \u00a0](?P<of>[^\W\d_]{4,})(?P<more>[^.;:!?\n]{3,50})"
)
_EARLIER = frozenset({"earlier", "previous"})
_RANKS = {"p": 1, "f": 1, "l": 1, "b": 1, "d": 2, "s": 2, "t": 3, "q": 4}
"""The ranks by the first letter of their words; those of `fourth` and `first` are told apart."""
_NO_RANK = re.compile(r"(?i)fois|time|année|year|jour|day|étage|floor|édition|edition|semestre|half|quarter|partie|part|temps|volet|phase|étape|person|ministre|minister|week|semaine|tour|round|place")  # fmt: skip
_WEEK = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
_DAY_NUMBERS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}  # fmt: skip
_DAY_NAME = re.compile(rf"(?i)\b(?:{_WEEK})s?\b(?![ \u00a0]\d)")
_OPEN_DAYS = re.compile(
    rf"(?i)\b(?P<first>{_WEEK})[ \u00a0](?:au|to|until|–|-)[ \u00a0](?P<last>{_WEEK})\b(?![ \u00a0]\d)[^;\n]{{0,90}}?(?:\b(?:fermée?s?|closed)\b(?P<closed>[^.;\d\n]{{3,60}})|,[ \u00a0](?P<also>(?:{_WEEK}) (?:compris|inclus|included)))"
)
_ADDITION = re.compile(
    r"(?i)\b(?:aussi|également|ou en ligne|et en ligne|hybride|also|both|hybrid|as well|ensuite|puis|then|afterwards|later|auparavant)\b"
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_ARTICLE = re.compile(
    r"(?i)[\W_]*(?:(?:l[ea]s?|l[’']|the|an?|une?|cet(?:te)?|ce|this|leur|sa|son|its|toute|all)\b[ \u00a0’']*)*"
)
_HYPERNYMS = frozenset(
    [
        "entree",
        "acces",
        "evenement",
        "soiree",
        "ceremonie",
        "remise",
        "attendance",
        "event",
        "entry",
        "admission",
        "evening",
        "access",
        "ceremony",
        "operation",
        "participation",
        "inscription",
        "reunion",
        "rencontre",
    ]
)


def contraries(text: str) -> Iterator[ToldTwice]:
    """Yield the second of two contrary sayings of one thing."""
    every = list(sentences(text))
    for pair in _CONTRARIES:
        yield from _of_pair(pair, every)
    yield from _of_day_parts(every)
    yield from _of_closed_days(text)
    yield from _of_trends(every)
    yield from _of_ranks(every)


def _of_pair(pair: _Contrary, every: list[SentenceInText]) -> Iterator[ToldTwice]:
    found = [
        (n, kind, it, sentence)
        for n, sentence in enumerate(every)
        for kind, pattern in enumerate((pair.one, pair.other))
        if (it := pattern.search(sentence.words))
        if not (pair.is_by_clause and _is_in_item(sentence.words, it))
    ]
    last: dict[int, tuple[int, re.Match[str], SentenceInText]] = {}
    for n, kind, it, sentence in found:
        before = last.get(1 - kind)
        if before:
            at, other, first = before
            is_one = n == at or (
                n - at <= pair.reach
                and (pair.reach > _NEAR or _are_of_one(first, sentence, (other, it)))
            )
            between = _between(it, other, sentence.words)
            is_apart = (
                len(between) > _BESIDE if not pair.reach else pair.is_by_clause and ";" in between
            )
            if (
                is_one
                and not (n == at and is_apart)
                and not _ADDITION.search(sentence.words)
                and not (n == at and _overlap(it, other))
            ):
                yield ToldTwice(it[0].strip(), other[0].strip(), sentence.start + it.start())
                return
        last[kind] = (n, it, sentence)


def _is_in_item(words: str, found: re.Match[str]) -> bool:
    """Return whether words stand in a line of a programme: who is let in then is told of it alone."""
    line = words[words.rfind("\n", 0, found.start()) + 1 : found.start()]
    first = next(iter(hours(line)), None)
    return first is not None and not re.search(r"\w", line[: first.start])


def _between(it: re.Match[str], other: re.Match[str], words: str) -> str:
    return words[min(it.end(), other.end()) : max(it.start(), other.start())]


def _overlap(it: re.Match[str], other: re.Match[str]) -> bool:
    return it.start() < other.end() and other.start() < it.end()


def _are_of_one(
    one: SentenceInText, other: SentenceInText, found: tuple[re.Match[str], re.Match[str]]
) -> bool:
    """Return whether two sentences have one subject, or one has none but a general one."""
    first, second = (
        _subject(it.words[it.words.rfind("\n", 0, at.start()) + 1 :])
        for it, at in zip((one, other), found, strict=True)
    )
    return not first or not second or first == second or bool({first, second} & _HYPERNYMS)


def _subject(words: str) -> str:
    lead = _ARTICLE.match(words)
    found = _WORD.match(words, lead.end() if lead else 0)
    return folded(found[0]).rstrip("sx") if found else ""


def _of_closed_days(text: str) -> Iterator[ToldTwice]:
    """Yield a weekday that is closed within the weekdays told to be open, or open beside them."""
    for found in _OPEN_DAYS.finditer(text):
        first, last = (_DAY_NUMBERS[found[it].lower()[:3]] for it in ("first", "last"))
        span = (last - first) % 7
        closed, also = found["closed"] or "", found["also"] or ""
        within = [
            it
            for it in _DAY_NAME.findall(closed)
            if (_DAY_NUMBERS[it.lower()[:3]] - first) % 7 <= span
        ]
        beside = [
            it
            for it in _DAY_NAME.findall(also)
            if (_DAY_NUMBERS[it.lower()[:3]] - first) % 7 > span
        ]
        if within or beside:
            days = f"{found['first']} – {found['last']}"
            yield ToldTwice((within or beside)[0], days, found.start())


def _of_day_parts(every: list[SentenceInText]) -> Iterator[ToldTwice]:
    """Yield `this morning` beside an hour of the evening; hours of the sentence before count too."""
    before: tuple[float, ...] = ()
    said_before = ""
    for words, start in every:
        told = [it.at.hour + it.at.minute / 60 for it in hours(words)]
        parts = [(it, *span) for pattern, *span in _PARTS if (it := pattern.search(words))]
        near = told or before
        if len(parts) == 1 and near:
            found, first, last = parts[0]
            if not any(first <= hour <= last for hour in near):
                first_hour = next(iter(hours(words if told else said_before)))
                other = (words if told else said_before)[first_hour.start : first_hour.end]
                yield ToldTwice(found[0], " ".join(other.split()), start + found.start())
        if told:
            before, said_before = tuple(told), words
        elif "\n" in words:
            before = ()


def _of_trends(every: list[SentenceInText]) -> Iterator[ToldTwice]:
    """Yield the fall of what is told to rise elsewhere, both as nouns: `the rise in sales`."""
    known: dict[str, tuple[int, str]] = {}
    for words, start in every:
        for kind, pattern in enumerate((_RISE, _FALL)):
            for found in pattern.finditer(words):
                of = folded(found["of"]).rstrip("sx")
                other = known.setdefault(of, (kind, found[0]))
                if other[0] != kind:
                    yield ToldTwice(found[0], other[1], start + found.start())


def _rank(words: str) -> int:
    if words in _EARLIER:
        return 0
    return 4 if words.startswith("fou") else _RANKS[words[0]]


def _of_ranks(every: list[SentenceInText]) -> Iterator[ToldTwice]:
    """Yield the second rank of one thing: `the first producer of salt` and `the third producer`."""
    known: dict[str, tuple[int, set[str], str, int]] = {}
    for n, (words, start) in enumerate(every):
        for found in _RANKED.finditer(words):
            rank = _rank(found["rank"].lower())
            of = folded(found["of"]).rstrip("sx")
            said = {folded(it).rstrip("sx") for it in _WORD.findall(found["more"])}
            if _NO_RANK.fullmatch(found["of"]):
                continue
            other = known.get(of)
            is_first = other and (rank or other[0] == 1)
            if other and is_first and other[0] != rank and other[1] & said and other[3] != n:
                yield ToldTwice(" ".join(found[0].split()), other[2], start + found.start())
            known.setdefault(of, (rank, said, " ".join(found[0].split()), n))
