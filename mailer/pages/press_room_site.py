"""The whole press room as one value: each address that exists, and what stands there.

The server answers from it and the static export writes it, so that both show the same, and so that
an address of something that is not public does not exist in either.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mailer.pages.press_room import (
    CheckedText,
    list_page,
    listed,
    local_time,
    release_page,
    release_path,
    release_text,
    unknown_page,
    verify_page,
    withdrawn_page,
    withdrawn_title,
)
from mailer.publication.comparing import compare, is_long_enough
from mailer.publication.feeds import Feed, FeedEntry, SitemapPage, atom, json_feed, sitemap
from mailer.publication.press_codes import read_code
from mailer.publication.public import Standing
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.model.campaigns.release import Release
    from mailer.model.press_room.press_room import ReleaseKey
    from mailer.pages.press_room import ListedVersion, RoomFrame
    from mailer.publication.public import PublicCampaign, PublicRoom, PublicVersion

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
XML = "application/xml; charset=utf-8"
_NEWEST = 30
"""How many entries a feed has."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What stands at an address. `etag` is made of the content, and of nothing else."""

    media_type: str
    body: bytes
    etag: str

    @classmethod
    def of(cls, media_type: str, body: str | bytes) -> Resource:
        octets = body.encode() if isinstance(body, str) else body
        return cls(media_type, octets, f'"{hashlib.sha256(octets).hexdigest()[:32]}"')


class PressRoomSite:
    """All that is public at one instant, by path; each page is made when it is first asked for.

    `release_of` returns the frozen text of a release. Paths have no slash at their beginning; one
    that ends with a slash, or is empty, is a page.
    """

    def __init__(
        self, room: PublicRoom, frame: RoomFrame, *, release_of: Callable[[ReleaseKey], Release]
    ) -> None:
        self.room, self._frame = room, frame
        self._release_of = release_of
        self._unknown = cache(self._make_unknown)
        self._making = Lock()
        self._made: dict[str, Resource] = {}

    @cached_property
    def paths(self) -> dict[str, Callable[[], Resource]]:
        """Every address that exists, except those of pictures and files."""
        found: dict[str, Callable[[], Resource]] = {
            "": partial(self._list, self._frame.default_language, root=""),
            "sitemap.xml": self._sitemap,
            "robots.txt": self._robots,
        }
        for language in self._frame.languages:
            found |= {
                f"{language}/": partial(self._list, language, root="../"),
                f"{language}/verifier/": partial(self._verify, language),
                f"{language}/feed.atom": partial(self._feed, language, atom, ATOM, "feed.atom"),
                f"{language}/feed.json": partial(
                    self._feed, language, json_feed, JSON_FEED, "feed.json"
                ),
            }
        for campaign in self.room.campaigns:
            for version in campaign.shown.values():
                found |= self._of_version(campaign, version)
        return found

    def resource(self, path: str) -> Resource | None:
        """Return what stands at a path; None where nothing does."""
        made = self._made.get(path)
        if made is not None:
            return made
        make = self.paths.get(path) or self._beside_page(path)
        if make is None:
            return None
        with self._making:
            return self._made.setdefault(path, make())

    def unknown(self, path: str) -> Resource:
        """Return the page for an address at which there is nothing."""
        first = path.partition("/")[0]
        is_known = first in self._frame.languages and "/" in path
        language = first if is_known else self._frame.default_language
        return self._unknown(language)

    def check_code(self, typed: str, *, language: str) -> Resource:
        """Return the page that says what a code is of. It knows the codes that are public."""
        code = read_code(typed)
        found = next((each for each in self._codes(language) if each.code == code), None)
        said = self._frame.sayer(language)
        result = (
            CheckedText(
                False, said(_("This code is of nothing that is published here.")), said(_ASK)
            )
            if found is None
            else CheckedText(
                found.standing is Standing.OFFICIAL,
                said(_("This code is of a text of ours.")),
                found=found,
            )
        )
        page = verify_page(
            self._codes(language),
            self._frame,
            language=language,
            result=result,
            typed_code=typed,
        )
        return Resource.of(HTML, page)

    def check_text(self, typed: str, *, language: str) -> Resource:
        """Return the page that says which published text a pasted one is, and where it differs."""
        page = verify_page(
            self._codes(language),
            self._frame,
            language=language,
            result=self._compared(typed, language),
            typed_text=typed,
        )
        return Resource.of(HTML, page)

    def _compared(self, typed: str, language: str) -> CheckedText:
        said = self._frame.sayer(language)
        if not is_long_enough(typed):
            return CheckedText(
                False,
                said(_("This is too short to be told from other texts.")),
                said(_("Paste a paragraph, or the whole text.")),
            )
        found = compare(typed, self._published_texts())
        if found is None:
            unknown = said(_("This text is none of those that are published here."))
            return CheckedText(False, unknown, said(_ASK))
        version = next(each for each in self._codes(language) if each.code == found.code)
        heading = (
            _("This text is ours, but some words differ.")
            if found.passages
            else _("This text has the words of ours.")
        )
        return CheckedText(
            not found.passages and version.standing is Standing.OFFICIAL,
            said(heading),
            found=version,
            passages=found.passages,
            more=found.more,
        )

    def _published_texts(self) -> Iterator[tuple[str, str]]:
        """Yield the code and the text of what is published and not withdrawn, the newest first."""
        for campaign in self.room.campaigns:
            for version in campaign.versions:
                if version.standing is not Standing.WITHDRAWN:
                    release = self._release_of(version.release.key)
                    yield (
                        release.code,
                        release_text(release, self._frame, since=version.since, url=""),
                    )

    def _of_version(
        self, campaign: PublicCampaign, version: PublicVersion
    ) -> dict[str, Callable[[], Resource]]:
        """Return the addresses of one release in one language."""
        path = release_path(campaign.slug, version.language)
        if version.standing is Standing.WITHDRAWN:
            return {path: lambda: Resource.of(HTML, withdrawn_page(campaign, version, self._frame))}
        release = partial(self._release_of, version.release.key)
        return {
            path: lambda: Resource.of(
                HTML, release_page(campaign, version, release(), self._frame)
            ),
            f"{path}texte.txt": lambda: Resource.of(
                TEXT,
                release_text(
                    release(),
                    self._frame,
                    since=local_time(version.since, self._frame),
                    url=self._url(path),
                ),
            ),
        }

    def pictures_and_files(self) -> Iterator[str]:
        """Yield the address of every picture, and of every file that a page offers."""
        for path, release in self._releases.items():
            for each in release().beside_page:
                yield f"{path}{each.filename}"

    @cached_property
    def _releases(self) -> dict[str, Callable[[], Release]]:
        """The releases whose text is shown, by the path of their page."""
        return {
            release_path(campaign.slug, language): partial(self._release_of, version.release.key)
            for campaign in self.room.campaigns
            for language, version in campaign.shown.items()
            if version.standing is not Standing.WITHDRAWN
        }

    def _beside_page(self, path: str) -> Callable[[], Resource] | None:
        """Return what makes the picture or file at an address; None where there is none."""
        page, _slash, name = path.rpartition("/")
        release = self._releases.get(f"{page}/")
        for each in release().beside_page if release else ():
            if each.filename == name:
                return partial(Resource.of, each.media_type, each.content)
        return None

    def _list(self, language: str, *, root: str) -> Resource:
        versions = [
            listed(campaign, campaign.in_language(language), self._frame, language=language)
            for campaign in self.room.campaigns
        ]
        return Resource.of(HTML, list_page(versions, self._frame, language=language, root=root))

    def _verify(self, language: str) -> Resource:
        return Resource.of(HTML, verify_page(self._codes(language), self._frame, language=language))

    def _make_unknown(self, language: str) -> Resource:
        # From anywhere: a web server may show it for an address of any depth.
        root = f"{urlsplit(self._frame.public_url).path}/"
        return Resource.of(HTML, unknown_page(self._frame, language=language, root=root))

    def _codes(self, language: str) -> Sequence[ListedVersion]:
        return [
            listed(campaign, version, self._frame, language=language)
            for campaign in self.room.campaigns
            for version in campaign.versions
        ]

    def _feed(
        self, language: str, write: Callable[[Feed], bytes], media_type: str, name: str
    ) -> Resource:
        feed = Feed(
            title=self._frame.title,
            author=self._frame.office.name or self._frame.title,
            language=language,
            url=self._url(f"{language}/{name}"),
            home_url=self._url(f"{language}/"),
            entries=[self._entry(each, language) for each in self.room.campaigns[:_NEWEST]],
        )
        return Resource.of(media_type, write(feed))

    def _entry(self, campaign: PublicCampaign, language: str) -> FeedEntry:
        version = campaign.in_language(language)
        shown = listed(campaign, version, self._frame, language=language)
        is_withdrawn = version.standing is Standing.WITHDRAWN
        say = self._frame.sayer(version.language)
        return FeedEntry(
            mailing=campaign.first_mailing,
            language=shown.language,
            url=self._url(shown.path),
            title=withdrawn_title(version, self._frame, language=language)
            if is_withdrawn
            else shown.title,
            label=shown.label,
            summary=say(_("Please do not use it any more.")) if is_withdrawn else shown.summary,
            text=campaign.withdrawal.why
            if campaign.withdrawal
            else self._release_of(version.release.key).text,
            published_at=campaign.since,
            changed_at=campaign.changed_at,
        )

    def _sitemap(self) -> Resource:
        pages = [SitemapPage(self._url(f"{each}/")) for each in self._frame.languages]
        pages += [
            SitemapPage(self._url(release_path(campaign.slug, language)), campaign.changed_at)
            for campaign in self.room.campaigns
            if campaign.withdrawal is None
            for language in campaign.shown
        ]
        return Resource.of(XML, sitemap(pages))

    def _robots(self) -> Resource:
        return Resource.of(TEXT, f"User-agent: *\nAllow: /\nSitemap: {self._url('sitemap.xml')}\n")

    def _url(self, path: str) -> str:
        return f"{self._frame.public_url}/{path}"


_ASK = _(
    "It may be mistyped, under embargo, or not from us: call the press office before you use it."
)


def site_files(site: PressRoomSite) -> dict[str, bytes]:
    """Return every file of a static press room by path, in the order in which it is written."""
    files = {}
    for path in (*site.paths, *site.pictures_and_files()):
        found = site.resource(path)
        assert found is not None, "each path is one of the site"
        files[f"{path}index.html" if path.endswith("/") or not path else path] = found.body
    return files | {"404.html": site.unknown("404.html").body}
