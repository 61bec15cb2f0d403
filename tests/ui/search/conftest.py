import pytest

from annotator.app.segment import NewsSegmenter
from annotator.store.session import Session
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.ui.search.searching import searched_store


@pytest.fixture
def store():
    store = searched_store()
    yield store
    store.close()


@pytest.fixture
def window(store, qtbot):
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def panel(window):
    window.menus.actions["search"].trigger()
    return window.panels.search
