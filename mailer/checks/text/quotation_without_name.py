"""Does a text say who speaks in each of its quotations?"""

import re
from collections.abc import Iterator

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.names.bodies import bodies
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import ARTICLE, BLANK, Passage, PassagePart, messages
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES

WHY = _("A newsroom cannot print a sentence that nobody said.")
SOURCE = sources.FACTS

_QUOTATION = re.compile(
    r"(?:«[\s\u00a0\u202f]*(?P<french>[^«»]{3,1500}?)[\s\u00a0\u202f]*»"
    r"|“(?P<english>[^“”]{3,1500})”|„(?P<german>[^„“”]{3,1500})[“”]|\"(?P<typed>[^\"\n]{3,1500})\""
    r"|[«“][\s\u00a0\u202f]*(?P<unclosed>[^«»“”]{3,1500})\Z)"
)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_ALONE = re.compile(
    r"(?<=[.!?…]\n)[ \t]*(?:«[^«»\n]{12,1000}[.!?…][ \u00a0\u202f]*»|“[^“”\n]{12,1000}[.!?…]”|\"[^\"\n]{12,1000}[.!?…]\")(?=[ \t]*(?:\n[«“\"]|\Z))"
)
_BEFORE = re.compile(r"(?:\A|[.!?…»”])[\s*_\u00a0]*\Z")
_AFTER = re.compile(r"[\s*_]*(?:\Z|[.!?…]?[\s*_]+[A-ZÀ-ÖØ-Þ«“\"])")
_ENDS = re.compile(r"[.!?…][*_]*\Z")
_STOP = re.compile(r"[.!?…][»”\"]?\s")
_NO_PROSE = re.compile(r"[ \t]*(?:#|[-*•|]\s|\d+[.)]\s|:::|>)")
_SAYS = matches(in_any_language(lambda phrases: phrases.says))
_VERB = in_any_language(lambda phrases: phrases.says)
_SOURCES = in_any_language(lambda phrases: phrases.sources)
_VAGUE = RarePattern(
    rf"(?<!\w)(?:{_VERB}[ \u00a0]+{in_any_language(lambda phrases: phrases.vague_speaker)}"
    rf"|{in_any_language(lambda phrases: phrases.vague_speaker)}[ \u00a0]+{_VERB}"
    rf"|{_VERB}-t-on|{_VERB}[ \u00a0](?:un|une|an?|one|another)[ \u00a0](?:(?:autre|jeune|ancienne?|young|former|local)[ \u00a0])?(?!{_SOURCES}\b)[a-zà-ÿ-]{{4,}})(?!\w)",
    sign=rf"(?<!\w)(?:{_VERB})(?!\w)",
)
_UNNAMED = r"(?:un|une|an?|one|another)[ \u00a0](?:(?:autre|jeune|ancienne?|young|former|local|membre d[eu]|member of the|vieille?)[ \u00a0])?"
_SAID_BY_ONE = RarePattern(
    rf"[»”\"][\s\u00a0\u202f,]{{0,3}}(?:{_VERB}(?:-t-(?:il|elle))?[ \u00a0]+{_UNNAMED}(?!{_SOURCES}\b)[a-zà-ÿ-]{{4,}}|{_UNNAMED}(?!{_SOURCES}\b)[a-zà-ÿ-]{{4,}}[ \u00a0]+{_VERB})(?=[.,;\s]|\Z)(?!,?[ \u00a0][^.;\n]{{0,40}}?[A-ZÀ-Þ]\w+[ \u00a0][A-ZÀ-Þ])",
    sign=r"(?i)[»”\"](?s:.{0,200}?)(?<!\w)(?:une?|an?|one|another)[ \u00a0]",
)
"""Right behind a quotation: who is named before it has not said it."""
_ONE_SAYS = RarePattern(
    rf"(?:\A|[.!?»”\"]\s)(?i:one|an?|une?)[ \u00a0](?!{_SOURCES}\b)[a-zà-ÿ-]{{4,}}[ \u00a0]+{_VERB}[ \u00a0]?[:,][ \u00a0]?\Z",
    sign=r"(?i)(?:\A|[.!?»”\"]\s)(?:one|an?|une?)[ \u00a0]",
)
"""`One analyst said: “…”`"""
_SAID_BY_ON = RarePattern(
    r"[»”\"][\s\u00a0\u202f,]{0,3}(?:[a-zà-ÿ’']+[ \u00a0]){0,2}[a-zà-ÿ’']+(?:-t)?-on(?!\w)(?!,?[ \u00a0][^.;\n]{0,40}?[A-ZÀ-Þ]\w+[ \u00a0][A-ZÀ-Þ])"
    r"|[»”\"][\s\u00a0\u202f,]{0,3}(?:it (?:is|was|has been) (?:said|heard|felt)|(?:is|was|were|are) the (?:general |common |shared )?(?:feeling|view|mood|verdict|reaction|message|answer|opinion)"
    r"|(?:c[’']est|tel(?:le)? est|voilà) (?:le |la |l[’'])(?:sentiment|avis|message|réaction|réponse|opinion|impression)|est-il (?:dit|écrit))\b(?![^.\n]{0,60}[A-ZÀ-Þ]\w+[ \u00a0][A-ZÀ-Þ])",
    sign=r"-on\b|\b(?:it|the|c[’']est|tel|telle|voilà|est-il)\b",
)
"""`« … », se réjouit-on.`"""
_SAID_BY_ROLE = RarePattern(
    rf"[»”\"][\s\u00a0\u202f,]{{0,3}}(?:{_VERB})[ \u00a0]+(?:l[ea]|the)[ \u00a0](?P<role>[a-zà-ÿ-]{{4,}})(?=[.;\n]|\Z)",
    sign=r"[»”\"](?s:.{0,200}?)[ \u00a0](?:l[ea]|the)[ \u00a0][a-zà-ÿ-]{4,}(?=[.;\n]|\Z)",
)
_NAME = re.compile(
    rf"(?<!\w)(?!{ARTICLE}\b)"
    r"[A-ZÀ-ÖØ-Þ][\w’'.-]+[ \u00a0\n]+(?:(?:d[eu]|des|la|le|van|von|di|d[’'])[ \u00a0]?)*"
    rf"[A-ZÀ-ÖØ-Þ][\w’'-]+|{BLANK}"
)
_ABOUT_SOMEBODY = re.compile(
    rf"(?:(?!(?:par|by|with|avec|à|to|of|de)\b)(?:[^\W\d_][\w·’'-]*|·+),?[ \u00a0\n]+){{0,8}}?(?:{_NAME.pattern})"
)
"""A sentence that names somebody, and neither as its agent nor as part of something: `A vu Ana Petit`."""
_OPENS = re.compile(r"[ \t]*[«“\"]")
_CONTACT = re.compile(r"(?:\+?\d[ \u00a0.()-]{0,2}){8,}|@")
_LABEL = matches(in_any_language(lambda phrases: phrases.press))
_KINDS_OF_PLACES = "|".join(
    f"{language.release.street}|{language.phrases.venue}"
    for language in LANGUAGES
    if language.release and language.phrases
)
_PROPER = rf"(?!{ARTICLE}\b)[A-ZÀ-ÖØ-Þ][\w’'-]+"
_PLACE = re.compile(
    rf"\b(?i:{_KINDS_OF_PLACES})[ \u00a0](?:(?:de|du|des|la|le|les)[ \u00a0]|d[’']|l[’'])*{_PROPER}"
    rf"(?:[ \u00a0](?:(?:de|du|des|la)[ \u00a0])?{_PROPER})*"
    rf"|(?<![\w’'-])(?:{_PROPER}[ \u00a0]){{1,6}}(?i:{_KINDS_OF_PLACES})\b"
)
_SIGNED = re.compile(r"[ \t*_(]*(?:[–—-]|[A-ZÀ-ÖØ-Þ][\w’'.-]+[ \u00a0]+[A-ZÀ-ÖØ-Þ])")
_LONGEST_SIGNATURE = 160
_LONGEST_SENTENCE = 1_000
_FEWEST_WORDS = 2
_FEWEST_IF_UNMARKED = 5
"""In words: shorter ones without a full stop, or after a colon, are names of things."""


def check(draft: Draft) -> Findings:
    """Yield a note for a quotation that is a sentence of its own and has nobody who says it: no
    name and no verb of saying in its paragraph, the one before or a line of signature below; and
    for one of somebody without a name, such as `one visitor`.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for start, words in _unsigned(_without_bodies(passage), passage.source):
            yield note(
                passage.at(start),
                what=_("Nobody is named who says “{words}”", words=words),
                why=WHY,
                remedy=_("Say who speaks and as what, or take the quotation out."),
            )


def _without_bodies(passage: Passage) -> str:
    """Return the text of a passage, as long as it is, with `·` for the letters of each body, street
    and other place, but for the first.
    """
    text = passage.text
    for body in bodies(passage):
        text = f"{text[: body.start]}{_hidden(text[body.start : body.end])}{text[body.end :]}"
    return _PLACE.sub(lambda found: _hidden(found[0]), text)


def _hidden(words: str) -> str:
    return words[:1] + re.sub(r"\S", "·", words[1:])


def _unsigned(text: str, source: str) -> Iterator[tuple[int, str]]:
    paragraphs = list(_paragraphs(text))
    for n, found in enumerate(paragraphs):
        before, after = (
            _unless_contact(paragraphs[at], source) if 0 <= at < len(paragraphs) else ""
            for at in (n - 1, n + 1)
        )
        quotations = list(_QUOTATION.finditer(found[0]))
        if _NO_PROSE.match(found[0]) or _is_signature(after):
            continue
        if (
            len(quotations) > 1
            and not _VAGUE.search(found[0])
            and not any(_is_by_nobody(found[0], it, text) for it in quotations)
            and _SAYS.search(_QUOTATION.sub(" ", found[0]))
        ):
            continue
        is_said_before = (
            bool(quotations) and not _QUOTATION.search(before) and _gives_the_word(before)
        )
        for quotation in quotations:
            words = " ".join((quotation[quotation.lastgroup or 0]).split())
            beside = _beside(found[0], quotation)
            is_vague = _VAGUE.search(beside) and not _NAME.search(beside)
            if is_vague or _is_by_nobody(found[0], quotation, text):
                yield found.start() + quotation.start(), words
                continue
            if _speaks(beside) or (not beside.strip(" .!?*_") and is_said_before):
                continue
            goes_on = quotation.lastgroup == "unclosed" and _OPENS.match(after)
            if not goes_on and _is_sentence(found[0], quotation, words):
                yield found.start() + quotation.start(), words


def _paragraphs(text: str) -> Iterator[re.Match[str]]:
    """Yield the paragraphs of a text. Lines of which one is a quotation and nothing else, below the
    end of a sentence, and the next one begins another quotation, are paragraphs of their own.
    """
    for found in _PARAGRAPH.finditer(text):
        at = found.start()
        for alone in _ALONE.finditer(text, *found.span()):
            if alone.start() > at and (before := _PARAGRAPH.match(text, at, alone.start() - 1)):
                yield before
            if whole := _PARAGRAPH.match(text, alone.start(), alone.end()):
                yield whole
            at = alone.end() + 1
        if at < found.end() and (rest := _PARAGRAPH.match(text, at, found.end())):
            yield rest


def _is_by_nobody(paragraph: str, quotation: re.Match[str], text: str) -> bool:
    """Return whether a quotation is told to be of one of many, or of a role that nobody bears."""
    if _ONE_SAYS.search(paragraph, max(0, quotation.start() - 60), quotation.start()):
        return True
    at = quotation.end() - 1
    # Within a sentence it is the name of a thing: `Le film « La Nuit », dit-on, …`
    begins = _BEFORE.search(paragraph[: quotation.start()])
    if (begins and _SAID_BY_ON.match(paragraph, at)) or _SAID_BY_ONE.match(paragraph, at):
        return True
    role = _SAID_BY_ROLE.match(paragraph, at)
    return (
        bool(role) and len(re.findall(rf"(?i)\b{re.escape(role['role'])}\b", text)) == 1
        if role
        else False
    )


def _unless_contact(paragraph: re.Match[str], source: str) -> str:
    """Return a paragraph; nothing for one that says whom the press can call."""
    is_contact = _CONTACT.search(source, *paragraph.span()) or _LABEL.match(
        paragraph[0].strip("*_ #")
    )
    return "" if is_contact else paragraph[0]


def _beside(paragraph: str, quotation: re.Match[str]) -> str:
    """Return the sentences before and after a quotation, in its paragraph."""
    start, end = quotation.span()
    before = paragraph[max(0, start - _LONGEST_SENTENCE) : start].rstrip()
    after = paragraph[end : end + _LONGEST_SENTENCE]
    return f"{_STOP.split(before.rstrip('.!?…'))[-1]} . {_STOP.split(after.lstrip(' .!?…'))[0]}"


def _speaks(text: str) -> bool:
    """Return whether somebody is named, or something said, outside a headline."""
    if re.match(r"[ \t]*#", text):
        return False
    return bool(_SAYS.search(text) or _NAME.search(_QUOTATION.sub(" ", text)))


def _gives_the_word(text: str) -> bool:
    """Return whether the last sentence of a paragraph leads to a quotation below: it says that
    somebody speaks, ends with a colon, or is about a person, whose name is its subject.
    """
    last = _STOP.split(text.rstrip())[-1].strip(" *_")
    if not _speaks(text):
        return text.rstrip(" *_").endswith(":")
    return last.endswith(":") or bool(_SAYS.search(last) or _ABOUT_SOMEBODY.match(last))


def _is_signature(text: str) -> bool:
    is_short = len(text) <= _LONGEST_SIGNATURE and not text.rstrip(" *_").endswith((".", "!", "?"))
    return is_short and bool(_SIGNED.match(text))


def _is_sentence(paragraph: str, quotation: re.Match[str], words: str) -> bool:
    """Return whether a quotation stands alone between full stops and ends with one, or is all that
    its paragraph says.
    """
    before, after = paragraph[: quotation.start()], paragraph[quotation.end() :]
    is_alone = not before.strip(" *_") and not after.strip(" *_")
    ends = _ENDS.search(words) or re.match(r"[.!?…]", after) or is_alone
    begins = _BEFORE.search(before) or before.rstrip().endswith(":")
    is_marked = _BEFORE.search(before) and (_ENDS.search(words) or not is_alone)
    fewest = _FEWEST_WORDS if is_marked else _FEWEST_IF_UNMARKED
    return bool(
        ends
        and begins
        and words[:1].isupper()
        and len(words.split()) >= fewest
        and _AFTER.match(after)
    )
