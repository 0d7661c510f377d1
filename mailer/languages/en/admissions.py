"""English words for being let in as a journalist, and for having to ask."""

from __future__ import annotations

from mailer.languages.admission_words import AdmissionWords

MUST_ASK = (
    r"(?:must|have to|need to|should) be accredited|(?<!\bno )accreditation (?:is )?(?:compulsory|required|mandatory"
    r"|necessary|needed)|(?:by|upon) accreditation only|only accredited"
)

WORDS = AdmissionWords(
    press=r"(?:pre-?)?accredit\w+|(?:press|media|visitor|photo|day)[ -](?:pass(?:es)?|badges?|bibs?|cards?|permits?|wristbands?)|lanyards?|tabards?|badges?",
    anybody=r"names?|(?:pre-?)?regist\w+|sign(?:ing|ed)?[ -]?up|book(?:ed|ing)?|permits?|clearance|pass(?:es)?|guest[ -]?list|the list|wristbands?|bibs?|tickets?|invitations?|rsvp",
    accreditation=r"accreditations?|accredited|(?:press|media) (?:pass(?:es)?|badges?)",
    left_out=r"unaccredited|unregistered|no (?:names?|badge|pass|accreditation), no \w+|only (?:to |for )?names on the (?:\w+ )?list",
    obliges=r"must|need(?:s|ed)?|requir(?:ed?|es)|compulsory|mandatory|essential|obligatory|only|ha(?:ve|s) to|should|please|in advance|ahead of time|beforehand|restricted|limited|reserved|strictly|(?:on|by) request|ask(?:ed)?|subject to|expected to",
    denies=(
        r"no|not|without|nobody|none|never|no-?one|cannot|can[’']t|refused|turned away|barred|unless"
    ),
    later=r"the (?:day|night|evening) before|(?:\d+|two|three|forty-eight|twenty-four) (?:hours|days|working days) (?:before|in advance|ahead)",
    at_the_door=r"at the (?:door|gate|desk|entrance|reception)|on the day|on arrival",
)
