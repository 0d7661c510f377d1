"""Detects Sendmail's notices, old and new, and imitations: address lists and SMTP transcripts.

Two sections matter: "The following addresses had permanent fatal errors" names the recipients (with
`(reason: …)` below), "Transcript of session follows" holds the SMTP session. Version 5 had only the
transcript: `550 <a@b.example>... User unknown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.detectors.evidence import MAX_RECIPIENTS, Detector, Evidence
from mailer.feedback.detectors.named import without_ours
from mailer.feedback.reading import Confidence, DsnAction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.feedback.mail.message import Mail

_SECTION = re.compile(
    r"(?i)^[-= ]{0,8}(?:the following address(?:es)? (?:had|have) (?P<how>[\w -]{0,40})"
    r"|(?P<transcript>transcript of session follows|session transcript))"
)
_PERMANENT = re.compile(r"(?i)fatal|permanent|error|problem|failed|undeliver")
_WARNING = re.compile(r"(?i)transient|warning|delay|temporar")
_REPLY = re.compile(
    r"^(?:<<< )?([45]\d\d)[ -](?:[245]\.\d{1,3}\.\d{1,3} )?.{0,40}?<?([^\s<>]{1,128}@[^\s<>]{1,253})>?\.\.\."
)
_ALIAS = re.compile(r"(?i)\(expanded from:? {0,4}([^()]{1,300})\)")


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the recipients of the address section; without one, those of the transcript."""
    listed: dict[str, DsnAction | None] = {}
    replied: dict[str, DsnAction | None] = {}
    section = ""
    for line in mail.lines:
        match = _SECTION.match(line)
        if match:
            section = "transcript" if match.group("transcript") else match.group("how") or ""
        elif section == "transcript":
            reply = _REPLY.match(line)
            if reply:
                for address in addresses_in(reply.group(2)):
                    replied.setdefault(address, None)
        elif section and not line.startswith("("):
            for address in addresses_in(line)[:1]:
                listed.setdefault(address, _action(section))
    found = listed or replied
    evidence: list[Evidence] = []
    for address in without_ours(mail, found)[:MAX_RECIPIENTS]:
        text = _lines_naming(mail, address)
        evidence.append(Evidence(address, text, found[address], also=_aliases(text)))
    return evidence


def _lines_naming(mail: Mail, address: str) -> str:
    """Return the recipient's own lines, with the reason in brackets or the
    remote's reply just below.

    In a transcript the lines of different recipients are adjacent, so other neighbouring lines do
    not belong to this one.
    """
    wanted = address.casefold()
    kept: list[str] = []
    lines = ("", *mail.lines, "")
    for before, line, following, named in zip(
        lines, lines[1:], lines[2:], mail.addresses_by_line, strict=False
    ):
        if wanted in named:
            # Below the remote's reply, sendmail's own line only repeats it.
            kept.append(before if before.startswith("<<<") else line)
            if following.startswith(("(reason", "<<<", "(expanded")):
                kept.append(following)
    return "\n".join(kept)


def _action(section: str) -> DsnAction | None:
    if _WARNING.search(section):
        return DsnAction.DELAYED
    return DsnAction.FAILED if _PERMANENT.search(section) else None


def _aliases(text: str) -> tuple[str, ...]:
    match = _ALIAS.search(text[:2000])
    return tuple(addresses_in(match.group(1))) if match else ()


SENDMAIL = Detector("sendmail", Confidence.HIGH, detect)
