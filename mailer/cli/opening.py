"""How a command opens the workspace."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailer.cli.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer

    from mailer.app import App


@contextmanager
def opened(context: typer.Context) -> Iterator[App]:
    """The program's parts, connected for the workspace of this command line."""
    # Imported here so that `mailer --help` stays under 0.3 s.
    from mailer.app import App

    with App(context.obj, language=language()) as app:
        yield app
