"""The glossary of the desk: the words on its pages that have a meaning of their own."""

from __future__ import annotations

from mailer.wording import Text, _

WORDS: tuple[tuple[Text, Text], ...] = (
    (
        _("accreditation"),
        _("leave to attend an event: asked for, given, refused, or on the waiting list"),
    ),
    (_("blocking, to fix, advice"), _("what a check says: only what is blocking holds the launch")),
    (_("bounced"), _("the message has come back; the reason stands beside it")),
    (_("campaign"), _("one subject, with its facts, its texts and its steps")),
    (_("deferred"), _("a server asks us to come back later; it is tried again by itself")),
    (_("delivered"), _("the server of the person has taken the message")),
    (_("embargo"), _("the hour before which nothing is to be published")),
    (_("handed over"), _("a server has taken the message and answers for what follows")),
    (_("J-4"), _("four days before the event; J+1 is the day after it")),
    (_("launch"), _("the moment from which the steps may leave, each at its hour")),
    (_("list"), _("people under a name: the press of a region, associations")),
    (_("missed"), _("a step that had become too late to be useful, and did not leave")),
    (_("paused"), _("nothing more leaves of it until somebody resumes it; nothing is lost")),
    (
        _("production, trial"),
        _(
            "in production messages leave for their recipients; in a trial, only for the addresses that were allowed"
        ),
    ),
    (
        _("recipients"),
        _("the people to whom a step goes, once everybody who is left out was named"),
    ),
    (_("refusal"), _("an address that is not written to, with the reason and its evidence")),
    (_("refused"), _("a server has refused the message for good")),
    (_("rehearsal"), _("the whole campaign, played without sending anything")),
    (_("row to decide"), _("a row of a list that may be mistaken, and waits for you")),
    (_("sign-off"), _("the signature under one exact version; any change voids it")),
    (
        _("step"),
        _("one planned mailing of a campaign: announcement, reminder, practical information"),
    ),
    (
        _("suppressed before sending"),
        _("the address was barred between the launch and the sending"),
    ),
    (_("test send"), _("a message to the team alone, with [TEST] in its subject")),
    (_("uncertain"), _("nobody knows whether the message arrived; you decide")),
    (
        _("version"),
        _(
            "a saved state of the campaign, with its number and its author; also the text for one list or one language"
        ),
    ),
)
"""Each word with what it means, in the order of English; a page sorts them in its language."""
