"""How much work a call is, as a number that no slow or busy machine changes."""

from cProfile import Profile


def calls_of(do):
    """Count the Python and C calls that `do()` makes, apart from what it does once only."""
    do()  # what is loaded or compiled once does not count
    profile = Profile()  # which counts in C: a function of ours takes many times as long
    profile.enable()
    try:
        do()
    finally:
        profile.disable()
    return sum(each.callcount for each in profile.getstats())
