"""All that the desk imports, loaded and opened once by the fork server of its kills."""

import gc
import tempfile
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import mailer
from mailer.web.serving import desk_of
from mailer.wiring.app import App

_NOT_NEEDED = (
    "mailer.__main__",
    "mailer.cli",
    "mailer.ledger.storage.migrations",
    "mailer.sandbox.preloaded",
)

for _module in walk_packages(mailer.__path__, "mailer."):
    if not _module.name.startswith(_NOT_NEEDED):
        import_module(_module.name)
# What is read at the first opening of any workspace is kept by the libraries.
with tempfile.TemporaryDirectory() as _folder, App(Path(_folder)) as _app:
    desk_of(_app, port=1)
    _app.ledger.jobs.running()
del _app
gc.freeze()
