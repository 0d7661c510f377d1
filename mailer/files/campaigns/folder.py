"""Reads a campaign folder into a `Campaign`: its TOML, its texts, and the files that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import unquote

from mailer.errors import Place, Problem, Unreadable, first_of_each_file, nearest, reason_of
from mailer.files.campaigns.campaign_file import read_campaign
from mailer.files.campaigns.folders import CampaignSurvey
from mailer.files.text_files import (
    FRONT_MATTER,
    TooLarge,
    decode_utf8,
    read_limited,
    read_text,
    resolve_inside,
)
from mailer.files.text_limits import beyond_limits
from mailer.files.toml.reading import TomlFile, fill, parse_toml
from mailer.files.toml.values import is_language
from mailer.languages import CODES
from mailer.model.campaigns.campaign import Content, VariantKey
from mailer.model.contacts.list_names import plain_name
from mailer.remedies import Remedy, RemedyAct
from mailer.render.markdown.parser import new_parser
from mailer.render.markdown.typed_text import read_typed
from mailer.wording import FactKey, Text, TextFile, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from mailer.model.campaigns.campaign import Campaign, Step
    from mailer.model.campaigns.office import Office

MAX_FILE_BYTES = 10_000_000
"""The largest file that is read. No mail system accepts a larger one, and checks warn earlier."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
_MARKDOWN = new_parser()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys between `+++` lines at the top of a text."""

    subject: str = ""
    preheader: str = ""


def survey_campaign(
    folder: Path, *, office: Office, unsaved: Mapping[str, bytes] | None = None
) -> CampaignSurvey:
    """Return the campaign in `folder` as far as it can be read, and all problems of the folder.

    A broken text or an unknown key still gives a campaign that can be checked. The campaign is
    None when `campaign.toml` has a value that cannot be used. `unsaved` gives texts, and a
    `campaign.toml`, that stand in the place of those of the folder, by name.
    """
    problems: list[Problem] = []
    unsaved = unsaved or {}
    file = _campaign_file(folder, unsaved, problems)
    campaign = _read(folder, file, office, problems, unsaved) if file else None
    ordered = sorted({*problems}, key=lambda p: (p.where.file, p.where.line, str(p)))
    return CampaignSurvey(campaign, tuple(first_of_each_file(ordered)))


def _read(
    folder: Path,
    file: TomlFile,
    office: Office,
    problems: list[Problem],
    unsaved: Mapping[str, bytes],
) -> Campaign | None:
    """Return the campaign with its texts and files; None when a value of it cannot be used."""
    campaign = read_campaign(file, slug=folder.resolve().name, office=office, problems=problems)
    language = str(file.table.get("language") or office.language)
    texts = _Texts(folder, language, problems, {}, unsaved)
    steps = file.table.get("steps")
    contents = [
        texts.of_step(file, index, step)
        for index, step in enumerate(steps if isinstance(steps, list) else [])
        if isinstance(step, dict)
    ]
    files = _named_files(folder, file, contents, problems)
    return campaign and replace(
        campaign,
        steps=tuple(
            _with_texts(step, texts, campaign.language)
            for step, texts in zip(campaign.steps, contents, strict=True)
        ),
        lines={**campaign.lines, **texts.lines},
        files=files,
    )


def _campaign_file(
    folder: Path, unsaved: Mapping[str, bytes], problems: list[Problem]
) -> TomlFile | None:
    if not folder.is_dir():
        known = sorted(path.parent.name for path in folder.parent.glob("*/campaign.toml"))
        remedy = nearest(folder.name, known) if known else _("Create it.")
        act = None if known else Remedy(RemedyAct.NEW_CAMPAIGN, {"campaign": folder.name})
        what = _("There is no campaign folder of this name.")
        problems.append(Problem(Place(folder.as_posix()), what, remedy, act))
        return None
    path = folder / "campaign.toml"
    text = _text_of(path, unsaved, problems, within=folder)
    return None if text is None else parse_toml(text, name=path.as_posix(), problems=problems)


def _text_of(
    path: Path, unsaved: Mapping[str, bytes], problems: list[Problem], *, within: Path
) -> str | None:
    """Return the unsaved text of a file, or else the one in the folder; None after a problem."""
    if path.name in unsaved:
        return decode_utf8(unsaved[path.name], shown=path.as_posix(), problems=problems)
    return read_text(path, problems=problems, within=within)


def _with_texts(step: Step, contents: Mapping[VariantKey, Content], language: str) -> Step:
    """Return `step` with its texts, and with the subject and preheader of the main text where
    `campaign.toml` has none.
    """
    main = contents.get(VariantKey("", language), Content("", ""))
    return replace(
        step,
        contents=contents,
        subject=step.subject or main.subject,
        preheader=step.preheader or main.preheader,
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """Reads the Markdown files of a folder; `lines` collects the lines of front matter keys."""

    folder: Path
    language: str
    problems: list[Problem]
    lines: dict[str, int]
    unsaved: Mapping[str, bytes]

    @property
    def _paths(self) -> list[Path]:
        written = (self.folder / name for name in self.unsaved if name.endswith(".md"))
        return sorted({*self.folder.glob("*.md"), *written})

    def of_step(
        self, file: TomlFile, index: int, step: dict[str, Any]
    ) -> dict[VariantKey, Content]:
        """Return the texts of a step by variant.

        Adds a problem for each one that is missing, misnamed or cannot be read, and for a step
        that has no subject.
        """
        name = step.get("content") or step.get("id")
        lists = step.get("to")
        if not isinstance(name, str) or not isinstance(lists, list):
            return {}  # `read_campaign` has added the problem
        existing, found = self._versions(name, lists)
        place = file.place(("steps", index, "content" if "content" in step else "id"))
        self._require_texts(name, lists, existing, place)
        key = VariantKey("", self.language)
        is_unreadable = key in existing and key not in found  # a problem says so already
        main = found.get(key)
        if not is_unreadable and not step.get("subject") and not (main and main.subject):
            self._problem(
                file.place(("steps", index, "subject")),
                _("The step has no subject."),
                _(
                    "Fill in {fact}, or write it in front of the text.",
                    fact=FactKey("steps.subject", "…"),
                ),
            )
        return found

    def _versions(
        self, name: str, lists: list[str]
    ) -> tuple[set[VariantKey], dict[VariantKey, Content]]:
        """Return the variants of a text that have a file, and the content of those that are
        readable.
        """
        existing: set[VariantKey] = set()
        found: dict[VariantKey, Content] = {}
        for path in self._paths:
            stem, *suffixes = path.name.removesuffix(".md").split(".")
            if stem != name:
                continue
            variant = self._variant(suffixes, lists)
            if variant is None:
                self._unknown_variant(path, suffixes, lists)
            elif variant in found:
                self._problem(
                    Place(path.as_posix()),
                    _("Two files hold the same version of this text."),
                    _("Keep one of them: the other is {file}.", file=TextFile(found[variant].file)),
                )
            else:
                existing.add(variant)
                if content := self._read(path):
                    found[variant] = content
        return existing, found

    def _variant(self, suffixes: list[str], lists: list[str]) -> VariantKey | None:
        """Return the variant that a file is named after: `name[.list][.language].md`."""
        named = {plain_name(each): each for each in map(str, lists)}
        match suffixes:
            case []:
                return VariantKey("", self.language)
            case [suffix] if suffix in named:
                return VariantKey(named[suffix], self.language)
            case [suffix] if is_language(suffix):
                return VariantKey("", suffix)
            case [list_, suffix] if list_ in named and is_language(suffix):
                return VariantKey(named[list_], suffix)
        return None

    def _unknown_variant(self, path: Path, suffixes: list[str], lists: list[str]) -> None:
        known = [*(plain_name(str(each)) for each in lists), *CODES]
        wrong = next(suffix for suffix in (*suffixes, "") if suffix not in known or not suffix)
        self._problem(
            Place(path.as_posix()),
            _("The name of the file means no list of the step and no language."),
            nearest(wrong, known),
        )

    def _require_texts(
        self, name: str, lists: list[str], existing: Collection[VariantKey], place: Place
    ) -> None:
        """Add a problem unless there is a text for everybody, or one for each list, in the
        language of the campaign.
        """
        own = {variant.list for variant in existing if variant.language == self.language}
        if "" in own or own >= {*lists}:
            return
        known = sorted({path.name.split(".")[0] for path in self._paths} - {name})
        self._problem(
            place,
            _("The text {file} is missing.", file=TextFile(f"{name}.md")),
            nearest(name, known) if known else _("Write it, in the folder of the campaign."),
        )

    def _read(self, path: Path) -> Content | None:
        """Return a text with the values of its front matter; None after adding a problem."""
        text = _text_of(path, self.unsaved, self.problems, within=self.folder)
        shown = path.as_posix()
        if text is None:
            return None
        if not text.startswith("+++"):
            return self._within_limits(Content(shown, text))
        front = FRONT_MATTER.match(text)
        if front is None:
            self._problem(
                Place(shown, 1),
                _("The lines in front of the text are not closed."),
                _("Write +++ on a line of its own where the text begins."),
            )
            return None
        file = parse_toml(front["matter"], name=shown, problems=self.problems, first_line=2)
        matter = fill(FrontMatter, file, problems=self.problems) if file else None
        if file is None or matter is None:
            return None
        self.lines.update({f"{shown}:{key}": line for (key, *_), line in file.lines.items()})
        return self._within_limits(
            Content(
                shown,
                text[front.end() :],
                line=text.count("\n", 0, front.end()) + 1,
                subject=matter.subject,
                preheader=matter.preheader,
            )
        )

    def _within_limits(self, content: Content) -> Content | None:
        beyond = beyond_limits(content.text, content.file, first_line=content.line)
        self.problems.extend(beyond)
        return None if beyond else content

    def _problem(self, where: Place, what: Text, remedy: Text) -> None:
        self.problems.append(Problem(where, what, remedy))


def _named_files(
    folder: Path,
    file: TomlFile,
    contents: list[dict[VariantKey, Content]],
    problems: list[Problem],
) -> dict[str, bytes]:
    """Return the images, logos and attachments of a campaign by the names used for them."""
    named: dict[str, Place] = {}
    for list_, key in (("attachments", "path"), ("partners", "logo")):
        entries = file.table.get(list_)
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict) and isinstance(entry.get(key), str):
                named.setdefault(entry[key], file.place((list_, index, key)))
    for texts in contents:
        for content in texts.values():
            for source, line in _images(content):
                named.setdefault(source, Place(content.file, line))
    found = {}
    for relative, where in named.items():
        content_ = _read_file(folder, relative, where, problems)
        if content_ is not None:
            found[relative] = content_
    return found


def _images(content: Content) -> Iterator[tuple[str, int]]:
    """Yield the images in a text that are files of the folder, with their lines."""
    for token in _MARKDOWN.parse(read_typed(content.text).markdown):
        line = content.line + (token.map[0] if token.map else 0)
        for child in token.children or ():
            line += child.type in {"softbreak", "hardbreak"}
            source = unquote(str(child.attrs.get("src", "")))
            if child.type == "image" and source and not _SCHEME.match(source):
                yield source, line


def _stored_path(folder: Path, relative: str) -> Path:
    """Return the file that `relative` names: as it is written, decoded, or in the other form
    of Unicode, for macOS and some archives write `é` as two characters. Raises Unreadable.

    A file may also be stored under an encoded name, `a%20b.jpg`, as some browsers save it.
    """
    names = dict.fromkeys(name.removeprefix("./") for name in (relative, unquote(relative)))
    paths = [resolve_inside(folder, name) for name in names]
    composed = {normalize("NFC", name) for name in names}
    for path in paths:
        if path.is_file():
            return path
    for path, name in _files(folder):
        if composed & {normalize("NFC", name), normalize("NFC", unquote(name))}:
            return path
    return paths[0]


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of a campaign besides its texts, with their names relative to the folder."""
    for found in sorted(folder.rglob("*")):
        if found.suffix not in {".md", ".toml"} and found.is_file():
            yield found, found.relative_to(folder).as_posix()


def _kind(name: str) -> str:
    """Return the ending of a file's name; those of pictures are one kind."""
    ending = PurePath(name).suffix.lower()
    return ".png" if ending in _PICTURES else ending


def _read_file(folder: Path, relative: str, where: Place, problems: list[Problem]) -> bytes | None:
    """Return the content of a file that `where` names; None after adding a problem."""
    try:
        path = _stored_path(folder, relative)
        return read_limited(path, most_bytes=MAX_FILE_BYTES)
    except Unreadable as refused:
        what, remedy = refused.reason, _("Name a file that stands in the campaign folder.")
    except FileNotFoundError:
        what = _("There is no file “{path}”.", path=relative)
        known = [name for _path, name in _files(folder) if _kind(name) == _kind(relative)]
        remedy = nearest(relative, known) if known else _("Put the file into the folder.")
    except OSError as error:
        what = _("“{path}” cannot be read: {detail}", path=relative, detail=reason_of(error))
        remedy = _("Check that it is a file and that you may read it.")
    except TooLarge as refused:
        what = _("“{path}” is too big: {size} MB.", path=relative, size=refused.size_bytes // 10**6)
        remedy = _("Put it on a server and link to it.")
    problems.append(Problem(where, what, remedy))
    return None
