"""Finds Jinja in a text by its delimiters, for what reads a text before it is rendered."""

from __future__ import annotations

import re

# A second opening before the end starts a new match, so that matching stays linear.
PATTERN = r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}|\{#(?:(?!\{#|#\}).)*#\}"

EXPRESSION = re.compile(PATTERN, re.DOTALL)
