"""The words of an English release."""

from __future__ import annotations

from mailer.languages.en import embargoes
from mailer.languages.en.issuing import ISSUING
from mailer.languages.release_words import ReleaseWords
from mailer.model.campaigns.campaign import CampaignKind

RELEASE = ReleaseWords(
    kinds={
        CampaignKind.ADVISORY: (
            r"(?:media|press|news)\s+(?:advisory|alert|invitation|invite|call|conference|notice|briefing"
            r"|preview|view|visit|tour|trip|opportunity|day)|photo[ -]?(?:call|op(?:portunity)?)"
            r"|invitation(?: to (?:the )?(?:press|media|editors|journalists|reporters))?"
            r"|(?:notice|memo) to (?:the )?(?:editors|media|press|news ?desks)|advisory"
        ),
        CampaignKind.PRESS_RELEASE: (
            r"(?:joint )?(?:press|news|media) (?:release|statement|announcement)"
            r"|(?:joint )?statement(?: (?:from|by) (?:(?! (?:on|about|regarding|concerning|after|following) )[^.:]){3,60})?|joint (?:release|communiqué)"
        ),
        CampaignKind.PRESS_KIT: "(?:press|media) (?:kit|pack)",
        CampaignKind.SAVE_THE_DATE: "(?:save|hold) the date",
        CampaignKind.CORRECTION: "correction|corrected release",
        CampaignKind.POSTPONEMENT: "(?:notice of )?postponement|postponement notice",
        CampaignKind.CANCELLATION: "(?:notice of )?cancellation|cancellation notice",
    },
    no_kind="for immediate release",
    when="(?:date|day)(?: and time)?|when|time",
    venue="venue|place|location|where",
    address="(?:street )?address",
    access="access|getting there|how to get there|directions",
    contact=(
        "(?:your |our )?(?:press |media |news )?(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))"
        "|(?:press|media)(?: (?:office|officer|desk|relations))?|for interviews?\\b[^.:@\\d]{0,60}\\bcontact|for (?:more|further) (?:information|details)(?:,? (?:please )?contact)?"
    ),
    of_the_press="on (?:the day|site)|for the (?:press|media)|for journalists|source|who to contact",
    contact_of="of the |of |at the |at |for the |for |– |- ",
    reaches="call|contact|ring|phone|telephone|e-?mail|ask|reach|write|speak|your|our|for|please|with|the|mrs?|ms",
    asks_press=(
        "for (?:an )?(?:interviews?|(?:press |media )?(?:enquiries|inquiries|questions)|(?:more|further) information)"
        "|(?:journalists|reporters|newsrooms) can"
    ),
    roles=(
        "head of|director|manager|officer|spokes(?:man|woman|person)|chief|chair|president|secretary|editor"
        "|coordinator|adviser|advisor|lead|assistant|researcher|professor"
    ),
    gathers=(
        "invit|tak(?:e|es|ing) place|held|hold|ceremony|conference|event|join|exhibition|reception"
        "|meeting|briefing|preview|tour|visit|talk|lecture|festival|workshop|concert|screening|unveil|present|plays|perform"
    ),
    mobile=r"mobile|mob\.?|(?<!\w)m[.:]?(?!\w)|cell(?:phone)?\.?",
    partners="(?:our )?partners?|in partnership with|with (?:the )?support (?:of|from)|supported by",
    partners_in_text=(
        "in (?:partnership|collaboration|association) with|with (?:the )?support (?:of|from)|co-?(?:hosted|organi[sz]ed) (?:by|with)"
    ),
    institutions_beside=(
        "with (?:the )?help (?:of|from)|alongside"
        "|(?:built|made|developed|created|organi[sz]ed|run|carried out|designed) with"
        "|(?:supported|funded|backed|financed) by|joint (?:project|venture|initiative|programme|program|effort) (?:with|of)"
    ),
    signs_together=(
        "present|invite|announce|open|launch|unveil|host|publish|call|hold|(?:jointly|today) (?:announce|publish|call)"
        "|will (?:jointly )?(?:present|open|launch|host|hold|publish|award|organi[sz]e|unveil|run|celebrate|sign|welcome|co-?host)"
        "|are (?:inviting|pleased|(?:jointly |co-?)?organi[sz]ing)|(?:co-?)?organi[sz]e|co-?host|award|celebrate"
    ),
    links=(
        "(?:for )?(?:more|further) information|(?:read|find out|learn) more|links|resources"
        "|downloads?|pictures|photographs"
    ),
    press_room="press ?room|newsroom|media ?(?:centre|center|room)",
    accreditation=(
        r"(?:press )?accreditations?|registration|r\.?s\.?v\.?p\.?|repl(?:y|ies)|bookings?|to attend"
    ),
    writes_to="write to|e-?mail|contact|send (?:an e-?mail|a message|your request) to",
    registers=(
        r"accreditat|\baccredit\b|\bregist|\brsvp|confirm your attendance|press pass|\bto attend\b|book(?:ed)? at"
        r"|to (?:come|join us|take part|reserve|book|secure)\b[^.;]*\d"
        r"|(?:reply|respond|replies|answer|confirm|let us know|tell us|write|sign up|book|reserve)\b(?:[^.;]|\.(?=\w)){0,140} (?:by|before|no later than) "
    ),
    compulsory="compulsory|required|mandatory|must",
    says_how=(
        "accredit\\w+|regist\\w+|rsvp|attend\\w*|confirm\\w*|reserv\\w+|book\\w*|appl(?:y|ications?)|repl(?:y|ies)"
        "|respond|requests?|compulsory|required|mandatory|essential|must|should|need|can|may|only|advance|please"
        "|write|writing|send|sent|e-?mail|places?|pass(?:es)?|press|media|journalists?|reporters?|photographers?"
        "|you|your|we|us|our|who|all|is|are|be|the|a|an|and|or|of|for|to|at|in|on|by|via|with|before|until|no"
        "|later|than|close|closes|deadline|noon|address|wish(?:es|ing)?|want"
    ),
    limit=(
        "before|until|by|no later than|not later than|since|clos(?:es?|ing)(?: on)?"
        "|deadline(?: is)?(?: on)?|closing date"
    ),
    noon="(?:12 )?noon|midday",
    midnight="midnight",
    ends=(
        "(?:ends?|ending|finish(?:es|ing)?|will (?:end|finish)|(?:is )?(?:expected|due|scheduled) to (?:end|finish)"
        "|wraps up|concludes)(?: at| by| around)?"
    ),
    ends_event=(
        "(?:(?:the|this) (?:[\\w’-]+ )?(?:event|visit|tour|briefing|conference|ceremony|meeting|launch|view|preview|opening|day|reception) "
        "(?:will (?:end|finish|close)|(?:ends|finishes|closes)|(?:is (?:expected|due|scheduled) to|should) (?:end|finish|close))"
        "|(?:ends?|ending|finish(?:es|ing)?|close[sd]?|(?:expected|scheduled) (?:end|finish)(?: time)?))(?: at| by)?"
    ),
    event_names=(
        "inauguration|launch|opening|re-?opening|visit|tour|(?:press |news |media )?(?:conference|briefing|call|view|visit|preview|day)|ceremony"
        "|unveiling|presentation|exhibition|lecture|workshop|festival|signing|award|awards|handover|topping[ -]out|ground[ -]?breaking|reception"
        "|concert|screening|symposium|congress|open (?:day|evening)|final|debate|forum|summit|gala|photo ?call|demonstration|premiere"
    ),
    event_is="what|event",
    invites_to="invit(?:e|es|ed|ing)\\b[^.;:()\\n]{0,60}? to (?=the |an? |its )(?:the |an? |its )",
    name_ends="organi[sz]ed|hosted|presented|led|with|followed|who|which|that|where|attended|in partnership|in the presence",
    under_embargo=(
        "this|these|the|all|press|release|document|information|contents?|material|story|study|paper|report|findings|results|article|is|are"
        "|strict|strictly|absolute|full|total|under|remains?|please|note|important|advisory|notice|news|media|of|below|and|data|it|an?|lifts?|lifted|will|be|invitation|statement"
    ),
    starts_of="(?:start|beginning) of the ",
    event_starts="(?:will )?(?:starts?|begins?|takes? place|kicks? off|gets? under way|is (?:scheduled|set|due)(?: to (?:start|begin))?|is at)",
    lets_in={
        "doors": "doors(?: will)? open|opening of the doors",
        "registration": "registration (?:opens|starts|from)|(?:arrival|welcome) of (?:the )?(?:journalists|press|media|guests)",
    },
    says_of_request="it|they|(?:the |your |these )?(?:requests?|applications?|places)",
    asked_by={
        "accreditation": "accreditations?|(?:be|get) accredited",
        "registration": "regist(?:er\\w*|ration)",
        "answer": "(?:rsvp|repl(?:y|ies)|answers?)",
        "application": "(?:appl(?:y|ications?))",
        "booking": "book(?:ings?|ed)?|reserv\\w+",
    },
    presents_body=(
        r"(?:founded|established|created|set up|opened|launched|formed) (?:in|by|as)\b|since (?:19|20)\d\d|employs|represents|is home to|brings together|looks after|cares for|(?:welcomes|receives|attracts) [^.;]{0,40}(?:a|each|every) year"
        r"|is an? (?:charity|registered|independent|not-for-profit|non-profit|public body|membership)|author of|which (?:publishes|wrote|ran|runs|organises|carried out|led)|aims to|exists to|(?:has|with) (?:\d[\d,]*|more than \d[\d,]*) members"
    ),
    body_purpose="research|stud(?:y|ie)|training|development|promotion|protection|conservation|information|science|advanced|nationa\\w*|regiona\\w*|municipa\\w*|city|county|british|roya\\w*|federa\\w*|european|internationa\\w*|centra\\w*|genera\\w*|friend|public|society",
    body_kinds_alike="alliance|coalition|network|partnership|association|federation|union|league|group|consortium",
    free_to_publish=(
        r"(?:for )?immediate (?:release|publication|use|broadcast|distribution)|free (?:for|to) (?:use|publish|publication)|for release (?:now|at once|on receipt)"
        r"|(?:publish|releas|us|broadcast|print|quot|report|distribut)(?:ed|e|s)? (?:immediately|at once|straight ?away|right away|now|on receipt|upon receipt|as soon as (?:received|you receive it)|without (?:delay|restriction)|freely)"
        r"|(?:no|without|not under|free of) (?:an? |any )?embargo|embargo (?:is |has been )?(?:now )?(?:lifted|over)(?! (?:at|on|from))"
    ),
    may_be_published=(
        r"(?:nothing [^.\n]{0,40}|(?:may|must|should|can) (?:not|only) |cannot |never |not to )be (?:publish|releas|report|broadcast|quot|shar|print|use|run|air|post|made public)\w*"
        r"|(?:may|can) be (?:publish|releas|report|broadcast|print|run|aired)\w*|(?:do not|don[’']t|never) (?:publish|release|report|broadcast|share|post|run|use|print|air)|(?:remain|stay|keep|kept)[^.\n]{0,30}? (?:confidential|off air|secret)"
        r"|(?:free|cleared|available) (?:for|to) (?:publish|publication|broadcast)|not for (?:use|release|publication|broadcast)|for (?:release|publication|use) (?:on|from|after|at)"
        r"|hold (?:this|the story|it|publication)(?: back)?|publication (?:is )?(?:possible|allowed|permitted)"
    ),
    until_when="until|till|before|lifts?(?: at| on)?|lifted(?: at| on)?|ends?(?: at| on)?|expires?(?: at| on)?|from|as of|after",
    opens_to_all=r"open(?:s|ing)? (?:its doors )?to (?:the public|all|everyone|visitors)|open(?:s|ing)? its doors|public opening|inaugurat\w+",
    news=embargoes.NEWS,
    is_out=embargoes.IS_OUT,
    of_late=embargoes.OF_LATE,
    not_of_this=embargoes.NOT_OF_THIS,
    for_all=embargoes.FOR_ALL,
    not_for_all=embargoes.NOT_FOR_ALL,
    streamed=embargoes.STREAMED,
    lifts_embargo=embargoes.LIFTS,
    runs_story=embargoes.RUNS,
    at_once=embargoes.AT_ONCE,
    same_day=embargoes.SAME_DAY,
    takes_place_at="at the |at |in the ",
    until_hour="to|until|–|—|-|and",
    common=r"\b(?:the|of|and|is|are|in|for|with|will|on|by|from|its?)\b",
    institution=(
        "institute|foundation|academy|university|cent(?:re|er)|school|college|museum|agency|council"
        "|society|association|federation|trust|fund|station|library|archives?|park|ministry"
        "|department|office|laboratory|observatory|service|bureau|board|house|hospital|network"
        "|group|theatre|bank|charity|press|authority|commission|committee|gallery|company"
    ),
    institution_too=(
        "guild|club|union|alliance|consortium|collective|cooperative|orchestra|choir|aquarium|clinic|festival"
        "|corporation|bookshop|bookstore|cinema|brewery|workshop|league|partnership|bequest|endowment"
    ),
    article="the ",
    street=(
        "street|road|avenue|lane|quay|square|drive|way|court|place|row|terrace|boulevard|st|rd|ave"
    ),
    quoted_mail=(
        r"on\b.{5,120}\bwrote[\s\u00a0]*:|[-_–—]{2,}[\s\u00a0]*original message[\s\u00a0]*[-_–—]*"
    ),
    forwarded_mail=(
        r"[-_–—]*[\s\u00a0]*(?:begin )?forwarded (?:message|mail)(?: from [^\n]{1,60})?"
        r"[\s\u00a0]*[-_–—:]*"
    ),
    mail_fields="from|sent|date|to|cc|subject|reply-to|importance",
    forward_prefixes="fwd?",
    switchboard="switchboard|reception|main (?:number|line)",
    hours="time|hours",
    zones={
        "local time": "",
        "paris time": "Europe/Paris",
        "(?:london|uk|british(?: summer)?) time": "Europe/London",
        "(?:montr[eé]al|toronto) time": "America/Toronto",
        "(?:us )?eastern time|(?:new york|boston|washington) time": "America/New_York",
        "atlantic (?:daylight |standard )?time|halifax time": "America/Halifax",
        "(?:us )?pacific time": "America/Los_Angeles",
    },
    end_sign=r"[–—-]*\s*(?:ends?|30|for planning purposes(?: only)?|for information only|not for publication)\s*[–—-]*|#(?: ?#)*|\*{3,}",
    kind_too="national|regional|local|online|virtual",
    greeting=(
        "dear (?:all|colleague|editor|journalist|friend|reporter|news ?(?:desk|room)|sir|madam|press|media)[^.:]{0,30}"
        "|(?:hello|hi)(?: (?:all|everyone|there))?|good (?:morning|afternoon)(?: all)?"
    ),
    what="what",
    limit_behind="at the latest",
    was_planned=(
        "(?:originally|initially|previously|first) (?:planned|scheduled|announced|due|set)"
        "|(?:planned|scheduled|announced|due|set)(?= [^.;]{0,60}\\b(?:postpone|move|reschedul))"
        "|instead of|rather than|and not|(?:postponed|moved|rescheduled) from"
    ),
    or_else="or(?:[ \u00a0]else)?",
    unsure=(
        "(?:(?:exact[ \u00a0])?(?:date|day|time)s?(?:[ \u00a0](?:and|or)[ \u00a0](?:date|day|time)s?)?[ \u00a0])?(?:still[ \u00a0])?"
        "(?:to be confirmed|subject to confirmation|t\\.?b\\.?[ca]\\b)"
    ),
    days_before={
        "two days (?:before|earlier|ahead)": 2,
        "(?:the )?(?:day|evening) before|the previous day": 1,
        "on the day|the same day": 0,
    },
    online=(
        "online|(?:via|by) (?:zoom|teams|video)|video[ -]?(?:conference|call)|webinar|zoom|teams|virtual(?:ly)?"
    ),
    legal="gdpr|privacy|personal data|unsubscribe|opt out|confidential|registered (?:office|in|charity)",
    issued="(?:date(?: of (?:issue|release))?|dated|(?:issued|published|released)(?: on)?|(?:issue|release) date|on|of)",
    issuing=ISSUING,
)
