"""Compiling in the process that tests, where an equal call is done once.

The program has it done in a child, and remembers the results in the same way
(`Sandbox.run_remembered`): they depend on nothing but the arguments.
"""

import pickle
from functools import cache, lru_cache

from mailer.files.bundled import bundled
from mailer.files.templates import load_template
from mailer.sandbox.children import REMEMBERED
from mailer.wiring.compiling import compile_in_language


def compile_once(**asked):
    """Compile as `compile_in_language` does."""
    return _compiled(pickle.dumps(asked))


@lru_cache(REMEMBERED)
def _compiled(asked):
    return compile_in_language(**pickle.loads(asked))


@cache
def our_template(name, theme=""):
    """Return a template that comes with the program."""
    return load_template(name, (bundled("templates"),), theme=theme)
