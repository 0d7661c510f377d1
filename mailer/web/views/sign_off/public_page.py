"""The public page of a campaign before it is launched, for those who sign it off."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from mailer.operations.press_room.preview import release_as_drafted
from mailer.pages.press_room import release_page, release_path
from mailer.press_room.live import room_frame
from mailer.web.views.campaigns.preview import FRAME_POLICY

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.model.campaigns.release import Release
    from mailer.publication.public import PublicCampaign
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show the page in the language that the address names, or say that there will be none."""
    found = release_as_drafted(
        visit.slug, language=visit.query("langue"), drafts=visit.app.page_drafts
    )
    if found is None:
        return visit.page("campaigns/not_public.html.j2")
    campaign, release = found
    frame = room_frame(visit.app, is_live=False)
    page = release_page(campaign, campaign.shown[release.language], release, frame)
    return HTMLResponse(
        _with_pictures(_with_languages(page, campaign), release),
        headers={"Content-Security-Policy": FRAME_POLICY},
    )


def _with_languages(page: str, campaign: PublicCampaign) -> str:
    """Return the page with its links to other languages leading to their previews."""
    for language in campaign.shown:
        path = release_path(campaign.slug, language)
        page = page.replace(f'href="../../{path}"', f'href="?langue={language}"')
    return page


def _with_pictures(page: str, release: Release) -> str:
    """Return the page with its pictures in itself: they have no address yet."""
    for picture in release.pictures:
        content = base64.b64encode(picture.content).decode()
        page = page.replace(
            f'src="{picture.filename}"', f'src="data:{picture.media_type};base64,{content}"'
        )
    return page
