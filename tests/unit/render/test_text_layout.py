"""Lines of plain text: what fits stays as it is, as the wrapping of the standard library has it."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from mailer.render.text_layout import wrap

WORDS = st.text(alphabet="ab -’\u00a0\t\f", max_size=24)


@given(line=WORDS, prefix=st.sampled_from(["", "- ", "  Label   "]), columns=st.integers(12, 30))
def test_13_a_line_that_fits_is_wrapped_like_any_other(line, prefix, columns):
    expected = textwrap.wrap(
        line,
        columns,
        initial_indent=prefix,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]

    assert wrap(line, prefix, "    ", columns) == "\n".join(expected)
