"""Do the readers' mail programs know what the template needs to show the message?"""

import re
from collections.abc import Iterator, Mapping

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, _, note, warning
from mailer.compatibility.clients import CLIENTS, shares
from mailer.compatibility.gaps import Gap, Loss, gaps
from mailer.errors import Place
from mailer.model.mailings.message import CompiledMessage
from mailer.wording import Text

_FEW = 0.05
"""A program that may be that of fewer readers is passed over."""

_NAME = 3
"""Letters of a word that is worth looking for by itself."""

_WHY: Mapping[Loss, Text] = {
    Loss.CONTENT: _("Its readers do not see what stands there."),
    Loss.ORDER: _("Its readers see the parts in another order, or one over the other."),
    Loss.VALUE: _("It passes over the whole value: sizes and colours are lost."),
    Loss.HIDING: _("Its readers see what was to be hidden."),
}

WHY = _("What a mail program does not know, its readers do not see.")
SOURCE = sources.CLIENTS
READS_AUDIENCES = True


def check(draft: Draft) -> Findings:
    """Yield a finding for each feature that matters and that programs of the readers lack."""
    reported: set[str] = set()
    for planned in draft.plan:
        audience = draft.audiences.get(planned.step.id)
        reading = shares(audience.domains) if audience else {}
        if not any(reading.values()):
            reading = dict.fromkeys(CLIENTS, 1.0)
        for variant in planned.step.contents:
            message = draft.messages.get((planned.step.id, variant))
            for gap in _gaps(message, reading) if message else ():
                if gap.feature.slug not in reported:
                    reported.add(gap.feature.slug)
                    yield _finding(gap, reading, draft)


def _gaps(message: CompiledMessage, reading: Mapping[str, float]) -> Iterator[Gap]:
    html = "".join(piece for piece in message.html if isinstance(piece, str))
    for gap in gaps(html):
        if gap.is_telling and _lacking(gap, reading):
            yield gap


def _lacking(gap: Gap, reading: Mapping[str, float]) -> list[str]:
    """Return the programs of enough readers that do not know it, the most read first."""
    few = [client for client in gap.missing if reading.get(client, 0) >= _FEW]
    return sorted(few, key=lambda client: -reading[client])


def _finding(gap: Gap, reading: Mapping[str, float], draft: Draft) -> Finding:
    lacking = _lacking(gap, reading)
    make = note if gap.loss is Loss.VALUE else warning
    return make(
        place_in_templates(gap.use.quoted, draft.template_files),
        what=_(
            "“{words}” is not known to {clients} (up to {percent} % of the readers).",
            words=gap.use.quoted,
            clients=tuple(CLIENTS[client] for client in lacking),
            percent=round(100 * reading[lacking[0]]),
        ),
        why=_WHY[gap.loss],
        remedy=_(
            "Use something that they know ({page}, tried last on {date}), or give them a part of"
            " their own between [if mso] and [endif].",
            page=gap.feature.page,
            date=gap.feature.tested,
        ),
    )


def place_in_templates(quoted: str, files: Mapping[str, str]) -> Place:
    """Return the line of a template with these words of HTML or CSS, blanks aside; or no line."""
    words = re.findall(r"[\w#.%-]+|[^\s\w]", quoted)
    first = next((word for word in words if len(word) >= _NAME), "")
    for pattern in filter(None, (r"\s*".join(map(re.escape, words)), re.escape(first))):
        for name, text in files.items():
            if found := re.search(pattern, text):
                return Place(f"templates/{name}", text.count("\n", 0, found.start()) + 1)
    return Place("templates")
