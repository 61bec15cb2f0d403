"""What is still open: Enter goes there and offers what mends it, or it is left open with a reason."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QTreeView, QWidget

from annotator.domain.model import Dismissal
from annotator.store import edits
from annotator.store.loose_ends import MOST_COUNTED, OpenEnd, Stop, backlog, counts, dismissals_of
from annotator.store.session import Focus, Session
from annotator.store.store import Change
from annotator.ui.panels import listing
from annotator.ui.panels.base import Panel
from annotator.ui.panels.looker import Looker
from annotator.ui.panels.loose_rows import LooseEndsModel
from annotator.ui.panels.parts import Empty, TickBox, Words
from annotator.ui.theme import Theme


class EndsTree(QTreeView):
    """The tree of loose ends; Enter and Delete are told."""

    entered = Signal()
    delete_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)


class LooseEndsPanel(Panel):
    """Loose ends by rule; those of an article still being read stay quiet.

    What was touched is looked at in a pause, also while the panel is hidden,
    because its title shows the number; between two events only so long that
    nobody notices.
    """

    counted = Signal(int)
    """How many are open; quiet ones only where they are listed."""
    jump_asked = Signal(object)
    """The OpenEnd to go to."""

    FOLLOWS_FOCUS = True

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.model = LooseEndsModel(self.store)
        self.tree = EndsTree()
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Loose ends"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setExpandsOnDoubleClick(True)
        self.quiet = TickBox(self.tr("Also articles still being read"))
        self.left = TickBox(self.tr("Also what was left open"))
        self.leave = QPushButton(self.tr("Leave it open…"))
        self.progress = Words(is_quiet=True)
        self.empty = Empty("")
        tools = (self.quiet, self.left, self.leave, self.progress)
        self.pages = listing.laid_out_beside(self, tools, self.tree, self.empty)
        self.main_part = self.tree
        self._looker = Looker(self.store, self)
        self._looker.found.connect(self._take)
        self._looker.refused.connect(self.refused)
        self._folded_up: set[str] = set()
        self.quiet.toggled.connect(lambda: self.refresh())
        self.left.toggled.connect(lambda: self._show())
        self.leave.clicked.connect(self.ask_reason)
        self.tree.entered.connect(self.jump)
        self.tree.delete_asked.connect(self.ask_reason)
        self.tree.doubleClicked.connect(lambda: self._jump_to(self.current()))
        self.tree.clicked.connect(self.model.list_more)
        self.tree.selectionModel().currentChanged.connect(lambda: self._set_enabled())

    def _on_changed(self, change: Change) -> None:
        """Whatever was touched may open or close a loose end: look there once the analyst pauses."""
        del change
        self._looker.start()

    def _on_focus(self, focus: Focus) -> None:
        del focus
        self._looker.put_off()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._looker.is_waiting:
            self._looker.start()

    def refresh(self) -> None:
        """Show what is kept; nothing is looked at for it."""
        self._tell()
        self._show()

    def _take(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True
            self._tell()

    def _tell(self) -> None:
        found = counts(self.store)
        asked = (False, True) if self.quiet.isChecked() else (False,)
        self.counted.emit(sum(sum(found[is_quiet].values()) for is_quiet in asked))
        left = backlog(self.store).articles
        words = self.tr("Articles still to be checked: {count}")
        if left > MOST_COUNTED:
            words = self.tr("Articles still to be checked: more than {count}")
        self.progress.setText(words.format(count=f"{min(left, MOST_COUNTED):,}") if left else "")

    def settle(self) -> None:
        """Look at once at what waits for a pause, where it is little."""
        if self._looker.is_waiting or self._is_stale:
            self._looker.catch_up()
            self._is_stale = False
            self.refresh()

    def take_keys(self) -> None:
        """Begin on the first loose end, where Enter goes; Qt begins on its rule, which Enter folds up."""
        self.settle()
        rule = self.model.index(0, 0)
        if not self.tree.currentIndex().isValid() and self.tree.isExpanded(rule):
            self.tree.setCurrentIndex(self.model.index(0, 0, rule))
        super().take_keys()

    def current(self) -> OpenEnd | None:
        """The loose end the tree stands on."""
        return self.model.end_at(self.tree.currentIndex())

    def stand_on(self, stop: Stop) -> None:
        """Choose a loose end that a step led to, and bring it into sight."""
        if not self.model.groups:
            self._show()
        index = self.model.find(stop)
        if index.isValid():
            self.tree.setExpanded(index.parent(), True)
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def jump(self) -> None:
        """Go to where it is open; on a rule, fold it up or open it."""
        end, index = self.current(), self.tree.currentIndex()
        if end is not None:
            self._jump_to(end)
        elif not self.model.list_more(index) and index.isValid():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _jump_to(self, end: OpenEnd | None) -> None:
        if end is not None:
            self.jump_asked.emit(end)

    def ask_reason(self) -> None:
        """Take the loose end off the list, after asking why; one that was left open, back onto it."""
        end = self.current()
        if end is None:
            self.notice.emit(self.tr("Choose a loose end first."))
            return
        if self.model.is_left(self.tree.currentIndex()):
            self.take_up(end)
            return
        from annotator.ui.dialogs.one_line import ask_line

        words = self.tr("{what}\n\nWhy can it be left open?").format(what=end.sentence)
        reason = ask_line(self, self.tr("Leave it open"), words)
        if reason is not None:
            self.dismiss(end, reason)

    def dismiss(self, end: OpenEnd, reason: str) -> None:
        """Take a loose end off the list; undo brings it back."""
        record = Dismissal(id="", rule=end.end.rule, target=end.end.target, reason=reason.strip())
        self.guarded(lambda: edits.add_record(self.store, record))

    def take_up(self, end: OpenEnd) -> None:
        """Put a loose end that was left open back onto the list."""

        def act() -> None:
            with self.store.operation("delete-dismissal", rule=end.end.rule):
                for dismissal in dismissals_of(self.store, end.end):
                    edits.delete_record(self.store, Dismissal, dismissal)

        self.guarded(act)
        self.settle()

    def _show(self) -> None:
        current, index = self.current(), self.tree.currentIndex()
        self._folded_up = self._folded_up - {one.rule for one in self.model.groups} | self._folded()
        scroll = self.tree.verticalScrollBar().value()
        place, parent = index.row(), index.parent().row()
        self.model.reread(quiet=self.quiet.isChecked(), left=self.left.isChecked())
        for number, group in enumerate(self.model.groups):
            self.tree.setExpanded(self.model.index(number, 0), group.rule not in self._folded_up)
        if current is not None:
            self._keep_on(self.model.index_of(current, place), parent, place)
        self.tree.verticalScrollBar().setValue(scroll)
        self.pages.setCurrentWidget(self.tree if self.model.groups else self.empty)
        if not self.model.groups:
            self.empty.say(self._nothing())
        self._set_enabled()

    def _keep_on(self, index: QModelIndex, group: int, place: int) -> None:
        """On the same loose end, the one come into its place, or its rule where that is folded up."""
        if not index.isValid() and 0 <= group < len(self.model.groups):
            last = self.model.groups[group].rows - 1
            index = self.model.index(min(place, last), 0, self.model.index(group, 0))
        if index.isValid():
            self.tree.setCurrentIndex(index if self.tree.isExpanded(index.parent()) else index.parent())

    def _folded(self) -> set[str]:
        return {
            group.rule
            for number, group in enumerate(self.model.groups)
            if not self.tree.isExpanded(self.model.index(number, 0))
        }

    def _nothing(self) -> str:
        if backlog(self.store).rows:
            return self.tr("Still looking. What is open is listed here as it is found.")
        quiet = sum(counts(self.store)[True].values())
        if quiet:
            words = self.tr("Nothing is open in articles called done; open in others: {count}.")
            return words.format(count=f"{quiet:,}")
        return self.tr("No loose ends. Each article is checked once its reading is called done.")

    def _set_enabled(self) -> None:
        is_left = self.model.is_left(self.tree.currentIndex())
        self.leave.setEnabled(self.current() is not None)
        self.leave.setText(self.tr("Take it up again") if is_left else self.tr("Leave it open…"))
        off = self.tr("Take it off this list, with a reason")
        self.leave.setToolTip(self.tr("Put it back onto this list") if is_left else off)
