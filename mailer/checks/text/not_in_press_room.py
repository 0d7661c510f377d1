"""Does the press room show all of a public text?"""

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, _n, error, note
from mailer.errors import Place

WHY = _("The public page names nobody: a sentence that does would lose a word, so it is left out.")
SOURCE = sources.PRACTICE


def check(draft: Draft) -> Findings:
    """Yield an error for a public text of which nothing is left, and a note for one of which
    something is missing.
    """
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            message = draft.messages.get((planned.step.id, variant))
            release = message.release if message is not None else None
            if release is None:
                continue
            where = Place(content.file, content.line)
            if not (release.lead or release.body):
                yield error(
                    where,
                    what=_("Every paragraph speaks to its reader: the public page would be empty."),
                    why=WHY,
                    remedy=_("Write the news without {{{{ recipient.… }}}}, or do not publish it."),
                )
            elif release.left_out:
                yield note(
                    where,
                    what=_n(
                        "{count} paragraph speaks to its reader and is not in the press room.",
                        "{count} paragraphs speak to their reader and are not in the press room.",
                        count=release.left_out,
                    ),
                    why=WHY,
                    remedy=_("Write what everybody should read without {{{{ recipient.… }}}}."),
                )
