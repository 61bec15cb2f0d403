"""The registry of sources: who they are, what they said, and which of them are one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QToolButton, QWidget

from annotator.domain.ids import SourceId
from annotator.store import lists, picking, read
from annotator.store.lists import SourceRow
from annotator.store.session import Session
from annotator.ui import icons
from annotator.ui.dialogs.source_form import SourceForm
from annotator.ui.panels import listing
from annotator.ui.panels.asking import Question
from annotator.ui.panels.base import Panel
from annotator.ui.panels.dossier import DossierPage
from annotator.ui.panels.later import Later
from annotator.ui.panels.own_keys import OwnKeys
from annotator.ui.panels.pages import NUMBER, KeptRow, PagedModel, Pages
from annotator.ui.panels.parts import Empty, tool_button
from annotator.ui.panels.source_acts import SourceActs
from annotator.ui.panels.tables import Table, Width
from annotator.ui.panels.words import kind_name
from annotator.ui.theme import Theme


class SourcesModel(PagedModel[SourceRow]):
    """Sources with name, kind, role, affiliation and owner, and how many marks name them."""

    COLUMNS = 5
    ROLES = PagedModel.ROLES | {Qt.ItemDataRole.TextAlignmentRole.value}

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("Name"),
            self.tr("Kind"),
            self.tr("Role"),
            self.tr("Speaks for"),
            self.tr("Marks"),
        )
        return names[section]

    def cell(self, row: SourceRow, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return NUMBER if column == 4 else None
        if role == Qt.ItemDataRole.ToolTipRole and column == 4:
            return None
        chain = " ‹ ".join(dict.fromkeys(one for one in (row.affiliation, row.owner) if one))
        kind = kind_name(read.scheme(self.pages.store), row.kind)
        texts = (row.name, kind, row.role or "", chain, str(row.marks))
        return texts[column] or (None if role == Qt.ItemDataRole.ToolTipRole else "")


class SourcesPanel(Panel):
    """The table of sources beside the page of the one it stands on."""

    marks_asked = Signal(str)
    """The name of a source whose marks are all wanted."""

    WATCHED = frozenset(
        {
            "source",
            "attribution",
            "mark",
            "article",
            "mention",
            "proposition",
            "proposition_link",
            "link",
            "judgement",
            "scheme",
        }
    )
    LAZY_MS = 200

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self._is_by_use = False
        self.form: SourceForm | None = None
        self.acts = SourceActs(self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Name, other name, role"))
        self.filter.setAccessibleName(self.tr("Filter sources"))
        self.filter.setClearButtonEnabled(True)
        self.model = SourcesModel(Pages(self.store, "source", self._question, lists.sources_at))
        self.table = Table(self.tr("Sources"))
        OwnKeys(self.table, Qt.Key.Key_F2)
        self.table.setModel(self.model)
        self.table.set_widths(Width(12, 3), Width(11), Width(8, 2), Width(8, 2), Width(5))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.page = DossierPage(session, look)
        self._beside = Later(self._show_page, self.page)
        self._make_buttons()
        self._lay_out()
        self.main_part = self.table
        self.filter.textChanged.connect(lambda: self.refresh())
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.selectionModel().currentRowChanged.connect(lambda: self._beside.ask())
        self.table.opened.connect(self._enter_page)
        self.table.delete_asked.connect(self.acts.delete)
        self.table.key_pressed.connect(self._press)
        self.page.mark_asked.connect(self.go_to)
        self.page.source_asked.connect(lambda source: self.stand_on(SourceId(source)))
        self.page.marks_asked.connect(self.marks_asked)
        self.page.part_asked.connect(self.acts.part)
        self.page.refused.connect(self.refused)
        self.page.judged.notice.connect(self.notice)
        self._kept = KeptRow(self.table, self.model)
        self.model.settled.connect(self._show_found)

    def _make_buttons(self) -> None:
        look = self.look
        rows = (
            ("add", "N", self.tr("New source… (N)"), self.add),
            ("note", "F2", self.tr("Edit the source… (F2)"), self.edit_current),
            ("same-claim", "E", self.tr("Same as another source… (E)"), self.acts.ask_same),
            ("judge", "J", self.tr("Judge the source… (J)"), self.judge_current),
            ("delete", "", self.tr("Delete the source"), self.acts.delete),
        )
        self.buttons: dict[str, QToolButton] = {
            name: tool_button(name, look, words, act) for name, _, words, act in rows
        }
        self._keys: dict[str, Callable[[], object]] = {key: act for _, key, _, act in rows if key}

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.table)
        self.split.addWidget(self.page)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self.empty = Empty(self.tr("No sources yet. Say who speaks when you make a mark, or add one here."))
        self.empty.add_button(self.tr("New source…"), self.add)
        words = self.tr("No source matches the filter.")
        self.no_match = listing.no_match(words, self.tr("Show all"), self.filter)
        top = listing.tools(self.filter, self.buttons.values())
        self.stack = listing.laid_out(self, top, self.split, self.empty, self.no_match)

    def rethemed(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icons.icon(name, self.look))
        self.page.set_look(self.look)

    def refresh(self) -> None:
        self._pause.stop()
        self.model.reread()

    def _show_found(self) -> None:
        has_rows = len(self.model.pages) > 0 or not self.model.pages.is_whole
        listing.fit_buttons(self.buttons, has_rows)
        if has_rows:
            self.stack.setCurrentWidget(self.split)
            if not self.table.currentIndex().isValid() and not self._kept.is_waiting:
                self.table.stand_on(0)
        else:
            self.stack.setCurrentWidget(self.no_match if self.filter.text().strip() else self.empty)
        self._beside.ask()

    def settle(self) -> None:
        super().settle()
        self._beside.settle()

    def stand_on(self, source: SourceId) -> None:
        """Stand on one source; where the filter hides it, all are listed again."""
        row = picking.source_row(self.store, source)
        if row is not None:
            self.refresh()
            if self.model.pages.number_of(row.id) is None:
                self.filter.clear()
            self._kept.turn_to(row.id)

    def current(self) -> SourceRow | None:
        """The source the table stands on."""
        return self.model.row_at(self.table.currentIndex())

    def add(self) -> None:
        """Ask for a new source."""
        self._open_form(None)

    def edit_current(self) -> None:
        """Ask for the details of the source the table stands on."""
        row = self.current()
        if row is not None:
            self.edit(row.id)

    def edit(self, source: SourceId) -> None:
        """Ask for the details of a source."""
        self._open_form(source)

    def _press(self, key: str) -> None:
        if key in self._keys:
            self._keys[key]()

    def judge_current(self) -> None:
        """Say how far the source the table stands on is to be trusted."""
        self._beside.settle()
        self.page.judge()

    def _open_form(self, source: SourceId | None) -> None:
        form = SourceForm(self.session, self.look, self.window(), source)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.finished.connect(lambda: self.settle())
        self.form = form
        form.open()

    def _sort_by(self, column: int) -> None:
        if column in (0, 4):
            self._is_by_use = column == 4
            order = Qt.SortOrder.DescendingOrder if self._is_by_use else Qt.SortOrder.AscendingOrder
            self.table.horizontalHeader().setSortIndicatorShown(True)
            self.table.horizontalHeader().setSortIndicator(column, order)
            self.refresh()

    def _show_page(self) -> None:
        row = self.current()
        self.page.show_source(row.id if row else None)

    def _enter_page(self) -> None:
        self._beside.settle()
        self.page.hurry()
        self.page.setFocus()

    def _question(self) -> Question:
        return partial(lists.source_places, text=self.filter.text().strip(), by_use=self._is_by_use)
