"""What a search finds in one group: marks, articles, sources or claims."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from annotator.domain.handles import handle
from annotator.domain.query import Query
from annotator.store import finding, lists, read
from annotator.store.bounded import ReadingStoppedError
from annotator.store.finding import Group
from annotator.store.lists import ArticleRow, ClaimRow, Places
from annotator.store.store import Store
from annotator.ui.panels.article_rows import ArticlesModel
from annotator.ui.panels.asking import Question, nothing
from annotator.ui.panels.marks import MarksModel
from annotator.ui.panels.pages import NUMBER, HasId, PagedModel, Pages
from annotator.ui.panels.sources import SourcesModel
from annotator.ui.panels.words import status_name
from annotator.ui.theme import Theme

R = TypeVar("R", bound=HasId)


class FoundRows(QObject):
    """One group of what was found; its order comes from a thread, rows are read where they are looked at."""

    settled = Signal()

    def __init__(self, store: Store, group: Group, look: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.group: Group = group
        self.query: Query | None = None
        self.model = self._model(store, look)
        self.model.setParent(self)
        self.model.settled.connect(self.settled)

    def _model(self, store: Store, look: Theme) -> PagedModel[Any]:
        match self.group:
            case "mark":
                return MarksModel(Pages(store, "mark", self._question, lists.marks_at), look)
            case "article":
                return ArticleHits(store, Pages(store, "article", self._question, lists.articles_at))
            case "source":
                return SourcesModel(Pages(store, "source", self._question, lists.sources_at))
            case "proposition":
                return ClaimHits(Pages(store, "proposition", self._question, lists.claims_at))

    def __len__(self) -> int:
        return len(self.model.pages)

    @property
    def is_waiting(self) -> bool:
        """Whether the order is still looked for."""
        return not self.model.pages.is_whole

    def look_for(self, query: Query | None) -> None:
        """Find what a query finds in this group; without one nothing."""
        self.query = query
        if isinstance(self.model, MarksModel):
            self.model.scheme = read.scheme(self.model.pages.store)
        self.model.reread()

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        if isinstance(self.model, MarksModel):
            self.model.set_look(look)

    def _question(self) -> Question:
        if self.query is None:
            return partial(nothing)
        return partial(_patiently, query=self.query, group=self.group)


def _patiently(store: Store, *, query: Query, group: Group, limit: int) -> Places:
    """All that is found, which the window does not wait for: it asks for a few at first."""
    if limit >= 0:
        raise ReadingStoppedError
    return finding.found(store, query, group)


class _Hits(PagedModel[R]):
    """A table of words and numbers with a head; subclasses say which."""

    ROLES = PagedModel.ROLES | {Qt.ItemDataRole.TextAlignmentRole.value}
    NUMBERS: range = range(0)
    """The columns that hold numbers."""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self.NUMBERS:
            return NUMBER
        return self.names()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def cell(self, row: R, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return NUMBER if column in self.NUMBERS else None
        shown = " ".join((self.words(row)[column] or "").split())
        return shown or None if role == Qt.ItemDataRole.ToolTipRole else shown

    def names(self) -> tuple[str, ...]:
        """What stands above the columns."""
        raise NotImplementedError

    def words(self, row: R) -> tuple[str | None, ...]:
        """What stands in the columns of a row."""
        raise NotImplementedError


class ArticleHits(_Hits[ArticleRow], ArticlesModel):
    """Articles with handle, title, outlet, date, state and counts."""

    COLUMNS = 7
    NUMBERS = range(5, 7)

    def names(self) -> tuple[str, ...]:
        return (
            self.tr("Article"), self.tr("Title"), self.tr("Outlet"), self.tr("Date"), self.tr("State"),
            self.tr("Marks"), self.tr("Links"),
        )  # fmt: skip

    def words(self, row: ArticleRow) -> tuple[str | None, ...]:
        return (
            handle("article", row.number), self.title(row), row.outlet, row.date, status_name(row.status),
            str(row.marks), str(row.links),
        )  # fmt: skip


class ClaimHits(_Hits[ClaimRow]):
    """Claims with handle, sentence and their mentions by stance."""

    COLUMNS = 6
    NUMBERS = range(2, 6)

    def names(self) -> tuple[str, ...]:
        return (
            self.tr("No."), self.tr("Claim"), self.tr("Assert"), self.tr("Deny"), self.tr("Ask"),
            self.tr("Comment"),
        )  # fmt: skip

    def words(self, row: ClaimRow) -> tuple[str | None, ...]:
        counts = (str(count or "") for count in (row.support, row.deny, row.query, row.comment))
        return handle("proposition", row.number), row.text or "…", *counts
