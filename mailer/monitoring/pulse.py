"""Tell the service manager that the service began, works and ends (sd_notify(3))."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from time import monotonic

_BEAT_EVERY_S = 1.0


class ServiceManager:
    """Sends what systemd is told, and nothing where there is no systemd.

    `address` is `$NOTIFY_SOCKET`; one that begins with @ is an abstract socket.
    """

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._told_at_s = -_BEAT_EVERY_S

    @classmethod
    def of_environment(cls) -> ServiceManager:
        """Return the one that started this process; its children are not to speak for it."""
        return cls(os.environ.pop("NOTIFY_SOCKET", ""))

    @property
    def is_there(self) -> bool:
        return bool(self._address)

    def ready(self) -> None:
        """Say that the service has begun: the ledger is open, and it can work."""
        self._tell("READY=1")

    def beat(self) -> None:
        """Say that the service works, at most once a second; the watchdog restarts a silent one."""
        if monotonic() - self._told_at_s >= _BEAT_EVERY_S:
            self._told_at_s = monotonic()
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the service ends, so that it is waited for."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        # A manager that is gone must not end the sending.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.connect(self._address)
            channel.sendall(state.encode())
