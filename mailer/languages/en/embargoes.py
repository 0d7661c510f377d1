"""What an English text says of the news that it tells under embargo: that it is out, or free."""

from __future__ import annotations

NEWS = (
    "reports?|stud(?:y|ies)|surveys?|figures|findings|results?|release|announcements?|stor(?:y|ies)|news|articles?|data|text|conclusions|poll"
    "|ranking|list|winners?|names?|contents?|atlas|document|discovery|details|information|everything"
)
IS_OUT = (
    r"(?:is|are|has|have|was|were|went|been)\b[^.;]{0,80}?\b(?:online|live|public|posted|published|printed|reported|broadcast|aired|shared|leaked|available|announced|on (?:our|the|its) (?:\w+ )?(?:website|site|page|channels?|social))\b"
    r"|(?:is|are|been) (?:already |now )?out\b|(?:posted|published|reported|printed|shared|ran|revealed|broadcast|leaked|announced) (?:the|our|these|this|all|its)\b"
)
OF_LATE = (
    r"already|yesterday|this (?:morning|week)|last (?:night|week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|earlier (?:today|this week)|overnight"
    r"|(?:two|three|a few|some|\d) (?:days|hours) ago|(?:on|since) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
NOT_OF_THIS = (
    r"previous|earlier (?:report|study|survey)|last year(?:[’']s)?|accredited|to (?:journalists|newsrooms|editors|the press|the media)|press (?:area|room|section)|password|reserved|once|will"
    r"|until|when"
)
FOR_ALL = (
    r"the (?:general )?public|public (?:meeting|event|talk|lecture|reading|opening|day|debate|screening|performance)|(?:open|free) (?:to|for) (?:all|everyone|everybody|visitors|anyone)"
    r"|livestream\w*|stream\w* live|live stream\w*|broadcast live|residents|visitors|open (?:day|evening|house)"
)
NOT_FOR_ALL = r"(?:before|ahead of|without) [^.;]{0,25}(?:public|residents|visitors)|closed to [^.;]{0,12}(?:public|residents|visitors)"
STREAMED = r"livestream\w*|stream\w* live|live stream\w*|broadcast live"
LIFTS = r"(?:lifting|end) of the embargo|embargo (?:is )?(?:lift(?:s|ed)|ends?|over)"
RUNS = "run|publish|print|broadcast|air|use|post|share|report|release|quote"
AT_ONCE = (
    r"(?:as soon as|the moment) (?:it|they|you|this) (?:\w+ )?(?:receive|receives|arrive|arrives|reach|reaches|get|gets|read|land|lands)(?: (?:it|you|them|this))?"
    r"|(?:on|upon) receipt|immediately|straight ?away|right away|at once|without (?:delay|restriction|waiting)|freely|from now(?: on)?"
)
SAME_DAY = r"(?:on )?(?:that|the same) day"
