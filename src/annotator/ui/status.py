"""The foot of the window: the state of the hands, the place in the text, who signs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.domain.handles import handle
from annotator.store import lists, read
from annotator.ui.hands.desk import Desk


class StatusLine(QWidget):
    """Words at the foot of the window; screen readers get them as its accessible name.

    They follow the text: what changed there is painted before they are read anew.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.state = QLabel()
        self.place = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self.state, 1)
        row.addWidget(self.place)
        for label in (self.state, self.place):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        desk.state_changed.connect(self._later.start)
        self.refresh()

    def refresh(self) -> None:
        """Say the state as it is now."""
        self._desk.store.notice_others()  # the article may be gone
        self.state.setText(self._state())
        self.state.setAccessibleName(self.state.text())
        self.place.setText(self._place())

    def _state(self) -> str:
        desk = self._desk
        if desk.article is None:
            return self.tr("No article open")
        if desk.mode is not None:
            return desk.mode.name
        selected = desk.selected()
        if selected:
            count = sum(len(desk.text[span.start : span.end].split()) for span in selected)
            words = self.tr("selection · one word")
            if count != 1:
                words = self.tr("selection · {count} words").format(count=count)
            return words + self._held_words(" · ")
        return self._held_words("") or self.tr("reading")

    def _held_words(self, before: str) -> str:
        held = self._desk.held
        row = lists.mark_row(self._desk.store, held) if held else None
        if row is None:
            return ""
        label = read.scheme(self._desk.store).labels.get(row.label)
        name = label.name if label else row.label
        mark = handle("mark", row.number)
        return before + self.tr("mark held · {handle} {label}").format(handle=mark, label=name)

    def _place(self) -> str:
        desk = self._desk
        if desk.article is None:
            return ""
        number = read.paragraphs(desk.store, desk.article).number_at(desk.view.caret())
        saved = self.tr("read only") if desk.store.readonly else self.tr("saved")
        if not desk.store.is_in_place:
            saved = self.tr("not saved")
        return f"¶{number} · {saved}"


class NameButton(QToolButton):
    """Who signs, and the way to change it; the keys stay with the text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setStyleSheet("padding: 1px 6px")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(self.tr("What you do is signed with this name. Click to change it."))
        self.show_name(name)

    def show_name(self, name: str) -> None:
        """Name somebody else from now on."""
        self.setText(name)
        self.setAccessibleName(self.tr("Your name: {name}").format(name=name))
