"""Does a journalist know when to come?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, error, note
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.places import place_of
from mailer.checks.reading.texts.prose import PassagePart, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.hours import hours
from mailer.model.campaigns.campaign import CampaignKind

_DAY_IS_ENOUGH = frozenset({CampaignKind.SAVE_THE_DATE, CampaignKind.FOLLOW_UP})

_TAKES_PLACE = matches(in_any_language(lambda phrases: phrases.takes_place))

WHY = _("Day and hour are what a newsroom looks for first.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield an error if the event has no day or no hour, or an invitation has no event.

    A save-the-date and a follow-up need only the day. A press release without event facts gets a
    note if its text says that something takes place, and gives no hour.
    """
    event = draft.campaign.event
    if event is None:
        if draft.campaign.kind in {CampaignKind.ADVISORY, CampaignKind.SAVE_THE_DATE}:
            yield error(
                place_of(draft.campaign, "event"),
                what=_("The invitation names no event."),
                why=_("Nobody can come to an event without a date, an hour and a place."),
                remedy=_(
                    "Fill in {facts}.",
                    facts=(
                        FactKey("event.name"),
                        FactKey("event.starts_at"),
                        FactKey("event.venue"),
                    ),
                ),
            )
        yield from _takes_place_without_hour(draft)
    elif event.starts_at is None:
        yield error(
            place_of(draft.campaign, "event.starts_at"),
            what=_("The event has no date."),
            why=WHY,
            remedy=_("Fill in {fact}.", fact=FactKey("event.starts_at", "2017-12-09 09:30")),
        )
    elif not event.has_hour and draft.campaign.kind not in _DAY_IS_ENOUGH:
        yield error(
            place_of(draft.campaign, "event.starts_at"),
            what=_("The event has a day and no hour."),
            why=WHY,
            remedy=_(
                "Fill in {fact}.",
                fact=FactKey("event.starts_at", f"{event.starts_at:%Y-%m-%d} 09:30"),
            ),
        )


def _takes_place_without_hour(draft: Draft) -> Findings:
    """Yield a note for a press release whose text says that something takes place, but not when."""
    if draft.campaign.kind is not CampaignKind.PRESS_RELEASE:
        return
    for passage in messages(draft):
        found = _TAKES_PLACE.search(without_quotations(passage.text))
        if found and passage.part is PassagePart.TEXT and not any(hours(passage.text)):
            yield note(
                passage.at(found.start()),
                what=_("“{words}”, and the text gives no hour.", words=found[0]),
                why=WHY,
                remedy=_("Write the day and the hour, if newsrooms may come."),
            )
