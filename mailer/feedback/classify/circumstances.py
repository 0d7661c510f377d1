"""What a report shows besides its words: the codes, the SMTP stage, and who is speaking.

They may lower a verdict, never raise it, but for one: "disabled" beside the code for "no such
mailbox" is dead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from mailer.feedback.classify.frames import without_frames, without_headings, without_links
from mailer.feedback.classify.masks import LOCAL, RECIPIENT
from mailer.feedback.classify.rules import Verdict, bounce_rules
from mailer.feedback.classify.statements import find_statements
from mailer.feedback.classify.unspaced import find_denials
from mailer.feedback.classify.whom import Whom
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import DsnAction, Reason
from mailer.model.feedback.event import Deadness

_ENHANCED = re.compile(r"(?<![\d.])(?<!\d:)([245]\.\d{1,2}\.\d{1,3})(?![\d.]*\d)")
REPLY_CODE = re.compile(r"(?<![\d.:/-])([45][0-5]\d)(?=[\s\-:;,\]=#]|$)(?!-?\d)")
# The command that the remote was answering: the same text means different things at each stage.
_REPLY_TO_CONTENT = (
    "end of data", "after data", "final data", "reply to data", "after i sent the message",
)  # fmt: skip
_DATA_COMMAND = re.compile(r"smtp command\s{1,4}data\b|^>>> data\b", re.MULTILINE)
_REPLY_TO_RECIPIENT = (
    "reply to rcpt", "after rcpt", "rcpt to", "rcpt_to", "recipient command", "rcpt)",
    "smtp:rcpt", "does not like recipient",
)  # fmt: skip
_REPLY_TO_SENDER = (
    "reply to mail from", "after mail from", ">>> mail from", "sender command",
    "does not like sender", "reply to helo", "reply to ehlo", "after helo", "after ehlo",
    "initial connection", "my name was rejected", "refused to talk to me", "greeting failed",
)  # fmt: skip
_AT_CONNECTION = ("refused to talk to me", "initial connection", "greeting failed")
# What mail servers ship as their answer to an unknown recipient. Filters borrow these words for mail
# that they refuse; who says more, or in a language of their own, knows it of the mailbox.
_MAILBOX = r"(?:local |virtual )?(?:user|recipient|mail ?box|account|address)"
_STOCK = re.compile(
    r"(?:^|[\d%])[^\w%]{0,8}(?:recipient )?(?:address )?(?:rejected:? )?(?:sorry,? )?(?:"
    rf"(?:unknown|no such|invalid|bad|illegal) {_MAILBOX}(?: name)?"
    rf"|(?:the |this |that )?{_MAILBOX} (?:is )?(?:unknown|invalid|not (?:found|known|valid|exists?)"
    r"|do(?:es)?(?: ?n[o']?t) exists?)"
    r"|no mailbox)(?: here)?(?: by that name)?(?: in \w{1,20}(?: \w{1,20}){0,2} table)?[\W\d]*$"
    r"|the email account that you tried to reach does not exist"
    r"|(?:un|not )available(?!.{1,80}(?:unknown|not found|not local|exist|no such))"
)
# Postfix names the table in which it looked for the recipient.
_LOOKED_UP = re.compile(
    r"(?<!\w)unknown in (?:virtual (?:alias|mailbox)|(?:local|relay) recipient) table(?!\w)"
)
# SmarterMail, XMail and others say whose words they quote.
_REMOTE_NAMED_HER = re.compile(
    r"(?:\b(?:remote|receiving|destination|the|smtp) (?:mail |smtp )?(?:host|server|system|mta)\b[^\n:]{0,60}?"
    r"(?:said|says|replied|reported|responded|answered|returned|response)(?: with)?|\berror=) ?:? ?\[?"
    rf"[^\n]{{0,12}}?\b[45]\d\d\b[^\n]{{0,80}}?{re.escape(RECIPIENT)}"
)
# Sendmail's answer about a mailbox of its own, and the signs that it repeats another server's.
_SENDMAILS_OWN = re.compile(r"(?m)^\s{0,8}550 (?:5\.\d{1,2}\.\d{1,2} )?<?%recipient%>?\.\.\. ")
_OF_ANOTHER = ("while talking to", ">>>", "<<<")
_WHOLE_DOMAIN = re.compile(r"(?<![\w-]\.)%domain%")
"""The domain, and not the name of a host in it."""
_NO_MAILBOX = ("5.1.1", "5.1.2", "5.1.3", "5.1.6")
# A general code of a mailbox says nothing against "no such mailbox" beside it.
_OF_NO_MAILBOX = re.compile(r"5\.1\.|5\.[023]\.0$")
_OF_POLICY = re.compile(r"5\.2\.(?!0$)|5\.7\.")
_GENERAL_POLICY = ("5.7.0", "5.7.1")
_MAX_LINES = 40
"""Lines of a notice in which the reporter's own words are looked for."""
_OF_DOMAINS = {Reason.HOST_UNKNOWN, Reason.NO_MAIL_HERE}


def _has(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)


@dataclass(frozen=True)
class Circumstances:
    """The texts about one recipient, masked and nearest first, and the report's own status."""

    texts: tuple[str, ...]
    status: str = ""

    @cached_property
    def _lowered(self) -> tuple[str, ...]:
        return tuple(text.lower() for text in self.texts)

    @cached_property
    def nearest(self) -> str:
        """The nearest text that is not empty."""
        return next((text for text in self.texts if text.strip()), "")

    @cached_property
    def nearest_codes(self) -> list[str]:
        """The enhanced codes of refusals in the nearest text.

        Further texts are ignored: what sendmail adds below the remote's reply ("550 5.1.1 … User
        unknown" for any refused RCPT) is its own invention.
        """
        return [code for code in _ENHANCED.findall(self.nearest) if code[0] in "45"]

    @cached_property
    def code(self) -> str:
        """The most specific enhanced code: the report's own, else one in the nearest text."""
        codes = [code for code in (self.status, *self.nearest_codes) if code]
        specific = (code for code in codes if not code.endswith(".0"))
        return next(specific, "") or next(iter(codes), "")

    @cached_property
    def says_no_mailbox(self) -> bool:
        """True if the remote's code says that the address does not exist."""
        return any(code.startswith(_NO_MAILBOX) for code in self.nearest_codes)

    @cached_property
    def says_disabled(self) -> bool:
        """True if the remote's code says "disabled, not accepting messages" (RFC 3463 §3.3), and no
        other that the mailbox does not exist: "5.2.1 Mailbox not available" may pass.
        """
        codes = self.nearest_codes or [self.status]
        return not self.says_no_mailbox and any(code.endswith(".2.1") for code in codes)

    @property
    def reports_no_mailbox(self) -> bool:
        """True if the remote's code or the reporter's says that the address does not exist."""
        return self.says_no_mailbox or self.status.startswith(_NO_MAILBOX)

    @cached_property
    def is_about_room(self) -> bool:
        """True if the remote answered 552, which is about room (RFC 5321 §4.2.3), whatever
        enhanced code stands beside it: Orange, Comcast and Zoho write "552 5.1.1".
        """
        return next(iter(REPLY_CODE.findall(self.nearest)), "") == "552"

    @cached_property
    def is_temporary(self) -> bool:
        """True if the code is of class 4.

        "Failed" with such a code means that the queue gave up (Postfix: "failed 4.7.1" after
        greylisting). That is final for the mail but says nothing about the address.
        """
        replies = (reply for text in self.texts[:2] for reply in REPLY_CODE.findall(text))
        reply = next(replies, "")
        # Who answers "450 5.1.1" says that it may be tried again, whatever the code says.
        return (reply or self.code or "5")[0] == "4" or self.code.startswith("4")

    @property
    def is_given_up(self) -> bool:
        """True if a queue gave up because of the domain: Postfix answers "450 4.1.2" of one that does
        not exist, so that it may be tried again, and the report of the sending system takes it over.
        """
        return self.status == "4.1.2"

    @cached_property
    def is_at_recipient(self) -> bool:
        """True if RCPT was refused."""
        # Sendmail's own status: 5.1.1 for a refused RCPT, 5.0.0 and 5.2.0 after DATA. Its
        # transcript shows ">>> DATA" for both, because it pipelines.
        is_sendmails = self.status == "5.1.1" and not self.nearest_codes
        return is_sendmails or any(_has(text, _REPLY_TO_RECIPIENT) for text in self._lowered[:2])

    @cached_property
    def is_at_sender(self) -> bool:
        """True if we were refused before the recipient was even named."""
        is_named = any(_has(text, _REPLY_TO_SENDER) for text in self._lowered[:2])
        return is_named and not _has(self._lowered[0], _REPLY_TO_RECIPIENT)

    @cached_property
    def is_in_own_words(self) -> bool:
        """True if the reply says more than the stock answer that filters borrow."""
        lines = (self.nearest, *self.nearest.split("\n"))
        return not any(_STOCK.search(plain_text(line)) for line in lines)

    @cached_property
    def is_about_content(self) -> bool:
        """True if "unknown" may be what a filter says about refused content.

        Carriers and filters answer "User unknown" to content they refuse: after DATA, or with a
        policy code. At RCPT there is no content yet.
        """
        if self.is_at_recipient or any(code.startswith("5.1.") for code in self.nearest_codes):
            return False
        is_after_content = any(
            _has(text, _REPLY_TO_CONTENT) or _DATA_COMMAND.search(text) for text in self._lowered
        )
        policies = [code for code in self.nearest_codes if _OF_POLICY.match(code)]
        if RECIPIENT in self.nearest:  # the words name her, and 5.7.1 is as general as 550
            policies = [code for code in policies if code not in _GENERAL_POLICY]
        return is_after_content or (bool(policies) and not self.is_in_own_words)

    @property
    def _is_looked_up(self) -> bool:
        """True if Postfix itself looked for the recipient in a table. A 550 with these words is another
        server's, and may be a filter's.
        """
        is_reply = REPLY_CODE.search(self.nearest)
        return not is_reply and bool(_LOOKED_UP.search(plain_text(self.nearest)))

    @property
    def is_at_connection(self) -> bool:
        """True if the remote refused to talk to our server at all."""
        return any(_has(text, _AT_CONNECTION) for text in self._lowered[:2])

    @property
    def _replies(self) -> list[str]:
        """What stands behind each reply code, to the end of its line."""
        lines = self.nearest.split("\n")
        return [line[code.start() :] for line in lines for code in REPLY_CODE.finditer(line)]

    @property
    def _quotes_refusal_of_mailbox(self) -> bool:
        """True if the reporter quotes, as the remote's, words that name the recipient: "Remote host said:
        550 <lea@…> No such user here". What filters write without such a frame may be their own.
        """
        return any(map(_REMOTE_NAMED_HER.search, self.nearest.lower().split("\n")))

    @property
    def names_domain(self) -> bool:
        """True if the reply itself, and not the words around it, names the recipient's domain."""
        said = "\n".join(self._replies) or self.nearest
        said = without_frames(plain_text(without_headings(said)))
        return RECIPIENT in said or _WHOLE_DOMAIN.search(said) is not None

    @cached_property
    def is_about_our_domain(self) -> bool:
        """True if a remote server says "domain not found" without saying which domain.

        Who answers for a domain cannot say that it does not exist: the words are about ours.
        """
        is_routing = self.code.startswith(("5.1.", "5.4."))
        return not self.names_domain and not is_routing and bool(REPLY_CODE.search(self.nearest))

    @property
    def _is_sendmails_own(self) -> bool:
        """True if sendmail answers for a mailbox that it looked for itself, before any content."""
        is_anothers = any(_has(text, _OF_ANOTHER) for text in self._lowered)
        is_sendmail = any("transcript of session follows" in text for text in self._lowered)
        return is_sendmail and not is_anothers and any(map(_SENDMAILS_OWN.search, self._lowered))

    @property
    def _is_told_by_reporter(self) -> bool:
        """True if the reporter itself, above the reply it quotes, says that this recipient does not
        exist: "收件人地址(lea@…)不存在", and then "host … said: 550 Mailbox not found".
        """
        return any(
            RECIPIENT in line and not REPLY_CODE.search(line) and _denies_recipient(line)
            for text in self.texts[:2]
            for line in text.split("\n")[:_MAX_LINES]
        )

    @cached_property
    def is_credible(self) -> bool:
        """True if "user unknown" without a word about the stage is a fact.

        A bare reply code that a relay passes on may also be a filter's. It is credible when the
        remote says 5.1.x or 5.2.0, when it refused at RCPT, when it says more than the stock
        answer, when sendmail names a mailbox of its own, when the reporter says the same itself, when
        Postfix names the table, when a report quotes a reply that names the mailbox (which a reply to
        content cannot do), or when a system reports in its own words, without codes.
        """
        if self.is_at_recipient or any(map(_OF_NO_MAILBOX.match, self.nearest_codes)):
            return True
        if self.is_in_own_words or self._is_looked_up:
            return True
        if self._is_sendmails_own or self._is_told_by_reporter or self._quotes_refusal_of_mailbox:
            return True
        if self.status or self.nearest_codes:
            return RECIPIENT in self.nearest or LOCAL in self.nearest
        return not REPLY_CODE.search(self.nearest)

    @cached_property
    def also_says_disabled(self) -> bool:
        """True if the report also says that the account is disabled, which can be temporary."""
        rules = [rule for rule in bounce_rules().strong if rule.verdict.reason is Reason.DISABLED]
        said = [without_frames(plain_text(text)) for text in self.texts]
        return any(rule.find(text) for text in said for rule in rules)


def _denies_recipient(line: str) -> bool:
    """Return whether a masked line says that the recipient does not exist, in more than stock words."""
    folded = without_frames(plain_text(line))
    denials = (*find_denials(folded), *find_statements(without_links(folded)))
    return any(each.whom is Whom.MAILBOX for each in denials) and not _STOCK.search(
        plain_text(line)
    )


def in_circumstances(
    verdict: Verdict, circumstances: Circumstances, outcome: DsnAction
) -> tuple[Reason, Deadness]:
    """Return the verdict's reason and deadness, lowered where the circumstances contradict it.

    A reason that is about the address stays only where the address may be to blame: the policy
    counts it, and suppresses on the second day.
    """
    reason = verdict.reason
    if reason is Reason.POLICY and circumstances.is_at_connection:
        return Reason.BLOCKED, Deadness.NO  # before any mail, only our server can be meant
    if outcome is not DsnAction.FAILED:
        return reason, Deadness.NO
    if reason is Reason.DISABLED and not verdict.is_certain and circumstances.says_no_mailbox:
        return reason, Deadness.YES
    if verdict.dead is not Deadness.NO and circumstances.is_at_sender:
        return Reason.SENDER_REFUSED, Deadness.NO
    if verdict.dead is not Deadness.YES:
        return reason, verdict.dead
    return _confirmed(verdict, circumstances)


def _confirmed(verdict: Verdict, circumstances: Circumstances) -> tuple[Reason, Deadness]:
    """Return a deadly verdict, or what remains of it."""
    if verdict.name == "user-unavailable" and circumstances.says_disabled:
        return Reason.DISABLED, Deadness.UNSURE
    reason = verdict.reason
    is_gone = reason is Reason.HOST_UNKNOWN and (verdict.is_final or circumstances.is_given_up)
    if circumstances.is_temporary and not (is_gone and circumstances.names_domain):
        return reason, Deadness.UNSURE
    if verdict.is_certain or circumstances.says_no_mailbox:
        return reason, Deadness.YES
    is_ours = reason in _OF_DOMAINS and circumstances.is_about_our_domain
    if reason is Reason.NO_MAIL_HERE and circumstances.is_at_recipient:
        is_ours = circumstances.code.endswith(".7.27")  # RFC 7505: the sender's domain
    # What became of a mailbox is nothing that a filter says of a message.
    is_told = verdict.is_final and circumstances.is_in_own_words
    if is_ours or (circumstances.is_about_content and not is_told):
        return Reason.FILTERED, Deadness.UNSURE
    if reason is not Reason.USER_UNKNOWN:
        return reason, Deadness.YES
    is_open = not verdict.is_final and circumstances.also_says_disabled
    is_fact = circumstances.is_credible and not is_open
    return reason, Deadness.YES if is_fact else Deadness.UNSURE
