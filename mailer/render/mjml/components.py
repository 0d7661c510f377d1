"""The components of MJML, their allowed children, and the types of their attributes.

Data derived from the component classes of the npm package `mjml` 5.4.1 (MIT licence):
`allowedAttributes`, `endingTag`, and the dependencies of `mjml-preset-core`. Differences of our
engine (mrml 6.0.1), found by trying it, are below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Component(NamedTuple):
    """`attributes` maps each name to a kind that `lint.is_a` can judge.

    `holds_html`: its content is HTML or text, and no MJML.
    """

    children: frozenset[str]
    attributes: Mapping[str, str]
    holds_html: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _component(children: str, holds_html: str = "", **kinds: str) -> Component:
    attributes = {name: _KINDS[kind] for kind, names in kinds.items() for name in names.split()}
    return Component(_words(children), attributes, bool(holds_html))


# In MJML's own notation: units that may follow a number, and how many values.
_KINDS = {
    "text": "string",
    "colour": "color",
    "number": "integer",
    "boolean": "boolean",
    "px": "unit(px)",
    "px_or_auto": "unit(px,auto)",
    "length": "unit(px,%)",
    "lengths": "unit(px,%){1,4}",
    "length_or_auto": "unit(px,%,auto)",
    "length_or_number": "unit(px,%,)",
    "spacing": "unitWithNegative(px,em)",
    "one_of_auto_fixed": "enum(auto,fixed)",
    "one_of_auto_fixed_inherit_initial": "enum(auto,fixed,initial,inherit)",
    "one_of_bottom_middle_top": "enum(top,bottom,middle)",
    "one_of_center_justify_left_right": "enum(left,right,center,justify)",
    "one_of_center_left_right": "enum(left,center,right)",
    "one_of_false_full_width": "enum(full-width,false,)",
    "one_of_file_start": "enum(file-start)",
    "one_of_hidden_supported_visible": "enum(visible,hidden,supported)",
    "one_of_horizontal_vertical": "enum(horizontal,vertical)",
    "one_of_left_right": "enum(left,right)",
    "one_of_ltr_rtl": "enum(ltr,rtl)",
    "one_of_no_repeat_repeat": "enum(repeat,no-repeat)",
    "one_of_none_presentation": "enum(none,presentation)",
}

_SECTION = {
    "colour": "background-color",
    "text": "background-url background-size background-position background-position-x background-position-y border border-bottom border-left border-radius border-right border-top",
    "one_of_no_repeat_repeat": "background-repeat",
    "one_of_ltr_rtl": "direction",
    "one_of_false_full_width": "full-width",
    "length": "gutter padding-top padding-bottom padding-left padding-right",
    "lengths": "padding text-padding",
    "one_of_center_left_right": "text-align",
}
"""The attributes of a section, which a wrapper of sections has, too."""

COMPONENTS: Mapping[str, Component] = {
    "mjml": _component("mj-head mj-body", text="lang dir owa"),
    "mj-body": _component(
        "mj-raw mj-section mj-wrapper mj-hero", px="width", colour="background-color", text="id"
    ),
    "mj-head": _component(
        "mj-attributes mj-breakpoint mj-html-attributes mj-font mj-preview mj-style mj-title mj-raw"
    ),
    "mj-attributes": _component(""),
    "mj-breakpoint": _component("", holds_html="yes", px="width"),
    "mj-html-attributes": _component("mj-selector"),
    "mj-font": _component("", text="name href"),
    "mj-preview": _component("", holds_html="yes"),
    "mj-style": _component("", holds_html="yes", text="inline"),
    "mj-title": _component("", holds_html="yes"),
    "mj-hero": _component(
        "mj-accordion mj-button mj-carousel mj-divider mj-image mj-social mj-spacer mj-table mj-text mj-navbar mj-raw",
        text="mode background-url background-position border-radius",
        length="height background-width background-height inner-padding-top inner-padding-left inner-padding-right inner-padding-bottom padding-bottom padding-left padding-right padding-top",
        colour="inner-background-color background-color",
        lengths="inner-padding padding",
        one_of_bottom_middle_top="vertical-align",
    ),
    "mj-button": _component(
        "",
        holds_html="yes",
        one_of_center_left_right="align text-align",
        colour="background-color color container-background-color",
        text="border-bottom border-left border-radius border-right border-top border font-family font-style font-weight href name title rel target text-decoration text-transform",
        px="font-size",
        length="height padding-bottom padding-left padding-right padding-top width",
        lengths="inner-padding padding",
        spacing="letter-spacing",
        length_or_number="line-height",
        one_of_bottom_middle_top="vertical-align",
    ),
    "mj-column": _component(
        "mj-accordion mj-button mj-carousel mj-divider mj-image mj-raw mj-social mj-spacer mj-table mj-text mj-navbar",
        colour="background-color inner-background-color",
        text="border border-bottom border-left border-radius border-right border-top inner-border inner-border-bottom inner-border-left inner-border-radius inner-border-right inner-border-top",
        one_of_ltr_rtl="direction",
        length="padding-bottom padding-left padding-right padding-top width",
        lengths="padding",
        one_of_bottom_middle_top="vertical-align",
    ),
    "mj-divider": _component(
        "",
        colour="border-color container-background-color",
        text="border-style",
        px="border-width",
        lengths="padding",
        length="padding-bottom padding-left padding-right padding-top width",
        one_of_center_left_right="align",
    ),
    "mj-group": _component(
        "mj-column mj-raw",
        colour="background-color",
        one_of_ltr_rtl="direction",
        one_of_bottom_middle_top="vertical-align",
        length="width",
    ),
    "mj-image": _component(
        "",
        text="alt href name src srcset sizes title rel border border-bottom border-left border-right border-top border-radius target usemap",
        one_of_center_left_right="align",
        colour="container-background-color",
        boolean="fluid-on-mobile",
        lengths="padding",
        length="padding-bottom padding-left padding-right padding-top max-height",
        px="width font-size",
        px_or_auto="height",
    ),
    "mj-raw": _component("", holds_html="yes", one_of_file_start="position"),
    "mj-section": _component("mj-column mj-group mj-raw", **_SECTION),
    "mj-spacer": _component(
        "",
        text="border border-bottom border-left border-right border-top",
        colour="container-background-color",
        length="padding-bottom padding-left padding-right padding-top height",
        lengths="padding",
    ),
    "mj-text": _component(
        "",
        holds_html="yes",
        one_of_center_justify_left_right="align",
        colour="background-color color container-background-color",
        text="font-family font-style font-weight text-decoration text-transform",
        px="font-size",
        length="height padding-bottom padding-left padding-right padding-top",
        spacing="letter-spacing",
        length_or_number="line-height",
        lengths="padding",
        one_of_bottom_middle_top="vertical-align",
    ),
    "mj-table": _component(
        "",
        holds_html="yes",
        one_of_center_left_right="align",
        text="border font-family font-weight",
        number="cellpadding cellspacing",
        colour="container-background-color color",
        px="font-size",
        length_or_number="line-height",
        length="padding-bottom padding-left padding-right padding-top",
        lengths="padding",
        one_of_none_presentation="role",
        one_of_auto_fixed_inherit_initial="table-layout",
        one_of_bottom_middle_top="vertical-align",
        length_or_auto="width",
    ),
    "mj-wrapper": _component("mj-hero mj-raw mj-section", px="gap", **_SECTION),
    "mj-social": _component(
        "mj-social-element mj-raw",
        one_of_center_left_right="align",
        text="border border-radius font-family font-style font-weight text-decoration",
        colour="container-background-color color",
        px="font-size",
        length="icon-size icon-height padding-bottom padding-left padding-right padding-top",
        lengths="icon-padding inner-padding padding text-padding",
        length_or_number="line-height",
        one_of_horizontal_vertical="mode",
        one_of_auto_fixed="table-layout",
        one_of_bottom_middle_top="vertical-align",
    ),
    "mj-social-element": _component(
        "",
        holds_html="yes",
        one_of_center_left_right="align",
        one_of_left_right="icon-position",
        colour="background-color color",
        text="border border-radius font-family font-style font-weight href name rel src srcset sizes alt title target text-decoration",
        px="font-size",
        length="icon-size icon-height padding-bottom padding-left padding-right padding-top",
        lengths="icon-padding padding text-padding",
        length_or_number="line-height",
        one_of_bottom_middle_top="vertical-align",
    ),
    "mj-navbar": _component(
        "mj-navbar-link mj-raw",
        one_of_center_left_right="align ico-align",
        text="base-url hamburger ico-open ico-close ico-font-family ico-text-transform ico-text-decoration",
        colour="ico-color",
        length="ico-font-size ico-padding-left ico-padding-top ico-padding-right ico-padding-bottom padding-left padding-top padding-right padding-bottom",
        lengths="ico-padding padding",
        length_or_number="ico-line-height",
    ),
    "mj-navbar-link": _component(
        "",
        holds_html="yes",
        colour="color",
        text="font-family font-style font-weight href name target rel text-decoration text-transform",
        px="font-size",
        spacing="letter-spacing",
        length_or_number="line-height",
        length="padding-bottom padding-left padding-right padding-top",
        lengths="padding",
    ),
    "mj-accordion": _component(
        "mj-accordion-element mj-raw",
        colour="container-background-color",
        text="border font-family icon-wrapped-url icon-wrapped-alt icon-unwrapped-url icon-unwrapped-alt",
        one_of_bottom_middle_top="icon-align",
        length="icon-width icon-height padding-bottom padding-left padding-right padding-top",
        one_of_left_right="icon-position",
        lengths="padding",
    ),
    "mj-accordion-element": _component(
        "mj-accordion-title mj-accordion-text mj-raw",
        colour="background-color",
        text="border font-family icon-wrapped-url icon-wrapped-alt icon-unwrapped-url icon-unwrapped-alt",
        one_of_bottom_middle_top="icon-align",
        length="icon-width icon-height",
        one_of_left_right="icon-position",
    ),
    "mj-accordion-text": _component(
        "",
        holds_html="yes",
        colour="background-color color",
        px="font-size",
        text="font-family font-weight",
        spacing="letter-spacing",
        length_or_number="line-height",
        length="padding-bottom padding-left padding-right padding-top",
        lengths="padding",
    ),
    "mj-accordion-title": _component(
        "",
        holds_html="yes",
        colour="background-color color",
        px="font-size",
        text="font-family font-weight",
        length="padding-bottom padding-left padding-right padding-top",
        lengths="padding",
    ),
    "mj-carousel": _component(
        "mj-carousel-image",
        one_of_center_left_right="align",
        text="border-radius left-icon right-icon tb-border tb-border-radius",
        colour="container-background-color tb-hover-border-color tb-selected-border-color",
        length="icon-width padding-top padding-bottom padding-left padding-right tb-width",
        lengths="padding",
        one_of_hidden_supported_visible="thumbnails",
    ),
    "mj-carousel-image": _component(
        "",
        holds_html="yes",
        text="alt href rel target title src thumbnails-src border-radius tb-border tb-border-radius",
    ),
}

COLOURS = _words("""
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
    blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro
    ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo
    inherit ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral
    lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
    lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime
    limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
    mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
    midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab
    orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip
    peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue
    saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue
    slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent
    turquoise violet wheat white whitesmoke yellow yellowgreen
    """)

EVERYWHERE = frozenset({"css-class", "mj-class"})
"""Attributes that every component accepts."""

NOT_HERE: Mapping[str, frozenset[str]] = {
    "mjml": frozenset({"owa"}),
    "mj-section": frozenset({"gutter", "text-padding"}),
    "mj-wrapper": frozenset({"gutter", "gap", "text-padding"}),
    "mj-button": frozenset({"title"}),
    "mj-image": frozenset({"sizes"}),
    "mj-table": frozenset({"role"}),
    "mj-social-element": frozenset({"icon-position", "sizes"}),
    "mj-raw": frozenset({"position"}),
}
"""Attributes that MJML 5 supports and our engine silently ignores."""

NEEDED: Mapping[str, frozenset[str]] = {
    "mjml": frozenset({"lang", "dir"}),
    "mj-image": frozenset({"src", "alt"}),
    "mj-carousel-image": frozenset({"src", "alt"}),
    "mj-social-element": frozenset({"src", "alt"}),
    "img": frozenset({"src", "alt"}),
}
"""Without `alt` a screen reader spells the file name; without `src` icons are fetched."""

ADDRESSES = _words("""
    href src srcset background background-url base-url thumbnails-src
    icon-wrapped-url icon-unwrapped-url left-icon right-icon
    """)

READERS_OWN = frozenset({"href", "src", "alt", "title"})
"""Attributes in which the recipient's data can be escaped; all others affect the layout."""

VOID = _words("area base br col embed hr img input link meta source track wbr")
