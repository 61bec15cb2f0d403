"""Articles just brought in that seem to be newer versions of others: which of them are linked?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.store import lists
from annotator.store.newer import Newer, mark_counts
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog
from annotator.ui.dialogs.version_choice import columns, stand_on_first
from annotator.ui.panels.article_rows import title_of
from annotator.ui.panels.pages import NUMBER
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_NEWER, _OLDER, _WHY, _WORDS, _MARKS = range(5)


class VersionOffer(Dialog):
    """Each with the article that was there, why, how much is the same, and its marks.

    All are ticked at first. Without a tick, or after Esc, an article stays one of its own.
    """

    def __init__(self, session: Session, found: Sequence[Newer], look: Theme, parent: QWidget | None) -> None:
        super().__init__(look, parent, "", "", (820, 360))
        self.setWindowTitle(self.tr("Newer versions"))
        self.accept_button.setText(self.tr("Link as versions and carry marks over"))
        self.cancel_button.setText(self.tr("Leave them apart"))
        self._store = session.store
        self._found = list(found)
        words = self.tr("This text seems to be a newer version of an article that is there.")
        if len(found) > 1:
            words = self.tr("{count} texts seem to be newer versions of articles that are there.")
        self.list = columns(
            self.tr("Newer versions"),
            [
                self.tr("Brought in"),
                self.tr("Newer version of"),
                self.tr("Known by"),
                self.tr("Same words"),
                self.tr("Marks"),
            ],
            stretched=(_NEWER, _OLDER),
        )
        self.column.addWidget(Words(words.format(count=len(found))))
        self.column.addWidget(self.list, 1)
        self.column.addWidget(
            Words(self.tr("Marks whose words are still there are carried over; the older version is kept."))
        )
        marks = mark_counts(self._store, [one.older for one in found])
        for one in self._found:
            self._add(one, marks.get(one.older, 0))
        self.list.itemChanged.connect(lambda: self._tell())
        stand_on_first(self.list)
        self.list.setFocus()
        self._tell()

    def chosen(self) -> list[Newer]:
        """Those with a tick."""
        items = [(one, self.list.topLevelItem(place)) for place, one in enumerate(self._found)]
        return [one for one, item in items if item and item.checkState(_NEWER) == Qt.CheckState.Checked]

    def _add(self, one: Newer, marks: int) -> None:
        reasons = {
            "address": self.tr("address"),
            "title": self.tr("outlet and title"),
            "file": self.tr("outlet and file name"),
        }
        why = reasons[one.why]
        share = self.tr("{share} %").format(share=round(one.resemblance * 100))
        item = QTreeWidgetItem(
            [self._named(one.article), self._named(one.older), why, share, f"{marks:,}"],
        )
        item.setCheckState(_NEWER, Qt.CheckState.Checked)
        for column in (_NEWER, _OLDER):
            item.setToolTip(column, item.text(column))
        for column in (_WORDS, _MARKS):
            item.setTextAlignment(column, NUMBER)
        self.list.addTopLevelItem(item)

    def _named(self, article: ArticleId) -> str:
        row = lists.article_row(self._store, article)
        parts = (handle("article", row.number), title_of(self._store, row), row.date or "") if row else ()
        return "  ".join(part for part in parts if part)

    def _tell(self) -> None:
        self.accept_button.setEnabled(bool(self.chosen()))
