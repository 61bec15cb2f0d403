"""What every panel does: listen, re-read only while it is seen, and hand on what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
from annotator.store.bulk import Progress
from annotator.store.session import Focus, Session
from annotator.store.store import Change
from annotator.ui.tabbing import Handing, takes_tab
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.domain.model import Ref

T = TypeVar("T")


class Panel(Handing):
    """A view of the project beside the text.

    `WATCHED` names the tables whose changes it shows. A hidden panel only notes
    that it is stale and reads again when it is shown. Where `LAZY_MS` is not 0, a
    visible one waits for a pause that long, so that a long list costs no edit time; one that is
    behind another, which Qt calls visible, too, reads again when it comes to the front.
    """

    refused = Signal(object)
    """A UserError, to be shown where the window shows its notices."""
    notice = Signal(str)
    """A sentence about something that was done."""

    _changed = Signal(object)

    WATCHED: frozenset[str] = frozenset()
    WATCHES_ALL = False
    FOLLOWS_FOCUS = False
    LAZY_MS = 0
    is_patient = False
    """Whether it lets the text be painted before it reads; the window asks this of what is dear to show."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.store = session.store
        self.look = look
        self._is_stale = True
        self._is_behind = self._has_missed = False
        self._pause = QTimer(self, singleShot=True, interval=self.LAZY_MS)
        self._pause.timeout.connect(self.refresh)
        # A signal, because a bulk operation is announced on the thread of its worker.
        self._changed.connect(self._on_changed)
        stops = [session.store.subscribe(self._changed.emit)]
        if self.FOLLOWS_FOCUS:
            stops.append(session.on_focus(self._on_focus))
        self.destroyed.connect(lambda: [stop() for stop in stops])

    def refresh(self) -> None:
        """Read everything shown anew."""
        raise NotImplementedError

    def on_change(self, change: Change) -> None:
        """Take in a change while visible; reads everything anew unless a panel knows better."""
        del change
        self.refresh()

    def on_focus(self, focus: Focus) -> None:
        """Take in a move of the focus while visible."""
        del focus
        self.refresh()

    def to_copy(self) -> Ref | None:
        """The mark or claim it stands on, which Ctrl+C copies while it has the focus."""
        return None

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self.look = look
        self.rethemed()
        self.update()

    def rethemed(self) -> None:
        """Hand the theme on to the parts that paint or hold icons."""

    def guarded(self, act: Callable[[], T]) -> T | None:
        """Do something the store may refuse; a refusal is handed on and None comes back."""
        try:
            done = act()
        except UserError as error:
            self.refused.emit(error)
            return None
        self.settle()
        return done

    def telling(self, act: Callable[[], object], words: str) -> bool:
        """Do something, and say so where that changed the project; whether it did."""
        before = self.store.next_undo()
        act()
        has_changed = self.store.next_undo() != before
        if has_changed:
            self.notice.emit(words)
        return has_changed

    def go_to(self, mark: str) -> None:
        """Take a mark in hand; back leads to where the text was."""
        self.guarded(lambda: self.session.go_to(MarkId(mark)))

    def deleting(self, marks: int, delete: Callable[[Progress | None], None]) -> None:
        """Delete so many marks and what holds them: beside the window where they are many."""
        from annotator.store.edits.removal import MANY

        if marks > MANY:
            self.guarded(lambda: self._delete_beside(delete))
        else:
            self.guarded(lambda: delete(None))

    def _delete_beside(self, delete: Callable[[Progress], None]) -> None:
        from annotator.ui.dialogs.progress import change_beside

        def is_done(progress: Progress) -> bool:
            delete(progress)
            return True

        if not change_beside(self.window(), self.store, self.tr("Deleting"), is_done):
            self.notice.emit(self.tr("Stopped; nothing was deleted."))

    def settle(self) -> None:
        """Take in at once what waits for a pause, or for the panel to come to the front."""
        if self._pause.isActive() or self._has_missed:
            self._pause.stop()
            self._has_missed = False
            self.refresh()

    def set_behind(self, is_behind: bool) -> None:
        """Note whether another panel is in front of it; what it missed meanwhile is read as it comes back."""
        self._is_behind = is_behind
        if not is_behind and self._has_missed:
            self.settle()

    def take_keys(self) -> None:
        """Put the keys into what is mainly used here, or into the first control there is."""
        self.settle()
        main = self.main_part
        inside = main if main is not None and main.isVisible() else self._first_control()
        if inside is not None:
            inside.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _first_control(self) -> QWidget | None:
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            is_inside = self.isAncestorOf(one) and one.isVisible() and one.isEnabled()
            if is_inside and takes_tab(one):
                return one
            one = one.nextInFocusChain()
        return None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _on_changed(self, change: Change) -> None:
        touched = {row.table for row in change.rows}
        if change.is_whole and not self.WATCHES_ALL and not touched & self.WATCHED:
            return
        if self._is_behind and self.LAZY_MS:
            self._has_missed = True
        elif self.isVisible() and (self.LAZY_MS or self.is_patient):
            self._pause.start()
        elif self.isVisible():
            self.on_change(change)
        else:
            self._is_stale = True

    def _on_focus(self, focus: Focus) -> None:
        if self.isVisible() and self.is_patient:
            self._pause.start()
        elif self.isVisible():
            self.on_focus(focus)
        else:
            self._is_stale = True
