"""What writers remember is the same in memory and on disk."""

import operator
from contextlib import ExitStack, closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.resources import resource
from annotator.formats import kept
from annotator.formats.kept import Kept, KeptLists, KeptSet, Ordered
from annotator.formats.registry import by_name

KEYS = st.text("ab\u00e9\U0001f600\0", max_size=2)
ROWS = st.lists(st.tuples(KEYS, st.text(max_size=2), st.integers(0, 9)), max_size=8)
QUESTIONS = st.lists(
    st.tuples(st.just("some"), st.sets(KEYS)) | st.tuples(st.just("one"), KEYS) | st.just(("__iter__",))
)
LISTS = st.lists(st.tuples(KEYS, st.text(max_size=2)), max_size=8)


@given(ROWS, ROWS, QUESTIONS, st.integers(0, 5), st.integers(1, 4))
def test_what_is_kept_answers_alike_however_much_of_it_is_held(rows, later, questions, limit, at_once):
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr(kept, "HELD", limit)
        patch.setattr(kept, "AT_ONCE", at_once)
        found = stack.enter_context(closing(Kept("word", "number")))
        known = {}
        for some in (rows, later):
            found.add_all(some)
            known |= {key: tuple(row) for key, *row in some}
            for name, *keys in questions:
                answer = operator.methodcaller(name, *keys)(found)
                assert (answer if keys else [*answer]) == _answer(known, name, *keys)


def _answer(known, name, keys=None):
    if name == "one":
        return known.get(keys)
    if name == "some":
        return {key: row for key, row in known.items() if key in keys}
    return [known[key] for key in sorted(known)]


@given(LISTS, LISTS, st.sets(KEYS), st.integers(0, 5), st.integers(1, 4))
def test_lists_that_are_kept_hold_all_in_their_order(rows, later, keys, limit, at_once):
    with pytest.MonkeyPatch.context() as patch, closing(KeptLists("word")) as found:
        patch.setattr(kept, "HELD", limit)
        patch.setattr(kept, "AT_ONCE", at_once)
        known = {}
        for some in (rows, later):
            for key, word in some:
                found.add(key, word)
                known.setdefault(key, []).append(word)
            assert found.some(keys) == {key: known[key] for key in keys if key in known}


@given(st.lists(KEYS, unique=True), st.sets(KEYS), st.integers(1, 4), st.integers(1, 4))
def test_a_set_that_is_kept_knows_what_was_added(added, asked, limit, at_once):
    with pytest.MonkeyPatch.context() as patch, closing(KeptSet()) as found:
        patch.setattr(kept, "HELD", limit)
        patch.setattr(kept, "AT_ONCE", at_once)
        for number, key in enumerate(added, 1):
            assert key not in found
            found.add(key)
            assert {one for one in asked if one in found} == asked & {*added[:number]}


@pytest.mark.parametrize("name", ["brat", "csv"])
def test_the_sample_is_written_alike_where_nothing_is_held(name, tmp_path, monkeypatch):
    held = _written(name, tmp_path / "held")
    monkeypatch.setattr(kept, "HELD", 0)
    assert _written(name, tmp_path / "kept") == held


def _written(name, folder):
    folder.mkdir()
    records = by_name("annotator-jsonl").read(resource("sample", "sample.jsonl"), {})
    by_name(name).write(records, folder, {})
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "kept_rows", [lambda: Kept("a"), lambda: KeptLists("a"), KeptSet, lambda: Ordered("a")]
)
def test_that_there_is_no_room_for_what_is_kept_is_said_in_a_sentence(kept_rows, monkeypatch):
    monkeypatch.setattr(kept, "HELD", 1)
    monkeypatch.setattr(kept, "AT_ONCE", 1)
    rows = kept_rows()
    rows._file.execute("PRAGMA max_page_count = 3")
    values = [] if isinstance(rows, KeptSet) else ["x" * 5_000]

    def keep_much():
        for number in range(9):
            rows.add(f"{number:0500}", *values)

    with closing(rows), pytest.raises(UserError, match="temporary-full"):
        keep_much()
