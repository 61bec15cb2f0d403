"""Sums of row heights are those of the rows one by one, estimated or known."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.layout.heights import Estimate, Heights

GUESS = Estimate(empty=6.0, base=20.0, per_char=0.5)


def plain(lengths: list[int], known: dict[int, float]) -> list[float]:
    return [known.get(row, 6.0 if not n else 20.0 + 0.5 * n) for row, n in enumerate(lengths)]


lengths_and_known = st.lists(st.integers(0, 400), min_size=1, max_size=700).flatmap(
    lambda lengths: st.tuples(
        st.just(lengths), st.dictionaries(st.integers(0, len(lengths) - 1), st.integers(0, 900).map(float))
    )
)


@given(lengths_and_known, st.floats(0, 1.2))
def test_sums_and_searches_agree_with_the_rows(case: tuple[list[int], dict[int, float]], part: float) -> None:
    lengths, known = case
    heights = Heights(lengths, GUESS)
    for row, height in known.items():
        heights.set(row, 1.0)
        heights.set(row, height)
    exact = plain(lengths, known)
    assert abs(heights.total() - sum(exact)) < 1e-6
    row, into = heights.find(part * sum(exact))
    assert abs(heights.top(row) - sum(exact[:row])) < 1e-6
    assert abs(heights.top(row) + into - part * sum(exact)) < 1e-6
    assert row == len(lengths) - 1 or into < exact[row] + 1e-6


def test_a_change_of_width_forgets_what_was_known() -> None:
    heights = Heights([10, 0, 10], GUESS)
    heights.set(0, 500)
    heights.reset(Estimate(empty=1.0, base=2.0, per_char=0.0))
    assert heights.total() == 5.0
