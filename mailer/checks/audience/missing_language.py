"""Does everybody get the message in their language?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mailer.checks.reading.places import place_of, step_key
from mailer.model.audience import ExclusionReason
from mailer.model.finding import Finding, Severity
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaign import Step
    from mailer.model.draft import Draft

NAME = "missing-language"


def check(draft: Draft) -> Iterator[Finding]:
    """Each language of a step’s readers has a version; without one they get the main text."""
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        if audience is None:
            continue
        left_out = sum(each.reason is ExclusionReason.NO_VARIANT for each in audience.exclusions)
        if left_out and not draft.problems:  # else a text that cannot be read is the cause
            yield Finding(
                NAME,
                Severity.ERROR,
                place_of(draft.campaign, step_key(draft.campaign, planned.step, "id")),
                _n(
                    "The step “{step}” has no text at all for {count} reader.",
                    "The step “{step}” has no text at all for {count} readers.",
                    count=left_out,
                    step=planned.step.id,
                ),
                _("They would receive nothing."),
                _(
                    "Write {file}, which serves whoever has no other version.",
                    file=_file(planned.step, ""),
                ),
            )
        strangers = Counter(
            person.contact.language
            for person in audience.recipients
            if person.contact.language and person.contact.language != person.variant.language
        )
        for language, count in sorted(strangers.items()):
            yield Finding(
                NAME,
                Severity.WARNING,
                place_of(draft.campaign, step_key(draft.campaign, planned.step, "id")),
                _n(
                    "The step “{step}” has {count} reader in “{language}” and no text for them.",
                    "The step “{step}” has {count} readers in “{language}” and no text for them.",
                    count=count,
                    step=planned.step.id,
                    language=language,
                ),
                _("They would get the text in the language of the campaign."),
                _("Write {file} beside the main text.", file=_file(planned.step, language)),
            )


def _file(step: Step, language: str) -> str:
    """`announcement.en.md` for a step whose text is `announcement.md`."""
    file = next((content.file for content in step.contents.values()), step.id)
    stem = file.rpartition("/")[2].partition(".")[0]
    return f"{stem}.{language}.md" if language else f"{stem}.md"
