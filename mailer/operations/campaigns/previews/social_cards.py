"""Make the cards that an office posts about a campaign on social networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.labels import step_title
from mailer.model.press_room.social_card import NETWORKS, SocialCard
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.drafts.draft import Draft, PlannedStep
    from mailer.model.mailings.message import CompiledMessage, Embedded
    from mailer.operations.campaigns.drafts.drafts import Drafts


def social_cards(
    reference: str, *, step: str = "", version: str = "", drafts: Drafts
) -> tuple[SocialCard, ...]:
    """Return a card for each language of a step, by default of the first; `version` names one.

    They say what everybody is told, in the words of the mail: what a condition shows to some
    readers only is left out. Sends and changes nothing. Raises ContentError when the step has no
    text that can be compiled.
    """
    draft = drafts.draft(reference)
    planned = next((it for it in draft.plan if it.step.id == step), None)
    if planned is None and not step and draft.plan:
        planned = draft.plan[0]
    if planned is None:
        raise ContentError(_no_such_step(draft, step))
    if planned.step.only or planned.step.on:
        raise ContentError(_for_some_only(draft, planned))
    cards = tuple(
        _card(draft, planned, draft.messages[planned.step.id, variant])
        for variant in sorted(planned.step.contents)
        if (planned.step.id, variant) in draft.messages
        and (str(variant) == version if version else not variant.list)
    )
    if not cards:
        raise ContentError(*draft.problems or (_no_such_step(draft, step),))
    return cards


def _card(draft: Draft, planned: PlannedStep, message: CompiledMessage) -> SocialCard:
    # It brings lxml, which a twentieth of a second of every other command need not wait for.
    from mailer.render.social import card_words, post  # noqa: PLC0415 - as said

    words = card_words("".join(piece for piece in message.html if isinstance(piece, str)))
    title = words.title or message.subject_text
    link = _press_room(draft.campaign, message.language) or draft.office.website
    embargo = draft.campaign.embargo
    not_before = max(planned.due_at, embargo.until) if embargo else planned.due_at
    return SocialCard(
        step=planned.step.id,
        language=message.language,
        title=title,
        summary=words.summary,
        link=link,
        posts=tuple(
            post(network, title=title, summary=words.summary, link=link) for network in NETWORKS
        ),
        not_before=not_before,
        is_embargoed=not_before > planned.due_at,
        picture=_picture(message, words.picture_id),
        alternative_text=words.alternative_text,
    )


def _press_room(campaign: Campaign, language: str) -> str:
    """Return the address of the press room, where the whole release can be read."""
    rooms = (it for it in campaign.links if it.group == "press-room")
    return next((it.translations.get(language, {}).get("url", it.url) for it in rooms), "")


def _picture(message: CompiledMessage, content_id: str) -> Embedded | None:
    return next((it for it in message.embedded if content_id and it.content_id == content_id), None)


def _for_some_only(draft: Draft, planned: PlannedStep) -> Problem:
    return Problem(
        Place(draft.campaign.file, planned.step.line),
        _(
            "“{step}” is written to those who have answered, not to everybody",
            step=step_title(planned.step.id),
        ),
        _("Post about the announcement instead."),
    )


def _no_such_step(draft: Draft, step: str) -> Problem:
    known = ", ".join(it.step.id for it in draft.plan)
    return Problem(
        Place(draft.campaign.file),
        _("there is no step “{step}” to post about", step=step),
        _("Name one of the steps: {known}.", known=known),
    )
