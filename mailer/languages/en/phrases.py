"""The phrases that the checks look for in an English text."""

from __future__ import annotations

from mailer.languages.en import admissions, partners, pointers
from mailer.languages.en.colleagues import (
    ASKS_COLLEAGUE,
    ATTACHED,
    CLOSED_THAT_DAY,
    FILES,
    FUNCTIONS,
    GAP_TO_COME,
    NOT_SENT,
    NOTE_LABELS,
    NOTES_IN_PROSE,
    NOTES_INSIDE,
    NOTES_OF_SOMEBODY,
    NOTES_TO_COLLEAGUES,
    THIS_MAIL,
)
from mailer.languages.en.numbers import ANNIVERSARIES, NUMBERS, SMALL_NUMBERS
from mailer.languages.en.things import (
    LASTING_THINGS,
    MEASURED_THINGS,
    SAME_THINGS,
    SIDES,
    SIZED_THINGS,
)
from mailer.languages.phrases import Phrases

PHRASES = Phrases(
    event=(
        "takes? place|is held|be held|join us|gather|welcome|meet|conference|congress|seminar"
        "|debate|event|ceremony"
    ),
    limit="before|until|by|since",
    at_hour="at|from",
    embargo="embargo(?:ed)?|(?:not for (?:publication|release|broadcast)|do not (?:publish|release)) (?:before|until)",
    no_embargo=(
        r"(?:not|no longer|no|without|never)[ \u00a0](?:(?:under|an|any)[ \u00a0])*embargo(?:ed)?"
        r"|embargo[ \u00a0](?:(?:is|was|has been)[ \u00a0])?(?:now[ \u00a0])?(?:lifted|over)(?=[ \u00a0*_]*(?:[.!,;]|\n|\Z))"
        r"|(?:trade|arms|oil|grain|economic|food|American|US|Russian)[ \u00a0]embargo(?:es)?"
        r"|embargo[ \u00a0](?:on[ \u00a0](?:arms|oil|gas|exports|imports|trade|grain)|against[ \u00a0])"
    ),
    time_zone=r"\w+\s+time\b",
    vague_link=(
        r"(?:by\s+)?click(?:ing)?(?:\s+(?:here|(?:on\s+)?(?:this|the)\s+(?:link|button)))?|(?:right\s+)?here"
        r"|(?:at\s+)?(?:this|the)\s+(?:link|page)|link|read more(?: here)?|more(?: (?:info(?:rmation)?|details))?|find out more(?: here)?|see (?:here|more)|learn more|download"
    ),
    document=("save the date|press release|media advisory|invitation|reminder|press kit|news"),
    to_complete=r"to be (?:confirmed|completed|defined)\b",
    gap_to_come=GAP_TO_COME,
    gap_names=(
        "(?:full |first |last |company |family )?names?|surname|date|day|month|venue|city|town|organi[sz]ation|company|number|contact|street|quote|signature|place|time|title|role|address|phone|e-?mail|price|length|link|tb[cda]"
        r"|(?:name of|number|figures?|amount|insert|add)(?: [^\[\]\n]{0,40})?"
    ),
    other_bodies=(
        "guild|mutual|union|committee|commission|authority|company|cooperative|co-operative|alliance"
        "|club|embassy|choir|coalition|partnership|network|chamber|league|consortium|corporation|gallery|orchestra|institution|observatory|friends|infirmary"
    ),
    edition_of=(
        "meeting|edition|congress|conference|forum|fair|festival|symposium|workshop|day|night|prize"
        "|award|gathering|summit|seminar|convention|week|gala|race|marathon|ceremony|biennale"
        "|colloquium|assembly|show|tournament|championship|regatta|rally|summer school|lecture|count|census|barometer"
    ),
    ordinals_from_third=(
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ),
    number_words=NUMBERS,
    small_number_words=SMALL_NUMBERS,
    counted_anew="people|persons?|places?|seats?",
    definite="(?:all )?the(?:se|ir)?|all|those|our|its",
    part_of="of which|of whom|including|among",
    says=(
        "says?|said|adds?|added|explains?|explained|notes?|noted|according to|comments?|commented"
        "|stress(?:es|ed)|recalls?|recalled|promis(?:es?|ed)|warns?|warned|argues?|argued|tells?|told"
        "|concludes?|concluded|writes?|wrote|insists?|insisted|hopes?|hoped|believes?|believed|asked?"
        "|entitled|titled|called|motto|slogan|in the words of"
    ),
    presents=(
        "(?:jointly\\s+|today\\s+)?(?:co-?)?(?:present|launch|organi[sz]e|invite|publish|announce|open"
        "|unveil|host|hold|sign|celebrate|show|release|start|run|join|welcome|are|will|have)"
    ),
    chromosomes="chromosomes|cells|embryos|individuals|subjects|genotypes|females",
    numbered_parts="chapters?|volumes?|parts?|titles?|articles?|books?|acts?|scenes?|appendi(?:x|ces)",
    may_repeat="that|had|very|so|is|bye|no",
    suspended="and|or|to|nor",
    kind_label="press release|news release|media release|media advisory|press invitation|press kit|media alert|for immediate release",
    street=(
        r"street|(?<=\w )st(?!\.? \w)|road|rd|avenue|ave|lane|drive|square|place|way|court|crescent|terrace|gardens?"
        "|boulevard|quay|embankment|row|mews|close|hill|park|campus|airport|station|harbour|pier"
        "|wharf|plaza|parade|green|yard|walk|highway|docks?"
    ),
    on_duty=(
        "reachable|(?:can|may) be (?:reached|called)|on call|on duty|(?:answers?|takes?) (?:your )?(?:calls|the phone|questions)|answers? (?:on|at)(?=[ \u00a0]\\+?\\d)"
        "|available (?:by phone|for (?:calls|questions|interviews|comment)|on the (?:day|phone))|office hours|phone lines?"
    ),
    sources="study|report|statement|proverb|saying|survey|poll|article|poster|sign|letter|text|law|note|plaque|leaflet|single|further",
    imperial="miles?|feet|yards|acres|gallons|fahrenheit",
    abroad=(
        "america\\w*|us|u\\.s\\.|usa|united states|new york|british|britain|england|english|uk|united kingdom|london|scot\\w+|irish|ireland"
        "|canad\\w+|quebec|montreal|australia\\w*|euro(?:pe\\w*|zone)|eu|french|france|germany?|abroad|foreign|international\\w*|world\\w*"
        "|equal|equivalent"
    ),
    square="square (?:kilo)?met(?:re|er)s?|square (?:miles?|feet|yards)",
    length_before=r"(?:length|width|height|depth|distance)[ \u00a0]of",
    length_behind=r"(?:long|wide|high|tall|deep|away|in length|of (?:paths?|roads?|tracks?|trails?|shore(?:line)?|cables?))",
    area_before=r"(?:area|surface)[ \u00a0]of",
    long_ago=r"once,|long ago|in (?:the )?(?:olden days|\d\d(?:th|st) century|middle ages|victorian times)|centuries ago|(?:a|more than a|over a) century ago|a hundred years ago|there was a time|in days gone by|legend has it",
    there_that_day="on[- ]site|on the day",
    slot="press (?:views?|previews?|visits?|calls?|days?)|previews?|interviews?|slots?|photos?|photographers?|photocall|filming|speeches|remarks|press briefing|reception",
    asks_a_contact="by e-?mail|(?:press|media|communications?) (?:office|officer|contact|section|team|desk|department|relations|unit)|(?:contacts?|address(?:es)?|named|listed) below",
    other_occasion="opens? to (?:the public|visitors)|public opening|(?:will )?follows?|(?:the )?next (?:meeting|session|stage)|(?:results|findings|report) (?:will be|are) (?:published|presented)",
    welcomes="welcome|registration|arrivals?",
    each_day="(?:on )?both days|(?:each|every) day|(?:for|over|on all) (?:the )?(?:two|three|four|five|six|seven|\\d) days|daily",
    funds=r"(?:co-)?(?:fund|financ)\w*[ \u00a0](?:\w+[ \u00a0])?by|grants? (?:from|by)|funding from|money from",
    room="rooms?|halls?|gates?|floors?|buildings?|hangars?|stands?|platforms?|piers?|bays?|docks?|level",
    held_online="online|zoom|teams|webinar|video ?conference|livestream|live stream|by phone|virtual",
    answers_that_day=(
        "out of hours|on call|(?:reach|contact|call|available)[^.]{0,40}(?:weekend|saturday|sunday"
        "|on the day|bank holiday)|on[- ]site contact|on site *:|24/7"
        "|(?:weekend|saturday|sunday|on the day|bank holiday)[^.]{0,40}(?:reach|contact|call|available)"
    ),
    measured=(
        "years?|months?|weeks?|days?|hours?|minutes?|seconds?|centuries|century|euros?|pounds?|dollars?"
        "|pages?|kilometres?|miles?|metres?|grams?|tonnes?|degrees?|points?|millions?|billions?"
        "|thousands?|hundreds?|dozens?|times|percent|per|first|last|next|other|january|february|march"
        "|april|june|july|august|september|october|november|december|street|road|avenue"
    ),
    before_noun="first|last|next|new|young",
    compared=(
        "compared|of which|of whom|including|instead of|others?|another|each|every|last year|before"
        "|since|the old|former|up from|down from|than in|additional|further|among|target|rise|fall|second|neighbouring|so far|already|to date"
    ),
    measured_apart=(
        "tickets?|prices?|admission|adults?|child(?:ren)?|concessions?|remaining|remains?|left|per|half|halfway"
    ),
    at_least="more than|over|at least|above",
    about="about|around|some|nearly|almost|roughly|approximately",
    qualifier=r"nationa\w*|regiona\w*|municipa\w*|centra\w*|genera\w*|european|internationa\w*|roya\w*|federa\w*",
    exchanged_bodies="foundation|fund|trust|charity|society|institute|centre|center",
    partner_of=partners.PARTNER_OF,
    joins=partners.JOINS,
    heads_partners=partners.HEADS_PARTNERS,
    vague_words=r"click(?:ing)?\s+(?:here|(?:on\s+)?(?:this|the)\s+(?:link|button))\b",
    gap_dates="(?:DD[/.]MM|MM[/.]DD)(?:[/.]YY(?:YY)?)?",
    arrives="doors|registration|coffee|check-in",
    begins="begins?|starts?|opens? at|kicks? off|gets? under way|expected|due to arrive",
    starts_it="starts?|begins?|kick-?off|curtain(?: up)?|official opening",
    follows="followed|then|after|afterwards|later",
    takes_place="takes? place|(?:is|are|be) held|launch takes|opens its doors",
    no_reply="(?:no|do[-_.]?not)[-_.]?repl",
    venue=(
        "boathouse|pool|rink|leisure centre|hall|house|museum|theatre|theater|library|church|chapel|cathedral|stadium|school|college"
        "|centre|center|auditorium|headquarters|palace|castle|park|gardens?|station|harbour|farm"
        "|hospital|university|campus|institute|laboratory|cinema|gallery|studio|pavilion|aquarium"
        "|observatory|site|beach|fort|abbey|warehouse|factory|bridge|room|market|square|pier|quay"
        "|works|mill|barn|workshop|arena|academy|court|foot of"
    ),
    asks_for_place=(
        "(?:please )?(?:write|send|reply|answer|e-?mail|ask|register|book|sign up|rsvp|apply|contact|confirm)"
        "|accreditations?|accredited|requests?|registrations?"
    ),
    must_ask=admissions.MUST_ASK,
    press="press|media|journalists?|reporters?|newsrooms?",
    also_that_day="also|including|included|too|as well(?: as)?",
    but_that_day="except|not|excluding|but",
    answers_calls="answers?|can be (?:reached|called)|is available|take(?:s)? (?:your )?calls|call|ring",
    other_editions=(
        r"previous|last|next|former|earlier|past|was|were|had|since|after|before|compared|first|both|20\d\d’s"
    ),
    muses=(
        r"there is (?:something|nothing)|nothing (?:is|beats|compares)|since time immemorial|from time immemorial|who (?:does not|doesn[’']t)|what if|imagine|have you ever|who has (?:not|never)|there are (?:places|moments|days|people|things)"
        r"|since the dawn|once upon a time|sometimes|it is often said|they say|some (?:places|things|stories)"
        r"|in a world|we all (?:know|remember)|everybody knows|time flies"
    ),
    known_acronyms=(
        "CHF|CAD|USD|EUR|GBP|UNESCO|UNICEF|NASA|ESA|CERN|NATO|WHO|UN|EU|UK|USA?|TV|DVD|CD|PDF|FAQ|RSVP|DNA|RNA|HIV|AIDS|MRI"
        "|GPS|LED|BBC|CNN|NHS|MIT|CEO|CFO|CTO|MP|PhD|GMT|UTC|BST|CET|CEST|EST|EDT|PST|PDT|VAT|GDP|USB|URL|HTML"
        "|WHAT|WHEN|WHERE|WHO|WHY|HOW|ENDS?|TBC|TBA|NB|ISO|FIFA|UEFA|IOC|COVID|VIP|SMS|QR|RAF|FBI|CIA|NGO|ISBN|ISSN|DOI|JPE?G|PNG|GIF|SVG|EPS|TIFF?|HDMI|SUV|BMX|LGBT|MBE|OBE|CBE|GCSE|STEM|STOP|NEW|FREE|LIVE|PRESS|MEDIA|NOTE"
    ),
    invites_press=(
        r"\b(?:press|media) (?:briefing|conference|visit|preview|view|call)\b"
        r"|\b(?:open|present\w*)\b[^.\n]{0,40}\bto (?:the )?(?:press|media|journalists)\b|"
        r"\b(?:press|media|journalists?|reporters?|photographers?|camera crews?)\b[^.\n]{0,40}\b(?:invited|welcome|may attend|can attend)\b"
        r"|\b(?:invites?|welcomes?)\b[^.\n]{0,20}\b(?:press|media|journalists|reporters)\b"
    ),
    shared_by_chance=(
        r"with|from|that|this|they|their|have|will|been|were|more|than|into|over|also|which"
        r"|when|where|april|june|july|lasts?|covers?|costs?|measures|takes|opens?|runs|long"
    ),
    programme="programme|program|schedule|agenda|running order|then|followed by",
    out_of_turn=(
        "before|after|since|preceded|or|every|each|daily|open (?:from|until)|closes?|repl(?:y|ies)|no later|deadline"
    ),
    other_list=r"days? \d|(?:room|stage|hall|group|track|site|pitch|court|line) (?:[A-Z\d]\w*|one|two)",
    kin=(
        "brothers?|sisters?|sons?|daughters?|father|mother|wife|husband|widow|cousins?|nephew|niece|uncle|aunt|family|twins?"
    ),
    akin_words=(
        r"city|town|municipa\w*|civic",
        "britain|british",
        "young|youth",
        "county|shire",
        "hospital|infirmary",
        "school|college|academy",
        "choir|chorus|choral",
        "marine|maritime",
        "northern|boreal",
    ),
    reports=(
        "surveys?|stud(?:y|ies)|polls?|reports?|shows?|finds?|found|says?|said|concludes?|reveals?|according|notes?"
        "|the|that|and|are|who|has|have|its|for|all|these|those|some"
    ),
    counted_alike=(
        "readers?|readership|subscribers?",
        "pupils?|schoolchildren|students?",
        "singers?|choristers?|voices",
        "visitors?|spectators?|attendance|audience|guests?|visits|festivalgoers?|listeners?|viewers?",
        "employees?|staff|workers?|workforce",
        "members?|membership",
        "copies|circulation",
    ),
    synonyms=SAME_THINGS,
    sums=r"(?<!low )costs?|budgets?|funding|investments?|invested|price tag",
    sum_for="of the|for the|for",
    counts_other="of wh(?:om|ich)|including|each|(?:a|per) (?:year|month|day|week|head|person)|previous|former|first|second|others?|annual|from",
    collective="readership|attendance|audience|workforce|membership|circulation",
    founded=(
        r"(?:founded|established|created|built|born|set up|opened|launched|painted|planted|inaugurated|begun|began|started)[ \u00a0](?:in|since)"
    ),
    says_age=(
        r"(?:turns|turned)[ \u00a0]NUMBER\b",
        r"(?:its|their|the|his|her|an?)[ \u00a0]NUMBER(?:th|st|nd|rd)[ \u00a0](?:anniversary|birthday)",
        r"(?:its|their|the|his|her|an?)[ \u00a0]ORDINAL(?:[ \u00a0](?:anniversary|birthday))?\b",
        r"is[ \u00a0]NUMBER[ \u00a0]years[ \u00a0]old\b",
        r"would (?:now[ \u00a0])?(?:be|have been|have turned|turn)[ \u00a0]NUMBER\b",
        r"(?:is|was|will be)[ \u00a0]NUMBER[ \u00a0](?:years old[ \u00a0])?(?=in[ \u00a0]\d{4}|this year|today)",
        r"died[ \u00a0]in[ \u00a0]\d{4},?[ \u00a0](?:aged|at the age of|at)[ \u00a0]NUMBER\b",
        r"(?:celebrat|mark)\w*[ \u00a0](?:its[ \u00a0])?(?:first[ \u00a0])?NUMBER[ \u00a0]years\b",
        r"(?:founded|created|established|opened|launched)[ \u00a0]NUMBER[ \u00a0]years[ \u00a0]ago",
        r"NUMBER[ \u00a0]years[ \u00a0](?:of (?:existence|history|activity)|after its (?:creation|foundation|founding|opening))",
    ),
    anniversaries=ANNIVERSARIES,
    lasts_since=(
        r"\b(?i:for)[ \u00a0](?:(?:more than|over|nearly|the past)[ \u00a0])?NUMBER[ \u00a0]years",
    ),
    is_partner=r",?[ \u00a0](?:is[ \u00a0])?(?:(?:a|the|one of the)[ \u00a0])?partners?\b",
    each_time="(?:every|each) (?:day|week|month|morning|evening|night|time)",
    every_year=r"(?:every|each)(?:[ \u00a0]year)?(?:[ \u00a0]on)?|(?:yearly|annually|always)(?:[ \u00a0]on)?",
    kind_before_sign=(
        r"(?:press |news |media )?(?:release|notice|statement|advisory|alert|invit(?:e|ation)|update|announcement|info(?:rmation)?)|news(?: flash)?|reminder|photo ?call|photo opportunity|save the date|diary date|notes? (?:to|for) editors|invitation to the (?:press|media)|embargoed"
    ),
    vague_pointer=pointers.VAGUE_POINTER,
    pointer=pointers.POINTER,
    to_be_had=pointers.TO_BE_HAD,
    clicks=pointers.CLICKS,
    button_verbs=pointers.BUTTON_VERBS,
    button=pointers.BUTTON,
    this_page=pointers.THIS_PAGE,
    below=r"below",
    vague_speaker=(
        r"(?:(?:one|an?(?:other)?|some|several|many|the)\s+(?:\w+\s+)?)?(?:visitors?|residents?|locals?|participants?|organi[sz]ers?|spokes(?:person|people|man|woman)|sources?|officials?|volunteers?|parents?|passers-by|staff|insiders?|team|employees?|customers?|neighbours?|guests?|member of staff)|sources close to \w+"
    ),
    admission=admissions.WORDS,
    not_needed=(r"\b(?:no|not|without|free of)\b"),
    glued_words=(
        r"(?:of|to|in|on|at|for|and|by|from|with|is)the|(?:will|can|may|must|to)be|(?:has|have|had)been|(?:is|are|was|were|will)(?:opens?|opened|opening|free|held|closed|available|located|expected|invited|welcome|organi[sz]ed)"
    ),
    before_number=(
        r"has|have|had|is|are|of|at|the|from|with|about|over|than|by|for|and|costs|lasts|takes|counts|holds"
    ),
    second_edition=(r"second(?= edition)"),
    divides=(
        r"split|divided|shared (?:between|among|by)|made up of|compos\w+ of|consist\w* of|funded by|funding|financed by|breakdown|namely|compris\w+"
        r"|com(?:e|es|ing) from|from"
    ),
    in_all="in all|in total|altogether|total|all told",
    pays=r"pays?|gives?|contribut\w+|provid\w+|funds?|grants?|adds?|meets?|donat\w+",
    rest_of="rest|remain\\w*|balance|(?:the )?others?|of these|of them|of whom|among (?:them|these)",
    compared_shares=(
        r"rise|rose|risen|fall|fell|grew|growth|increas\w+|decreas\w+|(?<!make )(?<!made )(?:up|down)[ \u00a0](?:by|from|to|\d+)|drop\w*|more than|less than|discount|off|against|compared|rates?|satisf\w+"
        r"|in (?:19|20)\d\d|like|think|want|say|said|believe|several answers"
    ),
    opposites="women|men|girls?|boys?|adults?|child(?:ren)?|amateurs?|professionals?|students|teachers|staff|volunteers",
    announces="are|is|will|be|take|taking|part|speak\\w*|offered|following|present|invited|held|on|place|featured?",
    lasts="lasts?|lasting|takes?|runs? for|for",
    length_of_else=(
        r"every|each|per|a (?:day|week|month|year)|before|after|later|within|in advance|ago|since|notice|break|including|under|less than|free|pass(?:es)?|tickets?|valid"
    ),
    issued=r"(?:(?:press|news|media) (?:release|advisory),?[ \u00a0])?(?:issued|released|published|sent|dated)(?:[ \u00a0]on|:)?",
    page_number=r"(?:page|p\.)[ \u00a0]?\d{1,2}(?:[ \u00a0]?(?:/|of)[ \u00a0]?\d{1,2})?",
    cannot_end=(
        "of|the|a|an|and|or|to|with|by|for|in|on|at"
        "|from|its|their|our|is|are|was|were|will|would|which|who|that|this"
    ),
    goes_first="begins?|starts?|starting|opens?|opening|leaves?|leaving|departs?|departures?|departing|sets? off",
    goes_last=r"ends?|ending|finish\w*|closes?|closing|returns?|returning|back|end|finish|reach(?:es|ing)?|arriv(?:es?|al|ing)",
    doors="doors",
    shown="concert|show|performance|screening|film|debate|match|talk|talks|lecture|kick-off|start|starts|begins",
    next_day="next day|tomorrow|reopens?|overnight|mornings?|evenings?|weekends?|every|each|or|schools|groups?|other|before|also|weekdays",
    born="born",
    priced="tickets?|admission|entry|entrance|full price|standard tickets?",
    costs="costs?|is|are|cost|is priced at|are priced at|at",
    for_whom=r",?[ \u00a0](?:for|per|each way|with|if|in advance|on the door|online|reduced|half|concessions?|members?|until|from|before|after)\b",
    practical="practical (?:information|details)|information for visitors|key facts|at a glance|in brief|details|when(?: and where)?|date(?: and time)?|rendez-vous",
    fractions={
        "half": 1 / 2,
        "a third": 1 / 3,
        "one third": 1 / 3,
        "two thirds": 2 / 3,
        "two-thirds": 2 / 3,
        "a quarter": 1 / 4,
        "three quarters": 3 / 4,
        "a fifth": 1 / 5,
        "a tenth": 1 / 10,
    },
    attached=ATTACHED,
    this_mail=THIS_MAIL,
    not_sent=NOT_SENT,
    files=FILES,
    subject_label="subject|re",
    practical_hour="time|start(?:s|ing)?(?: time)?|begins",
    counted_with=r"other|others",
    plural_without_sign=r"people|men|women|children|staff|sheep|police",
    no_adjective=r"a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|nor|as|than|that|which|who|whom|it|they|we|he|she|are|is|was|were|be|been|will|would|can|could|may|must|have|has|had|do|did|not|so|if|when|while|where|more|per|about|over|under|into|through|between|during|after|before|until|since|out|up|down|off|each|every|all|also|then|now|here|there|only|both|its|their|our|his|her|this|these|those|work|live|take|took|came|come|go|went|won|win|see|saw|make|made|get|got|said|say|play|run|ran|sing|sang|open|close|share|want|need|give|gave|km|cm|mm|kg",
    part_only=r"others?|another|further|additional|extra|more|remaining|first|last|only|just|next|some|up to|fewer than|less than|best|top|half of",
    limits=r"of|from|in|at|on|with|for|by|near|aged|under|over|to",
    relative=r"who|that|which|whose|whom",
    participle=r"(?:[a-z]+ed|chosen|taken|given|known|seen)(?=[ ](?:by|in|from|for|to|at|on|with|this|last|since|during|so|under|as)\b|[,.;)]|\Z)|[a-z]+ing",
    age_range=r"(?:aged? |between )\d+(?: to | and |-|–)\d+|\d+(?: to | and |-|–)\d+ years",
    set_against=r"compared|instead of|rather than|last year|previous(?:ly)?|earlier|formerly|up from|down from|since|than|target|goal|already|so far|to date|at first|originally|would|could|might|had been|had already|then|now|soon|later|grow\w*|grew|rise\w*|rose|fell|increas\w+|decreas\w+|doubl\w+|average|record|shortlist\w*|selected|neighbouring|second|eventually|by then|each|every|another",
    part_of_day=r"mornings?|afternoons?|evenings?|nights?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?![ ]\d)|weekends?|today|tomorrow|spring|summer|autumn|winter|follow\w*",
    from_then_on=r"since",
    measures_as=r"is|was|are|were|of|measures|measuring|reaches|covers|totals|stands at|comes to|will be|will reach|lasts|:",
    measures_else=r"above|below|from|away|deep|long|high|wide|tall|across|down|up|by|under|per|a|an|to|in (?:length|width|height|diameter)|of|at|x|×",
    per_time=r"(?:an?|per|each|every) (?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)|(?:yearly|annually|hourly)",
    measured_things=MEASURED_THINGS,
    lasting_things=LASTING_THINGS,
    sized_things=SIZED_THINGS,
    sides=SIDES,
    lasts_so_long=r"(?:takes?|took|taken|lasts?|lasted|lasting|runs? for|ran for|over|in|within|spans?|spanned|spread over|has taken|will take|will last|will run for)(?: the| its| their| a| some)?",
    of_another_length=r"each|every|per|ago|old|guarantee\w*|warranty|experience|first|second|third|phase|stage|delay\w*|late|early|ahead|earlier|instead|planned|extended?|extension|another|further|more than one|left|remain\w*|previous|last|next|before|since|apart|stud(?:y|ied|ies)|part|halfway|between",
    at_most=r"(?:just )?(?:under|less than|fewer than|no more than|up to|at most)",
    later=r"later|after(?:wards)?",
    keeps=r"keep(?:s|ing)?|sav(?:e|es|ed|ing)|maintain(?:s|ing)?|stays? open|remains? open|reprieve[sd]?|rescue[sd]?|spare[sd]?",
    will_close=r"(?:will|is to|are to|is set to|must) (?:close|shut|be closed|be shut|be sold|be demolished|disappear)(?! (?:at|on \w+days?|early|for|during|until|from|to|its doors|between)\b)|closes? for good",
    rises=r"ris(?:e|es|ing)|rose|up (?:by )?\d|grow(?:s|ing|th)?|grew|increas(?:e|es|ed|ing)|climb(?:s|ed)?|jump(?:s|ed)?|soar(?:s|ed)?",
    falls=r"fall(?:s|en|ing)?|fell|down (?:by )?\d|drop(?:s|ped)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|shr(?:inks?|ank)|plung(?:es|ed)",
    free_entry=r"(?:(?:entry|admission|entrance|attendance) (?:is |will be )?free(?: of charge)?|free (?:entry|admission|entrance))(?! (?:for|to|on|until|with|before|after|if|every|under|in))",
    paid_entry=r"(?:entry|admission|entrance)(?: fee)? (?:costs?|is|will be|at)[ \u00a0](?=[£$€]?\d)|(?:entry|admission|entrance):[ \u00a0](?=[£$€]?\d)|tickets? (?:costs?|are|is|at)[ \u00a0](?=[£$€]?\d)|tickets?:[ \u00a0](?=[£$€]?\d)",
    says_for_whom=r"for|child(?:ren)?|under|over|students?|members?|concessions?|workshops?|tours?|concerts?|shows?|evening|sundays?|saturdays?|days?|except|unless|otherwise|exhibitions?|museum|park|garden|grounds|all other|with|until|before|after",
    carries=r"trains?|bus(?:es)?|coach(?:es)?|shuttles?|ferr(?:y|ies)",
    to_be_seen=r"exhibition|show|display|on (?:show|display|view)|see|seen|visit(?:ors?)?|open|opens|runs?|season|visible",
    asks_by_then=r"appl\w+|entr(?:y|ies)|regist\w+|book\w*|accredit\w+|early|discount|tickets?|deadline|submi\w+|repl\w+|rsvp|vote|voting|offer|extend\w*|prolong\w*|instead|originally|initially|workshops?|concerts?|talks?|sale|school|closed|works?|café|shop",
    nothing_else=r"(?:and )?(?:nobody|no ?one|nothing|none) (?:else|works? in any other|from elsewhere)|no other|nothing from elsewhere|there (?:is|are) no others?|that is all|any other",
    note_to_colleague=NOTES_TO_COLLEAGUES,
    note_of_somebody=NOTES_OF_SOMEBODY,
    note_label=NOTE_LABELS,
    asks_colleague=ASKS_COLLEAGUE,
    note_inside=NOTES_INSIDE,
    closed_that_day=CLOSED_THAT_DAY,
    closed_on_holidays="(?:public|bank) holidays|working days",
    office="office|switchboard|press (?:line|desk|team)|calls|phones?|telephones?|staffed|reachable|(?:can|may) be reached",
    note_in_prose=NOTES_IN_PROSE,
    functions=FUNCTIONS,
    instead_of=r"instead of|rather than|compared|previously|formerly|(?:up|down) from|than|had|used to|originally",
    at_each="every|each",
    generic_units="units|pieces|copies|items",
    same_period="(?:in |during )?(?:the|its) first year|(?:a|per|every|each) (?:year|month|day|week)",
    says_of_all=r"has|have|had|are|were|will|can|may|must|came|come|go|went",
    held_office=r"\b(?:direct(?:ed|or)|chair(?:ed|woman|man)?|headed|head of|led|president|served|mayor|stud(?:ied|ent)|taught|worked|lived|played|elected|seasons?|then|later|first|second|phase|previous|former(?:ly)?|respectively|he|she)\b",
)
