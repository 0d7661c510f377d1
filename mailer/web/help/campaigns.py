"""The help pages about a campaign that is prepared, from its facts to its sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.web.help.page import HelpPage
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

CAMPAIGN_HELP: Mapping[str, HelpPage] = {
    "campagne": HelpPage(
        _("A campaign and its tasks"),
        (
            (
                _("In which order do I do the tasks?"),
                _(
                    "As you like. The page of the campaign says what is done, what is to correct and"
                    " what is left. Launch opens once nothing blocks and the sign-offs are there."
                ),
            ),
            (
                _("Can I begin with an old campaign?"),
                _(
                    "Yes, at New campaign: its texts and steps are taken over. Its day, place and"
                    " deadline are marked, and you confirm each."
                ),
            ),
            (
                _("Can two of us work on it?"),
                _(
                    "Yes. Each save is a version with its author. If somebody has saved meanwhile,"
                    " the page shows both texts side by side, and neither is lost."
                ),
            ),
            (
                _("Can I go back?"),
                _("Yes, under Versions: an earlier version is taken back as a new one."),
            ),
        ),
        _("A campaign is never launched by itself, and one that was launched is never deleted."),
    ),
    "faits": HelpPage(
        _("Facts"),
        (
            (
                _("Why are the day and the place here and not in the texts?"),
                _(
                    "They stand once. The texts take them over, so that a correction here corrects"
                    " them everywhere."
                ),
            ),
            (
                _("Why am I asked to confirm some facts?"),
                _(
                    "They were read from a document or come from an old campaign. Compare each with"
                    " what you know, then confirm it."
                ),
            ),
            (
                _("What if I change a fact after the sign-off?"),
                _(
                    "The sign-off is void, its page says whose change it was, and a new one is"
                    " needed. Saving without a change voids nothing."
                ),
            ),
            (
                _("And after the launch?"),
                _(
                    "The facts are closed then. Something is wrong, on the page of the campaign,"
                    " corrects, moves or cancels, and tells those who have to know."
                ),
            ),
        ),
        _("A fact is never guessed: what the document does not say for sure stays empty."),
    ),
    "textes": HelpPage(
        _("Texts"),
        (
            (
                _("Is what I type lost if I close the page?"),
                _(
                    "No. It is kept while you type, as a draft that you alone see. It becomes a"
                    " version of the campaign when you save it."
                ),
            ),
            (
                _("What is kept when I paste from Word?"),
                _(
                    "Bold, italics, links, lists and headings. What could not be taken, such as a"
                    " picture, is named on the page."
                ),
            ),
            (
                _("What are the words between double braces?"),
                _(
                    "Places that are filled in: with a fact of the campaign, or with the name of"
                    " each reader. Leave them as they stand, and change the fact."
                ),
            ),
            (
                _("Why is the mail beside the text grey?"),
                _(
                    "The text cannot be made into a mail at present: you see the last one that"
                    " could be, with the reason above it."
                ),
            ),
        ),
        _(
            "Your sentences are never rewritten: a remark proposes, you decide. Only the blanks"
            " before signs are set as typography asks."
        ),
    ),
    "calendrier": HelpPage(
        _("Calendar"),
        (
            (
                _("When does a step leave?"),
                _(
                    "At the day and hour that stand beside it. J-4 means four days before the"
                    " event, and follows when the event moves."
                ),
            ),
            (
                _("Why does a step have no hour?"),
                _(
                    "It leaves to one person at a time, when something happens to that person: for"
                    " instance as soon as they are accredited."
                ),
            ),
            (
                _("What if nothing works at that hour?"),
                _(
                    "It leaves as soon as the service is back, and the page says how late. If it"
                    " has become too late to be useful, it is missed and the team is told."
                ),
            ),
            (
                _("What if the hour has passed before the launch?"),
                _("The step is to correct: give it another hour before you launch."),
            ),
        ),
        _("Moving one step never moves another."),
    ),
    "destinataires": HelpPage(
        _("Recipients"),
        (
            (
                _("Who gets it?"),
                _(
                    "The people of the lists of the step, each once, even if they are on two of"
                    " them. Whoever is left out is named, with the reason."
                ),
            ),
            (
                _("When is it settled who gets it?"),
                _(
                    "When the step begins to leave. Until then, somebody who joins a list, refuses"
                    " or answers changes it, and this page with it."
                ),
            ),
            (
                _("Why is somebody left out?"),
                _(
                    "They have refused our mail, their address is dead, they have answered already,"
                    " or a condition of the step leaves them out."
                ),
            ),
        ),
        _("Nobody who has refused is written to, whichever list they are on."),
    ),
    "verifications": HelpPage(
        _("Checks"),
        (
            (
                _("What must I correct?"),
                _("What is blocking. The campaign cannot be launched before."),
            ),
            (
                _("And if a remark is mistaken?"),
                _(
                    "Accept it with a reason, which whoever signs off reads. It counts again as"
                    " soon as the words that it is about change."
                ),
            ),
            (
                _("Where do I correct it?"),
                _("The place below each remark leads to the line of the text, or to the field."),
            ),
        ),
        _("What is blocking can never be accepted, and nothing is corrected unless you ask."),
    ),
    "apercu": HelpPage(
        _("Preview, test and rehearsal"),
        (
            (
                _("Is this what will leave?"),
                _("Yes, sign for sign. Only the links that belong to one person do nothing here."),
            ),
            (
                _("Who gets a test?"),
                _(
                    "The addresses of the team that stand on the page, and nobody else. Every"
                    " version of the step goes to each, with [TEST] in the subject."
                ),
            ),
            (
                _("My test has not arrived. Where is it?"),
                _(
                    "The list of tests says for each address what the server answered, and later"
                    " what came back. If it was handed over, look among your unwanted mail."
                ),
            ),
            (
                _("What is a rehearsal?"),
                _(
                    "The whole campaign is played on a clock of its own, with invented answers."
                    " Nothing leaves."
                ),
            ),
        ),
        _("A preview, a test or a rehearsal never reaches a journalist, and changes nothing."),
    ),
    "bon-a-tirer": HelpPage(
        _("Sign-off"),
        (
            (
                _("What exactly do I sign?"),
                _(
                    "The version on the page: every text, the timetable, and to whom each step"
                    " goes. What has changed since the last sign-off is marked."
                ),
            ),
            (
                _("Why can I not sign?"),
                _(
                    "Your role does not sign, or you made the last change: then somebody else looks"
                    " at it and signs. The page says who may."
                ),
            ),
            (
                _("What voids a sign-off?"),
                _("Any change of what was signed, a comma included. The page says whose it was."),
            ),
            (
                _("What if I do not agree?"),
                _(
                    "Refuse, and write why. The launch waits until somebody has changed what you"
                    " refused, or until you sign."
                ),
            ),
            (
                _("Why am I asked for my password again?"),
                _("You typed it more than ten minutes ago, and a signature must be yours."),
            ),
        ),
        _("Nobody signs for somebody else, and silence is never taken for a sign-off."),
    ),
}
"""The help pages, by the last part of their address."""
