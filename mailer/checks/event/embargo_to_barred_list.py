"""Is nothing under embargo sent to a list that must not receive it?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title

WHY = _("Who has not agreed to an embargo does not keep it.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for each list of `no_embargo_lists` in a step that leaves before the hour."""
    embargo = draft.campaign.embargo
    if embargo is None:
        return
    for planned in draft.plan:
        if planned.due_at >= embargo.until:
            continue
        for index, name in enumerate(planned.step.to):
            if name in draft.office.no_embargo_lists:
                yield error(
                    place_of(draft.campaign, step_key(draft.campaign, planned.step, f"to.{index}")),
                    what=_(
                        "The step “{step}” leaves under embargo to the list “{name}”, which"
                        " receives nothing under embargo.",
                        step=step_title(planned.step.id),
                        name=name,
                    ),
                    why=WHY,
                    remedy=_("Write to this list in a step after the embargo."),
                )
