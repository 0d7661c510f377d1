"""Keeps the press room as it is at this instant, and makes it again when something has changed."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import LedgerError
from mailer.files.catalogues import translations_for
from mailer.files.theme_files import office_look
from mailer.languages import CODES
from mailer.operations.press_room.reading import public_releases, public_room
from mailer.pages.press_room import RoomFrame
from mailer.pages.press_room_site import PressRoomSite
from mailer.press_room.clock import PressRoomClock
from mailer.publication.freshness import fresh_for_s
from mailer.wording import _, say

if TYPE_CHECKING:
    from mailer.wiring.app import App

_LOOK_EVERY_S = 1.0
"""How often the ledger is asked whether something was launched, stopped or withdrawn."""
_LOG = logging.getLogger(__name__)


class Shown(NamedTuple):
    """The press room at one instant, and for how long a cache may keep what it answers."""

    site: PressRoomSite
    fresh_for_s: int


class LivePressRoom:
    """The press room of one workspace. Safe for several threads."""

    def __init__(self, app: App, *, public_url: str = "", is_live: bool = True) -> None:
        self._app = app
        self._frame = room_frame(app, public_url=public_url, is_live=is_live)
        self._clock = PressRoomClock(app)
        self._release_of = public_releases(ledger=app.ledger)
        self._lock = Lock()
        self._site: PressRoomSite | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the ledger must be asked before the next answer."""
        return self._needs_look(self._site)

    def current(self) -> Shown:
        """Return the press room as it is now. Raises LedgerError when it was never read.

        While the ledger cannot be read, what was public before stays, and nothing becomes public.
        """
        with self._lock:
            site = self._site
            if site is None or self._needs_look(site):
                site = self._look(site)
            now = self._clock.now()
            return Shown(site, fresh_for_s(now, next_change_at=site.room.next_change_at))

    def _needs_look(self, site: PressRoomSite | None) -> bool:
        if site is None or not self._clock.is_steady or self._clock.age_s >= _LOOK_EVERY_S:
            return True
        next_change_at = site.room.next_change_at
        return next_change_at is not None and self._clock.now() >= next_change_at

    def _look(self, before: PressRoomSite | None) -> PressRoomSite:
        try:
            now = self._clock.read()
            room = public_room(now, ledger=self._app.ledger)
        except LedgerError as error:
            if before is None:
                raise
            _LOG.warning("The ledger cannot be read: %s", error.problems[0].what)
            return before
        if before is not None and before.room == room:
            return before
        self._site = site = PressRoomSite(room, self._frame, release_of=self._release_of)
        return site


def room_frame(app: App, *, public_url: str = "", is_live: bool) -> RoomFrame:
    """Return what every page of the press room of a workspace has."""
    settings = app.settings
    part, office = settings.press_room, settings.office
    language = office.language if office.language in CODES else next(iter(CODES))
    local = f"http://{part.host}:{part.port}"
    return RoomFrame(
        title=part.title or say(_("Press room"), translations_for(language)),
        office=office,
        look=office_look(app.workspace / "templates", office.theme),
        languages=tuple(CODES),
        public_url=part.public_url or public_url or local,
        say=lambda text, code: say(text, translations_for(code)),
        is_live=is_live,
    )
