"""A workspace whose settings are tried: the same configuration, with another value of one key."""

import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from mailer.clock import SimulatedClock
from mailer.wiring.app import App
from tests.counterparts.builders import NOON
from tests.counterparts.empty_ledger import empty_ledger

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Workplace:
    """A workspace, and what its `config.toml` says."""

    folder: Path
    config: str

    def having(self, key, value):
        """The same with this value of a key, which may be missing so far; None takes the key away."""
        table, _, name = key.rpartition(".")
        line = "" if value is None else f"{name} = {value}\n"
        heading = re.search(rf"(?m)^\[+{re.escape(table)}\]+\n", self.config)
        if heading is None:
            return Workplace(self.folder, f"{self.config}\n[{table}]\n{line}")
        before, rest = self.config[: heading.end()], self.config[heading.end() :]
        here, mark, after = re.match(r"(?s)(.*?)((?:^|(?<=\n))\[.*|\Z)()", rest).groups()
        kept = re.sub(rf"(?m)^{name} = .*\n", "", here)
        return Workplace(self.folder, f"{before}{line}{kept}{mark}{after}")

    def opened(self, clock=None, **more):
        """Its parts, made from what the configuration says now."""
        (self.folder / "config.toml").write_text(self.config, "utf-8")
        return App(self.folder, clock=clock or SimulatedClock(NOW), **more)


@contextmanager
def with_an_empty_ledger(at, *, is_apart=False):
    """The parts of a workspace where nothing has happened yet, on a clock that waits for us.

    A ledger that `is_apart` is opened whatever the configuration names.
    """
    shutil.rmtree(at.folder / "var", ignore_errors=True)
    (at.folder / "var").mkdir(mode=0o700)
    url = empty_ledger(at.folder / "var" / "ledger.db")
    (at.folder / "var" / "ledger.db").chmod(0o600)
    with at.opened(SimulatedClock(NOON), ledger_url=url if is_apart else "") as app:
        yield app


def trials_of(tried):
    """The tests of a table that says for each key another value, and what shows it.

    The module that takes them has a fixture `office`, a `Workplace`.
    """

    @pytest.fixture(scope="module")
    def as_written(office):
        """What a configuration shows that nobody has changed."""
        return cache(lambda show: show(office))

    @pytest.mark.parametrize("key", tried)
    def test_another_value_is_seen(key, office, as_written):
        value, show = tried[key]

        assert show(office.having(key, value)) != as_written(show)

    @pytest.mark.parametrize("show", dict.fromkeys(show for _value, show in tried.values()))
    def test_the_same_values_show_the_same(show, office, as_written):
        assert show(office) == as_written(show)

    return as_written, test_another_value_is_seen, test_the_same_values_show_the_same
