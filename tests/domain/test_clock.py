"""Readings of the clock order operations by cause, whatever the wall clock does."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import clock

MOMENTS = st.lists(st.integers(-(10**12), 10**14), max_size=50)


@given(moments=MOMENTS)
def test_every_reading_is_later_than_the_one_before(moments):
    readings = [clock.ZERO]
    for moment in moments:
        readings.append(clock.tick(readings[-1], moment))
    assert readings == sorted(set(readings))
    assert len({len(reading) for reading in readings}) == 1


@given(moments=st.lists(st.integers(1, 10**14), min_size=1, max_size=50, unique=True).map(sorted))
def test_a_reading_follows_the_wall_clock_where_that_moves_forward(moments):
    last = clock.ZERO
    for moment in moments:
        last = clock.tick(last, moment)
        assert last == f"{moment:015d}-000000"


def test_a_clock_that_jumps_back_is_waited_for():
    first = clock.tick(clock.ZERO, 1_700_000_000_000)
    second = clock.tick(first, 0)
    third = clock.tick(second, 1_699_999_999_999)
    fourth = clock.tick(third, 1_700_000_000_001)
    assert [second, third] == ["001700000000000-000001", "001700000000000-000002"]
    assert fourth == "001700000000001-000000"


def test_a_full_counter_runs_over_into_the_next_millisecond():
    assert clock.tick("000000000000005-999999", 3) == "000000000000006-000000"


def test_times_are_utc_with_milliseconds():
    assert clock.utc(0) == "1970-01-01T00:00:00.000Z"
    assert clock.utc(1_714_566_600_123) == "2024-05-01T12:30:00.123Z"
    assert clock.utc(-1) == "1969-12-31T23:59:59.999Z"


def test_the_wall_clock_counts_milliseconds():
    assert 1_600_000_000_000 < clock.wall_ms() < 10**14
