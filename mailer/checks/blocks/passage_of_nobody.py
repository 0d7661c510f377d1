"""Does every passage of a partner belong to one that signs its passages?"""

from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, Severity, _, finding
from mailer.checks.reading.texts.inlines import contents, tokens_of
from mailer.errors import Place, nearest
from mailer.model.campaigns.campaign import PartnerSigns
from mailer.render.partner_names import partner_called

WHY = _("A passage that belongs to nobody is signed by nobody.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for a partner that the campaign does not have, and a warning for one that
    does not sign its passages.
    """
    partners = draft.campaign.partners
    for content in contents(draft):
        for token in tokens_of(content):
            if token.type != "passage_begins" or token.map is None:
                continue
            where = Place(content.file, content.line + token.map[0])
            name = str(token.meta["partner"])
            partner = partner_called(name, partners)
            if partner is None:
                yield finding(
                    Severity.ERROR,
                    where,
                    what=_("the campaign has no partner “{name}”", name=name),
                    why=WHY,
                    remedy=nearest(name, [each.name for each in partners])
                    if partners
                    else _("Add it to {list}, with what it signs.", list=FactKey("partners")),
                )
            elif partner.signs is PartnerSigns.NOTHING:
                yield finding(
                    Severity.WARNING,
                    where,
                    what=_(
                        "“{name}” has a passage, and is not asked to sign it.", name=partner.name
                    ),
                    why=WHY,
                    remedy=_("Fill in {fact}.", fact=FactKey("partners.signs", "passages")),
                )
