"""`mailer check`: what to correct in a campaign before it leaves, and what was accepted of it."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson, only_campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.errors import Place, Problem, RuleError, nearest
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.drafts.draft import Draft
    from mailer.model.drafts.finding import Finding
    from mailer.wiring.app import App
    from mailer.wording import Text


TextFile = Annotated[
    Path | None,
    typer.Option(
        "--text",
        help=N_("Instead: read any release over (.docx, .odt, .html, .eml, .txt), with a score."),
        show_default=False,
    ),
]


def check(  # noqa: PLR0917 - Typer calls it by keyword; each is an option
    context: typer.Context,
    campaign: Annotated[
        str, typer.Argument(help=N_("The campaign: its folder, or its name; none with --text."))
    ] = "",
    text: TextFile = None,
    accept: Annotated[
        str, typer.Option(help=N_("Accept the finding of this mark; --why says the reason."))
    ] = "",
    withdraw: Annotated[
        str, typer.Option(help=N_("Let the accepted finding of this mark count again."))
    ] = "",
    fix: Annotated[
        bool, typer.Option("--fix", help=N_("Correct what has one right correction; asks first."))
    ] = False,
    online: Annotated[
        bool, typer.Option("--online", help=N_("Also ask the web whether the links open."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Correct without asking."))] = False,
    why: Annotated[
        str,
        typer.Option(help=N_("With --accept: the reason. Otherwise: why a check asks, or “all”.")),
    ] = "",
    by: By = "",
    json: AsJson = False,
) -> None:
    if why and not accept:
        _explain(why)
        return
    awaited: tuple[Text, ...] = ()
    with opened(context, needs_workspace=text is None, forks_child=True) as app:
        slug = "" if text else campaign or only_campaign(app)
        if accept or withdraw:
            _decide(app, slug, accept=accept, withdraw=withdraw, why=why, by=by)
            return
        if fix and slug:
            _fix(app, slug, by=by, is_confirmed=yes)
        if text:
            from mailer.cli.campaigns.text_check import findings_of_text

            found = findings_of_text(app, text, say_score=not json)
        else:
            draft, found = app.drafts.checked(slug)
            awaited = _still_to_sign(app, draft) if draft else ()
        if online and slug:
            found = (*found, *_online(app, slug, by))
    if json:
        for finding in found:
            show.as_json(finding_as_json(finding))
    else:
        show.findings(found)
        show.print_line(show.verdict(found))
        for sentence in awaited:
            show.print_line(sentence)
    _leave_if_blocked(found)


def _still_to_sign(app: App, draft: Draft) -> tuple[Text, ...]:
    """Return who has still to sign this version off."""
    from mailer.operations.campaigns.approval.awaited_signatures import still_to_sign

    required = app.settings.team.signatures_required
    return tuple(still_to_sign(draft, signatures_required=required))


def _online(app: App, slug: str, by: str) -> tuple[Finding, ...]:
    from mailer.network.link_probe import probe_links
    from mailer.operations.campaigns.drafts.online_links import online_links

    return online_links(slug, actor=current_actor(app, by), drafts=app.drafts, probe=probe_links)


def _explain(name: str) -> None:
    """Print why a check asks its question, and from where that is known; `all` prints every one."""
    from mailer.checks import CHECKS

    known = [check.name for check in CHECKS]
    if name != "all" and name not in known:
        what, remedy = _("there is no check called “{name}”", name=name), nearest(name, known)
        raise RuleError(Problem(Place("check", key="why"), what, remedy))
    for check in CHECKS:
        if name in {"all", check.name}:
            show.print_line(check.name)
            show.print_line(f"  {show.translated(check.why)}")
            show.print_line(f"  {show.translated(check.source)}")


def _decide(app: App, campaign: str, *, accept: str, withdraw: str, why: str, by: str) -> None:
    from mailer.operations.campaigns.drafts.accepted_findings import (
        accept_finding,
        withdraw_acceptance,
    )

    actor = current_actor(app, by)
    if withdraw:
        withdraw_acceptance(campaign, withdraw, actor=actor, drafts=app.drafts)
        show.print_line(_("Withdrawn: {id} counts again.", id=withdraw))
    if accept:
        found = accept_finding(campaign, accept, why=why, actor=actor, drafts=app.drafts)
        show.print_line(_("Accepted: {what}", what=found.what))


def _fix(app: App, campaign: str, *, by: str, is_confirmed: bool) -> None:
    """Show what would be corrected, ask, and save it."""
    from mailer.operations.campaigns.drafts.fixes import apply_fixes, propose_fixes

    slug = app.campaigns.slug(campaign)
    proposed = propose_fixes(slug, drafts=app.drafts, revisions=app.revisions)
    if not proposed.findings:
        show.print_line(_("Nothing has one right correction."))
        return
    for name, before in proposed.before.items():
        print_unified_diff(before, proposed.after[name], name=name)
    if not is_confirmed and not confirmed(_("Correct this?")):
        return
    apply_fixes(
        slug,
        base=proposed.base,
        actor=current_actor(app, by),
        drafts=app.drafts,
        revisions=app.revisions,
    )
    show.print_line(
        _n(
            "Corrected: {count} finding. The earlier version stays in the history.",
            "Corrected: {count} findings. The earlier version stays in the history.",
            count=len(proposed.findings),
        )
    )


def print_unified_diff(before: bytes, after: bytes, *, name: str) -> None:
    """Print what differs between two contents of a text file."""
    old, new = (content.decode("utf-8-sig").splitlines() for content in (before, after))
    for line in unified_diff(old, new, f"{name}", f"{name}", n=1, lineterm=""):
        show.print_line(line)


def _leave_if_blocked(found: Sequence[Finding]) -> None:
    if any(finding.blocks for finding in found):
        raise typer.Exit(1)


def finding_as_json(finding: Finding) -> dict[str, object]:
    """Return a finding for another program."""
    accepted = finding.accepted
    return {
        "id": finding.id,
        "check": finding.check,
        "severity": finding.severity,
        "file": finding.where.file,
        "line": finding.where.line,
        "what": show.translated(finding.what),
        "why": show.translated(finding.why),
        "remedy": show.translated(finding.remedy),
        "command": finding.act and command_line(finding.act),
        "accepted": accepted and {"by": accepted.by, "why": accepted.why, "at": accepted.at},
    }
