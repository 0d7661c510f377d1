"""The work on files and mails of strangers, done in child processes with limits.

A hostile or broken input can crash a parser, keep it busy or exhaust its memory. There that is
a finding about the input, and the program goes on.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from mailer.errors import ContentError, Place
from mailer.made_once import made_once
from mailer.wiring.compiling import (
    compile_file_in_child,
    compile_in_language,
    diagnose_in_child,
    findings_in_child,
    read_contacts_in_child,
    recognise_in_child,
    survey_in_child,
    text_in_picture_in_child,
)
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from mailer.checks import KeptFindings
    from mailer.checks.kept_findings import DraftWithoutReaders
    from mailer.errors import Problem
    from mailer.feedback.excerpt import MailExcerpt
    from mailer.feedback.reading import Reading
    from mailer.files.campaigns.folders import CampaignSurvey
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.proposals import RecognisedDocument
    from mailer.model.campaigns.text_in_picture import TextInPicture
    from mailer.model.campaigns.tracked_changes import TrackedChanges
    from mailer.model.contacts.contact_import import Import
    from mailer.model.drafts.draft import CompiledVersion
    from mailer.model.mailings.message import CompiledMessage
    from mailer.operations.campaigns.writing.diagnosis import Diagnosis
    from mailer.render.markdown.from_html import ConvertedText
    from mailer.sandbox.children import Sandbox

COMPILER = ("mailer.render.compile", "mailer.files.campaigns.folder")
"""What a child imports that reads campaigns and compiles."""
SANDBOX_CPU_S = 10.0
SANDBOX_MEMORY_BYTES = 600 * 2**20
KEPT_FINDINGS = 16
"""Of how many drafts it is kept what the checks found: the campaigns that people work on."""
LIST_CPU_S = 120.0
"""Twice what the largest list of real use, a hundred thousand rows, takes on a slow machine."""
LIST_MEMORY_BYTES = 600 * 2**20


class Children:
    """The readers and the compiler of one workspace, each in a child process.

    `office` is asked for when it is needed. The processes end with `stack`.
    """

    def __init__(self, workspace: Path, *, office: Callable[[], Office], stack: ExitStack) -> None:
        self._workspace, self._office, self._stack = workspace, office, stack
        self.making = RLock()
        self._reading = Lock()
        self._last_read: tuple[object, Import] | None = None

    def fork(self) -> None:
        """Start the child that reads, compiles and checks as a fork of this process.

        See `Sandbox.fork`: nothing may be open yet.
        """
        self._sandbox.fork()

    def survey(self, folder: Path) -> CampaignSurvey:
        """Read the folder in a child process, because hostile files could exhaust the parser.

        A folder whose files are as they were is not read again.
        """
        from mailer.files.campaigns.folders import state_of_folder

        return self._sandbox.run_remembered(
            survey_in_child,
            folder,
            office=self._office(),
            state=state_of_folder(folder),
            where=Place(folder.as_posix()),
        )

    def compile(self, **asked: Any) -> CompiledMessage:
        """Compile in a child process, so that a crash or an endless loop there is a finding."""
        return self._sandbox.run_remembered(
            compile_in_language, where=Place(asked["content"].file), **asked
        )

    def compile_file(self, slug: str, **asked: Any) -> CompiledVersion:
        """Compile one text of a campaign with what is not saved yet, in a child process.

        `asked` holds the keywords of `compiling.compile_file_in_child`.
        """
        from mailer.files.bundled import bundled

        return self._sandbox.run(
            compile_file_in_child,
            self._workspace / "campaigns" / slug,
            office=self._office(),
            templates=(self._workspace / "templates", bundled("templates")),
            where=Place(asked["file"]),
            **asked,
        )

    @made_once
    def findings(self) -> Callable[[DraftWithoutReaders], KeptFindings]:
        """Runs the checks that read texts in a child process, once for each draft.

        A text that keeps them longer than the limits of the process is a finding that blocks.
        """
        return lru_cache(maxsize=KEPT_FINDINGS)(self._findings)

    def _findings(self, seen: DraftWithoutReaders) -> KeptFindings:
        folder = f"campaigns/{seen.draft.campaign.slug}"
        try:
            return self._sandbox.run(findings_in_child, seen, where=Place(folder))
        except ContentError as error:
            from mailer.checks.text.does_not_compile import finding_of

            problems = self._endless_text(seen) or error.problems
            return {"does-not-compile": tuple(map(finding_of, problems))}

    def _endless_text(self, seen: DraftWithoutReaders) -> tuple[Problem, ...]:
        """Return why the checks do not end with the first text that keeps them alone."""
        from mailer.checks.kept_findings import texts_alone

        for file, alone in texts_alone(seen):
            try:
                self._sandbox.run(findings_in_child, alone, where=Place(file))
            except ContentError as error:
                return error.problems
        return ()

    def diagnose(self, text: str, *, name: str, **how: Any) -> Diagnosis:
        """Read a release over in a child process; `how` holds the keywords of `diagnose`.

        Raises ContentError for a text that keeps the checks longer than its limits.
        """
        return self._sandbox.run(diagnose_in_child, text, name=name, **how, where=Place(name))

    def recognise(self, text: str, *, name: str, **how: Any) -> RecognisedDocument:
        """Find the facts of an old release in a child process, as `diagnose` reads one over."""
        return self._sandbox.run(recognise_in_child, text, **how, where=Place(name))

    def text_in_picture(self, content: bytes, *, name: str) -> TextInPicture | None:
        """Return how much text a picture shows, in a child process, because it is decoded.

        None stands for what is not read, and for what exceeds the limits of the process.
        """
        with suppress(ContentError):
            return self._sandbox.run_remembered(
                text_in_picture_in_child, content, where=Place(name)
            )
        return None

    def convert_html(self, html: str) -> ConvertedText:
        """Turn what was pasted into Markdown, in a child process."""
        from mailer.render.markdown.from_html import markdown_of

        return self._sandbox.run(markdown_of, html, where=Place(""))

    def read_document(self, content: bytes, *, name: str, changes: TrackedChanges) -> ConvertedText:
        """Read an old release in a child process, because it could exhaust memory."""
        from mailer.files.documents import read_document

        return self._sandbox.run(
            read_document, content, name=name, changes=changes, where=Place("", key="word")
        )

    @made_once
    def _sandbox(self) -> Sandbox:
        from mailer.sandbox.children import Sandbox

        return self._stack.enter_context(
            Sandbox(
                cpu_s=SANDBOX_CPU_S,
                memory_bytes=SANDBOX_MEMORY_BYTES,
                imports=COMPILER,
            )
        )

    def read_mail(self, raw: bytes) -> Reading:
        """Read a mail in a child process, because a hostile mail could crash the parser."""
        from mailer.feedback.reader import read_report

        return self._reader.run(read_report, raw, where=Place("mailbox"))

    def mail_excerpt(self, raw: bytes) -> MailExcerpt:
        """Shorten a mail for a person to judge, in a child process like `read_mail`."""
        from mailer.feedback.excerpt import excerpt_of

        return self._reader.run(excerpt_of, raw, where=Place("mailbox"))

    def sealed_mail(self, raw: bytes, *, policy: str) -> str:
        """Make a page of a foreign mail that can do nothing, in a child process like `read_mail`."""
        from mailer.feedback.sealed_mail import sealed_mail

        return self._reader.run(sealed_mail, raw, policy=policy, where=Place("mailbox"))

    @made_once
    def _reader(self) -> Sandbox:
        from mailer.sandbox.children import Sandbox

        return self._stack.enter_context(
            Sandbox(cpu_s=SANDBOX_CPU_S, memory_bytes=SANDBOX_MEMORY_BYTES)
        )

    def read_contacts(self, path: Path, **how: Any) -> Import:
        """Read a contact file in a child process, because a hostile file could exhaust memory.

        `how` holds the keywords of `files.contact_files.read_contacts`.
        """
        from mailer.model.contacts.contact_import import Import

        parts = self._list_reader.run(
            read_contacts_in_child, path.absolute(), where=Place(path.name), **how
        )
        return Import.joined(parts)

    def read_contact_bytes(self, name: str, content: bytes, **how: Any) -> Import:
        """Read a contact file that was uploaded, as `read_contacts` reads one of the disk.

        Only the last part of `name` counts. The file is written for the child process that reads
        it, readable for nobody else, and removed afterwards. The last file is remembered, because
        somebody who takes a list in has it read twice.
        """
        asked = (name, sha256(content).digest(), how)
        with self._reading:
            if self._last_read is None or self._last_read[0] != asked:
                with TemporaryDirectory(prefix="mailer-") as folder:
                    path = Path(folder) / (PurePath(name.replace("\\", "/")).name[-100:] or "list")
                    path.write_bytes(content)
                    self._last_read = asked, self.read_contacts(path, **how)
            return self._last_read[1]

    @made_once
    def _list_reader(self) -> Sandbox:
        from mailer.sandbox.children import Sandbox

        return self._stack.enter_context(
            Sandbox(
                cpu_s=LIST_CPU_S,
                memory_bytes=LIST_MEMORY_BYTES,
                children=1,
                remedy=_(
                    "Copy the rows into a new workbook, or split the list into several files."
                ),
            )
        )
