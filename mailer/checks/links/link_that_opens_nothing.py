"""Does every link open in a mail program?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.links.link_without_target import NOWHERE
from mailer.checks.reading.texts.links import links
from mailer.render.link_targets import completed, correction, opens

WHY = _("Mail programs open whole addresses only: https://…, mailto:… or tel:…")
SOURCE = sources.MARKDOWN


def check(draft: Draft) -> Findings:
    """Yield an error for each link that is no absolute address: http, https, mailto, tel."""
    for link in links(draft):
        whole = completed(link.target)
        if link.is_fact or NOWHERE.fullmatch(link.target) or opens(whole):
            continue
        meant = correction(whole)
        yield error(
            link.place,
            what=_(
                "The link “{text}” opens nothing: {target}",
                text=link.text.strip(),
                target=link.target,
            ),
            why=WHY,
            remedy=_("Write {meant}, if that is the address.", meant=meant)
            if meant
            else _("Write the whole address; put a file online first."),
        )
