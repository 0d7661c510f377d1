"""A sample of the state machine on each database; `python -m tests.statemachine` goes on for hours."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.counterparts.postgres import MISSING
from tests.statemachine.machine import Verbs, on_postgres

SAMPLE = settings(
    max_examples=12,
    stateful_step_count=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_whatever_verb_comes_next_nobody_is_written_to_twice_or_against_their_will_on_sqlite():
    run_state_machine_as_test(Verbs, settings=SAMPLE)


def test_whatever_verb_comes_next_nobody_is_written_to_twice_or_against_their_will_on_postgresql(
    postgres_url,
):
    if postgres_url is None:  # no PostgreSQL here; the gate installs it, so that it runs there
        pytest.skip(MISSING)

    run_state_machine_as_test(on_postgres(postgres_url), settings=SAMPLE)
