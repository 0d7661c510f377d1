"""Rendering opens no socket and no file, whatever a template or theme asks for."""

import builtins
import socket

import pytest

from mailer.errors import ContentError, Place
from mailer.render import inline
from mailer.render.mjml import to_html as mjml

PAGE = "<!doctype html><html><head>%s</head><body><p class='a'>x</p></body></html>"


@pytest.fixture
def no_world(monkeypatch):
    """Sockets and files fail loudly, even where an exception would be swallowed."""
    asked = []

    def refuse(*arguments, **_options):
        asked.append(arguments)
        raise OSError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(builtins, "open", refuse)
    return asked


@pytest.mark.parametrize(
    "css",
    [
        "@import url(http://fonts.example/a.css); .a { color: red }",
        "@import 'file:///etc/hosts'; .a { color: red }",
        '@IMPORT "/etc/hosts" screen; .a { color: red }',
        "@font-face { font-family: x; src: url(http://fonts.example/x.woff) } .a { color: red }",
        "@\\69mport url(http://fonts.example/a.css); .a { color: red }",
    ],
)
def test_style_sheets_fetch_nothing(no_world, css):
    html = inline.inline_css(PAGE % f"<style>{css}</style>", css)

    assert 'style="color:red"' in html
    assert no_world == []


def test_linked_style_sheets_are_not_followed(no_world):
    html = PAGE % '<link rel="stylesheet" href="http://fonts.example/a.css">'

    inline.inline_css(html, "")

    assert no_world == []


def test_mjml_names_no_font_of_another_machine(no_world):
    page = '<mjml lang="fr" dir="ltr"><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>'

    html, _css = mjml.to_html(page, place=Place("x"))

    assert "fonts." not in html
    assert no_world == []


def test_mj_include_is_refused():
    with pytest.raises(ContentError):
        mjml.to_html(
            '<mjml lang="fr" dir="ltr"><mj-body><mj-include path="/etc/hosts" /></mj-body></mjml>',
            place=Place("x"),
        )


def test_media_queries_and_important_survive():
    css = (
        "@media (max-width: 480px) { .a { color: blue !important; } } [data-ogsc] .a { color: red }"
    )

    html = inline.inline_css(PAGE % f"<style>{css}</style>", ".a { color: green }")

    assert css in html
    assert html.startswith("<!DOCTYPE html>")
    assert 'style="color:green"' in html
