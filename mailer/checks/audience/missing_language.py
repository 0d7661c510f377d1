"""Does everybody get the message in their language?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, TextFile, _, _n, error, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.campaign import Step

WHY = _("They would receive nothing.")
SOURCE = sources.LANGUAGE_OF_PARTS
READS_AUDIENCES = True


def check(draft: Draft) -> Findings:
    """Yield a finding for each language of a step’s readers that has no version.

    It is an error if they would get nothing, and a warning if they would get the main text.
    """
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        if audience is None:
            continue
        left_out = audience.excluded_count.get(ExclusionReason.NO_VARIANT, 0)
        if left_out and not draft.problems:  # otherwise an unreadable text is the cause
            yield error(
                place_of(draft.campaign, step_key(draft.campaign, planned.step, "id")),
                what=_n(
                    "The step “{step}” has no text at all for {count} reader.",
                    "The step “{step}” has no text at all for {count} readers.",
                    count=left_out,
                    step=step_title(planned.step.id),
                ),
                why=WHY,
                remedy=_(
                    "Write {file}, which serves whoever has no other version.",
                    file=TextFile(_file(planned.step, "")),
                ),
            )
        for language, count in sorted(audience.languages_without_version.items()):
            yield warning(
                place_of(draft.campaign, step_key(draft.campaign, planned.step, "id")),
                what=_n(
                    "The step “{step}” has {count} reader in “{language}” and no text for them.",
                    "The step “{step}” has {count} readers in “{language}” and no text for them.",
                    count=count,
                    step=step_title(planned.step.id),
                    language=language,
                ),
                why=_("They would get the text in the language of the campaign."),
                remedy=_(
                    "Write {file} beside the main text.",
                    file=TextFile(_file(planned.step, language)),
                ),
            )


def _file(step: Step, language: str) -> str:
    """Return the file name of a version, such as `announcement.en.md` beside `announcement.md`."""
    file = next((content.file for content in step.contents.values()), step.id)
    stem = file.rpartition("/")[2].partition(".")[0]
    return f"{stem}.{language}.md" if language else f"{stem}.md"
