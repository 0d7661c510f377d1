"""The checks of a campaign: what blocks the launch, what deserves a look, what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.checks import CHECKS
from mailer.model.drafts.finding import Severity
from mailer.network.link_probe import probe_links
from mailer.operations.campaigns.drafts.accepted_findings import accept_finding, withdraw_acceptance
from mailer.operations.campaigns.drafts.online_links import online_links
from mailer.operations.sight import findings_within
from mailer.web.views.campaign import page_of, title_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the findings, the blocking ones first and the accepted ones last."""
    order = list(Severity)
    found = sorted(
        findings_within(visit.app.page_drafts.findings(visit.slug), visit.actor),
        key=lambda each: (each.accepted is not None, order.index(each.severity)),
    )
    return visit.page(
        "campaigns/checks.html.j2",
        title=title_of(visit),
        found=found,
        remarks=sum(finding.accepted is None for finding in found),
        fixable=sum(bool(finding.fix) and finding.accepted is None for finding in found),
        sources={check.name: check.source for check in CHECKS},
        blocking=sum(finding.blocks for finding in found),
    )


def ask_links(visit: Visit, form: Form) -> Response:
    """Ask the web whether the links open, and show those that do not."""
    del form
    app = visit.app
    return visit.page(
        "campaigns/links.html.j2",
        title=title_of(visit),
        found=online_links(
            visit.slug, actor=visit.actor, drafts=app.page_drafts, probe=probe_links
        ),
    )


def decide(visit: Visit, form: Form) -> Response:
    """Accept a finding with the reason that was typed, or withdraw that."""
    drafts, actor = visit.app.drafts, visit.actor
    if finding := form.text("withdraw"):
        withdraw_acceptance(visit.slug, finding, actor=actor, drafts=drafts)
        return visit.done(page_of(visit, "verifications"), "acceptance-withdrawn")
    finding = form.text("accept")
    accept_finding(visit.slug, finding, why=form.text(f"why-{finding}"), actor=actor, drafts=drafts)
    return visit.done(page_of(visit, "verifications"), "accepted")
