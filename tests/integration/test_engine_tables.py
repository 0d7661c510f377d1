"""The tables of Procrastinate, made by an older version of its package and brought up to date."""

import os
import threading

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from mailer.engine.bell import Bell
from mailer.engine.engine_tables import _known, _missing
from mailer.engine.job_queue import JobQueueEngine
from mailer.engine.rounds import Round
from mailer.ledger import open_ledger
from mailer.model.service.service_role import ServiceRole
from tests.counterparts.hosts import office
from tests.counterparts.postgres import MISSING, database_on
from tests.counterparts.webhook import free_port
from tests.e2e.commands import mailer

LONG_S = 600  # ends what hangs
OLDER = "03.02.00_50"
"""The tables as they were before the two newest versions that changed them."""


@pytest.fixture
def url(postgres_url):
    if postgres_url is None:
        # A contributor's machine may lack it; the gate installs it first, so that nothing is skipped there.
        pytest.skip(MISSING)
    with database_on(postgres_url, name=f"mailer_engine_{os.getpid()}") as url:
        yield url


@pytest.fixture
def older(url):
    """A database whose tables an older version of the package made; a connection to it."""
    with psycopg.connect(url, autocommit=True) as connection:
        had = [file for file in _known() if file.name[: len(OLDER)] <= OLDER]
        for file in had:
            connection.execute(file.read_bytes())
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{had[-1].name}'")
        yield connection


def functions(connection):
    """What the tables of the engine can do: its functions, and what each does."""
    query = "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'procrastinate%' ORDER BY 1, 2"
    return [(name, " ".join(source.split())) for name, source in connection.execute(query)]


def test_new_tables_miss_no_migration_of_their_package(url):
    Bell(url).install()

    with psycopg.connect(url) as connection:
        assert _missing(connection) == []
    assert Bell(url).migrate(others_work=False) == (0, 0)


def test_older_tables_are_brought_up_to_date_and_serve_then(url, older):
    before = functions(older)

    assert Bell(url).migrate(others_work=False) == (3, 0)

    migrated = functions(older)
    older.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    older.execute(SchemaManager.get_schema())
    assert before != migrated == functions(older)


def test_what_a_former_version_could_not_live_with_waits_until_no_host_has_it(url, older):
    bell = Bell(url)

    assert bell.migrate(others_work=True) == (2, 1)
    assert bell.migrate(others_work=True) == (0, 1)
    assert bell.migrate(others_work=False) == (1, 0)


def test_tables_that_a_former_version_of_ours_made_are_taken_for_those_of_3_10(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SchemaManager.get_schema())

        assert [file.name for file in _missing(connection)] == [
            file.name for file in _known() if file.name > "03.04.00_50_z"
        ]


def test_hosts_go_on_while_the_tables_are_brought_up_to_date(url, older):
    done, bell = threading.Event(), Bell(url)
    engine = JobQueueEngine(url, admit=lambda: None, failed=lambda _error: None)
    round_ = Round("tick", ServiceRole.CLOCK, done.set, every_s=1)
    thread = threading.Thread(target=engine.serve, args=[[round_]])
    thread.start()
    assert done.wait(LONG_S)

    bell.migrate(others_work=True)
    done.clear()

    assert done.wait(LONG_S)
    engine.stop()
    thread.join(LONG_S)
    assert not thread.is_alive()


def test_the_commands_say_what_the_tables_of_the_engine_miss_and_what_was_done(
    url, older, tmp_path
):
    open_ledger(url).close()
    workspace = office(tmp_path / "bureau", url, port=free_port())

    asked = mailer("upgrade", "--check", workspace=workspace, lang="en").stdout
    done = mailer("upgrade", workspace=workspace, lang="en").stdout
    asked_again = mailer("upgrade", "--check", workspace=workspace, lang="en").stdout

    assert asked == "The engine’s tables miss 3 migrations.\n"
    assert "3 migrations of the engine’s tables were applied." in done
    assert asked_again.startswith("Nothing to do")


def test_a_migration_of_the_engine_that_fails_is_told_in_words(url, older, tmp_path):
    workspace = office(tmp_path / "bureau", url, port=free_port())
    older.execute("ALTER TYPE procrastinate_job_event_type ADD VALUE 'retried'")

    refused = mailer("migrate", workspace=workspace, lang="en", expect=74)

    assert "The tables of the engine cannot be read or changed" in refused.stderr
    assert "retried" in refused.stderr
    assert "mailer migrate" in refused.stderr


def test_what_is_pending_is_known_before_there_are_tables_and_while_others_work(url, older):
    bell = Bell(url)

    assert bell.pending(others_work=False) == (3, 0)
    assert bell.pending(others_work=True) == (2, 1)
    older.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert bell.pending(others_work=False) == (0, 0)
