"""Pictures of a page, to be looked at."""

from __future__ import annotations

import re

SIZES = {"wide": (1440, 900), "narrow": (390, 844)}


def take_pictures(page, folder, name):
    """Keep the page wide and narrow, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    short = re.sub(r"[^a-z0-9-]+", "_", name.lower()).strip("_")[:100]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=folder / f"{short}-{size}-{scheme}.png", full_page=True)
