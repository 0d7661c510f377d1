"""What is asked of a page in a browser. Each look returns what it found wrong, in words."""

from __future__ import annotations

from tests.matrix import scripts

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 390, 768, 1440)
ZOOMED_TO_400 = 320
"""1,280 px at 400 % (WCAG 1.4.10)."""
_MOST_TABS = 400


def every_look(page, *, axe, widths=WIDTHS, schemes=("light", "dark")):
    """Yield everything that is wrong with a page as it stands."""
    yield from (f"the browser says: {said}" for said in page.said)
    yield from structure(page)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            yield from (f"{scheme} {width}: {each}" for each in violations(page, axe))
            yield from (f"{scheme} {width}: {each}" for each in sideways(page, width))
    page.emulate_media(color_scheme="light")
    yield from zoomed(page)
    yield from spaced(page)
    yield from forced_colours(page)
    yield from focus_order(page)


def structure(page):
    """One heading, a title, a language, no two elements of one id."""
    found = page.evaluate(scripts.STRUCTURE)
    if found["headings"] != 1:
        yield f"{found['headings']} first headings"
    if not found["title"] or not found["lang"]:
        yield "no title or no language"
    yield from (f"two elements have the id {each}" for each in found["twice"])
    yield from (f"level of heading skipped before {each}" for each in found["skipped"])


def violations(page, axe):
    """What axe-core finds against WCAG 2.2 A and AA."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    run = "levels => axe.run(document, {runOnly: levels}).then(found => found.violations)"
    for each in page.evaluate(run, LEVELS):
        for node in each["nodes"]:
            yield f"axe {each['id']}: {node['target']} {node['failureSummary'][:160]}"


def sideways(page, width):
    """Whether the page scrolls sideways: tables do so inside their own region."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"scrolls sideways ({wide} px): {page.evaluate(scripts.TOO_WIDE, width)}"


def zoomed(page):
    """Letters twice as large at 1,280 px, and the page at 400 %: nothing is cut or lost."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from (f"letters at 200 %: {each}" for each in sideways(page, 1280))
    yield from (f"letters at 200 %, cut: {each}" for each in page.evaluate(scripts.CUT))
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": ZOOMED_TO_400, "height": 256})
    yield from (f"at 400 %, cut: {each}" for each in page.evaluate(scripts.CUT))
    page.set_viewport_size({"width": 1280, "height": 900})


def spaced(page):
    """Lines, words and letters further apart, as some readers need them (WCAG 1.4.12)."""
    page.evaluate(scripts.SPACED, True)
    yield from (f"wider spacing: {each}" for each in sideways(page, 1280))
    yield from (f"wider spacing, cut: {each}" for each in page.evaluate(scripts.CUT))
    page.evaluate(scripts.SPACED, False)


def forced_colours(page):
    """With the colours of the system: buttons keep an edge, the focus is seen, texts are read."""
    page.emulate_media(forced_colors="active")
    yield from (f"forced colours: {each}" for each in page.evaluate(scripts.WITHOUT_EDGE))
    page.emulate_media(forced_colors="none")


def focus_order(page):
    """Tab meets every control once, in the order of the page, each in sight; and leaves it."""
    for frame in page.frames:
        frame.wait_for_load_state()
    # What a page fetches once, soon after it is shown, brings controls of its own.
    once = page.locator('[data-live][data-every="1"]:not([data-ended])')
    for part in once.all():
        part.wait_for(state="detached", timeout=60_000)
    wanted = page.evaluate(scripts.TABBABLE)
    met = _met_by_tab(page, wanted)
    if not _is_in_order(met, wanted):  # a busy machine may lose a key on its way into a frame
        met = _met_by_tab(page, wanted)
    if not _is_in_order(met, wanted):
        yield f"the Tab key meets {len(met)} of {len(wanted)} controls, or in another order"
    yield from (f"no sign of the focus: {each['what']}" for each in met if not each["shown"])
    yield from (f"focus out of sight: {each['what']}" for each in met if not each["inView"])


def _is_in_order(met, wanted):
    """Whether every control was met, or of a long page the first ones, in the order of the page."""
    order = [each["number"] for each in met]
    is_whole = len(order) == len(wanted) or len(wanted) >= _MOST_TABS / 4
    return order == wanted[: len(order)] and is_whole


def _met_by_tab(page, wanted):
    """Return what Tab meets from the beginning of the page, until it leaves it or begins anew."""
    met = []
    page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0); document.body.focus()")
    page.evaluate(scripts.START)
    for _tab in range(_MOST_TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(scripts.FOCUSED)
        if now is None or (met and now["number"] == met[0]["number"] != met[-1]["number"]):
            break
        # A field for days has a stop for each part of the day; a mail in a frame has its links.
        if now["number"] >= 0 and now["number"] not in {each["number"] for each in met[-1:]}:
            met.append(now)
        if len(met) == len(wanted):
            break
    return met
