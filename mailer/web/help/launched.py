"""The help pages about a campaign that leaves, from its launch to its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.web.help.page import HelpPage
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping


LAUNCHED_HELP: Mapping[str, HelpPage] = {
    "lancement": HelpPage(
        _("Launch"),
        (
            (
                _("Does it leave at once?"),
                _(
                    "No: each step leaves at its hour, even if you have closed your browser. The"
                    " page says each hour and how many people it concerns."
                ),
            ),
            (
                _("Why do I type a number?"),
                _(
                    "It is how many people the first step goes to. Whoever types it has read it,"
                    " so that nobody writes to thousands by mistake."
                ),
            ),
            (
                _("Can I still stop it?"),
                _("Yes, at any moment, with Pause at Under way. Anybody of the team may."),
            ),
            (
                _("What if I click twice?"),
                _("A campaign is launched once. The second click does nothing."),
            ),
            (
                _("How do I know whether it is for real?"),
                _(
                    "The line at the top of each page says it: TRIAL reaches the addresses that"
                    " were allowed and nobody else, PRODUCTION reaches the recipients."
                ),
            ),
        ),
        _("Nothing leaves before its hour, nor without the sign-offs that the office wants."),
    ),
    "en-cours": HelpPage(
        _("Under way"),
        (
            (
                _("How do I stop it?"),
                _(
                    "With Pause: it asks nothing and loses nothing. What has left has left, the"
                    " rest waits until somebody resumes it."
                ),
            ),
            (
                _("Who may resume it?"),
                _(
                    "Those who write may resume what they paused themselves; signatories and"
                    " administrators, what others paused too."
                ),
            ),
            (
                _("What is the difference between handed over and delivered?"),
                _(
                    "Handed over: a server has taken the message and answers for it. Delivered: the"
                    " server of the person has taken it. Neither says that it was read."
                ),
            ),
            (
                _("What does uncertain mean?"),
                _(
                    "The line broke while the message was being handed over: nobody knows whether"
                    " it arrived. You decide, once the server or the person has told you."
                ),
            ),
            (
                _("How do I reach those who did not get it?"),
                _("With Send again: whoever has it is left out, and you type the number."),
            ),
        ),
        _(
            "What is uncertain is never sent again by itself, and what has become too late is never"
            " caught up."
        ),
    ),
    "mauvais-jours": HelpPage(
        _("When something is wrong"),
        (
            (
                _("A mistake is leaving: what do I do first?"),
                _(
                    "Press Suspend everything, at the top of each page. It asks nothing and stops"
                    " every campaign within seconds. Then look, and only then tell."
                ),
            ),
            (
                _("A fact or a text was wrong. Who is told?"),
                _(
                    "Whoever has the wrong version gets a correction, with the old and the new."
                    " Whoever was still waiting gets the right version, and nothing else."
                ),
            ),
            (
                _("The event moves. What happens?"),
                _(
                    "The postponement leaves to those who know of the event, each step to come gets"
                    " its new hour, and those who were accredited are asked to confirm."
                ),
            ),
            (
                _("The event is cancelled. Who is told?"),
                _(
                    "Everybody who has a message of the campaign or has asked to come. Every step"
                    " to come stops."
                ),
            ),
            (
                _("Is a sign-off needed even then?"),
                _("Yes, the same as for the campaign: a correction is read by many people too."),
            ),
        ),
        _("A correction never goes to somebody who has had nothing to correct."),
    ),
    "bilan": HelpPage(
        _("Report"),
        (
            (
                _("Do the figures add up?"),
                _(
                    "Yes: each recipient is counted once, in one state. Those who were left out are"
                    " counted apart, with the reason."
                ),
            ),
            (
                _("Is it final?"),
                _(
                    "Not while steps are still to leave: and a message may come back days later,"
                    " which the report then says."
                ),
            ),
            (
                _("How do I hand it on?"),
                _(
                    "Print it, or take the Excel file, which names people: your password is asked"
                    " for, and the journal notes it."
                ),
            ),
        ),
        _("Figures are never rounded, and the report never says that somebody has read a mail."),
    ),
}
"""The help pages, by the last part of their address."""
