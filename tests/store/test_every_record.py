"""Nothing a project can hold is lost on its way in and out: every type, every field."""

from dataclasses import fields

from annotator.domain import model
from annotator.domain.ids import new_id
from annotator.domain.model import RECORD_TYPES, Attribution, Ref, Region
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span
from annotator.domain.text import text_sha256
from annotator.store import edits, export
from annotator.store.imports import import_records
from annotator.store.store import Store
from tests.store.samples import TEXT, dump

A = {
    name: new_id()
    for name in ("ann", "state", "office", "paper", "old", "new", "photo", "m1", "m2", "c1", "c2")
}
EXTRA = {"colour": "red", "nested": {"a": [1, None]}}


def every_record():
    """One record of each type with every field set to something that is not its default."""
    common = {"origin_id": "theirs", "extra": EXTRA}
    source = {"role": "speaker", "country": "LT", "aliases": ("Boss",), "named": False, "anonymity": "fear"}
    return [
        model.ProjectLine(name="Bridge"),
        model.SchemeLine(data={**Scheme.default().data, "preset": "corpus", "note": "ours"}),
        model.Annotator(id=A["ann"], name="Ada", **common),
        model.Source(id=A["state"], name="State", kind="state"),
        model.Source(
            id=A["office"],
            name="Office",
            kind="organisation",
            affiliation=A["state"],
            author=A["state"],
            publisher=A["state"],
            wikidata="Q1",
            confidential=True,
            note="n",
            **source,
            **common,
        ),
        model.Source(id=A["paper"], name="Paper", kind="outlet", same_as=A["office"]),
        model.Article(id=A["old"], text="Old text.", sha256=text_sha256("Old text.")),
        model.Article(
            id=A["new"],
            text=TEXT,
            title="t",
            byline="b",
            outlet=A["paper"],
            agency=A["office"],
            date="2024-05",
            updated="2024-06",
            retrieved="2024-07-01",
            url="https://example.org",
            archive_url="https://example.org/a",
            language="en",
            rights="CC0",
            tags=("x", "y"),
            status="done",
            regions=(Region("title", Span(0, 5)),),
            version_of=A["old"],
            sha256=text_sha256(TEXT),
            origin={"file": "f.txt", "encoding": "utf-8", "sha256": "0", "extractor": None},
            note="n",
            **common,
        ),
        model.Exhibit(
            id=A["photo"],
            title="t",
            url="u",
            archive_url="a",
            sha256="s",
            captured="2024",
            note="n",
            **common,
        ),
        model.Mark(
            id=A["m1"],
            article=A["new"],
            label="claim",
            spans=(Span(4, 12), Span(13, 17)),
            quotes=(TEXT[4:12], TEXT[13:17]),
            annotator=A["ann"],
            attribution=(
                Attribution(A["office"], (Span(13, 17),), (Span(0, 3),)),
                Attribution(None),
                Attribution(A["paper"]),
            ),
            possible_source=A["state"],
            attributes={"certainty": "possible", "act": "allege", "place": "Kaunas"},
            origins={"certainty": "hand", "act": "rule:say@1"},
            hedges=(Span(18, 20),),
            flags=("anaphoric",),
            sure=False,
            status="checked",
            question="who?",
            proposed_by="rule:x@1",
            scheme_version=3,
            created="2024-05-01T00:00:00.000Z",
            note="n",
            **common,
        ),
        model.Mark(
            id=A["m2"],
            article=A["new"],
            label="denial",
            spans=(Span(30, 40),),
            quotes=(TEXT[30:40],),
            annotator=A["ann"],
            attributes={"denial_kind": ["content", "source"]},
            scheme_version=1,
            created="2024-05-02T00:00:00.000Z",
        ),
        model.Proposition(
            id=A["c1"],
            text="The bridge is closed",
            place="p",
            time="t",
            topic="o",
            set="s",
            in_no_article=True,
            note="n",
            **common,
        ),
        model.Proposition(id=A["c2"], text="It is open"),
        model.Mention(
            id=new_id(),
            mark=A["m1"],
            proposition=A["c1"],
            stance="query",
            certainty="probable",
            annotator=A["ann"],
            note="n",
            **common,
        ),
        model.Link(
            id=new_id(),
            kind="undermines",
            origin=Ref("mark", A["m2"]),
            target=Ref("source", A["office"]),
            how="undercut",
            inferred=True,
            annotator=A["ann"],
            created="2024-05-03T00:00:00.000Z",
            note="n",
            **common,
        ),
        model.Link(
            id=new_id(),
            kind="supports",
            origin=Ref("exhibit", A["photo"]),
            target=Ref("proposition", A["c1"]),
            annotator=A["ann"],
            created="2024-05-03T00:00:00.000Z",
        ),
        model.Link(
            id=new_id(),
            kind="responds_to",
            origin=Ref("mark", A["m2"]),
            target=Ref("mark", A["m1"]),
            annotator=A["ann"],
            created="2024-05-03T00:00:00.000Z",
        ),
        model.PropositionLink(
            id=new_id(),
            origin=A["c1"],
            kind="alternative_to",
            target=A["c2"],
            annotator=A["ann"],
            note="n",
            **common,
        ),
        model.Judgement(
            id=new_id(),
            target=Ref("source", A["office"]),
            scale="reliability",
            value="F",
            annotator=A["ann"],
            at="2024-05-04T00:00:00.000Z",
            reason="why",
            **common,
        ),
        model.Dismissal(
            id=new_id(),
            rule="mark_without_source",
            target=Ref("mark", A["m2"]),
            reason="known",
            annotator=A["ann"],
            at="2024-05-04T00:00:00.000Z",
            **common,
        ),
        model.SavedSearch(id=new_id(), name="mine", query="label=claim", note="n", **common),
        model.Pin(id=new_id(), mark=A["m1"], note="n", **common),
        model.Report(id=new_id(), title="t", lead="l", claims=(A["c2"], A["c1"]), note="n", **common),
    ]


def test_the_records_of_this_test_leave_no_field_untried():
    tried = {(type(record), one.name) for record in every_record() for one in fields(record)
             if getattr(record, one.name) != one.default}  # fmt: skip
    untried = {
        (record.type, one.name)
        for record in RECORD_TYPES
        for one in fields(record)
        if (record, one.name) not in tried
        and one.name not in ("line", "path", "original", "format", "offsets", "extra")
    }
    assert untried == set()


def test_every_field_of_every_record_comes_out_as_it_went_in():
    given = every_record()
    store = Store.memory()
    import_records(store, given)
    order = {kind: place for place, kind in enumerate(RECORD_TYPES)}
    expected = sorted(given, key=lambda record: (order[type(record)], getattr(record, "id", "")))
    assert list(export.records(store)) == expected
    store.close()


def test_undoing_the_import_of_everything_leaves_nothing_and_redoing_brings_all_back():
    store = Store.memory()
    import_records(store, every_record())
    before = dump(store)
    store.undo()
    assert not any(dump(store).values())
    store.redo()
    assert dump(store) == before
    store.close()


def test_an_article_with_everything_on_it_can_be_deleted_and_brought_back():
    store = Store.memory()
    import_records(store, every_record())
    before = dump(store)
    edits.delete_article(store, A["new"])
    assert store.query("SELECT count(*) FROM mark") == [(0,)]
    store.undo()
    assert dump(store) == before
    store.close()
