"""What people of an office write to each other in an English draft, what they attach, and what
people are there.
"""

from __future__ import annotations

NOTES_INSIDE = (
    r"before (?:sending|release|publication|it goes|this goes|we (?:send|issue|publish))|wants? to (?:re-?read|read|see|check|approve)(?= (?:it|this|the|his|her|these|that)\b)"
    r"|not yet (?:approved|signed|confirmed|public|announced|cleared|agreed|final)|do not (?:quote|mention|name|cite)\b|old (?:version|figure|number|text)"
    r"|\b(?:my|your|her|his) (?:e-?mail|note|message|comments?)\b|new (?:figures?|numbers?|quote) (?:coming|awaited|expected|to come)"
)
"""Anywhere in brackets, words that only a colleague should read: `cut before sending`."""

NOTES_TO_COLLEAGUES = (
    r"(?:couldn[’']t|can[’']t|could not) (?:find|reach|get|confirm|check)\b|haven[’']t\b|no idea\b|v\d+\b(?=[^\[\](){}\n]*(?:read|seen|missing|check|correct|edit))|do we (?:keep|cut|still)\b|"
    r"internal(?: only| note| use)?[ \u00a0]?[:–—-]|(?:delete|remove|cut|strike|take out|drop|replace|rewrite|shorten)[ \u00a0](?:this|these|before|later|if|with|line|para\w*|sentence|quote)|"
    r"(?:internal )?note (?:to|for) (?!editors?\b|the editors?\b|readers?\b|the press\b|media\b|news)|n\.?b\.? for (?!editors)"
    r"|(?:[a-z’'-]+ ){1,3}to (?:confirm|check|approve|sign off|supply|provide|advise|clear|review|send|verify)\b"
    r"|(?:please |pls |can (?:you|we|somebody|someone) |must |to be )(?:re)?(?:check|confirm|add|verif|updat|approv|clear|insert|fill|review|sign)"
    r"|(?:check|confirm|verify|clear|agree)(?:ed)? (?:this|that|these|the|with|if|whether|figures?|spelling|names?|dates?)\b"
    r"|to (?:check|confirm|verify|update|follow)\b|awaiting|waiting (?:for|on)|pending (?:approval|sign)|(?:still )?missing[ :]"
    r"|do we (?:have|need|want|know|say)|should we|is this (?:right|correct|still)|ask [A-Z]|(?:photo|image|figure|quote|caption|picture)s? (?:TK|to come|missing)|draft only|not for publication[ :]"
)

ASKS_COLLEAGUE = (
    r"pls|can (?:you|we|someone)|could (?:you|we)|keep or (?:cut|drop|lose)|cut or keep|ok\?|okay\?|(?:has|have|is|are|was|were)(?:n[’']t| not) (?:yet )?(?:been )?(?:clear|sign|approv|check|confirm|agre|seen)\w*"
    r"|not (?:yet )?(?:cleared|approved|signed off|checked|confirmed)|(?:need|need to|needs|awaiting|waiting|chase|chasing|query|sign[- ]off|double[- ]check|check|legal|comms)|do we|should (?:we|this)|I[’']ll|is (?:this|that|it)\b[^\])]{0,40}\?"
)

_SOMEBODY = r"(?-i:[A-Z]{2,3}|[A-Z][a-z]+)"
NOTES_OF_SOMEBODY = (
    r"(?-i:I)(?:[’'](?:d|m|ll|ve)|[ \u00a0](?:think|would|want|need|prefer|can|could|have|am|will|don[’']t|do|did|guess|suggest|asked|checked|changed|cut|left|put|took|added|moved|suspect|know|wonder|still|just|really|cannot|can[’']t))"
    rf"|{_SOMEBODY} (?:doesn[’']t|does not|isn[’']t|is not|won[’']t|hasn[’']t|has not) (?:like|want|sure|happy|approve|seen|signed|cleared|confirmed|answered|replied|love|keen)|{_SOMEBODY} (?:hates|prefers|wants|thinks|insists|would rather|would prefer|says no|still owes|is checking)"
    r"|(?-i:[A-Z]{2,3}) (?:says|asks|checks|reads|doubts|wonders|queries)|(?:seen|checked|approved|read|cleared|ok[’']?d) by (?-i:[A-Z]{2,3})(?=[ \u00a0\])}])"
    rf"|{_SOMEBODY} (?:says|said|thinks|told me) (?:that |the |this |we |it |no\b)|{_SOMEBODY} (?:owes|has to send|will send|is sending|must send) (?:me|us)|(?:has|have|must|needs?) to go(?=[\])}}])"
    r"|too (?:strong|long|vague|technical|wordy|flat)(?=[,;\])}])|(?:this sentence|this paragraph|this para|this quote)\b"
    r"|needs (?:rewording|work|checking|a rewrite|re-?writing|redoing|cutting|trimming)|(?:wording|phrasing|figure|quote|number|name|title|line) (?:to (?:be )?(?:check|redo|review|revisit|fix|rework|rewritten|reworked)|tbc|not final)|not sure (?:about|if|whether|that|this)|w/[ \u00a0]?(?-i:[A-Z]|the\b|[a-z]+ing)"
    r"|find (?:a )?better|otherwise (?:we|cut|drop)|when we (?:have|get) it|once we (?:have|get) it"
)
"""Anywhere in brackets, the voice of somebody of the office: `I would rather`, `MB wants`."""

NOTE_LABELS = (
    r"note (?:to|for) (?:me|self|us|(?!editors?\b|broadcasters?\b|readers?\b|journalists?\b|press\b|media\b|news)(?-i:[A-Z])[\w-]+)[ \u00a0]?:|actions?(?: point)?[ \u00a0]?:[ \u00a0](?-i:[A-Z])[\w-]+ to\b|"
    r"to[ -]?dos?\b[^.\n:]{0,40}[:–-]|(?:still )?to (?:check|add|fix|insert|verify|clear|chase|correct|rewrite|update|replace|ask)\b(?! to\b)[^.\n:]{0,60}:"
    r"|(?:remember|don[’']t forget|do not forget|must remember) to (?:check(?! in)|add|ask|change|attach|insert|remove|update|chase|tell|get|put)\b"
    r"|(?:remind|chase|ping|nudge|tell|warn) (?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?(?: to\b| about\b| for\b| that\b|[ \u00a0]?[:,–—-]|$)"
    r"|(?:ask|check with|run past|show) (?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?[ \u00a0]?[:–—](?![ \u00a0]?[\d+\ue000])|(?:check|missing|still missing|add|insert|fix|query)[ \u00a0]?:|(?:memo|aide-memoire)(?: internal)?[ \u00a0]?:"
    r"|(?:insert|put|add|paste) (?:here|in here)\b"
)
"""Begins a line that says what is still to be done in the text: `to check:`."""

_WHO = (
    r"(?:(?-i:[A-Z])[\w’-]+(?! (?-i:[A-Z]))|(?:the )?(?:legal(?: team)?|comms|lawyers?|press team|marketing|finance|hr|director|chief executive|chair|ceo|board|boss|vice-chancellor|minister[’']s office|private office|head office|designers?|photographer|author|editor|team|speaker))"
    r"(?:[’']s (?:office|team|pa))?"
)
NOTES_IN_PROSE = (
    rf"(?:please |pls )?(?:check|confirm|verify|clear|run|agree|double[- ]check|query)(?: this| these| it| that| the \w+| \w+ figures?)? (?:with|past|by) {_WHO}(?: (?:first|again|please|pls|tomorrow|before (?:we |it |this |sending|release|publication|issu|print)[^.\n]{{0,40}}))?[ \u00a0]*(?:[.!?…]|$)"
    rf"|(?:(?:still )?(?:to be|needs to be|must be|needs|need) )(?:approved|cleared|signed off|checked|confirmed|agreed|sign[- ]off|approval|clearance|an ok)(?: by| from| with) {_WHO}[^.\n]{{0,40}}(?:[.!?…]|$)"
    r"|(?:(?:n\.?b\.?|p\.?s\.?|note|warning|reminder)[ \u00a0]*[:–—-]?[ \u00a0]*)?do not (?:publish|print|send|issue|use|release|quote|circulate|include)(?: (?:yet|this (?:line|paragraph|figure|sentence|quote|version|draft|bit|para)|as is|until (?:legal|approved|cleared|signed|confirmed|checked|we|I|(?-i:[A-Z])\w+ (?:has|have|is))|without (?:sign|approval|clearance|(?-i:[A-Z])\w+[’']s (?:ok|approval|sign)))|[ \u00a0]*[.!]|$)"
    r"|(?-i:[A-Z])[\w-]+[ \u00a0]?[,:–—-]+[ \u00a0](?:(?:can|could|would|will) you|please (?:check|confirm|add|cut|send|approve|update|review)|pls|do we|are we|is this|have we|I[’']ve|I[’']ll)\b"
    r"|note to self\b|(?:for )?internal (?:use(?: only)?|only|note)\b|(?:first |working |rough |latest )?draft[ \u00a0]*(?:v(?:ersion)?[ .]?)?\d+\b|(?:first|working|rough) draft\b|draft[ \u00a0]?[–—:-][ \u00a0]?(?:not|do not|for)\b"
    r"|(?:still )?(?:awaiting|waiting (?:for|on)) (?:sign[- ]off|approval|clearance|confirmation|the ok|an ok|quotes?|figures?|numbers?|pictures?|legal|comms|(?-i:[A-Z])\w+[’']s)\b"
    r"|(?:I[’']ll|I will|I[’']ve|I have|I need to|we need to) (?:check|checked|confirm|chase|chased|asked|ask|send|add|update|double)\b|(?:keep|cut|lose|drop)(?: this| or cut| or keep| it)?[ \u00a0]?\?|(?:is this|are these) (?:right|correct|ok|still true|up to date)\b[^.\n]{0,20}\?|not (?:yet )?(?:cleared|signed off)\b(?: by| with)?"
)
"""Begins a line or a sentence that only a colleague should read."""

ATTACHED = (
    r"(?:^|[.!?] )[ \t*_-]*(?:attach(?:ed|ments?)|enclos(?:ed|ures?))[ \u00a0*_]*:|(?:please|you will|you[’']ll|kindly) find (?:attached|enclosed)"
    r"|(?:is|are)(?: also)? (?:attached|enclosed)\b(?! (?:to|by|in|within|with a))|(?:pictures?|photos?|photographs?|kit|report|document|plan|file|images?|map|programme|program|schedule|captions?|biograph(?:y|ies)|poster)s? (?:attached|enclosed)\b(?! (?:to|by|in))"
    r"|attached (?:is|are|to this (?:e-?mail|message|release)|herewith|you will find)\b|(?:^|[.!?] )[ \t*_-]*(?:attached|enclosed) (?:please find|herewith|(?:you[’']ll|you will) find)|(?:see|in|as|open) (?:the |an? )?(?:attachments?|enclosures?)\b(?! to)|(?:as|an?) attached (?:file|document|pdf)|(?:the|see|see the) attached (?:files?|documents?|pdf|maps?|plans?|programme|program|pictures?|photos?|photographs?|images?|report|fact ?sheet|press kit|schedule|captions?|poster|list)\b"
    r"|comes? (?:attached|enclosed)|see (?:attached|enclosed)\b|(?:^|[.!?] )[ \t*_-]*(?:attachments?|enclosures?) \(\d+\)"
    r"|\((?:attached|see attached|enclosed|see attachment)\)|(?:I|we)(?: have|[’']ve| also)? (?:attach|enclose)(?:d)? (?:the|an?|our|two|three|some|here)|enclosed with this (?:e-?mail|message|release|letter)"
)

THIS_MAIL = r"this[ \u00a0](?:e-?mail|mail|message|mailing|letter)|with[ \u00a0](?:the|our)[ \u00a0](?:e-?mail|message)"
NOT_SENT = r"repl\w+|answer\w*|receiv(?:ed|ing) this|forward\w*|confidential\w*|intended|recipients?|unsubscribe|delete|print(?: this)?|address"
FILES = r"pdf|jpe?gs?|photos?|photographs?|pictures?|images?|maps?|plans?|packs?|kits?|programmes?|programs?|films?|videos?|trailers?|files?|documents?|lists?|posters?|portraits?|sheets?|invitations?|forms?|reports?|stud(?:y|ies)|tables?|schedules?|captions?|biograph(?:y|ies)|logos?|releases?|texts?|extracts?|papers?|briefs?|visuals"

GAP_TO_COME = (
    r"\b(?:quote|caption|headline|subhead|figures?|number|text|copy|boilerplate|standfirst|name|title|photo|picture|date|paragraph) (?:to come|to follow|to be (?:added|inserted|supplied|written)|goes here|here please|needed here)(?=[ \u00a0]*(?:[.!)\]\n]|\Z))"
    r"|\b(?:insert|add) (?:quote|name|figures?|number|date|photo|link|title|the \w+|a \w+)(?: of \w+| from \w+)? here\b|\b(?:your|name|text|headline|title) (?:name |text )?here\b(?=[ \u00a0]*(?:[.!)\]\n]|\Z))|\bblah[ ,-]?blah\b"
)
"""Says that words are still to be written: `quote to come`."""

CLOSED_THAT_DAY = r"week ?days(?: only)?|monday (?:to|until|through|[-–]) friday|mon[ ]?[-–][ ]?fri|working days|closed (?:at|on|over) (?:the )?(?:weekends?|saturdays?|sundays?|public holidays|bank holidays)|not (?:at|on) weekends?"

FUNCTIONS = {
    "chair": "chair|chairman|chairwoman|chairperson",
    "president": "president",
    "vice-president": "vice[- ]president|vice[- ]chair|deputy chair",
    "secretary": "(?:general |honorary )?secretary(?: general)?",
    "treasurer": "(?:honorary )?treasurer",
    "chief executive": "chief executive(?: officer)?|CEO",
    "director": "(?:managing |executive |general )?director",
    "deputy director": "(?:deputy|assistant) director",
    "mayor": "mayor",
    "deputy mayor": "deputy mayor",
    "head teacher": "head ?teacher|headmaster|headmistress|principal",
    "vice-chancellor": "vice[- ]chancellor",
    "dean": "dean",
    "curator": "(?:chief |senior )?curator",
    "keeper": "(?:head |senior )?keeper",
    "captain": "captain",
    "coach": "(?:head )?coach",
    "minister": "minister",
    "parliamentary secretary": "parliamentary secretary",
    "professor": "professor",
    "spokesman": "spokes(?:man|woman|person)",
}
"""What people are in a body, by the function that the words name."""
