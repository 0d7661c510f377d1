"""Listen on a port or a Unix socket for a web application."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailer.errors import BackendMisconfigured, Place, Problem, reason_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BACKLOG = 1024
_FOR_ITS_GROUP = 0o660


def listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port. Raises BackendMisconfigured when it is in use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        what = _("This port cannot be opened: {reason}.", reason=reason_of(error))
        remedy = _("End the other program that uses it, or choose another port.")
        raise BackendMisconfigured(Problem(Place(f"{host}:{port}"), what, remedy)) from error
    # Headers and body are two writes: without this the second waits 40 ms for an answer to the
    # first (asyncio sets it only on sockets that it makes itself).
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


@contextmanager
def unix_listener(path: Path) -> Iterator[socket.socket]:
    """Listen on a socket that this account and its group may write to, and remove it in the end.

    Raises BackendMisconfigured when it cannot be made.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_socket() and not _answers(path):
                path.unlink()  # left by a program that was killed
            listening.bind(str(path))
            path.chmod(_FOR_ITS_GROUP)
            listening.listen(_BACKLOG)
        except OSError as error:
            what = _("This socket cannot be opened: {reason}.", reason=reason_of(error))
            remedy = _("End the other program that uses it, or choose another path.")
            raise BackendMisconfigured(Problem(Place(str(path)), what, remedy)) from error
        try:
            yield listening
        finally:
            path.unlink(missing_ok=True)


def _answers(path: Path) -> bool:
    """Return whether a program listens on a socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(str(path)) == 0
