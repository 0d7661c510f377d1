"""Recognise who asks to be written to no more, in the words of seven languages.

"Not by post", "not twice" and "take me off the guest list" refuse a part: such a reply is no
opposition, and a person reads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.text import plain_text
from mailer.feedback.replies.other_oppositions import OTHER_OPPOSITIONS
from mailer.feedback.replies.own_words import own_words
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from mailer.feedback.mail.message import Mail

_WORDS = (
    *(language.replies.opposition for language in LANGUAGES if language.replies),
    *OTHER_OPPOSITIONS,
)
_SENTENCES = re.compile(
    "|".join(
        rf"(?<!\w)(?:{plain_text(line)})"
        for words in _WORDS
        for line in words.sentences.strip().split("\n")
    )
)
_ALONE = re.compile(
    r"(?:(?:re|tr|aw|rep|fwd?) ?: ?){0,3}"
    rf"(?:{'|'.join(words.please for words in _WORDS)})?"
    rf"(?:{'|'.join(words.alone for words in _WORDS)})"
)
_PARTS = re.compile(rf"(?<!\w)(?:{'|'.join(words.parts for words in _WORDS)})")
# What others offer below their own mails: "if you no longer wish to receive our newsletter".
_OFFERED = re.compile(
    r"\b(?:if|in case|should) you (?:no longer|do not|don't|would|wish|want|prefer)|\byou (?:no longer|do not|don't) (?:want|wish)"
    r"|\bsi vous (?:ne |n'|souhait|voul|desir|prefer)|\bvous (?:ne |n')?(?:souhait|voul|desir)\w+|\bvous pouvez (?:etre|vous|demander)"
    r"|\b(?:wenn|falls|sofern|mochten|wollen|wunschen) sie (?:\w+ )?(?:keine?|nicht)|\bsie (?:mochten|wollen|wunschen) (?:\w+ )?(?:keine?|nicht)"
    r"|\bse (?:non )?(?:desidera|vuole)|\bsi (?:no |ya no )?(?:desea|quiere)|\b(?:als|indien|wilt|wenst) u (?:geen|niet)|\b(?:se|caso) (?:nao|ja nao) "
    r"|(?:^|[^\w ] ?)(?:to|pour|per|para) (?:be|etre|essere|ser) |(?:^|[^\w ] ?)se des(?:inscrire|abonner)"
    r"|\b(?:our|nos|notre|unsere[nrm]?|nostr[aeio]|nuestr[ao]s?|onze|noss[ao]s?) (?:\w+ )?(?:newsletters?|messages|e-?mails|mails|courriels|communiques"
    r"|mailing list|liste|comunicati|correos|boletin|nieuwsbrief|mensagens|pressemitteilungen)\b"
)
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)")
_ADDRESS = re.compile(r"[^\s<>]{1,128}@[^\s<>]{1,253}")
"""Its full stops end no sentence."""
_LONGEST = 1200
_LONGEST_ALONE = 60


def is_opt_out(mail: Mail) -> bool:
    """Return whether a person, or a mail program on their behalf, asks to be unsubscribed."""
    if _ALONE.match(plain_text(mail.headers.get("subject"))):
        return True
    text = _ADDRESS.sub("@", plain_text(own_words(mail.notice)[:_LONGEST]))
    if any(_is_whole(text, match) for match in _SENTENCES.finditer(text)):
        return True
    alone = _ALONE.match(text) if len(text) < _LONGEST_ALONE else None
    return alone is not None and _is_whole(text, alone)


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Return whether the sentence around these words refuses all mail, and not a part, and is said
    by who wants no more of it.
    """
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())), default=0)
    end = _SENTENCE_END.search(text, match.end())
    sentence = text[start : end.start() if end else len(text)].strip()
    return not (_PARTS.search(sentence) or _OFFERED.search(sentence))
