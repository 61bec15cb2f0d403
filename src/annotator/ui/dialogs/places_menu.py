"""The places the analyst came from, and those to go forward to again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.domain.handles import handle
from annotator.store import lists, read
from annotator.store.session import Session, Visit
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.list_popup import ListPopup
from annotator.ui.theme import Theme

_MOST_BACK, _MOST_FORWARD = 9, 4


class PlacesMenu(ListPopup):
    """`chosen` carries the steps to go: below 0 back, above 0 forward; the nearest one back comes first."""

    def __init__(self, look: Theme, parent: QWidget, session: Session) -> None:
        self._session = session
        behind, ahead = session.visits
        entries = [self._entry(visit, -n, str(n)) for n, visit in enumerate(behind[:_MOST_BACK], 1)]
        entries += [self._entry(visit, n, "") for n, visit in enumerate(ahead[:_MOST_FORWARD], 1)]
        once: dict[tuple[str, str], Entry] = {}
        for entry in filter(None, entries):
            once.setdefault((entry.text, entry.right), entry)
        super().__init__(look, parent, "", list(once.values()))
        self.title.setText(self.tr("Places"))
        self.title.show()
        self.list.setAccessibleName(self.title.text())
        self.list.setMinimumWidth(460)

    def _entry(self, visit: Visit, steps: int, key: str) -> Entry | None:
        store, focus = self._session.store, visit.focus
        row = lists.article_row(store, focus.article) if focus.article else None
        if row is None:
            return None
        name = handle("article", row.number)
        held = lists.mark_row(store, focus.mark) if focus.mark else None
        place = f"{name} ¶{read.paragraphs(store, row.id).number_at(focus.offset)}"
        words = f"{place} · {held.quote if held else row.title or name}"
        way = self.tr("back") if steps < 0 else self.tr("forward")
        return Entry(words, steps, (row.title or "") if held else "", key, held.label if held else "", way)
