"""What a query finds: marks, and the articles, sources and claims they speak for."""

import pytest
from hypothesis import given

from annotator.app.sample import sample_project
from annotator.domain.model import (
    Annotator,
    Article,
    Attribution,
    Link,
    Mark,
    Mention,
    Proposition,
    PropositionLink,
    Ref,
    Source,
)
from annotator.domain.query import And, Not, Or, parse
from annotator.domain.spans import Span
from annotator.domain.stances import stances_on
from annotator.store import open_ends
from annotator.store.finding import GROUPS, found
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store
from tests.domain.queries import QUERIES

TEXT = "“Nothing  stopped” at the harbour; the tide was high.\n"


def mark(name, article, label, source=None, start=0, **fields):
    chain = (Attribution(source),) if source else ()
    end = start + 5
    return Mark(
        id=name,
        article=article,
        label=label,
        spans=(Span(start, end),),
        quotes=(TEXT[start:end],),
        attribution=chain,
        **fields,
    )


RECORDS = [
    Annotator(id="u1", name="Ina"),
    Annotator(id="u2", name="Bo"),
    Source(id="state", name="Marvenia", kind="state"),
    Source(id="min", name="Ministry of Ports", kind="organisation", affiliation="state", aliases=("MoP",)),
    Source(id="anna", name="Anna Ruhl", kind="person", note="met twice"),
    Source(id="ruhl", name="A. Ruhl", kind="person", same_as="anna"),
    Source(id="gazette", name="The Gazette", kind="outlet"),
    Article(id="a0", text=TEXT, title="Old harbour news", outlet="gazette", date="2030-12-30"),
    Article(id="a1", text=TEXT + " ", title="Harbour news", outlet="gazette", date="2031-02-03"),
    Article(id="a2", text=TEXT + "  ", title="Tide", date="2032", status="done"),
    mark("m1", "a1", "claim", "min", start=1, annotator="u1", attributes={"certainty": "certain"}),
    mark("m2", "a1", "denial", "ruhl", 10, annotator="u2", attributes={"denial_kind": ["content", "source"]}),
    mark("m3", "a2", "evidence", note="why the tide?", attributes={"date": "2031-05"}),
    mark("m4", "a2", "denial", "min", 12, question="Who?"),
    mark("m5", "a2", "claim", start=40),
    mark("m6", "a0", "claim", start=3, attributes={"quote": "none"}),
    Proposition(id="p1", text="The port is open."),
    Proposition(id="p2", text="The port is shut.", note="see p1"),
    Proposition(id="p3", text="Nobody spoke.", in_no_article=True),
    Mention(id="n1", mark="m1", proposition="p1", stance="support", annotator="u2"),
    Mention(id="n2", mark="m5", proposition="p1", stance="support"),
    Mention(id="n3", mark="m2", proposition="p1", stance="deny"),
    Mention(id="n4", mark="m1", proposition="p2", stance="deny"),
    PropositionLink(id="q1", origin="p1", kind="contradicts", target="p2"),
    Link(id="l1", kind="denies", origin=Ref("mark", "m2"), target=Ref("mark", "m1")),
    Link(id="l2", kind="supports", origin=Ref("mark", "m3"), target=Ref("mark", "m1")),
    Link(id="l3", kind="undermines", origin=Ref("mark", "m2"), target=Ref("source", "state")),
]


@pytest.fixture(scope="module")
def store():
    store = Store.memory(Identity(name="Ada"))
    import_records(store, RECORDS)
    yield store
    store.close()


def names(store, query, group):
    """What was found, by the ids of the records above."""
    some = found(store, parse(query), group)
    rows = [store.query(f"SELECT origin_id FROM main.{group} WHERE rowid = ?", (one,))[0][0] for one in some]
    return " ".join(sorted(rows))


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("label=denial", "m2 m4"),
        ("label=Denial", "m2 m4"),
        ("label~den", "m2 m3 m4"),
        ("label!=denial", "m1 m3 m5 m6"),
        ("label=unheard", ""),
        ('source="ministry of ports"', "m1 m4"),
        ("source=mop", "m1 m4"),
        ("source=min", "m1 m4"),
        ("source=S2", "m1 m4"),
        ("source~ruhl", "m2"),
        ('source="Anna Ruhl"', "m2"),
        ("source!=anna", "m1 m3 m4 m5 m6"),
        ('source="The Gazette"', "m6"),
        ("owner=Marvenia", "m1 m4"),
        ("owner!=Marvenia", "m2 m3 m5 m6"),
        ('outlet="The Gazette"', "m1 m2 m6"),
        ("outlet!=gazette", "m3 m4 m5"),
        ("article=A2", "m1 m2"),
        ("article=a2", "m3 m4 m5"),
        ("article=A3", "m3 m4 m5"),
        ("article=Tide", "m3 m4 m5"),
        ("article!=Tide", "m1 m2 m6"),
        ("article~harbour", "m1 m2 m6"),
        ("annotator=Ina", "m1"),
        ("annotator!=Ina", "m2 m3 m4 m5 m6"),
        ("status=done", "m3 m4 m5"),
        ("status!=done", "m1 m2 m6"),
        ("status=open and status=new", "m1 m2 m6"),
        ("kind=person", "m2"),
        ("kind=denies", "m1 m2"),
        ('text~"stopp"', "m2"),
        ("certainty=certain", "m1"),
        ("date=2031", "m1 m2"),
        ("date<2031-02-03", "m6"),
        ("date<2031-03", "m1 m2 m6"),
        ("date>2031", "m3 m4 m5"),
        ("date!=2031", "m3 m4 m5 m6"),
        ("attr.denial_kind=source", "m2"),
        ("attr.denial_kind!=source", "m1 m3 m4 m5 m6"),
        ("attr.date<2031-06", "m3"),
        ("attr.date>2031-06", ""),
        ("stance=deny", "m1 m2"),
        ("stance!=deny", "m3 m4 m5 m6"),
        ("claim=C2", "m1"),
        ('claim~"port is"', "m1 m2 m5"),
        ('claim!="the port is open."', "m3 m4 m6"),
        ("across", "m1 m2 m3 m5"),
        ("linked", "m1 m2 m3 m5"),
        ("unlinked", "m4 m6"),
        ("has_note", "m3"),
        ("question", "m4"),
        ("tide", "m3"),
        ("ministry", "m1 m4"),
        ("M4", "m4"),
        ("label=denial source=min", "m4"),
        ("label=denial or label=evidence", "m2 m3 m4"),
        ("not (label=claim or linked)", "m4"),
        ('""', "m1 m2 m3 m4 m5 m6"),
    ],
)
def test_a_query_finds_the_marks_it_says(store, query, marks):
    assert names(store, query, "mark") == marks


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("tide", "a0 a1 a2"),
        ("article=Tide", "a2"),
        ('"nothing stopped"', "a0 a1 a2"),
        ("label=denial", "a1 a2"),
        ("label=denial source=min", "a2"),
        ("label=claim certainty=certain", "a1"),
        ("not label=denial", "a0"),
        ("label=claim not label=denial", "a0"),
        ("label=claim and not (linked or question)", "a0"),
        ("status=done", "a2"),
        ("has_note", ""),
        ("date<2032 label=denial", "a1"),
        ("stance=deny", "a1"),
        ("zeppelin", ""),
    ],
)
def test_an_article_is_found_by_itself_and_one_of_its_marks(store, query, articles):
    assert names(store, query, "article") == articles


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("ruhl", "anna"),
        ("twice", "anna"),
        ("source=mop", "min"),
        ("owner=Marvenia", "min state"),
        ("kind=organisation", "min"),
        ("label=denial", "anna min"),
        ("label=claim", "gazette min"),
        ("ministry label=denial", "min"),
        ("label=denial article=Tide", "min"),
        ("linked", "state"),
        ("label=denial not label=claim", "anna"),
        ('outlet="The Gazette"', "anna gazette min"),
    ],
)
def test_a_source_is_found_by_itself_and_one_of_its_marks(store, query, sources):
    assert names(store, query, "source") == sources


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("port", "p1 p2"),
        ("claim=C3", "p3"),
        ("stance=deny", "p1 p2"),
        ("stance=deny source=min", "p2"),
        ("not stance=deny", "p3"),
        ("across", "p1"),
        ("linked", "p1 p2"),
        ("unlinked", "p3"),
        ("has_note", "p2"),
        ("label=denial", "p1"),
        ("open stance=support date=2032", "p1"),
    ],
)
def test_a_claim_is_found_by_its_sentence_and_one_of_its_mentions(store, query, claims):
    assert names(store, query, "proposition") == claims


def test_stances_are_those_of_the_dispute_map_drawn_by_links_too(tmp_path):
    sample_project(tmp_path / "sample.annotator", Identity(name="Ada"))
    store = Store.open(tmp_path / "sample.annotator", Identity(name="Ada"))
    stances = stances_on(open_ends.facts(store))
    for said in ("support", "deny", "query", "comment", "silence"):
        rows = {
            group: {
                store.query(f"SELECT id FROM main.{group} WHERE rowid = ?", (one,))[0][0]
                for one in found(store, parse(f"stance={said}"), group)
            }
            for group in ("mark", "proposition")
        }
        assert rows["proposition"] == {
            claim for claim, some in stances.items() if any(one.stance == said for one in some)
        }
        assert rows["mark"] == {one.mark for some in stances.values() for one in some if one.stance == said}
    store.close()


@given(QUERIES)
def test_every_query_is_answered_and_what_it_rules_out_is_all_else(store, query):
    for group in GROUPS:
        every = set(found(store, parse('""'), group))
        some = set(found(store, query, group))
        assert set(found(store, Not(query), group)) == every - some


@given(QUERIES, QUERIES)
def test_a_mark_is_found_by_both_where_both_are_asked_and_by_any_where_any_is(store, one, other):
    first, second = (set(found(store, query, "mark")) for query in (one, other))
    assert set(found(store, And((one, other)), "mark")) == first & second
    assert set(found(store, Or((one, other)), "mark")) == first | second
