"""English in the mails that come back: absences, automatic replies, requests to be left out."""

from __future__ import annotations

from mailer.languages.reply_words import AbsenceWords, OppositionWords, ReplyWords

ABSENCES = AbsenceWords(
    months=(
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    day_suffix="st|nd|rd|th",
    weekdays="monday tuesday wednesday thursday friday saturday sunday",
    between=(
        "from|on|the|in|office|only|that|next|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
        "|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|to|work|of|at|my|desk|and|including|inclusive|late|early|morning|until"
        "|holidays?|vacation|leave|my|a|full|time|newsroom|trip|travels?|maternity|annual|business|break"
    ),
    back="back|returning|return|returns|resume work|resume",
    back_behind="back (?:in|at)|i(?:'m| am| will be|'ll be) back|i return",
    until="until|till|through|thru|up to",
    span="",
    joiner="to|through|thru|until|till|and",
    starting="from|on|starting|as of|as from|after my return on",
    answers="reply|respond|answer|get back to you|read your|be available|be reachable|reachable again|available again",
    after="after",
    tomorrow="tomorrow",
    this_week="this week",
    next_week="next week",
    whole_month="all of |the whole of |the month of |whole month of ",
    left=(
        r"no longer (?:(?:\w+ )?(?:work(?:s|ing)?|employed|an? (?:\w+ )?employee|with|in use|in this (?:role|position|job)"
        r"|in charge|part of|active|valid|monitored|checked|read|covers?|covering|handl(?:es?|ing)|the (?:right|contact|person|editor)"
        r"|responsible|a member|holds?|writes? for|at (?!my desk|the office|work today)|reachable (?:at|under) this|represents?))"
        r"|(?:has|have|'ve|'s) (?:\w+ )?(?:left(?! the (?:office|building)| my desk| for the day)|departed|retired|resigned|moved on\b"
        r"|(?:a|an|my) new (?:role|position|job|post|employer|desk) (?:at|with|in|elsewhere)"
        r"|last (?:working )?day (?:at|in|with|here)|(?:job|position|role|post) elsewhere"
        r"|moved to (?:a|another|the) |changed (?:jobs?|roles?|positions?|employers?|e-?mail|my e-?mail)|passed away|died"
        r"|taken (?:\w+ )?retirement|taken (?:a|up a|on a|up) new|joined (?!a (?:call|meeting))|relocated|ceased|stepped down)"
        r"|\bleft (?:the|our) (?:company|organi[sz]ation|paper|newspaper|magazine|team|newsroom|business|firm|agency|group|station|role)"
        r"|\b(?:i|she|he) (?:left|retired|resigned)\b(?! the (?:office|building)| my desk| for the day)"
        r"|\bretired\b(?: (?:on|in|as|from|since))?|in retirement"
        r"|new (?:e-?mail address|e-?mail|address[^.!?]{0,20}@)|e-?mail address (?:has changed|changed|has been changed)"
        r"|not (?:working |employed )?(?:with|at|for) [^.!?]{1,40}any ?more"
        r"|(?:contract|employment|internship|assignment|placement|tenure|traineeship|secondment)\b[^.!?]{0,40}"
        r" (?:ended|ends|expired|finished|terminated|is over|was terminated|came to an end)"
        r"|no longer on (?:the |our |[^.!?]{1,40}'s? )?(?:staff|team|payroll)|pastures new|new pastures|\bthat (?:\w+ ){1,3}(?:has )?(?:died|passed)"
        r"|(?:mailbox|address|account|inbox)\b[^.!?]{0,30} (?:stops?|cease[sd]?) (?:working|to (?:work|exist))"
        r"|accepted (?:a|an|another|the) (?:\w+ )?(?:position|role|job|post|offer)|finished (?:at|with|working)"
        r"|leaving [^.!?]{1,40}(?:for good|for ever|forever)|leaving the (?:company|newsroom|paper|newspaper|agency|organi[sz]ation)"
        r"|(?:mailbox|address|account|inbox)\b[^.!?]{0,40} being (?:\w+ )?(?:closed|shut|retired|discontinued|decommissioned)"
        r"|\bleft (?:the )?(?:[\w-]+ ){1,3}(?:in (?:january|february|march|april|may|june|july|august|september|october"
        r"|november|december|20\d\d)|last (?:month|year|week|spring|summer|autumn|winter)|earlier this year|at the end of)"
        r"|\bdeparted\b|\bsuccessor\b|taken up (?:a|an|the) (?:\w+ )?(?:post|position|role|job)|\bnow works (?:at|for|with)\b"
        r"|\b(?:ex-|former )(?:employee|colleague|member of staff|staff member|collaborator|editor|journalist|reporter)"
        r"|passed away|deceased|last day (?:at|with|was)|\b(?:is|was) my last day(?! (?:before|of))"
        r"|\bmy (?:time|years?|chapter|journey|stint) (?:at|with|in)\b[^.!?]{0,40} (?:an end|ended|ends|is over|is done)"
        r"|\b(?:made redundant|laid off)\b|\b(?:does|do)(?: not|n't) work (?:\w+ ){0,4}any ?(?:more|longer)"
        r"|(?<!for the )(?<!your )(?:mailbox|address|account|inbox)\b[^.!?]{0,40} (?:has been|is|will be) (?:closed|deactivated|discontinued|deleted|retired)"
    ),
    not_left=(
        r"today(?! (?:is|was) my last)|tonight|this (?:week|evening|morning|afternoon|weekend)|until|back on|for the day|my desk|the office|in the office"
        r"|weekends?|\bmy (?:uncle|aunt|father|mother|grand\w+|dad|mum|mom|friend|brother|sister|cousin|neighbour)|(?:message|release|e-?mail|news|enquiry|article|story)s? (?:about|on|regarding|concerning)|after \d{1,2} ?(?:pm|am|:)|on (?:mon|tues|wednes|thurs|fri)days|during|tomorrow|temporarily"
        r"|\bleft (?:instructions|word|a (?:note|message)|you)\b|\bleft for\b[^.!?]{1,60}\b(?:return|(?<!not be )back|until)\b"
        r"|building|premises|new offices?|(?:office|newsroom|agency|bureau) (?:has |have )?(?:moved|relocated)|\bstreet\b|\bmy (?:phone|keys|laptop|charger)"
    ),
)

REPLIES = ReplyWords(
    automatic_subjects="""
        automatic reply
        auto reply
        auto-reply
        autoreply
        autorespon
        auto-respon
        auto respon
        auto:
        automatic response
        out of office
        ooo
        out of the office
        out-of-office
        out of town
        away from
        away until
        i am away
        i'm away
        on vacation
        on holiday
        on leave
        on maternity
        vacation reply
        vacation message
        vacation:
    """,
    automatic_sentences="""
        i am out of the office
        i'm out of the office
        i will be out of
        i am currently away
        i am currently out
        i am on leave
        i am on vacation
        i will be away
        this is an automatic reply
        this is an automated response
        this is an auto
    """,
    challenges="""
        challenge-response
        challenge/response
        sender verification
        please verify yourself
        verify your email address to deliver
        confirm that you are a human
        prove that you are human
        prove you are human
        confirm your message
        confirmation required to deliver
        your message is awaiting verification
        to complete this verification
        verify that you are
    """,
    opposition=OppositionWords(
        sentences=r"""
            (?:delet|eras|remov|drop|tak|strik)(?:e|ing) (?:my|our) (?:data|address|details|e-?mail|name|contact|information)\b[^.!?]{0,30}(?:database|lists?|records|files|mailings?)
            (?:delete|remove|unsubscribe) (?:me|us)(?=[.!,;]|$)
            (?:remov|delet|tak|dropp?|strik|unsubscrib)(?:e|ed|ing|) (?:me|us) (?:from|off)(?: please)?(?:(?=[.!,;?]|$)|[^.!?]{1,40}?\b(?:lists?|database|mailings?|newsletters?|records|contacts|files|e-?mails?|press releases))\b
            (?:be|get|have me|have us) (?:removed|deleted|taken off|unsubscribed|dropped|struck)\b(?: (?:from|off))?[^.!?]{0,30}(?:lists?|database|mailings?|newsletter|records|contacts|files)
            (?:stop|cease|quit) (?:e-?mailing|mailing|writing to|contacting|spamming) (?:me|us)
            (?:stop|cease|quit) sending (?:me|us|these|your|any|out)\b
            (?:don't|do not|never) (?:e-?mail|mail|contact|write to|message) (?:me|us)(?: again| any ?more| any longer|(?=[.!,;]|$))
            (?:don't|do not) (?:send|mail|e-?mail) (?:me|us) (?:any|anything|further|more|these|your)\b
            leave (?:me|us) (?:off|out of) (?:your|any|all|future|the) (?:future )?(?:mailings?|lists?|mailing lists?|e-?mails?)
            (?:don't|do not) want (?:any|any more|more|further) (?:of )?(?:your|these|such)? ?(?:e-?mails?|mails?|press releases|messages|newsletters)
            (?:remov|delet|tak)(?:e|ing) @ (?:from|off)\b
            unsubscribe (?:me|us)
            please unsubscribe
            opt (?:me|us) out
            no more (?:e-?mails?|mails?|press releases|messages|newsletters),? (?:please|from you|thank)
            (?:(?:don't|do not|no longer) (?:want|wish|care|need)|(?:prefer|rather|asked?|want|wish) not) (?:to )?(?:receive|receiving|get|be sent|be getting) (?:any|anything|more|further|your|these|those|them|such|press|e-?mails?|mails?|messages?|newsletters?|invitations?|this (?:kind|sort|type|newsletter|e-?mail|mail|spam)|this(?=[.!,;]|$))
            (?:(?:don't|do not|no longer) (?:want|wish)|(?:prefer|rather) not) to be (?:contacted|e-?mailed|mailed|on (?:your|this|the) (?:mailing )?list)
        """,
        please="please |kindly ",
        alone=(
            r"(?:unsubscribe|opt[- ]?out)\b"
            r"|(?:remove|stop)(?= ?(?:$|[.!,;]|please|thanks|(?:from|this|these|your|all|sending|e-?mail\w*|mail\w*|spam\w*|messages?)\b))"
        ),
        parts=(
            r"by (?:post|regular mail|snail mail|ordinary mail)|postal\w*|paper|hard cop\w+|printed|in print|by fax|by (?:text|sms|phone)|twice|duplicates?|two copies|doubles?"
            r"|several times|more than once|attachments?|large files|\d ?mb\b|attendees?|guests?|guest list|speakers?|participants?|waiting list|invitees|panel|list of (?!recipients|contacts|subscribers|addresses|journalists)|during|while|before \d|before noon"
            r"|on (?:sun|satur)days?|at weekends|(?:old|former|previous) (?:e-?mail )?address|reminders?|reception"
        ),
    ),
    quoting=r"on .{6,120} wrote ?:",
)
