"""Steps as people name them: by the title on the screen, or by the id in `campaign.toml`."""

from __future__ import annotations

from typing import Annotated

import typer

from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.contacts.folding import folded
from mailer.labels import STEP_TITLES

Step = Annotated[
    str, typer.Argument(help=N_("The step, by its name on the screen or in campaign.toml."))
]


def step_id(name: str) -> str:
    """Return the id of the step that the screen calls `name`; any other name as it is."""
    titled = {folded(show.translated(title)): id_ for id_, title in STEP_TITLES.items()}
    return titled.get(folded(name)) or name
