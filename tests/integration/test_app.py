"""The parts of a workspace, connected once however many threads ask for them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, active_count

import pytest

from mailer.errors import ConfigError
from mailer.made_once import made_once
from mailer.wiring.app import App

THREADS = 24
PARTS = sorted(
    name
    for name, part in vars(App).items()
    if isinstance(part, made_once) and not name.startswith("_")
)


@pytest.fixture
def app(tmp_path):
    with App(tmp_path) as app:
        yield app


@pytest.mark.parametrize("name", PARTS)
def test_many_threads_that_ask_at_once_get_one_and_the_same_part(app, name):
    together = Barrier(THREADS)

    def ask(_number):
        together.wait()
        return getattr(app, name)

    with ThreadPoolExecutor(THREADS) as threads:
        parts = list(threads.map(ask, range(THREADS)))

    assert len({id(part) for part in parts}) == 1


def test_the_parts_may_be_asked_for_in_any_order_by_threads_that_wait_for_one_another(app):
    together = Barrier(len(PARTS))

    def ask(name):
        together.wait()
        return getattr(app, name)

    with ThreadPoolExecutor(len(PARTS)) as threads:
        made = dict(zip(PARTS, threads.map(ask, PARTS), strict=True))

    assert made["drafts"].ledger is made["ledger"]


def test_a_part_that_could_not_be_made_is_tried_again_when_it_is_asked_for_again(tmp_path):
    broken = tmp_path / "config.toml"
    broken.write_text("[office]\nnam = 'Institut'\n", encoding="utf-8")
    with App(tmp_path) as app:
        with pytest.raises(ConfigError):
            _ = app.settings

        broken.write_text("[office]\nname = 'Institut'\n", encoding="utf-8")

        assert app.settings.office.name == "Institut"


def test_what_was_made_is_closed_with_the_app(tmp_path):
    before = active_count()

    with App(tmp_path) as app:
        app.ledger.journal.entries()

    assert active_count() == before
