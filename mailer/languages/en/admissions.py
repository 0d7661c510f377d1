"""English words for being let in as a journalist, and for having to ask."""

from __future__ import annotations

PRESS_ADMISSION = r"(?:pre-?)?accredit\w+|(?:press|media|visitor|photo|day)[ -](?:pass(?:es)?|badges?|bibs?|cards?|permits?|wristbands?)|lanyards?|tabards?|badges?"
ADMISSION = r"(?:pre-?)?regist\w+|sign(?:ing|ed)?[ -]?up|book(?:ed|ing)?|permits?|clearance|pass(?:es)?|guest[ -]?list|the list|wristbands?|bibs?|tickets?|invitations?|rsvp"
OBLIGES = r"must|need(?:s|ed)?|requir(?:ed?|es)|compulsory|mandatory|essential|obligatory|only|ha(?:ve|s) to|should|please|in advance|ahead of time|beforehand|restricted|limited|reserved|strictly|(?:on|by) request|ask(?:ed)?|subject to|expected to"
DENIES = (
    r"no|not|without|nobody|none|never|no-?one|cannot|can[’']t|refused|turned away|barred|unless"
)
ASKED_LATER = r"the (?:day|night|evening) before|(?:\d+|two|three|forty-eight|twenty-four) (?:hours|days|working days) (?:before|in advance|ahead)|at the (?:door|gate|desk|entrance|reception)|on the day|on arrival"
MUST_ASK = (
    r"(?:must|have to|need to|should) be accredited|(?<!\bno )accreditation (?:is )?(?:compulsory|required|mandatory"
    r"|necessary|needed)|(?:by|upon) accreditation only|only accredited"
)
