"""A report read in parts says what one made of the whole project at once says."""

import tracemalloc
from collections import deque
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.composing import compose
from annotator.domain.dispute import dispute_map
from annotator.domain.errors import UserError
from annotator.domain.facts import CARRIED_FROM
from annotator.domain.ids import ArticleId, PropositionId, new_id
from annotator.domain.model import Article, Dismissal, Ref, Report
from annotator.domain.report import FullReport
from annotator.domain.spans import Span
from annotator.layout.drawings import claim_drawings
from annotator.store import edits, nobodys, open_ends, read, reporting
from annotator.store.imports import import_records
from annotator.store.reporting import UNSAVED, full_report, report_parts
from annotator.store.store import Store
from tests.domain.graphs import MARKS, SOURCES, Line, choruses, claim, projects
from tests.store.test_claim_facts import stored

CHOSEN = (PropositionId("p3"), PropositionId("gone"), PropositionId("p1"))


def whole(store: Store, report: Report = UNSAVED) -> FullReport:
    """A report made of everything the project holds, at once."""
    facts = open_ends.facts_with_copies(store)
    texts = lambda article: read.text(store, article)  # noqa: E731
    return compose(facts, dispute_map(facts), report, texts, read.annotators(store), claim_drawings)


@st.composite
def corrected(draw: st.DrawFn) -> list[Line]:
    """Projects in which an article is a newer version, sources are confidential, and much is judged."""
    lines = draw(projects())
    hidden = draw(st.sets(st.sampled_from(SOURCES)))
    for line in lines:
        if line["type"] == "source":
            line["confidential"] = line["id"] in hidden
        if line["id"] == "a2":
            line["version_of"] = "a1"
        if line["type"] == "mark" and line["article"] == "a2":
            line["extra"] = {CARRIED_FROM: draw(st.sampled_from(MARKS))}
    lines.append({"type": "proposition_link", "id": "x", "kind": "part_of", "from": "p1", "to": "p3"})
    return lines


def judge_and_dismiss(store: Store) -> None:
    """Judgements of a claim, a mention, a source and an article, and one loose end left on purpose."""
    for table in ("proposition", "mention", "source", "article"):
        for (row,) in store.query(f"SELECT id FROM shown_{table} ORDER BY id LIMIT 2"):
            for value in ("low", "high"):
                edits.judge(store, Ref(table, row), "confidence", value, "who knows")
    for (row,) in store.query("SELECT id FROM shown_mark ORDER BY id LIMIT 3"):
        left = Dismissal(id="", rule="mark_without_source", target=Ref("mark", row), reason="told so")
        edits.add_record(store, left)


@settings(max_examples=settings().max_examples // 2)
@given(projects() | choruses() | corrected())
def test_a_report_read_in_parts_is_that_of_the_whole_project(lines: list[Line]) -> None:
    store = stored(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reporting, "CLAIMS_AT_ONCE", 2)
        patch.setattr(nobodys, "AT_ONCE", 2)
        try:
            judge_and_dismiss(store)
            assert full_report(store, draw=claim_drawings) == whole(store)
            chosen = replace(UNSAVED, title="Some", lead="One.\nTwo.", claims=CHOSEN)
            assert full_report(store, chosen, draw=claim_drawings) == whole(store, chosen)
        finally:
            store.close()


@pytest.mark.parametrize("claims", [(), CHOSEN])
def test_it_is_known_beforehand_which_part_tells_a_claim(monkeypatch, claims):
    monkeypatch.setattr(reporting, "CLAIMS_IN_PART", 2)
    store = stored([claim(f"p{one}") for one in range(5)])
    asked = replace(UNSAVED, claims=claims)
    parts = enumerate(report_parts(store, asked), 1)
    told = {claim.handle: number for number, part in parts for claim in part.claims}
    assert reporting.parts_of_claims(store, asked) == told
    store.close()


def test_an_exhibit_has_the_same_handle_in_every_part_of_a_report() -> None:
    mention = {"type": "mention", "id": "n", "mark": "m", "proposition": "p", "stance": "support"}
    ends = {"from": {"exhibit": "e2"}, "to": {"mark": "m"}}
    store = stored(
        [
            {"type": "article", "id": "a", "outlet": None},
            {"type": "exhibit", "id": "e1"},
            {"type": "exhibit", "id": "e2"},
            {"type": "proposition", "id": "p", "text": "The plant sold engines"},
            {
                "type": "mark",
                "id": "m",
                "article": "a",
                "label": "claim",
                "attribution": [],
                "attributes": {},
            },
            mention,
            {"type": "link", "id": "l", "kind": "supports", **ends},
        ]
    )
    [ground] = full_report(store).claims[0].grounds
    assert ground.shown.handle == "E2"
    store.close()


def test_each_part_of_a_report_lists_the_articles_it_quotes_and_no_others(store: Store) -> None:
    fill_claims(store, 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reporting, "CLAIMS_AT_ONCE", 1)
        patch.setattr(reporting, "CLAIMS_IN_PART", 2)
        parts = list(report_parts(store))
    assert [len(part.claims) for part in parts] == [2, 2, 1, 0]
    assert [len(part.articles) for part in parts] == [2, 2, 1, 5]
    assert len(parts[-1].unnamed) == 5


def test_memory_follows_a_part_of_a_report_not_the_project(store: Store) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reporting, "CLAIMS_IN_PART", 20)
        patch.setattr(nobodys, "AT_ONCE", 20)
        fill_claims(store, 30)
        few = peak(store)
        fill_claims(store, 270)
        assert peak(store) < 1.5 * few


def peak(store: Store) -> int:
    """Bytes of Python's that were needed at once to read a report in parts."""
    deque(report_parts(store, draw=claim_drawings), maxlen=0)  # what is kept is kept by now
    tracemalloc.start()
    try:
        deque(report_parts(store, draw=claim_drawings), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def fill_claims(store: Store, count: int) -> None:
    """Claims that a source asserts, each in an article of its own with a mark that names nobody."""
    ids = [ArticleId(new_id()) for _ in range(count)]
    articles = [Article(id=one, text=f"The bridge {one}") for one in ids]
    import_records(store, articles)
    with store.operation("many"):
        who = edits.add_source(store, new_id())
        for article in ids:
            claim = edits.add_proposition(store, new_id())
            mark = edits.add_mark(store, article, "claim", [Span(0, 5)], source=who)
            edits.add_mark(store, article, "claim", [Span(2, 5)])
            edits.add_mention(store, mark, claim, "support")


def test_a_report_of_many_claims_is_kept_by_one_question_about_them(monkeypatch):
    store = Store.memory()
    claims = [edits.add_proposition(store, f"Claim {one}") for one in range(30)]
    asked = []
    query = Store.query
    monkeypatch.setattr(Store, "query", lambda self, *given: asked.append(given) or query(self, *given))
    edits.add_record(store, Report(id="", title="All", claims=tuple(claims)))
    assert len(asked) < 10
    with pytest.raises(UserError) as refused:
        edits.add_record(store, Report(id="", title="Lost", claims=(claims[0], PropositionId("gone"))))
    assert (refused.value.code, refused.value.details["id"]) == ("no-such-row", "gone")
