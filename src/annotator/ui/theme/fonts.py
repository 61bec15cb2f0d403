"""The font of the reading column."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

READING_FAMILIES = (
    "Source Serif 4",
    "Source Serif Pro",
    "Literata",
    "Charter",
    "Bitstream Charter",
    "Noto Serif",
    "Iowan Old Style",
    "Georgia",
    "Cambria",
    "Liberation Serif",
    "DejaVu Serif",
)
"""Book faces that stay clear at 11 to 14 points on a screen, best first."""

# Scripts the book faces lack; the system would find some face, these match in weight.
FALLBACK_FAMILIES = ("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Sans", "Noto Color Emoji")


def reading_font(family: str | None, size_pt: int) -> QFont:
    """The font for reading: the family asked for, else the best installed book face.

    Other installed families follow as fallbacks, so that mixed scripts and emoji keep one look.
    """
    installed = _installed()
    wanted = [family] if family in installed else []
    faces = [*wanted, *(name for name in READING_FAMILIES if name in installed)][:1]
    faces += [name for name in FALLBACK_FAMILIES if name in installed and name not in faces]
    font = QFont(faces) if faces else QFont()
    font.setPointSize(size_pt)
    font.setStyleHint(QFont.StyleHint.Serif)
    return font


@cache
def _installed() -> frozenset[str]:
    return frozenset(QFontDatabase.families())
