"""Writes a new campaign folder that is valid, with placeholders for what is missing.

The check `unresolved-placeholder` finds the placeholders (“à compléter”), so that a new campaign
can be previewed at once and cannot be launched by mistake.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mailer.addresses import NotAnAddress, read_address
from mailer.calendar.timetable import NotATime, working_days_after
from mailer.errors import ContentError, Place, Problem, Unreadable
from mailer.files.campaigns.moments import read_moment
from mailer.files.campaigns.original import ORIGINAL, kept_document
from mailer.files.campaigns.proposed_facts import with_proposals
from mailer.files.toml.values import read_phone
from mailer.languages import CODES, language_of
from mailer.model.campaigns.campaign import CampaignKind
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mailer.languages.language import StepText
    from mailer.model.campaigns.proposals import RecognisedDocument

_DEADLINE = re.compile(r"\s*[^.!?\n][^.!?]*\{\{ accreditation\.deadline \}\}\.?")
"""A sentence of a starter text that says until when people ask for accreditation."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOUR_ALONE = re.compile(r"\d{1,2}[:h]\d{0,2}")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-")
INVITING = frozenset(
    {
        CampaignKind.ADVISORY,
        CampaignKind.SAVE_THE_DATE,
        CampaignKind.FOLLOW_UP,
        CampaignKind.POSTPONEMENT,
        CampaignKind.CANCELLATION,
    }
)
"""Kinds that need an event."""

_A_MONTH = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class StarterStep:
    """One step of a new campaign. `send` is a rule, or `now`."""

    id: str
    send: str
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


STARTER_STEPS: Mapping[CampaignKind, tuple[StarterStep, ...]] = {
    CampaignKind.ADVISORY: (
        StarterStep("announcement", "J-10 09:30"),
        StarterStep("reminder", "J-2 09:30", unless=("accredited", "declined")),
        StarterStep("practical", "J-1 15:00", only=("accredited",)),
        StarterStep("morning", "J-0 07:30", only=("accredited",)),
    ),
    CampaignKind.PRESS_RELEASE: (StarterStep("release", "J-0 09:30"),),
    CampaignKind.SAVE_THE_DATE: (StarterStep("save-the-date", "J-15 09:30"),),
    CampaignKind.PRESS_KIT: (StarterStep("kit", "J+1 10:00"),),
    CampaignKind.FOLLOW_UP: (StarterStep("follow-up", "J+1 10:00"),),
    CampaignKind.CORRECTION: (StarterStep("correction", "now"),),
    CampaignKind.POSTPONEMENT: (StarterStep("postponement", "now"),),
    CampaignKind.CANCELLATION: (StarterStep("cancellation", "now"),),
}
"""The steps of each kind in the order of sending; each language has a text for each of them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The author's answers; an empty one leaves a placeholder.

    `event` is a day, with or without an hour, as `read_moment` takes it. `address` is the address for accreditation
    requests.
    """

    title: str
    event: str = ""
    venue: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    language: str = "fr"


def new_campaign(
    folder: Path,
    kind: CampaignKind,
    answers: Answers,
    *,
    today: date,
    document: RecognisedDocument | None = None,
) -> Path:
    """Write a new `folder`, which must not exist, and return it.

    Raises ContentError with all problems of the answers (see `starter_files`).
    """
    taken = [_taken(folder.as_posix())] if folder.exists() else []
    files, problems = _starter_files(folder.name, kind, answers, today, document)
    if taken or problems:
        raise ContentError(*taken, *problems)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def starter_files(
    slug: str,
    kind: CampaignKind | None,
    answers: Answers,
    *,
    today: date,
    document: RecognisedDocument | None = None,
) -> dict[str, bytes]:
    """Return the files of a new campaign by name, `campaign.toml` first.

    When no day is given for the event, the name gives it (`2026-03-31-meeting`), or it is four
    weeks ahead, without an hour, for the author to correct. A `document` gives the text of the
    first step and the facts that the answers leave open; nothing that it does not say is made up.
    Raises ContentError with all problems of the answers; the key of each is the name of the answer.
    A kind that nobody has chosen is one.
    """
    files, problems = _starter_files(slug, kind, answers, today, document)
    if problems:
        raise ContentError(*problems)
    return files


def _starter_files(
    slug: str,
    kind: CampaignKind | None,
    answers: Answers,
    today: date,
    document: RecognisedDocument | None,
) -> tuple[dict[str, bytes], list[Problem]]:
    problems: list[Problem] = []
    if not _SLUG.fullmatch(slug):
        what = _("“{name}” is not a plain name: use a–z, 0–9 and single hyphens.", name=slug)
        remedy = _("Write for instance {example}.", example="2026-03-31-rencontre")
        problems.append(Problem(Place(slug, key="slug"), what, remedy))
    if kind is None:
        what = _("the kind is missing")
        problems.append(Problem(Place("", key="kind"), what, _("Choose one from the list.")))
    is_open = document is not None and not answers.event
    moment = None if is_open else _moment(slug, kind, answers, today, problems)
    _check_address(answers, problems)
    _check_phone(answers, problems)
    texts = language_of(answers.language).starter_texts
    if texts is None:
        problems.append(no_texts(answers.language))
    if kind is None or texts is None:
        return {}, problems
    answers = replace(
        answers,
        **{name: _plain(getattr(answers, name)) for name in ("title", "venue", "contact", "phone")},
    )
    steps = STARTER_STEPS[kind]
    told = {step.id: texts.steps[step.id] for step in steps}
    if document is not None and document.value("accreditation", "deadline") is None:
        told = {name: without_deadline(text) for name, text in told.items()}
    lines = [
        *_head(kind, answers, texts.gap),
        *(_open_event(kind, answers, texts.gap) if is_open else _event(moment, answers, texts.gap)),
        *_accreditation(kind, answers, document),
        *_contact(answers, texts.gap),
        *_corrections(kind, texts.gap),
        *(
            line
            for step in steps
            for line in step_lines(
                replace(step, send=send_of(step.send, moment, today)), told[step.id]
            )
        ),
    ]
    facts = f"# {texts.heading}\n\n" + "\n".join(lines)
    written = {name: text.text for name, text in told.items()}
    if document is not None:
        facts = facts.replace("\n\n", f"\n# {texts.to_confirm}\n\n", 1)
        facts = with_proposals(facts, document.facts)
        written[steps[0].id] = document.text or written[steps[0].id]
    files = {"campaign.toml": facts, **{f"{name}.md": text for name, text in written.items()}}
    if document is not None:
        files[ORIGINAL] = kept_document(document, texts.taken_out)
    return {name: encoded(text) for name, text in files.items()}, problems


def without_deadline(text: StepText) -> StepText:
    """Return the text without its sentence on the deadline for accreditation."""
    return replace(
        text,
        preheader=_DEADLINE.sub("", text.preheader),
        text=_DEADLINE.sub("", text.text),
    )


def _taken(name: str) -> Problem:
    what = _("There is something of this name already.")
    return Problem(Place(name, key="slug"), what, _("Choose another name."))


def _moment(
    slug: str, kind: CampaignKind | None, answers: Answers, today: date, problems: list[Problem]
) -> date | None:
    """Return the day, or day and hour, of the event; None for a campaign without one."""
    if _HOUR_ALONE.fullmatch(answers.event):
        what = _("The hour is there, and the day is missing.")
        problems.append(Problem(Place(answers.event, key="event"), what, _("Choose the day.")))
        return None
    if answers.event:
        try:
            return read_moment(answers.event, answers.language)
        except NotATime as refused:
            remedy = _("Write for instance {example}.", example="2026-03-31 09:30")
            problems.append(Problem(Place(answers.event, key="event"), refused.reason, remedy))
            return None
    if kind not in INVITING:
        return None
    dated = _DATED.match(slug)
    try:
        return date.fromisoformat(dated[1]) if dated else today + _A_MONTH
    except ValueError:
        return today + _A_MONTH


def _check_address(answers: Answers, problems: list[Problem]) -> None:
    if answers.address:
        try:
            read_address(answers.address)
        except NotAnAddress as refused:
            problems.append(
                Problem(
                    Place(answers.address, key="address"),
                    refused.reason,
                    _("Correct the address."),
                )
            )


def _check_phone(answers: Answers, problems: list[Problem]) -> None:
    try:
        read_phone(answers.phone)
    except Unreadable as refused:
        remedy = _("Write a number, or leave the field empty.")
        problems.append(Problem(Place(answers.phone, key="phone"), refused.reason, remedy))


def no_texts(language: str) -> Problem:
    """Say that no new campaign can be made in a language."""
    return Problem(
        Place(language),
        _("There are no texts for a new campaign in the language “{language}”.", language=language),
        _("Choose one of: {languages}.", languages=", ".join(CODES)),
    )


def _head(kind: CampaignKind, answers: Answers, gap: str) -> Iterator[str]:
    yield f"kind = {_quoted(kind)}"
    yield f"title = {_quoted(answers.title or gap)}"
    yield f"language = {_quoted(answers.language)}"


def _event(moment: date | None, answers: Answers, gap: str) -> Iterator[str]:
    if moment is None:
        return
    yield "\n[event]"
    yield f"name = {_quoted(answers.title or gap)}"
    yield f"starts_at = {moment.isoformat()}"
    yield f"venue = {_quoted(answers.venue)}"
    yield 'address = ""'


def _open_event(kind: CampaignKind, answers: Answers, gap: str) -> Iterator[str]:
    """Yield an event whose day nobody has said. The steps have days of their own then."""
    if kind in INVITING:
        yield "\n[event]"
        yield f"name = {_quoted(answers.title or gap)}"
        yield f"venue = {_quoted(answers.venue)}"
        yield 'address = ""'


def _accreditation(
    kind: CampaignKind, answers: Answers, document: RecognisedDocument | None
) -> Iterator[str]:
    if kind is not CampaignKind.ADVISORY:
        return
    if document is not None:
        # Whether it is compulsory, and until when, is for the document to say.
        yield f"\n[accreditation]\naddresses = [{_quoted(answers.address) if answers.address else ''}]"
        return
    yield "\n[accreditation]"
    yield "required = true"
    yield 'deadline = "J-1 12:00"'
    yield "deadline_proposed = true"
    yield f"addresses = [{_quoted(answers.address) if answers.address else ''}]"


def _contact(answers: Answers, gap: str) -> Iterator[str]:
    yield "\n[[press_contacts]]"
    yield f"name = {_quoted(answers.contact or gap)}"
    yield f"phone = {_quoted(answers.phone)}"


def _corrections(kind: CampaignKind, gap: str) -> Iterator[str]:
    if kind is CampaignKind.CORRECTION:
        yield "\n[[corrections]]"
        yield from (f"{key} = {_quoted(gap)}" for key in ("what", "old", "new"))


def step_lines(
    step: StarterStep, text: StepText, *, to: Iterable[str] = ("press",), kind: str = ""
) -> Iterator[str]:
    """Yield the lines of a step; its `kind` is said where it has not that of its campaign."""
    yield "\n[[steps]]"
    yield f"id = {_quoted(step.id)}"
    if kind:
        yield f"kind = {_quoted(kind)}"
    yield f"send = {_quoted(step.send)}"
    yield f"to = {_list(to)}"
    if step.only:
        yield f"only = {_list(step.only)}"
    if step.unless:
        yield f"unless = {_list(step.unless)}"
    yield f"subject = {_quoted(text.subject)}"
    yield f"preheader = {_quoted(text.preheader)}"


def send_of(rule: str, moment: date | None, today: date) -> str:
    """Return the rule of a step, or a date and hour for `now` or when there is no event."""
    if rule == "now":
        return f"{datetime.combine(today, time(9)):%Y-%m-%d %H:%M}"
    if moment is None:
        return f"{working_days_after(today, 1):%Y-%m-%d} {rule.rpartition(' ')[2]}"
    return rule


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(text: str) -> str:
    """Return a TOML basic string, which has the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Return `text` on one line, without control characters."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def encoded(text: str) -> bytes:
    """Return a text as it stands in its file."""
    return (text.rstrip("\n") + "\n").encode()
