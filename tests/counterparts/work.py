"""How much work a call is, as a number that no slow or busy machine changes."""

import sys


def calls_of(do):
    """Count the Python and C calls that `do()` makes, apart from what it does once only."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    do()  # what is loaded or compiled once does not count
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(before)
    return calls
