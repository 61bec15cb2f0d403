"""One search over texts, marks, articles, sources and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.model import Ref, SavedSearch
from annotator.domain.query import Query, parse
from annotator.domain.saved import Comparison, comparison
from annotator.domain.scheme_searches import lost
from annotator.store import read
from annotator.store.lists import ArticleRow, ClaimRow, MarkRow, SourceRow
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.dialogs.frame import Remark, plain_button
from annotator.ui.messages import sentence
from annotator.ui.panels.base import Panel
from annotator.ui.panels.parts import Empty
from annotator.ui.search.conditions import ConditionButton
from annotator.ui.search.field import QueryField
from annotator.ui.search.found import FoundGroups
from annotator.ui.search.rows_page import RowsPage
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.files import Files

_NARROW = 1100
"""Pixels that the names of the groups and the tools of the words need beside one another."""


class SearchPanel(Panel):
    """A line for the query, and what it finds in groups; Enter goes there, Esc in the text comes back.

    A group is looked through by a thread; every change of the project asks again.
    """

    place_asked = Signal(object)
    """A Place to go to."""
    mark_asked = Signal(object)
    article_asked = Signal(object)
    source_asked = Signal(str)
    claim_asked = Signal(str)
    question_asked = Signal(object)
    """A MapQuestion that was kept among the searches."""

    WATCHED = frozenset(
        {
            "mark", "attribution", "source", "article", "mention", "proposition", "proposition_link", "link",
            "annotator", "scheme",
        }
    )  # fmt: skip
    LAZY_MS = 300

    def __init__(
        self, session: Session, look: Theme, parent: QWidget | None = None, files: Files | None = None
    ) -> None:
        super().__init__(session, look, parent)
        self._files = files
        self.query: Query | None = None
        self._asked = ""
        self._is_left = False
        self.field = QueryField(self.store)
        self.conditions = ConditionButton()
        self.kept = plain_button(self.tr("Kept searches…"))
        self.remark = Remark(look)
        self.start = Empty(
            self.tr(
                "Type words or ask by fields, then press Enter; what may come next is offered meanwhile.\n"
                "label=denial    source=…    owner=…    outlet=…    stance=deny    certainty=…    status=…\n"
                "date>2024-05    linked    unlinked    across    question    has_note    and, or, not, ( )"
            )
        )
        self.found = FoundGroups(self.store, look, self.start, self)
        self.count_them = plain_button(self.tr("Count them…"))
        self.change_them = plain_button("")
        self._lay_out()
        self._connect()
        self._fit_buttons()

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 2)
        below.setContentsMargins(8, 0, 8, 2)
        top.addWidget(self.field, 1)
        top.addWidget(self.conditions)
        top.addWidget(self.kept)
        below.addWidget(self.found.tabs)
        below.addStretch(1)
        for widget in (self.count_them, self.change_them):
            below.addWidget(widget)
        self._beside_tabs = below
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.remark)
        column.addLayout(below)
        column.addWidget(self.found.stack, 1)
        self.remark.setContentsMargins(10, 0, 10, 0)
        self.main_part = self.field

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow, the tools of the words have a line of their own."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        words = self.found.words
        line = words.line if is_narrow else self._beside_tabs
        if line.indexOf(words.tools) < 0:
            line.addWidget(words.tools)
            words.tools.setVisible(self.found.group is words)

    def _connect(self) -> None:
        self.field.asked.connect(self.search)
        self.field.passed_down.connect(self._to_list)
        self.conditions.chosen.connect(self.field.add)
        self.kept.clicked.connect(self.show_kept)
        self.found.shown.connect(self._fit_buttons)
        words = self.found.words
        words.place_asked.connect(lambda place: self._leave(self.place_asked, place))
        words.said.connect(self.remark.say)
        words.refused.connect(self._refuse)
        words.changed.connect(self.search)
        self.found.made.connect(self._serve)
        self.count_them.clicked.connect(self.count)
        self.change_them.clicked.connect(self.change)

    def _serve(self, page: RowsPage) -> None:
        """Let a table that was just made do here what it is for."""
        page.opened.connect(self._open)
        page.table.selectionModel().selectionChanged.connect(lambda: self._fit_buttons())
        QWidget.setTabOrder(self.change_them, page.table)  # Qt puts it behind everything else

    def search(self) -> None:
        """Ask what is typed; a mistake is told with its place."""
        typed = self.field.text()
        self.remark.say("")
        self._asked, self.query = typed.strip(), None
        self.found.expect()
        if typed.strip() and not self.found.words.regex.isChecked():
            try:
                self.query = parse(typed)
                self._tell_lost(self.query)
            except UserError as error:
                self._asked = ""
                self._refuse(error)
                self.field.point_at(error.details)
        self.refresh()

    def _tell_lost(self, query: Query) -> None:
        """Say which conditions name what the scheme has not, such as a label that was deleted since."""
        unknown = ", ".join(one.condition for one in lost(query, read.scheme(self.store)))
        words = self.tr("The scheme knows nothing of {conditions}, so no mark fits that.")
        self.remark.say(words.format(conditions=unknown) if unknown else "", "info")

    def ask(self, query: str, how: Comparison | None = None) -> None:
        """Ask something that was not typed here; how: as its words were compared when it was kept."""
        self.found.words.compare(how or self.found.words.comparison._replace(regex=False))
        self.field.show_query(query)
        self.search()
        self.field.setFocus()

    def refresh(self) -> None:
        """Ask the same again."""
        self._pause.stop()
        self.found.words.take_scheme()
        self.conditions.take_scheme(read.scheme(self.store))
        self.found.look_for(self._asked, self.query)

    def on_change(self, change: Change) -> None:
        if {row.table for row in change.rows} & {"article", "scheme"} or not change.is_whole:
            self.refresh()
        else:
            self.found.look_for(self._asked, self.query, with_words=False)

    def set_behind(self, is_behind: bool) -> None:
        """Keep up with what changes behind another panel, too: F8 goes on there through what was found."""
        super().set_behind(is_behind and not self._asked)

    def rethemed(self) -> None:
        self.found.set_theme(self.look)

    def to_copy(self) -> Ref | None:
        marks = self._marks()
        row = marks.rows.model.row_at(marks.table.currentIndex()) if marks else None
        return Ref("mark", row.id) if row is not None else None

    def _marks(self) -> RowsPage | None:
        """The table of the marks that were found, where it is in sight."""
        shown = self.found.stack.currentWidget()
        return shown if isinstance(shown, RowsPage) and shown.rows.group == "mark" else None

    def take_back(self) -> bool:
        """Come back to the list from the words that were gone to; False where none were."""
        if not self._is_left or not self.isVisible():
            return False
        self._is_left = False
        self._to_list()
        return True

    @property
    def has_keys(self) -> bool:
        """Whether the focus is in it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def step(self, by: int) -> bool:
        """Go to the words of the next line of the list, or of the one before; False where there is none."""
        return self.found.step(by)

    def _to_list(self) -> None:
        self.found.page.table.setFocus()

    def _fit_buttons(self) -> None:
        rows = self.found.rows["mark"]
        for button in (self.count_them, self.change_them):
            button.setVisible(self.found.group is rows)
            button.setEnabled(bool(len(rows)) and not rows.is_waiting)
        marks = self._marks()
        selected = len(marks.table.selected_places()) if marks else 0
        every = self.tr("Change this mark…") if len(rows) == 1 else self.tr("Change all {count}…")
        words = self.tr("Change {count} selected…") if selected > 1 else every
        self.change_them.setText(words.format(count=f"{selected if selected > 1 else len(rows):,}"))

    def _open(self, row: MarkRow | ArticleRow | SourceRow | ClaimRow) -> None:
        match row:
            case MarkRow():
                self._leave(self.mark_asked, row.id)
            case ArticleRow():
                self._leave(self.article_asked, row.id)
            case SourceRow():
                self.source_asked.emit(row.id)
            case ClaimRow():
                self.claim_asked.emit(row.id)

    def _leave(self, signal: SignalInstance, where: object) -> None:
        self._is_left = True
        signal.emit(where)

    def _refuse(self, error: UserError) -> None:
        self.remark.say(sentence(error))

    def count(self) -> None:
        """Count the marks that are found, or those of them that are selected, two ways."""
        from annotator.ui.dialogs.pivot import PivotDialog

        among = self.found.page_of("mark").chosen()
        dialog = PivotDialog(self.session, self.look, self.window(), among, self._files)
        dialog.mark_asked.connect(self.mark_asked)
        dialog.show()

    def change(self) -> None:
        """Give the marks that are found, or those of them that are selected, a label, a value or a status."""
        from annotator.ui.search.change_marks import ChangeMarksDialog

        dialog = ChangeMarksDialog(self.store, self.look, self.window(), self.found.page_of("mark").chosen())
        dialog.done_with.connect(self.remark.say)
        dialog.exec()

    def show_kept(self) -> None:
        """The searches that were kept: ask one again, keep this one, rename and delete."""
        from annotator.ui.search.kept import KeptSearches

        how = self.found.words.comparison
        query = str(self.query) if self.query is not None else self._asked if how.regex else ""
        dialog = KeptSearches(self.store, self.look, self.window(), query, how)
        if not dialog.exec() or dialog.chosen is None:
            return
        if isinstance(dialog.chosen, SavedSearch):
            self.ask(dialog.chosen.query, comparison(dialog.chosen))
        else:
            self.question_asked.emit(dialog.chosen)
