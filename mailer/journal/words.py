"""The journal in words: what each act is called, and what the detail of a line says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.journal.details import BEGINNINGS
from mailer.labels import evidence_in_words, label_of
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.contacts.call import CallOutcome
from mailer.model.contacts.list_file import RowChoice
from mailer.model.contacts.suppression import SuppressionReason
from mailer.model.feedback.inbox import MAILBOX
from mailer.model.feedback.reply import ReplySort
from mailer.model.feedback.unknown_mail import MailOutcome
from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import MailingState
from mailer.model.team.actor import PROGRAM, READER, Via
from mailer.model.team.identity import SignInMethod
from mailer.model.team.permission import ROLE_NAMES
from mailer.model.team.person import Role
from mailer.model.team.sign_in import LinkPurpose
from mailer.wording import NOTE_BEGINS, Text, _, _n, from_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from enum import StrEnum

    from mailer.model.journal.line import JournalEntry
    from mailer.model.team.actor import Actor

_ACTS: Mapping[str, Text] = {
    "accreditation": _("noted an answer"),
    "request-place": _("asked for an accreditation, for a partner"),
    "decide-place": _("decided about a partner’s request"),
    "change-office": _("changed the name or the sender of the office"),
    "restart-desk": _("started the desk again"),
    "add-person": _("added somebody to the team"),
    "change-roles": _("changed somebody's roles"),
    "limit-to-lists": _("changed the lists to which somebody is limited"),
    "choose-language": _("chose a language"),
    "disable-person": _("closed an account"),
    "enable-person": _("opened an account again"),
    "make-link": _("made a link that works once"),
    "change-by-provider": _("changed with the groups or the address at the provider"),
    "dismiss-identity": _("did not recognise somebody"),
    "link-identity": _("recognised an identity of the provider"),
    "add-passkey": _("added a passkey"),
    "remove-passkey": _("removed a passkey"),
    "set-second-factor": _("set up a second factor"),
    "remove-second-factor": _("removed a second factor"),
    "use-recovery-code": _("used a recovery code"),
    "unlink-identity": _("took an identity of the provider away"),
    "prove-identity": _("proved again who they are"),
    "set-password": _("set a password"),
    "sign-in": _("signed in"),
    "sign-out": _("signed out"),
    "add-contact": _("added a contact"),
    "add-recipient": _("added a recipient"),
    "adopt": _("adopted the ledger"),
    "call": _("noted a telephone call"),
    "comment": _("commented on a text"),
    "answer-comment": _("answered a comment"),
    "close-comment": _("closed a comment"),
    "configure-people": _("people of the workspace"),
    "correct-address": _("corrected an address"),
    "decide-quarantine": _("decided about rows"),
    "edit": _("changed the texts or facts"),
    "take-back": _("took an earlier version back"),
    "begin-dump": _("began to dump the database"),
    "dump": _("dumped the database"),
    "fail-dump": _("could not dump the database"),
    "edit-contact": _("changed a contact"),
    "expire": _("ended: too late to be useful"),
    "export": _("exported people"),
    "fetch-export": _("fetched an exported file"),
    "forget": _("erased a person"),
    "hand-over-data": _("handed somebody their data"),
    "import": _("imported a list"),
    "launch": _("launched"),
    "launch-again": _("launched all the same"),
    "rename-list": _("renamed a list"),
    "merge-list": _("put the people of a list on another"),
    "remove-list": _("removed a list"),
    "leave-list": _("took somebody off a list"),
    "lift": _("lifted a bar"),
    "proof": _("sent a test"),
    "remove-cancelled": _("removed what was cancelled"),
    "remove-contact": _("removed a contact"),
    "reschedule": _("new hour"),
    "restore": _("restored a backup"),
    "send-again": _("sends again, as decided"),
    "settle": _("decided about uncertain deliveries"),
    "refuse-sign-off": _("refused to sign off"),
    "remind-signatory": _("reminded a signatory"),
    "tell-waiting": _("told somebody what waits for them"),
    "sign-off": _("signed off"),
    "ask-again": _("asked again after the move"),
    "draft-correction": _("drafted a correction"),
    "draft-move": _("drafted a move"),
    "draft-cancellation": _("drafted a cancellation"),
    "draft-follow-up": _("drafted a follow-up"),
    "drop-correction": _("dropped the draft of a correction"),
    "drop-move": _("dropped the draft of a move"),
    "drop-cancellation": _("dropped the draft of a cancellation"),
    "drop-follow-up": _("dropped the draft of a follow-up"),
    "launch-correction": _("launched a correction"),
    "launch-move": _("launched a move"),
    "launch-cancellation": _("launched a cancellation"),
    "launch-follow-up": _("launched a follow-up"),
    "replace": _("replaced by a newer version"),
    "supersede": _("stopped for a newer version"),
    "accept-finding": _("accepted a finding of the checks"),
    "withdraw-release": _("took a text out of the press room"),
    "withdraw-acceptance": _("withdrew the acceptance of a finding"),
    "suspend": _("suspended everything"),
    "lift-suspension": _("lifted the suspension"),
    "start": _("began to send"),
    "start-in-doubt": _("began, uncertain"),
    "suppress": _("barred an address"),
    "accept-proposal": _("barred an address as somebody asked"),
    "alarm": _("raised an alarm: refusals aimed at us"),
    "answers-seen": _("said that the answers have been looked at"),
    "assume-sent": _("took an uncertain delivery as sent"),
    "clock-held": _("waits: the clock has jumped"),
    "clock-jumped": _("followed a jump of the clock"),
    "confirm-clock": _("confirmed that the clock is right"),
    "coverage": _("noted what was published"),
    "coverage-removed": _("removed what was noted as published"),
    "dismiss-proposal": _("did not bar an address"),
    "door-list": _("exported the list for the door"),
    "door-list-destroyed": _("destroyed a list for the door"),
    "read-reply": _("read a reply"),
    "go-on": _("let the demonstration go on"),
    "register-export": _("exported the register"),
    "send-by": _("chose another way of sending"),
    "settle-mail": _("decided a mail that was not understood"),
    "take-reply": _("took a reply into the register"),
    "unsubscribe-failed": _("could not read the link of an unsubscription"),
}

ACT_NAMES: Mapping[str, Text] = {
    **_ACTS,
    **{state.value: label_of(state) for state in MailingState},
}
"""The name of every act that the journal knows."""

_CODES: Mapping[str, type[StrEnum]] = {
    "accept-proposal": SuppressionReason,
    "accreditation": AccreditationState,
    "ask-again": AccreditationState,
    "call": CallOutcome,
    "decide-place": AccreditationState,
    "dismiss-proposal": SuppressionReason,
    "read-reply": ReplySort,
    "settle": DeliveryStatus,
    "settle-mail": MailOutcome,
    "suppress": SuppressionReason,
    "take-reply": ReplySort,
}
"""Of which words of ours the detail of an act's lines holds one."""

_WORDS: Mapping[str, Mapping[str, Text]] = {
    "decide-quarantine": {
        RowChoice.ACCEPT: _("the proposed address is meant"),
        RowChoice.CORRECT: _("another address is meant"),
        RowChoice.WRITE: _("right as it is written"),
        RowChoice.BAR: _("not to be written to"),
        RowChoice.LEAVE_OUT: _("row left out"),
        RowChoice.LATER: _("to be decided later"),
    },
    "make-link": {
        LinkPurpose.FIRST_ADMINISTRATOR: _("for the first administrator"),
        LinkPurpose.INVITATION: _("invitation"),
        LinkPurpose.SIGN_IN: _("to sign in"),
    },
    "sign-in": {
        SignInMethod.PASSWORD_AND_CODE: _("by password and code"),
        SignInMethod.PASSKEY: _("by passkey"),
        SignInMethod.LINK: _("by a link that works once"),
        SignInMethod.PROVIDER: _("by the provider"),
        SignInMethod.PROXY: _("by the proxy"),
    },
}
"""What the words of ours mean that the detail of an act's lines begins with, or has after a comma."""
_ABOUT_LISTS = {"import", "decide-quarantine", "rename-list", "merge-list", "remove-list"}
_SUBJECTS = {
    "team": _("the team"),
    "ledger": _("the ledger"),
    "dead-letters": _("dead letters"),
    MAILBOX: _("the mailbox"),
    "demonstration": _("the demonstration"),
    "clock": _("the clock"),
    "journal": _("the journal"),
    "office": _("the office"),
}

_PHRASES: tuple[tuple[str, Callable[[re.Match[str]], Text]], ...] = (
    (r"(\d+) people", lambda found: _n("{count} person", "{count} people", count=int(found[1]))),
    (r"(\d+) mails", lambda found: _n("{count} mail", "{count} mails", count=int(found[1]))),
    (r"(\d+) lines", lambda found: _n("{count} line", "{count} lines", count=int(found[1]))),
    (
        r"(\d+) dead letters",
        lambda found: _n("{count} dead letter", "{count} dead letters", count=int(found[1])),
    ),
    (
        r"(\d+) messages, version (\w+)",
        lambda found: _n(
            "{count} message, version {version}",
            "{count} messages, version {version}",
            count=int(found[1]),
            version=found[2],
        ),
    ),
    (r"(\d+) added", lambda found: _n("{count} added", "{count} added", count=int(found[1]))),
    (
        r"(\d+) changed",
        lambda found: _n("{count} changed", "{count} changed", count=int(found[1])),
    ),
    (
        r"(\d+) unchanged",
        lambda found: _n("{count} unchanged", "{count} unchanged", count=int(found[1])),
    ),
    (
        r"(\d+) suppressed",
        lambda found: _n("{count} suppressed", "{count} suppressed", count=int(found[1])),
    ),
    (
        r"(\d+) former",
        lambda found: _n(
            "{count} under a former address",
            "{count} under former addresses",
            count=int(found[1]),
        ),
    ),
    (
        r"(\d+) forgotten",
        lambda found: _n(
            "{count} not taken in: erased before",
            "{count} not taken in: erased before",
            count=int(found[1]),
        ),
    ),
    (r"removed(?=$)", lambda _found: _("taken off the register")),
    (
        r"press cards purged: (\d+)",
        lambda found: _n(
            "number of {count} press card erased",
            "numbers of {count} press cards erased",
            count=int(found[1]),
        ),
    ),
    (r"forced by (.+?): ", lambda found: _("forced by {name}: ", name=found[1])),
    (r"asked by (.+?)(?=$|: )", lambda found: _("asked by {name}", name=found[1])),
    (r"no such key", lambda _found: _("no such key")),
)
"""What the program writes in the details of its acts, in English since the first of its lines."""

_COLON = ": "

_NAMES_ROLES = frozenset({"add-person", "change-by-provider", "change-roles", "configure-people"})
_ROLE = re.compile(rf"(?:(?<=: )|(?<=, ))(?:{'|'.join(ROLE_NAMES)})(?=$|[,;])")
_PROGRAM_WRITES = frozenset(
    {
        "accreditation",
        "decide-place",
        "request-place",
        "export",
        "import",
        "proof",
        "settle-mail",
        "unsubscribe-failed",
    }
)


_NOBODY_OF_THE_TEAM: Mapping[tuple[str, Via], Text] = {
    (PROGRAM.name, PROGRAM.via): _("the program itself"),
    (READER.name, READER.via): _("a reader, by the link of a message"),
}

WAYS: Mapping[Via, Text] = {
    Via.DESK: _("the desk"),
    Via.CLI: _("the command line"),
    Via.LINK: _("a link in a mail"),
    Via.PROGRAM: _("the program"),
}
"""What the ways are called through which somebody acted."""


def act_name(action: str) -> Text:
    """Return the name of an act in the journal."""
    return ACT_NAMES.get(action) or Text(action)


def name_of(who: Actor | JournalEntry) -> Text:
    """Return who acted: a person by name, the program and a reader of a mail in words."""
    if not who.person and (who.name, who.via) in _NOBODY_OF_THE_TEAM:
        return _NOBODY_OF_THE_TEAM[who.name, who.via]
    return Text("{name}", {"name": who.name})


def subject_of(line: JournalEntry) -> Text | str:
    """Return what a line is about; a campaign, an address or a list under its own name."""
    is_list = line.action in _ABOUT_LISTS
    return line.subject if is_list else _SUBJECTS.get(line.subject, line.subject)


def subject_called(name: str, *, say: Callable[[Text], str]) -> str:
    """Return the subject that a reader means by what the journal shows of it."""
    return next((subject for subject, text in _SUBJECTS.items() if say(text) == name), name)


def detail_of(line: JournalEntry) -> Text:
    """Return the detail of a line: the program's words in the reader's language, those of people as
    they wrote them.
    """
    parts = [
        *_note(line),
        *_codes(line),
        *_roles(line),
        *_beginning(line),
        *_evidence(line),
        *(_phrases(line) if line.action in _PROGRAM_WRITES else ()),
    ]
    return _put_together(line.detail, sorted(parts, key=lambda part: part[:2]))


def _note(line: JournalEntry) -> Iterator[tuple[int, int, Text]]:
    """Yield the sentence of the program that a detail is, or ends with."""
    begins = line.detail.find(NOTE_BEGINS)
    if begins >= 0:
        yield begins, len(line.detail), from_note(line.detail[begins:])


def _roles(line: JournalEntry) -> Iterator[tuple[int, int, Text]]:
    """Yield where a detail names roles; each stands in a list after the name of a person."""
    if line.action in _NAMES_ROLES:
        for each in _ROLE.finditer(line.detail):
            yield (*each.span(), ROLE_NAMES[Role(each[0])])


def _beginning(line: JournalEntry) -> Iterator[tuple[int, int, Text]]:
    """Yield what a detail begins with, where the program wrote it."""
    if line.action in BEGINNINGS:
        pattern, words = BEGINNINGS[line.action]
        if found := pattern.match(line.detail):
            yield (*found.span(), words(found))


def _codes(line: JournalEntry) -> Iterator[tuple[int, int, Text]]:
    """Yield where a detail holds one of our codes, and its name."""
    words = _WORDS.get(line.action, {})
    for each in re.finditer(r"(?:^|(?<=, ))[a-z-]+(?=$|[:, ])", line.detail):
        if each[0] in words:
            yield (*each.span(), words[each[0]])
            return
    codes = _CODES.get(line.action)
    if codes is None:
        return
    known = "|".join(map(re.escape, codes))
    if found := re.search(rf"(?:^|(?<=: ))(?:{known})(?=[:; (]|$)", line.detail):
        yield (*found.span(), label_of(codes(found[0])))


def _evidence(line: JournalEntry) -> Iterator[tuple[int, int, Text]]:
    """Yield where the detail of a bar holds its evidence, after the reason, and its words."""
    begins = line.detail.find(": ") + 2
    if line.action == "suppress" and begins > 1:
        yield begins, len(line.detail), evidence_in_words(line.detail[begins:])


def _phrases(line: JournalEntry) -> Iterator[tuple[int, int, Text]]:
    """Yield where a detail holds words of the program, and those to show."""
    for phrase, words in _PHRASES:
        pattern = rf"(?:^|(?<=[:;,] )){phrase}(?=$|[,;:]|(?<= ))"
        yield from ((*found.span(), words(found)) for found in re.finditer(pattern, line.detail))


def _put_together(detail: str, parts: list[tuple[int, int, Text]]) -> Text:
    pieces: list[object] = []
    ends = 0
    for begins, until, words in parts:
        if begins >= ends:
            pieces += [*_between(detail[ends:begins], follows=bool(ends), leads=True), words]
            ends = until
    pieces += _between(detail[ends:], follows=bool(ends), leads=False)
    values = {f"part{number}": piece for number, piece in enumerate(pieces)}
    return Text("".join(f"{{{name}}}" for name in values), values)


def _between(text: str, *, follows: bool, leads: bool) -> Iterator[object]:
    """Yield what stands between the program's words, beside them the colon of the reader's language."""
    starts = len(_COLON) if follows and text.startswith(_COLON) else 0
    stops = len(text) - len(_COLON) if leads and text[starts:].endswith(_COLON) else len(text)
    yield from (_(": "),) if starts else ()
    yield text[starts:stops]
    yield from (_(": "),) if stops < len(text) else ()
