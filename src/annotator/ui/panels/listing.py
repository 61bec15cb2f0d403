"""How panels with a list are laid out: tools above or beside the list, or what stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from annotator.ui.panels.parts import Empty


def tools(line: QLineEdit, buttons: Iterable[QWidget]) -> QHBoxLayout:
    """A line to filter by, with buttons beside it."""
    top = QHBoxLayout()
    top.setContentsMargins(8, 6, 8, 6)
    top.setSpacing(4)
    top.addWidget(line, 1)
    for button in buttons:
        top.addWidget(button)
    return top


def fit_buttons(buttons: Mapping[str, QWidget], has_rows: bool) -> None:
    """Let only what adds a row be used where there is none to act on."""
    for name, button in buttons.items():
        button.setEnabled(has_rows or name == "add")


def laid_out(panel: QWidget, top: QLayout, *pages: QWidget) -> QStackedWidget:
    """Fill a panel with a line of tools above pages of which one is seen; returns these."""
    stack = _stacked(pages)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(top)
    column.addWidget(stack, 1)
    return stack


def laid_out_beside(panel: QWidget, tools: Iterable[QWidget], *pages: QWidget) -> QStackedWidget:
    """Fill a panel with pages of which one is seen, and tools at their right; returns the pages."""
    stack = _stacked(pages)
    row = QHBoxLayout(panel)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(stack, 1)
    column = QVBoxLayout()
    column.setContentsMargins(8, 6, 8, 6)
    for tool in tools:
        column.addWidget(tool)
    column.addStretch(1)
    row.addLayout(column)
    return stack


def _stacked(pages: Iterable[QWidget]) -> QStackedWidget:
    stack = QStackedWidget()
    for page in pages:
        stack.addWidget(page)
    return stack


def no_match(words: str, show_all: str, line: QLineEdit) -> Empty:
    """What is shown where the filter finds nothing, with the way out."""
    page = Empty(words)
    page.add_button(show_all, line.clear)
    return page
