"""Build hook: compiles the gettext catalogues beside their sources."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Writes a .mo beside each .po below `root`; which ones."""
    compiled = []
    for source in sorted(root.glob("mailer/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        compiled.append(source.with_suffix(".mo"))
    return compiled


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version, build_data
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent.parent)
