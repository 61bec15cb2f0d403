"""A theme: the colours around the text by role, and those of the text view."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

from annotator.ui.text.palette import Pattern, StyleColours, TextPalette
from annotator.ui.theme.colours import (
    CHROME,
    FAMILIES,
    INKS,
    LABELS,
    LINKS,
    PAGE,
    PATTERNS,
    TINT_ALPHA,
    ThemeName,
)

THEME_NAMES: tuple[ThemeName, ...] = get_args(ThemeName)


class Theme(NamedTuple):
    """One look of the whole program.

    `chrome` gives "#rrggbb" for each role listed in `colours.CHROME`. `text.styles` is keyed by
    label id and by kind of link.
    """

    name: ThemeName
    chrome: Mapping[str, str]
    text: TextPalette

    def colour(self, role: str) -> QColor:
        """The chrome colour of a role. Raises KeyError for a role there is none of."""
        return QColor(self.chrome[role])


@cache
def theme(name: ThemeName) -> Theme:
    """The look of that name, with the labels and kinds of link of the default scheme."""
    page = {field: QColor(value) for field, value in PAGE[name].items()}
    styles = {label: _style(name, colour, letter) for label, (colour, letter) in LABELS.items()}
    styles |= {kind: _link_style(name, *look) for kind, look in LINKS.items()}
    return Theme(
        name, MappingProxyType(dict(CHROME[name])), TextPalette(styles=MappingProxyType(styles), **page)
    )


def for_scheme(look: Theme, colours: Mapping[str, str], letters: Mapping[str, str]) -> Theme:
    """The theme with the labels of a project's scheme.

    `colours` maps label ids to the colour names of `colours.INKS`; `letters` has every label of
    the scheme. A label without a colour we know gets the next one that no other label has,
    starting over when all are taken.
    """
    known = INKS[look.name]
    chosen = {label: colours[label] for label in letters if colours.get(label) in known}
    spare = [name for name in known if name not in chosen.values()] or list(known)
    left = [label for label in letters if label not in chosen]
    chosen |= {label: spare[place % len(spare)] for place, label in enumerate(left)}
    styles = {label: _style(look.name, chosen[label], letter) for label, letter in letters.items()}
    return look._replace(text=look.text._replace(styles=MappingProxyType({**look.text.styles, **styles})))


def system_theme() -> ThemeName:
    """Dark where the desktop says so; light where it says so or says nothing."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"


def _style(name: ThemeName, colour: str, letter: str) -> StyleColours:
    return _colours(name, INKS[name][colour], PATTERNS[colour], letter)


def _link_style(name: ThemeName, family: str, letter: str) -> StyleColours:
    return _colours(name, FAMILIES[name][family], "solid", letter)


def _colours(name: ThemeName, ink: str, pattern: Pattern, letter: str) -> StyleColours:
    tint = QColor(ink)
    tint.setAlpha(TINT_ALPHA[name])
    return StyleColours(QColor(ink), tint, pattern, letter)
