"""Gathers every sentence of the program into the gettext catalogues.

English is the language of the code: its catalogue repeats the sentences. What the others
lack is left empty for a translator, and a test fails until it is filled. Further files on
the command line are catalogues to fill gaps from.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from mailer.languages import CODES

ROOT = Path(__file__).resolve().parent.parent
METHODS = [
    ("mailer/**.py", "python"),
    ("mailer/**.html.j2", "jinja2.ext.babel_extract"),
    ("templates/**.j2", "jinja2.ext.babel_extract"),
]
KEYWORDS = {
    "_": None,
    "N_": None,
    "_n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

HEADER = """# Sentences of mailer.
msgid ""
msgstr ""
"Project-Id-Version: mailer\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def gathered() -> Catalog:
    """Every sentence that stands in the code and the templates."""
    catalogue = Catalog(project="mailer", charset="utf-8")
    options = {
        "mailer/**.html.j2": {"extensions": "jinja2.ext.i18n", "trimmed": "true"},
        "templates/**.j2": {
            "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
            "trimmed": "true",
            "silent": "false",
        },
    }
    for folder in ("mailer", "templates"):
        for file, line, message, comments, context in extract_from_dir(
            ROOT / folder,
            method_map=[
                (p.removeprefix(f"{folder}/"), m) for p, m in METHODS if p.startswith(folder)
            ],
            options_map={
                p.removeprefix(f"{folder}/"): o for p, o in options.items() if p.startswith(folder)
            },
            keywords=KEYWORDS,
        ):
            catalogue.add(
                message,
                locations=[(f"{folder}/{file}", line)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def updated(language: str, template: Catalog, sources: list[Path]) -> Catalog:
    """The catalogue of `language`, with the sentences of `template` and no others."""
    path = ROOT / "mailer" / "locale" / language / "LC_MESSAGES" / "mailer.po"
    old = (
        read_po(BytesIO(path.read_bytes()), locale=language)
        if path.exists()
        else Catalog(locale=language)
    )
    known = [old]
    if language != "en":
        known += [read_po(BytesIO(source.read_bytes()), locale=language) for source in sources]
    new = Catalog(locale=language, project="mailer", charset="utf-8")
    for message in template:
        if not message.id:
            continue
        found = next(
            (
                m
                for c in known
                if (m := c.get(message.id, message.context))
                and m.string
                and all([m.string] if isinstance(m.string, str) else m.string)
            ),
            None,
        )
        string = found.string if found else (message.id if language == "en" else None)
        if isinstance(message.id, tuple) and isinstance(string, str):
            string = (string, string)
        new.add(
            message.id,
            string,
            locations=[(file, None) for file in dict.fromkeys(f for f, _l in message.locations)],
            context=message.context,
        )
    return new


def main() -> None:
    template = gathered()
    for language in CODES:
        catalogue = updated(language, template, [Path(name) for name in sys.argv[1:]])
        path = ROOT / "mailer" / "locale" / language / "LC_MESSAGES" / "mailer.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        written = BytesIO()
        write_po(written, catalogue, sort_output=True, omit_header=True, width=100)
        # A header of our own: without dates, so that only sentences make differences.
        path.write_text(
            HEADER.format(language=language, plural=catalogue.plural_forms)
            + written.getvalue().decode(),
            encoding="utf-8",
        )
        empty = [
            m.id
            for m in catalogue
            if m.id and not all([m.string] if isinstance(m.string, str) else m.string or [""])
        ]
        print(f"{language}: {len(catalogue)} sentences, {len(empty)} untranslated")
        for sentence in empty:
            print("   ", sentence)


if __name__ == "__main__":
    main()
