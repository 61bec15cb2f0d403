"""What stands in the place of the text while the project has no article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.store.session import Focus, Session
from annotator.ui.actions import BY_ID
from annotator.ui.menus import Functions, shown_key
from annotator.ui.panels.parts import Empty

_OFFERED = ("import-files", "paste-article", "open-sample")


class Welcome(Empty):
    """Stands where the text would until an article is open: how to bring one in, with the keys for it."""

    def __init__(self, session: Session, home: QWidget, functions: Functions) -> None:
        super().__init__("", home)
        self._home = home
        self.hide()
        self.say(self.tr("Nothing to read yet. Bring in articles, or drop files and folders here."))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        for name in _OFFERED:
            self._offer(name, functions[name])
        self.destroyed.connect(session.on_focus(self._on_focus))

    def fill(self, over: QWidget) -> None:
        """Stand over a widget, the whole of it."""
        column = over.layout() or QVBoxLayout(over)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self)
        self.show()

    def _offer(self, name: str, act: Callable[[], object]) -> None:
        action = BY_ID[name]
        button = self.add_button(action.text, act)
        if action.key:
            button.setText(f"{action.text}  {shown_key(action.key)}")
        button.setMinimumWidth(280)

    def _on_focus(self, focus: Focus) -> None:
        if focus.article is not None:
            self.hide()
            self.setParent(self._home)
