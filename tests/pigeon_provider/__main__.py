"""`mailer`, with one provider more."""

import sys

from mailer.cli.main import run
from mailer.providers import registry
from tests.pigeon_provider.provider import PIGEON

registry.PROVIDERS = (*registry.PROVIDERS, PIGEON)

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
