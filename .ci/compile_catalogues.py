"""Build hook: compiles the gettext catalogues beside their sources."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.builders.utils import get_reproducible_timestamp


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside each .po below `root`. Returns the files written.

    Babel would stamp them with the time of the build, so that no two builds were alike; they
    carry the date that hatchling gives every file of a wheel (SOURCE_DATE_EPOCH).
    """
    date = datetime.fromtimestamp(get_reproducible_timestamp(), UTC)
    compiled = []
    for source in sorted(root.glob("mailer/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        catalogue.creation_date = catalogue.revision_date = date
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
