"""What writers remember is the same in memory and on disk."""

import operator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.resources import resource
from annotator.formats import kept
from annotator.formats.kept import Kept
from annotator.formats.registry import by_name

KEYS = st.text("ab\u00e9\U0001f600\0", max_size=2)
ROWS = st.lists(st.tuples(KEYS, st.text(max_size=2), st.integers(0, 9)), max_size=8)
QUESTIONS = st.lists(
    st.sampled_from(["some", "all_of"]).flatmap(lambda name: st.tuples(st.just(name), st.sets(KEYS)))
    | st.tuples(st.just("one"), KEYS)
)


@given(ROWS, ROWS, QUESTIONS, st.integers(0, 5))
def test_what_is_kept_answers_alike_however_much_of_it_is_held(rows, later, questions, limit):
    answers = [_answers(most, rows, later, questions) for most in (limit, len(rows) + len(later))]
    assert answers[0] == answers[1]


def _answers(most, rows, later, questions):
    with pytest.MonkeyPatch.context() as patch, closing(Kept("word", "number")) as found:
        patch.setattr(kept, "HELD", most)
        for row in rows:
            found.add(*row)
        answers = [_asked(found, *question) for question in questions]
        for row in later:
            found.add(*row)
        return answers, [_asked(found, *question) for question in questions], [*found]


def _asked(found, name, keys):
    return operator.methodcaller(name, keys)(found)


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
