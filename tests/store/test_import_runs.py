"""Records that are taken by the run end up as they do when each is looked at on its own."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.domain.model import (
    Annotator,
    Article,
    Attribution,
    Link,
    Mark,
    Mention,
    Proposition,
    Ref,
    Region,
    Source,
)
from annotator.domain.spans import Span
from annotator.store import bulk, edits, read
from annotator.store.bulk import Bulk
from annotator.store.imports import chains, import_records
from annotator.store.imports.importer import _Importer
from annotator.store.imports.links import Links
from annotator.store.imports.marks import Marks
from annotator.store.imports.texts import Texts
from annotator.store.store import Store

TEXT = "Kyiv denies it. Nobody was hurt, a spokesman said on Monday; two houses burned.\r\n" * 2
STORED = TEXT.replace("\r\n", "\n")
UUIDS = [f"0174876e-8000-7000-8000-{number:012}" for number in range(40)]
ARTICLES, SOURCES, CLAIM, ANNOTATOR, NOBODY = UUIDS[0:2], UUIDS[2:4], UUIDS[4], UUIDS[5], UUIDS[9]
NEW = [*UUIDS[10:], *(f"T{number}" for number in range(20))]
SPANS = [(Span(0, 4),), (Span(5, 11),), (Span(0, 4), Span(12, 14))]
ATTRIBUTIONS = [(), (Attribution(SOURCES[0]),), (Attribution(None, SPANS[1]), Attribution(SOURCES[1]))]
WORDS = [STORED, TEXT, "Nobody was hurt.\n", "Houses \x0b burned.", "\ufeffTwo", "2"]
UNUSUAL = {
    Article: {
        "id": ["A0", UUIDS[8], SOURCES[0]],
        "text": [*WORDS, "half a \ud800 pair"],
        "origin_id": ["elsewhere"],
        "status": ["unknown"],
        "sha256": ["0" * 64],
        "outlet": [NOBODY, SOURCES[1], "source:A new one"],
        "version_of": [NOBODY, *UUIDS[6:9]],
        "regions": [(Region("caption", Span(0, 2)),), (Region("caption", Span(0, 9999)),)],
        "original": [b"as it was"],
        "extra": [{"b": 1}],
    },
    Mark: {
        "id": ["T0", "", UUIDS[10]],
        "origin_id": ["T1", "elsewhere"],
        "article": [NOBODY],
        "label": ["no such label"],
        "spans": [((5, 11),), (), (Span(4, 4),), (Span(0, 9999),), (Span(5, 7), Span(0, 4)), (Span(1, 5),)],
        "quotes": [(), ("no such words",), ("Kyiv", "denies")],
        "annotator": ["Bo", NOBODY, " "],
        "attribution": [(Attribution(NOBODY),), (Attribution(None, (Span(5, 5),)),)],
        "possible_source": [NOBODY],
        "attributes": [{"certainty": "no such value"}, {"what": 1}],
        "hedges": [(Span(3, 9999),), ((3, 5),)],
        "extra": [{"b": 1, "a": 2}],
    },
    Mention: {"id": ["", "T0"], "mark": [NOBODY], "stance": ["doubt"]},
    Link: {
        "id": [UUIDS[10]],
        "kind": ["same_claim", "no such kind"],
        "origin": [Ref("mark", NOBODY), Ref("source", SOURCES[0])],
        "target": [Ref("mark", NEW[0]), Ref("proposition", CLAIM), Ref("article", ARTICLES[0])],
    },
}


@st.composite
def marks(draw, row_id):
    spans = draw(st.sampled_from(SPANS))
    return Mark(
        id=row_id,
        article=draw(st.sampled_from(ARTICLES)),
        label=draw(st.sampled_from(["claim", "denial"])),
        spans=spans,
        quotes=tuple(STORED[start:end] for start, end in spans),
        annotator=draw(st.sampled_from([ANNOTATOR, "Ana"])),
        attribution=draw(st.sampled_from(ATTRIBUTIONS)),
        possible_source=draw(st.sampled_from([None, *SOURCES])),
        attributes=draw(st.sampled_from([{}, {"certainty": "certain"}])),
        hedges=draw(st.sampled_from([(), (Span(3, 5),)])),
        created="2026-01-01T00:00:00Z",
    )


@st.composite
def files(draw):
    """Records as a file brings them, with one among them that may be unusual."""
    ids = iter(draw(st.permutations(NEW)))
    taken = [draw(marks(next(ids))) for _ in range(draw(st.integers(2, 8)))]
    ends = st.tuples(*[st.sampled_from([one.id for one in taken])] * 2).filter(lambda two: two[0] != two[1])
    taken += [
        Mention(id=next(ids), mark=draw(ends)[0], proposition=CLAIM, stance="support")
        for _ in range(draw(st.integers(0, 3)))
    ]
    for _ in range(draw(st.integers(0, 4))):
        origin, target = (Ref("mark", one) for one in draw(ends))
        kind = draw(st.sampled_from(["elaborates", "relates_to"]))
        taken.append(
            Link(id=next(ids), kind=kind, origin=origin, target=target, created="2026-01-01T00:00:00Z")
        )
    others = [Article(id=one, text=one, tags=(one,)) for one in UUIDS[6:9]]
    for some in (taken, others):
        place = draw(st.integers(0, len(some) * 2))
        if place < len(some):
            unusual = UNUSUAL[type(some[place])]
            name = draw(st.sampled_from([*unusual]))
            some[place] = replace(some[place], **{name: draw(st.sampled_from(unusual[name]))})
    return [
        Annotator(id=ANNOTATOR, name="Cy"),
        *(Source(id=one, name=one) for one in SOURCES),
        *others,
        Article(id=ARTICLES[0], text=STORED, title="One", outlet=SOURCES[0]),
        Article(id=ARTICLES[1], text=draw(st.sampled_from([STORED, TEXT, "Kyiv " * 20])), title="Other"),
        *(one for one in taken if isinstance(one, Mark)),
        Proposition(id=CLAIM, text="Nobody was hurt."),
        *(one for one in taken if not isinstance(one, Mark)),
    ]


def outcome(records, repair: bool, times: int) -> object:
    """What is in the project after an import, ids that were made aside; or why there was none."""
    store, told = Store.memory(), []
    try:
        for _ in range(times):
            done = import_records(
                store, records, repair=repair, report=lambda *one, **more: told.append((one, more))
            )
            told.append((done.added, done.skipped, done.refused, done.reanchored))
    except UserError as error:
        return error.code, error.details
    made: dict[str, str] = {}
    for table in ("annotator", "source", "article", "mark", "proposition", "mention", "link"):
        for (row_id,) in store.query(f"SELECT id FROM {table} ORDER BY rowid"):
            made.setdefault(row_id, row_id if row_id in UUIDS else f"made {len(made)}")
    tables = {
        table: [
            tuple(made.get(value, value) for value in row)
            for row in store.query(
                f"SELECT {columns} FROM {table} ORDER BY {'1' if table in COUNTERS else 'rowid'}"
            )
        ]
        for table, columns in COLUMNS.items()
    }
    for table in COUNTERS:  # in the order of keys, of which some are made
        tables[table].sort()
    return tables, told


COUNTERS = ("extent", "tally", "source_tally")
COLUMNS = {
    "annotator": "id, name, origin_id",
    "source": "id, number, name, origin_id",
    "content": "id, sha256, text, length",
    "content_search_docsize": "id, sz",
    "original": "sha256, bytes",
    "article": "id, number, sha256, title, outlet, version_of, regions, tags, status, original, origin_id,"
    " extra",
    "extent": "article, length, parts",
    "tally": "article, part, label, marks, links",
    "source_tally": "source, marks",
    "mark": 'id, number, article, label, start, "end", reach, spans, quotes, contexts, annotator,'
    " possible_source, attributes, origins, hedges, flags, sure, status, scheme_version, created, note,"
    " origin_id, extra",
    "attribution": "mark, level, source, cue, mention",
    "proposition": "id, number, text, origin_id, extra",
    "mention": "id, mark, proposition, stance, certainty, annotator, note, origin_id, extra",
    "link": "id, kind, from_mark, to_mark, to_proposition, to_source, inferred, annotator,"
    " created, origin_id",
}


@settings(max_examples=settings().max_examples // 4)
@given(files(), st.booleans(), st.integers(1, 2))
def test_a_run_is_stored_or_refused_as_its_records_one_by_one(records, repair, times):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "AT_ONCE", 2)
        together = outcome(records, repair, times)
        patch.setattr(_Importer, "_what_stores", lambda importer, run: None)
        assert outcome(records, repair, times) == together


@settings(max_examples=settings().max_examples // 4)
@given(files(), st.sampled_from([2, 12, 1000]))
def test_counters_are_the_same_whether_rows_are_counted_by_the_batch_or_one_by_one(records, batch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "AT_ONCE", 3)
        one_by_one = outcome(records, False, 2)
        patch.setattr(bulk, "LARGE", 0)
        patch.setattr(Bulk, "BATCH", batch)
        assert outcome(records, False, 2) == one_by_one


def test_the_next_edit_after_rows_came_by_the_batch_is_noted_and_undone(monkeypatch):
    monkeypatch.setattr(bulk, "LARGE", 0)
    store = Store.memory()
    triggers = sorted(store.query("SELECT name, sql FROM temp.sqlite_schema"))
    mark = Mark(id=NEW[0], article=ARTICLES[0], label="claim", spans=(Span(0, 4),), quotes=("Kyiv",))
    import_records(store, [Article(id=ARTICLES[0], text=STORED), mark])
    assert sorted(store.query("SELECT name, sql FROM temp.sqlite_schema")) == triggers
    with pytest.raises(sqlite3.IntegrityError, match="edit outside an operation"):
        store.execute("INSERT INTO main.article (id, number, sha256) SELECT 'x', 2, sha256 FROM main.article")
    made = edits.add_mark(store, ARTICLES[0], "claim", [(5, 11)])
    assert store.query("SELECT tbl, row FROM change WHERE tbl = 'mark'") == [("mark", made)]
    store.undo()
    assert read.count(store, Mark) == 1


def test_a_batch_that_fails_leaves_the_journal_as_watchful_as_it_was(monkeypatch):
    monkeypatch.setattr(bulk, "LARGE", 0)
    store = Store.memory()
    schemas = "SELECT name, sql FROM temp.sqlite_schema UNION SELECT name, sql FROM main.sqlite_schema"
    before = store.query(schemas)

    def fail(batch, head, rows):
        raise ZeroDivisionError

    monkeypatch.setattr(Bulk, "_insert", fail)
    with pytest.raises(ZeroDivisionError):
        import_records(store, [Source(id=SOURCES[0], name="One")])
    assert store.query(schemas) == before


def test_only_records_that_are_unusual_are_looked_at_on_their_own(monkeypatch):
    looked_at = []

    def looking(take):
        def look(taker, record):
            looked_at.append(record.id)
            take(taker, record)

        return look

    for kind, name in ((Texts, "take"), (Marks, "take"), (Links, "take"), (_Importer, "_take_plain")):
        monkeypatch.setattr(kind, name, looking(getattr(kind, name)))
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    mark = Mark(id="first", article=ARTICLES[0], label="claim", spans=(Span(0, 4),), quotes=("Kyiv",))
    records = [
        Source(id="source:Two", name="Two"),
        Article(id=ARTICLES[0], text=STORED),
        Article(id=ARTICLES[1], text=TEXT),  # the same text
        Article(id="A2", text="Two\r\n", outlet="source:Two"),
        Article(id="A3", text="Three", version_of="A2"),
        mark,  # its annotator is new
        replace(mark, id=UUIDS[11]),
        replace(mark, id="T1", spans=(Span(0, 4), Span(5, 11)), quotes=("Kyiv", "denies")),
        replace(mark, id="T2", spans=(Span(1, 5),)),
        Proposition(id=CLAIM, text="Nobody was hurt."),
        Mention(id=UUIDS[20], mark=MarkId("T1"), proposition=CLAIM, stance="support"),
        Link(id=UUIDS[21], kind="denies", origin=Ref("mark", "T1"), target=Ref("mark", UUIDS[11])),
        Link(id=UUIDS[22], kind="same_claim", origin=Ref("mark", "T1"), target=Ref("mark", UUIDS[11])),
    ]
    import_records(Store.memory(), records, repair=True)
    assert looked_at == ["source:Two", ARTICLES[1], "first", "T2", UUIDS[22]]


@pytest.mark.parametrize("source", SOURCES)
def test_a_mark_that_comes_twice_is_compared_with_its_chain_while_that_waits(store, monkeypatch, source):
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    mark = Mark(
        id="T1",
        article=ARTICLES[0],
        label="claim",
        spans=(Span(0, 4),),
        quotes=("Kyiv",),
        attribution=(Attribution(SOURCES[0]),),
    )
    again = replace(mark, attribution=(Attribution(source),))
    sources = [Source(id=one, name=one) for one in SOURCES]
    records = [*sources, Article(id=ARTICLES[0], text=STORED), mark, again]
    if source == SOURCES[0]:
        assert import_records(store, records).skipped == {"mark": 1}
    else:
        with pytest.raises(UserError, match="record-differs"):
            import_records(store, records)


def test_chains_that_wait_go_in_by_source_in_batches(store, monkeypatch):
    monkeypatch.setattr(chains, "WAITING", 30)
    monkeypatch.setattr(Bulk, "BATCH", 20)
    text = "x" * 100
    marks = [
        Mark(
            id=f"M{place}",
            article=ARTICLES[0],
            label="claim",
            spans=(Span(place, place + 1),),
            quotes=("x",),
            attribution=(Attribution(SOURCES[place % 2]), Attribution(None)),
        )
        for place in range(90)
    ]
    sources = [Source(id=one, name=one) for one in SOURCES]
    import_records(store, [*sources, Article(id=ARTICLES[0], text=text), *marks])
    chained = {mark.origin_id: mark.attribution for mark in read.records(store, Mark)}
    assert chained == {mark.id: mark.attribution for mark in marks}
