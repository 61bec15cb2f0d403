"""Whatever moment of an import a kill leaves on disk, the project opens and holds what it held before."""

import shutil
import sqlite3
from contextlib import closing

from annotator.domain.model import Article, Attribution, Mark, Source
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.bulk import Bulk
from annotator.store.imports import import_records
from annotator.store.store import Store
from tests.store.samples import add_article, articles_with

WORDS = ("Harbour 港口 closed.", "Cranes stand still.")


def records():
    yield Source(id="office", name="Harbour office", kind="organisation")
    for number, words in enumerate(WORDS):
        yield Article(id=f"a{number}", text=words, outlet="office", original=words.encode())
    for number, words in enumerate(WORDS):
        yield Mark(
            id=f"m{number}", article=f"a{number}", label="claim", spans=(Span(0, 6),), quotes=(words[:6],),
            attribution=(Attribution("office"),),
        )  # fmt: skip


def test_every_moment_of_an_import_can_be_opened_and_is_taken_back(
    project, opened, me, tmp_path, monkeypatch
):
    store = opened()
    article = add_article(store, "What stood here before.")
    moments = []
    flush = Bulk.flush

    def keep(self):
        flush(self)
        moments.append(shutil.copy(project, tmp_path / f"moment{len(moments)}.annotator"))

    monkeypatch.setattr(Bulk, "BATCH", 1)
    monkeypatch.setattr(Bulk, "flush", keep)
    import_records(store, records())
    assert len(moments) > 8
    for path in moments:
        again = Store.open(path, me)
        assert [row.id for row in read.records(again, Article)] == [article]
        assert articles_with(again, "before") == [article]
        assert articles_with(again, "still") == []
        again.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("INSERT INTO content_search (content_search) VALUES ('integrity-check')")
            counts = "SELECT (SELECT count(*) FROM content), (SELECT count(*) FROM content_search_docsize)"
            assert connection.execute(counts).fetchone() == (1, 1)


def test_a_text_that_never_reached_the_index_is_taken_back_all_the_same(project, opened, me):
    store = opened()
    add_article(store, "What stood here before.")
    store.close()
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("INSERT INTO content (sha256, text, length) VALUES ('x', 'left over', 9)")
        connection.execute("UPDATE operation SET sealed = 0 WHERE kind = 'bulk'")
        assert connection.execute("SELECT count(*) FROM operation WHERE sealed = 0").fetchone() == (1,)
    assert opened().query("SELECT count(*) FROM main.content") == [(0,)]
