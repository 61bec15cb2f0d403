"""Counting what a format may lose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.judging import EVIDENCE
from annotator.domain.model import Article, Attribution, Exhibit, Judgement, Link, Mark, Ref, Source
from annotator.domain.runs import in_runs
from annotator.domain.spans import Span
from annotator.domain.summary import (
    FEATURES,
    FeatureCounter,
    Summary,
    asked_by,
    overlaps,
)
from tests.domain.summaries import summarise


def mark(name: str, article: str, *spans: tuple[int, int], **fields) -> Mark:
    pieces = tuple(Span(*span) for span in spans)
    return Mark(id=name, article=article, label="claim", spans=pieces, quotes=("",) * len(pieces), **fields)


def link(name: str, origin: Ref, target: Ref, kind: str = "denies") -> Link:
    return Link(id=name, kind=kind, origin=origin, target=target)


RECORDS = [
    Source(id="s1", name="Ana Ruiz"),
    Source(id="s2", name="Port Authority", kind="organisation"),
    Article(id="a", text="x" * 50, title="Only a title"),
    Article(id="b", text="x" * 50, outlet="s2"),
    Exhibit(id="e"),
    mark("m1", "a", (0, 10), attribution=(Attribution("s1"), Attribution("s2", cue=(Span(11, 13),)))),
    mark("m2", "a", (5, 15), (20, 22), attributes={"certainty": "certain", "kinds": ["one"]}),
    mark("m3", "b", (0, 10), note="why"),
    link("l1", Ref("mark", "m1"), Ref("mark", "m2")),
    link("l2", Ref("mark", "m3"), Ref("mark", "m2"), "supports"),
    link("l3", Ref("exhibit", "e"), Ref("proposition", "p"), "supports"),
    link("l4", Ref("mark", "m1"), Ref("source", "s2"), "undermines"),
]


@pytest.mark.parametrize("records", [RECORDS, RECORDS[::-1]])
def test_each_feature_is_counted_whatever_the_order_of_the_records(records):
    summary = summarise(records)
    assert {name: count for name, count in summary.counts.items() if count} == {
        "sources": 2, "source-details": 1, "articles": 2, "article-details": 1, "exhibits": 1,
        "marks": 3, "pieces": 4, "discontinuous": 1, "overlapping": 2, "crossing": 2,
        "attributed": 1, "relays": 1, "cues": 1, "attributes": 2, "attribute-lists": 1, "mark-notes": 1,
        "links": 4, "links-across-articles": 1, "links-to-claims": 1, "links-to-sources": 1,
        "links-from-exhibits": 1,
    }  # fmt: skip


def test_an_example_is_kept_for_each_feature():
    summary = summarise(RECORDS)
    assert summary.example("links-across-articles") == "l2"
    assert summary.example("discontinuous") == "m2"
    assert summary.example("pins") == ""


def test_the_cells_of_competing_claims_are_judgements_and_no_unknown_fields():
    cell = Judgement(
        id="j",
        target=Ref("proposition", "p"),
        scale="consistency",
        value="C",
        extra={EVIDENCE: {"mark": "m1"}},
    )
    assert summarise([cell])["extra"] == 0
    assert summarise([Source(id="s", name="Ana Ruiz", extra={"party": "none"})])["extra"] == 1


def test_a_feature_that_is_misspelt_is_noticed():
    with pytest.raises(KeyError):
        summarise([])["discontinous"]
    assert summarise([])["marks"] == 0
    assert all(Summary.of_everything()[name] == 1 for name in FEATURES)


RANGES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair))))


@given(RANGES)
def test_overlapping_and_crossing_marks_are_counted_as_comparing_all_pairs_counts_them(hulls):
    def shares(one, other):
        return one[0] < other[1] and other[0] < one[1]

    def crosses(one, other):
        first, second = sorted((one, other))
        return first[0] < second[0] < first[1] < second[1]

    def count(test):
        return sum(
            any(test(one, other) for j, other in enumerate(hulls) if i != j) for i, one in enumerate(hulls)
        )

    assert overlaps(hulls) == (count(shares), count(crosses))


def test_only_what_a_format_asks_for_is_kept_for_it():
    asked = asked_by(lambda summary: [summary["marks"], summary["links"]])
    counter = FeatureCounter(lambda links: [], asked)
    for run in in_runs(RECORDS):
        counter.take(run)
    assert [counter.hulls, counter.mark_links] == [{}, []]
    assert counter.finish()["marks"] == summarise(RECORDS)["marks"]


def test_only_links_between_marks_are_looked_up():
    asked = []
    counter = FeatureCounter(lambda links: asked.extend(links) or {"l2"}, {"links-across-articles"})
    for run in in_runs(RECORDS):
        counter.take(run)
    assert counter.finish() == Summary({"links-across-articles": 1}, {"links-across-articles": "l2"})
    assert asked == ["l1", "l2"]
