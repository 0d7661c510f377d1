"""`python -m tests.matrix.pseudo`: every sentence of a page comes from the catalogue of its reader.

Each sentence of the catalogues is put between marks. What a page then shows outside of marks must
be the office's own words (names, texts, addresses), a day or a number: any other word was written
into the program in one language, and would stand in English on a French page or the reverse.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import html5lib
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mailer.files import catalogues
from mailer.web import pages
from tests.matrix.forms import ask
from tests.matrix.offices import STATES, office
from tests.matrix.screens import views_of

OPEN, CLOSE = "⟦", "⟧"
_WORD = re.compile(r"(?<!\d)[^\W\d_]{2,}")
"""A word; what follows a figure without a blank ("1er", "20kB") is the figure's."""
_NOT_SHOWN = {"script", "style"}
_SPOKEN = ("aria-label", "title", "placeholder", "alt")
OURS = {
    "csv",
    "eml",
    "toml",
    "md",
    "xlsx",
    "docx",
    "config",
    "campaign",
    "mailer",
    "web",
    "excel",
    "invalid",
    "gmail",
}
"""Names of files, formats and commands, which are the same in every language."""


@contextmanager
def marked_catalogues(folder):
    """Let the desk speak with marks around each sentence."""
    for language in catalogues.SPOKEN:
        source = catalogues.FOLDER / language / "LC_MESSAGES" / "mailer.po"
        target = folder / language / "LC_MESSAGES" / "mailer.mo"
        target.parent.mkdir(parents=True)
        with source.open("rb") as file, target.open("wb") as compiled:
            write_mo(compiled, _marked(read_po(file, locale=language), language))
    before, catalogues.FOLDER = catalogues.FOLDER, folder
    _forget()
    try:
        yield
    finally:
        catalogues.FOLDER = before
        _forget()


def _forget():
    catalogues.translations_for.cache_clear()
    pages._environment.cache_clear()


def _marked(catalogue, language):
    marked = Catalog(locale=language)
    for message in catalogue:
        if message.id:
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            strings = tuple(_between_marks(each) for each in texts)
            string = strings if isinstance(message.string, tuple) else strings[0]
            marked.add(message.id, string, context=message.context)
    return marked


def _between_marks(text):
    """Return a sentence between marks; a format of days stays as it is."""
    return text if text.startswith("%") else f"{OPEN}{text}{CLOSE}"


def foreign_words(html, *, known):
    """Return the words that a page shows outside of marks and that nobody of the office wrote."""
    body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
    shown = _outside(" ".join(_shown(body)))
    return sorted({word for word in _WORD.findall(shown) if word.casefold() not in known | OURS})


def _shown(element):
    """Yield what an element shows or says, without what is quoted and what is no language."""
    if not isinstance(element.tag, str):  # a comment
        return
    if element.get("lang") or element.get("translate") == "no" or element.tag in _NOT_SHOWN:
        return
    yield from filter(None, (element.get(name) for name in _SPOKEN))
    yield element.text or ""
    for each in element:
        yield from _shown(each)
        yield each.tail or ""


def _outside(text):
    """Return what stands outside of every mark; marks may stand within each other."""
    depth, kept = 0, []
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        kept.append(" " if depth or sign == CLOSE else sign)
    return "".join(kept)


def words_of(place, language):
    """Return every word of the office: its files, its ledger, and the days of a language."""
    app = place.app
    files = (each for each in Path(app.workspace).rglob("*") if each.suffix in _TEXTS)
    texts = [each.read_text("utf-8", "replace") for each in files]
    texts += [repr(each) for each in app.ledger.contacts.page(limit=10_000)]
    texts += [repr(each) for each in app.ledger.journal.entries()]
    texts += [repr(each) for each in app.ledger.team.people()]
    texts += [repr(list(app.ledger.mailings.all()))]
    texts += _WORDS_OF_STATES
    locale = Locale.parse(language)
    for width in ("wide", "abbreviated"):
        texts += locale.days["format"][width].values()
        texts += locale.months["format"][width].values()
    texts += [Locale.parse(each).get_display_name(language) for each in catalogues.SPOKEN]
    return {word.casefold() for text in texts for word in _WORD.findall(text)} | _CLOCK


_TEXTS = {".md", ".toml", ".csv"}
_CLOCK = {"am", "pm", "utc", "at", "à", "kb", "ko"}
_WORDS_OF_STATES = [
    (
        "Amina Benali Noé Lambert Claire Delmas Institut de recherche Marie Curie Brigitte Hervé La "
        "Gazette Durand Delaunay Léa Ana Petit Roux Zoé Bon Luc Radio TV Web presse lettre du Chrome Linux"
    ),
    "lea.durand gmial.com quitté nothing commence incertaine Reader press example lecteur",
    "Nom Prénom Média Courriel Statut rien de tel aucune aucun",
]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.matrix.pseudo")
    parser.add_argument("--state", action="append", choices=list(STATES))
    asked, found, looked = parser.parse_args(), 0, 0
    with tempfile.TemporaryDirectory() as folder, marked_catalogues(Path(folder) / "locale"):
        for state in asked.state or STATES:
            with office(Path(folder) / state.replace(" ", "-"), state) as place:
                for language in catalogues.SPOKEN:
                    known = words_of(place, language)
                    for view in views_of(state, place.values):
                        words = _words(place, view, language, known)
                        looked += 1
                        found += bool(words)
                        if words:
                            print(f"{view} {language}: {', '.join(words)}", flush=True)
    print(f"{looked} pages looked at, {found} with a word of no catalogue")
    sys.exit(bool(found))


def _words(place, view, language, known):
    method = "POST" if view.refused else "GET"
    answer = ask(place, method, view.path, person=view.person, language=language)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    return foreign_words(answer.body.decode(), known=known)


if __name__ == "__main__":
    main()
