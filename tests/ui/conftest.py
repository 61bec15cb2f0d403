from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.domain.ids import AnnotatorId, new_id
from annotator.store import edits
from annotator.store.store import Identity
from annotator.ui.desktop import Desktop, Installation
from annotator.ui.dialogs import progress
from annotator.ui.theme import Theme, theme
from tests import LIMIT_MS
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer
from tests.patience import impatient
from tests.ui.hands.desk import Desk, new_store
from tests.ui.panels.project import Project, small_project
from tests.ui.windows import window_on


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from impatient(monkeypatch)


@pytest.fixture(autouse=True)
def quick_work_shows_no_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is: where nothing manages windows, a dialog does not give the keys back."""
    monkeypatch.setattr(progress, "AT_ONCE_MS", LIMIT_MS)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A window with all labels and kinds of links, the text in focus."""
    store = new_store()
    edits.set_preset(store, "analyst")
    window = window_on(store, qtbot, filled="mark")
    yield Desk(window, Keyboard(window), Pointer(window))
    window.close()


@pytest.fixture
def project() -> Project:
    return small_project()


@pytest.fixture
def me() -> Identity:
    return Identity(new_id(), AnnotatorId(new_id()), "Ada")


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path, me: Identity) -> Iterator[Desktop]:
    """The running program, which keeps all of its own in the folder of the test."""
    here = Installation(
        me,
        NewsSegmenter(),
        tmp_path / "window.ini",
        tmp_path / "backups",
        tmp_path / "failed-copies",
        lambda: tmp_path / "sample",
        lambda identity, name: identity._replace(name=name),
    )
    made = Desktop(here, [])
    yield made
    made.close()


@pytest.fixture
def look() -> Theme:
    return theme("light")


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], None]:
    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(420, 480)
        widget.show()
        qtbot.waitExposed(widget)

    return show
