"""What undo, redo and packing do in a window: ask, wait where they are large, tell and show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain.errors import UserError
from annotator.store.consent import Consent
from annotator.ui.commands.project import tr

if TYPE_CHECKING:  # what an action needs is loaded when it is asked for
    from annotator.store.bulk import Progress
    from annotator.store.journal import Operation
    from annotator.store.store import Change
    from annotator.ui.window import MainWindow


class UndoCommands:
    """Actions of one window on what was done."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._consent = Consent(window.session.store)

    def undo(self) -> None:
        """Take back the last operation; one of before this session only after a question."""
        from annotator.ui.dialogs.question import ask_before_undo
        from annotator.ui.panels.history_words import operation_words

        window = self._window
        if self._is_refused():
            return
        operation = self._consent.question()
        if operation is not None:
            if not ask_before_undo(window, operation, operation.annotator_name, window.session.store):
                return
            self._consent.give(operation)
        store = window.session.store
        stop = store.undo_stops_at()
        nothing = operation_words(stop, store) if stop else tr("Nothing left to undo.")
        if stop and stop.is_packed:
            nothing = tr("What came before was packed to make the file smaller; undo stops here.")
        self._step(store.undo, store.next_undo(), tr("Undoing"), nothing)

    def redo(self) -> None:
        """Bring back what was undone last."""
        store = self._window.session.store
        self._step(store.redo, store.next_redo(), tr("Redoing"), tr("Nothing to redo."))

    def pack(self) -> None:
        """Ask how much history stays whole, and have the file made smaller while the window is closed."""
        from annotator.ui.dialogs.pack_dialog import PackDialog

        window = self._window
        if self._is_refused():
            return
        dialog = PackDialog(window.session.store, window.look, window)
        if dialog.exec():
            window.packing_asked.emit(dialog.days())

    def _is_refused(self) -> bool:
        """Whether the project is only read, which is said."""
        store = self._window.session.store
        if store.readonly:
            self._window.refuse(UserError("project-readonly", path=str(store.path)))
        return store.readonly

    def _step(
        self,
        step: Callable[[Progress | None], Change | None],
        reversed_: Operation | None,
        title: str,
        nothing: str,
    ) -> None:
        """Undo or redo, large operations beside the window; go to what changed and say what that was."""
        from annotator.ui.dialogs.progress import change_beside
        from annotator.ui.panels.history_words import operation_words

        window = self._window
        store = window.session.store
        is_large = reversed_ is not None and store.is_large(reversed_)
        try:
            change = change_beside(window, store, title, step) if is_large else step(None)
        except UserError as error:
            window.refuse(error)
            return
        if change is None:
            window.notices.say(tr("Stopped; nothing was changed.") if is_large else nothing)
            return
        window.hands.desk.show_change(change)
        window.notices.say(operation_words(change.operation, store))
