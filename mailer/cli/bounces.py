"""What comes back: reading returned messages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.wording import _

COMMANDS = ()
GROUPS = ()
