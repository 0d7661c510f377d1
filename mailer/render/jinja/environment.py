"""The first stage of rendering: sandboxed Jinja that can read only its own
files and the campaign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.filters import do_urlencode
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mailer.errors import ContentError, Place, Problem
from mailer.render.jinja.deferred import DeferralExtension, DeferredExpressions
from mailer.render.jinja.faults import fault_of
from mailer.render.jinja.recipient_template import CONTROLS
from mailer.render.link_targets import readable
from mailer.render.markdown.parser import new_parser
from mailer.render.text_layout import FILTERS as TEXT_FILTERS
from mailer.wording import FactKey, Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from gettext import NullTranslations

    from jinja2 import Template as JinjaTemplate
    from jinja2.runtime import Context
    from markdown_it import MarkdownIt

    from mailer.model.campaigns.template import Template

_FILTERS = frozenset(
    [
        "abs",
        "batch",
        "capitalize",
        "default",
        "dictsort",
        "e",
        "escape",
        "first",
        "forceescape",
        "groupby",
        "indent",
        "int",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "reject",
        "rejectattr",
        "replace",
        "reverse",
        "round",
        "safe",
        "select",
        "selectattr",
        "slice",
        "sort",
        "string",
        "sum",
        "title",
        "trim",
        "truncate",
        "unique",
        "upper",
        "urlencode",
    ]
)
# Errors that an author's expression can raise, besides Jinja's own.
_AUTHOR_ERRORS = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


class CampaignEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for one kind of text, with the expressions it deferred for the recipient."""

    def __init__(self, *, prefix: str, as_comment: bool, **options: Any) -> None:
        self.deferred_expressions = DeferredExpressions(prefix, as_comment=as_comment)
        self.source_lines: list[str] = []
        self.places: dict[str, Place] = {}
        """Position of each MJML tag, by its annotation (see `markup.annotate_positions`)."""
        super().__init__(
            undefined=StrictUndefined,
            extensions=[DeferralExtension, "jinja2.ext.i18n"],
            optimized=False,  # it would look for constants longer than a campaign renders them
            trim_blocks=True,
            lstrip_blocks=True,
            **options,
        )
        self.filters = {name: self.filters[name] for name in _FILTERS} | dict(OWN_FILTERS)
        self.globals = {}
        self._template: JinjaTemplate | None = None
        self.newstyle_gettext = True  # read by the i18n extension

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a template names with a dot: for most, a key of a table of facts.

        Jinja finds it only after it looked in vain for an attribute, which takes four times as long.
        """
        if type(obj) is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        return super().getattr(obj, attribute)

    def template_of(self, source: str) -> JinjaTemplate:
        """Return the template of `source`, the only text of this environment; it is parsed once."""
        if self._template is None:
            self.deferred_expressions.by_sentinel.clear()
            self.deferred_expressions.problems.clear()
            self._template = self.from_string(source)
        return self._template


@dataclass(frozen=True, slots=True)
class TemplateEnvironments:
    """The environments of one template: for its HTML files and its plain-text files."""

    html: CampaignEnvironment
    text: CampaignEnvironment


def environments_of(template: Template) -> TemplateEnvironments:
    """Return the environments for `template`, cached while its files do not change."""
    return _environments(tuple(sorted(template.files.items())))


@lru_cache(maxsize=8)
def _environments(files: tuple[tuple[str, str], ...]) -> TemplateEnvironments:
    sources = dict(files)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return None if source is None else (source, f"templates/{name}", lambda: True)

    loader = FunctionLoader(load)
    html = CampaignEnvironment(
        prefix=sentinel_prefix("html", *sources.values()),
        as_comment=True,
        loader=loader,
        autoescape=True,
    )
    text = CampaignEnvironment(
        prefix=sentinel_prefix("text", *sources.values()),
        as_comment=False,
        loader=loader,
        autoescape=False,
    )
    text.filters |= TEXT_FILTERS
    return TemplateEnvironments(html, text)


@lru_cache(maxsize=64)
def content_environment(text: str) -> CampaignEnvironment:
    """Return the environment for a campaign's Markdown, in which values
    are escaped for Markdown.
    """
    return CampaignEnvironment(
        prefix=sentinel_prefix("content", text),
        as_comment=False,
        autoescape=False,
        finalize=_as_markdown,
    )


@lru_cache(maxsize=256)
def line_environment(text: str) -> CampaignEnvironment:
    """Return the environment for one-line texts: subject and preheader."""
    return CampaignEnvironment(
        prefix=sentinel_prefix("line", text),
        as_comment=False,
        autoescape=False,
    )


def sentinel_prefix(*texts: str) -> str:
    """Return the start of a sentinel: a hash that occurs in no text by chance,
    equal at each compilation.
    """
    return f"zq{sha256(chr(0).join(texts).encode()).hexdigest()[:12]}"


# Markup within a line, and what makes a heading, a list or a quotation at its start.
_MARKDOWN = re.compile(r"[\\`*\[\]<>&]|\b_|_\b|~~|^[#>+=:-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def _urlencode(value: Any) -> str:
    """Encode a value for a URL. A sentence that was escaped for HTML, `R &amp; D`, is taken back
    to its words first: escaped again on its own, the link would open with `&amp;` in it.
    """
    return do_urlencode(value.unescape() if isinstance(value, Markup) else value)


def _linked(value: Any) -> Markup:
    """Return a value as HTML in which addresses that are written out are links."""
    return value if isinstance(value, Markup) else _with_links(str(value))


@lru_cache(maxsize=512)  # the facts of a campaign are the same in every version of its texts
def _with_links(value: str) -> Markup:
    # The parser escapes all text, and every sign of Markdown in it was escaped before.
    return Markup(_parser().renderInline(str(_as_markdown(value))))  # noqa: S704 - as said


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return new_parser()


OWN_FILTERS: Mapping[str, Callable[[Any], str]] = {
    "linked": _linked,
    "readable": readable,
    "urlencode": _urlencode,
}


def _as_markdown(value: object) -> object:
    return _MARKDOWN.sub(lambda found: "\\" + found[0], value) if isinstance(value, str) else value


def render(
    environment: CampaignEnvironment,
    load: Callable[[], JinjaTemplate],
    values: Mapping[str, Any],
    *,
    translations: NullTranslations,
    first: Place,
) -> str:
    """Render one template; raises ContentError with file and line for everything that is wrong.

    `first` is the position where a template without its own file begins.
    """
    problems_found = environment.deferred_expressions.problems
    try:
        text = load().render(values, **_translation_functions(translations))
    except _AUTHOR_ERRORS as err:
        problems = [*problems_found, _problem(err, values, first)]
        raise ContentError(*(relocated(problem, first) for problem in problems)) from err
    if problems_found:
        raise ContentError(*(relocated(problem, first) for problem in problems_found))
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _translation_functions(translations: NullTranslations) -> dict[str, Callable[..., str]]:
    """Return the functions behind `{% trans %}` and `_()`: `%(name)s` is
    filled in after translating.
    """

    def filled(context: Context, sentence: str, values: dict[str, Any]) -> str:
        return (Markup(sentence) if context.eval_ctx.autoescape else sentence) % values  # noqa: S704 - ours

    @pass_context
    def gettext(context: Context, sentence: str, /, **values: Any) -> str:
        return filled(context, translations.gettext(sentence), values)

    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int, /, **values: Any) -> str:
        return filled(context, translations.ngettext(one, many, count), {"num": count} | values)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def relocated(problem: Problem, first: Place) -> Problem:
    """Return a problem of a text that begins at `first` with its position in the author's file.

    Problems of template files are returned unchanged.
    """
    where = problem.where
    if where.file not in {"", "<template>", "<unknown>"}:
        return problem
    line = where.line + first.line - 1 if where.line and first.line else first.line
    return replace(problem, where=Place(first.file, line, 0, first.key))


def _problem(err: Exception, values: Mapping[str, Any], first: Place) -> Problem:
    file, line = _position(err)
    return Problem(Place(file, line), fault_of(err), _hint(err, values, first))


def _position(err: Exception) -> tuple[str, int]:
    """Return file and line of an error; Jinja gives frames the template's own name and line."""
    if isinstance(err, TemplateSyntaxError):
        return err.filename or err.name or "", err.lineno
    found = ("", 0)
    trace = err.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("templates/") or name in {"<template>", "<unknown>"}:
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _hint(err: Exception, values: Mapping[str, Any], first: Place) -> Text:
    reason = str(err)
    # In other messages of Jinja, what stands between quotes is a word of its own.
    names = re.findall(r"'(\w+)'", reason) if isinstance(err, UndefinedError) else []
    name = names[-1] if names else ""
    if name in _SECTIONS and name not in values:
        return _("The campaign does not give it: fill in {fact}.", fact=FactKey(_SECTIONS[name]))
    if name in _KEYS and "has no attribute" in reason:
        return _("The campaign does not give it: fill in {fact}.", fact=FactKey(_KEYS[name]))
    known = set(_names(values)) - {name}
    close = get_close_matches(name, sorted(known), n=1) if name else []
    if close:
        return _("Did you mean “{close}”?", close=close[0])
    if first.file:
        return _("Correct the expression, or give the missing fact.")
    return _("Correct the template.")


# What a text may name and a campaign may lack, and the keys that give it.
_SECTIONS = {
    "event": "event.starts_at",
    "embargo": "embargo.until",
    "press_contact": "press_contacts.name",
}
_KEYS = {
    **dict.fromkeys(("date", "weekday", "time", "hours"), "event.starts_at"),
    "end_time": "event.ends_at",
    "place": "event.venue",
    **{name: f"event.{name}" for name in ("theme", "venue", "address", "access")},
    **dict.fromkeys(("deadline", "deadline_date", "deadline_time"), "accreditation.deadline"),
    "tel": "press_contacts.phone",
    **{name: f"press_contacts.{name}" for name in ("phone", "email", "role")},
}


def _names(values: Mapping[str, Any]) -> Iterator[str]:
    for name, fact in values.items():
        yield name
        if isinstance(fact, dict):
            yield from fact
