"""Icons are one-colour drawings of one hand that take the colours of the theme."""

import re
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QScreen

from annotator.domain.resources import resource
from annotator.ui import icons
from annotator.ui.theme import THEME_NAMES, ThemeName, theme

pytestmark = pytest.mark.usefixtures("qapp")


def ink(image: QImage) -> set[str]:
    """The colours of the pixels that are fully covered."""
    pixels = (
        image.pixelColor(column, row) for column in range(image.width()) for row in range(image.height())
    )
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def drawn(made: QIcon, size: int, ratio: float, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return made.pixmap(QSize(size, size), ratio, mode).toImage()


@pytest.mark.parametrize("name", icons.names())
def test_an_icon_is_drawn_in_one_colour_on_the_grid(name: str) -> None:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    root = ET.fromstring(drawing)
    assert root.get("viewBox") == "0 0 24 24"
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(", drawing) == []
    assert {root.get("stroke-width")} <= {"1.75", "4"}
    image = icons.pixmap(name, QColor("#102030"), 24, 4).toImage()
    assert ink(image) == {"#102030"}


@pytest.mark.parametrize("name", icons.names())
def test_no_stroke_is_cut_off_at_the_border(name: str) -> None:
    image = icons.pixmap(name, QColor("black"), 24, 4).toImage()
    last = image.width() - 1
    border = [(place, edge) for place in range(image.width()) for edge in (0, last)]
    assert all(image.pixelColor(a, b).alpha() == 0 and image.pixelColor(b, a).alpha() == 0 for a, b in border)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_an_icon_takes_the_colours_of_the_theme(name: ThemeName) -> None:
    look = theme(name)
    made = icons.icon("denies", look, size=32)
    assert ink(drawn(made, 32, 2)) == {look.chrome["icon"]}
    assert ink(drawn(made, 32, 2, QIcon.Mode.Disabled)) == {look.chrome["icon_disabled"]}
    assert ink(drawn(made, 32, 2, QIcon.Mode.Selected)) == {look.chrome["selection_text"]}
    assert ink(drawn(icons.icon("denies", look, "danger", 32), 32, 2)) == {look.chrome["danger"]}


@pytest.mark.parametrize("ratio", [1, 1.25, 2])
@pytest.mark.parametrize("size", [12, 16, 20])
def test_an_icon_is_sharp_on_every_screen_there_is(
    size: int, ratio: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "devicePixelRatio", lambda screen: ratio)
    made = icons.icon("undo", theme("light"), size=size)
    assert drawn(made, size, ratio).width() == size * ratio
    assert made.pixmap(QSize(size, size), ratio).devicePixelRatio() == ratio


@pytest.mark.parametrize("mode", [QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected])
def test_an_icon_is_drawn_for_the_screens_and_for_no_other_sizes(mode: QIcon.Mode) -> None:
    sizes = icons.icon("undo", theme("light")).availableSizes(mode)
    assert {size.width() for size in sizes} == {16, 32}


def test_an_unknown_icon_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"no icon named 'nonsense'.*undo"):
        icons.icon("nonsense", theme("light"))
    with pytest.raises(KeyError):
        icons.icon("undo", theme("light"), "no such role")
