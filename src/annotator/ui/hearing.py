"""What a window does of itself where the project changed or turns out not to be sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.errors import UserError
from annotator.store import read
from annotator.store.head import ELSEWHERE
from annotator.store.session import Focus

if TYPE_CHECKING:
    from annotator.store.store import Change
    from annotator.store.verify import Damage
    from annotator.ui.window import MainWindow


class Hearing(QObject):
    """Keeps title, colours of labels and the article in front true, and says what others did."""

    _changed = Signal(object)
    """A Change, brought to the thread of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.is_closed = False
        self._name_window()
        self._changed.connect(self._on_changed)
        self._stop_listening = (
            self._session.on_focus(self._on_focus),
            self._session.store.subscribe(self._changed.emit),
        )
        self._on_focus(self._session.focus)

    def close(self) -> None:
        """Hear nothing more, nor what is on its way."""
        self.is_closed = True
        for stop in self._stop_listening:
            stop()

    def tell_damage(self, damage: Damage) -> None:
        """Say what was found in the file, and what to do."""
        from annotator.ui.messages import sentence

        words = sentence(UserError(damage.code, **damage.details))
        advice = self.tr("Nothing was changed. Export what you can and restore a backup.")
        self._window.notices.say(f"{words} {advice}", "warning")

    def tell_moved(self) -> None:
        """Say that the path of the project leads elsewhere now, and offer a copy."""
        self._window.refuse(UserError("project-moved", path=str(self._session.store.path)))

    def _name_window(self) -> None:
        name = read.project_name(self._session.store) or self.tr("Untitled")
        self._window.setWindowTitle(self.tr("{project} — annotator").format(project=name))

    def _on_changed(self, change: Change) -> None:
        if self.is_closed:
            return
        window = self._window
        is_ours = change.operation.session == self._session.store.session
        if is_ours:
            window.notices.hide()
        window.last_place.keep()
        touched = {row.table for row in change.rows}
        if not change.is_whole or touched & {"scheme", "project"}:
            self._name_window()
            window.dressing.follow_scheme()
        if self._session.has_lost and not is_ours:
            window.say(self.tr("The article that was shown here was deleted in another window."))
        elif change.operation == ELSEWHERE:  # it is told once more when it is noted
            window.say(self.tr("Another program changed this project. It is shown as it is now."))
        if not change.is_whole or "article" in touched:
            QTimer.singleShot(0, self._open_another)

    def _open_another(self) -> None:
        """Where the article in front is gone, or the first has come, show one that is there."""
        if not self.is_closed and self._session.focus.article is None:
            self._window.last_place.open()

    def _on_focus(self, focus: Focus) -> None:
        self._window.last_place.keep_soon()
        if focus.article is None:
            self._window.welcome.fill(self._window.view)
