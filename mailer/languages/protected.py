"""Hides what no rule of typography may change: Jinja, code, addresses, file names, tags.

While the rules run, each such place is one private-use character: `THING` for what reads like a
word, `MARK` for what is invisible. A text that a tag declares to be in another language is one too.
"""

from __future__ import annotations

import re
from functools import cache

THING, MARK = "\ue000", "\ue001"
_ENDINGS = (
    "pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|jpe?g|png|gif|svg|zip|ics|html?|md|toml|eml|mp[34]"
)
_DOMAINS = "com|fr|org|net|eu|info|example|invalid|test"


@cache
def _places(language: str) -> re.Pattern[str]:
    """Compile the expression at first use: a command that sets no text need not wait for it."""
    return re.compile(
        rf"""(?xsmi)
          ^(?P<fence>```+|~~~+) .*? (?:^(?P=fence)|\Z)              # fenced code
        | ^[ ]{{0,3}} \[ [^\]\n]+ \]: [^\n]*                        # reference definition
        | ^ (?=[ |:-]*--) [ |:-]+ $                                 # table rule, thematic break
        | (?P<thing>
            \{{\{{ (?:(?!\{{\{{).)*? \}}\}}
          | (?P<ticks>`+) (?!`) .+? (?<!`) (?P=ticks) (?!`)         # code span
          | < (?P<code>code|pre|kbd|samp|script|style)\b [^<>]* > .*? </ (?P=code) >
          | < (?P<alien>[a-z]\w*)\b [^<>]* \blang=["']? (?!{language}) [^<>]* > .*? </ (?P=alien) >
          | \]\( <[^<>\n]*>                                         # the same, with blanks
        | \]\( (?:[^()\s] | \([^()\s]*\))* (?:\s+"[^"\n]*")? \)   # the address of a link
          | </ [a-z] [^<>]* >
          | (?: \b(?:https?|ftp|mailto|tel|cid|file|data): | \bwww\. )
            [^\s<>"«»]* [^\s<>"«».,;:!?…)\]*_'’]
          | (?<![\w.+%-]) [\w.+%-]+ @ [\w-]+ (?:\.[\w-]+)+
          | (?<![\w.-]) [\w-]+ (?:\.[\w-]+)* \. (?:{_ENDINGS}|{_DOMAINS}) \b (?: / (?:[\w./-]*\w)? )?
          | \b[a-z]:\\ \S*                                          # a path on Windows
          | (?<!\S) [:;]-?[()DP] (?!\S)                             # :-)
          )
        | \{{%.*?%\}} | \{{\#.*?\#\}} | <!--.*?-->
        | & (?:[a-z]\w* | \#\d+ | \#x[0-9a-f]+) ;                   # character reference
        | \\ [!-/:-@\[-`{{-~]                                       # Markdown escape
        | < [a-z] [^<>]* >
        | [{THING}{MARK}]
        """
    )


def hidden(text: str, language: str) -> tuple[str, list[str]]:
    """Return a text in `language` with its places hidden, and what stood there."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return THING if found["thing"] else MARK

    return _places(language).sub(hide, text), kept


def shown(text: str, kept: list[str]) -> str:
    """Return the text with its places as they were."""
    places = iter(kept)
    return re.sub(f"[{THING}{MARK}]", lambda _found: next(places), text)
