"""Texts are read a few at a time, and checked, however many articles there are."""

import sys

import pytest

from annotator.domain.comparing import align
from annotator.domain.errors import UserError
from annotator.domain.model import Article
from annotator.store import read as store_reads
from annotator.store import reading, texts
from annotator.store.imports import import_records
from annotator.store.texts import TextReader

TEXTS = {"a": "Kyiv denies it.", "b": "Київ заперечує це.", "c": "基辅否认。"}


@pytest.fixture
def reader(store):
    import_records(store, [Article(id=name, text=text) for name, text in TEXTS.items()])
    return TextReader(store)


def articles(store):
    return [row for (row,) in store.query("SELECT id FROM shown_article ORDER BY id")]


def test_texts_come_in_the_order_asked_for(store, reader):
    asked = articles(store)[::-1]
    [found] = reader.of(asked)
    assert [*found.items()] == [*zip(asked, [*TEXTS.values()][::-1], strict=True)]


def test_texts_that_are_long_together_are_read_one_after_the_other(store, reader, monkeypatch):
    monkeypatch.setattr(texts, "_TOGETHER", len(TEXTS["a"]) + len(TEXTS["b"]))
    assert [[*found.values()] for found in reader.of(articles(store))] == [
        [TEXTS["a"], TEXTS["b"]],
        [TEXTS["c"]],
    ]


def test_the_texts_read_last_are_not_read_again(store, reader):
    [found] = reader.of(articles(store)[:2])
    assert next(reader.of(articles(store)[1:2])) is found


def test_an_article_that_is_not_there_is_named(reader):
    with pytest.raises(UserError, match="no-such-row"):
        list(reader.of(["nowhere"]))


def test_large_texts_that_were_read_do_not_stay_all(store, monkeypatch):
    monkeypatch.setattr(reading, "CACHED_BYTES", 40_000)
    names = [f"large {number}" for number in range(9)]
    import_records(store, [Article(id=name, text=f"{name} ".ljust(10_000, "a")) for name in names])
    for article in articles(store):
        store_reads.text(store, article)
        store_reads.paragraphs(store, article)
    kept = [*store._cache.values()]
    assert len(kept) == reading.ALWAYS_CACHED
    assert kept[-2:] == [store_reads.text(store, article), store_reads.paragraphs(store, article)]


def test_small_texts_that_were_read_stay_by_the_dozen(store):
    import_records(store, [Article(id=str(number), text=f"Story {number}.") for number in range(12)])
    first = [store_reads.text(store, article) for article in articles(store)]
    again = [store_reads.text(store, article) for article in articles(store)]
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_a_text_over_the_bound_is_read_once_while_it_is_looked_at(store, monkeypatch):
    monkeypatch.setattr(reading, "CACHED_BYTES", 1_000)
    import_records(store, [Article(id="a", text="a" * 10_000)])
    [article] = articles(store)
    assert store_reads.text(store, article) is store_reads.text(store, article)


def test_what_two_versions_share_counts_with_both_texts(store):
    assert sys.getsizeof(align("a" * 10_000, "b" * 10_000)) > 20_000
