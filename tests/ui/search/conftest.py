from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.search.panel import SearchPanel
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.ui.search.searching import searched_store


@pytest.fixture
def store() -> Iterator[Store]:
    store = searched_store()
    yield store
    store.close()


@pytest.fixture
def window(store: Store, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def panel(window: MainWindow) -> SearchPanel:
    window.menus.actions["search"].trigger()
    return window.panels.search
