"""A press office on a simulated clock, whose mails are read as their readers read them."""

from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as policy
from functools import partial

from mailer.clock import SimulatedClock
from mailer.engine.threads import ThreadEngine
from mailer.files.bundled import bundled
from mailer.files.campaigns.folder import survey_campaign
from mailer.files.templates import load_template
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address, Mailbox
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import Accepted
from mailer.model.mailings.message import Letterhead
from mailer.operations.amendments.act import (
    approve_amendment,
    draft_amendment,
    launch_amendment,
)
from mailer.operations.campaigns.drafts.drafts import Drafts
from mailer.operations.campaigns.launching.launch import first_audience_size, launch
from mailer.operations.people.registers import sweep_registers
from mailer.operations.sending.compose import Composer
from mailer.operations.sending.serve import run_tick
from tests.counterparts.builders import ACTOR
from tests.counterparts.campaigns import load_campaign
from tests.counterparts.compiling import compile_once
from tests.counterparts.drafts import OFFICE, paris
from tests.counterparts.scripted_backend import ScriptedBackend

_A_MOMENT = timedelta(seconds=2)
"""The new version leaves a second after the correction."""
LETTERHEAD = Letterhead(
    Mailbox(Address("presse", "institut.example"), "Service de presse"),
    unsubscribe_mailto=Address("stop", "institut.example"),
)


@dataclass(frozen=True)
class Mail:
    """A mail as it arrived: for whom, of which step, and what it says."""

    to: str
    step: str
    subject: str
    text: str
    calendars: tuple[bytes, ...]
    raw: bytes = field(repr=False)


class Post(ScriptedBackend):
    """Takes every message, and keeps it as its reader sees it."""

    def __init__(self):
        super().__init__(self._take)
        self.mails = []
        self.before_each = lambda _number: None
        self.answers = lambda _number, _mail: Accepted("250 ok")

    def _take(self, number, message):
        read = message_from_bytes(message.raw, policy=policy)
        files = (part for part in read.walk() if part.get_content_type() == "text/calendar")
        mail = Mail(
            to=str(message.recipient.address),
            step=message.shared_headers["Feedback-ID"].partition(":")[0],
            subject=str(read["Subject"]),
            text=read.get_body(("plain",)).get_content(),
            calendars=tuple(part.get_payload(decode=True) for part in files),
            raw=message.raw,
        )
        self.before_each(number)
        answer = self.answers(number, mail)
        if isinstance(answer, Accepted):
            self.mails.append(mail)
        return answer


class PressOffice:
    """One campaign in a folder, a ledger, a clock, and the post that leaves."""

    def __init__(self, folder, ledger, *, at, office=OFFICE, clock=None):
        self.folder, self.ledger, self.post = folder, ledger, Post()
        self.clock = clock or SimulatedClock(paris(at))
        self.engine = ThreadEngine(workers=1)
        self.composer = Composer(
            link_for=lambda _name, _delivery: "", contacts_of=ledger.contacts.of_ids
        )
        templates = partial(_template, folder.parent)
        self.drafts = Drafts(
            load=lambda _reference: load_campaign(folder, office=office),
            survey=lambda _reference: survey_campaign(folder, office=office),
            template_for=templates,
            compile_=compile_once,
            office=office,
            letterhead=LETTERHEAD,
            ledger=ledger,
            clock=self.clock,
        )

    @property
    def slug(self):
        return self.folder.name

    def knows(self, *addresses, lists=("press",), language="fr"):
        """Take people into the directory."""
        contacts = [
            Contact(
                contact_id(Address.parse(each)),
                Address.parse(each),
                last_name=each.partition("@")[0].capitalize(),
                lists=frozenset(lists),
                language=language,
            )
            for each in addresses
        ]
        self.ledger.contacts.save(contacts, actor=ACTOR, at=self.clock.now())

    def edits(self, old, new, *, file="campaign.toml"):
        """Change a text of the folder."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def launches(self):
        """Launch the campaign as its folder says."""
        draft = self.drafts.draft(self.slug)
        return launch(
            draft,
            findings=(),
            confirm=first_audience_size(draft),
            signatures_required=0,
            actor=ACTOR,
            ledger=self.ledger,
            now=self.clock.now(),
        )

    def answers(self, address, state=AccreditationState.ACCEPTED):
        """Note the answer of somebody."""
        answer = Accreditation(self.slug, Address.parse(address), state, self.clock.now())
        self.ledger.accreditations.save(answer, actor=ACTOR)

    def sweeps(self, at):
        """Let time pass over the register; return the states by address key."""
        self.clock.wait_until(paris(at))
        swept = sweep_registers(self.ledger, terms_for=self.drafts.terms, now=self.clock.now())
        for _entry in swept:
            pass
        return [each.state.value for each in self.ledger.accreditations.of_campaign(self.slug)]

    def runs(self, at=None):
        """Run the service at an instant until nothing is left to do then."""
        if at:
            self.clock.wait_until(paris(at))
        while True:
            tick = run_tick(
                ledger=self.ledger,
                backend=self.post,
                engine=self.engine,
                clock=self.clock,
                message_for=self._message,
                worker="w",
            )
            if not (tick.started or tick.chunks):
                return

    def _message(self, mailing, delivery):
        return self.composer.for_delivery(mailing, delivery, sent_at=self.clock.now())

    def drafts_amendment(self, kind, *, at=None, note=None):
        """Draft an amendment, as its command does."""
        if at:
            self.clock.wait_until(paris(at))
        return draft_amendment(
            self.slug, AmendmentKind(kind), note=note, actor=ACTOR, drafts=self.drafts
        )

    def launches_amendment(self, found, *, signatures_required=0):
        """Launch what was drafted, as its command does."""
        launch_amendment(
            self.slug,
            confirm=found.count,
            signatures_required=signatures_required,
            actor=ACTOR,
            drafts=self.drafts,
            back_up=False,
        )

    def tells(self, kind, *, at=None, note=None):
        """Draft, sign off and launch an amendment, and run the service; returns what it told."""
        found = self.drafts_amendment(kind, at=at, note=note)
        approve_amendment(self.slug, actor=ACTOR, drafts=self.drafts)
        self.launches_amendment(found, signatures_required=1)
        before = len(self.post.mails)
        self.runs()
        self.clock.wait_until(self.clock.now().replace(microsecond=0) + _A_MOMENT)
        self.runs()
        return self.post.mails[before:]

    def states(self):
        """The state of each mailing, by step."""
        return {each.step: each.state.value for each in self.ledger.mailings.summaries(self.slug)}


def _template(workspace, name, theme):
    return load_template(name, (workspace, bundled("templates")), theme=theme)
