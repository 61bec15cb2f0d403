"""Put a theme on the application: style, palette, and a short style sheet for calm chrome."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.resources import resource
from annotator.ui.theme.colours import CHROME, ThemeName
from annotator.ui.theme.look import Theme

if TYPE_CHECKING:  # the class takes time, and no list is painted at first
    from PySide6.QtWidgets import QTableView

_HAS_ITS_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "panel_alt",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "panel_alt",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "border",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link_visited",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "tooltip_text",
    QPalette.ColorRole.PlaceholderText: "placeholder",
}
_DISABLED: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.WindowText: "disabled",
    QPalette.ColorRole.Text: "disabled",
    QPalette.ColorRole.ButtonText: "disabled",
    QPalette.ColorRole.PlaceholderText: "disabled",
    QPalette.ColorRole.Link: "disabled",
    QPalette.ColorRole.LinkVisited: "disabled",
    QPalette.ColorRole.Base: "window",
    QPalette.ColorRole.Button: "window",
    QPalette.ColorRole.Highlight: "selection_inactive",
    QPalette.ColorRole.HighlightedText: "selection_text",
    QPalette.ColorRole.Accent: "disabled",
}

# Fields, lists and buttons keep a border of one width in every state, so that nothing moves
# when the focus does. A list that was filled before it was shown has laid out its rows without
# the padding given here; setting the spacing makes it do so again.
# Words of a file would be markup in a tooltip, which loads pictures from where it says.
_SHEET = Template("""
QToolTip { color: $tooltip_text; background: $tooltip; border: 1px solid $border_strong; padding: 4px 6px; }
QToolTip { qproperty-textFormat: PlainText; }
QMainWindow::separator { width: 4px; height: 4px; background: $window; }
QMainWindow::separator:hover, QSplitter::handle:hover { background: $accent; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; margin: 0 1px; }
QSplitter::handle:vertical { height: 1px; margin: 1px 0; }
QDockWidget { color: $muted; font-weight: 600; }
QDockWidget::title { background: $window; padding: 6px 8px; border-bottom: 1px solid $border; }
QMenu { border: 1px solid $border_strong; menu-scrollable: 1; }
QMenu::separator { height: 1px; background: $border_strong; margin: 3px 6px; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $border; padding: 2px; spacing: 2px; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 4px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QToolButton { border: 2px solid transparent; border-radius: 5px; padding: 3px; }
QToolButton:hover { background: $button_hover; }
QToolButton:pressed, QToolButton:checked { background: $button_pressed; }
QToolButton:checked { border-color: $border; }
QToolButton:focus { border-color: $focus; }
QToolButton[popupMode="2"] { padding-right: 18px; }
QToolButton::menu-indicator { subcontrol-origin: border; subcontrol-position: center right; right: 4px; }
QPushButton {
    color: $text; background: $button; border: 2px solid $border; border-radius: 5px; padding: 4px 14px;
}
QPushButton:hover { background: $button_hover; }
QPushButton:pressed, QPushButton:checked { background: $button_pressed; }
QPushButton:default { border-color: $border_strong; }
QPushButton:focus { border-color: $focus; }
QPushButton:disabled { color: $disabled; background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox, QRadioButton { spacing: 7px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $border_strong; border-radius: 3px; background: $panel;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $tick_ground; image: url("$tick");
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { background: $border_strong; }
QRadioButton::indicator:checked {
    background: qradialgradient(cx:.5, cy:.5, radius:.5, fx:.5, fy:.5,
        stop:0 $accent, stop:.5 $accent, stop:.6 $panel, stop:1 $panel);
}
QLineEdit, QPlainTextEdit, QTextEdit {
    border: 2px solid $border; border-radius: 5px; padding: 3px 5px; background: $panel;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled { background: $window; }
QComboBox, QAbstractSpinBox {
    color: $text; background: $panel; border: 2px solid $border; border-radius: 5px; padding: 3px 5px;
}
QComboBox:focus, QAbstractSpinBox:focus { border-color: $focus; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: $disabled; background: $window; }
QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; width: 20px;
}
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QComboBox:!editable:hover { background: $button_hover; }
QFrame#popup { border: 1px solid $border_strong; }
QAbstractItemView {
    border: 1px solid transparent; background: $panel; alternate-background-color: $panel_alt;
    gridline-color: $border; outline: none;
    selection-background-color: $selection; selection-color: $selection_text;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractItemView:focus { border-color: $focus; }
QAbstractItemView QLineEdit { border-width: 1px; border-radius: 2px; padding: 0 2px; }
QListView { qproperty-spacing: 0; }
QListView::item, QTreeView::item { padding: 4px 3px; }
QTableView::item { padding: 0 6px; }
QAbstractItemView::item:hover:!selected { background: $button_hover; }
QAbstractItemView::item:selected { background: $selection; color: $selection_text; }
QAbstractItemView::item:selected:!active { background: $selection_inactive; color: $selection_text; }
QHeaderView { background: $window; border: none; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border;
    padding: 5px 7px; font-weight: normal;
}
QTableCornerButton::section { background: $window; border: none; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { color: $muted; padding: 6px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; background: $button_hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:selected:focus { background: $selection; color: $selection_text; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $border_strong; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


STYLE = ("-style", "Fusion")
"""Arguments that make an application draw its widgets in the one way the sheet is written for.

`setStyle` would do the same, but it hands out a QStyle, whose enums take 6 ms to load.
"""


def apply(app: QApplication, look: Theme) -> None:
    """Give the whole program this look; may be called again at any time to change it.

    Themes differ in colours alone, so nothing is laid out anew when one takes the place of
    another: widgets do not hear that they have another style, and are only painted.
    """
    sheet = style_sheet(look.name)
    if app.styleSheet() == sheet:
        return  # polishing every widget again takes 25 ms
    unheard = _unheard(app) if app.styleSheet() else []
    # Taken off first: in the place of a sheet that is there, Qt would put another on a widget
    # once for each widget that it lies in, ten times on a card of the map.
    app.setStyleSheet("")
    app.setPalette(palette(look))
    for name in ("QMenu", "QMenuBar"):
        # The stub of PySide6 6.11 asks for bytes, which the call itself refuses.
        app.setPalette(menu_palette(look), name)  # type: ignore[arg-type]
    app.setStyleSheet(sheet)
    for widget in unheard:
        widget.setAttribute(_HAS_ITS_OWN_STYLE, False)
        widget.update()


def _unheard(app: QApplication) -> list[QWidget]:
    """All widgets, which look as if they had a style of their own: Qt tells them of no other.

    But boxes of buttons, which hand the style on: their standard buttons would keep one without a sheet.
    """
    from PySide6.QtWidgets import QDialogButtonBox

    widgets = [
        one
        for one in app.allWidgets()
        if not (one.testAttribute(_HAS_ITS_OWN_STYLE) or isinstance(one, QDialogButtonBox))
    ]
    for widget in widgets:
        widget.setAttribute(_HAS_ITS_OWN_STYLE)
    return widgets


def palette(look: Theme) -> QPalette:
    """Every role of the palette in the active, inactive and disabled group."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(look.chrome[name]))
    for role, name in _DISABLED.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.chrome[name]))
    return made


def menu_palette(look: Theme) -> QPalette:
    """The palette with a chosen row on which icons, which keep their colour in menus, can be seen."""
    made = palette(look)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        made.setColor(group, QPalette.ColorRole.Highlight, look.colour("button_pressed"))
        made.setColor(group, QPalette.ColorRole.HighlightedText, look.colour("text"))
    return made


@cache
def style_sheet(name: ThemeName) -> str:
    """What the palette cannot say: borders, spacing, rows, tabs and focus outlines."""
    tick = resource("icons", "tick.svg").as_posix()
    down, up = (resource("theme", f"{way}-{name}.svg").as_posix() for way in ("down", "up"))
    return _SHEET.substitute(CHROME[name], tick=tick, down=down, up=up)


def roomy_rows(table: QTableView) -> None:
    """Rows high enough to read and to hit, without a grid, in a table that has no other height."""
    from PySide6.QtWidgets import QHeaderView

    rows = table.verticalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(table.fontMetrics().height() + 12)
    rows.hide()
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    )
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
