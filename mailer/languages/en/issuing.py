"""How an English text says which body issues or organises what it is about."""

from __future__ import annotations

from mailer.languages.issuing_words import IssuingWords

_DOES = (
    r"(?:(?:has|have|had|will|is|was)[ \u00a0])?(?:publish\w*|organi[sz]\w*|present\w*|stag(?:es|ed|ing)|host\w*|issu\w*|launch\w*|announc\w*|runs?|ran|hold\w*|held|releas\w*|produc\w*|mak\w*|made"
    r"|manufactur\w*|carr(?:y|ies|ied)[ \u00a0]out|conduct\w*|commission\w*|compil\w*|award\w*|opens?|owns?|own|curat\w*|mount\w*|wrote|writes|giv\w*|led|leads?)"
)

ISSUING = IssuingWords(
    does=_DOES,
    issues_this=rf"{_DOES}(?:[ \u00a0][a-z]+){{0,2}}[ \u00a0](?:this|these)[ \u00a0]",
    issues_the=(
        r"(?:(?:has|have|had|will)[ \u00a0])?(?:publish(?:es|ed)?|organi[sz](?:es?|ed)|presents?|presented|stag(?:es?|ed)|hosts?|hosted|issu(?:es?|ed)|launch(?:es|ed)?|runs?|ran|holds?|held|releas(?:es?|ed)"
        r"|carr(?:y|ies|ied)[ \u00a0]out|conduct(?:s|ed)?|compil(?:es?|ed)|award(?:s|ed)?|mount(?:s|ed)?|wrote|writes|led|leads|(?:is[ \u00a0])?re-?open(?:s|ed|ing)?)[ \u00a0]the[ \u00a0](?:[a-z]+[ \u00a0])?(?P<what>[a-z]{4,})"
    ),
    issuer_of=r"(?:the[ \u00a0])?(?:co-?)?(?:organi[sz]ers?|publishers?|authors?|hosts?|promoters?|owners?|producers?|makers?)[ \u00a0]of[ \u00a0](?:the|this|these)[ \u00a0]",
    headed_by=(
        r"(?:chaired|headed|led|run|directed|presided[ \u00a0]over|governed)[ \u00a0]by[ \u00a0]+|(?:president|chair|director|chief executive|head|chairman|chairwoman|leader|curator)[ \u00a0]is[ \u00a0]+|(?:has|have)[ \u00a0]as[ \u00a0](?:its[ \u00a0])?(?:president|chair|director)[ \u00a0]+"
    ),
    head_of=(
        r"(?:the[ \u00a0])?(?:(?:vice-)?president|(?:managing[ \u00a0])?director|chair(?:man|woman)?|chief[ \u00a0]executive|head|(?:chief[ \u00a0])?curator|secretary|dean|principal|leader|spokes(?:man|woman|person)|keeper)"
        r"[ \u00a0](?:of|at|for)[ \u00a0](?:the[ \u00a0])?"
    ),
    this_of=(
        r"(?:this|these)[ \u00a0][a-z]+(?:[ \u00a0][a-z]+)?[ \u00a0](?:of|by|from)[ \u00a0](?:the[ \u00a0])?|(?:this|these)[ \u00a0][^.;:\n]{3,40}[ \u00a0](?:is|are|was|were|has been|have been)[ \u00a0](?:organi[sz]|present|publish|produc|run|carried out|conduct|stag|host|issu)\w*[ \u00a0]by[ \u00a0](?:the[ \u00a0])?"
    ),
    invites=(
        r"(?:will[ \u00a0])?(?:invit|welcom|expect)\w*[ \u00a0](?:the[ \u00a0])?(?:press|journalists|reporters|media|newsrooms|photographers)|invites[ \u00a0]you|is[ \u00a0](?:pleased|delighted|proud|honoured)[ \u00a0]to"
        r"|(?:thanks|would[ \u00a0]like[ \u00a0]to[ \u00a0]thank)[ \u00a0](?:its|the|all)|will[ \u00a0]be[ \u00a0]happy[ \u00a0]to[ \u00a0](?:help|answer)"
    ),
    press_of=(
        r"(?:press|media|communications?)(?:[ \u00a0]and[ \u00a0][a-z]+)?[ \u00a0](?:offic(?:e|er)|team|desk|contact|department|enquiries|inquiries|manager|relations|section)s?"
        r"[ \u00a0](?:of|for|at|to)[ \u00a0](?:the[ \u00a0])?"
    ),
    press_behind=r"(?:[’']s?)?[ \u00a0](?:press|media|communications)[ \u00a0](?:office|team|desk|contact|department|officer)\b",
    about=r"(?:about|who (?:is|are)|notes? on|background to)[ \u00a0]?:?[ \u00a0](?:the[ \u00a0])?",
    begins_about=r"(?:founded|established|created|set up|formed|based|opened|born) (?:in|by|as|on)\b|since (?:18|19|20)\d\d|an? (?:independent|registered|charity|non-profit|not-for-profit|membership)\b",
    lends=r"(?:lends?|lent|is lending|will lend|loans?|donates?)\b",
    families=(
        r"trust|society|association|foundation|friends|heritage|league",
        r"park|reserve|gardens?|zoo|sanctuary|aquarium|estate",
        r"museum|collection|gallery|archives?|library|centre|center|heritage",
        r"federation|league|union|association|confederation|committee|collective|alliance|network|society|club|circle|council",
        r"chamber|guild|federation|union|council|association|traders?",
        r"orchestra|philharmonic|ensemble|sinfonia|choir|opera|players|symphony",
        r"hospital|infirmary|clinic|trust",
        r"university|faculty|school|institute|campus|college|academy",
        r"city|town|borough|district|council|corporation|authority|parish",
        r"agency|office|service|authority|bureau|board|commission|observatory",
        r"embassy|legation|consulate|mission|delegation|commission",
        r"company|theatre|troupe|players",
        r"foundation|fund|charity|trust|relief|aid|appeal",
        r"company|firm|group|house|works|industries|manufacturers?|cooperative|corporation",
    ),
    contractors=r"institute|firm|bureau|laboratory|company|studio|workshop|team|consultants?|consultancy|polls?|polling|foundation|fund|bank|trust",
    parents=r"city|town|council|county|borough|region|ministry|department|group|university|government|directorate",
)
