"""What every dialog has: a title, room that fits small screens, a line for what is wrong, buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.ui import icons
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

SIGN = 18
_ROUND = QSize(32, 110)
"""What margins, buttons and a remark of two lines take of a dialog."""


class Remark(QWidget):
    """One sentence with a sign before it; takes no room while there is none."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words = Words()
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, empty where there is none."""
        return self._words.text()

    def say(self, sentence: str, role: str = "warning") -> None:
        """Show a sentence; role: warning, danger, success or info. An empty one takes it away."""
        sign = {"success": "done", "info": "info"}.get(role, "warning")
        self._sign.setPixmap(icons.icon(sign, self._look, role, SIGN).pixmap(SIGN, SIGN))
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class _Body(QScrollArea):
    """What is above the buttons: it scrolls where the screen is smaller than the least it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = _Inside()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.setWidget(self._inside)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        needed = self._inside.minimumSizeHint()
        room = room_on_screen(self) - _ROUND
        if needed.height() > room.height():
            needed += QSize(self.verticalScrollBar().sizeHint().width(), 0)
        return needed.boundedTo(room)

    def event(self, event: QEvent) -> bool:
        """Tell the dialog when what is inside needs other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class _Inside(QWidget):
    """Is scrolled where it has less than the least height for its width, not where it would like more."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1


class Dialog(QDialog):
    """A window over the window. Fill `column`.

    Enter presses the button that has the focus, from anywhere else `accept_button`;
    Ctrl+Enter presses `accept_button` also from a field of several lines. Esc closes
    without doing anything. `say` shows what is wrong above the buttons, which stand below
    what scrolls on a small screen. One that was answered is kept until the event is over in
    which it was asked, and no longer.
    """

    def __init__(
        self, look: Theme, parent: QWidget | None, title: str, accept: str, size: tuple[int, int]
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.setModal(True)
        body = _Body()
        self.column = body.column
        self.remark = Remark(look)
        self.buttons = QDialogButtonBox()
        self.accept_button = self.buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel_button = self.buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button.setDefault(True)
        for button in (self.accept_button, self.cancel_button):
            button.setIcon(QIcon())
        self.cancel_button.setAutoDefault(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept_button.click)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(12)
        whole.addWidget(body, 1)
        whole.addWidget(self.remark)
        whole.addWidget(self.buttons)
        self.resize(QSize(*size).boundedTo(room_on_screen(self)))
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def exec(self) -> int:
        answer = super().exec()
        self.deleteLater()  # its parent would keep it, and all that it read, until the project is closed
        return answer

    def say(self, sentence: str, role: str = "warning") -> None:
        """Show a sentence above the buttons, or none."""
        self.remark.say(sentence, role)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Bring what got the focus into sight, however it did; what was clicked stays under the pointer."""
        del old
        if new is None or not self.isAncestorOf(new) or QApplication.mouseButtons():
            return
        around = new.parentWidget()
        while around is not None and around is not self:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(new)
            around = around.parentWidget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)


def room_on_screen(widget: QWidget) -> QSize:
    """How large a window may be: nine tenths of the screen that a widget is on."""
    return widget.screen().availableSize() * 0.9


class NoteField(QPlainTextEdit):
    """Some lines of the analyst's own, three where there is no room for more; Tab goes to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 3 * self.fontMetrics().height() + 16)


def plain_button(words: str, icon: QIcon | None = None) -> QPushButton:
    """A button in a dialog that Enter presses only where it has the focus."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    if icon is not None:
        button.setIcon(icon)
    return button


def label_for(words: str, field: QWidget) -> QLabel:
    """The name of a field beside it, which a screen reader says too."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(words.replace("&", ""))
    return label
