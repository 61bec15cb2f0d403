"""The board of a claim from its neighbourhood is that of the whole project."""

from contextlib import closing

from hypothesis import given, settings

from annotator.domain.defaults import check_link
from annotator.domain.dispute import DisputeMap, dispute_map
from annotator.domain.errors import UserError
from annotator.domain.model import Article, Mark
from annotator.domain.scheme import Scheme
from annotator.store import edits, open_ends
from annotator.store.claim_facts import claim_facts, compare_reports, with_copies
from annotator.store.imports import import_records
from annotator.store.store import Store
from tests.domain.graphs import Line, choruses, projects, record
from tests.store.samples import add_article

REPORT = (
    "The ministry closed the bridge over the Orla on Monday after inspectors had found cracks in two of its "
    "pillars, and traffic was led over the ferry at Lind until further notice, it was told in the evening."
)


def stored(lines: list[Line]) -> Store:
    """A project of those lines that a project takes: without circles, and links as the scheme has them."""
    store = Store.memory()
    texts = {"article": {"text": "some words"}, "mark": {"quotes": ["some"], "spans": [[0, 4]]}}
    labels = {line["id"]: line["label"] for line in lines if line["type"] == "mark"}
    taken = [line for line in lines if line["type"] != "link" or is_allowed(line, labels)]
    import_records(store, [record(upward(line | texts.get(line["type"], {}))) for line in taken])
    return store


def is_allowed(link: Line, labels: dict[str, str]) -> bool:
    (start,), (end,) = (
        [labels.get(row, table) for table, row in link[side].items()] for side in ("from", "to")
    )
    try:
        check_link(Scheme.default(), link["kind"], start, end)
    except UserError:
        return False
    return bool(link["from"] != link["to"])


def upward(line: Line) -> Line:
    """A source that leads only to sources of higher names."""
    fields = ("same_as", "affiliation")
    return {key: None if key in fields and (one or "") <= line["id"] else one for key, one in line.items()}


def alone(store: Store, claim: str) -> DisputeMap:
    return dispute_map(claim_facts(store, [claim])).only(claim)


@settings(max_examples=settings().max_examples // 4)
@given(projects() | choruses())
def test_the_neighbourhood_of_a_claim_gives_the_board_that_the_whole_project_gives(lines: list[Line]) -> None:
    store = stored(lines)
    try:
        whole = open_ends.facts(store)
        for board in dispute_map(whole).claims:
            facts = claim_facts(store, [board.id])
            assert dispute_map(facts).only(board.id).claims == (board,)
            assert [facts.handle(*row) for row in facts.numbers] == [
                whole.handle(*row) for row in facts.numbers
            ]
    finally:
        store.close()


def printed(store: Store, claim: str, texts: list[str]) -> None:
    """Papers that say of themselves that a claim holds, each in a text of its own."""
    for number, text in enumerate(texts):
        outlet = edits.add_source(store, f"Paper {number}", "outlet")
        article = add_article(store, text, outlet=outlet)
        start = text.index("bridge")
        mark = edits.add_mark(store, article, "claim", [(start, start + 6)], source=outlet)
        edits.add_mention(store, mark, claim, "support")


def test_outlets_that_print_the_same_agency_text_are_one_voice(store):
    claim = edits.add_proposition(store, "The bridge was closed")
    printed(store, claim, [REPORT, f"UPDATE: {REPORT}", "The bridge was closed, we saw it ourselves."])
    facts = claim_facts(store, [claim])
    alike = with_copies(store, facts, [claim])
    (plain,), (board,) = dispute_map(facts).claims, dispute_map(alike).claims
    assert len(plain.asserting.counted) == 3
    assert len(board.asserting.counted) == 2
    assert [(one.how, len(one.on)) for one in board.asserting.leaning] == [("prints", 1)]


def test_texts_are_compared_one_by_one_and_once_for_every_connection(store):
    claim = edits.add_proposition(store, "The bridge was closed")
    printed(store, claim, [f"{REPORT} Edition {number} of this paper." for number in range(20)])
    facts = claim_facts(store, [claim])
    assert len(list(compare_reports(store, facts, [claim]))) >= 20
    with closing(store.reader()) as reader:
        assert list(compare_reports(reader, claim_facts(reader, [claim]), [claim])) == []
        (board,) = dispute_map(with_copies(reader, facts, [claim])).claims
    assert len(board.asserting.counted) == 1


def test_nothing_is_read_of_what_does_not_bear_on_the_claim(store):
    one, other = (edits.add_proposition(store, name) for name in ("One", "Other"))
    for claim in (one, other):
        article = add_article(store)
        mark = edits.add_mark(store, article, "claim", [(0, 12)])
        edits.add_mention(store, mark, claim, "support")
    facts = claim_facts(store, [one])
    assert list(facts.propositions) == [one]
    assert len(facts.marks) == len(facts.articles) == 1
    assert {type(row) for row in (*facts.marks.values(), *facts.articles.values())} == {Mark, Article}
