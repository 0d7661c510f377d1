"""Whatever the mail server refuses, lacks or sends, what can be read is read and nothing is lost."""

from dataclasses import replace
from itertools import repeat
from time import sleep

import pytest

from mailer.errors import BackendMisconfigured, BackendUnavailable
from mailer.mailbox import fetch, limits
from mailer.mailbox.filing import uid_sets
from mailer.model.feedback.inbox import Filing
from tests.counterparts.scripted_imap import DROP, ScriptedImap

MAILS = {uid: f"Subject: number {uid}\r\n\r\nx\r\n".encode() for uid in range(1, 8)}


@pytest.fixture
def server(tmp_path):
    with ScriptedImap(tmp_path, dict(MAILS)) as server:
        yield server


class Reader:
    """What was read, up to where, and what was told."""

    def __init__(self):
        self.read, self.cursor, self.troubles = [], None, []

    def fetch(self, settings, filing=Filing.DONE):
        def store(mails, cursor):
            self.read += [mail.uid for mail in mails]
            self.cursor = cursor
            return [filing for _mail in mails]

        return sum(
            fetch(
                settings,
                cursor_of=lambda _name: self.cursor,
                store=store,
                on_trouble=self.troubles.append,
            )
        )


def test_a_mailbox_that_may_only_be_read_is_read_once_and_that_is_told(server):
    server.is_read_only = True
    reader = Reader()

    first = reader.fetch(server.settings)
    second = reader.fetch(server.settings)

    assert (first, second, reader.read) == (7, 0, list(MAILS))
    assert not any("STORE" in each or "MOVE" in each for each in server.commands)
    assert "only be read" in str(reader.troubles[0].what)
    assert set(reader.troubles) == {reader.troubles[0]}


def test_a_mailbox_whose_select_is_refused_is_examined(server):
    server.rule = lambda words: ["{tag} NO [NOPERM] denied"] if words.startswith("SELECT") else None
    reader = Reader()

    assert reader.fetch(server.settings) == 7
    assert any(words.startswith("EXAMINE") for words in server.commands)


def test_a_mailbox_that_may_only_be_read_and_is_left_alone_is_no_trouble(server):
    server.is_read_only = True
    reader = Reader()

    reader.fetch(replace(server.settings, done_folder="", unknown_folder=""))

    assert (reader.read, reader.troubles) == (list(MAILS), [])


@pytest.mark.parametrize(
    ("delimiter", "prefix", "written", "becomes"),
    [
        ("/", "", "Rejets/Lus", "Rejets/Lus"),
        (".", "", "Rejets/Lus", "Rejets.Lus"),
        (".", "INBOX.", "Lus", "INBOX.Lus"),
        (".", "INBOX.", "Rejets/Lus", "INBOX.Rejets.Lus"),
        (".", "INBOX.", "INBOX.Lus", "INBOX.Lus"),
        (".", "INBOX.", "INBOX/Lus", "INBOX.Lus"),
        ("\\\\", "", "Rejets/Lus", "Rejets\\\\Lus"),
        ("/", "", "Traités", "Trait&AOk-s"),
        ("/", "", "Traite\u0301s", "Trait&AOk-s"),
        (".", "INBOX.", "Été/Réponses & co", "INBOX.&AMk-t&AOk-.R&AOk-ponses &- co"),
    ],
)
def test_folders_are_made_as_the_server_writes_them(server, delimiter, prefix, written, becomes):
    server.delimiter, server.prefix = delimiter, prefix
    reader = Reader()

    reader.fetch(replace(server.settings, done_folder=written))

    assert reader.troubles == []
    assert sorted(server.folders[becomes]) == list(MAILS)


def test_a_folder_that_exists_as_it_is_written_is_taken_as_it_is(server):
    server.delimiter, server.folders["Rejets/Lus"] = ".", {}
    reader = Reader()

    reader.fetch(replace(server.settings, done_folder="Rejets/Lus"))

    assert sorted(server.folders["Rejets/Lus"]) == list(MAILS)


def test_the_folder_to_read_is_found_as_the_server_writes_it(server):
    server.delimiter, server.prefix = ".", "INBOX."
    server.folders["INBOX.Retours.&AMk-t&AOk-"] = {3: MAILS[3]}
    reader = Reader()

    assert reader.fetch(replace(server.settings, folder="Retours/Été")) == 1


REFUSALS = {
    "over quota": ("UID MOVE", ["{tag} NO [OVERQUOTA] Quota exceeded"]),
    "folder missing": ("UID MOVE", ["{tag} NO [TRYCREATE] no such mailbox"]),
    "folder not made": ("CREATE", ["{tag} NO [CANNOT] not allowed"]),
    "folder not listed": ("LIST", ["{tag} BAD what?"]),
    "a listing that is none": ("LIST", ["* LIST nonsense", "{tag} OK done"]),
    "a namespace that is none": ("NAMESPACE", ["* NAMESPACE (x) NIL", "{tag} OK done"]),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_filed_is_read_and_told_and_not_read_again(server, name):
    command, answer = REFUSALS[name]
    server.rule = lambda words: answer if words.startswith(command) else None
    reader = Reader()

    first = reader.fetch(server.settings)
    second = reader.fetch(server.settings)

    assert (first, second, reader.read) == (7, 0, list(MAILS))
    (trouble,) = reader.troubles
    assert trouble.folder == server.settings.done_folder
    assert sorted(server.mails) == list(MAILS)


def test_trouble_is_told_once_in_a_session_however_many_mails(server, monkeypatch):
    monkeypatch.setattr("mailer.mailbox.FILED_AT_ONCE", 1)
    monkeypatch.setattr("mailer.mailbox.BATCH_SIZE", 2)
    command, answer = REFUSALS["over quota"]
    server.rule = lambda words: answer if words.startswith(command) else None
    reader = Reader()

    assert reader.fetch(server.settings) == 7

    assert len(reader.troubles) == 1
    assert len([words for words in server.commands if words.startswith(command)]) == 1


def test_mails_that_cannot_be_marked_do_not_keep_the_new_ones_waiting(server, monkeypatch):
    monkeypatch.setattr("mailer.mailbox.FILED_AT_ONCE", 1)
    monkeypatch.setattr("mailer.mailbox.BATCH_SIZE", 2)
    server.rule = lambda words: ["{tag} NO refused"] if "STORE" in words else None
    reader = Reader()
    reader.fetch(server.settings, filing=Filing.LEFT)
    reader.read.clear()
    server.mails |= {8: MAILS[7], 9: MAILS[7]}

    reader.fetch(server.settings, filing=Filing.LEFT)

    # Of the others one batch, to see whether it can be marked now, and what is with a new one.
    assert reader.read == [1, 2, 7, 8, 9]


def test_a_server_without_move_keeps_the_originals_and_copies_each_once(server):
    server.capabilities = "IMAP4rev1"
    reader = Reader()

    first, second = reader.fetch(server.settings), reader.fetch(server.settings)

    assert (first, second) == (7, 0)
    assert sorted(server.folders["Mailer-lus"]) == sorted(server.mails) == list(MAILS)
    assert len([words for words in server.commands if words.startswith("UID COPY")]) == 1


def test_many_mails_are_marked_and_moved_with_one_command(tmp_path):
    many = dict.fromkeys(range(1, 5_001), MAILS[1])
    with ScriptedImap(tmp_path, many) as server:
        reader = Reader()

        assert reader.fetch(server.settings) == 5_000

        asked = [words for words in server.commands if "MOVE" in words or "STORE" in words]
        assert len(asked) == 3
        assert server.mails == {}


@pytest.mark.parametrize(
    "uids", [[], [5], [1, 2, 3], [9, 1, 2, 2, 7], list(range(1, 9000, 2)), list(range(1, 9000))]
)
def test_sets_of_numbers_name_each_once_and_fit_on_a_line(uids):
    sets = list(uid_sets(uids))

    named = []
    for part in ",".join(sets).split(",") if sets else []:
        first, _colon, last = part.partition(":")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(set(uids))
    assert all(len(each) <= 4_000 for each in sets)


# Answers without end


def test_a_literal_of_three_gigabytes_is_not_read(server):
    server.rule = lambda words: (
        iter([b"* 1 FETCH (UID 1 BODY[]<0> {3000000000}\r\n", b"x" * 100])
        if words.startswith("UID FETCH")
        else None
    )

    with pytest.raises(BackendUnavailable, match="3000000000 octets"):
        Reader().fetch(server.settings)


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH"])
@pytest.mark.parametrize(
    ("part", "limit"),
    [
        (b"* 5 EXISTS\r\n" * 1000, "MAX_ANSWER_LINES"),
        (b"* OK " + b"x" * 60_000 + b"\r\n", "MAX_ANSWER_BYTES"),
        (b"x" * 60_000, "MAX_LINE_BYTES"),
    ],
)
def test_an_answer_without_end_meets_a_limit(server, monkeypatch, command, part, limit):
    monkeypatch.setattr(limits, limit, 50_000)
    server.rule = lambda words: repeat(part) if words.startswith(command) else None

    with pytest.raises(BackendUnavailable, match="more than 50000"):
        Reader().fetch(server.settings)


@pytest.mark.parametrize(
    ("command", "begin"),
    [
        ("UID SEARCH", b"* SEARCH "),
        ("UID FETCH", b"* 1 FETCH (UID 1 BODY[]<0> {3900000}\r\n"),
        ("LOGIN", b"* OK "),
    ],
)
def test_an_answer_that_trickles_meets_a_limit(server, monkeypatch, command, begin):
    monkeypatch.setattr(limits, "MAX_ANSWER_S", 0.5)
    monkeypatch.setattr("mailer.mailbox._READ_TIMEOUT_S", 3.0)
    server.rule = lambda words: _trickle(begin) if words.startswith(command) else None

    with pytest.raises(BackendUnavailable, match=r"answers for more than 0\.5 seconds"):
        Reader().fetch(server.settings)


def test_a_greeting_that_trickles_meets_a_limit(server, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ANSWER_S", 0.5)
    server.greeting = _trickle(b"* OK ")

    with pytest.raises(BackendUnavailable, match="answers for more than"):
        Reader().fetch(server.settings)


def _trickle(begin):
    """An octet now and then, each long before a time-out; it gives up after a while."""
    yield begin
    for _octet in range(100):
        sleep(0.05)
        yield b"x"


def test_a_line_with_the_numbers_of_a_hundred_thousand_mails_is_read(tmp_path):
    # Seven octets each: more than the library takes by itself would be a million octets.
    many = dict.fromkeys(range(4_000_000_000, 4_000_100_000), MAILS[1])
    with ScriptedImap(tmp_path, many) as server:
        found = []

        def store(mails, _cursor):
            found.extend(mails)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            list(fetch(server.settings, cursor_of=lambda _name: None, store=store))

        assert len(found) == 50


def test_a_connection_that_breaks_while_filing_is_made_good_the_next_time(server):
    broken = []

    def drop_once(words):
        if words.startswith("UID MOVE") and not broken:
            broken.append(words)
            return DROP
        return None

    server.rule = drop_once
    reader = Reader()

    reader.fetch(server.settings)

    assert sorted(server.folders["Mailer-lus"]) == list(MAILS)
    assert server.mails == {}


def test_what_a_server_refuses_is_told_in_its_own_words_alone(server):
    server.rule = lambda words: ["{tag} BAD what"] if "SEARCH" in words else None

    with pytest.raises(BackendMisconfigured) as refused:
        Reader().fetch(server.settings)

    (problem,) = refused.value.problems
    assert str(problem.what) == "The mailbox server refuses what we ask: what."


@pytest.mark.parametrize("keywords", [r"\Seen \*", r"\Seen"])
@pytest.mark.parametrize(
    "answer",
    [["{tag} OK done"], ["* 3 FETCH (UID 3 BODY[]<0> NIL)", "{tag} OK done"]],
    ids=["left out", "empty"],
)
def test_a_mail_that_is_listed_and_not_handed_over_is_told_and_read_once_it_is(
    server, keywords, answer
):
    server.keywords = keywords
    withholding = [True]

    def rule(words):
        if not words.startswith("UID FETCH") or not withholding:
            return None
        *others, _ = server._fetch(words)
        return [*(each for each in others if b"(UID 3 " not in each), *answer]

    server.rule = rule
    reader = Reader()

    for _session in range(2):
        with pytest.raises(BackendMisconfigured) as told:
            reader.fetch(server.settings)
        (problem,) = told.value.problems
        assert "lists 1 mail and does not hand it over: number 3" in str(problem.what)
    assert sorted(server.folders["Mailer-lus"]) == [1, 2, 4, 5, 6, 7]

    withholding.clear()
    assert reader.fetch(server.settings) == 1
    assert sorted(reader.read) == list(MAILS)


def test_a_mail_that_somebody_removes_while_it_is_read_is_no_trouble(server):
    def rule(words):
        if words.startswith("UID FETCH"):
            server.mails.pop(3, None)

    server.rule = rule
    reader = Reader()

    reader.fetch(server.settings)

    assert reader.read == [1, 2, 4, 5, 6, 7]
