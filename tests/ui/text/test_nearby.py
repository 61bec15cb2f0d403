"""The marks about the window are kept from what was read, and what changed is read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, normalise
from annotator.layout.marks import RailEntry
from annotator.layout.rows import Rows
from annotator.ui.text import kept
from annotator.ui.text.nearby import Nearby
from tests.ui.text.sample import Marks

ROW, COUNT = 20, 12
TEXT = "\n".join("x" * (ROW - 1) for _ in range(COUNT))

places = st.integers(0, len(TEXT) - 1)
pieces = st.lists(st.tuples(places, st.integers(1, 3 * ROW)), min_size=1, max_size=3)
names = st.sampled_from([f"m{number}" for number in range(8)])
changes = st.lists(st.tuples(names, st.none() | pieces), max_size=12)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch):
    """Stretches that end in the middle of rows, of which a text has several."""
    monkeypatch.setattr(kept, "_LENGTH", 3 * ROW // 2)


def nearby(marks: Marks) -> Nearby:
    return Nearby(marks, Rows(TEXT, lambda text, offset: offset), 4 * ROW)


def seen(near: Nearby, rows: range) -> list[tuple[list[Shape], list[str]]]:
    """The marks and the links beside some rows."""
    near.rail(rows)
    return [(list(near.shapes(row)), [entry.id for entry in near.entries(row)]) for row in rows]


def put(marks: Marks, name: str, found: list[tuple[int, int]]) -> tuple[Span, ...]:
    spans = normalise([Span(start, min(start + length, len(TEXT))) for start, length in found])
    marks.all[name] = Shape(name, "Claim", spans, "claim")
    entry = RailEntry(f"link of {name}", name, spans[0].start, "denies", "out", "denies")
    marks.entries = [*(one for one in marks.entries if one.mark != name), entry]
    return spans


@given(first=changes, after=changes, row=st.integers(0, COUNT - 1))
def test_after_any_change_there_is_what_would_be_read_anew(first, after, row):
    marks = Marks()
    for name, found in first:
        put(marks, name, found or [(0, 1)])
    near = nearby(marks)
    rows = range(row, min(row + 3, COUNT))
    seen(near, rows)
    for name, found in after:
        old = marks.all.pop(name).spans if name in marks.all else ()
        new = put(marks, name, found) if found else ()
        near.renew({*old, *new})
        assert seen(near, rows) == seen(nearby(marks), rows)


def test_where_windows_hold_little_a_jump_reads_little_and_nothing_is_missed():
    marks = Marks()
    for row in range(COUNT):
        put(marks, f"m{row}", [(row * ROW, 5)])
    near, whole = nearby(marks), nearby(marks)
    for _ in range(20):
        near.note_held(ROW)
    near.turn_to(6 * ROW)
    whole.turn_to(6 * ROW)
    assert 0 < len(near._shapes) < len(whole._shapes)
    assert seen(near, range(COUNT)) == seen(whole, range(COUNT))


@pytest.mark.parametrize("row", range(COUNT))
def test_wherever_reading_stopped_a_row_has_the_marks_that_begin_at_its_end(row):
    marks = Marks()
    for number in range(COUNT - 1):
        put(marks, f"m{number}", [((number + 1) * ROW - 1, 5)])
    near = nearby(marks)
    near.shapes(row)
    last = min(near._read[-1], COUNT - 2)
    assert f"m{last}" in [shape.id for shape in near.shapes(last)]
    assert f"link of m{last}" in seen(near, range(last, last + 1))[0][1]
    near.renew(set(marks.all[f"m{last}"].spans))
    assert f"m{last}" in [shape.id for shape in near.shapes(last)]


def read_all(near: Nearby) -> None:
    while near.read_on():
        pass


@given(first=changes, after=changes, row=st.integers(0, COUNT - 1), pauses=st.integers(0, 12))
def test_what_was_read_in_pauses_is_what_would_be_read_anew_after_any_change(first, after, row, pauses):
    marks = Marks()
    for name, found in first:
        put(marks, name, found or [(0, 1)])
    near = nearby(marks)
    rows = range(row, min(row + 3, COUNT))
    read_all(near)
    for name, found in after:
        old = marks.all.pop(name).spans if name in marks.all else ()
        new = put(marks, name, found) if found else ()
        near.renew({*old, *new})
        for _ in range(pauses):
            near.read_on()
        assert seen(near, rows) == seen(nearby(marks), rows)
        near.turn_to(0 if row > COUNT // 2 else len(TEXT) - 1)
        assert seen(near, rows) == seen(nearby(marks), rows)


def test_once_all_was_read_in_pauses_no_jump_asks_for_marks():
    marks = Marks()
    for row in range(COUNT):
        put(marks, f"m{row}", [(row * ROW, 5), (row * ROW + 9, 2)] if row % 2 else [(row * ROW, 5)])
        marks.all[f"ghost {row}"] = Shape(
            f"ghost {row}", "Claim?", (Span(row * ROW, row * ROW + 3),), "claim", True
        )
    near = nearby(marks)
    read_all(near)
    for row in (9, 2, 11, 0):
        assert near.shapes(row) == nearby(marks).shapes(row)
    marks.asked.clear()
    assert len(near.shapes(6)) == 2
    assert not marks.asked


def test_a_change_has_only_the_stretches_read_again_that_it_touches():
    marks = Marks()
    near = nearby(marks)
    read_all(near)
    marks.ahead.clear()
    near.renew(set(put(marks, "m", [(2, 3)])))
    read_all(near)
    assert marks.ahead == [Span(0, 3 * ROW // 2)]
    near.forget()
    read_all(near)
    assert len(marks.ahead) == 1 + -(-len(TEXT) // (3 * ROW // 2))


def test_nothing_is_read_ahead_while_the_source_has_no_time():
    marks = Marks()
    marks.has_time = False
    near = nearby(marks)
    assert not near.read_on()
    marks.has_time = True
    assert near.read_on()


def test_of_more_marks_than_are_kept_the_others_are_asked_for(monkeypatch):
    marks = Marks()
    for row in range(COUNT):
        put(marks, f"m{row}", [(row * ROW, 5)])
    monkeypatch.setattr(kept, "_MOST", 3)
    near = nearby(marks)
    read_all(near)
    assert 0 < len(marks.ahead) < COUNT
    marks.asked.clear()
    assert [shape.id for shape in near.shapes(COUNT - 1)] == [f"m{COUNT - 1}"]
    assert marks.asked
