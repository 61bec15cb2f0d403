from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.theme import Theme, theme
from tests.ui.panels.project import Project, small_project


@pytest.fixture
def project() -> Project:
    return small_project()


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
