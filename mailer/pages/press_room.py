"""The pages of the public press room: no script, no cookie, no name of a recipient."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from babel import Locale
from markupsafe import Markup

from mailer.calendar.written_days import written_day
from mailer.pages.office_look import look_rules, shown_logo
from mailer.pages.page import render_page
from mailer.publication.press_codes import spelled
from mailer.publication.public import Standing
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.release import Release
    from mailer.model.campaigns.theme import OfficeLook
    from mailer.publication.comparing import DifferingPassage
    from mailer.publication.public import PublicCampaign, PublicVersion
    from mailer.wording import Text

_SHEETS = ("page.css", "press_room.css")
_POLICY = "img-src 'self' data:;"


@dataclass(frozen=True, slots=True)
class RoomFrame:
    """What every page of the press room shows: its title and look, the office, its address.

    `public_url` has no slash at its end. `say` translates a sentence into a language. `is_live`
    is false for pages that are written as files: these have no forms.
    """

    title: str
    office: Office
    look: OfficeLook
    languages: tuple[str, ...]
    public_url: str
    say: Callable[[Text, str], str]
    is_live: bool = True

    @property
    def default_language(self) -> str:
        """The language of a page that has none of its own, such as the entrance."""
        known = self.office.language in self.languages
        return self.office.language if known else self.languages[0]

    def sayer(self, language: str) -> Callable[[Text], str]:
        """Return the function that translates a sentence into this language."""
        return lambda text: self.say(text, language)


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """One version of a release as lists and tables show it.

    `state` says in words that it was replaced, withdrawn or updated; empty when none is the case.
    `newer_code` is the code of the version that replaced it, if any.
    """

    path: str
    language: str
    title: str
    label: str
    state: str
    summary: str
    since: datetime
    code: str
    standing: Standing
    newer_code: str = ""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The page of the same release in another language."""

    language: str
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The answer of the press room to somebody who checks a code or a text.

    `passages` are those that differ from the published text, and `more` how many others differ.
    """

    is_good: bool
    heading: str
    advice: str = ""
    found: ListedVersion | None = None
    passages: Sequence[DifferingPassage] = ()
    more: int = 0


def release_path(slug: str, language: str) -> str:
    """Return the path of a release, relative to the address of the press room."""
    return f"{language}/{quote(slug)}/"


def listed(
    campaign: PublicCampaign, version: PublicVersion, frame: RoomFrame, *, language: str
) -> ListedVersion:
    """Return a version as a list in `language` shows it.

    Of a withdrawn one it shows the day only: neither the headline nor the summary.
    """
    release = version.release
    is_withdrawn = version.standing is Standing.WITHDRAWN
    own = release.language if not is_withdrawn else language
    newest = campaign.in_language(release.language)
    is_old = version.standing is Standing.SUPERSEDED
    return ListedVersion(
        path=release_path(campaign.slug, newest.language),
        language=own,
        title=withdrawn_title(version, frame, language=own) if is_withdrawn else release.headline,
        label=release.label,
        state=_state(campaign, version, frame, language=own),
        summary="" if is_withdrawn else release.summary,
        since=local_time(version.since, frame),
        code=release.code,
        standing=version.standing,
        newer_code=newest.release.code if is_old else "",
    )


def withdrawn_title(version: PublicVersion, frame: RoomFrame, *, language: str) -> str:
    """Return the title of a withdrawn text: its day, because its headline is withdrawn too."""
    day = written_day(local_time(version.since, frame), "long", language=language)
    return frame.say(_("Withdrawn: text published on {day}", day=day), language)


def _state(
    campaign: PublicCampaign, version: PublicVersion, frame: RoomFrame, *, language: str
) -> str:
    """Return the word for a version that was withdrawn, replaced or updated; else nothing."""
    match version.standing:
        case Standing.WITHDRAWN:
            return frame.say(_("withdrawn from publication"), language)
        case Standing.SUPERSEDED:
            return frame.say(_("replaced"), language)
    is_first = all(each.release.version >= version.release.version for each in campaign.versions)
    # An amendment says in its own label that the text was changed.
    if is_first or version.release.tells_amendment:
        return ""
    return frame.say(_("updated"), language)


def list_page(
    versions: Sequence[ListedVersion], frame: RoomFrame, *, language: str, root: str
) -> str:
    """Return the list of all that is public."""
    return _page("press_room_list.html.j2", frame, language, root=root, listed=versions)


def release_page(
    campaign: PublicCampaign,
    version: PublicVersion,
    release: Release,
    frame: RoomFrame,
) -> str:
    """Return the page of a release in one language.

    A superseded text leads to the official one in another language, if there is one.
    """
    language = version.language
    path = release_path(campaign.slug, language)
    others = [
        _other_language(campaign, other, frame) for other in campaign.shown if other != language
    ]
    is_old = version.standing is Standing.SUPERSEDED
    official = [
        each for each in others if campaign.shown[each.language].standing is Standing.OFFICIAL
    ]
    former = [
        listed(campaign, each, frame, language=language)
        for each in campaign.versions
        if each.language == language and each.release.version < version.release.version
    ]
    return _page(
        "press_room_release.html.j2",
        frame,
        language,
        root="../../",
        release=release,
        since=local_time(version.since, frame),
        url=f"{frame.public_url}/{path}",
        others=others,
        newer=official[0] if is_old and official else None,
        former=former,
    )


def _other_language(campaign: PublicCampaign, language: str, frame: RoomFrame) -> OtherLanguage:
    path = release_path(campaign.slug, language)
    return OtherLanguage(language, path, f"{frame.public_url}/{path}")


def withdrawn_page(campaign: PublicCampaign, version: PublicVersion, frame: RoomFrame) -> str:
    """Return the page that replaces a withdrawn text."""
    return _page(
        "press_room_withdrawn.html.j2",
        frame,
        version.language,
        root="../../",
        title=withdrawn_title(version, frame, language=version.language),
        withdrawal=campaign.withdrawal,
    )


def unknown_page(frame: RoomFrame, *, language: str, root: str) -> str:
    """Return the page of the answer 404. It does not repeat the address, which anybody may write."""
    return _page("press_room_unknown.html.j2", frame, language, root=root)


def verify_page(
    codes: Sequence[ListedVersion],
    frame: RoomFrame,
    *,
    language: str,
    result: CheckedText | None = None,
    typed_code: str = "",
    typed_text: str = "",
) -> str:
    """Return the page on which people check a code or a text."""
    return _page(
        "press_room_verify.html.j2",
        frame,
        language,
        root="../../",
        codes=codes,
        result=result,
        typed_code=typed_code,
        typed_text=typed_text,
        is_live=frame.is_live,
    )


def release_text(release: Release, frame: RoomFrame, *, since: datetime, url: str) -> str:
    """Return a release as plain text, with its code and the address of its page."""
    said = frame.sayer(release.language)
    facts = "\n".join(
        said(_("{label}: {value}", label=fact.label, value=fact.value)) for fact in release.facts
    )
    changes = "\n".join(
        said(_("{label}: {value}", label=each.label, value=f"{each.old} → {each.new or '–'}"))
        for each in release.changes
    )
    contacts = "\n\n".join(
        "\n".join(
            part
            for part in (each.name, each.role, each.organisation, each.address, each.phone)
            if part
        )
        for each in release.contacts
    )
    links = "\n".join(f"{link.label}\n{link.url}" for link in release.links)
    asked = "\n".join((release.accreditation, *release.accreditation_addresses)).strip()
    code = said(_("Code of this text:"))
    parts = (
        release.label.upper(),
        release.dateline,
        release.headline,
        changes,
        facts,
        release.text,
        asked,
        links,
        contacts,
        f"{frame.office.name}\n{since:%Y-%m-%d %H:%M}\n{code} {spelled(release.code)}\n{url}",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def local_time(at: datetime, frame: RoomFrame) -> datetime:
    """Return an instant by the clock of the office."""
    return at.astimezone(ZoneInfo(frame.office.time_zone))


def _own_name(language: str) -> str:
    """Return the name of a language in that language."""
    return str(Locale.parse(language).get_display_name(language)).capitalize()


def _page(template: str, frame: RoomFrame, language: str, *, root: str, **values: Any) -> str:
    logo = shown_logo(frame.look)
    return render_page(
        template,
        sheets=_SHEETS,
        rules=look_rules(frame.look.theme),
        policy=_POLICY,
        forms="'self'" if frame.is_live else "'none'",
        say=frame.sayer(language),
        language=language,
        spelled=spelled,
        frozen=Markup,  # safe: the HTML was compiled with the message, of allowed elements only
        own_name=_own_name,
        local=partial(local_time, frame=frame),
        room=frame,
        root=root,
        logo=logo,
        **values,
    )
