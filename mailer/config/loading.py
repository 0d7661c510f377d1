"""`config.toml` read: every table by the part it belongs to, every problem at once."""

from __future__ import annotations

import os
import re
from dataclasses import MISSING, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from mailer.config.secrets import NoSecret, is_reference, read_secret, unread
from mailer.config.sections import (
    NOBODY,
    EngineSettings,
    LedgerSettings,
    OfficeSettings,
    PaceSettings,
    SenderSettings,
    TeamSettings,
    TransportSettings,
    UnsubscribeSettings,
    WebhookSettings,
    WebSettings,
)
from mailer.config.settings import Settings
from mailer.errors import ConfigError, Problem, first_of_each_file, nearest
from mailer.feedback.policy import FeedbackSettings
from mailer.files.text_files import read_text
from mailer.files.toml.reading import CORRECT, TomlFile, fill, parse_toml
from mailer.mailbox import ImapSettings
from mailer.model.secret import Secret
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.providers.signing import DkimSettings
from mailer.providers.smtp import SmtpSettings
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mailer.files.toml.lines import Path as Key

_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")

SECTIONS: dict[str, type[Any]] = {
    "office": OfficeSettings,
    "sender": SenderSettings,
    "transport": TransportSettings,
    "transport.smtp": SmtpSettings,
    "transport.sendgrid": SendGridSettings,
    "dkim": DkimSettings,
    "ledger": LedgerSettings,
    "unsubscribe": UnsubscribeSettings,
    "team": TeamSettings,
    "pace": PaceSettings,
    "engine": EngineSettings,
    "feedback": FeedbackSettings,
    "feedback.imap": ImapSettings,
    "feedback.webhook": WebhookSettings,
    "web": WebSettings,
}
"""Table of the file → the settings class of the part that reads it."""

_IN_USE: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "transport.smtp": lambda table: _at(table, "transport.backend") == "smtp",
    "transport.sendgrid": lambda table: _at(table, "transport.backend") == "sendgrid",
    "dkim": lambda table: _at(table, "transport.backend") == "smtp",
    "unsubscribe": lambda table: bool(_at(table, "unsubscribe.base_url")),
    "feedback.imap": lambda table: bool(_at(table, "feedback.imap.host")),
}
"""When a section's secrets are needed. Those of a part that is switched off are checked in
form alone, so that a copy of the file serves on a machine that must not send."""


def load_settings(workspace: Path, *, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of `workspace/config.toml`, or the defaults where there is none.

    Raises ConfigError with every problem of the file at once.
    """
    problems: list[Problem] = []
    path = workspace / "config.toml"
    file: TomlFile | None = TomlFile(path.as_posix(), {}, {})
    if path.exists():
        text = read_text(path, problems=problems)
        file = (
            parse_toml(text, name=path.as_posix(), problems=problems) if text is not None else None
        )
    if file is None:
        raise ConfigError(*problems)
    problems += _unknown_tables(file)
    environment = os.environ if environment is None else environment
    file = _Vault(file, environment, workspace, problems).opened()
    parts = {
        shape: fill(shape, file, at=tuple(name.split(".")), also=_inner(name), problems=problems)
        for name, shape in SECTIONS.items()
        if _is_used(name, file.table) or _at(file.table, name) is not None or _has_defaults(shape)
    }
    settings = Settings(workspace, parts)
    if not problems:
        problems += [*_contradictions(settings, file), *_own_complaints(settings, file)]
    if problems:
        raise ConfigError(*first_of_each_file(problems))
    return settings


def _is_used(name: str, table: Mapping[str, Any]) -> bool:
    return name not in _IN_USE or _IN_USE[name](table)


def _has_defaults(shape: type[Any]) -> bool:
    """Whether a section may be left out altogether."""
    return all(
        each.default is not MISSING or each.default_factory is not MISSING for each in fields(shape)
    )


def _at(table: Any, path: str) -> Any:
    for part in path.split("."):
        table = table.get(part) if isinstance(table, dict) else None
    return table


def _inner(name: str) -> frozenset[str]:
    """The tables that may stand inside table `name` (`smtp` in `transport`)."""
    inside = (other.removeprefix(f"{name}.") for other in SECTIONS if other.startswith(f"{name}."))
    return frozenset(each.split(".")[0] for each in inside)


def _unknown_tables(file: TomlFile) -> Iterator[Problem]:
    """Tables that no part reads, at the top and in tables that only hold others."""
    top = {name.split(".")[0] for name in SECTIONS}
    for outer in ("", *sorted(top - SECTIONS.keys())):
        path: Key = (outer,) if outer else ()
        table = _at(file.table, outer) if outer else file.table
        known = sorted(_inner(outer) if outer else top)
        if table is not None and not isinstance(table, dict):
            what = _("A table of keys is expected here.")
            yield Problem(file.place(path), what, CORRECT)
            continue
        for key in table or ():
            if key not in known:
                what = _("There is no table called “{key}”.", key=key)
                yield Problem(file.place((*path, key)), what, nearest(key, known))


@dataclass(frozen=True, slots=True)
class _Vault:
    """Follows references; what cannot be followed becomes a problem at its place."""

    file: TomlFile
    environment: Mapping[str, str]
    folder: Path
    problems: list[Problem]

    def opened(self) -> TomlFile:
        """The file with each reference to a secret replaced by the secret."""
        table: Mapping[str, Any] = self.file.table
        for name, shape in SECTIONS.items():
            section = _at(self.file.table, name)
            needed = _is_used(name, self.file.table)
            for key in _secret_keys(shape) & {*(section if isinstance(section, dict) else ())}:
                path: Key = (*name.split("."), key)
                table = _replaced(table, path, self._followed(section[key], path, needed=needed))
        if isinstance(url := _at(table, "ledger.url"), str):
            table = _replaced(table, ("ledger", "url"), self._ledger_url(url))
        return replace(self.file, table=table)

    def _followed(self, value: Any, path: Key, *, needed: bool) -> Any:
        if isinstance(value, list):
            return [
                self._followed(each, (*path, index), needed=needed)
                for index, each in enumerate(value)
            ]
        if not isinstance(value, str):
            what = _("A text between quotes is expected here.")
            self.problems.append(Problem(self.file.place(path), what, CORRECT))
            return Secret("", "")
        try:
            if not needed:
                return unread(value)
            return read_secret(value, environment=self.environment, folder=self.folder)
        except NoSecret as missing:
            self.problems.append(Problem(self.file.place(path), missing.reason, missing.remedy))
            return Secret("", "")

    def _ledger_url(self, url: str) -> str:
        """A URL that holds a password is a secret as a whole; any other may be written out."""
        if is_reference(url) or _PASSWORD.search(url):
            found: Secret = self._followed(url, ("ledger", "url"), needed=True)
            return found.value
        return url


def _secret_keys(shape: type[Any]) -> frozenset[str]:
    return frozenset(
        name
        for name, hint in get_type_hints(shape).items()
        if hint is Secret or Secret in get_args(hint)
    )


def _replaced(table: Mapping[str, Any], path: Key, value: Any) -> Mapping[str, Any]:
    first, *rest = path
    inner = _replaced(table[str(first)], tuple(rest), value) if rest else value
    return {**table, str(first): inner}


def _contradictions(settings: Settings, file: TomlFile) -> Iterator[Problem]:
    """What is right key by key and wrong together."""
    imap, team = settings.part(ImapSettings), settings.team
    questions: tuple[tuple[bool, str, Text, Text], ...] = (
        (
            settings.transport.backend != "file" and settings.letterhead.sender is NOBODY,
            "sender.from",
            _("Mail is to leave, but nobody is named as its sender."),
            _("Write from = {example}.", example='"Name <address>"'),
        ),
        (
            settings.transport.backend != "file" and not settings.office.name,
            "office.name",
            _("Mail is to leave, but the office has no name."),
            _("Write the name under which readers know you."),
        ),
        (
            settings.transport.backend == "sendgrid"
            and settings.transport.production
            and settings.part(SendGridSettings).sandbox,
            "transport.sendgrid.sandbox",
            _("In production messages are to leave, and in the sandbox none does."),
            _("Write sandbox = false, or production = false."),
        ),
        (
            bool(settings.unsubscribe.base_url) and not settings.unsubscribe.keys,
            "unsubscribe.keys",
            _("Unsubscribe links need a key that signs them."),
            _("Write keys = [{example}].", example='"file:var/unsubscribe.key"'),
        ),
        (
            bool(team.sign_off) and team.signatures_required > len(team.sign_off),
            "team.signatures_required",
            _("More sign-offs are required than people are named."),
            _("Name more people in sign_off, or require fewer."),
        ),
        (
            bool(imap.host) and not (imap.username and imap.password),
            "feedback.imap.host",
            _("The mailbox needs a user name and a password."),
            _("Write username and password."),
        ),
        (
            settings.engine.kind == "procrastinate"
            and not settings.ledger.url.startswith("postgresql"),
            "engine.kind",
            _("This engine needs a PostgreSQL ledger."),
            _("Write its URL under [ledger], or use the engine “threads”."),
        ),
    )
    for applies, key, what, remedy in questions:
        if applies:
            yield Problem(file.place(tuple(key.split("."))), what, remedy)


def _own_complaints(settings: Settings, file: TomlFile) -> Iterator[Problem]:
    """What a part finds wrong with its settings as a whole (`check`), with its line."""
    for name, shape in SECTIONS.items():
        check = getattr(settings.parts.get(shape), "check", None)
        if check is None or not _is_used(name, file.table):
            continue
        try:
            check()
        except ConfigError as error:
            for problem in error.problems:
                yield replace(problem, where=file.place(tuple(problem.where.key.split("."))))
