"""The questions that `mailer new` asks at a terminal."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from mailer.cli import show
from mailer.contacts.folding import folded
from mailer.errors import ContentError, Place, Problem, nearest
from mailer.files.campaigns.moments import read_moment
from mailer.labels import label_of
from mailer.model.campaign import CampaignKind
from mailer.timetable import NotATime
from mailer.wording import Text, _

if TYPE_CHECKING:
    from mailer.files.campaigns.scaffold import Answers

WORDS_IN_A_NAME = 5
_QUESTIONS = {
    "event": _("Date and hour of the event (leave empty if there is none)"),
    "venue": _("Place"),
    "contact": _("Whom a journalist can call"),
    "phone": _("Their direct number"),
    "address": _("Address where to ask for accreditation"),
}


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What was given on the command line and answered at the terminal."""

    slug: str
    kind: CampaignKind
    answers: Answers


def asked(kind: str, answers: Answers, *, slug: str) -> NewCampaign:
    """Return what was given, and ask for the rest when somebody sits at a terminal.

    Without a terminal, kind, title and slug must be given. Raises ContentError for a kind that
    does not exist, and BadParameter for what is missing.
    """
    is_terminal = sys.stdin.isatty()
    is_asking = is_terminal and not (kind and answers.title and slug)
    if not is_terminal:
        _require(SLUG=slug, **{"--kind": kind, "--title": answers.title})
    if is_asking and not kind:
        show.print_line(_("Kinds: {kinds}.", kinds=", ".join(map(_name_of, CampaignKind))))
    found = kind_called(kind or _ask(_("What kind of document is it")))
    if is_asking:
        answers = _completed(answers)
        slug = slug or _ask(_("Name of the folder"), default=proposed_slug(answers))
    return NewCampaign(slug, found, answers)


def kind_called(name: str) -> CampaignKind:
    """Return the kind that has this name, or one that begins so, on the screen or in
    `campaign.toml`. Raises ContentError.
    """
    names = {folded(each): kind for kind in CampaignKind for each in (kind.value, _name_of(kind))}
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
    plain = unicodedata.normalize("NFKD", answers.title).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", plain.lower()) if len(word) > 1]
    try:
        day = [f"{read_moment(answers.event, answers.language):%Y-%m-%d}"]
    except NotATime:
        day = []
    return "-".join([*day, *words[:WORDS_IN_A_NAME]])


def _name_of(kind: CampaignKind) -> str:
    return show.translated(label_of(kind))


def _completed(answers: Answers) -> Answers:
    title = answers.title or _ask(_("Headline"))
    given = {
        name: getattr(answers, name) or _ask(question, default="")
        for name, question in _QUESTIONS.items()
    }
    return replace(answers, title=title, **given)


def _ask(question: Text, default: str | None = None) -> str:
    answer = typer.prompt(
        show.translated(question), default=default, show_default=bool(default), prompt_suffix=" : "
    )
    return str(answer).strip()


def _require(**given: str) -> None:
    for name, value in given.items():
        if not value:
            raise typer.BadParameter(show.translated(_("something is missing")), param_hint=name)
