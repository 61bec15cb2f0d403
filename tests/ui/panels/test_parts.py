"""Small parts that panels and lists share."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionComboBox

from annotator.ui.panels.parts import draw_line
from annotator.ui.panels.value_box import ElidedBox


def drawn(words: str) -> QImage:
    picture = QImage(QSize(200, 20), QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    painter = QPainter(picture)
    draw_line(painter, QRect(0, 0, 200, 20), words)
    painter.end()
    return picture


def test_a_claim_in_the_words_of_two_paragraphs_stands_in_one_line(qapp) -> None:
    del qapp
    cut = "The bridge is closed since the day before yesterday, the ministry says"
    for end in ("\n", "\N{LINE SEPARATOR}"):  # as the file has it, and as a list gives it
        assert drawn(cut.replace(" is", f"{end}is")) == drawn(cut)
    assert drawn("The bridge\nis closed") == drawn("The bridge is closed") != drawn("The bridge")


def test_a_long_line_chosen_from_a_list_ends_in_dots_and_stands_whole_in_the_tooltip(qtbot) -> None:
    claim = "Claim C1 · The deaths of forty people in the town below the dam may be due to its gates"
    box = ElidedBox()
    qtbot.addWidget(box)
    box.addItems([claim, "Claim C2 · Rain"])
    box.resize(300, 30)

    def shown() -> str:
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        return option.currentText

    assert shown().endswith("…")
    assert claim.startswith(shown()[:-1])
    assert box.toolTip() == claim
    box.setCurrentIndex(1)
    assert (shown(), box.toolTip()) == ("Claim C2 · Rain", "")
