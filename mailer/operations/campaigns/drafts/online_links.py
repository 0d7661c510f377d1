"""Ask the web whether the links of a campaign open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.links import links
from mailer.model.drafts.finding import Finding, Severity
from mailer.model.health.link_answer import LinkAnswer, LinkOutcome
from mailer.model.team.permission import Act, require
from mailer.render.link_targets import completed
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mailer.errors import Place
    from mailer.model.drafts.draft import Draft
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts

    Probe = Callable[[Iterable[str]], Mapping[str, LinkAnswer]]

NAME = "link-online"
"""What its findings are called, as if it were one of the checks."""
MOST_LINKS = 100
"""How many addresses are asked at the most, the first ones of the campaign."""

_WHAT: Mapping[LinkOutcome, Text] = {
    LinkOutcome.GONE: _("The page of {url} is not there: {status}."),
    LinkOutcome.REFUSED: _("The server of {url} does not answer a program ({status})."),
    LinkOutcome.NO_NAME: _("No server has the name in {url}."),
    LinkOutcome.SILENT: _("{url} does not answer."),
    LinkOutcome.UNTRUSTED: _("Browsers do not trust the certificate of {url}."),
    LinkOutcome.CIRCLE: _("{url} leads from one address to the next without an end."),
    LinkOutcome.INSIDE: _("{url} lies inside a network, where your readers cannot follow."),
}
_WHY = _("A journalist who meets a dead link does not come back to the release.")
_REMEDY = _("Open it in a browser, and correct it.")


def online_links(
    reference: str, *, actor: Actor, drafts: Drafts, probe: Probe
) -> tuple[Finding, ...]:
    """Return a finding for each link of a campaign that does not open; none of them blocks.

    Sends nothing, but the servers learn that somebody asks. Raises ContentError when the campaign
    cannot be read.
    """
    require(actor, Act.EDIT_CAMPAIGN)
    places = _places(drafts.draft_of(drafts.readable_campaign(reference)))
    answers = probe(list(places)[:MOST_LINKS])
    return tuple(_findings(places, answers))


def _places(draft: Draft) -> Mapping[str, list[Place]]:
    """Return where each address of the web stands, by address."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for link in links(draft):
        target = completed(link.target)
        if not link.is_fact and target.startswith(("http://", "https://")):
            found[target].append(link.place)
    return found


def _findings(
    places: Mapping[str, list[Place]], answers: Mapping[str, LinkAnswer]
) -> Iterator[Finding]:
    for url, answer in answers.items():
        if answer.state is LinkOutcome.OPENS:
            continue
        what = replace(_WHAT[answer.state], values={"url": url, "status": answer.status})
        may_open = answer.state is LinkOutcome.REFUSED
        severity = Severity.NOTE if may_open else Severity.WARNING
        for place in dict.fromkeys(places[url]):
            yield Finding(NAME, severity, place, what, _WHY, _REMEDY)
