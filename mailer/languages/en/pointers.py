"""How an English text points to a link without saying where it leads."""

from __future__ import annotations

VAGUE_POINTER = r"(?:read|find out|learn|see|know|discover)(?:\s+more)?\s+here|(?:downloaded|download|register|book|sign up|reserve|apply|rsvp|information|details)(?:\s+\w+){0,3}\s+here|(?:follow|via|at|on|use|using|see|through|visit)\s+(?:this|the)\s+link(?:\s+below)?|(?:read|find out|learn)\s+more(?=[ \u00a0]*:[ \u00a0]*\ue000)"
"""Points to a link whose target it does not name: `via this link`."""

POINTER = (
    r"(?:look|see|go|listen|watch|head|start|apply|register|sign up|book|download(?: \w+){0,2}|try|ask|come|click|tap|press)[ \u00a0](?:just |right |over )?here"
    r"|(?:is|are|lives?|sits?|waits?|kept|stored|available|found|had|posted|published|hosted|accessible|downloaded|listed|collected|filled in|them|it|all|one)[ \u00a0](?:just |right |over |all |online )?here"
    r"|(?<=[:→>][ \u00a0])(?:right |just |over )?here|(?<=[:→>,][ \u00a0])(?:it[’']s )?this way|(?:on|from) (?:this page|this button)"
    r"|(?:at|from|via|on|to|see|follow|following)[ \u00a0](?:this address|the following (?:address|link|page)|(?:the |this )?link(?: below)?)|(?<=\()(?:the )?(?:link|click|here)(?=\))"
    r"|(?:get|grab|pick up|collect|fetch)\b[^.\n]{0,40}[ \u00a0]here|(?:it|they)(?:[’']s|[’']re) (?:all |right )*here"
    r"|(?:can|may|to)[ \u00a0]be[ \u00a0]\w+[ \u00a0]here"
    r"|(?<=[a-z”][ \u00a0])(?<!e[dn][ \u00a0])(?<!(?:is|as|re)[ \u00a0])here(?=[ \u00a0*_]*(?:[.!)>→]|\n|\Z))"
    r"|(?:explain|describ|detail|present|summari[sz]|document|set[ \u00a0]out|laid[ \u00a0]out|spelt[ \u00a0]out|list|gather|announc)(?:ed)?[ \u00a0]here"
)
"""Ends a sentence and says where: `is here`."""

TO_BE_HAD = (
    r"forms?|regist\w+|accredit\w+|book\w*|tickets?|photos?|photographs?|pictures?|images?|videos?|films?|footage|trailers?|clips?|recordings?|extracts?|excerpts?|packs?|kits?|programmes?|programs?|plans?|maps?|portraits?"
    r"|captions?|reports?|documents?|texts?|releases?|lists?|tables?|data|stud(?:y|ies)|catalogues?|posters?|logos?|podcasts?|streams?|livestreams?|links?|files?|brochures?|fact ?sheets?|biograph(?:y|ies)"
    r"|invitations?|details?|methods?|methodology|rules|calendars?|results?|articles?|papers?|questionnaires?|versions?|information|info|replays?|explained|described|set out|laid out|read|view|find|more|see"
    r"|download\w*|listen|hear|watch|subscribe|sign up|apply|rsvp|reply"
)
"""What is to be had on a page of the web, and what one does there."""

BUTTON = r"(?:read|see|find[ \u00a0]out|learn|discover|view|get|show|know)(?:[ \u00a0](?:more|all|on))?|more(?:[ \u00a0](?:info(?:rmation)?|details|here))?|continue|download|register|sign[ \u00a0]up|book(?:[ \u00a0]now)?|this[ \u00a0]way"

THIS_PAGE = r"(?:our|a|the)[ \u00a0](?:dedicated|web)[ \u00a0]page|the[ \u00a0]button(?:[ \u00a0]below)?|(?:this|a|the|our)[ \u00a0]shared[ \u00a0]folder|this[ \u00a0](?:link|button|form|page|web[ \u00a0]?(?:page|address))"
CLICKS = r"(?:(?<![\w ])|(?<=[.!?:;,(–—-] )|(?<=to )|(?<=just )|(?<=please )|(?<=simply )|(?<=and ))click (?:on|to|the|for|through)(?!\w)|(?:by|after|when) clicking"
BUTTON_VERBS = r"(?:access|view|download|register|sign up|watch|book|read|discover|see|get|browse|listen to|request|join)"
