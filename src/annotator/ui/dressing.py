"""What a window wears: a theme with the colours of the project's labels, and the font of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from annotator.store import read
from annotator.ui.theme import Theme, ThemeName, apply, for_scheme, reading_font, system_theme, theme

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Dressing(QObject):
    """Puts a theme and the reading font on everything in a window, as its settings say."""

    changed = Signal(object)
    """The Theme that is worn from now on, for windows beside this one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.look = self._of_project(window.settings.theme or system_theme())

    def begin(self) -> None:
        """Dress the program around the window, too, and the text in its font."""
        self._dress_application()
        self.set_reading()

    def set_theme(self, name: ThemeName) -> None:
        """Wear a theme and remember it."""
        self._window.settings.theme = name
        self._wear(self._of_project(name))

    def follow_scheme(self) -> None:
        """Take over the colours of labels as they are now."""
        look = self._of_project(self.look.name)
        if look.text.styles != self.look.text.styles:
            self._wear(look)

    def set_reading(self) -> None:
        """Take over font size and column width from the settings."""
        settings = self._window.settings
        font = reading_font(settings.font_family, settings.font_size)
        self._window.panes.set_reading(font, settings.column_chars)

    def _of_project(self, name: ThemeName) -> Theme:
        """A theme with the labels of the project's scheme."""
        scheme = read.scheme(self._window.session.store)
        letters = {label.id: label.letter for label in scheme.labels.values()}
        return for_scheme(theme(name), scheme.colours, letters)

    def _wear(self, look: Theme) -> None:
        self.look = look
        self._dress_application()
        window = self._window
        for part in (window.panes, window.hands, window.menus, window.notices, window.panels):
            part.set_theme(look)
        if "tray" in vars(window):
            window.tray.set_look(look)
        self.changed.emit(look)

    def _dress_application(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply(application, self.look)
