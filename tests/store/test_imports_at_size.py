"""An import is read in runs of records, and what is stopped leaves nothing behind."""

from dataclasses import replace

import pytest

from annotator.app.project import Project
from annotator.domain.model import Article, Attribution, Link, Mark, Mention, Proposition, Ref, Source
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.bulk import BulkCancelledError
from annotator.store.format_2_ends import EVERY
from annotator.store.imports import import_records, links, rows
from annotator.store.loose_ends import backlog, is_much, look
from annotator.store.store import Store

TEXT = "The ministry said that the harbour was closed. " * 20


def corpus(marks):
    """An article in which every odd mark denies the one before it."""
    yield Article(id="a", text=TEXT)
    for number in range(marks):
        label = "denial" if number % 2 else "claim"
        span = Span(number % 900, number % 900 + 20)
        yield Mark(id=f"m{number}", article="a", label=label, spans=(span,), quotes=(TEXT[slice(*span)],))
    for number in range(1, marks, 2):
        ends = Ref("mark", f"m{number}"), Ref("mark", f"m{number - 1}")
        yield Link(id=f"l{number}", kind="denies", origin=ends[0], target=ends[1])


def reads_before_the_links_are_performed(marks):
    store, asked = Store.memory(), []
    query = store.query
    store.query = lambda sql, parameters=(): asked.append(sql) or query(sql, parameters)
    import_records(store, (record for record in corpus(marks) if not isinstance(record, Link)))
    return len(asked)


def test_ids_of_marks_are_looked_up_in_runs_and_not_one_by_one():
    few, many = (reads_before_the_links_are_performed(count) for count in (400, 1200))
    assert many - few < 20


def test_rows_of_an_import_share_their_statements():
    def inserts(marks):
        store, asked = Store.memory(), []
        execute = store.execute
        store.execute = lambda sql, parameters=(): asked.append(sql) or execute(sql, parameters)
        import_records(store, (record for record in corpus(marks) if not isinstance(record, Link)))
        return sum(sql.startswith("INSERT INTO main.mark") for sql in asked)

    assert inserts(2000) - inserts(1000) == 10


def test_what_a_batch_brought_is_counted_without_going_through_all_that_is_there():
    store, asked = Store.memory(), []
    execute = store.execute
    store.execute = lambda sql, parameters=(): asked.append((sql, parameters)) or execute(sql, parameters)
    source = Source(id="s", name="Ministry")
    marks = (replace(one, attribution=(Attribution("s"),)) for one in corpus(3000) if isinstance(one, Mark))
    import_records(store, [source, Article(id="a", text=TEXT), *marks])
    counts = [one for one in asked if one[0].startswith(("INSERT INTO tally", "INSERT INTO source_tally"))]
    assert {sql.split()[2] for sql, _ in counts} == {"tally", "source_tally"}
    for sql, parameters in counts:
        plan = [row[3] for row in store.query(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        assert "USING INTEGER PRIMARY KEY (rowid>" in plan[0]


def test_claims_that_links_deny_get_their_nodes_together():
    def asked(marks):
        store, asked = Store.memory(), []
        query, execute = store.query, store.execute
        store.query = lambda sql, parameters=(): asked.append(sql) or query(sql, parameters)
        store.execute = lambda sql, parameters=(): asked.append(sql) or execute(sql, parameters)
        import_records(store, corpus(marks))
        assert read.count(store, Proposition) == read.count(store, Mention) == marks // 2
        return len(asked)

    assert asked(1200) - asked(400) < 100


def test_a_claim_that_several_links_deny_gets_one_node_and_one_that_has_a_node_none():
    store = Store.memory()
    *records, link = corpus(4)
    node = Proposition(id="p", text="The harbour was closed.")
    said = Mention(id="n", mark="m2", proposition="p", stance="support")
    again = Link(id="again", kind="denies", origin=Ref("mark", "m3"), target=Ref("mark", "m0"))
    import_records(store, [*records[:-1], node, said, records[-1], link, again])
    nodes = {row.text: row.id for row in read.records(store, Proposition)}
    assert len(nodes) == 2
    assert sorted(row.stance for row in read.records(store, Mention)) == ["support", "support"]
    assert [number for (number,) in store.query("SELECT number FROM proposition ORDER BY number")] == [1, 2]


def folder_by_turns(articles):
    """Articles, marks and links in the order of a folder of documents."""
    for number in range(articles):
        yield Article(id=f"{number}", text=f"{number} {TEXT}")
        for mark in (f"{number}/a", f"{number}/b"):
            quote = f"{number} The"
            yield Mark(id=mark, article=f"{number}", label="claim", spans=((0, len(quote)),), quotes=(quote,))
        ends = Ref("mark", f"{number}/a"), Ref("mark", f"{number}/b")
        yield Link(id=f"{number}/l", kind="supports", origin=ends[0], target=ends[1])


def commits_of(articles):
    store, committed = Store.memory(), []
    writing_as = store.writing_as
    store.writing_as = lambda operation: committed.append(operation) or writing_as(operation)
    import_records(store, folder_by_turns(articles))
    return len(committed)


def test_articles_marks_and_links_that_come_by_turns_are_not_committed_one_by_one():
    assert commits_of(300) == commits_of(30)


def test_links_find_marks_that_stand_far_before_them_in_the_file(store):
    done = import_records(store, corpus(1000))
    assert (done.added["mark"], done.added["link"]) == (1000, 500)
    denied = {link.target.id for link in read.records(store, Link)}
    assert denied == {mark.id for mark in read.records(store, Mark) if mark.label == "claim"}


def test_what_links_make_carries_the_operation_and_costs_the_history_no_image(store):
    import_records(store, corpus(100))
    assert store.query("SELECT count(*) FROM shown_mention") == [(50,)]
    assert store.query("SELECT count(*) FROM change WHERE tbl IN ('mention', 'proposition')") == [(0,)]
    store.undo()
    assert store.query("SELECT count(*) FROM shown_mention") == [(0,)]
    store.redo()
    assert store.query("SELECT count(*) FROM shown_mention") == [(50,)]


@pytest.mark.parametrize("format_", ["annotator-jsonl", "brat", "csv"])
def test_an_export_that_is_stopped_leaves_nothing_behind(tmp_path, store, format_):
    import_records(store, corpus(1000))
    folder = tmp_path / "exports"
    folder.mkdir()
    with pytest.raises(BulkCancelledError):
        Project(store).export(folder / "out", format_, progress=lambda count: count < 600)
    assert list(folder.iterdir()) == []


def noted(store):
    return store.query("SELECT tbl, count(*) FROM unchecked GROUP BY tbl")


def test_what_fills_an_empty_project_is_looked_at_as_a_whole_and_not_noted_row_by_row():
    store = Store.memory()
    import_records(store, folder_by_turns(300))
    assert noted(store) == [("every", len(EVERY))]
    assert backlog(store).articles == 300
    for _ in look(store):
        pass
    assert backlog(store) == (0, 0)


def test_the_little_that_comes_into_an_empty_project_is_noted_and_looked_at_without_waiting():
    store = Store.memory()
    for _ in look(store):
        pass
    import_records(store, folder_by_turns(3))
    assert noted(store) == [("article", 3), ("marks", 3)]
    assert not is_much(store)


def test_in_a_project_that_holds_articles_only_what_comes_is_looked_at():
    store = Store.memory()
    import_records(store, corpus(10))
    for _ in look(store):
        pass
    import_records(store, folder_by_turns(3))
    assert noted(store) == [("article", 3), ("marks", 3)]


def test_marks_are_counted_by_the_length_of_their_text_in_whatever_batch_it_came(monkeypatch):
    monkeypatch.setattr(rows, "CHARACTERS", 2 * len(TEXT))
    store = Store.memory()
    import_records(store, (record for record in folder_by_turns(5) if isinstance(record, Article)))
    assert store.query("SELECT count(*) FROM extent") == [(5,)]


@pytest.mark.parametrize("records", [200, 6_000])
def test_whatever_becomes_of_an_import_the_file_is_made_as_before(records):
    store = Store.memory()
    before = sorted(store.query("SELECT name, sql FROM sqlite_schema"))
    with pytest.raises(BulkCancelledError):
        import_records(store, corpus(8_000), progress=lambda count: count < records)
    assert sorted(store.query("SELECT name, sql FROM sqlite_schema")) == before
    import_records(store, corpus(10))
    assert sorted(store.query("SELECT name, sql FROM sqlite_schema")) == before


def test_a_stopped_import_leaves_nothing_behind(store):
    with pytest.raises(BulkCancelledError):
        import_records(store, corpus(1000), progress=lambda count: count < 600)
    assert store.query("SELECT count(*) FROM main.mark") == [(0,)]
    assert store.query("SELECT count(*) FROM main.operation") == [(0,)]


def test_an_import_leaves_the_project_as_quick_as_it_was():
    store = Store.memory()
    usual = store.query("PRAGMA cache_size")
    import_records(store, corpus(4))
    assert store.query("PRAGMA cache_size") == usual


def test_nodes_of_denied_claims_are_forgotten_once_they_are_committed(monkeypatch):
    monkeypatch.setattr(links, "NODES", 50)
    remembered = []
    write = rows.Rows.write

    def noted(self):
        write(self)
        remembered.append(sum(map(len, self._queued.values())))

    monkeypatch.setattr(rows.Rows, "write", noted)
    store = Store.memory()
    import_records(store, corpus(1200))
    assert len(remembered) > 10
    assert not any(remembered)
