"""Load and validate `config.toml`.

Each part of the program declares its settings as a frozen dataclass, and `sections` maps them to
tables of the file. Nothing else reads the file or the environment. Without a file all defaults
are safe: no mail leaves the machine.
"""

from mailer.config.loading import load_settings, sections
from mailer.config.settings import Settings

__all__ = ["Settings", "load_settings", "sections"]
