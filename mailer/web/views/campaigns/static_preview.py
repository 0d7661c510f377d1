"""The page for those who sign off, as one file to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from mailer.operations.campaigns.previews.static_preview import static_preview
from mailer.pages.static_preview import static_page

if TYPE_CHECKING:
    from mailer.web.visit import Visit


def download(visit: Visit) -> Response:
    """Return the page of the campaign as it is now."""
    app = visit.app
    shown = static_preview(
        visit.slug, signed_texts=app.signed_texts, drafts=app.page_drafts, composer=app.composer
    )
    page = static_page(shown, say=visit.say, language=visit.language)
    return Response(
        page.content,
        media_type="text/html",
        headers={
            "Content-Disposition": f'attachment; filename="{visit.slug}-{shown.draft.fingerprint[:8]}.html"'
        },
    )
