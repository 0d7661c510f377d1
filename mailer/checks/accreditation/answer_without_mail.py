"""Is everybody who answers told what became of it?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, warning
from mailer.checks.reading.texts.places import place_of

WHY = _("Whoever answers hears nothing, asks again, or does not come.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield a warning for the places without a mail that confirms them, and for a waiting list
    without one that tells who is on it.

    A step for the accredited that leaves later confirms a place as well.
    """
    rules = draft.campaign.accreditation
    if not rules.required:
        return
    told = {state for planned in draft.plan for state in (planned.step.on, *planned.step.only)}
    if told.isdisjoint({"accepted", "accredited"}):
        yield warning(
            place_of(draft.campaign, "accreditation.required"),
            what=_("No step tells the accredited that they are."),
            why=WHY,
            remedy=_(
                "Add one under {table}, with {fact}.",
                table=FactKey("steps"),
                fact=FactKey("steps.on", "accepted"),
            ),
        )
    if rules.has_quota and "waiting" not in told:
        yield warning(
            place_of(
                draft.campaign,
                "accreditation.total" if rules.total is not None else "accreditation.per_outlet",
            ),
            what=_("There is a quota, and no step tells who is on the waiting list."),
            why=_("They would learn at the door that there is no place for them."),
            remedy=_(
                "Add one under {table}, with {fact}.",
                table=FactKey("steps"),
                fact=FactKey("steps.on", "waiting"),
            ),
        )
