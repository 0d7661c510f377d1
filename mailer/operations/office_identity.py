"""Who the office is: its name and address, its sender, its language, as the desk changes them.

They stand in the configuration, which each process reads when it starts. They are part of every
mail: a change voids the sign-off of what was not launched, and leaves what was launched as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from mailer.checks.sender.no_reply_sender import says_nobody_answers
from mailer.errors import Place, Problem, RuleError
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.overviews.overview import CampaignState, overview
from mailer.wording import Text, _, as_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mailer.model.campaigns.office import Office
    from mailer.model.mailings.message import Letterhead
    from mailer.model.team.actor import Actor
    from mailer.ports import Clock, Ledger

CALLED: Mapping[str, Text] = {
    "office.name": _("Name of the office"),
    "office.postal_address": _("Postal address, at the foot of each mail"),
    "office.phone": _("Telephone"),
    "office.website": _("Public site"),
    "office.privacy_url": _("Page on personal data"),
    "office.language": _("Language of campaigns that name none"),
    "sender.from": _("Sender"),
    "sender.reply_to": _("Replies go to"),
    "sender.return_path": _("Domain to which bounces return"),
    "sender.message_id_domain": _("Domain of message ids"),
    "sender.list_domain": _("Domain of list ids"),
}
"""What each key is called."""
_OF_THE_EXAMPLE = ("office.name", "office.postal_address", "sender.from", "sender.reply_to")
_REQUIRED = ("office.name", "sender.from")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeIdentity:
    """The identity in the configuration. `used` is the one that this process goes by; `loaded`
    returns the one of a content, and raises ConfigError with every problem of it.
    """

    read: Callable[[], bytes]
    write: Callable[[bytes], None]
    is_writable: Callable[[], bool]
    fields_in: Callable[[bytes], dict[str, str]]
    rewrite: Callable[[bytes, Mapping[str, str]], bytes]
    loaded: Callable[[bytes], tuple[Office, Letterhead]]
    used: tuple[Office, Letterhead]
    example: Mapping[str, str]
    ledger: Ledger
    clock: Clock
    _writing: Lock = field(default_factory=Lock)

    def fields(self) -> dict[str, str]:
        """Return what the configuration says now."""
        return self.fields_in(self.read())

    def is_in_use(self) -> bool:
        """Return whether this process goes by what the configuration says now."""
        return self.loaded(self.read()) == self.used

    def change(
        self, typed: Mapping[str, str], *, shown: Mapping[str, str], actor: Actor
    ) -> tuple[str, ...]:
        """Write the fields that differ from what the form has `shown`, and return their keys.

        Raises RuleError with the refusals of each field, also of one that somebody has changed
        since it was shown, ProofNeeded, and ConfigError with what the configuration would lack.
        """
        require(actor, Act.CHANGE_OFFICE)
        with self._writing:
            stored = self.read()
            now = self.fields_in(stored)
            wanted = {key: typed[key] for key in now if typed.get(key, "") != shown.get(key, "")}
            changed = {key: text for key, text in wanted.items() if text != now[key]}
            if refused := [*_refusals(changed, now, shown)]:
                raise RuleError(*refused)
            if not changed:
                return ()
            require_recent(actor, now=self.clock.now())
            content = self.rewrite(stored, changed)
            _office, letterhead = self.loaded(content)
            _require_answered(changed, letterhead)
            # The line first: a change that nobody finds in the journal would be worse than a line
            # whose change was cut off, which is made by sending the form again.
            names = tuple(CALLED[key] for key in changed)
            self.ledger.journal.add(
                at=self.clock.now(),
                actor=actor,
                action="change-office",
                subject="office",
                detail=as_note(Text("{names}", {"names": names})),
            )
            self.write(content)
        return tuple(changed)


def signed_in_preparation(names: Sequence[str], *, ledger: Ledger) -> list[str]:
    """Return the campaigns that were signed off and not launched: their sign-offs go."""
    lines = overview(names, ledger=ledger)
    drafts = [line.slug for line in lines if line.state is CampaignState.DRAFT]
    decided = ledger.mailings.sign_offs_of(drafts)
    return [
        slug
        for slug, decisions in decided.items()
        if any(not each.refused_because for each in decisions)
    ]


def bears_the_example(
    office: Office, letterhead: Letterhead, example: Mapping[str, str]
) -> tuple[Text, ...]:
    """Return what the office still has of the example's, by what it is called."""
    boxes = {"sender.from": letterhead.sender, "sender.reply_to": letterhead.reply_to}
    own = {
        "office.name": office.name,
        "office.postal_address": office.postal_address,
        **{key: box and str(box.address) for key, box in boxes.items()},
    }
    return tuple(
        CALLED[key]
        for key in _OF_THE_EXAMPLE
        if own[key] and example[key] and own[key] in (example[key], _address(example[key]))
    )


def _address(mailbox: str) -> str:
    return mailbox.rpartition("<")[2].rstrip(">")


def _refusals(
    changed: Mapping[str, str], now: Mapping[str, str], shown: Mapping[str, str]
) -> Iterator[Problem]:
    for key, text in changed.items():
        if now[key] != shown.get(key, ""):
            what = _("somebody has changed this meanwhile: it says “{value}”", value=now[key])
            yield Problem(Place("", key=key), what, _("Save again if yours is right."))
        elif not text and key in _REQUIRED:
            what = _("readers have to know who writes to them")
            yield Problem(Place("", key=key), what, _("Fill in this field."))


def _require_answered(changed: Mapping[str, str], letterhead: Letterhead) -> None:
    """Raise RuleError when replies would go to an address that nobody reads."""
    answered = letterhead.reply_to or letterhead.sender
    key = "sender.reply_to" if letterhead.reply_to else "sender.from"
    if changed.keys() & {"sender.reply_to", "sender.from"} and says_nobody_answers(
        answered.address.local
    ):
        what = _("The address {address} says that nobody answers.", address=answered.address)
        raise RuleError(
            Problem(Place("", key=key), what, _("Write the address of the press office."))
        )
