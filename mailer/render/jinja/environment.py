"""The campaign's stage: sandboxed Jinja that can read its own files, facts, and nothing else."""

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
    pass_context,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mailer.errors import ContentError, Place, Problem
from mailer.render.jinja.deferred import DeferralExtension, DeferredExpressions
from mailer.render.jinja.recipient_template import CONTROLS
from mailer.render.text_layout import FILTERS as TEXT_FILTERS
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from gettext import NullTranslations

    from jinja2 import Template as JinjaTemplate
    from jinja2.runtime import Context

    from mailer.model.template import Template

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
# What an author's expression can do wrong, besides Jinja's own errors.
_MISTAKES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


class CampaignEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for one kind of text, with what it set aside for the recipient."""

    def __init__(self, *, mark: str, as_comment: bool, **options: Any) -> None:
        self.aside = DeferredExpressions(mark, as_comment=as_comment)
        self.source_lines: list[str] = []
        self.places: dict[str, Place] = {}
        """Where each MJML tag stands, by its mark (see `markup.mark`)."""
        super().__init__(
            undefined=StrictUndefined,
            extensions=[DeferralExtension, "jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            **options,
        )
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.globals = {}
        self._own: JinjaTemplate | None = None
        self.newstyle_gettext = True  # read by the i18n extension

    def own(self, source: str) -> JinjaTemplate:
        """The one text of an environment that was made for it, parsed once."""
        if self._own is None:
            self.aside.found.clear()
            self.aside.problems.clear()
            self._own = self.from_string(source)
        return self._own


@dataclass(frozen=True, slots=True)
class Kit:
    """The environments of one template: its HTML files and its plain-text files."""

    html: CampaignEnvironment
    text: CampaignEnvironment


def kit(template: Template) -> Kit:
    """Environments for `template`, kept while its files do not change."""
    return _kit(tuple(sorted(template.files.items())))


@lru_cache(maxsize=8)
def _kit(files: tuple[tuple[str, str], ...]) -> Kit:
    sources = dict(files)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return None if source is None else (source, f"templates/{name}", lambda: True)

    loader = FunctionLoader(load)
    html = CampaignEnvironment(
        mark=sentinel_prefix("html", *sources.values()),
        as_comment=True,
        loader=loader,
        autoescape=True,
    )
    text = CampaignEnvironment(
        mark=sentinel_prefix("text", *sources.values()),
        as_comment=False,
        loader=loader,
        autoescape=False,
    )
    text.filters |= TEXT_FILTERS
    return Kit(html, text)


@lru_cache(maxsize=64)
def content_environment(text: str) -> CampaignEnvironment:
    """For a campaign's Markdown: facts are escaped so that they stay words, not marks."""
    return CampaignEnvironment(
        mark=sentinel_prefix("content", text),
        as_comment=False,
        autoescape=False,
        finalize=_as_markdown,
    )


@lru_cache(maxsize=256)
def line_environment(text: str) -> CampaignEnvironment:
    """For one-line texts: subject and preheader."""
    return CampaignEnvironment(
        mark=sentinel_prefix("line", text),
        as_comment=False,
        autoescape=False,
    )


def sentinel_prefix(*texts: str) -> str:
    """The beginning of a sentinel: what no text holds by chance, the same at each compilation."""
    return f"zq{sha256(chr(0).join(texts).encode()).hexdigest()[:12]}"


# Marks within a line, and what makes a heading, a list or a quotation at its beginning.
_MARKDOWN = re.compile(r"[\\`*\[\]<&]|\b_|_\b|~~|^[#>+=:-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def _as_markdown(value: object) -> object:
    return _MARKDOWN.sub(lambda found: "\\" + found[0], value) if isinstance(value, str) else value


def render(
    environment: CampaignEnvironment,
    load: Callable[[], JinjaTemplate],
    facts: Mapping[str, Any],
    *,
    translations: NullTranslations,
    first: Place,
) -> str:
    """The text of one template; ContentError with file and line for whatever is wrong.

    `first` is where a template without a file of its own begins.
    """
    refused = environment.aside.problems
    try:
        text = load().render(facts, **_words(translations))
    except _MISTAKES as err:
        problems = [*refused, _problem(err, facts, first)]
        raise ContentError(*(shifted(problem, first) for problem in problems)) from err
    if refused:
        raise ContentError(*(shifted(problem, first) for problem in refused))
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _words(translations: NullTranslations) -> dict[str, Callable[..., str]]:
    """What `{% trans %}` and `_()` call: `%(name)s` places are filled after translating."""

    def filled(context: Context, sentence: str, values: dict[str, Any]) -> str:
        return (Markup(sentence) if context.eval_ctx.autoescape else sentence) % values  # noqa: S704 - ours

    @pass_context
    def gettext(context: Context, sentence: str, /, **values: Any) -> str:
        return filled(context, translations.gettext(sentence), values)

    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int, /, **values: Any) -> str:
        return filled(context, translations.ngettext(one, many, count), {"num": count} | values)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def shifted(problem: Problem, first: Place) -> Problem:
    """A problem of a text that begins at `first`; problems of template files stay."""
    where = problem.where
    if where.file not in {"", "<template>", "<unknown>"}:
        return problem
    line = where.line + first.line - 1 if where.line and first.line else first.line
    return replace(problem, where=Place(first.file, line, 0, first.key))


def _problem(err: Exception, facts: Mapping[str, Any], first: Place) -> Problem:
    file, line = _position(err)
    what = _("this cannot be rendered: {reason}", reason=str(err))
    return Problem(Place(file, line), what, _hint(str(err), facts, first))


def _position(err: Exception) -> tuple[str, int]:
    """Jinja rewrites tracebacks so that frames carry the template's own name and line."""
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


def _hint(reason: str, facts: Mapping[str, Any], first: Place) -> Text:
    names = re.findall(r"'(\w+)'", reason)
    known = set(_names(facts))
    close = get_close_matches(names[-1], sorted(known), n=1) if names else []
    if close:
        return _("Did you mean “{close}”?", close=close[0])
    if first.file:
        return _("Correct the expression, or give the missing fact in campaign.toml.")
    return _("Correct the template.")


def _names(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, fact in facts.items():
        yield name
        if isinstance(fact, dict):
            yield from fact
