"""Our own icons: one-colour drawings, coloured by the theme when they are loaded.

A file in `resources/icons` is drawn on a grid of 24 with strokes of 1.75 in `currentColor`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.domain.resources import resource
from annotator.ui.theme import Theme

SIZE = 16
"""What buttons, menus and lists show, in device-independent pixels."""
RATIOS = frozenset((1.0, 2.0))
"""Of screens that may come; those that are there come before them."""


def names() -> list[str]:
    """The names of all icons, sorted."""
    return sorted(path.stem for path in resource("icons").glob("*.svg"))


def icon(name: str, look: Theme, role: str = "icon", size: int = SIZE) -> QIcon:
    """An icon in a chrome colour of the theme, with its disabled and selected forms.

    Made for one size on every screen there is, which takes half a millisecond; the last ones are
    kept. Raises KeyError for a name or a role there is none of.
    """
    colours = (look.chrome[role], look.chrome["icon_disabled"], look.chrome["selection_text"])
    ratios = RATIOS.union(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    return _made(name, colours, size, ratios)


@lru_cache(maxsize=256)
def _made(name: str, colours: tuple[str, str, str], size: int, ratios: frozenset[float]) -> QIcon:
    made = QIcon()
    for mode, colour in zip(
        (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected), colours, strict=True
    ):
        renderer = _renderer(name, colour)
        for ratio in sorted(ratios):
            made.addPixmap(_draw(renderer, size, ratio), mode)
    return made


def first_icon(name: str, look: Theme, size: int, ratio: float) -> QIcon:
    """An icon of one size for the first paint, made in a tenth of the time of `icon`."""
    return QIcon(pixmap(name, look.colour("icon"), size, ratio))


def window_icon(look: Theme) -> QIcon:
    """The program's own icon, in a few sizes of which window managers scale one."""
    made = QIcon()
    for size in (16, 32, 64):
        made.addPixmap(pixmap("annotator", look.colour("accent"), size, 1))
    return made


def pixmap(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """One icon in any colour, such as that of a label; `size` in device-independent pixels."""
    return _draw(_renderer(name, colour.name()), size, ratio)


def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = _drawing(name).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))


@cache
def _drawing(name: str) -> str:
    try:
        return resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KeyError(f"no icon named {name!r}; there are {', '.join(names())}") from error


def _draw(renderer: QSvgRenderer, size: int, ratio: float) -> QPixmap:
    made = QPixmap(QSize(size, size) * ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
