"""Detects delivery status notifications: RFC 3464, RFC 6533 addresses, and common misspellings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.addresses import address_in, plain_address
from mailer.feedback.detectors.evidence import Evidence
from mailer.feedback.reading import DsnAction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mailer.feedback.mail.message import Mail

Block = dict[str, str]

_FIELD = re.compile(
    r"(?i)^(original-recipient|final-recipient|x-actual-recipient|action|status|diagnostic-code"
    r"|remote-mta|reporting-mta|x-supplementary-info|original-envelope-id|last-attempt-date"
    r"|will-retry-until|arrival-date|received-from-mta|dsn-gateway|x-[\w-]{1,60}|[a-z]{2,20}-[\w-]{1,40})"
    r"[ \t]{0,8}:(.{0,8000})$"
)
# Original-Recipient is the address we used; Final-Recipient may be the target of an alias.
_NAMES = ("original-recipient", "final-recipient", "x-actual-recipient")
_RECIPIENT = ("final-recipient", "original-recipient")
# Fields in which the reporting system gives its own verdict, in text that rules can match.
_VERDICT_FIELDS = ("x-powermta-bouncecategory", "x-supplementary-info")
_ACTIONS = {action.value: action for action in DsnAction} | {
    "expired": DsnAction.FAILED,
    "failure": DsnAction.FAILED,
}
_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")


def detect(mail: Mail) -> Sequence[Evidence]:
    """Return the evidence in the mail's delivery-status parts."""
    found = (block for text in mail.status_reports for block in blocks(text))
    return evidence_in(found, written_to=mail.original_recipients)


def evidence_in(
    status_blocks: Iterable[Block], *, written_to: Collection[str] = ()
) -> list[Evidence]:
    """Return one piece of evidence per recipient that has an address; `written_to` is whom the
    original went to, as far as it is known.
    """
    evidence = (_evidence(block, written_to) for block in status_blocks)
    return [each for each in evidence if each is not None]


def blocks(text: str) -> list[Block]:
    """Return the groups of fields about one recipient each.

    The standard separates them by blank lines; some systems omit those, others put a blank line
    after every field. So a block ends where its recipient or action would occur twice.
    """
    done: list[Block] = []
    block: Block = {}
    last = ""
    for line in text.split("\n"):
        match = _FIELD.match(line)
        if match:
            last = match.group(1).lower()
            if last in block and last in {*_RECIPIENT, "action"}:
                done.append(block)
                block = {}
            block.setdefault(last, match.group(2).strip())
        elif not line.strip():
            last = ""
            if any(name in block for name in _RECIPIENT) and "action" in block:
                done.append(block)
                block = {}
        elif last and line[0] in " \t":
            block[last] = f"{block[last]} {line.strip()}"[:8000]
    return [*done, block] if block else done


def _evidence(block: Block, written_to: Collection[str]) -> Evidence | None:
    named = [block.get(name, "") for name in _NAMES]
    found = [address for address in map(typed_address, named) if address]
    if not found:
        return None
    if typed_address(named[0]):
        found[0] = _without_xtext(found[0], {*found[1:], *written_to})
    diagnostic = block.get("diagnostic-code", "")
    status_code = _ENHANCED.search(block.get("status", ""))
    words = [
        diagnosis(diagnostic) or block.get("status", "").partition("(")[2].rstrip(")"),
        *(f"{name}: {block[name]}" for name in _VERDICT_FIELDS if name in block),
    ]
    return Evidence(
        address=found[0],
        text="\n".join(filter(None, words)),
        outcome=_outcome(block),
        status=status_code.group(1) if status_code else "",
        also=tuple(dict.fromkeys(found[1:])),
    )


def diagnosis(diagnostic: str) -> str:
    """Return the Diagnostic-Code without its type (`smtp;`, `X-Postfix;`)."""
    kind, semicolon, words = diagnostic.partition(";")
    return words.strip() if semicolon and re.fullmatch(r"\s*[\w./-]{1,40}\s*", kind) else diagnostic


def _outcome(block: Block) -> DsnAction | None:
    word = re.match(r"[a-z]*", block.get("action", "").strip().lower())
    action = _ACTIONS.get(word.group()) if word else None
    if action is not None:
        return action
    first = block.get("status", "").strip()[:1]
    return {"2": DsnAction.DELIVERED, "4": DsnAction.DELAYED, "5": DsnAction.FAILED}.get(first)


def typed_address(value: str) -> str | None:
    r"""Return the mailbox in `rfc822; a@b.example`, `utf-8; \x{E9}@…`, `<a@b>` or `@relay:a@b`."""
    kind, semicolon, rest = value.rpartition(";")
    text = rest if semicolon else value
    if kind.strip().lower() == "utf-8":
        text = re.sub(r"\\x\{([0-9A-Fa-f]{2,6})\}", _character, text)
        text = text.strip().strip("<>")
        return (
            plain_address(text) if re.fullmatch(r"[^\s@<>]{1,128}@[^\s@<>]{1,253}", text) else None
        )
    return address_in(re.sub(r"@[\w.,@-]{1,300}:(?=\S)", "", text))


_HEX = re.compile(r"\+([0-9A-Fa-f]{2})")
_MUST_BE_HEX = re.compile(r"[^+]*(?:\+(?:2B|3D)[^+]*)+")
"""Only "+" and "=", which RFC 3461 §4 does not allow as they are."""


def _without_xtext(address: str, known: Collection[str]) -> str:
    """Return an Original-Recipient that was left in the encoding of ORCPT (RFC 3461 §4) decoded.

    "+2B" may also be typed in an address: what was written to, or failed under this name, stays.
    """
    theirs = {each.casefold() for each in known}
    decoded = _HEX.sub(lambda match: chr(int(match.group(1), 16)), address)
    if address.casefold() in theirs or address_in(decoded) != decoded:
        return address
    is_meant = decoded.casefold() in theirs or _MUST_BE_HEX.fullmatch(address)
    return decoded if is_meant else address


def _character(match: re.Match[str]) -> str:
    number = int(match.group(1), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "?"
