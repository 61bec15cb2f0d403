"""The links of the mark in hand, in words, with what is noted about each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.ids import LinkId, MarkId
from annotator.domain.model import Mark
from annotator.domain.sentences import as_quote
from annotator.store import edits, lists, read
from annotator.store.lists import LinkRow
from annotator.ui import icons
from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.mark_parts import Group, Owner
from annotator.ui.panels.own_keys import OwnKeys
from annotator.ui.panels.parts import Words, tool_button
from annotator.ui.theme import Theme

LINK_ROWS = 10
"""How many links are seen at once; more are scrolled to."""


class LinkGroup(Group):
    """The links of a mark in words, both directions.

    Enter or a click goes there, F2 asks what is noted about one, Delete removes one.
    """

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner, "")
        self.heading.setText(self.tr("Links"))
        self.about = tool_button("note", owner.look, self.tr("Note on the link… (F2)"), self.ask_about)
        self.column.removeWidget(self.heading)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.heading, 1)
        line.addWidget(self.about)
        self.column.addLayout(line)
        self.list = ChoiceList(owner.look)
        self.list.setAccessibleName(self.tr("Links of this mark"))
        self.list.installEventFilter(self)
        OwnKeys(self.list, Qt.Key.Key_F2)
        self.list.taken.connect(self._go)
        self.none = Words(self.tr("None yet."), is_quiet=True)
        self.column.addWidget(self.list)
        self.column.addWidget(self.none)
        self._mark = MarkId("")

    def show_mark(self, mark: Mark) -> None:
        """Show the links of a mark."""
        found = lists.links_in_hand(self.store, mark.id)
        rows = [row for row in found if row.link is not None or row.other.table == "mark"]
        if self.is_shown_already((mark.id, mark.article, rows)):
            return
        self._mark = mark.id
        place = self.list.currentIndex().row() if self.list.hasFocus() else None
        self.list.set_entries([self._entry(mark, row) for row in rows], place)
        self.list.setVisible(bool(rows))
        self.about.setEnabled(any(row.link is not None for row in rows))
        self.none.setVisible(not rows)
        self.list.setFixedHeight(self.list.height_for(min(LINK_ROWS, max(1, len(rows)))))

    def rethemed(self, look: Theme) -> None:
        """Wear another theme."""
        self.list.set_look(look)
        self.about.setIcon(icons.icon("note", look))

    def ask_about(self) -> None:
        """Ask for the note of the chosen link, of the only one, or let one be chosen first."""
        drawn = [row for entry in self.list.entries if (row := _link_of(entry)) is not None]
        chosen = _link_of(self.list.current())
        link = chosen or (drawn[0] if len(drawn) == 1 else None)
        if link is not None:
            self.owner.ask_link(link)
        elif drawn:
            self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QFocusEvent):
            self._hold_row(event)
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            entry = self.list.current()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.take(entry)
                return True
            if event.key() == Qt.Key.Key_Delete and entry is not None:
                self._delete(entry)
                return True
            if event.key() == Qt.Key.Key_F2:
                self.ask_about()
                return True
        return super().eventFilter(watched, event)

    def _hold_row(self, event: QFocusEvent) -> None:
        """Stand on a row while the keys are in the list, and no longer: it looks as if Delete were for it."""
        if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            return
        if event.lostFocus():
            self.list.setCurrentIndex(QModelIndex())
        elif self.list.current() is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.list.step(1)

    def _entry(self, mark: Mark, row: LinkRow) -> Entry:
        kind = read.scheme(self.store).link_kinds.get(row.kind)
        name = (kind.name if row.outward else kind.passive) if kind else row.kind
        arrow = "=" if kind and kind.symmetric else "→" if row.outward else "←"
        right = ""
        if row.article is not None and row.article != mark.article and row.article_number:
            right = handle("article", row.article_number)
        elif row.spans:
            right = "↑" if row.spans[0].start < mark.spans[0].start else "↓"
        words = as_quote(row.text) if row.other.table == "mark" else row.text
        inferred = self.tr("drawn by you") if row.inferred else ""
        detail = " · ".join(part for part in (row.source, inferred) if part)
        return Entry(f"{arrow} {name}  {words}", row, detail, style=row.kind, right=right)

    def _go(self, entry: Entry) -> None:
        row = entry.value
        if isinstance(row, LinkRow) and row.other.table == "mark":
            self.owner.go_to(MarkId(row.other.id))

    def _delete(self, entry: Entry) -> None:
        row = entry.value
        if not isinstance(row, LinkRow):
            return
        link = row.link
        if link is not None:
            self.owner.guarded(lambda: edits.delete_link(self.store, link))
        else:
            self.owner.guarded(lambda: self._leave_claim(MarkId(row.other.id)))

    def _leave_claim(self, other: MarkId) -> None:
        """A link `same claim` is a shared claim node: taking it away takes this mark out of it."""
        theirs = {mention.proposition for mention in read.mentions_of(self.store, other)}
        for mention in read.mentions_of(self.store, self._mark):
            if mention.proposition in theirs:
                edits.delete_mention(self.store, mention.id)
                return
        raise UserError("no-such-row", table="mention", id=other)


def _link_of(entry: Entry | None) -> LinkId | None:
    row = entry.value if entry is not None else None
    return row.link if isinstance(row, LinkRow) else None
