"""Another theme takes the place of one while the program runs, and only colours change."""

import re

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.theme import Theme, ThemeName, apply, theme
from annotator.ui.theme.chrome import style_sheet


def test_another_theme_lays_nothing_out_anew(qapp: QApplication, qtbot: QtBot) -> None:
    before = qapp.palette(), qapp.styleSheet()
    outermost = inmost = QWidget()
    qtbot.addWidget(outermost)
    for _ in range(12):
        inmost = QWidget(inmost)
    restyled = Restyled(inmost)
    try:
        apply(qapp, theme("dark"))
        outermost.ensurePolished()
        restyled.count = 0
        apply(qapp, theme("light"))
        assert restyled.count == 0
        assert inmost.palette().color(QPalette.ColorRole.Window).name() == theme("light").chrome["window"]
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])


def test_the_buttons_of_a_box_that_is_open_wear_another_theme(qapp: QApplication, qtbot: QtBot) -> None:
    def opened() -> QWidget:
        dialog = QWidget()
        qtbot.addWidget(dialog)
        QVBoxLayout(dialog).addWidget(QDialogButtonBox(QDialogButtonBox.StandardButton.Open))
        return dialog

    before = qapp.palette(), qapp.styleSheet()
    try:
        apply(qapp, theme("light"))
        before_it = opened()
        apply(qapp, theme("dark"))
        assert before_it.grab().toImage() == opened().grab().toImage()
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])


@pytest.mark.usefixtures("qapp")
def test_themes_differ_in_colours_alone(look: Theme) -> None:
    def without_colours(name: ThemeName) -> str:
        return re.sub(r"#[0-9a-f]{6}|(up|down)-\w+\.svg", "", style_sheet(name))

    assert without_colours(look.name) == without_colours("light")


class Restyled(QObject):
    """Counts how often a widget gets another style."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return super().eventFilter(watched, event)
