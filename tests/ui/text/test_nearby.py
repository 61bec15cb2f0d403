"""The marks about the window are kept from what was read, and what changed is read again."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, normalise
from annotator.layout.marks import RailEntry
from annotator.layout.rows import Rows
from annotator.ui.text.nearby import Nearby
from tests.ui.text.sample import Marks

ROW, COUNT = 20, 12
TEXT = "\n".join("x" * (ROW - 1) for _ in range(COUNT))

places = st.integers(0, len(TEXT) - 1)
pieces = st.lists(st.tuples(places, st.integers(1, 3 * ROW)), min_size=1, max_size=3)
names = st.sampled_from([f"m{number}" for number in range(8)])
changes = st.lists(st.tuples(names, st.none() | pieces), max_size=12)


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
