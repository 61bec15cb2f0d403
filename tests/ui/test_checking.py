"""An analyst is told when words are not what was marked."""

import os
import sqlite3
import sys
from contextlib import suppress

import pytest

from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, new_id
from annotator.store.bulk import BulkCancelledError
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.store.verify import Damage
from annotator.ui import checking
from annotator.ui.checking import Checker
from tests.store.samples import add_article, asked_of, two_marks


def damaged(tmp_path, sql):
    """A project in which another program changed something, opened again."""
    path = tmp_path / "news.annotator"
    me = Identity(site=new_id(), annotator=AnnotatorId(new_id()), name="Ada")
    store = Store.create(path, me)
    article = add_article(store)
    two_marks(store, article)
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()
    return Store.open(path, me), article


def findings(qtbot, store, article=None):
    """What the checker tells, with an article shown or in the background only."""
    session = Session(store)
    checker = Checker(session, None)
    with qtbot.waitSignal(checker.found) as told:
        if article:
            session.open_article(article)
    checker.close()
    return told.args[0].code


def wait_for_article(qtbot, checker):
    """Wait until the article that was opened last is checked."""
    check = checker._of_article
    qtbot.waitUntil(lambda: check.isRunning() or check.isFinished())
    check.wait()


def test_an_article_is_shown_before_it_is_checked(qtbot, tmp_path):
    store, article = damaged(tmp_path, "SELECT 1")
    session = Session(store)
    checker = Checker(session, None)
    session.open_article(article)
    check = checker._of_article
    assert not check.isRunning()
    assert not check.isFinished()
    wait_for_article(qtbot, checker)
    checker.close()
    store.close()


def test_a_changed_quote_is_told_when_its_article_is_shown(qtbot, tmp_path):
    store, article = damaged(tmp_path, "UPDATE mark SET quotes = '[\"never said\"]'")
    assert findings(qtbot, store, article) == "damage-quote"
    store.close()


def test_a_changed_text_is_told_when_it_is_shown(qtbot, tmp_path):
    store, article = damaged(tmp_path, "UPDATE content SET text = replace(text, 'bridge', 'fridge')")
    assert findings(qtbot, store, article) == "damage-text"
    store.close()


def test_an_article_is_checked_beside_the_window_also_while_a_large_change_runs(qtbot, tmp_path):
    store, article = damaged(tmp_path, "UPDATE mark SET quotes = '[\"never said\"]'")
    session = Session(store)
    checker = Checker(session, None)
    with qtbot.waitSignal(checker.found) as told:
        session.open_article(article)
        with suppress(BulkCancelledError), store.bulk("label-all"):
            with asked_of(store) as asked:
                wait_for_article(qtbot, checker)
            raise BulkCancelledError
    assert asked == []
    checker.close()
    store.close()
    assert told.args[0].code == "damage-quote"


def test_of_articles_that_are_leafed_through_none_is_left_out(qtbot, tmp_path):
    store, first = damaged(tmp_path, "SELECT 1")
    articles = [first, *(add_article(store) for _ in range(4))]
    session = Session(store)
    checked = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            checking, "article_damage", lambda store, article: checked.append(article) or iter(())
        )
        checker = Checker(session, None)
        for article in articles:
            session.open_article(article)
        qtbot.waitUntil(lambda: len(checked) == len(articles))
    assert set(checked) == set(articles)
    checker.close()
    store.close()


def test_the_background_check_leaves_no_large_project_in_memory(qtbot, tmp_path, monkeypatch):
    store, _ = damaged(tmp_path, "SELECT 1")
    caches = []

    def ask(reader):
        caches.append(reader.query("PRAGMA cache_size")[0][0])
        yield Damage("damage-text")

    monkeypatch.setattr("annotator.ui.checking.content_damage", ask)
    findings(qtbot, store)
    assert -1024 <= caches[0] < 0
    store.close()


def test_damage_in_an_article_nobody_opened_is_found_in_the_background(qtbot, tmp_path):
    store, _ = damaged(tmp_path, "UPDATE mark SET quotes = '[\"never said\"]'")
    assert findings(qtbot, store) == "damage-quote"
    store.close()


def test_a_sound_article_is_checked_in_silence(qtbot, tmp_path):
    store, article = damaged(tmp_path, "CREATE TABLE others (id INTEGER)")
    session = Session(store)
    checker = Checker(session, None)
    with qtbot.assertNotEmitted(checker.found):
        session.open_article(article)
        wait_for_article(qtbot, checker)
    checker.close()
    store.close()


OPENED = set()


def note_opening(event, given):
    """Files that Python itself opens; SQLite's own opening is no such event."""
    if event == "open" and isinstance(given[0], str | bytes):
        OPENED.add(os.fspath(os.fsdecode(given[0])))


sys.addaudithook(note_opening)


def test_the_background_check_opens_the_file_through_sqlite_alone(qtbot, tmp_path):
    store, _ = damaged(tmp_path, "UPDATE mark SET quotes = '[\"never said\"]'")
    OPENED.clear()
    assert findings(qtbot, store) == "damage-quote"
    store.close()
    assert str(store.path) not in OPENED


def test_a_file_that_was_moved_away_is_not_checked_in_another_ones_place(qtbot, tmp_path):
    store, _ = damaged(tmp_path, "UPDATE mark SET quotes = '[\"never said\"]'")
    store.path.rename(tmp_path / "elsewhere.annotator")
    with pytest.raises(UserError, match="project-moved"):
        store.reader()
    store.close()
