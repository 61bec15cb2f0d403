"""Texts are read a few at a time, and checked, however many articles there are."""

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Article
from annotator.store import texts
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
