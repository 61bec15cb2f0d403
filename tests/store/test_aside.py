"""What an import was told of foreign ids is found again, in whatever order they come."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.imports import aside as module
from annotator.store.imports.aside import Aside

KEYS = st.tuples(st.sampled_from(["mark", "link"]), st.text("a/T19é😀\0", max_size=4))
RUNS = st.lists(st.lists(KEYS, max_size=12), max_size=8)


@given(RUNS, st.lists(KEYS, max_size=5), st.integers(0, 6))
def test_every_foreign_id_keeps_the_one_id_it_got(runs, before, most):
    kept = {key: f"before {number}" for number, key in enumerate(before)}
    known, module.KNOWN = module.KNOWN, most
    try:
        with Aside() as aside:
            aside.keep_ids((*key, "", row_id) for key, row_id in kept.items())
            for run in runs:
                aside.look_up({table: {one for name, one in run if name == table} for table, _ in run})
                for key in run:
                    assert aside.id_of(*key) == kept.get(key)
                    if key not in kept:
                        kept[key] = f"new {len(kept)}"
                        aside.keep(key[0], {key[1]: kept[key]})
            assert {key: aside.id_of(*key) for key in kept} == kept
    finally:
        module.KNOWN = known


def test_ids_in_order_cost_a_statement_for_thousands_not_for_each_run():
    asked = []
    with Aside() as aside:
        aside._file.set_trace_callback(asked.append)
        for document in range(400):
            marks = [f"{document:04}/T{number}" for number in range(20)]
            aside.look_up({"mark": marks})
            assert not any(aside.id_of("mark", one) for one in marks)
            aside.keep("mark", dict.fromkeys(marks, "an id"))
    assert not [sql for sql in asked if sql.startswith("SELECT")]
