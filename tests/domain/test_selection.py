"""What goes with some marks into an export."""

from annotator.domain.facts import Facts
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
from annotator.domain.runs import in_runs
from annotator.domain.selection import Selection
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


def selected(marks):
    selection = Selection(Facts.of(RECORDS), marks.split())
    return [record for run in in_runs(RECORDS) for record in selection.of(run) or ()]


def kept(marks):
    return [getattr(record, "id", record.type) for record in selected(marks)]


def test_a_mark_brings_all_it_needs_and_nothing_else():
    assert kept("m1") == [
        "project", "u1", "u2", "state", "min", "gazette", "a0", "a1", "m1", "p1", "n1", "j1",
    ]  # fmt: skip


def test_a_link_stays_where_the_marks_at_its_ends_do():
    both = kept("m1 m2")
    assert "l1" in both
    assert "l2" not in both
    assert {"l3", "state"} <= set(kept("m2"))


def test_a_pin_stays_with_its_mark():
    assert "k1" in kept("m4")
    assert "k1" not in kept("m1 m5")


def test_what_is_left_of_an_export_is_whole():
    for marks in ("m2 m4", "m1 m3 m5", "m4", ""):
        rows = selected(marks)
        ids = {getattr(row, "id", "") for row in rows}
        for row in rows:
            if isinstance(row, Mark):
                assert {row.article, *(step.source for step in row.attribution)} <= ids
            elif isinstance(row, Link):
                assert {row.origin.id, row.target.id} <= ids
            elif isinstance(row, Mention):
                assert {row.mark, row.proposition} <= ids
