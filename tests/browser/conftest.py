"""Chromium without a network: images of a message come from the message, or from nowhere."""

import re

import pytest


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 600, "height": 900})
    yield page
    page.close()


def show(page, html, message, *, images=True):
    """`html` in the page; its `cid:` images are served from the message, or refused."""
    contents = {it.content_id: it for it in message.embedded}

    def answer(route):
        found = contents.get(route.request.url.rpartition("/")[2])
        if images and found:
            route.fulfill(body=found.content, content_type=found.media_type)
        else:
            route.abort()

    page.route("**/*", answer)
    page.set_content(re.sub(r'src="cid:', 'src="https://images.invalid/', html), wait_until="load")
