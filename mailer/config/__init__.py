"""`config.toml` assembled: where we are, who we are, and how mail leaves.

Each part of the program declares its settings as a frozen dataclass; `sections` says which
table of the file it is read from. Nobody else reads the file or the environment. Without
a file every default is safe: nothing leaves the machine.
"""

from mailer.config.loading import load_settings, sections
from mailer.config.settings import Settings

__all__ = ["Settings", "load_settings", "sections"]
