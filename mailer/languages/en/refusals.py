"""How English contact lists, and the programs that export them, say that somebody must not be
written to.

The exports of Mailchimp, Brevo, Mailjet, phpList, listmonk, HubSpot, Sympa, Mailman, CiviCRM,
Salesforce, Sendy and MailPoet were read for their columns (2026-11).
"""

from __future__ import annotations

from mailer.languages.language import RefusalWords

_MAIL = (
    "mails?|e mails?|emails?|mailings?|e mailings?|messages?|newsletters?|news|marketing"
    "|press releases?|releases?|invitations?|correspondence|communications?|anything"
)
_NOT = "(?:do not|don t|dont|never|no longer|must not|should not|shouldn t|cannot|can t|not to)"
_ACT = "(?:contact|e ?mail|mail|write|send|message|invite|approach|disturb)"

REFUSALS = RefusalWords(
    refusal_headers=(
        r"unsub\w*|opt(?:ed|s)? ?outs?|optout|black ?list\w*|block ?list\w*|dnc|suppress\w*"
        rf"|{_NOT} (?:to )?(?:be )?(?:\w+ )?{_ACT}(?:e?d|s)?|no ?mail|no (?:bulk )?(?:mass )?e ?mail\w*"
        r"|disabled|deleted(?: at| on)?|removed|excluded\w*|is excluded\w*|complain\w*|spam\w*"
        r"|bounced?(?: at| on| date)?|bounce (?:reason|type|date)|hard ?bounced?(?: reason)?"
        r"|clean(?:ed)? (?:time|date)|invalid(?: e ?mail)?\w*|quarantined|deceased"
        r"|(?:is )?banned|blocked|forbidden|objection\w*|objected|erasure request\w*|left on|date left|left date"
        r"|not subscribed|unconfirmed|refus\w*|declined|stopped|inactive"
    ),
    consent_headers=(
        r"consent\w*|opt(?:ed|s)? ?in|optin|subscribed|is subscribed|gdpr|subscriber"
        rf"|(?:accept|allow|want|wish|permit|receive)\w*(?: \w+){{0,3}} (?:{_MAIL})"
        r"|(?:e ?mail )?permission|may (?:we )?(?:be )?(?:contact|e ?mail|write)\w*|contactable"
        r"|can (?:we )?(?:be )?(?:contact|e ?mail|write)\w*"
    ),
    weak_consent_headers=(
        r"confirmed|enabled|active|is active|valid|is valid|verified|newsletters?|mailing"
        r"|accept|send|subscription|reachable|e ?mail (?:valid|verified|confirmed|ok|active)"
        r"|double opt ?in"
    ),
    status_headers=(
        r"\w*status\w*|(?:subscription|consent|delivery) state|reception|permission status|standing|delivery"
    ),
    refused_phrases=(
        rf"{_NOT} (?:ever )?(?:to )?(?:be )?{_ACT}(?:e?d)?"
        rf"|unsubscri\w*|unsub|opt(?:ed|s)? ?out|optout|blacklisted|black listed|block ?listed"
        rf"|no (?:more |further )?(?:{_MAIL}|contact)|stop (?:sending|contact\w*|writing|{_MAIL})"
        rf"|(?:stop|cease|discontinue|halt|end) (?:all |our |the |any |sending )*(?:{_MAIL})"
        r"|(?:remove|take|delete)d? (?:me |him |her |them |us )?(?:from|off) "
        r"(?:the |our |your |this |all )?(?:\w+ )?(?:lists?|database|mailings?)"
        r"|off (?:the|our|your|this|all) (?:\w+ )?lists?"
        r"|ask(?:ed|s) (?:us )?(?:to be removed|for removal|to stop|not to)|right to object"
        r"|object(?:ed|s) to|withdr(?:ew|awn)|consent (?:withdrawn|refused|revoked|denied)"
        r"|(?:not|never) (?:consent\w*|opted in|gave consent|given consent)|no consent"
        r"|(?:erasure|deletion|removal) request\w*|request\w* (?:for )?(?:erasure|deletion|removal)|suppression list|spam complaint"
    ),
    wishes=r"(?:does not|doesn t|did not|didn t|do not|don t|no longer|never) (?:want|wish|accept)(?:s|es)?",
    refused_words=r"stop|refused|refuses|blocked|banned|unsub|dnc|do not|suppressed|nomail",
    refused_statuses=(
        r"no|out|off|deleted|removed|disabled|by user|by moderator|by admin|junk|spam"
        r"|complain(?:ed|ts?)|cancell?ed|revoked|rejected|declined|denied|excluded|forbidden"
        r"|opt out|objected|erased|forgotten"
    ),
    left_phrases=(
        r"(?:has|have|had) left|left (?:the|his|her|their|in|on|for|as of|since) \w+"
        r"|no longer|any ?more"
        r"|deceased|passed away|has died|died (?:in|on)|has retired|retired (?:in|on|from|since)"
        r"|replaced by|successor|(?:new|changed|another) (?:job|address|employer|e ?mail|outlet)"
        r"|changed jobs|now (?:at|with|works)|joined (?:the|another)|fired|dismissed"
        r"|contract ended|position (?:cut|eliminated)|complain\w*|not interested|leave alone"
        r"|(?:e ?)?mails? bounces?|gdpr request|undelivered"
        r"|has moved|moved on|moved to|resigned|laid off|former (?:address|employee|e ?mail)"
        r"|out of business|ceased publication|npai|(?:hard |soft )bounce\w*|bounced"
        r"|(?:invalid|wrong|dead|old) (?:e ?mail|address)"
        r"|(?:does not|doesn t) (?:exist|work)|undeliverable|to be (?:removed|deleted)"
    ),
    left_words=r"retired|died|gone|dead|quit|do not use|maternity cover ended|blacklist",
    left_statuses=(
        r"left|gone|inactive|unconfirmed|not confirmed|pending|archived?|former|ex|suspended"
        r"|paused|dormant|unknown|retired|non subscribed|nonsubscribed|transactional|unverified"
        r"|non marketing(?: contact)?|never subscribed|moved|old|expired|not opted in"
    ),
    bounced=(
        r"(?:hard ?|soft ?)?bounc(?:e|es|ed|ing)|cleaned|undeliverable|invalid|by bounces"
        r"|delivery failed|mailbox full|failed|user unknown"
    ),
    yes=(
        *("yes", "y", "t", "true", "on", "ok", "accepted", "agreed", "granted", "given", "consent"),
        *("explicit", "implicit", "express", "double opt in"),
    ),
    subscribed=("opt in", "optin", "opted in", "subscribed", "confirmed", "enabled", "active"),
    undecided=("pending", "unknown", "maybe", "not sure", "to check", "tbc", "no answer", "2"),
    negations="not|never|no|without|except|excluding|minus|un|non",
    reversals=r"resubscri\w*|re subscri\w*|by mistake|again|by accident|came back|reversed",
    limits=(
        r"before|after|during|until|between|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?"
        r"|weekends?|mornings?|evenings?|for now|but|unless|except|only|without|holidays|attachments?"
    ),
    other_channels=(
        r"sms|texts?|phones?|call(?:s|ed)?|tel|fax|postal|post|letters?|whatsapp|mobile|trade"
        r"|attachments?|photos?|push"
    ),
    mail=_MAIL,
    old_sheets=(
        r"old|archived?|backups?|obsolete|copy|trash|bin|history|duplicates?|drafts?|outdated"
        r"|former|previous|deprecated|do not use"
    ),
)
