"""Every screen can be made, shows something, cuts no words off, and needs neither mouse nor eyes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from annotator.ui.panels.parts import Elided, ElidedButton
from annotator.ui.theme import THEME_NAMES, ThemeName
from tests.looks import pictures, pinned, reached
from tests.looks.scenes import SCENES, Scene

SLACK = 1
SMALL, WIDE = (1024, 700), (1366, 768)
SHADES = 8
"""A picture with fewer colours shows nothing."""


@pytest.fixture(scope="module", autouse=True)
def fonts(qapp: QApplication) -> Iterator[None]:
    with pinned.pinned_font(pinned.application()):
        yield


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_screen_shows_something_cuts_no_words_off_and_is_reached_by_keys(scene: Scene) -> None:
    with pictures.staged(scene, "light", SMALL) as (window, shown):
        assert shades(shown.grab().toImage()) >= SHADES
        found = cut(shown) + reached.failings(shown)
        if shown is window:
            window.resize(*WIDE)
            pinned.settle()
            found += [f"at {WIDE[0]}: {one}" for one in cut(shown)]
    assert found == []


@pytest.mark.parametrize("look", THEME_NAMES)
def test_each_theme_can_be_worn(look: ThemeName) -> None:
    picture = pictures.take(SCENES[0], look, SMALL).toImage()
    assert (picture.width(), picture.height()) == SMALL
    assert shades(picture) >= SHADES


def test_sheets_hold_every_picture() -> None:
    picture = pictures.take(SCENES[0], "light", SMALL)
    sheet = pictures.sheet([("one", picture)] * 4)
    assert sheet.height() > 2 * picture.scaledToWidth(pictures.SHEET_WIDTH).height()


def shades(image: QImage) -> int:
    """How many colours a grid of points has."""
    xs, ys = range(0, image.width(), 5), range(0, image.height(), 5)
    return len({image.pixel(x, y) for x in xs for y in ys})


def cut(shown: QWidget) -> list[str]:
    """The words in view that have less room than they need, unless they are shortened on purpose."""
    found = []
    for widget in [shown, *shown.findChildren(QWidget)]:
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        words = words_of(widget)
        if words and not has_room(widget):
            size = f"{widget.width()}x{widget.height()}"
            found.append(f"{type(widget).__name__} {words!r} in {size}, wants {wanted(widget)}")
        elif words and not is_whole(widget):
            found.append(f"{type(widget).__name__} {words!r} is covered at an edge")
    return found


def words_of(widget: QWidget) -> str:
    if isinstance(widget, (Elided, ElidedButton)):
        return ""
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def wanted(widget: QWidget) -> str:
    size = widget.sizeHint()
    return f"{size.width()}x{size.height()}"


def has_room(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        words = widget.text().replace("\N{ZERO WIDTH SPACE}", " ").split()
        longest = max(map(widget.fontMetrics().horizontalAdvance, words), default=0)
        needed = widget.heightForWidth(widget.width())
        return widget.height() + SLACK >= needed and widget.contentsRect().width() + SLACK >= longest
    if isinstance(widget, QComboBox):
        return True
    if isinstance(widget, (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton)):
        size = widget.sizeHint()
        return widget.width() + SLACK >= size.width() and widget.height() + SLACK >= size.height()
    return True


def is_whole(widget: QWidget) -> bool:
    """Whether no ancestor but a scroll area cuts an edge off."""
    area = widget.rect()
    above, at = widget.parentWidget(), widget
    while above is not None and not at.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea) or isinstance(above, QAbstractScrollArea):
            return True
        place = QRect(widget.mapTo(above, area.topLeft()), area.size())
        if not above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return False
        at, above = above, above.parentWidget()
    return True
