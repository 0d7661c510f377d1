"""Who the office is: its name and address, its sender, its language, as the desk changes them.

They stand in the configuration, which each process reads when it starts. They are part of every
mail: a change voids the sign-off of what was not launched, and leaves what was launched as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from mailer.checks.sender.no_reply_sender import says_nobody_answers
from mailer.errors import ConfigError, Place, Problem, RuleError
from mailer.model.team.permission import Act, require, require_recent
from mailer.operations.campaigns.overviews.overview import CampaignState, overview
from mailer.wording import Text, _, as_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mailer.model.address import Address
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
    "unsubscribe.mailto": _("Who wants no more mail writes to"),
    "team.proofs": _("Test sends go to"),
    "team.notices": _("Alerts go to"),
}
"""What each key is called."""
_REQUIRED = ("office.name", "sender.from")


@dataclass(frozen=True, slots=True)
class Identity:
    """What readers see of the office, and to whom the program itself writes."""

    office: Office
    letterhead: Letterhead
    proofs: tuple[Address, ...] = ()
    notices: tuple[Address, ...] = ()

    def texts(self) -> Mapping[str, str]:
        """Return what a reader, or the team, would recognise as somebody else's."""
        box = self.letterhead
        return {
            "office.name": self.office.name,
            "office.postal_address": self.office.postal_address,
            "office.phone": self.office.phone,
            "office.website": self.office.website,
            "office.privacy_url": self.office.privacy_url,
            "sender.from": str(box.sender.address) if box.sender else "",
            "sender.reply_to": str(box.reply_to.address) if box.reply_to else "",
            "sender.return_path": box.return_path_domain,
            "sender.message_id_domain": box.message_id_domain,
            "sender.list_domain": box.list_domain,
            "unsubscribe.mailto": str(box.unsubscribe_mailto or ""),
            "team.proofs": ", ".join(map(str, self.proofs)),
            "team.notices": ", ".join(map(str, self.notices)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeIdentity:
    """The identity in the configuration. `used` is the one that this process goes by, and `example`
    that of a new workspace; `loaded` returns the one of a content, and raises ConfigError with
    every problem of it.
    """

    read: Callable[[], bytes]
    write: Callable[[bytes], None]
    is_writable: Callable[[], bool]
    fields_in: Callable[[bytes], dict[str, str]]
    rewrite: Callable[[bytes, Mapping[str, str]], bytes]
    loaded: Callable[[bytes], Identity]
    used: Identity
    example: Identity
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
            content = self.rewrite(stored, changed)
            if refused := [*_refusals(changed, now, shown), *self._problems(content, changed)]:
                raise RuleError(*refused)
            if not changed:
                return ()
            require_recent(actor, now=self.clock.now())
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

    def borrowed(self) -> tuple[Text, ...]:
        """Return what the office still has of the example's, by what it is called."""
        own, example = self.used.texts(), self.example.texts()
        return tuple(CALLED[key] for key, text in own.items() if text and text == example[key])

    def note_restart(self, *, actor: Actor) -> None:
        """Write into the journal who starts the desk again, so that it goes by what was changed."""
        require(actor, Act.CHANGE_OFFICE)
        now = self.clock.now()
        self.ledger.journal.add(at=now, actor=actor, action="restart-desk", subject="office")

    def _problems(self, content: bytes, changed: Mapping[str, str]) -> Iterator[Problem]:
        """Return what the configuration would lack, each at the field that it is about."""
        try:
            letterhead = self.loaded(content).letterhead
        except ConfigError as error:
            for problem in error.problems:
                about = [each for each in changed if f"{problem.where.key}.".startswith(f"{each}.")]
                # Whoever reads it is the one who keeps the configuration: nobody else corrects it.
                yield (
                    Problem(Place("", key=about[0]), problem.what, _("Correct this field."))
                    if about
                    else problem
                )
        else:
            yield from _unanswered(changed, letterhead)


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


def _unanswered(changed: Mapping[str, str], letterhead: Letterhead) -> Iterator[Problem]:
    """Return why replies would go to an address that nobody reads."""
    answered = letterhead.reply_to or letterhead.sender
    key = "sender.reply_to" if letterhead.reply_to else "sender.from"
    if changed.keys() & {"sender.reply_to", "sender.from"} and says_nobody_answers(
        answered.address.local
    ):
        what = _("The address {address} says that nobody answers.", address=answered.address)
        yield Problem(Place("", key=key), what, _("Write the address of the press office."))
