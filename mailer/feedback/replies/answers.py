"""Sort what a person writes back to an invitation: they come, they do not, or somebody must read it.

A sentence counts alone, and all must say the same. What doubts, asks about somebody else or says
two things is not guessed: a person reads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.mail.text import plain_text
from mailer.feedback.replies.autoreply import says_absent
from mailer.feedback.replies.oppositions import is_opt_out
from mailer.feedback.replies.other_answers import OTHER_ANSWERS
from mailer.feedback.replies.own_words import joined_lines, own_words
from mailer.languages import LANGUAGES
from mailer.model.feedback.reply import ReplySort
from mailer.reply_form import FormAnswer, ReplyForm, read_reply_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailer.feedback.mail.message import Mail
    from mailer.languages.answer_words import AnswerWords

_WORDS = (
    *(language.answers for language in LANGUAGES if language.answers),
    *OTHER_ANSWERS,
)


def _any_of(name: Callable[[AnswerWords], str]) -> re.Pattern[str]:
    return re.compile("|".join(name(words) for words in _WORDS))


_COMES = _any_of(lambda words: words.comes)
_ASKS = _any_of(lambda words: words.asks)
_DECLINES = _any_of(lambda words: words.declines)
_DOUBTS = _any_of(lambda words: words.doubts)
_ELSEWHERE = _any_of(lambda words: words.elsewhere)
_INSTEAD = _any_of(lambda words: words.instead)
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]*")
_IS_REPLY = re.compile(r"(?:re|rep|aw|sv|tr|fwd?|antw) ?:")
_LONGEST = 4_000


SORT_OF_FORM = {
    FormAnswer.COMES: ReplySort.REQUEST,
    FormAnswer.DECLINES: ReplySort.REFUSAL,
    FormAnswer.UNDO: ReplySort.OTHER,
}


def form_in(mail: Mail) -> ReplyForm | None:
    """Return the filled-in reply that a mail is, apart from what it quotes."""
    return read_reply_form(own_words(mail.notice))


def sort_reply(mail: Mail) -> ReplySort:
    """Return what a mail that a person wrote says to an invitation."""
    if is_opt_out(mail):
        return ReplySort.OPPOSITION
    form = form_in(mail)
    written = "\n".join(form.beside) if form else own_words(mail.notice)
    said = set(filter(None, map(_said, _sentences(mail, written))))
    if form:
        said.add(SORT_OF_FORM[form.answer])
    if len(said) == 1:
        return said.pop()
    return ReplySort.ABSENCE if not said and says_absent(mail) else ReplySort.OTHER


def _sentences(mail: Mail, written: str) -> Iterator[str]:
    """Yield the sentences of a text, and a subject that its writer chose, folded."""
    subject = plain_text(mail.headers.get("subject"))
    if not _IS_REPLY.match(subject):
        yield subject
    for line in joined_lines(written[:_LONGEST]).split("\n"):
        yield from (each.strip() for each in _SENTENCE.findall(plain_text(line)))


def _said(sentence: str) -> ReplySort | None:
    """Return what one sentence says; None when it says nothing about coming."""
    plain = sentence.rstrip(".!?; ")
    if _INSTEAD.search(plain):
        return ReplySort.OTHER
    if _ELSEWHERE.search(plain):
        return None
    declines = bool(_DECLINES.search(plain))
    comes = bool(_ASKS.search(plain)) or (not sentence.endswith("?") and bool(_COMES.search(plain)))
    if not (declines or comes):
        return None
    if (declines and comes) or _DOUBTS.search(plain):
        return ReplySort.OTHER
    return ReplySort.REFUSAL if declines else ReplySort.REQUEST
