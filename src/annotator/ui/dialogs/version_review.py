"""What became of the marks of an older version: both texts side by side, and the list to go through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.spans import Span
from annotator.store import edits, lists, read, versions
from annotator.store.newer import LinkLeft
from annotator.store.session import Session
from annotator.store.versions import Review
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.dialogs.version_links import VersionLinks
from annotator.ui.dialogs.version_texts import texts
from annotator.ui.panels.article_rows import title_of
from annotator.ui.panels.parts import Elided, Words
from annotator.ui.theme import Theme

_PLACE = Qt.ItemDataRole.UserRole


class VersionReview(Dialog):
    """Goes through the marks of the older version: Enter takes a mark over or goes to it.

    A mark whose words are gone is taken over to the words selected in the new text.
    Every step is an edit of its own, seen at once and undone like any other.
    """

    mark_asked = Signal(object)
    """A mark of the new version to go to."""

    def __init__(
        self,
        session: Session,
        old: ArticleId,
        new: ArticleId,
        look: Theme,
        guarded: Callable[[Callable[[], object]], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(look, parent, "", "", (1180, 680))
        self.setModal(False)
        self.setWindowTitle(self.tr("Marks in the newer version"))
        self.accept_button.setText(self.tr("Done"))
        self.cancel_button.hide()
        self._store = session.store
        self._old, self._new = old, new
        self._guarded = guarded
        self._rows: list[Review] = []
        between = versions.alignment(self._store, old, new)
        self.before, self.after = texts(
            between.old, between.removed(), between.new, between.added(), look, self
        )
        self.summary = Words()
        self.only_gone = QCheckBox(self.tr("Only what is gone or has moved"))
        self.only_gone.setChecked(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Marks of the older version"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.take = plain_button(self.tr("Take over to the selected words"))
        self.go = plain_button(self.tr("Go to the mark"))
        self.links = VersionLinks(self._store, new, guarded)
        self._lay_out()
        self._connect()
        self._read()
        self.list.setFocus()

    def _connect(self) -> None:
        self.links.pointed.connect(self._point_out)
        self._stop = self._store.subscribe(lambda change: self._read())
        self.finished.connect(lambda: self._stop())
        self.only_gone.toggled.connect(lambda: self._fill())
        self.list.currentRowChanged.connect(lambda: self._show_current())
        self.list.itemActivated.connect(lambda: self.act())
        self.after.selectionChanged.connect(self._enable)
        self.take.clicked.connect(self.take_over)
        self.go.clicked.connect(self.go_there)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        for text in (self.before, self.after):
            text.set_look(look)

    def _lay_out(self) -> None:
        old, new = (
            Elided(self._named(article, words))
            for article, words in ((self._old, self.tr("Older")), (self._new, self.tr("Newer")))
        )
        listed, left, right = QWidget(), QWidget(), QWidget()
        for widget, parts in (
            (listed, (self.only_gone, self.list, self.links)),
            (left, (old, self.before)),
            (right, (new, self.after)),
        ):
            column = QVBoxLayout(widget)
            column.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                column.addWidget(part, 1 if part in (self.list, self.before, self.after) else 0)
        both = QSplitter()
        for widget, stretch in ((listed, 2), (left, 3), (right, 3)):
            both.addWidget(widget)
            both.setStretchFactor(both.count() - 1, stretch)
        both.setSizes([320, 420, 420])
        both.setChildrenCollapsible(False)
        acts = QHBoxLayout()
        acts.addWidget(self.take)
        acts.addWidget(self.go)
        acts.addStretch(1)
        self.column.addWidget(self.summary)
        self.column.addWidget(both, 1)
        self.column.addLayout(acts)

    def _named(self, article: ArticleId, words: str) -> str:
        row = lists.article_row(self._store, article)
        parts = (handle("article", row.number), title_of(self._store, row), row.date) if row else ()
        return f"{words}: {'  '.join(part for part in parts if part)}"

    def _read(self) -> None:
        """What became of each mark as things stand; closed where one of the articles is gone."""
        if not all(read.is_there(self._store, "article", one) for one in (self._old, self._new)):
            self.reject()
            return
        self._rows = versions.review(self._store, self._old, self._new)
        self._fill()
        had_keys = self.focusWidget() in self.links.findChildren(QWidget)
        self.links.refresh()
        if had_keys and not self.links.rows:
            self.list.setFocus()

    def _fill(self) -> None:
        kept, stood = self.current(), self.list.currentRow()
        counts = Counter(self._outcome(row) for row in self._rows)
        words = self.tr("The same words: {same} · found elsewhere: {moved} · gone: {gone}")
        if counts["taken"]:
            words += self.tr(" · taken over by hand: {taken}")
        if counts["left"]:
            words += self.tr(" · not taken over: {left}")
        self.summary.setText(words.format_map({"same": 0, "moved": 0, "gone": 0, **counts}))
        self.list.clear()
        for place, row in enumerate(self._rows):
            if self._outcome(row) in ("same", "taken") and self.only_gone.isChecked():
                continue
            item = QListWidgetItem(self._line(row))
            item.setData(_PLACE, place)
            self.list.addItem(item)
            if kept and row.mark == kept.mark:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(min(max(stood, 0), self.list.count() - 1))
        self._enable()

    def stand_on(self, mark: MarkId) -> None:
        """Make a mark of the older version the current one."""
        for _ in (False, True):
            for place in range(self.list.count()):
                if self._rows[self.list.item(place).data(_PLACE)].mark == mark:
                    self.list.setCurrentRow(place)
                    return
            self.only_gone.setChecked(False)

    def _outcome(self, row: Review) -> str:
        if row.carried.outcome != "gone" and row.taken is None:
            return "left"
        return "taken" if row.carried.outcome == "gone" and row.taken else row.carried.outcome

    def _line(self, row: Review) -> str:
        signs = {
            "same": self.tr("✓ the same"),
            "moved": self.tr("→ moved"),
            "gone": self.tr("✗ gone"),
            "left": self.tr("○ not taken over"),
            "taken": self.tr("✓ taken over by hand"),
        }
        label = read.scheme(self._store).labels.get(row.label)
        name = label.name if label else row.label
        return f"{signs[self._outcome(row)]}   {handle('mark', row.number)} {name}\n“\u2068{row.quote}\u2069”"

    def current(self) -> Review | None:
        """The mark the list stands on."""
        item = self.list.currentItem()
        return self._rows[item.data(_PLACE)] if self.list.currentRow() >= 0 else None

    def _show_current(self) -> None:
        row = self.current()
        self.before.point_out(row.spans if row else ())
        self.after.point_out(row.carried.spans if row else ())
        self._enable()

    def _point_out(self, link: LinkLeft) -> None:
        """Show both marks of a link that may move."""
        for view, mark in ((self.before, link.older), (self.after, link.newer)):
            view.point_out(read.mark(self._store, mark).spans)

    def _enable(self) -> None:
        row = self.current()
        is_left = row is not None and row.taken is None
        self.take.setEnabled(is_left and bool(self._words_for(row)))
        self.go.setEnabled(row is not None and row.taken is not None)

    def act(self) -> None:
        """What Enter does: take the mark over where words are selected, else go to it."""
        if self.take.isEnabled():
            self.take_over()
        elif self.go.isEnabled():
            self.go_there()
        else:
            self.say(self.tr("Select its words in the newer text, then press Enter."), "info")

    def take_over(self) -> None:
        """Take the current mark over to the words selected in the new text, or to those found there."""
        row = self.current()
        spans = self._words_for(row)
        if row is None or not spans:
            return
        self.say("")
        self._guarded(lambda: edits.carry_mark(self._store, row.mark, self._new, spans))

    def _words_for(self, row: Review | None) -> Sequence[Span]:
        """The words selected in the new text for a mark; without any, those found there."""
        chosen = self.after.selected()
        if chosen is not None:
            return [chosen]
        return row.carried.spans if row is not None and row.carried.outcome != "gone" else ()

    def go_there(self) -> None:
        """Show the mark in the window."""
        row = self.current()
        if row is not None and row.taken is not None:
            self.mark_asked.emit(row.taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts on the marks from either text, too; a list has acted on it already."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter and not isinstance(self.focusWidget(), QPushButton):
            if self.focusWidget() in (self.before, self.after):
                self.act()
            event.accept()
        else:
            super().keyPressEvent(event)
