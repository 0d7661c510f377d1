"""Hash and compare passwords with argon2id, few at a time."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mailer.errors import Busy, Place, Problem
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 12
LONGEST = 200
_FEWEST_LETTERS = 5
_AT_ONCE = 2
_WAITING = 10
_PATIENCE_S = 20.0

# OWASP's recommendation (Password Storage Cheat Sheet, read 2026-11) for a small machine: 19 MiB,
# two passes. Two at once take 38 MiB, whatever number of people or programs tries to sign in.
_MEMORY_KIB, _PASSES = 19_456, 2


class Passwords:
    """Hashes and compares passwords, at most two at a time; a few more wait.

    Raises Busy when too many wait, so that a flood of tries cannot use up the memory.
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher(memory_cost=_MEMORY_KIB, time_cost=_PASSES, parallelism=1)
        self._places = BoundedSemaphore(_AT_ONCE + _WAITING)
        self._turns = BoundedSemaphore(_AT_ONCE)
        # Compared with where there is no password, so that an unknown name takes as long.
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with self._turn():
            return self._hasher.hash(_normal(password))

    def matches(self, password_hash: str, password: str) -> bool:
        """Return whether the password has this hash; no password has the empty one."""
        with self._turn():
            try:
                self._hasher.verify(password_hash or self._nobody, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return bool(password_hash)

    def is_weaker(self, password_hash: str) -> bool:
        """Return whether a hash was made with other costs than those of today."""
        return self._hasher.check_needs_rehash(password_hash)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._turns.acquire(timeout=_PATIENCE_S):
                raise _busy()
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()


def weakness_of(password: str, *, names: tuple[str, ...]) -> Text | None:
    """Return why a password cannot be used; None when it can. `names` are those of the person."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return _("The password needs at least {count} signs.", count=SHORTEST)
    if len(plain) > LONGEST:
        return _("The password has more than {count} signs.", count=LONGEST)
    if len(set(plain)) < _FEWEST_LETTERS:
        return _("The password repeats too few signs.")
    if plain.casefold() in {_normal(name).casefold() for name in names}:
        return _("The password is your name or address.")
    return None


def _normal(password: str) -> str:
    """Return a password as it is compared: keyboards write `é` in two ways (NIST SP 800-63B §5.1)."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


def _busy() -> Busy:
    what = _("too many people are signing in at this moment")
    return Busy(Problem(Place("desk", key="password"), what, _("Try again in a minute.")))
