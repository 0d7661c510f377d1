"""The report about a campaign: a page to print, and a table for Excel."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from mailer.excel_csv import excel_csv
from mailer.feedback.explain import explain
from mailer.host.atomic_write import make_private_folder, write_atomically
from mailer.labels import label_of, step_title, why_left_out
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.mailings.delivery import HANDED_OVER, DeliveryStatus
from mailer.pages.page import render_page
from mailer.wording import Text, _, said_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mailer.model.campaigns.audience import ExclusionReason
    from mailer.model.contacts.call import Call
    from mailer.model.reports.report import (
        MailingReport,
        MediaPresence,
        NotMailed,
        Report,
        ReportedRecipient,
    )

_TONES: Mapping[DeliveryStatus, str] = {
    DeliveryStatus.ACCEPTED: "good",
    DeliveryStatus.DELIVERED: "good",
    DeliveryStatus.BOUNCED: "bad",
    DeliveryStatus.REJECTED: "bad",
    DeliveryStatus.COMPLAINED: "bad",
    DeliveryStatus.UNCERTAIN: "uncertain",
    DeliveryStatus.SUPPRESSED: "held",
    DeliveryStatus.CANCELLED: "held",
    DeliveryStatus.PENDING: "coming",
    DeliveryStatus.SENDING: "coming",
    DeliveryStatus.DEFERRED: "coming",
}
_TONE_ORDER = ("good", "back", "bad", "uncertain", "held", "coming")
"""Order of the tones in a bar, from left to right."""

_ANSWERS: Mapping[AccreditationState, Text] = {
    AccreditationState.ASKED: _("requests to answer"),
    AccreditationState.ACCEPTED: _("people accredited"),
    AccreditationState.WAITING: _("people on the waiting list"),
    AccreditationState.REFUSED: _("people refused"),
    AccreditationState.DECLINED: _("people who will not come"),
    AccreditationState.ATTENDED: _("people who came"),
}


@dataclass(frozen=True, slots=True)
class _Slice:
    """A segment of a mailing's bar; `start` and `width` in percent of the bar."""

    tone: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class _ReportedStep:
    """A mailing with its bar, and the number of people not written to by reason."""

    mailing: MailingReport
    slices: tuple[_Slice, ...]
    back: int
    """Number of accepted messages that later soft-bounced."""
    left_out: Mapping[ExclusionReason, int]


def write_report(
    folder: Path, report: Report, *, say: Callable[[Text], str], language: str
) -> Path:
    """Write the report into `folder` and return its page, `index.html`.

    `recipients.csv` beside it holds one row per person, for a spreadsheet.
    """
    make_private_folder(folder)
    write_atomically(folder / "recipients.csv", report_table(report, say=say))
    page = folder / "index.html"
    write_atomically(page, report_page(report, say=say, language=language).encode())
    return page


def report_table(report: Report, *, say: Callable[[Text], str]) -> bytes:
    """Return one row per person as a CSV file that Excel opens."""
    return excel_csv(report_rows(report, say=say))


def report_page(
    report: Report, *, say: Callable[[Text], str], language: str, table: str = "recipients.csv"
) -> str:
    """Return the page of a report, with its style inside. `table` is where its rows are found."""
    return render_page(
        "report.html.j2",
        sheets=("page.css", "report.css"),
        policy="",
        say=say,
        language=language,
        report=report,
        table=table,
        made_at=report.made_at.astimezone(ZoneInfo(report.time_zone)),
        tones=tones_of(report.mailings),
        handed_over=sum(
            mailing.by_status.get(status, 0)
            for mailing in report.mailings
            for status in HANDED_OVER
        ),
        confirmed=sum(
            mailing.by_status.get(DeliveryStatus.DELIVERED, 0) for mailing in report.mailings
        ),
        steps=[_step(mailing) for mailing in report.mailings],
        answers=[
            (label, report.accreditations[state])
            for state, label in _ANSWERS.items()
            if report.accreditations.get(state)
        ],
        tone_of=_tone,
        outcome_of=outcome_of,
        why=why,
        left_out_because=exclusion_reason,
        call_in_words=call_in_words,
        presence_table=presence_table,
    )


def _step(mailing: MailingReport) -> _ReportedStep:
    tones = tones_of([mailing])
    return _ReportedStep(
        mailing,
        tuple(_slices(tones)),
        tones["back"],
        mailing.left_out_because,
    )


def tones_of(mailings: Iterable[MailingReport]) -> Counter[str]:
    """Count messages by tone: arrived, came back, failed, uncertain, held, still to come."""
    tones: Counter[str] = Counter()
    for mailing in mailings:
        for status, count in mailing.by_status.items():
            tones[_TONES[status]] += count
        tones["back"] += mailing.came_back
        tones[_TONES[DeliveryStatus.ACCEPTED]] -= mailing.came_back
    return +tones


def _tone(person: ReportedRecipient) -> str:
    """Return the tone of a delivery. A soft bounce leaves the status "accepted", but the reader
    should see that it came back.
    """
    return "back" if person.came_back else _TONES[person.status]


def outcome_of(person: ReportedRecipient) -> Text:
    """Return the state of a delivery in words, so that no colour has to say that it came back."""
    return _("came back for now") if _tone(person) == "back" else label_of(person.status)


def _slices(tones: Counter[str]) -> Iterator[_Slice]:
    start, whole = 0.0, tones.total()
    for tone in _TONE_ORDER:
        if tones[tone]:
            width = 100 * tones[tone] / whole
            yield _Slice(tone, round(start, 3), round(width, 3))
            start += width


def why(person: ReportedRecipient) -> Text:
    """Return the reason why a message did not arrive, in plain language; else its status."""
    reason = explain(person.reason) if person.reason else label_of(person.status)
    if person.is_corrected:
        return _("{reason} (address corrected since)", reason=reason)
    return reason


def exclusion_reason(line: NotMailed) -> Text:
    """Return why somebody was not written to, as precisely as the ledger knows."""
    return why_left_out(line.reason, line.detail)


def report_rows(report: Report, *, say: Callable[[Text], str]) -> Iterator[list[str]]:
    """Yield a row for every person of every step, written to or not."""
    yield [
        say(heading)
        for heading in (
            _("Step"),
            _("Date"),
            _("Name"),
            _("Outlet or association"),
            _("Address"),
            _("Phone"),
            _("State"),
            _("Reason"),
        )
    ]
    for mailing in report.mailings:
        step = [say(step_title(mailing.step)), mailing.local_time.strftime("%Y-%m-%d %H:%M")]
        for p in mailing.people:
            reason = say(why(p)) if p.reason or p.is_corrected else ""
            status = say(label_of(p.status))
            yield [*step, p.name, p.organisation, p.address, p.phone, status, reason]
        for line in mailing.not_mailed:
            contact = line.contact
            yield [
                *step,
                contact.name,
                contact.organisation,
                str(contact.address),
                contact.phone,
                say(_("not written to")),
                say(exclusion_reason(line)),
            ]


def coverage_rows(report: Report, *, say: Callable[[Text], str]) -> Iterator[list[str]]:
    """Yield a row for every article or broadcast about the campaign, the headings first."""
    yield [say(heading) for heading in (_("Day"), _("Outlet"), _("Headline"), _("Page"))]
    for each in report.coverage:
        yield [each.published_on.isoformat(), each.outlet, each.title, each.link]


class WithPresence(Protocol):
    """A report, or what a desk shows of a rehearsal."""

    @property
    def presence(self) -> Sequence[MediaPresence]: ...

    @property
    def has_begun(self) -> bool: ...


def presence_headings(report: WithPresence) -> tuple[Text, ...]:
    """Return what the columns of `presence_table` are called."""
    came = (_("Present"), _("Did not come")) if report.has_begun else ()
    return (_("Kind of media"), _("Answers"), _("Expected"), *came, _("Will not come"))


def presence_table(report: WithPresence) -> Iterator[Sequence[Text | int]]:
    """Yield a row for every kind of media in the register, the headings first.

    Before the event nobody has come, and nobody is missed.
    """
    yield presence_headings(report)
    for each in report.presence:
        door = (each.came, each.missing) if report.has_begun else ()
        yield (kind_in_words(each.media), each.answers, each.expected, *door, each.declined)


def presence_rows(
    report: Report, *, say: Callable[[Text | str], str]
) -> Iterator[Sequence[str | int]]:
    """Yield the rows of `presence_table` as a sheet has them."""
    yield from (said_row(row, say) for row in presence_table(report))


def kind_in_words(media: str) -> Text:
    """Return the name of a kind of media, which the office wrote itself."""
    return Text("{media}", {"media": media}) if media else _("kind not known")


def call_in_words(call: Call) -> Text:
    """Return what came of a call, with what was noted."""
    outcome = label_of(call.outcome)
    return _("{outcome} ({note})", outcome=outcome, note=call.note) if call.note else outcome
