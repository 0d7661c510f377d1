"""The tables of `config.toml` that belong to the program as a whole.

A part with settings of its own declares them beside itself; these are the others.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from mailer.addresses import read_address, read_mailbox
from mailer.errors import Unreadable
from mailer.files.campaigns.shape import AddressText, Language, Slug, Zone
from mailer.model.address import Address, Mailbox
from mailer.model.person import Person, Role
from mailer.model.secret import Secret
from mailer.providers.registry import PROVIDERS, names, post_readers, provider_named
from mailer.wording import _

NOBODY = Mailbox(Address("press", "mailer.invalid"))
"""Who writes while nobody is configured: an address that cannot exist."""


def _mailbox(value: object) -> Mailbox:
    if not isinstance(value, str):
        raise Unreadable(_("A text between quotes is expected here."))
    return read_mailbox(value)


def _domain(text: str) -> str:
    return read_address(f"x@{text}").domain if text else ""


def _bar(text: str) -> str:
    """An entry of the allow-list: one address as its key, or a domain as `@domain`."""
    if "@" in text.removeprefix("@"):
        return read_address(text).key
    domain = text.removeprefix("@")
    return f"@{read_address(f'x@{domain}').domain}"


def _https(text: str) -> str:
    if text and not re.fullmatch(r"https://[^\s/]+(/\S*)?", text):
        raise Unreadable(_("“{text}” is not an address that begins with https://.", text=text))
    return text.rstrip("/")


def _person_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", text):
        raise Unreadable(
            _("“{text}” is not an id: small letters without accents, figures, . _ -", text=text)
        )
    return text


def _name(text: str) -> str:
    if not (name := " ".join(text.split())):
        raise Unreadable(_("A name is expected here."))
    return name


def _roles(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles:
        raise Unreadable(_("At least one role is expected here."))
    return roles


def _provider(name: str) -> str:
    if provider_named(name) is None:
        raise _unknown(name, names())
    return name


def _reporting(name: str) -> str:
    with_webhook = tuple(post_readers())
    if name and name not in with_webhook:
        raise _unknown(name, with_webhook)
    return name


def _unknown(name: str, known: tuple[str, ...]) -> PydanticCustomError:
    """As pydantic refuses what is not among the values of a `Literal`."""
    expected = ", ".join(map(repr, known))
    return PydanticCustomError("literal_error", "not {expected}: " + name, {"expected": expected})


ProviderName = Annotated[str, AfterValidator(_provider)]
MailboxText = Annotated[Mailbox, PlainValidator(_mailbox)]
Domain = Annotated[str, AfterValidator(_domain)]
Url = Annotated[str, AfterValidator(_https)]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=1)]
Limit = Annotated[int, Field(ge=0)]
PersonId = Annotated[str, AfterValidator(_person_id)]
Name = Annotated[str, AfterValidator(_name)]
Roles = Annotated[tuple[Role, ...], AfterValidator(_roles)]


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """`[office]`: see `Office`."""

    name: str = ""
    postal_address: str = ""
    language: Language = "fr"
    time_zone: Zone = "Europe/Paris"
    phone: str = ""
    website: str = ""
    privacy_url: str = ""
    theme: Slug = ""


@dataclass(frozen=True, slots=True)
class SenderSettings:
    """`[sender]`: the names and domains in a message's head."""

    from_: Annotated[MailboxText, Field(alias="from")] = NOBODY
    reply_to: MailboxText | None = None
    return_path: Domain = ""
    message_id_domain: Domain = ""
    list_domain: Domain = ""


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """`[transport]`: the way mail leaves, and whom it may reach."""

    backend: ProviderName = PROVIDERS[0].name
    production: bool = False
    allow_list: tuple[Annotated[str, AfterValidator(_bar)], ...] = ()
    folder: str = "var/outbox"

    def allows(self, address: Address) -> bool:
        """Whether a message to `address` may leave this machine."""
        return (
            self.production
            or address.key in self.allow_list
            or f"@{address.domain}" in self.allow_list
        )


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """`[ledger]`: a file of the workspace, or the URL of a database, which may hold a password."""

    url: str = field(default="var/ledger.db", repr=False)

    def url_in(self, workspace: Path) -> str:
        """As SQLAlchemy wants it; a file is relative to the workspace."""
        scheme, separator, path = self.url.partition(":///")
        if separator and scheme == "sqlite":
            return f"sqlite:///{workspace / path}"
        if "://" in self.url:
            return self.url
        return f"sqlite:///{workspace / self.url}"


@dataclass(frozen=True, slots=True)
class UnsubscribeSettings:
    """`[unsubscribe]`: the first key signs, all are accepted, so that keys can be changed."""

    base_url: Url = ""
    mailto: AddressText | None = None
    keys: tuple[Secret, ...] = ()
    host: str = "127.0.0.1"
    port: Port = 8767


@dataclass(frozen=True, slots=True)
class PersonSettings:
    """One `[[team.people]]`: somebody who works here, and what for."""

    id: PersonId
    name: Name
    roles: Roles


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """`[team]`: who gets proofs and notices, and whose sign-offs a launch needs."""

    proofs: tuple[AddressText, ...] = ()
    notices: tuple[AddressText, ...] = ()
    """Who is told when something should worry; nobody named: whoever gets the proofs."""
    sign_off: tuple[Name, ...] = ()
    signatures_required: Count = 1
    me: str = ""
    """Who acts on the command line without `--by`: an id or a name."""
    people: tuple[PersonSettings, ...] = ()

    @property
    def known(self) -> tuple[Person, ...]:
        """Everybody the workspace names. Those of `sign_off` are signatories and editors; where
        nobody stands under `people`, they have every role, as nobody else could have it.
        """
        roles = frozenset({Role.SIGNATORY, Role.EDITOR}) if self.people else frozenset(Role)
        known = [Person(each.id, each.name, frozenset(each.roles)) for each in self.people]
        for name in self.sign_off:
            at = next((at for at, each in enumerate(known) if each.is_called(name)), None)
            if at is None:
                known.append(Person(name, name, roles))
            else:
                known[at] = replace(known[at], roles=known[at].roles | roles)
        return tuple(known)

    @property
    def signatories(self) -> tuple[Person, ...]:
        return tuple(person for person in self.known if Role.SIGNATORY in person.roles)


@dataclass(frozen=True, slots=True)
class PaceSettings:
    """`[pace]`: messages at most; 0 is no limit."""

    per_minute: Limit = 0
    per_hour: Limit = 0
    per_domain_per_minute: Limit = 0


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """`[engine]`: how many deliver at once, each over a connection of its own."""

    workers: Count = 4


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """`[feedback.webhook]`: where a provider reports; closed without a public key.

    Several keys are accepted at once, so that one can be changed. `queue` is how many posts
    may wait to be written; beyond it the provider is asked to come again. `provider` is whose
    posts are received; empty: that of `[transport]` (`registry.reporting_provider`).
    """

    keys: tuple[str, ...] = ()
    provider: Annotated[str, AfterValidator(_reporting)] = ""
    host: str = "127.0.0.1"
    port: Port = 8766
    queue: Count = 200
