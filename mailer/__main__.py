"""`mailer` and `python -m mailer`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; its exit code is the process's."""
    from mailer.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
