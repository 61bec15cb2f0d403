from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.store.store import Store
from annotator.ui.search.panel import SearchPanel
from annotator.ui.window import MainWindow
from tests.ui.search.searching import searched_store
from tests.ui.windows import window_on


@pytest.fixture
def store() -> Iterator[Store]:
    store = searched_store()
    yield store
    store.close()


@pytest.fixture
def window(store: Store, qtbot: QtBot) -> Iterator[MainWindow]:
    window = window_on(store, qtbot)
    yield window
    window.close()


@pytest.fixture
def panel(window: MainWindow) -> SearchPanel:
    window.menus.actions["search"].trigger()
    return window.panels.search
