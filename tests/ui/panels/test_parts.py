"""Small parts that panels and lists share."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter

from annotator.ui.panels.parts import draw_line


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
