"""Does every link begin with its scheme, such as https:// or mailto:?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note
from mailer.checks.reading.texts.links import links
from mailer.model.drafts.fix import Fix
from mailer.render.link_targets import completed, opens

WHY = _("An address without its scheme opens in no mail program.")
SOURCE = sources.MARKDOWN


def check(draft: Draft) -> Findings:
    """Yield a note for each link whose missing scheme is added in the message."""
    for link in links(draft):
        whole = completed(link.target)
        scheme = whole.partition(":")[0]
        is_changed = not link.target.casefold().startswith(f"{scheme}:") and opens(whole)
        if is_changed and not link.is_fact and not link.is_written_out:
            yield note(
                link.place,
                what=_(
                    "The link “{text}” goes out as {whole}.", text=link.text.strip(), whole=whole
                ),
                why=_("{target} alone opens in no mail program.", target=link.target),
                remedy=_("Check that this is the page or address you mean."),
                fix=Fix(link.place.line, link.target, whole),
            )
