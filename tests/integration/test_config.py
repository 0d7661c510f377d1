"""The configuration: safe without a file, whole or refused, and never a secret in it."""

import re
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from mailer.config import load_settings, sections
from mailer.config.sections import (
    EngineSettings,
    LedgerSettings,
    OfficeSettings,
    PaceSettings,
    SenderSettings,
)
from mailer.errors import ConfigError
from mailer.files.bundled import bundled
from mailer.ledger import open_ledger
from mailer.mailbox import ImapSettings
from mailer.model.address import Address, Mailbox
from mailer.model.team.person import Person, Role
from mailer.providers.sendgrid.settings import SendGridSettings
from mailer.providers.signing import DkimSettings
from mailer.providers.smtp.settings import SmtpSettings
from tests.counterparts.builders import NOON
from tests.counterparts.signatures import ED25519, RSA, pem

READER, EDITOR, SIGNATORY, ADMINISTRATOR, _PARTNER = Role
EXAMPLE = bundled("config.example.toml")


def settings_of(tmp_path, text="", **environment):
    if text:
        (tmp_path / "config.toml").write_text(text, "utf-8")
    return load_settings(tmp_path, environment=environment)


def refusals(tmp_path, text, **environment):
    with pytest.raises(ConfigError) as refused:
        settings_of(tmp_path, text, **environment).require_secrets()
    return [f"{p.where.line} {p.where.key}: {p.what} {p.remedy}" for p in refused.value.problems]


# Without a file


def test_without_a_file_nothing_can_leave_the_machine(tmp_path):
    settings = settings_of(tmp_path)

    assert settings.transport.backend == "file"
    assert not settings.transport.production
    assert settings.letterhead.sender.address.domain == "mailer.invalid"
    assert settings.ledger.url_in(tmp_path) == f"sqlite:///{tmp_path}/var/ledger.db"
    assert settings.office.time_zone == "Europe/Paris"


# The example


def keys(table, path=()):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value, (*path, key))
        else:
            yield ".".join((*path, key))


def every_key_in_use(text):
    """The example with those keys switched on that have no value meaning “none”."""
    return re.sub(r"(?m)^# (\w+ = )", r"\1", text)


def test_the_example_names_every_key():
    named = set(keys(tomllib.loads(every_key_in_use(EXAMPLE.read_text("utf-8")))))

    assert named == {
        f"{section}.{field.name.rstrip('_')}"
        for section, shape in sections().items()
        for field in fields(shape)
    }


def test_the_example_explains_every_key():
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(?:# )?\w+ = ", line):
            assert "#" in line[2:] or lines[number - 1].startswith("#"), line


def test_the_example_is_a_configuration_that_sends_nothing(tmp_path):
    text = EXAMPLE.read_text("utf-8")

    settings = settings_of(tmp_path, text)

    assert settings_of(tmp_path, every_key_in_use(text)).transport.backend == "file"
    assert settings.transport.backend == "file"
    assert settings.office.name
    assert settings.team.proofs
    assert all(address.domain.endswith("example") for address in settings.team.proofs)
    assert settings.letterhead.reply_to.address.domain == "institut.example"


# Sections


def test_every_section_becomes_the_settings_of_its_part(tmp_path):
    settings = settings_of(
        tmp_path,
        """
        [office]
        name = "Institut"
        language = "en"
        [sender]
        from = "Service de presse <presse@Institut.example>"
        return_path = "retours.institut.example"
        [pace]
        per_minute = 30
        [engine]
        workers = 2
        """,
    )

    assert settings.office.name == "Institut"
    assert settings.office.language == "en"
    assert settings.part(SenderSettings).from_ == Mailbox(
        Address("presse", "institut.example"), "Service de presse"
    )
    assert settings.letterhead.return_path_domain == "retours.institut.example"
    assert settings.part(PaceSettings).per_minute == 30
    assert settings.part(EngineSettings).workers == 2
    assert settings.part(OfficeSettings).postal_address == ""


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("var/ledger.db", "sqlite:///{}/var/ledger.db"),
        ("sqlite:///other.db", "sqlite:///{}/other.db"),
        ("sqlite:////srv/other.db", "sqlite:////srv/other.db"),
        ("postgresql://db.example/mailer", "postgresql://db.example/mailer"),
        ("env:LEDGER", "postgresql://me:word@db.example/mailer"),
    ],
)
def test_the_ledger_is_a_file_of_the_workspace_or_a_database(tmp_path, url, found):
    settings = settings_of(
        tmp_path, f'[ledger]\nurl = "{url}"\n', LEDGER="postgresql://me:word@db.example/mailer"
    )

    assert settings.ledger.url_in(tmp_path) == found.format(tmp_path)
    assert "word" not in repr(settings.ledger)


SMTP = """
[office]
name = "I"
[sender]
from = "p@institut.example"
[transport]
backend = "smtp"
allow_list = ["Me@institut.example", "@Équipe.example", "press.example"]
[transport.smtp]
host = "localhost"
tls = "none"
"""


def test_the_allow_list_names_people_and_domains(tmp_path):
    transport = settings_of(tmp_path, SMTP).transport

    assert transport.allow_list == (
        "me@institut.example", "@xn--quipe-9ra.example", "@press.example",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "address", "allowed"),
    [
        (("backend", "production = false\nbackend"), "anybody@outlet.example", False),
        (("backend", "production = true\nbackend"), "anybody@outlet.example", True),
        ((), "ME@institut.example", True),
        ((), "you@institut.example", False),
        ((), "you@press.example", True),
        ((), "you@sub.press.example", False),
        ((), "a%evil.test@press.example", False),
        ((), "a%25evil.test@press.example", False),
        ((), "evil.test!a@press.example", False),
        ((), "SRS0=x=y=evil.test=a@press.example", False),
        ((), "a=evil.test@press.example", False),
        ((), "IMCEASMTP-a+40evil.test@press.example", False),
        ((), "first.last+tag@press.example", True),
        (("Me@", "a%evil.test@"), "a%evil.test@institut.example", True),
        (("@Équipe", "*@équipe"), "you@xn--quipe-9ra.example", True),
        (("Me@", "straße@"), "strasse@institut.example", False),
        (("Me@", "straße@"), "Straße@institut.example", True),
    ],
)
def test_outside_production_only_the_allow_list_is_reached(tmp_path, changes, address, allowed):
    text = SMTP.replace(*changes, 1) if changes else SMTP

    assert settings_of(tmp_path, text).transport.allows(Address.parse(address)) is allowed


@pytest.mark.parametrize(
    "entry",
    ["*", "*@*", "*@*.press.example", "*.press.example", "press-*@press.example", "?@x.example"],
)
def test_a_pattern_in_the_allow_list_is_refused_with_its_line(tmp_path, entry):
    (problem,) = refusals(tmp_path, SMTP.replace("press.example", entry))

    assert problem.startswith("8 transport.allow_list")
    assert "without * or ?" in problem


def test_a_part_of_the_program_brings_its_own_settings(tmp_path):
    relay = settings_of(tmp_path, SMTP).part(SmtpSettings)

    assert (relay.host, relay.tls, relay.port) == ("localhost", "none", 587)


def test_what_a_part_finds_wrong_with_its_settings_has_its_line(tmp_path):
    problems = refusals(tmp_path, SMTP.replace("localhost", "relay.example") + "depth = 0\n")

    assert [problem.split(":")[0] for problem in problems] == [
        "11 transport.smtp.tls", "12 transport.smtp.depth",
    ]  # fmt: skip


def test_a_way_to_send_needs_its_settings(tmp_path):
    (problem,) = refusals(tmp_path, SMTP[: SMTP.index("[transport.smtp]")])

    assert problem.startswith("6 transport.smtp.host")


# Secrets

IMAP = '[feedback.imap]\nhost = "imap.institut.example"\nusername = "b"\npassword = '


def test_a_secret_is_read_from_the_environment_and_never_shown(tmp_path):
    imap = settings_of(tmp_path, f'{IMAP}"env:WORD"\n', WORD="canary").part(ImapSettings)

    assert (imap.password.value, imap.password.origin) == ("canary", "env:WORD")
    assert "canary" not in f"{imap!r} {imap.password}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_a_secret_is_read_from_a_file_that_is_its_owners_alone(tmp_path):
    file = tmp_path / "word"
    file.write_text("canary\n")
    file.chmod(0o600)

    password = settings_of(tmp_path, f'{IMAP}"file:word"\n').part(ImapSettings).password
    assert password.value == "canary"

    file.chmod(0o640)
    (problem,) = refusals(tmp_path, f'{IMAP}"file:word"\n')
    assert "chmod 600" in problem


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("canary", "stands in the file itself"),
        ("ENV:WORD", "stands in the file itself"),
        ("env:", "stands in the file itself"),
        ("env:ABSENT", "no variable “ABSENT”"),
        ("file:absent", "cannot be read"),
        ("file:empty", "is empty"),
        ("keyring:absent", "keyring"),
    ],
)
def test_a_secret_that_cannot_be_had_is_refused_on_its_line(tmp_path, reference, words):
    (tmp_path / "empty").touch(mode=0o600)

    (problem,) = refusals(tmp_path, f'{IMAP}"{reference}"\n')

    assert problem.startswith("4 feedback.imap.password")
    assert words in problem
    assert "canary" not in problem


class Ring(KeyringBackend):
    """A keyring of the system, for the time of a test."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.words = {}

    def get_password(self, service, username):
        return self.words.get((service, username))

    def set_password(self, service, username, password):
        self.words[service, username] = password


def test_a_secret_is_read_from_the_systems_keyring(tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    keyring.set_password("mailer", "WORD", "canary")
    try:
        password = settings_of(tmp_path, f'{IMAP}"keyring:WORD"\n').part(ImapSettings).password
        found = password.value
        (problem,) = refusals(tmp_path, f'{IMAP}"keyring:OTHER"\n')
    finally:
        keyring.set_keyring(before)

    assert found == "canary"
    assert "keyring set mailer OTHER" in problem


def test_a_keyring_that_is_not_installed_is_said_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)

    (problem,) = refusals(tmp_path, f'{IMAP}"keyring:WORD"\n')

    assert "Python package keyring" in problem


@pytest.mark.parametrize("value", ["3", "true", '{ a = "b" }'])
def test_a_secret_is_named_by_a_text(tmp_path, value):
    (problem,) = refusals(tmp_path, f"{IMAP}{value}\n")

    assert problem.startswith("4 feedback.imap.password: A text between quotes")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:canary@db.example/m",
        "postgresql://me:can/ary:canary@db.example/m",
        "postgresql://me:can@canary@db.example/m",
        "postgresql://me@db.example/m?password=canary",
        "postgresql://db.example/m?sslmode=require&sslpassword=canary",
        "postgresql://db.example/m?oauth_client_secret=canary",
    ],
)
def test_a_password_in_the_ledgers_url_is_a_secret_too(tmp_path, url):
    (problem,) = refusals(tmp_path, f'[ledger]\nurl = "{url}"\n')

    assert problem.startswith("2 ledger.url")
    assert "canary" not in problem


def test_the_secrets_of_a_part_that_is_switched_off_are_not_needed(tmp_path):
    text = '[feedback.imap]\npassword = "env:ABSENT"\n[unsubscribe]\nkeys = ["file:absent"]\n'

    settings_of(tmp_path, text).require_secrets()

    assert "itself" in refusals(tmp_path, '[feedback.imap]\npassword = "canary"\n')[0]


def test_a_secret_is_read_when_it_is_used_and_not_before(tmp_path):
    settings = settings_of(tmp_path, f'{IMAP}"env:ABSENT"\n')

    with pytest.raises(ConfigError, match="no variable “ABSENT”"):
        settings.part(ImapSettings).password.value  # noqa: B018 - reading it is what must be refused


def test_all_secrets_in_use_that_cannot_be_read_are_named_at_once(tmp_path):
    text = SMTP + '[unsubscribe]\nbase_url = "https://u.example"\nkeys = ["env:A", "env:B"]\n'

    problems = refusals(tmp_path, text)

    keys = [problem.partition(": ")[0].split()[1] for problem in problems]
    assert keys[-2:] == ["unsubscribe.keys.1", "unsubscribe.keys.2"]


# What is wrong, and where


def test_all_problems_of_the_file_come_at_once(tmp_path):
    text = """\
[office]
langage = "fr"
time_zone = "Paris"
[sender]
from = "presse"
return_path = "nowhere"
[transport]
backend = "smpt"
production = "perhaps"
allow_list = ["@"]
[unsubscribe]
base_url = "http://institut.example/u"
[team]
signatures_required = 0
[feedback.webhook]
port = 99999
[engin]
workers = 3
[feedback.imapp]
host = "x"
[feedback.imap]
password = "canary"
"""

    problems = refusals(tmp_path, text)

    for line, word in [
        (2, "“language”"),
        (3, "time zone"),
        (5, "no @"),
        (6, "no dot"),
        (8, "“smtp”"),
        (9, "true or false"),
        (10, "after the @"),
        (12, "https://"),
        (14, "limit is 1"),
        (16, "limit is 65535"),
        (17, "“engine”"),
        (19, "“imap”"),
        (22, "itself"),
    ]:
        assert [p for p in problems if p.startswith(f"{line} ") and word in p], word
    assert len(problems) == 13


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (SMTP.replace('from = "p@institut.example"', ""), "sender.from"),
        (SMTP.replace('name = "I"', ""), "office.name"),
        ('[unsubscribe]\nbase_url = "https://u.example"\n', "unsubscribe.keys"),
        ('[team]\nsign_off = ["Ada"]\nsignatures_required = 2\n', "team.signatures_required"),
        ('[feedback.imap]\nhost = "imap.example"\n', "feedback.imap.host"),
        ('[office]\ntheme = "clasic"\n', "office.theme"),
        ('[engine]\nkind = "procrastinate"\n', "engine.kind"),
        ('[ledger]\ndirect_url = "postgresql://a@b/c"\n', "ledger.direct_url"),
        ('[ledger]\ndumps = "/var/backups/press"\n', "ledger.dumps"),
        ("[ledger]\ndumps_at = 03:00:00\n", "ledger.dumps_at"),
    ],
)
def test_what_is_right_alone_and_wrong_together_is_refused(tmp_path, text, key):
    (problem,) = refusals(tmp_path, text)

    assert f" {key}: " in problem


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[web]\nopen_browser = false\n", "web.open_browser"),
    ],
)
def test_a_setting_that_would_do_nothing_is_refused(tmp_path, text, key):
    (problem,) = refusals(tmp_path, text)

    assert f" {key}: " in problem
    assert "Remove the" in problem


def test_what_the_example_of_an_earlier_version_said_without_effect_still_opens(tmp_path):
    text = '[engine]\nkind = "threads"\nworkers = 2\n[web]\nport = 8765\nopen_browser = true\n'

    settings = settings_of(tmp_path, text)

    assert settings.engine.workers == 2


def test_a_theme_of_the_workspace_is_known_beside_those_that_come_with_the_program(tmp_path):
    themes = tmp_path / "templates" / "press" / "themes"
    themes.mkdir(parents=True)
    (themes / "ours.toml").write_text("", "utf-8")

    (problem,) = refusals(tmp_path, '[office]\ntheme = "our"\n')

    assert "ours" in problem
    assert settings_of(tmp_path, '[office]\ntheme = "ours"\n').office.theme == "ours"
    assert settings_of(tmp_path, '[office]\ntheme = "classic"\n').office.theme == "classic"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[office]\nname = Institut", "between quotes"),
        (b"[office]\nname = '\xe9'", "UTF-8"),
        (b"office = 3", "table"),
        (b"[sender]\nfrom = 3", "text between quotes"),
        (b"feedback = 3", "table"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path, content, words):
    (tmp_path / "config.toml").write_bytes(content)

    with pytest.raises(ConfigError) as refused:
        load_settings(tmp_path, environment={})

    assert words in str(refused.value)
    assert "config.toml:" in str(refused.value)


SENDGRID = """
[office]
name = "I"
[sender]
from = "p@institut.example"
[transport]
backend = "sendgrid"
production = true
[transport.sendgrid]
api_key = "env:KEY"
"""


def test_sendgrid_is_configured_by_a_key_and_careful_by_itself(tmp_path):
    settings = settings_of(tmp_path, SENDGRID, KEY="SG.secret").part(SendGridSettings)

    assert settings.api_key.value == "SG.secret"
    assert "SG.secret" not in repr(settings)
    assert (settings.batch_size, settings.sandbox) == (20, False)


def test_production_and_the_sandbox_contradict_each_other(tmp_path):
    (problem,) = refusals(tmp_path, SENDGRID + "sandbox = true\n", KEY="SG.secret")

    assert problem.startswith("11 transport.sendgrid.sandbox")


def test_a_key_is_asked_for_only_where_sendgrid_is_the_way_to_send(tmp_path):
    elsewhere = SENDGRID.replace('backend = "sendgrid"', 'backend = "file"')

    assert settings_of(tmp_path, elsewhere).transport.backend == "file"
    assert refusals(tmp_path, SENDGRID)[0].startswith("10 transport.sendgrid.api_key")


SIGNING = (
    SMTP
    + """
[dkim]
domain = "institut.example"
selector = "presse"
key = "env:DKIM"
"""
)


def test_a_key_signs_for_the_relay_and_is_asked_for_nowhere_else(tmp_path):
    settings = settings_of(tmp_path, SIGNING, DKIM=pem(ED25519)).part(DkimSettings)
    elsewhere = SIGNING.replace('backend = "smtp"', 'backend = "file"')

    assert settings.signer().domain == "institut.example"
    assert "PRIVATE" not in repr(settings)
    assert settings_of(tmp_path, SMTP).part(DkimSettings).signer() is None
    assert settings_of(tmp_path, elsewhere).transport.backend == "file"
    (problem,) = refusals(tmp_path, SIGNING)
    assert " dkim.key: " in problem


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('domain = "institut.example"\n', "", "domain"),
        ('"institut.example"', '"institut.example."', "domain"),
        ('"institut.example"', '"x;d=y"', "domain"),
        ('"presse"', '""', "selector"),
        ('"presse"', '"la presse"', "selector"),
    ],
)
def test_whose_key_it_is_must_be_a_name_in_the_dns(tmp_path, old, new, key):
    before, _, section = SIGNING.rpartition("[dkim]")
    assert old in section

    (problem,) = refusals(tmp_path, f"{before}[dkim]{section.replace(old, new)}", DKIM=pem(RSA))

    assert f" dkim.{key}: " in problem


def test_what_is_no_key_is_told_with_its_place_before_anything_is_sent(tmp_path):
    settings = settings_of(tmp_path, SIGNING, DKIM="-----BEGIN PRIVATE KEY-----").part(DkimSettings)

    with pytest.raises(ConfigError, match=r"dkim\.key"):
        settings.signer()


# The people of the team

PEOPLE = """\
[team]
sign_off = ["Hugo Marchetti", "claire delmas"]
me = "C. Delmas"
[[team.people]]
id = "c.delmas"
name = " Claire  Delmas "
roles = ["reader"]
[[team.people]]
id = "a.benali"
name = "Amina Benali"
roles = ["administrator", "editor"]
"""


def test_the_people_of_the_team_have_their_roles_and_those_of_sign_off_may_sign(tmp_path):
    team = settings_of(tmp_path, PEOPLE).team

    assert team.known == (
        Person("c.delmas", "Claire Delmas", frozenset({READER, EDITOR, SIGNATORY})),
        Person("a.benali", "Amina Benali", frozenset({ADMINISTRATOR, EDITOR})),
        Person("Hugo Marchetti", "Hugo Marchetti", frozenset({EDITOR, SIGNATORY})),
    )
    assert [person.name for person in team.signatories] == ["Claire Delmas", "Hugo Marchetti"]


def test_a_signatory_who_is_not_in_sign_off_does_not_sign(tmp_path):
    people = PEOPLE.replace('["administrator", "editor"]', '["administrator", "signatory"]')

    team = settings_of(tmp_path, people).team
    without_list = settings_of(tmp_path, re.sub(r"sign_off = .*", "", people)).team

    assert [person.name for person in team.signatories] == ["Claire Delmas", "Hugo Marchetti"]
    assert [person.name for person in without_list.signatories] == ["Amina Benali"]


def test_two_spellings_in_sign_off_are_one_person(tmp_path):
    team = settings_of(tmp_path, '[team]\nsign_off = ["Claire Delmas", "C. Delmas"]\n').team

    assert [person.name for person in team.signatories] == ["Claire Delmas"]


def test_those_of_sign_off_have_every_role_where_nobody_else_is_named(tmp_path):
    team = settings_of(tmp_path, '[team]\nsign_off = ["Ada"]\n').team

    assert team.known == (Person("Ada", "Ada", frozenset(Role)),)


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (('"c.delmas"', '"C Delmas"'), 5, "is not an id"),
        (('" Claire  Delmas "', '"  "'), 6, "A name is expected"),
        (('["reader"]', '["redacteur"]'), 7, "“redacteur” is not a value"),
        (('["reader"]', "[]"), 7, "At least one role"),
        (('"a.benali"', '"c.delmas"'), 8, "two people"),
        (('"Amina Benali"', '"CLAIRE DELMAS"'), 8, "two people"),
        (('"administrator", ', ""), 4, "Nobody is administrator"),
        (('me = "C. Delmas"', "signatures_required = 3"), 3, "More sign-offs"),
    ],
)
def test_people_who_could_not_be_told_apart_or_could_not_act_are_refused(
    tmp_path, change, line, words
):
    (problem,) = refusals(tmp_path, PEOPLE.replace(*change))

    assert problem.startswith(f"{line} team.")
    assert words in problem


@pytest.mark.parametrize(
    "name", ["a %41 é", "why?mode=ro", "no#1", "a+b&c=d", "%", "[press]", "100%20", "a;b ' \" x"]
)
def test_the_ledger_is_found_in_a_workspace_of_any_name(tmp_path, name):
    workspace = tmp_path / name
    for settings in (LedgerSettings(), LedgerSettings("sqlite:///var/ledger.db")):
        ledger = open_ledger(settings.url_in(workspace))
        made = ledger.backups.create(at=NOON)
        ledger.close()

        assert [each.name for each in tmp_path.iterdir()] == [name]
        assert Path(made).parent == workspace / "var" / "backups"
