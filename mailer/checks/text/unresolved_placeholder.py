"""Is every placeholder filled in?"""

import re

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, error
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import BLANK, line_place, passages, without_jinja
from mailer.errors import Place
from mailer.languages import MONTHS

_GAP = in_any_language(lambda phrases: phrases.gap_names)
_WITHOUT_NUMBER = (
    r"(?<=\b[tT]he )(?:st|nd|rd|th)\b|(?<=\b[iI]ts )(?:th)\b|(?<=\b[oO]ur )(?:th)\b"
    rf"|(?<=\b[lLsS]a )(?:e|ème|ième)(?=[ \u00a0]{in_any_language(lambda phrases: phrases.edition_of)}\b)"
)
"""The sign of an ordinal without its number: `the th edition`."""
TO_DO = re.compile(
    r"\b(?:X{3,}|TODO|TBD|TBC|TBA|FIXME|N\.?C\.?)(?!\w)"
    r"|(?i:\bx{2})(?=[ \u00a0]+(?:h(?:eures?)?\b|€|%|euros?\b|a\.?m\b|p\.?m\b))|[£$€]X{2}\b"
    r"|(?<=\bunder )X{2}\b|(?<=\bover )X{2}\b|(?<=\bthan )X{2}\b|(?<=\bmoins de )X{2}\b|(?<=\bplus de )X{2}\b"
    rf"|\b(?i:x{{2}})(?=[ \u00a0]+(?i:{MONTHS})\b)|\b{in_any_language(lambda phrases: phrases.gap_dates)}\b"
    rf"|\bX{{1,2}}th\b|{_WITHOUT_NUMBER}"
    r"|(?:\b(?:Professor|Prof\.?|Dr\.?|Mrs?\.?|Ms\.?|Mme|Mlle|M\.|MM\.|Me|Pr\.?|Docteure?|Professeure?|Monsieur|Madame|Sir|Lady|Lord|Ma[îi]tre)[ \u00a0]+)X{2,3}(?![\w’'-])"
    r"|\bX{2}(?:[ \u00a0.]X{2})+\b|\bX{2}[/.-](?:X{2}|\d\d)(?:[/.-](?:X{2,4}|\d{2,4}))?\b|\b\d{4}-X{2}-X{2}\b|\b\d{1,2}[/.]X{2}[/.]\d{2,4}\b|\bX,X{1,2}\b|\b(?:XX|xx)h(?:XX|xx|\d\d)?\b"
    r"|(?<![\w’'-])(?i:by|from|with|par|avec|chez|rue|avenue|place|salle|n[°o]|room|contact[ \u00a0]?:|tél(?:éphone)?\.?[ \u00a0]?:|tel\.?:|phone:)[ \u00a0]X{2,3}(?![\w’'-]|[ \u00a0][a-z])|\bTK(?:TK)?\b(?![^\[\]\n]*\])"
    r"|(?<![\w’'-])(?:Prénom N(?:om|OM)|N(?:om|OM) Prénom|First(?: [Nn]ame)? (?:Last|Sur) ?[Nn]ame|Name Surname|Firstname Lastname)\b"
    rf"|{in_any_language(lambda phrases: phrases.gap_to_come)}"
    rf"|[<{{](?!\{{){_GAP}(?:[ \u00a0,/&-][^<>{{}}\n]{{0,40}})?[>}}](?!\}})"
    r"|\?{3,}|_{4,}|(?<!\.)\.{4,}"
    rf"|\b(?:(?i:lorem ipsum)|lorem|LOREM|(?<![^\W\d_] )Lorem)(?!\w)|\b{in_any_language(lambda phrases: phrases.to_complete)}"
    rf"|\[{_GAP}(?:(?:[ \u00a0]|[ \u00a0]?[,/&-][ \u00a0]?)(?:et |and |ou |or |de la |de l[’']|du |de |of (?:the )?)?{_GAP}){{0,4}}\](?![(\[{BLANK}])"
    r"|(?<![\d+][ .-])(?<![\w.+-])(?:0\d[ \u00a0.-])?00(?:[ \u00a0.-]00){2,}(?![ \u00a0.-]?\d)"
    r"|\{\{|\}\}|\{%|%\}|«\s*»|%[A-Z_]{3,}%|\*\|[A-Z_]+\|\*"
)

_NUMBER_OF = re.compile(
    r"(?P<before>(?<![\w’'-])[\w’'-]+[ \u00a0\n]+)?(?<![\w-])(?P<gap>X{2})[ \u00a0\n]+(?P<noun>[a-zà-ÿœ]{4,}[sx])\b"
)
_IN_CELLS = matches(in_any_language(lambda phrases: phrases.chromosomes))
_NUMBERED = re.compile(
    r"[A-ZÀ-Þ][\w’'-]{4,}|" + in_any_language(lambda phrases: phrases.numbered_parts)
)

WHY = _("It would go out to every reader as it stands.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for each placeholder left in a text, a value or a compiled message."""
    for passage in passages(draft):
        for found in TO_DO.finditer(passage.text):
            yield _finding(passage.at(found.start()), found[0])
        for found in _NUMBER_OF.finditer(passage.text):
            # `XX salariés` is a gap; `le chapitre XX` and XX chromosomes are not.
            before = (found["before"] or "").strip()
            if not (_NUMBERED.fullmatch(before) or _IN_CELLS.fullmatch(found["noun"])):
                yield _finding(passage.at(found.start("gap")), f"{found['gap']} {found['noun']}")
    yield from _left_in_messages(draft)


def _left_in_messages(draft: Draft) -> Findings:
    """Yield an error for each Jinja expression that is still in a compiled message."""
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = draft.messages.get((planned.step.id, variant))
            if message is None:
                continue
            for key, pieces in (("subject", message.subject), ("preheader", message.preheader)):
                if any(isinstance(piece, str) and "{{" in piece for piece in pieces):
                    yield _finding(line_place(draft.campaign, planned, content, key), "{{")
            if "{{" not in without_jinja(content.text) and any(
                isinstance(piece, str) and "{{" in piece for piece in message.text
            ):
                yield _finding(Place(content.file, content.line), "{{")


def _finding(place: Place, words: str) -> Finding:
    return error(
        place,
        what=_("“{words}” is still to be filled in.", words=words),
        why=WHY,
        remedy=_("Write what belongs there."),
    )
