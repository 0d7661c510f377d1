"""The help pages: what people ask at each screen, and the words of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from mailer.errors import ContentError, Place, Problem
from mailer.web.help.campaigns import CAMPAIGN_HELP
from mailer.web.help.launched import LAUNCHED_HELP
from mailer.web.help.people import PEOPLE_HELP
from mailer.web.help.words import WORDS
from mailer.wording import _

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.visit import Visit

HELP = {**CAMPAIGN_HELP, **LAUNCHED_HELP, **PEOPLE_HELP}


def index(visit: Visit) -> Response:
    """Show what there is help about."""
    return visit.page("help/index.html.j2", pages=HELP)


def show(visit: Visit) -> Response:
    """Show one help page. Raises ContentError when there is none of this name."""
    page = HELP.get(visit.path("page"))
    if page is None:
        what, remedy = _("there is no help page of this name"), _("Choose one from the list.")
        raise ContentError(Problem(Place(""), what, remedy))
    return visit.page("help/page.html.j2", page=page, pages=HELP)


def words(visit: Visit) -> Response:
    """Show the words of the desk and what each means, in the order of the reader's language."""
    said = [(visit.say(word), visit.say(meaning)) for word, meaning in WORDS]
    return visit.page("help/words.html.j2", words=sorted(said, key=_in_dictionary), pages=HELP)


def _in_dictionary(entry: tuple[str, str]) -> str:
    """Return what a word is sorted by: `étape` stands among the words with e."""
    return normalize("NFKD", entry[0]).casefold()
