"""The office: its workspace, the processes of the product, and the person who looks after it."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mailer.config.sections import sqlite_url
from mailer.ledger import open_ledger
from mailer.model.team.secret import Secret
from mailer.signed_links.unsubscribe import PURPOSES, UnsubscribeTokens
from tests.counterparts.webhook import free_port, public_text

ROOT = Path(__file__).resolve().parents[2]
PARIS = ZoneInfo("Europe/Paris")
KEY, PASSWORD = "k" * 40, "on-loopback-only"
BY = ("--by", "Claire Delmas")
CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple, 75000 Paris"
[sender]
from = "Service de presse <presse@institut.example>"
return_path = "retours.institut.example"
message_id_domain = "institut.example"
[transport]
backend = "smtp"
production = true
[transport.smtp]
host = "localhost"
port = {relay}
username = "presse"
password = "env:ENDURANCE_PASSWORD"
ca_file = "{authority}"
messages_per_connection = 20
connect_timeout_s = 3.0
command_timeout_s = 3.0
data_timeout_s = 3.0
dot_timeout_s = 8.0
[unsubscribe]
base_url = "https://presse.institut.example/u"
keys = ["file:var/unsubscribe.key"]
port = {page}
[team]
notices = ["presse@institut.example"]
sign_off = ["Claire Delmas"]
[dns]
holds_launch = false
[engine]
workers = 2
[feedback.imap]
host = "localhost"
port = {imap}
username = "retours"
password = "env:ENDURANCE_PASSWORD"
every_s = 1
ca_file = "{mailbox_authority}"
[feedback.webhook]
provider = "sendgrid"
keys = ["{public}"]
port = {hook}
[monitoring]
port = {health}
log = "json"
"""
CAMPAIGN = """\
kind = "advisory"
title = "Les marées, rencontre {number}"
language = "fr"
place = "Brest"
[event]
name = "Les marées"
starts_at = {event:%Y-%m-%dT%H:%M:00}
ends_at = {ends:%Y-%m-%dT%H:%M:00}
venue = "Institut"
address = "1 rue de l’Exemple, 29200 Brest"
[accreditation]
required = true
deadline = {deadline:%Y-%m-%dT%H:%M:00}
addresses = ["presse@institut.example"]
[[press_contacts]]
name = "Claire Delmas"
role = "responsable du service de presse"
organisation = "Institut"
email = "presse@institut.example"
phone = "06 39 98 12 34"
[[steps]]
id = "announcement"
send = {announced:%Y-%m-%dT%H:%M:00}
fixed = true
to = ["press"]
subject = "Invitation – Les marées, rencontre {number}"
[[steps]]
id = "reminder"
send = {reminded:%Y-%m-%dT%H:%M:00}
fixed = true
to = ["press"]
unless = ["accredited", "declined"]
subject = "Rappel – Les marées, rencontre {number}"
"""
TEXT = """\
{{ recipient.salutation }},

# Une équipe suit les marées

Le {{ event.date }}, l’équipe vous reçoit à Brest et répond à vos questions.
"""


class Office:
    """A workspace on loopback, in production, and what runs of it."""

    def __init__(self, folder, clock, *, logs, relay, relay_authority, imap):
        self.folder, self.clock = folder, clock
        self.hook, self.page, self.health = free_port(), free_port(), free_port()
        self.logs = logs
        self.logs.mkdir()
        self._processes, self._began_at = {}, {}
        self._environment = {
            **os.environ,
            **clock.environment,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "",
            "ENDURANCE_PASSWORD": PASSWORD,
        }
        self.command("init", folder)
        (folder / "config.toml").write_text(
            CONFIG.format(
                relay=relay.port,
                authority=relay_authority,
                imap=imap.port,
                mailbox_authority=imap.ca_file,
                public=public_text(),
                hook=self.hook,
                page=self.page,
                health=self.health,
            ),
            "utf-8",
        )
        (folder / "var").mkdir(mode=0o700, exist_ok=True)
        key = folder / "var" / "unsubscribe.key"
        key.write_text(KEY)
        key.chmod(0o600)
        self.campaigns = []

    def token(self, delivery, link="unsubscribe_url"):
        assert link in PURPOSES
        return UnsubscribeTokens([Secret(KEY)], link=link).sign(delivery)

    def open_ledger(self):
        return open_ledger(sqlite_url(self.folder / "var" / "ledger.db"))

    def asks(self, query, *values):
        """What the ledger's file says, read by a connection of our own."""
        path = self.folder / "var" / "ledger.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=60)) as connection:
            return connection.execute(query, values).fetchall()

    # The processes of the product.

    def starts(self, name):
        """Start `run` or `receive`; what it says goes to its log."""
        with (self.logs / name).open("ab") as log:
            self._began_at[name] = log.tell()
            self._processes[name] = subprocess.Popen(
                [*self._program(), "--workspace", str(self.folder), name],
                stdout=log,
                stderr=log,
                env=self._environment,
                cwd=ROOT,
            )

    def said_since_its_start(self, name):
        """What stands in its log since it was started last."""
        return (self.logs / name).read_bytes()[self._began_at[name] :].decode("utf-8", "replace")

    def kills(self, name):
        process = self._processes.pop(name)
        process.kill()
        return process.wait()

    def stops(self, name):
        process = self._processes.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait()

    def dead(self):
        """Those that have ended although nobody ended them, and how."""
        ended = {name: process.poll() for name, process in self._processes.items()}
        return {name: code for name, code in ended.items() if code is not None}

    def close(self):
        for name in list(self._processes):
            self.kills(name)

    # The person.

    def command(self, *words, expect=0):
        """One command, typed; `expect` None: however it ends."""
        workspace = ("--workspace", str(self.folder)) if words[0] != "init" else ()
        done = subprocess.run(
            [*self._program(), *workspace, *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            env=self._environment,
            cwd=ROOT,
        )
        assert expect in {None, done.returncode}, (words, done.returncode, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def answer(self, *words):
        """The JSON of a command; None when it could not be had just now."""
        done = self.command(*words, "--json", expect=None)
        with suppress(ValueError):
            return json.loads(done.stdout)
        return None

    def imports(self, count):
        """A directory of so many people, at a dozen newspapers."""
        lines = ["Prénom;Nom;Courriel"]
        lines += [f"Léa;Martin{n};lea{n}@journal{n % 12}.example" for n in range(count)]
        file = self.folder / "press.csv"
        file.write_text("\n".join(lines) + "\n", "utf-8-sig")
        self.command("contacts", "import", file, "--list", "press", *BY)

    def launches(self):
        """Write, sign and launch one more campaign; its name, or why that failed."""
        number = len(self.campaigns) + 1
        name = f"marees-{number}"
        folder = self.folder / "campaigns" / name
        folder.mkdir(exist_ok=True)
        now = self.clock.now().astimezone(PARIS).replace(tzinfo=None)
        facts = CAMPAIGN.format(
            number=number,
            announced=now + timedelta(minutes=10),
            reminded=now + timedelta(hours=26),
            deadline=now + timedelta(days=4),
            event=now + timedelta(days=5),
            ends=now + timedelta(days=5, hours=1),
        )
        for file, text in (
            ("campaign.toml", facts),
            ("announcement.md", TEXT),
            ("reminder.md", TEXT),
        ):
            (folder / file).write_text(text, "utf-8")
        plan = self.answer("plan", name)
        if plan is None:
            return None
        self.command("approve", name, *BY, expect=None)
        confirmed = ("--confirm", plan["steps"][0]["recipients"])
        done = self.command("launch", name, *confirmed, *BY, expect=None)
        if done.returncode:
            return done.stderr
        self.campaigns.append(name)
        return name

    def status(self):
        return self.answer("status")

    def lets_go_on(self, campaign):
        self.command("resume", campaign, "--why", "we looked", *BY, expect=None)

    def has_looked(self, campaign):
        """The register is as the mailbox is: reminders may rely on it."""
        self.command("accreditations", "confirm", campaign, *BY, expect=None)

    def resolves(self, delivery, *, arrived):
        """Whether that could be written down."""
        how = "--as-sent" if arrived else "--resend"
        words = ("resolve", delivery, how, "--why", "the relay says so", *BY)
        return self.command(*words, expect=None).returncode == 0

    def confirms_the_clock(self):
        self.command("clock", "--confirm", *BY, expect=None)

    @staticmethod
    def _program():
        return sys.executable, "-m", "mailer", "--lang", "en"
