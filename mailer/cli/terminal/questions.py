"""The questions that `mailer new` asks at a terminal."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import typer

from mailer.calendar.timetable import NotATime
from mailer.cli.terminal import show
from mailer.contacts.folding import folded
from mailer.errors import ContentError, Place, Problem, nearest
from mailer.files.campaigns.moments import read_moment
from mailer.labels import label_of
from mailer.model.campaigns.campaign import CampaignKind
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailer.files.campaigns.scaffold import Answers

Answer = TypeVar("Answer")
WORDS_IN_A_NAME = 5
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu)['’]")
_QUESTIONS = {
    "venue": _("Place"),
    "contact": _("Whom a journalist can call"),
    "phone": _("Their direct number"),
    "address": _("Address where to ask for accreditation"),
}
_ALSO_CALLED = {
    CampaignKind.PRESS_RELEASE: _("release, statement"),
    CampaignKind.ADVISORY: _("invitation, press invitation, press conference"),
    CampaignKind.SAVE_THE_DATE: _("hold the date"),
    CampaignKind.PRESS_KIT: _("media kit"),
    CampaignKind.FOLLOW_UP: _("thanks, after the event"),
    CampaignKind.CORRECTION: _("erratum"),
}
"""What people also call a kind, with commas between."""
_NOT_GIVEN = _("it is not given, and there is no terminal at which it could be asked for")


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What was given on the command line and answered at the terminal."""

    slug: str
    kind: CampaignKind
    answers: Answers


def asked(kind: str, answers: Answers, *, slug: str, is_document: bool = False) -> NewCampaign:
    """Return what was given, and ask for the rest when somebody sits at a terminal.

    Without a terminal, kind, title and slug must be given. A document needs no title: its place
    stays open. Raises ContentError for a kind that
    does not exist, and BadParameter for what is missing.
    """
    is_terminal = sys.stdin.isatty()
    is_asking = is_terminal and not (kind and answers.title and slug)
    if not is_terminal:
        title = answers.title or ("–" if is_document else "")
        _require(SLUG=slug, **{"--kind": kind, "--title": title})
    if is_asking and not kind:
        show.print_line(_("Kinds: {kinds}.", kinds=", ".join(map(_name_of, CampaignKind))))
    found = (
        kind_called(kind)
        if kind
        else _ask_until_valid(_("What kind of document is it"), kind_called)
    )
    if is_asking:
        answers = _completed(answers)
        slug = slug or _ask(_("Name of the folder"), default=proposed_slug(answers))
    return NewCampaign(slug, found, answers)


def kind_called(name: str) -> CampaignKind:
    """Return the kind that has this name, or one that begins so, on the screen or in
    `campaign.toml`. Raises ContentError.
    """
    names = {folded(each): kind for kind in CampaignKind for each in _names_of(kind)}
    wanted = folded(name)
    found = {kind for each, kind in names.items() if wanted and each.startswith(wanted)}
    if wanted in names:
        return names[wanted]
    if len(found) == 1:
        return found.pop()
    raise ContentError(
        Problem(
            Place("--kind"),
            _("There is no kind of document called “{name}”.", name=name),
            nearest(name, map(_name_of, CampaignKind)),
        )
    )


def proposed_slug(answers: Answers) -> str:
    """Return a name for the folder: the day of the event, and the first words of the title."""
    title = _ELISION.sub(" ", answers.title.lower())
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 1]
    try:
        day = [f"{read_moment(answers.event, answers.language):%Y-%m-%d}"]
    except NotATime:
        day = []
    return "-".join([*day, *words[:WORDS_IN_A_NAME]])


def _name_of(kind: CampaignKind) -> str:
    return show.translated(label_of(kind))


def _names_of(kind: CampaignKind) -> Iterator[str]:
    yield kind.value
    yield _name_of(kind)
    if kind in _ALSO_CALLED:
        yield from show.translated(_ALSO_CALLED[kind]).split(", ")


def _completed(answers: Answers) -> Answers:
    title = answers.title or _ask(_("Headline"))
    event = answers.event or _ask_until_valid(
        _("Date and hour of the event (leave empty if there is none)"),
        lambda text: _checked_moment(text, answers.language),
        default="",
    )
    given = {
        name: getattr(answers, name) or _ask(question, default="")
        for name, question in _QUESTIONS.items()
    }
    return replace(answers, title=title, event=event, **given)


def _checked_moment(text: str, language: str) -> str:
    if text:
        read_moment(text, language)
    return text


def _ask_until_valid(
    question: Text, read: Callable[[str], Answer], default: str | None = None
) -> Answer:
    """Ask until `read` takes the answer, and say each time what is wrong with it."""
    while True:
        try:
            return read(_ask(question, default))
        except ContentError as error:
            show.problems(error.problems)
        except NotATime as error:
            show.warn(error.reason)


def _ask(question: Text, default: str | None = None) -> str:
    answer = typer.prompt(
        show.translated(question), default=default, show_default=bool(default), prompt_suffix=" : "
    )
    return str(answer).strip()


def _require(**given: str) -> None:
    for name, value in given.items():
        if not value:
            raise typer.BadParameter(show.translated(_NOT_GIVEN), param_hint=name)
