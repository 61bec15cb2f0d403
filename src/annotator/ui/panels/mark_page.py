"""Everything about one mark: its words, who says them, what they answer, and what is noted about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.handles import handle
from annotator.domain.model import Mark
from annotator.domain.sentences import as_quote
from annotator.store import edits, lists, read
from annotator.store.lists.proposals import RULE, rule_name
from annotator.ui import icons
from annotator.ui.panels.label_chip import LabelChip
from annotator.ui.panels.mark_claims import ClaimGroup
from annotator.ui.panels.mark_links import LinkGroup
from annotator.ui.panels.mark_parts import ChainGroup, Owner
from annotator.ui.panels.mark_values import ValueGroup
from annotator.ui.panels.parts import TickBox, Words, rule, scroll_down_only
from annotator.ui.panels.words import local_time
from annotator.ui.tabbing import tab_before
from annotator.ui.theme import Theme

QUOTE_LENGTH = 220
"""Characters of a quote shown before “show all” is asked for."""
NOTE_IDLE_MS = 3000
"""How long a note waits after the last key before it is saved without being left."""


class MarkPage(QScrollArea):
    """The mark shown last; a note is saved when it is left, and after a pause."""

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self.owner = owner
        self.store = owner.store
        self.mark: Mark | None = None
        self._is_whole = False
        self._make_head()
        self._make_notes()
        self.chain = ChainGroup(owner)
        self.links = LinkGroup(owner)
        self.claims = ClaimGroup(owner)
        self.values = ValueGroup(owner)
        self._writing = QTimer(self, singleShot=True, interval=NOTE_IDLE_MS)
        self._writing.timeout.connect(self.commit)
        self.note.textChanged.connect(self._writing.start)
        self._lay_out()
        self.set_theme(owner.look)

    def _make_head(self) -> None:
        self.chip = LabelChip()
        self.handle = Words(is_quiet=True)
        self.handle.setWordWrap(False)
        self.pin_line = QHBoxLayout()
        self.pin_line.setSpacing(8)
        self.pin_line.addWidget(self.chip)
        self.pin_line.addWidget(self.handle)
        self.pin_line.addStretch(1)
        self.quote = Words()
        self.quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = QToolButton()
        self.more.setText(self.tr("Show all"))
        self.more.clicked.connect(self._show_whole)

    def _make_notes(self) -> None:
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * 3 + 18)
        self.note.installEventFilter(self)
        self.question = QLineEdit()
        self.question.setAccessibleName(self.tr("Open question"))
        self.question.setPlaceholderText(self.tr("Open question"))
        self.question.editingFinished.connect(self._save_question)
        self.sure = TickBox(self.tr("I am sure of this mark"))
        self.sure.clicked.connect(lambda is_sure: self._edit(sure=is_sure))
        self.made = Words(is_quiet=True)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(self.pin_line)
        column.addWidget(self.quote)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        for group in (self.chain, self.links, self.claims, self.values):
            column.addWidget(group)
        column.addWidget(rule())
        for widget in (self.note, self.question, self.sure, self.made):
            column.addWidget(widget)
        column.addStretch(1)
        scroll_down_only(self)
        self.setWidget(page)

    def set_theme(self, look: Theme) -> None:
        """Wear another theme; what is shown is made anew when a mark is shown next."""
        for button in (self.chain.relay, self.claims.join):
            button.setIcon(icons.icon("add", look))
        self.chain.possible.setIcon(icons.icon("question", look))
        self.links.rethemed(look)
        for group in (self.chain, self.links, self.claims, self.values):
            group.forget()

    def commit(self) -> None:
        """Save the note as it stands, if it was changed, and judgements that were begun."""
        self._writing.stop()
        self.claims.commit()
        if self.mark is None or not self.note.document().isModified():
            return
        self.note.document().setModified(False)
        mark, text = self.mark.id, self.note.toPlainText().strip() or None
        if lists.mark_row(self.store, mark) is not None:
            self.owner.guarded(lambda: edits.edit_mark(self.store, mark, note=text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note:
            if isinstance(event, QFocusEvent) and event.lostFocus():
                self.commit()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                if is_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self.commit()
                    return True
        return super().eventFilter(watched, event)

    def take_keys(self, attribute: str | None) -> None:
        """Put the cursor into the field of an attribute, or the first one; else into the note."""
        field = self.values.field(attribute) or self.note
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(field, QLineEdit):
            field.selectAll()
        self.ensureWidgetVisible(field, 0, field.height())  # without a margin it is seen as far as the cursor

    def show_mark(self, mark: Mark) -> None:
        """Show a mark; what is being written about the same one stays."""
        is_same = self.mark is not None and self.mark.id == mark.id
        self.mark = mark
        if not is_same:
            self._is_whole = False
            self.verticalScrollBar().setValue(0)
        self._show_head(mark)
        self._show_quote()
        self._show_notes(mark, is_same)
        for group, after in (
            (self.chain, self.links.about),
            (self.links, self.claims.join),
            (self.claims, self.note),
            (self.values, self.note),
        ):
            before = [*group.rows]
            group.show_mark(mark)
            if group.rows != before:
                tab_before(after, group.rows)

    def _show_head(self, mark: Mark) -> None:
        label = read.scheme(self.store).labels.get(mark.label)
        name, codebook = (label.name, label.codebook) if label else (mark.label, "")
        self.chip.show_label(self.owner.look.text.style(mark.label), name, codebook)
        row = lists.mark_row(self.store, mark.id)
        self.handle.setText(handle("mark", row.number) if row else "")

    def _show_quote(self) -> None:
        if self.mark is None:
            return
        whole = " … ".join(" ".join(quote.split()) for quote in self.mark.quotes)
        is_long = len(whole) > QUOTE_LENGTH
        shown = whole if self._is_whole or not is_long else whole[:QUOTE_LENGTH].rsplit(" ", 1)[0] + "…"
        self.quote.setText(as_quote(shown))
        self.more.setVisible(is_long and not self._is_whole)

    def _show_whole(self) -> None:
        self._is_whole = True
        self._show_quote()

    def _show_notes(self, mark: Mark, is_same: bool) -> None:
        is_typing = is_same and self.note.document().isModified()
        if not is_typing and self.note.toPlainText() != (mark.note or ""):
            self.note.setPlainText(mark.note or "")
            self.note.document().setModified(False)
        if not is_typing:
            self._writing.stop()
        if not (is_same and self.question.isModified()):
            self.question.setText(mark.question or "")
        self.sure.setChecked(mark.sure)
        name = read.annotators(self.store).get(mark.annotator) if mark.annotator else None
        status = "" if mark.status == "open" else mark.status
        parts = (name, local_time(mark.created), status, self._proposer(mark.proposed_by or ""))
        self.made.setText(" · ".join(part for part in parts if part))

    def _proposer(self, origin: str) -> str:
        if origin.startswith(RULE):
            return self.tr("proposed by rule “{name}”").format(name=rule_name(origin))
        return self.tr("proposed by {name}").format(name=origin) if origin else ""

    def _save_question(self) -> None:
        if self.mark is not None and self.question.isModified():
            self.question.setModified(False)
            self._edit(question=self.question.text().strip() or None)

    def _edit(self, **changes: Any) -> None:
        if self.mark is not None:
            mark = self.mark.id
            self.owner.guarded(lambda: edits.edit_mark(self.store, mark, **changes))
