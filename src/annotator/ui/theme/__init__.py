"""Light, dark and high-contrast looks of our own, and the font of the reading column.

Qt's own dark mode does nothing on several platforms, so each theme brings a whole palette and
follows the system only where the system says what it wants.
"""

from __future__ import annotations

from annotator.ui.theme.chrome import STYLE, apply, roomy_rows
from annotator.ui.theme.colours import ThemeName
from annotator.ui.theme.fonts import reading_font
from annotator.ui.theme.look import THEME_NAMES, Theme, for_scheme, system_theme, theme

__all__ = [
    "STYLE",
    "THEME_NAMES",
    "Theme",
    "ThemeName",
    "apply",
    "for_scheme",
    "reading_font",
    "roomy_rows",
    "system_theme",
    "theme",
]
