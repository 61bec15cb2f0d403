"""An analyst at the window: looks at what it shows, sends keys and mouse events, and counts them.

Nothing here calls an edit. What is read is what stands on the screen: hint
letters, entries of popups, the mark in hand.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton, QWidget

from annotator.domain.ids import MarkId
from annotator.domain.model import Mark
from annotator.domain.spans import Span
from annotator.store import lists, read
from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.dialogs.lookup import LookupPopup
from annotator.ui.dialogs.popup import Popup
from annotator.ui.dialogs.search_popup import SearchPopup
from annotator.ui.status import StatusLine
from annotator.ui.text.view import TextView
from annotator.ui.window import MainWindow
from tests import LIMIT_MS

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NOTCH = 120
PATIENCE = 400
"""Keys or notches before something is out of reach for good."""
BEYOND = 60
"""How many pixels outside the text the pointer is held to make it scroll."""


def settle() -> None:
    """Let the window do what is waiting, painting too."""
    for _ in range(3):
        QCoreApplication.processEvents()


class Analyst:
    """Presses keys and moves the mouse in one window.

    presses: keys pressed, each modifier counted as one more. gestures: drags, clicks
    (a double click is one) and turns of the wheel, however far.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.presses = 0
        self.gestures = 0

    # What stands on the screen

    @property
    def view(self) -> TextView:
        """The text of the pane at work."""
        return self.window.view

    @property
    def text(self) -> str:
        return self.view.page.text

    @property
    def held(self) -> MarkId:
        mark = self.window.session.focus.mark
        assert mark is not None, f"no mark in hand: {self.status} / {self.notice}"
        return mark

    def mark(self, mark: MarkId | None = None) -> Mark:
        return read.mark(self.window.session.store, mark or self.held)

    def words_of(self, mark: MarkId) -> str:
        """What a mark says, to search for it."""
        return " ".join(" ".join(self.mark(mark).quotes).split())

    def article_number(self) -> int:
        """The place of the article in front in the list, from 0."""
        rows = lists.articles(self.window.session.store)
        return [row.id for row in rows].index(self.window.session.focus.article or rows[0].id)

    @property
    def status(self) -> str:
        line = self.window.statusBar().findChild(StatusLine)
        assert isinstance(line, StatusLine)
        return line.state.text()

    @property
    def notice(self) -> str:
        return self.window.notices.text if self.window.notices.isVisible() else ""

    @property
    def popup(self) -> Popup | None:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        hosts = (self.window.stage, self.window)
        popups = [one for host in hosts for one in host.findChildren(Popup, options=direct)]
        return next((one for one in popups if one.isVisible()), None)

    @property
    def choices(self) -> ChoiceList:
        popup = self.popup
        assert popup is not None, f"nothing to choose from: {self.status} / {self.notice}"
        self._see()
        found = popup.findChild(ChoiceList)
        assert isinstance(found, ChoiceList)
        return found

    def _see(self) -> None:
        """Let the window do what is waiting, and find what was typed."""
        settle()
        popup, deadline = self.popup, QDeadlineTimer(LIMIT_MS)
        while isinstance(popup, LookupPopup) and popup.is_waiting and not deadline.hasExpired():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            popup = self.popup

    def entry(self, fits: Callable[[Entry], bool]) -> Entry | None:
        return next((entry for entry in self.choices.entries if fits(entry)), None)

    def is_seen(self, span: Span) -> bool:
        """Whether both ends of a span can be pointed at."""
        port = self.view.viewport().rect()
        ends = (Span(span.start, span.start + 1), Span(span.end - 1, span.end))
        rects = [self.view.rects_of(end) for end in ends]
        return all(found and port.contains(found[0]) for found in rects)

    def is_below(self, offset: int) -> bool:
        """Whether a character lies below the last line that is seen whole."""
        rects = self.view.rects_of(Span(offset, offset + 1))
        if not rects:
            return offset >= self.view.visible_span().end
        return rects[0].bottom() > self.view.viewport().rect().bottom()

    # Keys

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key where the keys go."""
        for _ in range(times):
            self.presses += 1 + sum(bool(modifiers & one) for one in (CTRL, SHIFT, ALT))
            QTest.keyClick(self._listener(), key, modifiers)
            self._see()

    def type(self, words: str) -> None:
        """Type characters; a capital is two presses."""
        for char in words:
            if not char.isascii():
                self.press_place(0, 0, char)
                continue
            self.presses += 1 + char.isupper()
            QTest.keyClicks(self._listener(), char, SHIFT if char.isupper() else NONE)
            self._see()

    def press_place(
        self, scan_code: int, key: int, printed: str, modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        """Press the key at a place of the keyboard that prints something else than on a US keyboard."""
        self.presses += 1
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        for kind in kinds:
            event = QKeyEvent(kind, key, modifiers, scan_code, 0, 0, printed)
            QApplication.sendEvent(self._listener(), event)
        settle()

    def _listener(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # After a dialog, a display without a window manager gives the keys back to nobody.
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)
        top = QApplication.activeWindow() or self.window
        return QApplication.focusWidget() or top.focusWidget() or top  # type: ignore[truthy-bool]  # or None

    # Mouse

    def click(self, widget: QWidget, at: QPoint | None = None, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click the widget that lies at a place of another one."""
        self.gestures += 1
        target, place = self.under(widget, at or widget.rect().center())
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, modifiers, place)
        settle()

    def double_click(self, widget: QWidget, at: QPoint) -> None:
        self.gestures += 1
        target, place = self.under(widget, at)
        QTest.mouseDClick(target, Qt.MouseButton.LeftButton, NONE, place)
        settle()

    def pull(
        self,
        start: QPoint,
        end: Callable[[], QPoint],
        pressed: Qt.KeyboardModifier = NONE,
        moved: Qt.KeyboardModifier = NONE,
        on_the_way: Callable[[], object] = settle,
        over: QWidget | None = None,
    ) -> None:
        """Drag from one point of the text's viewport, or of another widget, to another.

        `moved` are held on the way; points are in the coordinates of the widget.
        """
        self.gestures += 1
        port = over or self.view.viewport()
        assert self.under(port, start)[0] is port, f"covered by {self.under(port, start)[0]}"
        _send(port, QEvent.Type.MouseButtonPress, start, pressed)
        _send(port, QEvent.Type.MouseMove, start + QPoint(9, 9), pressed | moved)
        on_the_way()
        _send(port, QEvent.Type.MouseMove, end(), pressed | moved)
        _send(port, QEvent.Type.MouseButtonRelease, end(), pressed | moved)
        settle()

    def pull_along(self, span: Span) -> None:
        """In the middle of a drag: hold the pointer beyond the edge until words have scrolled into view."""
        port = self.view.viewport()
        deadline = QDeadlineTimer(LIMIT_MS)
        while not self.is_seen(span) and not deadline.hasExpired():
            beyond = port.height() + BEYOND if self.is_below(span.start) else -BEYOND
            self.pull_on(port, QPoint(port.width() // 2, beyond))
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert self.is_seen(span), f"{span} does not come into view"

    def pull_on(self, over: QWidget, at: QPoint) -> None:
        """In the middle of a drag: the pointer comes to a point of the widget where it began."""
        _send(over, QEvent.Type.MouseMove, at, NONE)

    def turn_wheel(self, down: bool) -> None:
        """One notch of the wheel over the text."""
        port = self.view.viewport()
        at = QPointF(port.rect().center())
        turned = QPoint(0, -NOTCH if down else NOTCH)
        event = QWheelEvent(
            at,
            QPointF(port.mapToGlobal(at)),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(port, event)
        settle()

    def click_button(self, name: str) -> None:
        """Click a visible button by what it is called."""
        found = [
            button
            for button in self.window.findChildren(QToolButton)
            if button.isVisible() and button.accessibleName() == name
        ]
        assert found, f"no button {name!r}"
        self.click(found[0])

    def click_tool(self, action: str) -> None:
        """Click a button of the tool bar by its action."""
        bar = self.window.findChild(QToolBar, "tools")
        assert isinstance(bar, QToolBar)
        self.click(bar.widgetForAction(self.window.menus.actions[action]))

    def click_entry(self, entry: Entry) -> None:
        """Click an entry of the open popup, turning the wheel where it is below the others."""
        choices = self.choices
        index = choices.entries_model.index(choices.entries.index(entry), 0)
        choices.scrollTo(index)
        self.click(choices.viewport(), choices.visualRect(index).center())

    def under(self, widget: QWidget, at: QPoint) -> tuple[QWidget, QPoint]:
        top = widget.window()
        place = widget.mapTo(top, at)
        target = top.childAt(place) or top
        return target, target.mapFrom(top, place)

    # Popups

    @property
    def search(self) -> SearchPopup:
        popup = self.popup
        assert isinstance(popup, SearchPopup), f"no line to type in: {self.status} / {self.notice}"
        return popup


def _send(widget: QWidget, kind: QEvent.Type, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    place = QPointF(widget.mapToGlobal(at))
    QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(at), place, button, held, modifiers))
