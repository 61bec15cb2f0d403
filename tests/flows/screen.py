"""Finding things on the screen by the words on them, for keys and mouse alike."""

from typing import TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QMenu,
    QTabBar,
    QWidget,
)

from annotator.ui.window import MainWindow
from tests import LIMIT_MS
from tests.flows.analyst import ALT, CTRL, NONE, PATIENCE, settle
from tests.flows.keyboard import Keyboard

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
W = TypeVar("W", bound=QWidget)
_POLL_MS = 10
_STOPS = 80
"""More than anybody goes through with Tab."""


def top() -> QWidget:
    """The window that has the keys; after a popup, a display without a window manager forgets it."""
    active = QApplication.activeModalWidget() or QApplication.activeWindow()
    if active is None or not active.isVisible():
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        windows = [one for one in shown if isinstance(one, MainWindow)]
        active = next((one for one in shown if isinstance(one, QDialog)), windows[0])
    settle()  # what was closed may still take the keys away
    for _ in range(LIMIT_MS // _POLL_MS):
        if active.isActiveWindow():
            break
        active.activateWindow()
        QTest.qWait(_POLL_MS)
    return active


def has_keys() -> QWidget:
    found = top().focusWidget()
    assert found is not None, "the keys go nowhere"
    return found.focusProxy() or found


def words_on(widget: QWidget) -> str:
    """What stands on a control, or what a screen reader calls it."""
    written = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (written or widget.accessibleName()).replace("&", "")


def in_sight(kind: type[W], words: str = "") -> list[W]:
    """Every control of a kind that can be seen and used, by the words that it begins with."""
    return [
        one
        for one in top().findChildren(kind)
        if one.isVisible() and one.isEnabled() and words_on(one).startswith(words)
    ]


def rows_of(view: QAbstractItemView) -> list[str]:
    """The words of the rows at the top level of a list."""
    model = view.model()
    return [" ".join(_cells(view, model.index(row, 0))) for row in range(model.rowCount())]


def row_with(view: QAbstractItemView, words: str) -> QModelIndex:
    """The first row, also of an open branch, that has some words in it."""
    found = _below(view, QModelIndex(), words)
    assert found is not None, f"{words!r} is in no row of {rows_of(view)}"
    return found


def _below(view: QAbstractItemView, parent: QModelIndex, words: str) -> QModelIndex | None:
    model = view.model()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        if words in " ".join(_cells(view, index)):
            return index
        inner = _below(view, index, words)
        if inner is not None:
            return inner
    return None


def _cells(view: QAbstractItemView, index: QModelIndex) -> list[str]:
    model = view.model()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(index.parent()))
    return [str(index.siblingAtColumn(column).data() or "") for column in columns]


class Hands:
    """What both analysts do in panels and dialogs: with keys alone, or with the mouse alone."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def type(self, words: str) -> None:
        QTest.keyClicks(has_keys(), words)
        settle()


class ByKeys(Hands):
    """Reaches every control with Tab, chooses with arrows, and asks for actions by name."""

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(has_keys(), key, modifiers)
        settle()

    def call(self, action: str) -> None:
        """An action by its name, from the list of all actions."""
        keyboard = Keyboard(self.window)
        keyboard.press(Key.Key_K, CTRL)
        keyboard.type(action)
        entry = keyboard.choices.current()
        assert entry is not None
        assert entry.text.startswith(action), entry.text
        keyboard.press(Key.Key_Return)

    def tab_to(self, words: str) -> QWidget:
        """Tab until the control with these words has the keys."""
        seen: list[str] = []
        while len(seen) < _STOPS:
            if words_on(has_keys()).startswith(words):
                return has_keys()
            seen.append(words_on(has_keys()))
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {words!r}, but to {list(dict.fromkeys(seen))}")

    def write(self, words: str) -> None:
        """In place of what the field says."""
        self.press(Key.Key_A, CTRL)
        self.type(words)

    def stand_on(self, words: str) -> None:
        """With arrows from the top, in the list that has the keys."""
        view = has_keys()
        assert isinstance(view, QAbstractItemView), view
        self.press(Key.Key_Home)
        for _ in range(PATIENCE):
            if words in " ".join(_cells(view, view.currentIndex().siblingAtColumn(0))):
                return
            before = view.currentIndex()
            self.press(Key.Key_Down)
            if view.currentIndex() == before:
                break
        raise AssertionError(f"{words!r} is not reached in {rows_of(view)}")

    def choose(self, words: str) -> None:
        """A value of the closed list that has the keys."""
        box = has_keys()
        assert isinstance(box, QComboBox), box
        self.press(Key.Key_Down, ALT)
        view = box.view()
        QTest.keyClick(view, Key.Key_Home)
        for _ in range(box.count()):
            if str(view.currentIndex().data()).startswith(words):
                QTest.keyClick(view, Key.Key_Return)
                settle()
                return
            QTest.keyClick(view, Key.Key_Down)
        raise AssertionError(f"{words!r} is not among {[box.itemText(at) for at in range(box.count())]}")

    def choose_in_menu(self, name: str) -> None:
        """With arrows and Enter, in the menu that is open."""
        menu = open_menu()
        for _ in menu.actions():
            QTest.keyClick(menu, Key.Key_Down)
            active = menu.activeAction()
            if active is not None and words_in(active.text()).startswith(name):
                QTest.keyClick(menu, Key.Key_Return)
                settle()
                return
        raise AssertionError(f"{name!r} is not among {[one.text() for one in menu.actions()]}")


class ByMouse(Hands):
    """Clicks what it sees; types words only."""

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        place = at or widget.rect().center()
        target = widget.window().childAt(widget.mapTo(widget.window(), place)) or widget
        QTest.mouseClick(target, LEFT, NONE, target.mapFrom(widget, place))
        settle()

    def click_menu(self, *names: str) -> None:
        """Down the menus of the window."""
        bar = self.window.menuBar()
        action = next(one for one in bar.actions() if words_in(one.text()) == names[0])
        self.click(bar, bar.actionGeometry(action).center())
        for name in names[1:]:
            self.click_in_menu(name)

    def click_in_menu(self, name: str) -> None:
        """An entry of the menu that is open."""
        menu = open_menu()
        found = [one for one in menu.actions() if words_in(one.text()).startswith(name)]
        assert found, f"{name!r} is not among {[one.text() for one in menu.actions()]}"
        QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(found[0]).center())
        settle()

    def click_button(self, words: str) -> None:
        found = in_sight(QAbstractButton, words)
        assert found, f"no button {words!r} among {[words_on(one) for one in in_sight(QAbstractButton)]}"
        self.click(found[0])

    def click_row(self, view: QAbstractItemView, words: str, *, twice: bool = False) -> None:
        index = row_with(view, words)
        view.scrollTo(index)
        place = view.visualRect(index).center()
        self.click(view.viewport(), place)
        if twice:
            QTest.mouseDClick(view.viewport(), LEFT, NONE, place)
            settle()

    def click_tab(self, tabs: QTabBar, words: str) -> None:
        names = [tabs.tabText(at).replace("&", "") for at in range(tabs.count())]
        place = next((at for at, name in enumerate(names) if name.startswith(words)), None)
        assert place is not None, f"{words!r} is not among {names}"
        self.click(tabs, tabs.tabRect(place).center())

    def choose(self, box: QComboBox, words: str) -> None:
        """A value of a closed list."""
        interval = QApplication.doubleClickInterval()
        QApplication.setDoubleClickInterval(0)  # so long a list is deaf to the click that follows
        self.click(box)
        QApplication.setDoubleClickInterval(interval)
        view = box.view()
        index = row_with(view, words)
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), LEFT, NONE, view.visualRect(index).center())
        settle()


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu is open"
    return menu


def words_in(text: str) -> str:
    """The words of an entry of a menu, without the letter that is underlined and the points of a question."""
    return text.replace("&", "").removesuffix("…")
