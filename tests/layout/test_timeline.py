"""The time line: by date, by source, undated apart, nothing on top of another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.layered import Size
from annotator.layout.timeline import Event, timeline

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
        assert corner.x == columns[event.date]
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
