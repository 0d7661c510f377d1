"""The page for those who sign off: one file with everything in it, to be read on a telephone too.

It holds nobody's name or address but those that every reader of the mail sees, asks nothing of
the network, and runs no script.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.model.drafts.finding import Finding, Severity
from mailer.pages.page import render_page
from mailer.pages.received import in_scheme, read_back
from mailer.wording import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailer.errors import Problem
    from mailer.model.drafts.accepted_finding import AcceptedFinding
    from mailer.pages.received import ReceivedMessage
    from mailer.preview.for_sign_off import StaticPreview, StaticVersion

LARGEST = 2_000_000
"""In bytes: what every mailbox and messenger still takes as a file."""
MARK = b'<meta name="generator" content="mailer preview --static">'
"""What tells a page of ours from another file of the same name."""
_IN_THE_FRAME = "default-src 'none'; style-src 'unsafe-inline'; img-src {images}"


@dataclass(frozen=True, slots=True)
class StaticPage:
    """The page. `has_pictures` is false when they would have made it too large."""

    content: bytes
    has_pictures: bool = True

    @property
    def is_too_large(self) -> bool:
        return len(self.content) > LARGEST


@dataclass(frozen=True, slots=True)
class _ShownFinding:
    """A finding in words. Those that would name somebody are empty."""

    severity: Severity
    check: str
    where: str
    what: str
    why: str
    remedy: str
    accepted: AcceptedFinding | None = None
    accepted_why: str = ""


@dataclass(frozen=True, slots=True)
class _FramedVersion:
    """A version, what was received of it, and its HTML for the frame."""

    id: str
    version: StaticVersion
    received: ReceivedMessage
    frame: str


def static_page(shown: StaticPreview, *, say: Callable[[Text], str], language: str) -> StaticPage:
    """Return the page, without pictures when it would be larger than `LARGEST` with them."""
    whole = StaticPage(_page(shown, say=say, language=language, has_pictures=True))
    if not whole.is_too_large:
        return whole
    plain = _page(shown, say=say, language=language, has_pictures=False)
    return StaticPage(plain, has_pictures=False)


def _page(
    shown: StaticPreview, *, say: Callable[[Text], str], language: str, has_pictures: bool
) -> bytes:
    findings = sorted(shown.findings, key=lambda each: list(Severity).index(each.severity))
    return render_page(
        "static_preview.html.j2",
        sheets=("page.css", "static_preview.css"),
        # A frame made of text in the page is bound by the page's policy too.
        policy="style-src 'unsafe-inline'; img-src data:",
        say=say,
        language=language,
        shown=shown,
        draft=shown.draft,
        versions=list(_framed(shown, has_pictures=has_pictures)),
        problems=[_said_problem(shown, each, say) for each in shown.draft.problems],
        findings=[_said(shown, each, say) for each in findings],
        zone=ZoneInfo(shown.draft.campaign.time_zone),
        remarks=sum(each.accepted is None for each in findings),
        has_pictures=has_pictures,
        mark=MARK.decode(),
        blocking=sum(each.severity is Severity.ERROR for each in findings)
        + len(shown.draft.problems),
    ).encode()


def _framed(shown: StaticPreview, *, has_pictures: bool) -> Iterator[_FramedVersion]:
    policy = _IN_THE_FRAME.format(images="data:" if has_pictures else "'none'")
    for number, version in enumerate(shown.versions, start=1):
        received = read_back(version.sample.message.raw)
        if not has_pictures:
            received.images.clear()
        html = in_scheme(received.shown(policy=policy), is_dark=False)
        yield _FramedVersion(f"m{number}", version, received, html)


def _said(shown: StaticPreview, found: Finding, say: Callable[[Text], str]) -> _ShownFinding:
    """Return a finding in words, without those words that name somebody on a list."""
    what, why, remedy = (
        shown.people.without(say(each)) for each in (found.what, found.why, found.remedy)
    )
    return _ShownFinding(
        found.severity,
        found.check,
        PurePath(found.where.file).name,
        what,
        why,
        remedy,
        accepted=found.accepted,
        accepted_why=shown.people.without(found.accepted.why) if found.accepted else "",
    )


def _said_problem(
    shown: StaticPreview, problem: Problem, say: Callable[[Text], str]
) -> _ShownFinding:
    return _said(
        shown,
        Finding("", Severity.ERROR, problem.where, problem.what, Text(""), problem.remedy),
        say,
    )
