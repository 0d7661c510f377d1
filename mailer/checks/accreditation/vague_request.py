"""Does every request for an answer say to whom and until when?"""

from dataclasses import replace

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.requests import Lack, vague_requests
from mailer.checks.reading.texts.prose import PassagePart, messages

WHY = _("Who has to ask first does not answer, or answers too late.")
SOURCE = sources.PRACTICE

_WHAT = {
    Lack.ADDRESS: _("“{words}”: nobody reads to which address."),
    Lack.DAY: _("“{words}”: no date is named until which."),
    Lack.HOUR: _("“{words}”: no hour is named until which."),
}


def check(draft: Draft) -> Findings:
    """Yield a note for `RSVP by 10 September` without address or hour, and for a request without
    a date.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        for request in vague_requests(passage):
            yield note(
                passage.at(request.start),
                what=replace(_WHAT[request.lack], values={"words": request.words}),
                why=WHY,
                remedy=_("Name the address, the day and the hour in the same sentence."),
            )
