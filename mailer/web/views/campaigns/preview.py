"""The preview room: the exact mail of any recipient, as different mail programs show it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import Response

from mailer.checks.reading.texts.lines import line_at
from mailer.errors import ContentError, Place, Problem
from mailer.files.campaigns.folders import state_of_folder
from mailer.operations.campaigns.previews.preview_readers import place_of, tally
from mailer.operations.campaigns.previews.preview_remarks import verdict_on
from mailer.operations.campaigns.previews.preview_room import preview_mail
from mailer.operations.campaigns.previews.social_cards import social_cards
from mailer.pages.received import in_scheme, read_back
from mailer.pages.social_cards import card_files, cards_as_zip
from mailer.preview.inbox import inbox_lines
from mailer.preview.inverted import Inversion, inverted
from mailer.preview.marked_line import with_mark
from mailer.preview.transcript import transcript
from mailer.preview.word_engine import as_word_reads, dropped_styles
from mailer.web.remedies import editor_of, with_line
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailer.operations.campaigns.previews.preview_readers import ReaderPlace, ReaderTally
    from mailer.operations.campaigns.previews.preview_room import PreviewedMail
    from mailer.pages.received import ReceivedMessage
    from mailer.web.visit import Visit

_ASKED = ("etape", "version", "pour", "mode", "ligne")
"""What chooses the mail that is shown, in the address."""


@dataclass(frozen=True, slots=True)
class LiveState:
    """Where a page asks whether a file was saved, and where the new one is."""

    page: str
    asked: str
    is_led_on: bool


MODES: tuple[tuple[str, Text], ...] = (
    ("bureau", _("Computer")),
    ("tablette", _("Tablet")),
    ("telephone", _("Telephone")),
    ("sombre", _("Dark")),
    ("inverse-partiel", _("Dark, light colours turned (simulated)")),
    ("inverse", _("Dark, all colours turned (simulated)")),
    ("sans-images", _("Without pictures")),
    ("outlook", _("Outlook’s structure")),
    ("texte", _("Plain text")),
    ("lecteur-d-ecran", _("Screen reader")),
    ("boite", _("In the inbox")),
    ("lecteurs", _("All readers")),
    ("changements", _("What has changed")),
    ("remarques", _("Checks")),
    ("source", _("Source")),
    ("en-tetes", _("Headers")),
)
"""How a mail is shown, by the name in the address."""

FRAME_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
"""The policy of a mail: no script, no network, no origin, wherever it is opened."""
IN_THE_PAGE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The same, as far as a page can say it of itself."""
_WITHOUT_PICTURES = FRAME_POLICY.replace("img-src data:", "img-src 'none'")


def show(visit: Visit) -> Response:
    """Show one version of a step for one recipient."""
    state = _state(visit)  # before the files are read: what is saved meanwhile is shown next
    shown, mode = _asked(visit), _mode(visit)
    place = _place(shown)
    if place and visit.query("hasard"):
        return visit.done(_room(visit), **_choice(visit) | {"pour": place.some})
    received = read_back(shown.sample.message.raw) if shown.sample else None
    return visit.page(
        "campaigns/preview.html.j2",
        live=_live(visit, state),
        shown=shown,
        line=visit.query("ligne"),
        editor=_editor(visit),
        received=received,
        modes=MODES,
        mode=mode,
        asked=visit.query("pour"),
        place=place,
        view=_VALUES[mode](visit, shown, received) if received and mode in _VALUES else None,
    )


def follow(visit: Visit) -> Response:
    """Return the part of the page that says whether a file was saved since it was made."""
    seen = visit.query("vu")
    has_changed = seen != _state(visit)
    return visit.page(
        "campaigns/preview_live.html.j2", live=_live(visit, seen), has_changed=has_changed
    )


def remarks(visit: Visit) -> Response:
    """Return the part of the page with what the checks say, which it asks for when it is shown."""
    shown = _asked(visit)
    return visit.page(
        "campaigns/preview_remarks.html.j2",
        shown=shown,
        mode=_mode(visit),
        asked=visit.query("pour"),
        verdict=verdict_on(
            shown.draft,
            shown.step,
            shown.variant,
            drafts=visit.app.page_drafts,
            actor=visit.actor,
        ),
        editor=_editor(visit),
    )


def frame(visit: Visit) -> Response:
    """Return the HTML of the mail, for the frame of the page."""
    shown = _asked(visit)
    if shown.sample is None:
        raise ContentError(*shown.draft.problems or (_nobody(),))
    received = read_back(shown.sample.message.raw)
    if _mode(visit) == "sans-images":
        policy, html = _WITHOUT_PICTURES, received.shown_without_images(policy=IN_THE_PAGE)
    else:
        policy, html = FRAME_POLICY, received.shown(policy=IN_THE_PAGE)
    html = _AS_SHOWN.get(_mode(visit), _in_the_light)(html)
    if line := _line(visit, shown):
        html = with_mark(html, line)
    return Response(html, media_type="text/html", headers={"Content-Security-Policy": policy})


def eml(visit: Visit) -> Response:
    """Return the bytes of the mail, for a mail program."""
    shown = _asked(visit)
    if shown.sample is None:
        raise ContentError(_nobody())
    return Response(
        shown.sample.message.raw,
        media_type="message/rfc822",
        headers={"Content-Disposition": 'attachment; filename="apercu.eml"'},
    )


def social(visit: Visit) -> Response:
    """Return the cards for social networks of the version that is shown, as one file."""
    cards = social_cards(
        visit.slug,
        step=visit.query("etape"),
        version=visit.query("version"),
        drafts=visit.app.page_drafts,
    )
    zone = visit.app.page_drafts.readable_campaign(visit.slug).time_zone
    files = card_files(cards, zone=zone, say=visit.say_plainly, language=visit.language)
    return Response(
        cards_as_zip(files),
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="reseaux.zip"'},
    )


def _in_the_light(html: str) -> str:
    return in_scheme(html, is_dark=False)


_AS_SHOWN: Mapping[str, Callable[[str], str]] = {
    "sombre": lambda html: in_scheme(html, is_dark=True),
    "inverse-partiel": lambda html: inverted(_in_the_light(html), Inversion.PARTIAL),
    "inverse": lambda html: inverted(_in_the_light(html), Inversion.FULL),
    "outlook": as_word_reads,
}
"""What becomes of the HTML in a way of showing it; in the others it is that of the light."""


_VALUES: Mapping[str, Callable[[Visit, PreviewedMail, ReceivedMessage], object]] = {
    "outlook": lambda _visit, _shown, received: dropped_styles(received.html),
    "lecteur-d-ecran": lambda _visit, _shown, received: transcript(received.html),
    "boite": lambda _visit, _shown, received: inbox_lines(received.subject, received.snippet),
    "lecteurs": lambda visit, shown, _received: _tally(visit, shown),
    "remarques": lambda visit, shown, _received: verdict_on(
        shown.draft, shown.step, shown.variant, drafts=visit.app.page_drafts, actor=visit.actor
    ),
    "changements": lambda visit, shown, _received: visit.app.signed_texts.changes(
        shown.draft, shown.step, shown.variant
    ),
}
"""What the page of a way of showing shows instead of the mail, or beside it."""


def _tally(visit: Visit, shown: PreviewedMail) -> ReaderTally | None:
    """Return the count of the step's mails; None as long as one of its texts does not compile."""
    of_step = [key for key in shown.versions if key[0] == shown.step]
    if not all(key in shown.draft.messages for key in of_step):
        return None
    return tally(shown.draft, shown.step, composer=visit.app.composer)


def _line(visit: Visit, shown: PreviewedMail) -> str:
    """Return the line of the text that is to be marked in the mail, or ""."""
    number = visit.query_number("ligne")
    step = next(each for each in shown.draft.campaign.steps if each.id == shown.step)
    if number is None:
        return ""
    file = step.contents[shown.variant].file
    return line_at(shown.draft, Place(file, number))


def _editor(visit: Visit) -> Callable[[Place], str]:
    """Return what makes the address at which a finding is corrected.

    In the room that is the reader's own editor, where the settings name one; the desk may run on
    another machine and has pages of its own.
    """
    template = visit.app.settings.web.editor
    if visit.person.id:
        return lambda where: with_line(editor_of(visit.slug, where), where.line)
    if not template:
        return lambda _where: ""
    folder = visit.app.campaigns.folder(visit.slug)
    return lambda where: template.format(
        file=quote(str(folder / PurePath(where.file).name)), line=max(where.line, 1)
    )


def _place(shown: PreviewedMail) -> ReaderPlace | None:
    if shown.sample is None:
        return None
    key = shown.sample.message.recipient.address.key
    return place_of(shown.draft, shown.step, key, chance=secrets.randbelow(2**31))


def _asked(visit: Visit) -> PreviewedMail:
    return preview_mail(
        visit.slug,
        step=visit.query("etape"),
        version=visit.query("version"),
        reader=visit.query("pour"),
        actor=visit.actor,
        drafts=visit.app.page_drafts,
        composer=visit.app.composer,
    )


def _state(visit: Visit) -> str:
    """Return a mark that changes whenever a file of the campaign or of a template is saved."""
    folders = visit.app.campaigns.folder(visit.slug), visit.app.workspace / "templates"
    return sha256(repr(list(map(state_of_folder, folders))).encode()).hexdigest()[:16]


def _live(visit: Visit, state: str) -> LiveState:
    asked = _choice(visit)
    return LiveState(
        page=f"{_room(visit)}?{urlencode(asked)}",
        asked=f"{_room(visit)}/suivi?{urlencode(asked | {'vu': state})}",
        # In the room somebody looks at what they themselves save. At the desk a page that
        # changed by itself would take away what somebody else is reading.
        is_led_on=not visit.person.id,
    )


def _room(visit: Visit) -> str:
    return f"/campagnes/{quote(visit.slug)}/apercu"


def _choice(visit: Visit) -> dict[str, str]:
    return {name: visit.query(name) for name in _ASKED if visit.query(name)}


def _mode(visit: Visit) -> str:
    mode = visit.query("mode")
    return mode if mode in dict(MODES) else MODES[0][0]


def _nobody() -> Problem:
    return Problem(
        Place(""), _("there is no mail to show"), _("Correct what the checks say about this text.")
    )
