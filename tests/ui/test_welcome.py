"""An empty project says how to bring in the first article, in the place of the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article
from annotator.domain.text import text_sha256
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store
from tests.ui.windows import window_on

TEXT = "The mill denied it.\n"


@pytest.fixture
def window(qtbot):
    store = Store.memory(Identity(name="Ada"))
    return window_on(store, qtbot)


def test_it_goes_with_the_first_article_and_comes_back_with_undo(window, qtbot):
    assert window.welcome.isVisible()
    article = Article(id=ArticleId(new_id()), text=TEXT, sha256=text_sha256(TEXT))
    import_records(window.session.store, [article])
    qtbot.waitUntil(lambda: not window.welcome.isVisible())
    window.session.store.undo()
    qtbot.waitUntil(window.welcome.isVisible)


def test_the_sample_is_one_click_away(window, qtbot):
    button = next(one for one in window.welcome.findChildren(QPushButton) if "sample" in one.text())
    with qtbot.waitSignal(window.project_asked) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [""]


def test_the_buttons_say_their_keys(window):
    words = [one.text() for one in window.welcome.findChildren(QPushButton)]
    assert any("Ctrl+I" in one for one in words)
    assert any("Ctrl+Shift+V" in one for one in words)


def test_there_is_nothing_to_scroll_until_an_article_is_long(window, qtbot):
    assert not window.view.verticalScrollBar().isEnabled()
    long = TEXT * 500
    article = Article(id=ArticleId(new_id()), text=long, sha256=text_sha256(long))
    import_records(window.session.store, [article])
    qtbot.waitUntil(window.view.verticalScrollBar().isEnabled)
