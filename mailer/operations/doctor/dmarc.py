"""Ask what DMARC makes of our mail: the policy, its reports, and whether anything is aligned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.mail_authentication.dmarc import Policy, is_aligned, walk
from mailer.model.health.dns import RecordType, UnansweredError, records_of
from mailer.model.health.health import Area, Question
from mailer.operations.doctor.standing import ProofState
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.mail_authentication.dmarc import DmarcRecord, Tree
    from mailer.model.health.dns import Ask
    from mailer.model.health.health import HealthLine

DMARC = Question(
    "dmarc",
    Area.SENDER,
    _("DMARC policy of the sender"),
    _("Gmail, Orange and others want one from whoever writes to many people."),
)
REPORTS = Question(
    "dmarc-reports",
    Area.SENDER,
    _("DMARC reports"),
    _("Only they tell who else sends in your name, and what receivers refuse."),
)
ALIGNMENT = Question(
    "dmarc-alignment",
    Area.SENDER,
    _("What receivers make of a real message"),
    _("With DMARC, SPF or DKIM must prove the very domain of the From field."),
)
_FIRST_RECORD = "v=DMARC1; p=none; rua=mailto:…"


def judge_dmarc(
    from_domain: str, *, spf: tuple[str, ProofState], dkim: tuple[str, ProofState], ask: Ask
) -> Iterator[HealthLine]:
    """Yield what DMARC says; `spf` and `dkim` are the domain each proves, and how it stands."""
    try:
        tree = walk(from_domain, ask=ask)
    except UnansweredError as silence:
        yield DMARC.not_asked(silence.reason)
        return
    yield _policy_line(tree)
    if (found := tree.applied) is not None:
        yield from _report_lines(found.domain, found.record, ask=ask)
    yield _alignment_line(tree, spf=spf, dkim=dkim, ask=ask)


def _policy_line(tree: Tree) -> HealthLine:
    name = f"_dmarc.{tree.domain}"
    remedy = _("Publish one TXT record at {name}: {record}", name=name, record=_FIRST_RECORD)
    if tree.faults:
        found = _("Receivers ignore it: {fault}", fault=tree.faults[0])
        return DMARC.wrong(found, remedy)
    if (found_at := tree.applied) is None:
        return DMARC.wrong(_("{domain} has no DMARC record", domain=tree.domain), remedy)
    where = (
        _("at the domain itself")
        if found_at.domain == tree.domain
        else _("inherited from {domain}", domain=found_at.domain)
    )
    found = _("p={policy}, {where}", policy=tree.policy, where=where)
    if tree.policy is Policy.NONE:
        return DMARC.noted(found, _("Once the reports show only your own mail: p=quarantine."))
    if found_at.record.percent < 100:
        return DMARC.noted(
            _("{found}, for {percent} % of the mail", found=found, percent=found_at.record.percent),
            _("Take pct out: receivers no longer read it."),
        )
    return DMARC.right(found)


def _report_lines(domain: str, record: DmarcRecord, *, ask: Ask) -> Iterator[HealthLine]:
    if not record.reports_to:
        yield REPORTS.noted(
            _("Nobody receives reports"), _("Add rua=mailto:… with a mailbox that is read.")
        )
        return
    for uri in record.reports_to:
        yield _report_line(domain, uri, ask=ask)


def _report_line(domain: str, uri: str, *, ask: Ask) -> HealthLine:
    scheme, _colon, address = uri.partition(":")
    # RFC 7489 §6.4: a size limit may follow (`!10m`).
    host = address.partition("!")[0].rpartition("@")[2].lower()
    if scheme.lower() != "mailto" or not host:
        return REPORTS.wrong(
            _("“{uri}” is no address for reports", uri=uri), _("Write rua=mailto:name@domain.")
        )
    try:
        is_welcome = _is_within(host, domain) or _is_authorised(domain, host, ask=ask)
    except UnansweredError as silence:
        return REPORTS.not_asked(silence.reason)
    if is_welcome:
        return REPORTS.right(_("They go to a mailbox of {host}", host=host))
    return REPORTS.wrong(
        _("{host} has not agreed to receive the reports of {domain}", host=host, domain=domain),
        _(
            "It publishes v=DMARC1 at {name}, or you choose a mailbox of your own.",
            name=f"{domain}._report._dmarc.{host}",
        ),
    )


def _is_within(host: str, domain: str) -> bool:
    """Return whether one is the other or a part of it."""
    return f".{host}".endswith(f".{domain}") or f".{domain}".endswith(f".{host}")


def _is_authorised(domain: str, host: str, *, ask: Ask) -> bool:
    """Return whether another organisation receives our reports (RFC 7489 §7.1)."""
    name = f"{domain}._report._dmarc.{host}"
    return any(text.startswith("v=DMARC1") for text in records_of(ask, name, RecordType.TXT))


def _alignment_line(
    tree: Tree, *, spf: tuple[str, ProofState], dkim: tuple[str, ProofState], ask: Ask
) -> HealthLine:
    record = tree.applied.record if tree.applied else None
    try:
        proved = {
            "SPF": _standing(spf, tree, is_strict=bool(record and record.is_spf_strict), ask=ask),
            "DKIM": _standing(
                dkim, tree, is_strict=bool(record and record.is_dkim_strict), ask=ask
            ),
        }
    except UnansweredError as silence:
        return ALIGNMENT.not_asked(silence.reason)
    passing = [name for name, standing in proved.items() if standing is ProofState.PASSES]
    if passing:
        found = _("{names} prove {domain}", names=" + ".join(passing), domain=tree.domain)
        return ALIGNMENT.right(found)
    domains = {"domain": tree.domain, "spf": spf[0] or "-", "dkim": dkim[0] or "-"}
    if ProofState.UNKNOWN in proved.values():
        return ALIGNMENT.not_asked(
            _(
                "Whether SPF ({spf}) or DKIM ({dkim}) proves {domain} could not be settled",
                **domains,
            ),
            _("Send a test to yourself, and look for dmarc=pass in its Authentication-Results."),
        )
    found = _("Neither SPF ({spf}) nor DKIM ({dkim}) proves {domain}", **domains)
    remedy = _("Sign with [dkim] domain = {domain}; that is enough.", domain=tree.domain)
    if tree.policy is Policy.NONE:
        return ALIGNMENT.wrong(found, remedy)
    return ALIGNMENT.refused(
        _("{found}, and receivers are told to {act}", found=found, act=_ACTS[tree.policy]), remedy
    )


_ACTS = {Policy.QUARANTINE: _("file it as spam"), Policy.REJECT: _("refuse it")}


def _standing(
    proof: tuple[str, ProofState], tree: Tree, *, is_strict: bool, ask: Ask
) -> ProofState:
    domain, standing = proof
    if standing is ProofState.FAILS or not domain:
        return ProofState.FAILS
    if not is_aligned(domain, sender=tree, is_strict=is_strict, ask=ask):
        return ProofState.FAILS
    return standing
