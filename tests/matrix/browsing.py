"""A page of the desk in a browser, as one person of an office sees it."""

from __future__ import annotations

from contextlib import contextmanager

LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
"""The languages of the desk, and what a browser asks for."""

PATIENCE_MS = 600_000
"""A busy machine takes its time, and what it takes says nothing about a page."""


@contextmanager
def opened(browser, place, view, language, *, go=True):
    """The page of a view, with what the console says about it in `said`."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale=LANGUAGES[language],
        reduced_motion="reduce",  # a page that scrolls smoothly is still on its way when asked
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies(
        [
            {
                "name": f"desk-{place.port}",
                "value": place.cookies[view.person],
                "url": place.base,
            }
        ]
    )
    page = context.new_page()
    page.said = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("console", lambda line: _heard(page, line))
    if go:
        _go(page, place, view)
    try:
        yield page
    finally:
        context.close()


def _go(page, place, view):
    page.goto(f"{place.base}{'/moi' if view.refused else view.path}")
    if view.refused:
        with page.expect_navigation():
            page.evaluate(_SEND_EMPTY, view.path)
    # The page of long work leads on when that has ended: it is looked at when it stays.
    page.wait_for_function(_NO_WORK_GOES_ON)


_NO_WORK_GOES_ON = """
() => {
  const work = document.querySelector('[data-live^="/travaux/"]');
  if (work && !('ended' in work.dataset)) window.isFollowed = true;
  return !work || !window.isFollowed;
}
"""
"""A page that has seen the end of the work leads on at once: the next one is looked at."""

_SEND_EMPTY = """
path => {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = path;
  document.body.append(form);
  form.submit();
}
"""


def _heard(page, line):
    # The browser writes a line for each answer that is a refusal; the page says it in words.
    if "the server responded with a status of" not in line.text:
        page.said.append(line.text)
