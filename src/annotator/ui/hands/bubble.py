"""The bubble at a selection made with the mouse: labels, and what else the words may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.domain.spans import Span
from annotator.store import picking, read
from annotator.ui.actions import BY_ID
from annotator.ui.hands.desk import tr
from annotator.ui.icons import icon
from annotator.ui.panels.parts import letter_badge

if TYPE_CHECKING:
    from annotator.ui.hands.hands import Hands

_GAP = 6
_NAME_WIDTH = 140


class Bubble(QFrame):
    """Buttons beside a selection; it takes no focus, so that keys stay with the text."""

    def __init__(self, hands: Hands, over: QWidget) -> None:
        super().__init__(over)
        self._hands = hands
        self._over = over
        self._span: Span | None = None
        self.setObjectName("bubble")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(4, 4, 4, 4)
        self._rows.setSpacing(2)
        over.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay within the text when a panel takes room from it."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.follow()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Be as large as what is in it, which is known only once that is styled."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.follow()
        return is_done

    def show_for(self, span: Span) -> None:
        """Stand below the end of a selection, or above it near the bottom."""
        self._span = span
        self._fill()
        self.follow()
        self.show()
        self.raise_()

    def follow(self) -> None:
        """Stay with the selection while the text scrolls."""
        if self._span is None or not self._hands.desk.view.selection():
            return
        view = self._hands.desk.view
        rects = view.rects_of(Span(max(self._span.start, self._span.end - 1), self._span.end))
        if not rects:
            self.hide()
            return
        port = view.viewport()
        low = self._over.mapFromGlobal(port.mapToGlobal(rects[-1].bottomLeft()))
        high = self._over.mapFromGlobal(port.mapToGlobal(rects[-1].topLeft()))
        size = self.sizeHint()
        top = low.y() + _GAP
        if top + size.height() > self._over.height():
            top = high.y() - size.height() - _GAP
        top = min(top, self._over.height() - size.height())
        left = max(0, min(low.x() - size.width() // 2, self._over.width() - size.width()))
        self.resize(size)
        self.move(QPoint(left, max(0, top)))

    def _fill(self) -> None:
        self._clear()
        hands = self._hands
        scheme = read.scheme(hands.desk.store)
        side = self.fontMetrics().height() + 2
        buttons = []
        for label in scheme.shown_labels():
            picture = self._letter(label.id, side)
            button = self._button(label.name, scheme.keys.get(label.id, ""), picture)
            button.clicked.connect(lambda _=False, label_id=label.id: hands.label_with(label_id))
            buttons.append(button)
        buttons += self._again_button(side)
        pulled = hands.desk.view.pulled
        if pulled and pulled != self._span and pulled.start < pulled.end:
            button = self._button(tr("Exact"), "", None)
            button.setToolTip(tr("Just the characters that were pulled over"))
            button.clicked.connect(lambda: self._take_exactly(pulled))
            buttons.append(button)
        if hands.desk.held:
            buttons += self._held_buttons()
        self._place(buttons)

    def _clear(self) -> None:
        for button in self.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
            button.hide()
            button.deleteLater()
        while (item := self._rows.takeAt(0)) is not None:
            if row := item.layout():
                row.deleteLater()

    def _place(self, buttons: Sequence[QToolButton]) -> None:
        """In one row where the text is wide enough, otherwise in as many as it takes."""
        room, taken = self._over.width() - 2 * _GAP, 0
        for button in buttons:
            button.ensurePolished()
            width = button.sizeHint().width() + self._rows.spacing()
            if not taken or taken + width > room:
                row = QHBoxLayout()
                row.setSpacing(self._rows.spacing())
                row.setAlignment(Qt.AlignmentFlag.AlignLeading)
                self._rows.addLayout(row)
                taken = 0
            row.addWidget(button)
            taken += width

    def _letter(self, label: str, side: int) -> QPixmap:
        """The letter of a label in its colour."""
        ratio = self.devicePixelRatioF()
        made = QPixmap(QSize(side + _GAP // 2, side) * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        look = self._hands.look
        letter_badge(painter, QRectF(0, 0, side, side), look.text.style(label), look.text.base)
        painter.end()
        return made

    def _again_button(self, side: int) -> list[QToolButton]:
        """Label and source of the newest mark at one click, where it has a source."""
        store = self._hands.desk.store
        newest = picking.newest_mark(store)
        if newest is None or newest.source is None:
            return []
        name = read.source(store, newest.source).name
        picture = self._letter(newest.label, side)
        button = self._button(name, BY_ID["repeat"].key, picture)
        button.setToolTip(tr("Same label and source as the last mark: {source}").format(source=name))
        button.setAccessibleName(tr("Again: {source}").format(source=name))
        button.setText(f"{self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _NAME_WIDTH)}  .")
        button.clicked.connect(lambda: self._do("repeat"))
        return [button]

    def _held_buttons(self) -> list[QToolButton]:
        buttons = []
        for name, words in (("add-piece", tr("Add piece")), ("cut-hole", tr("Cut out"))):
            button = self._button(words, BY_ID[name].key, None, BY_ID[name].icon)
            button.clicked.connect(lambda _=False, name=name: self._do(name))
            buttons.append(button)
        button = self._button(tr("Names the source"), "", None, "source")
        button.clicked.connect(self._name_source)
        return [*buttons, button]

    def _take_exactly(self, span: Span) -> None:
        self._hands.desk.view.select(span)
        self.show_for(span)

    def _do(self, name: str) -> None:
        self.hide()
        self._hands.functions[name]()

    def _name_source(self) -> None:
        span = self._hands.desk.view.selection()
        self.hide()
        if span:
            self._hands.sourcing.from_words(span)

    def _button(self, words: str, key: str, picture: QPixmap | None, icon_name: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(f"{words}  {key}" if key else words)
        button.setToolTip(words)
        button.setAccessibleName(words)
        if picture is not None:
            button.setIcon(picture)
            button.setIconSize(picture.deviceIndependentSize().toSize())
        elif icon_name:
            button.setIcon(icon(icon_name, self._hands.look))
        return button
