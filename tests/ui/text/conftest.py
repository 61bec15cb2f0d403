"""Views that are shown, painted and closed again."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from annotator.app.segment import NewsSegmenter
from annotator.ui.text.view import TextView
from annotator.ui.theme import theme
from tests.ui.text.sample import ARTICLE, Marks

Open = Callable[..., TextView]


@pytest.fixture
def open_view(qtbot: QtBot) -> Open:
    """Show a text with its marks in a view of 900 x 700 pixels that has been painted."""

    def show(
        text: str = ARTICLE, marks: Marks | None = None, width: int = 900, height: int = 700
    ) -> TextView:
        view = TextView(NewsSegmenter())
        qtbot.addWidget(view)
        font = QFont("Noto Sans")
        font.setPixelSize(16)
        view.resize(width, height)
        view.set_palette(theme("light").text)
        view.set_reading(font, 70)
        view.show_article(text, marks or Marks())
        with qtbot.waitExposed(view):
            view.show()
        return view

    return show
