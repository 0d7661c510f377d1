"""What a launched campaign was launched with, and what its folder says otherwise since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from mailer.model.campaigns.campaign import PartnerTier
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.campaigns.campaign import Attachment, Campaign, Event, Partner, Step
    from mailer.model.campaigns.target import Target
    from mailer.model.mailings.mailing import MailingState

Facts = dict[str, str]
"""What a folder says about one step, by name; long values as a hash."""

FACT_NAMES: dict[str, Text] = {
    "event.starts_at": _("beginning of the event"),
    "event.ends_at": _("end of the event"),
    "event.venue": _("venue"),
    "event.address": _("address of the event"),
    "event.access": _("access to the event"),
    "event.name": _("name of the event"),
    "event.theme": _("theme of the event"),
    "event.translations": _("event in other languages"),
    "accreditation.deadline": _("accreditation deadline"),
    "accreditation.required": _("whether accreditation is required"),
    "accreditation.addresses": _("address for accreditations"),
    "embargo.until": _("embargo"),
    "title": _("title"),
    "step.leaves": _("hour of the step"),
    "step.to": _("lists of the step"),
    "step.only": _("who alone receives the step"),
    "step.unless": _("who does not receive the step"),
    "step.target": _("who is meant by the step"),
    "step.subject": _("subject"),
    "step.preheader": _("preheader"),
    "step.texts": _("text"),
    "step.added": _("step added"),
    "step.removed": _("step removed"),
    "files": _("images and attachments"),
    "press_contacts": _("press contacts"),
    "partners": _("partners"),
    "links": _("links"),
    "corrections": _("corrections"),
    "appearance": _("template, theme or language"),
}
HELD_FOR = (
    "event.starts_at",
    "event.ends_at",
    "event.venue",
    "event.address",
    "accreditation.deadline",
    "embargo.until",
)
"""Facts that must not be told wrongly: a step to come is held when the folder has others."""
_OF_STEP = "step."


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that the folder states otherwise than the launch. Both are empty for a long one.

    `step` is empty for a fact of the whole campaign.
    """

    fact: str
    step: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class LaunchedStep:
    """A step as it was launched. `local_time` is when it leaves, or left."""

    step: str
    state: MailingState
    local_time: datetime
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class SinceLaunch:
    """A launch, its steps, and what the folder says otherwise since."""

    campaign: str
    at: datetime
    by: str
    steps: tuple[LaunchedStep, ...]
    changes: tuple[FactChange, ...]

    @property
    def to_come(self) -> tuple[LaunchedStep, ...]:
        """The steps that have not begun. They leave as they were signed off."""
        return tuple(step for step in self.steps if step.is_to_come)


def facts_of(campaign: Campaign, step: Step) -> Facts:
    """Return what the folder says about a step, except when it leaves."""
    return {
        "title": campaign.title,
        **_event_facts(campaign.event),
        "accreditation.required": str(campaign.accreditation.required),
        "accreditation.deadline": written(campaign.accreditation.deadline),
        "accreditation.addresses": ", ".join(map(str, campaign.accreditation.addresses)),
        "embargo.until": written(campaign.embargo.until if campaign.embargo else None),
        **_lists_of_facts(campaign),
        "appearance": _hash(
            campaign.template,
            campaign.theme,
            campaign.images_url,
            campaign.language,
            campaign.place,
            step.template,
            step.kind,
            step.calendar,
        ),
        "step.to": ", ".join(step.to),
        "step.only": ", ".join(step.only),
        "step.unless": ", ".join(step.unless),
        "step.target": _target(step.target),
        "step.subject": step.subject,
        "step.preheader": step.preheader,
        "step.texts": _hash(
            *sorted(
                [str(key), each.text, each.subject, each.preheader]
                for key, each in step.contents.items()
            )
        ),
    }


def _target(target: Target) -> str:
    """Return a target as `campaign.toml` gives it: `beats = santé; most_per_week = 3`."""
    given = ((name, value) for name, value in asdict(target).items() if value)
    return "; ".join(
        f"{name} = {value if isinstance(value, int) else ', '.join(value)}" for name, value in given
    )


def launch_facts(campaign: Campaign, step: Step, *, leaves: datetime) -> Facts:
    """Return what a launch keeps of a step, to compare the folder with later."""
    return facts_of(campaign, step) | {"step.leaves": written(leaves)}


def changes_since(
    launched: Mapping[str, Mapping[str, str]], present: Mapping[str, Mapping[str, str]]
) -> tuple[FactChange, ...]:
    """Return how the present facts of each step differ from those of its launch.

    Facts of the whole campaign are told once. Only facts that the launch kept are compared.
    """
    found = [
        *(FactChange("step.added", step) for step in present if step not in launched),
        *(FactChange("step.removed", step) for step in launched if step not in present),
        *(
            change
            for step, facts in launched.items()
            if step in present
            for change in _changes_of(step, facts, present[step])
        ),
    ]
    order = list(FACT_NAMES)
    return tuple(sorted(dict.fromkeys(found), key=lambda change: order.index(change.fact)))


def _changes_of(
    step: str, facts: Mapping[str, str], present: Mapping[str, str]
) -> Iterator[FactChange]:
    for fact, old in facts.items():
        new = present.get(fact, "")
        if old == new or fact not in FACT_NAMES:
            continue
        of_step = step if fact.startswith(_OF_STEP) else ""
        is_hash = _is_hash(old) or _is_hash(new)
        yield FactChange(fact, of_step) if is_hash else FactChange(fact, of_step, old, new)


def is_of_step(fact: str) -> bool:
    """Return whether a fact may differ from step to step of one campaign."""
    return fact.startswith(_OF_STEP) or fact == "appearance"


def held_changes(launched: Mapping[str, str], present: Mapping[str, str]) -> Sequence[FactChange]:
    """Return the changes for which a step to come is held."""
    return [each for each in _changes_of("", launched, present) if each.fact in HELD_FOR]


def written(at: datetime | None) -> str:
    """Return an instant as it is written in `campaign.toml`: `2017-12-09 09:30`."""
    return at.strftime("%Y-%m-%d %H:%M") if at else ""


def _lists_of_facts(campaign: Campaign) -> Facts:
    contacts, partners, links = campaign.press_contacts, campaign.partners, campaign.links
    return {
        "press_contact.written": _contact_in_writing(campaign),
        "press_contacts": _hash(
            *(
                [
                    c.name,
                    c.address,
                    c.phone,
                    c.role,
                    c.organisation,
                    *_given(c.mobile),
                    c.translations,
                ]
                for c in contacts
            )
        ),
        "partners": _hash(
            *([p.name, p.role, p.url, p.logo, *_tier(p), p.translations] for p in partners)
        ),
        "links": _hash(*([link.label, link.url, link.group, link.translations] for link in links)),
        "corrections": _hash(*([c.what, c.old, c.new] for c in campaign.corrections)),
        "files": _hash(
            *([a.path, a.label, *_public(a)] for a in campaign.attachments),
            *sorted([name, _digest(content)] for name, content in campaign.files.items()),
        ),
    }


def _given(text: str) -> Sequence[str]:
    """Return a text that is given; an absent one leaves facts of older launches equal."""
    return (text,) if text else ()


def _public(attachment: Attachment) -> Sequence[bool]:
    """Return whether it is public if it is, so that facts of older launches stay equal."""
    return (True,) if attachment.is_public else ()


def _tier(partner: Partner) -> Sequence[str]:
    """Return a tier other than the usual one, so that facts of older launches stay equal."""
    return () if partner.tier is PartnerTier.PARTNER else (partner.tier,)


def _event_facts(event: Event | None) -> Facts:
    if event is None:
        return dict.fromkeys((fact for fact in FACT_NAMES if fact.startswith("event.")), "")
    return {
        "event.name": event.name,
        "event.theme": event.theme,
        "event.starts_at": _day_or_hour(event, event.starts_at),
        "event.ends_at": _day_or_hour(event, event.ends_at),
        "event.venue": event.venue,
        "event.address": event.address,
        "event.access": event.access,
        "event.translations": _hash(event.translations) if event.translations else "",
        # In full, for the old values of a correction; the hash above is what is compared.
        "event.translated": json.dumps(event.translations, sort_keys=True, default=dict)
        if event.translations
        else "",
    }


def _contact_in_writing(campaign: Campaign) -> str:
    """Return the first press contact, as a correction names the former one."""
    contact = next(iter(campaign.press_contacts), None)
    parts = (contact.name, contact.phone, str(contact.address or "")) if contact else ()
    return ", ".join(part for part in parts if part)


def _day_or_hour(event: Event, at: datetime | None) -> str:
    if at is None:
        return ""
    return written(at) if event.has_hour else at.date().isoformat()


_HASH_PREFIX = "sha256:"


def _hash(*values: object) -> str:
    """Return a hash of values that are too long to show, the same in every version of mailer."""
    return _digest(json.dumps(values, sort_keys=True, default=str).encode())


def _digest(content: bytes) -> str:
    return _HASH_PREFIX + hashlib.sha256(content).hexdigest()[:32]


def _is_hash(text: str) -> bool:
    return text.startswith(_HASH_PREFIX)
