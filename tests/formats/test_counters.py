"""Numbers counted up for very many things are there again, in any order."""

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.counters import Counters

PLACES = st.integers(0, 40)
NUMBERS = st.tuples(*[st.integers(0, 2**32 - 1)] * 2)


@given(st.lists(st.tuples(PLACES, NUMBERS)))
def test_numbers_are_those_noted_last_and_0_where_none_were(noted):
    last = dict(noted)
    with closing(Counters(2)) as counters:
        for place, numbers in noted:
            counters[place] = numbers
        assert [counters[place] for place in range(42)] == [last.get(place, (0, 0)) for place in range(42)]
