from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.store import edits
from annotator.store.session import Session
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.ui.hands.desk import Desk, new_store


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A window with all labels and kinds of links, the text in focus."""
    store = new_store()
    edits.set_preset(store, "analyst")
    window = MainWindow(Session(store), NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Desk(window, Keyboard(window), Pointer(window))
    window.close()
