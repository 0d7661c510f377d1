"""Splits a mail into the notice and the returned message, for the detectors.

The notice (the mail system's own text) and the message it returns must be kept apart: the original
contains our own addresses, our own "unsubscribe" and sometimes the word "bounce".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mailer.addresses import address_in, addresses_in
from mailer.feedback.mail.parts import Headers, Limits, MimePart, SplitMail, split

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_REPORT_TYPES = _STATUS_TYPES | {
    "message/feedback-report",
    "message/disposition-notification",
    "message/global-disposition-notification",
}


_MAX_LINES = 1500
_MAX_LINE = 2000
_SPACES = re.compile(r"[ \t\xa0]++")


@dataclass(frozen=True)
class Mail:
    """One mail, with limits on what is read. Every property is computed at most once."""

    split: SplitMail

    @property
    def headers(self) -> Headers:
        return self.split.headers

    @property
    def report_type(self) -> str:
        """`report-type` of a multipart/report (RFC 6522 §3), in lower case."""
        return self.split.parameters.get("report-type", "").lower()

    def reports(self, *media_types: str) -> list[str]:
        """Return the machine-readable parts of these types that are not
        inside a returned message.
        """
        return [
            part.text
            for part in self.split.parts
            if part.media_type in media_types and not part.is_returned
        ]

    @property
    def status_reports(self) -> list[str]:
        """The delivery-status parts of this report."""
        return self.reports(*_STATUS_TYPES)

    @property
    def inner_status_reports(self) -> list[str]:
        """The delivery-status parts inside a returned message: a report
        that was itself forwarded.
        """
        return [
            part.text
            for part in self.split.parts
            if part.media_type in _STATUS_TYPES and part.is_returned
        ]

    @cached_property
    def text(self) -> str:
        """The text of the mail, with whatever is pasted or quoted below it."""
        texts = [part for part in self.split.parts if _is_notice(part)]
        plain = "\n".join(part.text for part in texts if part.media_type != "text/html")
        return plain if plain.strip() else "\n".join(part.text for part in texts)

    @cached_property
    def _texts(self) -> tuple[str, str]:
        """The notice, and the message pasted below it."""
        notice, pasted = split_notice(self.text)
        has_returned = pasted or any(part.is_returned for part in self.split.parts)
        return (notice, pasted) if has_returned else without_header(notice)

    @property
    def notice(self) -> str:
        """The sender's own text, without the returned message below it."""
        return self._texts[0]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the notice with spaces collapsed, up to a limit that no mail
        system needs to exceed.
        """
        lines = self.notice.split("\n", _MAX_LINES)[:_MAX_LINES]
        return tuple(_SPACES.sub(" ", line[:_MAX_LINE]).strip() for line in lines)

    @cached_property
    def addresses_by_line(self) -> tuple[frozenset[str], ...]:
        """For each line of `lines`, the addresses in it, case folded."""
        return tuple(
            frozenset(address.casefold() for address in addresses_in(line)) for line in self.lines
        )

    @cached_property
    def returned(self) -> Headers:
        """Header fields of the original message: from a part of its own, or from
        text below the notice.
        """
        candidates = [part.headers for part in self.split.parts if part.is_returned]
        candidates += [
            _fields(part.text) for part in self.split.parts if part.media_type in _HEADER_TYPES
        ]
        candidates.append(_fields(self._texts[1]))
        return next((headers for headers in candidates if _is_original(headers)), Headers())

    @property
    def returned_text(self) -> str:
        """The text below the notice, unparsed."""
        return self._texts[1]

    @cached_property
    def sender(self) -> str:
        """Address of this mail's author."""
        return address_in(" ".join(self.headers.all("from"))) or ""

    @cached_property
    def original_recipients(self) -> tuple[str, ...]:
        """Whom the original message was written to, as far as it is returned."""
        return tuple(addresses_in(" ".join(self.returned.all("to", "x-original-to"))))

    @cached_property
    def correspondents(self) -> frozenset[str]:
        """Who wrote this report, to whom, and who sent the original; not where it was delivered,
        which some systems fill with the recipient that failed.
        """
        there = self.returned.all("from", "return-path", "reply-to", "sender")
        texts = (*self.headers.all("to", "from"), *there)
        return frozenset(address for text in texts for address in addresses_in(text))

    @cached_property
    def sender_addresses(self) -> frozenset[str]:
        """Where this report was sent to, and the sender of the original: addresses of ours."""
        here = self.headers.all("to", "delivered-to", "x-original-to", "envelope-to")
        there = self.returned.all("from", "return-path", "reply-to", "sender")
        return frozenset(address for text in (*here, *there) for address in addresses_in(text))

    @cached_property
    def our_addresses(self) -> frozenset[str]:
        """Recipient and author of this mail, and sender of the original: they did not fail.

        One of them is taken for the address that failed only if no other is found.
        """
        here = self.headers.all("to", "delivered-to", "x-original-to", "envelope-to", "from")
        there = self.returned.all("from", "return-path", "reply-to", "sender")
        return frozenset(address for text in (*here, *there) for address in addresses_in(text))


_HEADER_TYPES = {"text/rfc822", "text/x-rfc822-headers", "application/rfc822-headers"}


def open_mail(raw: bytes, limits: Limits | None = None) -> Mail:
    """Parse any bytes as a mail. Never raises."""
    return Mail(split(raw, limits or Limits()))


def _is_notice(part: MimePart) -> bool:
    return (
        not part.is_returned
        and part.media_type.startswith("text/")
        and part.media_type not in _HEADER_TYPES
        and "attachment" not in part.headers.get("content-disposition").lower()[:20]
    )


# Lines below which the returned message starts. Matched at the start of a line, after any
# decoration (dashes, equals signs, stars, chevrons).
_SEPARATORS = tuple(
    """
    below this line is a copy of the message
    below is a copy of the original message
    this is a copy of the message
    this is a copy of your message
    original message
    message original
    le message d'origine
    message d'origine
    original mail
    unsent message
    failed message
    returned message
    message returned
    message headers follow
    message header follows
    message text follows
    message transcript
    header of message
    original headers
    original message header
    entetes du message d'origine
    en-tetes de message d'origine
    en-tetes du message d'origine
    en-tete du message
    copie du message
    the header of the original message is following
    the header of the original message
    the body of the message
    the original message follows
    the original message is
    original mail header
    original message follows
    message follows
    message header
    returned mail
    included is a copy of the message
    undelivered message
    bounced e-mail
    bounced message
    message contents
    the text you sent follows
    forwarded message
    begin of message
    start of message
    non-delivered message
    undeliverable message
    your message follows
    here is listed the initial part of the message
    the header and top
    ursprungliche nachricht
    mensaje original
    mensagem original
    messaggio originale
    """.strip().split("\n")
)
_SEPARATED = re.compile(
    r"(?m)^[ \t\-=_*#>~+]{0,80}+(?:\[<\d\d>\] )?(?:"
    + "|".join(re.escape(line.strip()).replace("'", "['’]") for line in _SEPARATORS)
    + r")\b[^\n]{0,60}$",
    re.IGNORECASE,
)
# A header field with which a message begins that was pasted below the notice.
_PASTED = re.compile(
    r"(?m)^(?:Return-Path|Received|DKIM-Signature|X-Received|Delivered-To|Authentication-Results"
    r"|ARC-Seal|X-Originating-IP|X-Google-Smtp-Source|X-Apparently-To"
    r"|X-Google-DKIM-Signature): ?\S",
    re.IGNORECASE,
)


# The line with which a notice announces the original: its words are not about the failure.
_ANNOUNCED = re.compile(
    r"(?m)^(?![^\n]*\b[45]\d\d\b)[^\n@]{0,40}?\b(?:headers?|lines|part|copy|text|en-?t[êe]tes?|lignes|copie|kopfzeilen?|kopie|zeilen"
    r"|cabeceras?|encabezados?|copia|intestazion[ei]|cabe[çc]alhos?|c[óo]pia|kopregels?)\b[^\n@]{0,60}"
    r"(?:below|follows?|listed|suivent|suit|dessous|folgen|folgt|unten|siguen|sigue|seguono|segue|abaixo|hieronder|volgen|volgt|:)[ .:=-]{0,40}\s*\Z",
    re.IGNORECASE,
)


def split_notice(text: str) -> tuple[str, str]:
    """Split the text into the notice and the message pasted below it."""
    positions = [position for position in [_pasted_at(text)] if position is not None]
    for match in _SEPARATED.finditer(text):
        if _is_separator(text, match):
            positions.append(match.start())
            break
    where = min(positions, default=len(text))
    announced = _ANNOUNCED.search(text, max(0, where - 200), where) if positions else None
    where = announced.start() if announced else where
    return text[:where], text[where:]


# Some name the original by its header in the middle of their notice, without a line that parts them.
_HEADER_BLOCK = re.compile(
    r"(?m)(?:^(?:From|To|Subject|Date|Message-I[dD]|Reply-To|Sender|Cc|In-Reply-To|References|MIME-Version"
    r"|Content-[\w-]{1,40}|X-[\w-]{1,40}|List-[\w-]{1,40}): ?[^\n]*\n(?:[ \t]+\S[^\n]*\n){0,8}){3,60}"
)
_HAS_SENDER = re.compile(r"(?m)^(?:From|Message-I[dD]): ?\S")


def without_header(text: str) -> tuple[str, str]:
    """Return the notice without the original's header in the middle of it, and that header: who
    sent the original, and the name of a message, failed nowhere. Two dashes are left for it.
    """
    for match in _HEADER_BLOCK.finditer(text):
        if _HAS_SENDER.search(match.group()):
            return f"{text[: match.start()]}\n--\n{text[match.end() :]}", match.group()
    return text, ""


def _pasted_at(text: str) -> int | None:
    """Return where a pasted message begins. A pasted report, which has no return path, is part of
    the notice: a gateway put its own words above it.
    """
    report_until = -1
    for match in _PASTED.finditer(text):
        if re.match(r"(?i)return-path: ?<>", text[match.start() : match.start() + 20]):
            report_until = text.find("\n\n", match.end())
        elif match.start() > report_until:
            return match.start()
    return None


def _is_separator(text: str, match: re.Match[str]) -> bool:
    """Return whether a matching line is a separator, and not a sentence that begins like one.

    A separator begins with signs such as `---`, or is short and followed by header fields.
    """
    line = match.group().strip()
    if re.match(r"[-=_*#>~+]{2}", line):
        return True
    below = text[match.end() : match.end() + 600]
    return len(line) < 75 and len(_HEADER_LINES.findall(below)) >= 2


_HEADER_LINES = re.compile(
    r"(?m)^[>\s]{0,4}(?:From|To|Subject|Date|Message-I[dD]|Received|MIME-Version|Return-[pP]ath"
    r"|X-[\w-]{1,40}|Content-[tT]ype|DKIM-Signature|Reply-To|Cc):"
)


def _fields(text: str) -> Headers:
    """Parse loose header fields in text, without quote prefixes; stops after the first block."""
    fields: list[tuple[str, str]] = []
    for line in _unquoted(text[:20_000].split("\n")):
        match = re.match(r"([A-Za-z][\w-]{0,60}):(?: |\t|$)?(.{0,4000})", line)
        if match:
            fields.append((match.group(1).lower(), match.group(2).strip()))
        elif line[:1] in {" ", "\t"} and line.strip() and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}"[:4000])
        elif len(fields) >= 3 and not line.strip():
            break
    return Headers(tuple(fields))


def _unquoted(lines: Iterable[str]) -> Iterable[str]:
    return (line.removeprefix("> ") for line in lines)


def _is_original(headers: Headers) -> bool:
    return any(name in headers for name in ("from", "message-id", "to", "subject"))
