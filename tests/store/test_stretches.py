"""A text is checked by the stretch: all of it is, and none of it is held."""

import sqlite3
import tracemalloc
from contextlib import closing
from itertools import islice, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.domain.text import text_sha256
from annotator.store import edits, stretches
from annotator.store.stretches import StoredText
from annotator.store.verify import Damage, article_damage
from tests.store.samples import TEXT, add_article


def stored(store, text):
    """The text of a new article, read through."""
    article = add_article(store, text)
    rows = store.query(
        "SELECT c.id FROM article a JOIN content c ON c.sha256 = a.sha256 WHERE a.id = ?", (article,)
    )
    found = StoredText(store, rows[0][0])
    list(found.read_through())
    return found


@given(text=st.text(min_size=1, alphabet="aß€🌉\n"), size=st.integers(4, 9), data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_read_by_the_stretch_is_the_text(store, text, size, data):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stretches, "_BYTES", size)
        found = stored(store, text)
        assert (found.length, found.sha256) == (len(text), text_sha256(text))
        for _ in range(5):
            start = data.draw(st.integers(0, len(text) - 1))
            end = data.draw(st.integers(start + 1, len(text)))
            assert found.piece(start, end) == text[start:end]


@pytest.fixture
def little_is_a_stretch(monkeypatch):
    monkeypatch.setattr(stretches, "_BYTES", 64)


def marked(store):
    """An article of many stretches, with marks one after the other and one about all of it."""
    text = "".join(f"{number:03} {TEXT}" for number in range(20))
    article = add_article(store, text)
    ends = list(range(0, len(text), 45))
    for start, end in pairwise(ends):
        edits.add_mark(store, article, "claim", [Span(start, end)])
    edits.add_mark(store, article, "claim", [Span(0, 5), Span(len(text) - 5, len(text))])
    edits.add_mark(store, article, "claim", [Span(0, len(text))])
    return article


def damage_after(sql, store, opened, article):
    """What is wrong with an article once another program has changed the file."""
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(sql)
        connection.commit()
    return [one for one in article_damage(opened(), article) if one is not None]


def test_a_sound_article_of_many_stretches_has_no_damage(store, little_is_a_stretch):
    assert not any(article_damage(store, marked(store)))


def test_one_changed_character_is_found_with_each_quote_it_stands_in(opened, little_is_a_stretch):
    article = marked(store := opened())
    found = damage_after(
        "UPDATE content SET text = replace(text, '007 The', '007 Six')", store, opened, article
    )
    assert [one.code for one in found] == ["damage-text", "damage-quote", "damage-quote"]
    assert all("Six" in one.details["found"] for one in found[1:])


def test_a_text_that_is_no_text_any_more_is_told_as_damaged(opened):
    article = add_article(store := opened(), TEXT)
    found = damage_after("UPDATE content SET text = CAST(x'41FF42' AS TEXT)", store, opened, article)
    assert [one.code for one in found] == ["damage-text"]


def test_a_text_that_is_gone_is_told_as_damaged(opened):
    article = add_article(store := opened(), TEXT)
    found = damage_after("DELETE FROM content", store, opened, article)
    assert [one.code for one in found] == ["damage-text"]


@pytest.mark.parametrize("steps", [1, 3, 40])
def test_nothing_is_wrong_with_an_article_that_is_taken_away_while_it_is_checked(
    opened, little_is_a_stretch, steps
):
    article = marked(store := opened())
    with closing(store.reader()) as reader:
        check = article_damage(reader, article)
        assert not any(islice(check, steps))
        edits.delete_article(store, article)
        assert not any(check)


def test_a_check_of_a_long_article_holds_only_stretches_of_it(store):
    article = add_article(store, "The bridge 🌉 was closed.\n" * 100_000)
    held = []
    tracemalloc.start()
    for one in article_damage(store, article):
        assert not isinstance(one, Damage)
        held.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert max(held) < 4_000_000
