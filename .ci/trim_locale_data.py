"""Rewrites Babel's locale data for the image: every language, less what mailer never asks for.

Names of currencies and units, short numbers and intervals are left out; whoever asks for one of
them gets a `KeyError`. What stays is written in the closest pickle format.
"""

import pickle
from pathlib import Path

import babel

LEFT_OUT = {
    "compact_currency_formats",
    "compact_decimal_formats",
    "compound_unit_patterns",
    "currency_names",
    "currency_names_plural",
    "interval_formats",
    "unit_display_names",
    "unit_patterns",
}


def trim_locale_data(folder: Path) -> None:
    """Rewrite the files of a folder of Babel's, one for each locale."""
    for file in folder.glob("*.dat"):
        told = pickle.loads(file.read_bytes())
        kept = {name: part for name, part in told.items() if name not in LEFT_OUT}
        file.write_bytes(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    trim_locale_data(Path(babel.__file__).with_name("locale-data"))
