"""The features of caniemail's table by the traits that use them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.compatibility.properties import ASPECTS, AXES, LOGICAL, PLAIN_PROPERTIES, SIDES
from mailer.compatibility.style import declaration_traits
from mailer.compatibility.traits import Use, traits_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_PSEUDO_CLASSES = [
    "active",
    "checked",
    "default",
    "first-child",
    "first-of-type",
    "focus",
    "focus-visible",
    "focus-within",
    "has",
    "hover",
    "lang",
    "last-child",
    "last-of-type",
    "link",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "only-child",
    "only-of-type",
    "target",
    "visited",
]

_UNITS = ["ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "rem", "vh", "vmax", "vmin", "vw"]

_ELEMENTS = [
    "abbr",
    "acronym",
    "address",
    "audio",
    "base",
    "bdi",
    "blockquote",
    "body",
    "code",
    "del",
    "dfn",
    "dialog",
    "div",
    "form",
    "hr",
    "img",
    "link",
    "marquee",
    "meter",
    "object",
    "p",
    "picture",
    "pre",
    "progress",
    "rp",
    "rt",
    "ruby",
    "select",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "svg",
    "table",
    "textarea",
    "video",
    "wbr",
]

_ATTRIBUTES = [
    "align",
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "background",
    "cellpadding",
    "cellspacing",
    "dir",
    "height",
    "hidden",
    "lang",
    "popover",
    "required",
    "role",
    "target",
    "valign",
    "width",
]

_SEMANTIC = [
    "article",
    "aside",
    "details",
    "figcaption",
    "figure",
    "footer",
    "header",
    "main",
    "mark",
    "nav",
    "section",
    "summary",
    "time",
]

_FORMATS = ["apng", "avif", "bmp", "gif", "hdr", "ico", "mp4", "png", "svg", "webp"]


def _all_of(name: str, *ends: str) -> tuple[str, ...]:
    return (name, *(f"{name}-{end}" for end in ends))


_PAINTED = (
    "url()",
    "image-set()",
    *(
        f"{again}{kind}-gradient()"
        for again in ("", "repeating-")
        for kind in ("linear", "radial", "conic")
    ),
)


def _also(name: str, shorthand: str, *words: str) -> tuple[str, ...]:
    """Return a property, and the words by which the shorthand for several of them gives it."""
    return (name, *(f"{shorthand}: {word}" for word in words))


FEATURES: Mapping[str, tuple[str, ...]] = {
    **{f"css-{name}": (name,) for name in PLAIN_PROPERTIES},
    **{f"css-pseudo-class-{name}": (f":{name}",) for name in _PSEUDO_CLASSES},
    **{f"css-unit-{name}": (f"unit {name}",) for name in _UNITS},
    **{f"html-{name}": (f"<{name}>",) for name in _ELEMENTS},
    **{f"html-{name}": (f"[{name}]",) for name in _ATTRIBUTES},
    **{f"image-{name}": (f"image {name}",) for name in _FORMATS},
    **{
        f"css-pseudo-element-{name}": (f"::{name}",)
        for name in ("after", "before", "first-letter", "first-line", "marker", "placeholder")
    },
    **{f"html-input-{kind}": (f"<input type={kind}>",) for kind in ("checkbox", "hidden", "radio")},
    **{f"html-input-{kind}": (f"<input type={kind}>",) for kind in ("reset", "submit", "text")},
    **{f"html-button-{kind}": (f"<button type={kind}>",) for kind in ("reset", "submit")},
    "amp": ("[⚡4email]", "[amp4email]"),
    "css-align-items": ("align-items", "place-items"),
    "css-animation": _all_of(
        "animation",
        *["name", "duration", "delay", "direction", "fill-mode", "iteration-count", "play-state"],
        "timing-function",
    ),
    "css-at-font-face": ("@font-face",),
    "css-at-import": ("@import",),
    "css-at-keyframes": ("@keyframes",),
    "css-at-media": ("@media",),
    "css-at-media-device-pixel-ratio": tuple(
        f"@media {prefix}{edge}device-pixel-ratio"
        for prefix in ("-webkit-", "")
        for edge in ("", "min-", "max-")
    ),
    "css-at-media-hover": ("@media hover", "@media any-hover"),
    "css-at-media-orientation": ("@media orientation",),
    "css-at-media-prefers-color-scheme": ("@media prefers-color-scheme",),
    "css-at-media-prefers-reduced-motion": ("@media prefers-reduced-motion",),
    "css-at-supports": ("@supports",),
    "css-background-image": _also("background-image", "background", *_PAINTED),
    "css-background-position": _also("background-position", "background", *SIDES, "center"),
    "css-background-repeat": _also(
        "background-repeat",
        "background",
        "no-repeat",
        "repeat",
        "repeat-x",
        "repeat-y",
        "round",
        "space",
    ),
    "css-background-size": _also("background-size", "background", "/"),
    "css-block-inline-size": ("block-size", "inline-size"),
    "css-border": (
        *_all_of("border", *ASPECTS, *SIDES),
        *(f"border-{side}-{aspect}" for side in SIDES for aspect in ASPECTS),
    ),
    "css-border-image": _all_of("border-image", "source", "slice", "width", "outset", "repeat"),
    "css-border-inline-block": ("border-inline", "border-block"),
    "css-border-inline-block-individual": (
        *(f"border-{axis}-{aspect}" for axis in AXES for aspect in ASPECTS),
        *(f"border-{edge}" for edge in LOGICAL),
    ),
    "css-border-inline-block-longhand": tuple(
        f"border-{edge}-{aspect}" for edge in LOGICAL for aspect in ASPECTS
    ),
    "css-border-radius": (
        "border-radius",
        *(f"border-{v}-{h}-radius" for v in ("top", "bottom") for h in ("left", "right")),
    ),
    "css-border-radius-logical": tuple(
        f"border-{block}-{inline}-radius"
        for block in ("start", "end")
        for inline in ("start", "end")
    ),
    "css-column-count": _also("column-count", "columns", "number"),
    "css-column-layout-properties": (
        "columns",
        *_all_of("column-rule", *ASPECTS),
        *(f"column-{name}" for name in ("count", "fill", "gap", "span", "width")),
    ),
    "css-comments": ("css comment",),
    "css-conic-gradient": ("conic-gradient()", "repeating-conic-gradient()"),
    "css-display-flex": ("display: flex", "display: inline-flex"),
    "css-display-grid": ("display: grid", "display: inline-grid"),
    "css-display-none": ("display: none",),
    "css-flex-direction": (
        *(f"{name}: column" for name in ("flex-direction", "flex-flow")),
        *(f"{name}: column-reverse" for name in ("flex-direction", "flex-flow")),
    ),
    "css-flex-wrap": (
        *(f"{name}: wrap" for name in ("flex-wrap", "flex-flow")),
        *(f"{name}: wrap-reverse" for name in ("flex-wrap", "flex-flow")),
    ),
    "css-function-clamp": ("clamp()",),
    "css-function-light-dark": ("light-dark()",),
    "css-function-max": ("max()",),
    "css-function-min": ("min()",),
    "css-gap": tuple(
        f"{grid}{gap}" for grid in ("", "grid-") for gap in ("gap", "column-gap", "row-gap")
    ),
    "css-grid-template": ("grid", *_all_of("grid-template", "areas", "columns", "rows")),
    "css-important": ("!important",),
    "css-inert-attribute": ("[inert]",),
    "css-inset": _all_of("inset", *AXES, *LOGICAL),
    "css-intrinsic-size": (
        *(f"value {word}" for word in ("fit-content", "min-content", "max-content")),
        "fit-content()",
    ),
    "css-justify-content": ("justify-content", "place-content"),
    "css-left-right-top-bottom": SIDES,
    "css-linear-gradient": ("linear-gradient()", "repeating-linear-gradient()"),
    "css-list-style-image": _also("list-style-image", "list-style", *_PAINTED),
    "css-list-style-position": _also("list-style-position", "list-style", "inside", "outside"),
    "css-margin": _all_of("margin", *SIDES),
    "css-margin-block-start-end": ("margin-block-start", "margin-block-end"),
    "css-margin-inline-block": ("margin-inline", "margin-block"),
    "css-margin-inline-start-end": ("margin-inline-start", "margin-inline-end"),
    "css-mask-image": _also("mask-image", "mask", *_PAINTED),
    "css-modern-color": ("lch()", "oklch()", "lab()", "oklab()"),
    "css-nesting": ("nesting",),
    "css-outline": _all_of("outline", *ASPECTS),
    "css-overflow": _all_of("overflow", "x", "y", *AXES),
    "css-padding": _all_of("padding", *SIDES),
    "css-padding-block-start-end": ("padding-block-start", "padding-block-end"),
    "css-padding-inline-block": ("padding-inline", "padding-block"),
    "css-padding-inline-start-end": ("padding-inline-start", "padding-inline-end"),
    "css-pseudo-element-placeholder": ("::placeholder", ":placeholder"),
    "css-radial-gradient": ("radial-gradient()", "repeating-radial-gradient()"),
    "css-rgb": ("rgb()",),
    "css-rgba": ("rgba()",),
    "css-scroll-snap": tuple(f"scroll-snap-{name}" for name in ("type", "align", "stop")),
    "css-selector-adjacent-sibling": ("selector adjacent",),
    "css-selector-attribute": ("selector attribute",),
    "css-selector-chaining": ("selector chain",),
    "css-selector-child": ("selector child",),
    "css-selector-class": ("selector class",),
    "css-selector-descendant": ("selector descendant",),
    "css-selector-general-sibling": ("selector sibling",),
    "css-selector-grouping": ("selector group",),
    "css-selector-id": ("selector id",),
    "css-selector-type": ("selector type",),
    "css-selector-universal": ("selector universal",),
    "css-sytem-ui": tuple(
        f"value {word}"
        for word in ("system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace")
    ),
    "css-text-emphasis": _all_of("text-emphasis", "style", "color"),
    "css-transform": _all_of("transform", "origin"),
    "css-transition": _all_of("transition", "property", "duration", "delay", "timing-function"),
    "css-unit-calc": ("calc()",),
    "css-unit-initial": ("value initial",),
    "css-unit-percent": ("unit %",),
    "css-variables": ("--custom", "var()"),
    "html-anchor-links": ("link #", "<a name>"),
    "html-comments": ("html comment",),
    "html-doctype": ("doctype html",),
    "html-h1-h6": tuple(f"<h{level}>" for level in range(1, 7)),
    "html-image-maps": ("<map>", "<area>", "[usemap]"),
    "html-lists": ("<ul>", "<ol>", "<dl>"),
    "html-loading-attribute": ("[loading]",),
    "html-mailto-links": ("link mailto",),
    "html-meta-color-scheme": ("<meta color-scheme>",),
    "html-semantics": tuple(f"<{name}>" for name in _SEMANTIC),
    "html-srcset": ("[srcset]", "<img sizes>", "<source sizes>"),
    "image-base64": ("image base64",),
    "image-heif": ("image heif", "image heic"),
    "image-ico": ("image ico", "image x-icon", "image vnd.microsoft.icon"),
    "image-jpg": ("image jpg", "image jpeg"),
    "image-tiff": ("image tiff", "image tif"),
}
"""Feature → traits, any of which uses it. BIMI is in no page, and has none."""

_OF_TRAIT: dict[str, list[str]] = {}
for _feature, _traits in FEATURES.items():
    for _trait in _traits:
        _OF_TRAIT.setdefault(_trait, []).append(_feature)


def features_of(html: str) -> dict[str, Use]:
    """Return the features that a page uses, each with its first place."""
    found: dict[str, Use] = {}
    for trait, use in traits_of(html).items():
        for feature in _OF_TRAIT.get(trait, ()):
            known = found.get(feature)
            if known is None or (known.hidden_from_word and not use.hidden_from_word):
                found[feature] = use
    return found


@lru_cache(maxsize=2_000)  # a page says the same few declarations again and again
def features_of_style(css: str) -> tuple[str, ...]:
    """Return the features that the declarations of a `style` attribute use."""
    return tuple(
        feature
        for trait, _quoted in declaration_traits(css)
        for feature in _OF_TRAIT.get(trait, ())
    )
