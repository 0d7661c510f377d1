"""The last previews of texts that are not saved, for the frames that show them."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

MOST = 64


class UnsavedPreviews:
    """A few pages in memory. Each is shown only to the person whose typing made it: the `owner`
    names the workspace too, because a process may serve several.
    """

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._lock = Lock()

    def keep(self, html: str, *, owner: str) -> str:
        """Keep a page and return its token; the oldest one is dropped."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._pages[owner, token] = html
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return token

    def get(self, token: str, *, owner: str) -> str | None:
        """Return the page of a token; None when it was dropped, or is somebody else's."""
        with self._lock:
            return self._pages.get((owner, token))


PREVIEWS = UnsavedPreviews()
"""Those of this process. They are as short-lived as the typing that makes them."""
