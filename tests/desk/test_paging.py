"""Pages of a list that is there whole: nobody is passed over from one page to the next."""

from hypothesis import given
from hypothesis import strategies as st

from mailer.web.paging import page_after

NUMBERS = st.lists(st.integers(0, 99), unique=True, max_size=40)
LIMITS = st.integers(1, 7)


def pages_of(entries, *, limit, wanted=lambda _entry: True):
    """Every page, each asked for by the mark that the one before has given."""
    last, pages = "", []
    while True:
        page = page_after(entries, last, cursor_of=str, limit=limit, wanted=wanted)
        pages.append(page)
        if not page.next_after:
            return pages
        last = page.next_after


@given(NUMBERS, LIMITS)
def test_following_the_pages_shows_each_wanted_entry_once_and_in_order(numbers, limit):
    even = [number for number in numbers if number % 2 == 0]

    pages = pages_of(numbers, limit=limit, wanted=lambda number: number % 2 == 0)

    assert [number for page in pages for number in page.entries] == even
    assert {page.total for page in pages} == {len(even)}
    assert all(len(page.entries) == limit for page in pages[:-1])


@given(NUMBERS, LIMITS, st.data())
def test_entries_that_are_done_meanwhile_make_nobody_be_passed_over(numbers, limit, data):
    done = data.draw(st.sets(st.sampled_from(numbers))) if numbers else set()
    first = page_after(numbers, "", cursor_of=str, limit=limit)

    second = page_after(
        numbers, first.next_after, cursor_of=str, limit=99, wanted=lambda number: number not in done
    )

    if first.next_after:
        assert second.entries == [n for n in numbers[limit:] if n not in done]


@given(NUMBERS, LIMITS)
def test_after_an_entry_that_is_gone_the_list_begins_again(numbers, limit):
    first = page_after(numbers, "", cursor_of=str, limit=limit)

    assert page_after(numbers, "gone", cursor_of=str, limit=limit) == first
