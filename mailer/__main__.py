"""`mailer` and `python -m mailer`."""

from __future__ import annotations

import atexit
import gc
import os
import sys

GC_THRESHOLD = (200_000, 20, 20)
"""Imports make a hundred thousand objects that stay; the collector would look through them again
and again, for a tenth of the time of a short command.
"""


def main() -> None:
    """Run the command line, and exit with its exit code."""
    gc.set_threshold(*GC_THRESHOLD)
    # It would look through all again when the interpreter ends, for another seventh.
    atexit.register(gc.freeze)
    # pydantic would search all installed packages for plugins that change how files are read.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    from mailer.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
