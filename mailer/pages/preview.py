"""The preview page: every e-mail of a draft as it would be received, before anything is sent.

A folder of files that can be read without a network: the page, one frame for each message with and
without images, and the messages themselves.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.host.atomic_write import make_private_folder, write_private
from mailer.model.drafts.finding import Severity
from mailer.pages.page import render_page
from mailer.pages.received import in_scheme, read_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mailer.model.campaigns.audience import Audience, ExclusionReason
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import Addressee
    from mailer.model.drafts.draft import Draft, PlannedStep, Sample
    from mailer.model.drafts.finding import Finding
    from mailer.pages.received import ReceivedMessage
    from mailer.wording import Text

_WITH_IMAGES = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; "
    "form-action 'none'"
)
_WITHOUT_IMAGES = _WITH_IMAGES.replace("img-src data:", "img-src 'none'")


@dataclass(frozen=True, slots=True)
class _ShownMessage:
    """A sample with its files and the id of its section."""

    id: str
    sample: Sample
    received: ReceivedMessage
    frame: str
    frame_in_the_dark: str
    frame_without_images: str
    eml: str


@dataclass(frozen=True, slots=True)
class _ShownVersion:
    """One variant of a step: its lists, the number of its recipients, and samples."""

    variant: VariantKey
    lists: tuple[str, ...]
    count: int
    samples: tuple[_ShownMessage, ...]


@dataclass(frozen=True, slots=True)
class _ShownStep:
    """A planned step with its variants and audience; `reasons` counts exclusions by reason."""

    planned: PlannedStep
    audience: Audience[Addressee]
    reasons: Mapping[ExclusionReason, int]
    versions: tuple[_ShownVersion, ...]


def write_preview(
    folder: Path,
    *,
    draft: Draft,
    samples: Sequence[Sample],
    findings: Sequence[Finding],
    say: Callable[[Text], str],
    language: str,
) -> Path:
    """Write the preview into `folder` and return its page, `index.html`.

    Files of an earlier preview are replaced. The page shows the bytes of the messages, sends
    nothing, fetches nothing, and runs no script.
    """
    for name in ("frames", "eml"):
        shutil.rmtree(folder / name, ignore_errors=True)
        make_private_folder(folder / name)
    shown = [_write(folder, number, sample) for number, sample in enumerate(samples, start=1)]
    steps = [_step(planned, draft, shown) for planned in draft.plan]
    first = next((s.id for step in steps for v in step.versions for s in v.samples), "")
    page = folder / "index.html"
    write_private(
        page,
        render_page(
            "preview.html.j2",
            sheets=("page.css", "preview.css"),
            rules="".join(_highlight_rules(shown, first)),
            policy="frame-src 'self'",
            say=say,
            language=language,
            draft=draft,
            steps=steps,
            first=first,
            findings=sorted(
                findings,
                key=lambda each: (each.accepted is not None, list(Severity).index(each.severity)),
            ),
            remarks=sum(finding.accepted is None for finding in findings),
            blocking=sum(finding.severity is Severity.ERROR for finding in findings)
            + len(draft.problems),
        ).encode(),
    )
    return page


def _write(folder: Path, number: int, sample: Sample) -> _ShownMessage:
    received = read_back(sample.message.raw)
    stem = re.sub(r"[^\w.-]+", "-", f"{number:02}-{sample.step}.{sample.variant}")
    shown = _ShownMessage(
        id=f"m{number}",
        sample=sample,
        received=received,
        frame=f"frames/{stem}.html",
        frame_in_the_dark=f"frames/{stem}.dark.html",
        frame_without_images=f"frames/{stem}.no-images.html",
        eml=f"eml/{stem}.eml",
    )
    write_private(folder / shown.eml, sample.message.raw)
    whole = received.shown(policy=_WITH_IMAGES)
    without_images = received.shown_without_images(policy=_WITHOUT_IMAGES)
    for name, html, is_dark in (
        (shown.frame, whole, False),
        (shown.frame_in_the_dark, whole, True),
        (shown.frame_without_images, without_images, False),
    ):
        write_private(folder / name, in_scheme(html, is_dark=is_dark).encode("utf-8-sig"))
    return shown


def _highlight_rules(shown: Sequence[_ShownMessage], first: str) -> Iterator[str]:
    """Yield CSS rules that highlight the shown message in the list of messages."""
    for each in shown:
        is_shown = f":has(#{each.id}:target)"
        if each.id == first:
            is_shown = f":is({is_shown}, :not(:has(.message:target)))"
        yield f'body{is_shown} nav a[href="#{each.id}"] {{ background: var(--accent-soft); font-weight: 650; }}\n'


def _step(planned: PlannedStep, draft: Draft, shown: Sequence[_ShownMessage]) -> _ShownStep:
    step, language = planned.step, draft.campaign.language
    audience = draft.audiences[step.id]
    own = {variant.list for variant in step.contents}
    return _ShownStep(
        planned,
        audience,
        Counter(exclusion.reason for exclusion in audience.exclusions),
        tuple(
            _ShownVersion(
                variant,
                lists=tuple(
                    name
                    for name in step.to
                    if name == variant.list or (not variant.list and name not in own)
                ),
                count=sum(recipient.variant == variant for recipient in audience.recipients),
                samples=tuple(
                    each
                    for each in shown
                    if (each.sample.step, each.sample.variant) == (step.id, variant)
                ),
            )
            for variant in sorted(
                step.contents, key=lambda key: (key.list, key.language != language, key)
            )
        ),
    )
