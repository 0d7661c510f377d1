"""A wrong value of an option is answered with one that would do, in the reader's language."""

import pytest

from mailer.cli.main import run


@pytest.mark.parametrize(
    ("language", "arguments", "advice"),
    [
        ("en", ("journal", "list", "--last", "0"), "1 or more"),
        ("fr", ("journal", "list", "--last", "-3"), "1 ou plus"),
        ("fr", ("journal", "list", "--last", "hier"), "nombre"),
        ("en", ("install-service", "--only", "desk"), "write run|web|receive|pressroom"),
    ],
)
def test_a_wrong_value_is_answered_with_what_would_do(capsys, language, arguments, advice):
    code = run(["--lang", language, *arguments])

    shown = capsys.readouterr().err
    assert code == 2
    assert advice in shown
    assert "range" not in shown
