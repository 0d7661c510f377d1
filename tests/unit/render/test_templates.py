"""What the shipped templates promise, measured on their themes."""

import pytest


def luminance(colour):
    """WCAG 2.2, relative luminance of `#rrggbb`."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("palette", "text", "ground"),
    [
        ("colours", "ink", "paper"),
        ("colours", "soft", "paper"),
        ("colours", "accent", "paper"),
        ("colours", "deep", "paper"),
        ("colours", "ink", "tint"),
        ("colours", "soft", "tint"),
        ("colours", "accent", "tint"),
        ("colours", "on_accent", "accent"),
        ("colours", "on_deep", "deep"),
        ("colours", "soft_on_deep", "deep"),
        ("dark", "ink", "paper"),
        ("dark", "soft", "paper"),
        ("dark", "accent", "paper"),
        ("dark", "ink", "tint"),
        ("dark", "soft", "tint"),
        ("dark", "accent", "tint"),
    ],
)
def test_every_text_can_be_read_on_its_ground(press, palette, text, ground):
    colours = press.template().theme[palette]

    assert contrast(colours[text], colours[ground]) >= 4.5


def test_the_preheader_is_not_hidden_by_its_colour(press):
    html = "".join(it for it in press.compiled().html if isinstance(it, str))

    assert "display:none" in html
    assert f"color:{press.template().theme['colours']['ink']}" in html


def test_the_example_is_far_below_what_gmail_clips(press):
    html = "".join(it for it in press.compiled().html if isinstance(it, str))

    assert len(html.encode()) < 60_000
