"""The time line: by date, by source, undated apart, nothing on top of another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.layered import Size
from annotator.layout.timeline import Event, parts_of, timeline

SIZE = Size(100, 40)
DATES = st.sampled_from(["", "2024", "2024-05", "2024-05-01", "2024-06-30", "yesterday"])


@given(st.lists(st.tuples(st.sampled_from("ABCD"), DATES), max_size=20))
def test_statements_stand_under_their_date_beside_their_source_and_never_overlap(
    said: list[tuple[str, str]],
) -> None:
    events = [Event(number, row, date) for number, (row, date) in enumerate(said)]
    found = timeline(events, SIZE, 80, 30)
    columns = {column.date: column.x for column in found.columns}
    rows = {row.name: row for row in found.rows}
    assert list(columns) == [*sorted(set(columns) - {""}), *([""] if "" in columns else [])]
    for event in events:
        corner = found.corners[event.key]
        assert corner.x == columns[event.date] or (not event.date and corner.x > columns[""])
        row = rows[event.row]
        assert row.y <= corner.y
        assert corner.y + SIZE.height <= row.y + row.height
        assert corner.x + SIZE.width <= found.width
    for one, other in combinations(found.corners.values(), 2):
        assert abs(one.x - other.x) >= SIZE.width or abs(one.y - other.y) >= SIZE.height


def test_days_between_dates_are_told_where_both_are_whole() -> None:
    dates = ["2024-05-01", "2024-05-10", "2024-06", ""]
    found = timeline([Event(date, "A", date) for date in dates], SIZE, 0, 0)
    assert [column.days for column in found.columns] == [None, 9, None, None]


def test_who_spoke_first_stands_first() -> None:
    events = [Event(1, "B", "2024"), Event(2, "A", "2023"), Event(3, "C", "")]
    assert [row.name for row in timeline(events, SIZE, 0, 0).rows] == ["A", "B", "C"]


def test_what_has_no_date_stands_article_by_article_in_the_order_it_comes() -> None:
    events = [
        Event(1, "A", "2024-05-01"),
        Event(2, "B", "", "A2"),
        Event(3, "A", "", "A2"),
        Event(4, "A", "", "A1"),
    ]
    found = timeline(events, SIZE, 80, 30)
    assert [(column.date, column.shelf) for column in found.columns] == [
        ("2024-05-01", ""), ("", "A2"), ("", "A1"),
    ]  # fmt: skip
    x = {key: corner.x for key, corner in found.corners.items()}
    assert x[1] < x[2] == x[3] < x[4]


def test_much_of_one_source_without_a_date_goes_on_to_the_right() -> None:
    events = [Event(number, "A", "", "A1") for number in range(8)]
    found = timeline(events, SIZE, 80, 30, gap=8)
    places = [found.corners[number] for number in range(8)]
    assert [round((place.x - 80) / 108) for place in places] == [0, 0, 0, 1, 1, 1, 2, 2]
    assert places[0].y == places[3].y < places[1].y
    assert [column.shelf for column in found.columns] == ["A1"]


def test_parts_hold_so_many_dates_or_articles_without_one_and_a_wide_article_goes_on_in_the_next() -> None:
    events = [Event(number, "A", "", "A1") for number in range(8)]
    events += [Event(8, "A", "", "A2"), Event(9, "B", "2024-05-01"), Event(10, "A", "2024-05-02")]
    parts = list(parts_of(events, 3))
    assert [[event.key for event in part] for part in parts] == [[0, 1, 2, 9, 10], [3, 4, 5, 6, 7, 8]]
    columns = timeline(parts[1], SIZE, 80, 30).columns
    assert [column.shelf for column in columns] == ["A1", "A2"]


@given(st.lists(st.tuples(st.sampled_from("AB"), DATES, st.sampled_from("12"))), st.integers(1, 4))
def test_parts_hold_everything_once_in_few_columns(said: list[tuple[str, str, str]], most: int) -> None:
    events = [Event(number, *one) for number, one in enumerate(said)]
    parts = list(parts_of(events, most))
    assert sorted(event.key for part in parts for event in part) == [event.key for event in events]
    for part in parts:
        assert 0 < len({corner.x for corner in timeline(part, SIZE, 80, 30).corners.values()}) <= most
