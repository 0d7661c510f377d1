"""The help pages about people: lists, call-backs, replies, refusals and accreditations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.web.help.page import HelpPage
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

PEOPLE_HELP: Mapping[str, HelpPage] = {
    "listes": HelpPage(
        _("Contacts and lists"),
        (
            (
                _("Which file can I give?"),
                _(
                    "The Excel or CSV file as you have it, or addresses that you paste. You see"
                    " what becomes of each row before anything is taken in."
                ),
            ),
            (
                _("What is a row to decide?"),
                _(
                    "A row that may be mistaken: an address that cannot exist, or a remark such as"
                    " “has left?”. It waits for your decision, and the other rows are taken in."
                ),
            ),
            (
                _("Must I decide again with the next file?"),
                _("Not about the same row: what you decided is proposed, with your name."),
            ),
            (
                _("Somebody has another address. What do I do?"),
                _(
                    "On the page of the person, Correct the address: the old one stays on record,"
                    " and what did not arrive is sent to the new one."
                ),
            ),
        ),
        _("Taking in a list never lifts a refusal, and no row disappears without being named."),
    ),
    "a-rappeler": HelpPage(
        _("To call"),
        (
            (
                _("Who stands here?"),
                _(
                    "People whom a message did not reach, who are away, or who seem to ask to be"
                    " taken off the list. The reason stands beside the name."
                ),
            ),
            (
                _("What do I do with a call?"),
                _(
                    "Note what came of it. A day to call again sets the person aside until then; an"
                    " answer to the invitation goes into the register and stops the reminders."
                ),
            ),
            (
                _("Somebody asks to be taken off the list."),
                _(
                    "Read the mail, then press Write to this address no more. If it means something"
                    " else, note the call: the question is then settled."
                ),
            ),
        ),
        _("Whoever has refused our mail never stands here: nobody should call them."),
    ),
    "courrier": HelpPage(
        _("Mail to decide"),
        (
            (
                _("What becomes of a reply?"),
                _(
                    "It is sorted: asks to come, will not come, to be read. You decide, and one"
                    " button enters the answer in the register."
                ),
            ),
            (
                _("Is it dangerous to open a mail here?"),
                _("No: you see its words. No picture is fetched, and nothing in it runs."),
            ),
            (
                _("What is a mail that was not understood?"),
                _(
                    "One that is no reply, no report and no request to be taken off, or that could"
                    " not be read. Open it and say what follows. Its text is removed with your"
                    " decision; it stays in your mailbox."
                ),
            ),
            (
                _("Why does a reminder wait for me?"),
                _(
                    "A reply may say that the person comes. Whoever may have answered is not"
                    " reminded before you have read it."
                ),
            ),
        ),
        _(
            "No answer is entered by itself, but a form that comes back filled in from the person"
            " to whom it was sent."
        ),
    ),
    "oppositions": HelpPage(
        _("Refusals"),
        (
            (
                _("Who is put here without me?"),
                _(
                    "Whoever uses the link to be taken off, reports our mail as unwanted, or has an"
                    " address that no longer exists."
                ),
            ),
            (
                _("Somebody asks by telephone or letter."),
                _("Note it below the list: the address, who asked, when and how."),
            ),
            (
                _("Can a refusal be lifted?"),
                _(
                    "By an administrator, who writes down the person’s own words. Nobody else, and"
                    " no new list, can."
                ),
            ),
        ),
        _("A refusal never ends because a list is taken in again or a contact is removed."),
    ),
    "accreditations": HelpPage(
        _("Accreditations"),
        (
            (
                _("Where do requests come from?"),
                _(
                    "From the link of the invitation, from replies, from calls that you note, and"
                    " from the press offices of partners."
                ),
            ),
            (
                _("Who decides?"),
                _(
                    "You do, unless the campaign says that requests are accepted by themselves as"
                    " long as places are left. Each decision can be changed, with a reason."
                ),
            ),
            (
                _("What if there are no places left?"),
                _("The request goes on the waiting list, and keeps its rank there."),
            ),
            (
                _("Who is reminded?"),
                _(
                    "Those who have not answered, if the step says so. Whoever comes, or has said"
                    " that they will not, is not."
                ),
            ),
            (
                _("How long are the numbers of press cards kept?"),
                _(
                    "Until the day that the register names. After that they are erased, and a list"
                    " for the door that you printed is yours to destroy."
                ),
            ),
        ),
        _("The number of a press card is never shown again once it was erased."),
    ),
}
"""The help pages, by the last part of their address."""
