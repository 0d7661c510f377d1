"""Compiles what the press room shows of a version: the same text and facts as its message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailer.model.campaigns.press_lists import is_of_press
from mailer.model.campaigns.release import (
    Release,
    ReleaseChange,
    ReleaseContact,
    ReleaseFact,
    ReleaseFile,
    ReleaseLink,
    ReleasePicture,
)
from mailer.publication.press_codes import code_of
from mailer.wording import Text, _, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from gettext import NullTranslations

    from mailer.model.campaigns.campaign import Campaign, Step, VariantKey

_SUMMARY_LENGTH = 300


def is_public(campaign: Campaign, step: Step, variant: VariantKey) -> bool:
    """Return whether the press room shows this version: of the step that is public, the text for
    the press, and none for readers who are accredited or hold a later version.
    """
    rules = campaign.press_room
    if rules is None or step.id not in rules.steps:
        return False
    return variant == public_variant(step, variant)


def public_variant(step: Step, variant: VariantKey) -> VariantKey:
    """Return the variant of the step whose text is for the press, in the language of `variant`."""
    press = (replace(variant, list=name) for name in step.to if is_of_press(name))
    return next((each for each in press if each in step.contents), replace(variant, list=""))


def public_from(campaign: Campaign) -> datetime | None:
    """Return the instant before which nothing of a campaign is public; None without one."""
    given = (
        campaign.embargo.until if campaign.embargo else None,
        campaign.press_room.since if campaign.press_room else None,
    )
    return max((each for each in given if each is not None), default=None)


def make_release(  # noqa: PLR0913 - the parts of a document, each by its name
    campaign: Campaign,
    values: Mapping[str, Any],
    *,
    headline: str,
    lead: str,
    body: str,
    text: str,
    summary: str,
    pictures: tuple[ReleasePicture, ...],
    files: tuple[ReleaseFile, ...],
    left_out: int,
    translations: NullTranslations,
) -> Release:
    """Return the release with its code. `values` are those of `campaign_values`."""

    def told(sentence: Text) -> str:
        return say(sentence, translations)

    shows = values["show"]
    release = Release(
        language=values["language"],
        kind=values["campaign"]["kind"],
        label=values["kind"],
        dateline=values["dateline"],
        headline=headline,
        lead=lead,
        body=body,
        text=text,
        summary=_shortened(summary),
        facts=tuple(_facts(values["event"], told)) if shows["event"] else (),
        withdrawn=tuple(_withdrawn(values["event"], told)) if shows["withdrawn"] else (),
        changes=tuple(
            ReleaseChange(each["label"], each["old"], each.get("new", ""))
            for each in values.get("corrections", ())
        ),
        accreditation=told(_accreditation(values["accreditation"]))
        if shows["accreditation"]
        else "",
        accreditation_addresses=tuple(values["accreditation"].get("addresses", ()))
        if shows["accreditation"]
        else (),
        partners=tuple(
            ReleaseLink(each["name"], each.get("url", ""), each.get("role", ""))
            for each in values["partners"]
        ),
        links=tuple(ReleaseLink(each["label"], each["url"]) for each in values["links"]),
        contacts=tuple(map(_contact, values["press_contacts"])),
        pictures=pictures,
        files=files,
        left_out=left_out,
        public_from=public_from(campaign),
    )
    return replace(release, code=code_of(release))


def _facts(event: Mapping[str, Any], told: Callable[[Text], str]) -> Iterator[ReleaseFact]:
    named = (
        (_("Date"), "date"),
        (_("Time"), "hours"),
        (_("Place"), "place"),
        (_("Access"), "access"),
    )
    for label, name in named:
        if event.get(name):
            yield ReleaseFact(told(label), event[name])


def _withdrawn(event: Mapping[str, Any], told: Callable[[Text], str]) -> Iterator[ReleaseFact]:
    yield ReleaseFact(told(_("Event")), event["name"])
    yield from (each for each in _facts({**event, "access": ""}, told))


def _accreditation(rules: Mapping[str, Any]) -> Text:
    if rules.get("deadline"):
        return _(
            "Accreditation is compulsory; please ask for it before {deadline}.",
            deadline=rules["deadline"],
        )
    return _("Accreditation is compulsory; please ask for it in advance.")


def _contact(values: Mapping[str, Any]) -> ReleaseContact:
    return ReleaseContact(
        name=values["name"],
        role=values.get("role", ""),
        organisation=values.get("organisation", ""),
        address=values.get("email", ""),
        phone=values.get("phone", ""),
        dialled=values.get("tel", ""),
    )


def _shortened(text: str) -> str:
    """Return the first words of a text, for lists and feeds."""
    line = " ".join(text.split(" ")).strip()
    if len(line) <= _SUMMARY_LENGTH:
        return line
    return f"{line[:_SUMMARY_LENGTH].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
