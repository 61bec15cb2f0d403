"""Menus made from the actions table; keys of the text are shown in them but act in the text only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QWidget

from annotator.ui.actions import ACTIONS, BY_ID, GROUP_STARTS, MENUS, Action
from annotator.ui.icons import first_icon, icon
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.dialogs.popups import Command

TOOLS = ("import-files", "paste-article", "", "undo", "redo", "", "find", "palette", "focus-mode", "theme")
"""The actions of the tool bar, in groups."""
TOOL_SIDE = 18

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
    """All actions of the window, as menus, with their functions; `before` is done before each.

    Icons are drawn for the tool bar at once, for a menu when it is opened. `kinds` are those of
    links as they can be drawn now, which their menu asks for each time it is opened.
    """

    def __init__(
        self,
        window: QMainWindow,
        functions: Functions,
        look: Theme,
        before: Callable[[], object] = lambda: None,
        kinds: Callable[[], Iterable[Command]] = tuple,
    ) -> None:
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self._functions = functions
        self._before = before
        self._kinds = kinds
        self._shown_kinds: list[QAction] = []
        self._window = window
        self._look = look
        bar = window.menuBar()
        for name, words in MENUS:
            menu = self.menus[name] = bar.addMenu(QCoreApplication.translate("Actions", words))
            menu.aboutToShow.connect(partial(self._draw, [one.id for one in ACTIONS if one.menu == name]))
        for action in ACTIONS:
            made = self._make(window, action)
            self.actions[action.id] = made
            menu = self.menus[action.menu]
            if action.id in GROUP_STARTS:
                menu.addSeparator()
            menu.addAction(made)
        self.menus["link"].aboutToShow.connect(self._show_kinds)
        self.set_theme(look)

    def _make(self, window: QMainWindow, action: Action) -> QAction:
        key = shown_key(action.key) if action.key else ""
        is_told = key and (action.in_text or key != action.key)
        made = self._does(action.text, key if is_told else "", self._functions[action.id], window)
        if not action.in_text:
            made.setShortcuts([QKeySequence(key) for key in action.keys])
        window.addAction(made)
        return made

    def _does(self, words: str, key: str, function: Callable[[], object], owner: QObject) -> QAction:
        """A line of a menu, with a key that is told there and acts elsewhere."""
        made = QAction(f"{words}\t{key}" if key else words, owner)

        def act() -> None:
            self._before()
            function()

        made.triggered.connect(lambda _=False: act())
        return made

    def _show_kinds(self) -> None:
        """The kinds of links below the way to any of them, greyed where none can be drawn now."""
        menu = self.menus["link"]
        for old in self._shown_kinds:
            menu.removeAction(old)
            old.deleteLater()
        kinds = list(self._kinds())
        shown = [self._does(one.text.replace("&", "&&"), one.key, one.run, menu) for one in kinds]
        for line, kind in zip(shown, kinds, strict=True):
            line.setEnabled(not kind.reason)
        if shown:
            line = QAction(menu)
            line.setSeparator(True)
            shown.append(line)
        menu.insertActions(self.actions["link-pinned"], shown)
        self._shown_kinds = shown

    def set_theme(self, look: Theme) -> None:
        """Icons in the colours of a theme."""
        self._look = look
        ratio = self._window.devicePixelRatioF()
        for name in filter(None, TOOLS):
            self.actions[name].setIcon(first_icon(BY_ID[name].icon, look, TOOL_SIDE, ratio))

    def _draw(self, names: Iterable[str]) -> None:
        """Give actions that are about to be shown in a menu their icons."""
        for name in names:
            if BY_ID[name].icon:
                self.actions[name].setIcon(icon(BY_ID[name].icon, self._look))

    def context(self, parent: QWidget, has_held: bool, has_selection: bool) -> QMenu:
        """What can be done with the words or the mark under the pointer."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        names: list[str] = [*_FOR_ANY]
        if has_selection:
            names = [*_FOR_SELECTION, "", *names]
        elif has_held:
            names = [*_FOR_MARK, "", *names]
        self._draw(filter(None, names))
        for name in names:
            if name:
                menu.addAction(self.actions[name])
            else:
                menu.addSeparator()
        return menu

    def tool_bar(self, title: str) -> QToolBar:
        """The actions of the tool bar, in groups."""
        bar = QToolBar(title, self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(TOOL_SIDE, TOOL_SIDE))
        for name in TOOLS:
            if name:
                bar.addAction(self.actions[name])
            else:
                bar.addSeparator()
        return bar

    def commands(self) -> list[Command]:
        """Every action for the palette, with its key."""
        from annotator.ui.dialogs.popups import Command

        return [
            Command(action.text, shown_key(action.key) if action.key else "", self._functions[action.id])
            for action in ACTIONS
            if action.id != "palette"
        ]
