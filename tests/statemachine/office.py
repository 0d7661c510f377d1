"""A press office that uses every verb, as the doors do: one operation for each.

The workspace, its campaigns, the ledger, the compiler in its child process and the `.eml` files
are real. Only the clock is simulated, and the relay refuses or breaks off when it is told to.
"""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from functools import cache, partial
from gettext import NullTranslations
from typing import NamedTuple

from mailer.clock import SimulatedClock
from mailer.errors import BackendUnavailable
from mailer.files.contact_files import read_contacts
from mailer.files.quarantine import write_quarantine
from mailer.ledger.storage.backup_files import backups_of
from mailer.model.address import Address
from mailer.model.feedback.event import Deadness, DeliveryEvent, EventKind, Match
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import Deferred, Rejected, Uncertain
from mailer.operations.amendments.act import approve_amendment, draft_amendment, launch_amendment
from mailer.operations.amendments.new_date import NewDate
from mailer.operations.campaigns.approval.approval import approve_campaign
from mailer.operations.campaigns.launching.launch import first_audience_size, launch_campaign
from mailer.operations.campaigns.results.report import report
from mailer.operations.feedback.reconcile import lift
from mailer.operations.feedback.record import record
from mailer.operations.people.accreditations import Ruling, register_accreditation
from mailer.operations.people.correct import correct_address
from mailer.operations.people.import_contacts import ImportRequest, import_file
from mailer.operations.people.suppressions import forget, suppress
from mailer.operations.restore import adopt_ledger, restore_ledger
from mailer.operations.sending.hold import cancel_campaign, pause_campaign, resume_campaign
from mailer.operations.sending.resend import resend, what_to_resend
from mailer.operations.sending.resolve import resolve_all, uncertain_of
from mailer.operations.sending.suspend import lift_suspension, suspend_everything
from mailer.sandbox.children import Sandbox
from mailer.service.service import Service
from mailer.wiring.app import App
from mailer.wiring.children import SANDBOX_CPU_S, SANDBOX_MEMORY_BYTES
from mailer.wording import say
from tests.counterparts.builders import ACTOR
from tests.counterparts.empty_ledger import empty_ledger

START = datetime(2017, 12, 1, 8, tzinfo=UTC)
STEPS = {
    "announcement": ("press", "associations"),
    "reminder": ("press",),
    "practical": ("press",),
    "confirmation": ("press",),
}
"""Each step, and the lists it is sent to."""
EVERY_LIST = ("press", "associations")
"""The lists of what tells a change: those of all steps."""
CAMPAIGNS = ("rencontre", "colloque")

_CAMPAIGN = """\
kind = "advisory"
title = "{title}"
language = "fr"
time_zone = "Europe/Paris"
place = "Paris"
[event]
name = "{title}"
starts_at = 2017-12-09T09:30:00
venue = "Académie"
address = "23 quai de l’Exemple, 75006 Paris"
[accreditation]
required = true
deadline = "J-1 12:00"
addresses = ["presse@institut.example"]
[[press_contacts]]
name = "Claire Delmas"
phone = "06 39 98 12 34"
[[steps]]
id = "announcement"
send = "J-5 09:30"
to = ["press", "associations"]
subject = "Invitation : {title}"
[[steps]]
id = "reminder"
send = "J-2 09:30"
to = ["press"]
unless = ["accredited", "declined"]
subject = "Rappel : {title}"
[[steps]]
id = "practical"
send = "J-1 15:00"
to = ["press"]
only = ["accredited"]
subject = "Infos pratiques : {title}"
[[steps]]
id = "confirmation"
on = "accepted"
to = ["press"]
subject = "Vous êtes accrédité : {title}"
"""
_VERSION = re.compile(r"-v\d+$")
_TEXT = "# {title}\n\n{step}, le {{{{ event.date }}}}. Version {version}.\n"
_CONFIG = """\
[office]
name = "Institut"
postal_address = "1 rue de l’Exemple, 75000 Paris"
language = "fr"
time_zone = "Europe/Paris"
[sender]
from = "Service de presse <presse@institut.example>"
[engine]
workers = 1
"""
"""One worker, so that a relay that breaks off does so at the same mail whenever a sequence is tried
again: hypothesis cannot shrink one that differs.
"""


class Mail(NamedTuple):
    """A message that left: an `.eml` file."""

    campaign: str
    step: str
    address: str
    delivery_id: str

    @property
    def base_step(self):
        """The step of the folder: `announcement` for `announcement-v2`."""
        return _VERSION.sub("", self.step)


class Relay:
    """A backend that writes `.eml` files, and behaves badly when it is told to."""

    name, depth = "file", 1

    def __init__(self, files):
        self._files = files
        self.taken = []
        """The id of each delivery that was taken, as often as it was."""
        self.moods = {}
        """By address: `defer`, `reject` or `lose`. A lost message arrives without an answer."""
        self.breaks_after = None

    def connect(self):
        return self._Connection(self, self._files.connect())

    class _Connection:
        def __init__(self, relay, files):
            self._relay, self._files = relay, files

        def deliver(self, messages):
            source = iter(messages)
            while True:
                if self._relay.breaks_after == 0:
                    raise BackendUnavailable
                message = next(source, None)
                if message is None:
                    return
                if self._relay.breaks_after:
                    self._relay.breaks_after -= 1
                mood = self._relay.moods.get(message.recipient.address.key)
                if mood == "defer":
                    yield message.delivery_id, Deferred("451 later")
                elif mood == "reject":
                    yield message.delivery_id, Rejected("554 refused")
                else:
                    ((delivery_id, outcome),) = self._files.deliver([message])
                    self._relay.taken.append(delivery_id)
                    yield delivery_id, Uncertain("lost") if mood == "lose" else outcome

        def close(self):
            self._files.close()


@cache
def _sandbox():
    """One compiler for all offices: starting its process takes longer than a sequence of verbs."""
    return Sandbox(
        cpu_s=SANDBOX_CPU_S,
        memory_bytes=SANDBOX_MEMORY_BYTES,
        imports=("mailer.render.compile", "mailer.files.campaigns.folder"),
    )


_messages = {}


def _compiled(compile_, folder, **asked):
    """Compile a text once for all offices: most sequences never change it."""
    key = repr(sorted(asked.items())).replace(str(folder), "")
    if key not in _messages:
        _messages[key] = compile_(**asked)
    return _messages[key]


class SettableClock(SimulatedClock):
    """A clock that somebody may set back."""

    def set_back(self, duration):
        self._now -= duration


class Office:
    """A workspace on a simulated clock. Each method is one command."""

    def __init__(self, folder, *, ledger_url=""):
        self.folder, self._ledger_url = folder, ledger_url
        self.clock = SettableClock(START)
        self._version = 0
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(_CONFIG, "utf-8")
        for slug in CAMPAIGNS:
            campaign = folder / "campaigns" / slug
            campaign.mkdir(parents=True)
            (campaign / "campaign.toml").write_text(_CAMPAIGN.format(title=slug), "utf-8")
            self.edit(slug)
        if not ledger_url:
            (folder / "var").mkdir()
            empty_ledger(folder / "var" / "ledger.db")
        self.moods, self.taken = {}, []
        self._open()

    def _open(self):
        self.app = App(self.folder, clock=self.clock, ledger_url=self._ledger_url)
        vars(self.app)["_sandbox"] = _sandbox()
        self.relay = Relay(self.app.backend)
        self.relay.moods, self.relay.taken = self.moods, self.taken
        vars(self.app)["backend"] = self.relay
        self.ledger = self.app.ledger
        vars(self.app)["drafts"] = replace(
            self.app.drafts, compile_=partial(_compiled, self.app.drafts.compile_, self.folder)
        )

    def close(self):
        self.app.__exit__(None, None, None)

    @property
    def _acting(self):
        return {"actor": ACTOR, "ledger": self.ledger, "now": self.clock.now()}

    def pass_time(self, **duration):
        self.clock.wait_until(self.clock.now() + timedelta(**duration))

    # People

    def import_list(self, rows, list_name):
        """Import a file with these (addresses, is barred) rows."""
        translated = partial(say, translations=NullTranslations())
        file = self.folder / "liste.csv"
        lines = [f'"{", ".join(cell)}";{"oui" if barred else ""}' for cell, barred in rows]
        file.write_text("\n".join(["Courriel;Ne pas contacter", *lines]), "utf-8")
        return import_file(
            ImportRequest(file, list_name),
            read_file=read_contacts,
            write_quarantine=lambda read: write_quarantine(
                read, self.folder / "var" / "quarantine" / "liste.csv", say=translated
            ),
            **self._acting,
        )

    def correct(self, old, new):
        return correct_address(Address.parse(old), Address.parse(new), why="", **self._acting)

    def suppress(self, address, scope):
        return suppress(Address.parse(address), scope=scope, why="call", **self._acting)

    def lift(self, address, scope):
        return lift(Address.parse(address), scope=scope, why="call", provider=None, **self._acting)

    def forget(self, address):
        return forget(Address.parse(address), why="letter", **self._acting)

    def register(self, campaign, address, state):
        return register_accreditation(
            campaign, Address.parse(address), ruling=Ruling(state), **self._acting
        )

    def comes_back(self, mail, kind):
        """Record a bounce, a complaint or an opt-out that names the delivery."""
        event = DeliveryEvent(
            kind=kind,
            at=self.clock.now(),
            source="imap",
            key=f"{kind}:{mail.delivery_id}",
            delivery_id=mail.delivery_id,
            match=Match.DELIVERY_ID,
            reason="user-unknown" if kind is EventKind.BOUNCED else "",
            dead=Deadness.YES if kind is EventKind.BOUNCED else Deadness.UNSURE,
        )
        return record(event, ledger=self.ledger, now=self.clock.now())

    # Campaigns

    def edit(self, slug):
        """Change every text of a campaign."""
        self._version += 1
        for step in STEPS:
            text = _TEXT.format(title=slug, step=step, version=self._version)
            (self.folder / "campaigns" / slug / f"{step}.md").write_text(text, "utf-8")

    def approve(self, slug):
        return approve_campaign(slug, actor=ACTOR, drafts=self.app.drafts)

    def launch(self, slug):
        drafts = self.app.drafts
        return launch_campaign(
            slug,
            confirm=first_audience_size(drafts.draft(slug)),
            signatures_required=1,
            actor=ACTOR,
            drafts=drafts,
        )

    def run(self, breaks_after=None):
        """`mailer run --until-idle`, which may break off."""
        self.relay.breaks_after = breaks_after
        try:
            for _tick in Service(self.app).ticks_until_idle():
                pass
        finally:
            self.relay.breaks_after = None

    def taken_since(self, count):
        """The mails that were taken after the first `count`, in their order."""
        by_id = {mail.delivery_id: mail for mail in self.mails()}
        return [by_id[each] for each in self.relay.taken[count:]]

    def pause(self, slug):
        return pause_campaign(slug, why="", **self._acting)

    def resume(self, slug):
        return resume_campaign(slug, why="", **self._acting)

    def cancel(self, slug):
        return cancel_campaign(slug, why="", **self._acting)

    def suspend_everything(self):
        return suspend_everything(why="", **self._acting)

    def lift_suspension(self):
        return lift_suspension(why="", **self._acting)

    def resend(self, slug, step, to):
        """Returns the deliveries that are sent again, as their number was confirmed."""
        found = what_to_resend(slug, step, to=to, ledger=self.ledger, now=self.clock.now())
        return resend(slug, step, to=to, confirm=len(found.people), why="", **self._acting)

    def resolve(self, slug, *, sent_again):
        """Decide about all doubts of a campaign; returns the ids of the deliveries."""
        doubts = [each.id for each in uncertain_of(slug, ledger=self.ledger)]
        resolve_all(slug, confirm=len(doubts), resend=sent_again, why="", **self._acting)
        return doubts

    def move(self, slug, day):
        """Write another day into the facts, and tell it."""
        NewDate(self.app.editing, self.app.drafts).write(slug, f"{day} 09:30", actor=ACTOR)
        return self.tell(slug, AmendmentKind.MOVE)

    def tell(self, slug, kind):
        """Draft, sign off and launch an amendment."""
        acting = {"actor": ACTOR, "drafts": self.app.drafts}
        found = draft_amendment(slug, kind, note="Salle 12.", **acting)
        approve_amendment(slug, **acting)
        return launch_amendment(slug, confirm=found.count, signatures_required=1, **acting)

    # Looking

    def mails(self):
        """Every `.eml` file there is."""
        return {_mail(path) for path in (self.folder / "var" / "outbox").glob("*.eml")}

    def report(self, slug):
        return report(slug, title=slug, ledger=self.ledger, now=self.clock.now())

    # Bad days

    def back_up(self):
        return self.ledger.backups.create(at=self.clock.now())

    def backups(self):
        """The paths of the backups there are; none of a database server."""
        ledger = self.folder / "var" / "ledger.db"
        return [] if self._ledger_url else [str(path) for path in backups_of(ledger)]

    def adopt(self, former):
        """Send from this copy, and count on from what the former office has sent."""
        self.taken = self.relay.taken = former.taken
        return adopt_ledger(nothing_sent_since=True, **self._acting)

    def restore(self):
        """Replace the ledger by its newest backup."""
        self.close()
        app = App(self.folder, clock=self.clock, ledger_url=self._ledger_url)
        try:
            return restore_ledger(
                None,
                restore=app.restore,
                open_ledger=app.open_ledger,
                actor=ACTOR,
                now=self.clock.now(),
            )
        finally:
            app.__exit__(None, None, None)
            self._open()

    def copy(self, folder):
        """Copy the workspace, ledger and all; returns the office that works in the copy."""
        self.close()
        shutil.copytree(self.folder, folder)
        self._open()
        copied = object.__new__(Office)
        copied.folder, copied.clock = folder, self.clock
        copied.moods, copied.taken = self.moods, []
        copied._ledger_url, copied._version = self._ledger_url, self._version
        copied._open()
        return copied


@cache
def _mail(path):
    """Read the file once: it never changes."""
    message = message_from_bytes(path.read_bytes())
    step, campaign, *_rest = message["Feedback-ID"].split(":")
    return Mail(campaign, step, parseaddr(message["To"])[1], message["X-Mailer-Delivery"])
