"""The fields of a campaign on the desk's pages: their labels, the words of their choices, and how a
sentence of the desk names a key by them.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from mailer.labels import TRIGGERS, label_of, step_title, text_title
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.campaigns.campaign import CampaignKind
from mailer.wording import ForAdministrator, Text, TextFile, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailer.errors import Place
    from mailer.wording import WordedByDoor

LISTS: tuple[tuple[str, Text, Text], ...] = (
    ("press_contacts", _("Press contacts"), _("Add a contact")),
    ("partners", _("Partners"), _("Add a partner")),
    ("links", _("Links"), _("Add a link")),
    ("attachments", _("Attachments"), _("Add a file")),
    ("corrections", _("Corrections"), _("Add a correction")),
)
"""The lists of the form: the name in the file, the heading, and the legend of a new entry."""

LABELS: dict[str, Text] = {
    "title": _("Title of the campaign"),
    "kind": _("Kind of document"),
    "short_names": _("Short names that are right, one on each line"),
    "place": _("City of the dateline"),
    "event.name": _("Name of the event"),
    "event.theme": _("Theme"),
    "event.venue": _("Venue"),
    "event.address": _("Address"),
    "event.access": _("Access"),
    "event.starts_at.day": _("The day on which it starts"),
    "event.starts_at.hour": _("The hour at which it starts"),
    "event.ends_at.day": _("The day on which it ends"),
    "event.ends_at.hour": _("The hour at which it ends"),
    "embargo.until.day": _("The last day of the embargo"),
    "embargo.until.hour": _("The hour at which the embargo ends"),
    "press_room.public": _("The text is public in the press room"),
    "press_room.since.day": _("The day from which it is public"),
    "press_room.since.hour": _("The hour from which it is public"),
    "accreditation.required": _("Accreditation is required"),
    "links.group": _("Where it is shown"),
    "accreditation.deadline": _("Deadline for accreditation"),
    "accreditation.deadline_proposed": _(
        "This deadline was proposed by the program; nobody has confirmed it"
    ),
    "accreditation.addresses": _("Addresses for requests, one on each line"),
    "accreditation.total": _("Places in all"),
    "accreditation.per_outlet": _("Places for each outlet"),
    "accreditation.order": _("When the first of the waiting list needs more places than there are"),
    "accreditation.accept": _("Who accepts requests"),
    "accreditation.confirm_within_hours": _("Hours to confirm a place from the waiting list"),
    "accreditation.promote_until": _("Until when the waiting list gets free places"),
    "accreditation.keep_cards_days": _("Days after the event for which card numbers are kept"),
    "steps.send": _("Day and hour"),
    "steps.on": _("Leaves"),
    "steps.only": _("Only to those who have answered"),
    "steps.unless": _("Not to those who have answered"),
    "steps.kind": _("Kind of document"),
    "steps.fixed": _("Keeps its day, working day or not"),
    "steps.calendar": _("With a file for calendars"),
    "steps.reason": _("Why one more reminder is needed"),
    "steps.to": _("Lists"),
    "steps.outlets": _("Only these outlets"),
    "steps.beats": _("Only these beats"),
    "steps.regions": _("Only these regions"),
    "steps.media": _("Only these kinds of media"),
    "steps.languages": _("Only these languages"),
    "steps.exclude": _("Nobody of these lists"),
    "steps.received": _("Only those who received one of these steps"),
    "steps.not_received": _("Nobody who received one of these steps"),
    "steps.most_per_week": _("Nobody who was written to so often in seven days"),
    "press_contacts.name": _("Name"),
    "press_contacts.role": _("Function"),
    "press_contacts.organisation": _("Organisation"),
    "press_contacts.email": _("Address"),
    "press_contacts.phone": _("Direct phone"),
    "press_contacts.mobile": _("Mobile on the day of the event"),
    "partners.name": _("Name"),
    "partners.role": _("Role"),
    "partners.url": _("Page"),
    "partners.logo": _("Logo (a picture of the campaign)"),
    "partners.tier": _("Stands among"),
    "partners.people": _("Who sees the campaign there: ids of people with the role “partner”"),
    "partners.signs": _("What one of them signs off before the launch"),
    "links.label": _("What it leads to"),
    "links.url": _("Page"),
    "attachments.path": _("File"),
    "attachments.label": _("What it is"),
    "attachments.public": _("The press room offers it to everybody, where the text is public"),
    "corrections.what": _("What was wrong"),
    "corrections.old": _("What was announced"),
    "corrections.new": _("What holds now"),
}
"""The label of each field, without the number of its entry."""

_NUMBER = re.compile(r"\.\d+\.|(?<=^steps)\..+\.")
"""The number of an entry, or the name of a step."""

_WHOLE: Mapping[str, Text] = {
    "event": _("The event"),
    "event.starts_at": _("It starts"),
    "event.ends_at": _("It ends"),
    "accreditation": _("Accreditation"),
    "embargo": _("Embargo"),
    "embargo.until": _("Nothing is published before"),
    "press_room": _("Press room"),
    "press_room.since": _("Not before"),
    "steps": _("Steps"),
    **{name: heading for name, heading, _adding in LISTS},
}
"""The headings of fields that belong together."""

_ENTRIES: Mapping[str, Text] = {
    "press_contacts": _("Press contact"),
    "partners": _("Partner"),
    "links": _("Link"),
}
"""What an entry of each list is called."""

_OF_TEXTS: Mapping[str, Text] = {
    "steps.subject": _("Subject"),
    "steps.preheader": _("Preheader: what an inbox shows after the subject"),
}
"""What stands on the page of a text."""

ON_TEXTS = frozenset({"subject", "preheader", "id", "content"})
"""The keys of a step that the page Texts shows, or whose texts it shows."""

_WITHOUT_FIELD: Mapping[str, Text] = {
    "images_url": _("Where pictures are put online"),
}
"""What only the file of a campaign can say: see “What the desk leaves to the files” in docs/desk.md."""

_ANSWERS: Mapping[str, Text] = {
    state.value: label_of(state)
    for state in AccreditationState
    if state is not AccreditationState.ACCEPTED
}
CHOICES: Mapping[str, Mapping[str, Text]] = {
    "kind": {kind.value: label_of(kind) for kind in CampaignKind},
    "partners.signs": {"passages": _("What is said in its name")},
    "steps.on": TRIGGERS,
    "steps.only": {
        "accredited": label_of(AccreditationState.ACCEPTED),
        **_ANSWERS,
        "accepted": _("accredited, and not yet seen at the event"),
    },
    "steps.unless": {
        "accredited": _("asked to come, whatever was decided"),
        **_ANSWERS,
        "accepted": label_of(AccreditationState.ACCEPTED),
    },
    "steps.kind": {kind.value: label_of(kind) for kind in CampaignKind},
}
"""What each value of a key is called, where it is one of a few. “accredited” means everybody who
asked to come where it leaves them out (`selection.rules`).
"""


_CALLED = {**LABELS, **_WHOLE, **_OF_TEXTS, **_WITHOUT_FIELD}


def label_of_field(say: Callable[[Text], str], name: str) -> str:
    """Return what a field of the page is called, without the number of its entry."""
    return say(LABELS.get(_NUMBER.sub(".", name), Text(name)))


def field_of(key: str) -> str:
    """Return the name of the field that holds a key: that of the list for one of its words
    (`steps.reminder.to.2`).
    """
    name, _dot, number = key.rpartition(".")
    return name if number.isdecimal() and _NUMBER.sub(".", name) in LABELS else key


def options_of(
    say: Callable[[Text | str], str], name: str, *, first: str = ""
) -> list[tuple[str, str]]:
    """Return the values of a choice with their words; those that the file has come `first`, in its
    order and one in each line, so that saving them changes nothing.
    """
    choices = CHOICES[_NUMBER.sub(".", name)]
    kept = first.split("\n") if first else []
    return [
        (it, say(choices.get(it, it))) for it in (*kept, *(c for c in choices if c not in kept))
    ]


def choice_in_words(name: str, text: str) -> Text | None:
    """Return what is chosen in a field, whose `text` has a value in each line; None for other fields."""
    choices = CHOICES.get(_NUMBER.sub(".", name))
    if choices is None:
        return None
    return Text("{chosen}", {"chosen": tuple(choices.get(it, it) for it in text.split("\n"))})


def field_called(path: str) -> Text | None:
    """Return what the desk calls a key of a campaign; None for a key that it does not know."""
    return entry_called(path) or _CALLED.get(_NUMBER.sub(".", path))


def entry_called(path: str) -> Text | None:
    """Return what an entry of a list is called (`links.2`); None for a key."""
    table, _dot, number = path.rpartition(".")
    return _ENTRIES.get(table) if number.isdecimal() else None


def named_on_pages(named: WordedByDoor) -> Text:
    """Word a value as the desk does: by the label of a field and its page, or whom to ask."""
    if isinstance(named, ForAdministrator):
        return _("For the administrator: {words}", words=named.words)
    if isinstance(named, TextFile):
        return _("“{title}”", title=text_title(PurePath(named.name).name))
    field, value = field_called(named.path) or Text(named.path.rpartition(".")[2]), named.value
    choices = CHOICES.get(named.path, {})
    choice = choices.get(value) if isinstance(value, str) else None
    if choice:
        field = _("{name}: {value}", name=field, value=choice)
    if named.path in _WITHOUT_FIELD:
        return _("“{field}” (the desk has no field for it: ask the administrator)", field=field)
    where = _("“{field}” on the page {page}", field=field, page=_page_of(named.path))
    match value:
        case str() if value not in ("", "…") and not choice:
            return _("{field}, for instance {example}", field=where, example=value)
        case tuple():
            called = tuple(choices.get(each, each) for each in value)
            return _("{field}, for instance {example}", field=where, example=called)
    return where


def _page_of(key: str) -> Text:
    """Return what the page is called on which the desk shows a key."""
    table, _dot, name = key.partition(".")
    if table != "steps":
        return _("Facts")
    return _("Texts") if name.rpartition(".")[2] in ON_TEXTS else _("Calendar")


def place_on_pages(where: Place) -> Text | None:
    """Return where the desk shows what a file of ours says; None for other files."""
    file, (table, *rest) = PurePath(where.file).name, where.key.split(".")
    if file == "config.toml":
        return _("settings of the program")
    if file.endswith(".md"):
        return _place_in_text(file, where)
    if file != "campaign.toml":
        return None
    if where.line and not where.key:  # no form can show a file that is not TOML
        return _("file of the facts, line {line}", line=where.line)
    place = _("page {page}", page=_page_of(where.key))
    if rest and (part := _part(table, rest[0])):
        place = _("{place}, {part}", place=place, part=part)
    name = _NUMBER.sub(".", field_of(where.key))
    if name not in _CALLED or name in _WITHOUT_FIELD:
        return place
    return _("{place}, “{field}”", place=place, field=_CALLED[name])


def _place_in_text(file: str, where: Place) -> Text:
    place = _("text “{title}”", title=text_title(file))
    if field := _OF_TEXTS.get(f"steps.{where.key}"):
        return _("{place}, “{field}”", place=place, field=field)
    return _("{file}, line {line}", file=place, line=where.line) if where.line else place


def file_called(path: str) -> Text:
    """Return what the desk calls a file of a campaign: the facts, a text, or the name of another."""
    if path == "campaign.toml":
        return _("Facts")
    return text_title(path) if path.endswith(".md") else Text("{path}", {"path": path})


def _part(table: str, entry: str) -> Text | None:
    """Return what the page calls a step, or an entry of a list."""
    if table == "steps":
        return step_title(entry)
    called = _ENTRIES.get(table)
    return called and Text("{entry} {number}", {"entry": called, "number": entry})
