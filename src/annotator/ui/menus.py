"""Menus made from the actions table; keys of the text are shown in them but act in the text only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from annotator.ui.actions import ACTIONS, MENUS, Action
from annotator.ui.dialogs.popups import Command
from annotator.ui.icons import icon
from annotator.ui.theme import Theme

_FOR_SELECTION = ("label-menu", "repeat", "add-piece", "cut-hole")
_FOR_MARK = ("source", "relay", "link", "move-ends", "duplicate", "question", "pin", "delete")
_FOR_ANY = ("copy", "find", "palette")
"""The actions of context menus."""

Functions = Mapping[str, Callable[[], object]]


def shown_key(key: str) -> str:
    """A key as people read it: "Ctrl+Shift+Z", "Enter", "Space"."""
    words = {"Return": "Enter", "Del": "Delete", "PgDown": "Page Down", "PgUp": "Page Up"}
    *held, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    return "+".join([*held, words.get(last, last)])


class Menus:
    """All actions of the window, as menus, with their functions; `before` is done before each."""

    def __init__(
        self,
        window: QMainWindow,
        functions: Functions,
        look: Theme,
        before: Callable[[], object] = lambda: None,
    ) -> None:
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self._functions = functions
        self._before = before
        bar = window.menuBar()
        for name, words in MENUS:
            self.menus[name] = bar.addMenu(QCoreApplication.translate("Actions", words))
        for action in ACTIONS:
            made = self._make(window, action)
            self.actions[action.id] = made
            self.menus[action.menu].addAction(made)
        self.set_theme(look)

    def _make(self, window: QMainWindow, action: Action) -> QAction:
        made = QAction(window)
        if action.in_text:
            made.setText(f"{action.text}\t{shown_key(action.key)}" if action.key else action.text)
        else:
            made.setText(action.text)
            made.setShortcuts([QKeySequence(key) for key in action.keys])
        function = self._functions[action.id]

        def act() -> None:
            self._before()
            function()

        made.triggered.connect(lambda _=False: act())
        window.addAction(made)
        return made

    def set_theme(self, look: Theme) -> None:
        """Icons in the colours of a theme."""
        for action in ACTIONS:
            if action.icon:
                self.actions[action.id].setIcon(icon(action.icon, look))

    def context(self, parent: QWidget, has_held: bool, has_selection: bool) -> QMenu:
        """What can be done with the words or the mark under the pointer."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names: list[str] = [*_FOR_ANY]
        if has_selection:
            names = [*_FOR_SELECTION, "", *names]
        elif has_held:
            names = [*_FOR_MARK, "", *names]
        for name in names:
            if name:
                menu.addAction(self.actions[name])
            else:
                menu.addSeparator()
        return menu

    def commands(self) -> list[Command]:
        """Every action for the palette, with its key."""
        return [
            Command(action.text, shown_key(action.key) if action.key else "", self._functions[action.id])
            for action in ACTIONS
            if action.id != "palette"
        ]
