"""Write the press room as files, which any web server can serve."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mailer.files.site_folders import replace_site
from mailer.pages.press_room_site import site_files
from mailer.press_room.live import LivePressRoom

if TYPE_CHECKING:
    from pathlib import Path

    from mailer.pages.press_room_site import PressRoomSite
    from mailer.wiring.app import App


class StaticPressRoom:
    """The press room of one workspace as files, in `folder` or in the folder of the settings."""

    def __init__(self, app: App, folder: Path | None = None) -> None:
        self._app = app
        self._folder = folder or app.workspace / app.settings.press_room.folder
        self._written: PressRoomSite | None = None

    @cached_property
    def _live(self) -> LivePressRoom:
        return LivePressRoom(self._app, is_live=False)

    def write(self) -> bool:
        """Write what is public now, and return whether the folder has changed.

        A web server that serves the folder sees all of the old pages or all of the new ones. Raises
        ContentError when the folder holds something else.
        """
        site = self._live.current().site
        if site is self._written:
            return False
        has_changed = replace_site(self._folder, site_files(site))
        self._written = site
        return has_changed
