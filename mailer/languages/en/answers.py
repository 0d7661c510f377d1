"""English answers to an invitation: the words of who comes, who asks, and who does not come."""

from __future__ import annotations

from mailer.languages.answer_words import AnswerWords

_TO_COME = (
    r"(?:attend(?:ing)?|come|coming|cover(?:ing)?|join(?:ing)?(?: you)?|be (?:there|present|attending|in attendance)"
    r"|being there|make it|participat\w+|take part|register|be accredited|film(?:ing)?)\b"
)
_WE = r"\b(?:i|we)(?:'ll| will|'m| am|'re| are)"

ANSWERS = AnswerWords(
    comes=(
        rf"{_WE} (?:happily |gladly |definitely |certainly |both |all )?(?:be )?{_TO_COME}(?! (?:able|unable))"
        r"|\bconfirm(?:ing|s)? (?:my|our|that (?:i|we) (?:will|'ll|are|am))"
        rf"|\b(?:happy|glad|delighted|pleased) to {_TO_COME}|\bcount (?:me|us) in\b|\bi'm in\b"
        r"|\blook(?:ing)? forward to (?:attending|being there|joining|the (?:event|meeting|conference|briefing)|seeing)"
        r"|\bsee you (?:there|then|on)\b|\b(?:i|we) (?:gladly |happily )?accept\b"
        r"|^(?:yes|ok|yes please|sure)(?:,? (?:please|thanks|thank you|i will|i'll be there))*$"
    ),
    asks=(
        r"\b(?:like|love|want|wish|hope|plan|intend|hoping|planning)(?:ing|s)? to "
        + _TO_COME
        + r"|\b(?:please|could you|can you|would you|kindly|may i ask you to)\b[^.?!]{0,20}"
        r"\b(?:accredit|register|sign|put|add|book|enrol|enroll) (?:me|us)\b"
        r"|\b(?:request\w*|appl(?:y|ying)|ask(?:ing)?|need|like|want|seek(?:ing)?|get)\b[^.?!]{0,30}\b(?:accreditation|press pass|accredited)"
        r"|\b(?:can|could|may) (?:i|we) (?:please |still |also )?"
        + _TO_COME
        + r"|^(?:press )?accreditation\b|\baccreditation request"
    ),
    declines=(
        r"\b(?:can ?not|can't|won't|will not|couldn't|wouldn't|shan't)(?: \w+){0,2}? (?:be able to )?(?:attend|come|make|be (?:there|in|at|with you|attending|able|joining|present|covering)|join|cover|participate)"
        r"|\b(?:un|not )able to "
        + _TO_COME
        + r"|\bnot be able\b|\bnot (?:attending|coming|joining|covering|available|free)\b|\bunavailable\b"
        r"|\b(?:have|has|there is|there's) (?:nobody|no ?one|no (?:reporter|journalist)s?)\b[^.?!]{0,20}\b(?:available|free)\b"
        r"|\bdeclin(?:e|es|ing)\b|\bsend (?:my|our) (?:apologies|regrets)|\bwith regret\b|\b(?:prior|previous|another|other) (?:commitment|engagement|assignment|story|appointment)"
        r"|\bcount (?:me|us) out\b|\bgive (?:it|this) a miss\b|\bhave to (?:pass|skip|miss|cancel)|\bpass on (?:this|it)\b"
        r"|\bcancel (?:my|our) (?:place|accreditation|registration|attendance)|\bafraid (?:i|we) can(?:'t|not)\b|\bmiss (?:it|this one)\b"
        r"|^no(?:,? (?:thanks|thank you|sorry|i can't))*$"
    ),
    doubts=(
        r"\bnot (?:yet )?(?:sure|certain)\b|\bmight\b|\bmay (?:be able|not|attend|come|join)\b|\bmaybe\b|\bperhaps\b|\btentativ\w+|\bprobabl[ey]\b|\bpossibly\b"
        r"|\blet you know\b|\bget back to you\b|\bto be confirmed\b|\bif (?:i|we|possible|my|our|the|it)\b|\bdepend\w*|\bsubject to\b"
        r"|\b(?:will|'ll) try\b|\btrying to\b|\bdon't know\b|\bnot know\b|\bconfirm (?:later|nearer|closer|soon)|\bcan't (?:yet )?(?:say|confirm|promise)|\bcannot (?:yet )?(?:say|confirm|promise)"
    ),
    elsewhere=(
        r"\b(?:mailing list|newsletter|distribution list|press list|media list|your list|releases)\b"
        r"|\b(?:press kit|interview|photos?|images?|embargo|recording|livestream|live stream|zoom)\b(?![^.?!]*accredit)"
    ),
    instead=(
        r"\b(?:in|take) my place\b|\binstead of (?:me|us)\b|\b(?:replace|represent) (?:me|us)\b|\bon my behalf\b"
        r"|\b(?:a|my|our|one of our|another) (?:colleague|reporter|journalist|correspondent|freelancer|editor)s?\b[^.?!]{0,40}\b(?:will|can|could|would|may)\b"
        r"|\b(?:forward|pass|hand)(?:ed|ing)? (?:this|it|your (?:mail|message|invitation)) (?:on )?to\b|\bforwarded (?:this|it|your)\b"
    ),
)
