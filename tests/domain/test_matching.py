"""Which marks a query finds, and what goes with them."""

import pytest

from annotator.domain.facts import Facts
from annotator.domain.matching import matching, select
from annotator.domain.model import (
    Annotator,
    Article,
    Attribution,
    Judgement,
    Link,
    Mark,
    Mention,
    Pin,
    ProjectLine,
    Proposition,
    Ref,
    Report,
    Source,
)
from annotator.domain.query import parse
from annotator.domain.spans import Span


def mark(name, article, label, source=None, quote="words", **fields):
    chain = (Attribution(source),) if source else ()
    return Mark(
        id=name,
        article=article,
        label=label,
        spans=(Span(0, 5),),
        quotes=(quote,),
        attribution=chain,
        **fields,
    )


RECORDS = [
    ProjectLine(name="p"),
    Annotator(id="u1", name="Ina"),
    Annotator(id="u2", name="Bo"),
    Source(id="state", name="Marvenia", kind="state"),
    Source(id="min", name="Ministry of Ports", kind="organisation", affiliation="state", aliases=("MoP",)),
    Source(id="anna", name="Anna Ruhl", kind="person"),
    Source(id="gazette", name="The Gazette", kind="outlet"),
    Article(id="a0", text="x", title="Old harbour news", outlet="gazette", date="2030-12-30"),
    Article(id="a1", text="x", title="Harbour news", outlet="gazette", date="2031-02-03", version_of="a0"),
    Article(id="a2", text="x", title="Tide", date="2032", status="done"),
    mark(
        "m1", "a1", "claim", "min", "“Nothing  stopped”", annotator="u1", attributes={"certainty": "certain"}
    ),
    mark("m2", "a1", "denial", "anna", annotator="u2", attributes={"denial_kind": ("content", "source")}),
    mark("m3", "a2", "evidence", note="why?", attributes={"size": "9"}),
    mark("m4", "a2", "denial", "min", question="Who?", origin_id="T4"),
    mark("m5", "a2", "claim"),
    Proposition(id="p1", text="The port is open."),
    Mention(id="n1", mark="m1", proposition="p1", stance="support", annotator="u2"),
    Mention(id="n2", mark="m5", proposition="p1", stance="support"),
    Link(id="l1", kind="denies", origin=Ref("mark", "m2"), target=Ref("mark", "m1")),
    Link(id="l2", kind="supports", origin=Ref("mark", "m3"), target=Ref("mark", "m1")),
    Link(id="l3", kind="undermines", origin=Ref("mark", "m2"), target=Ref("source", "state")),
    Judgement(id="j1", target=Ref("source", "min"), scale="reliability", value="B", annotator="u1"),
    Judgement(id="j2", target=Ref("source", "anna"), scale="reliability", value="C"),
    Pin(id="k1", mark="m4"),
    Report(id="r1", claims=("p1",)),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("label=denial", "m2 m4"),
        ("label=Denial", "m2 m4"),
        ("label!=denial", "m1 m3 m5"),
        ('source="ministry of ports"', "m1 m4"),
        ("source=mop", "m1 m4"),
        ("source=min", "m1 m4"),
        ("source~ruhl", "m2"),
        ("source~min", "m1 m4"),
        ("source~n", "m1 m2 m4"),
        ("article~a", "m1 m2"),
        ("article=a2", "m3 m4 m5"),
        ("source!=anna", "m1 m3 m4 m5"),
        ("owner=Marvenia", "m1 m4"),
        ('outlet="The Gazette"', "m1 m2"),
        ("article=A2", "m1 m2"),
        ("article~harbour", "m1 m2"),
        ("annotator=Ina", "m1"),
        ("status=done", "m3 m4 m5"),
        ("kind=person", "m2"),
        ("kind=denies", "m1 m2"),
        ('text~"nothing stopped"', "m1"),
        ("certainty=certain", "m1"),
        ("date=2031", "m1 m2"),
        ("date<2031-02-03", ""),
        ("date<2031-03", "m1 m2"),
        ("date>2031", "m3 m4 m5"),
        ("attr.denial_kind=source", "m2"),
        ("attr.denial_kind!=source", "m1 m3 m4 m5"),
        ("attr.size<10", "m3"),
        ("attr.size>10", ""),
        ("across", "m1 m3 m5"),
        ("linked", "m1 m2 m3 m5"),
        ("unlinked", "m4"),
        ("has_note", "m3"),
        ("question", "m4"),
        ("label=denial and source=min", "m4"),
        ("label=denial or label=evidence", "m2 m3 m4"),
        ("not (label=claim or linked)", "m4"),
    ],
)
def test_a_query_finds_the_marks_it_says(query, found):
    facts = Facts.of(RECORDS)
    names = {"u1": "Ina", "u2": "Bo"}
    assert " ".join(matching(facts, names, parse(query))) == found


def kept(query):
    return [getattr(record, "id", record.type) for record in select(RECORDS, parse(query))]


def test_a_mark_brings_all_it_needs_and_nothing_else():
    assert kept("label=claim and source=min") == [
        "project", "u1", "u2", "state", "min", "gazette", "a0", "a1", "m1", "p1", "n1", "j1",
    ]  # fmt: skip


def test_a_link_stays_where_the_marks_at_its_ends_do():
    both = kept("article=a1")
    assert "l1" in both
    assert "l2" not in both
    assert {"l3", "state"} <= set(kept("label=denial and article=a1"))


def test_a_pin_stays_with_its_mark():
    assert "k1" in kept("question")
    assert "k1" not in kept("label=claim")


def test_what_a_query_leaves_of_an_export_is_whole():
    for query in ("label=denial", "across", "question", "not linked", "label=nothing"):
        rows = list(select(RECORDS, parse(query)))
        ids = {getattr(row, "id", "") for row in rows}
        for row in rows:
            if isinstance(row, Mark):
                assert {row.article, *(step.source for step in row.attribution)} <= ids
            elif isinstance(row, Link):
                assert {row.origin.id, row.target.id} <= ids
            elif isinstance(row, Mention):
                assert {row.mark, row.proposition} <= ids
