"""Evidence outside any article: images, videos, posts, files, and what each is a ground of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QMessageBox, QSplitter, QToolButton, QWidget

from annotator.domain.ids import ExhibitId, LinkId
from annotator.domain.model import Exhibit, Ref
from annotator.domain.sentences import filled
from annotator.store import edits, lists, picking, read
from annotator.store.edits.exhibits import web_address
from annotator.store.lists.exhibits import SHOWN, ExhibitRow, exhibits
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui import icons
from annotator.ui.dialogs.choices import Entry
from annotator.ui.dialogs.exhibit_form import ExhibitForm
from annotator.ui.dialogs.target_search import Found, TargetSearch, end_of
from annotator.ui.panels import listing
from annotator.ui.panels.base import Panel
from annotator.ui.panels.exhibit_page import ExhibitPage, KeyedRows
from annotator.ui.panels.parts import Empty, tool_button
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.files import Files


def browse(address: str) -> None:
    """Hand an address to the program of this computer that shows pages."""
    QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))


class ExhibitsPanel(Panel):
    """The exhibits of the project; a file or an address dropped here becomes one.

    browse: what opens an address once the analyst has said yes.
    """

    claim_asked = Signal(str)
    """A claim was chosen among what an exhibit is a ground of."""
    source_asked = Signal(str)

    WATCHED = frozenset({"exhibit", "link", "mark", "proposition", "source", "scheme"})
    LAZY_MS = 200

    def __init__(
        self,
        session: Session,
        look: Theme,
        parent: QWidget | None = None,
        browse: Callable[[str], object] = browse,
        files: Files | None = None,
    ) -> None:
        super().__init__(session, look, parent)
        self._files = files
        self._browse = browse
        self.search: TargetSearch | None = None
        self.form: ExhibitForm | None = None
        self.question: QMessageBox | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Words of an exhibit"))
        self.filter.setAccessibleName(self.tr("Filter exhibits"))
        self.filter.setClearButtonEnabled(True)
        self.list = KeyedRows(look)
        self.list.setAccessibleName(self.tr("Exhibits"))
        self.page = ExhibitPage(self.store, look)
        self.setAcceptDrops(True)
        self._lay_out()
        self.main_part = self.list
        self._connect()

    def _lay_out(self) -> None:
        link = self.link
        rows = (
            ("add", "N", self.tr("New exhibit… (N)"), self.add),
            ("note", "", self.tr("Edit the exhibit… (Enter)"), self.edit_current),
            ("supports", "S", self.tr("It supports a mark or claim… (S)"), partial(link, "supports")),
            ("undermines", "U", self.tr("It undermines a mark or claim… (U)"), partial(link, "undermines")),
            ("link", "C", self.tr("It corroborates a mark… (C)"), partial(link, "corroborates")),
            ("open", "O", self.tr("Open its address… (O)"), self.open_address),
            ("delete", "", self.tr("Delete the exhibit"), self.delete_current),
        )
        self.buttons: dict[str, QToolButton] = {
            name: tool_button(name, self.look, words, act) for name, _, words, act in rows
        }
        self._keys: dict[str, Callable[[], object]] = {key: act for _, key, _, act in rows if key}
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.list)
        self.split.addWidget(self.page)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([500, 500])
        self.empty = Empty(self.tr("No exhibits yet. Drop a file or an address here, or add one."))
        self.empty.add_button(self.tr("New exhibit…"), self.add)
        words = self.tr("No exhibit matches the filter.")
        self.no_match = listing.no_match(words, self.tr("Show all"), self.filter)
        top = listing.tools(self.filter, self.buttons.values())
        self.stack = listing.laid_out(self, top, self.split, self.empty, self.no_match)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda: self.refresh())
        self.list.selectionModel().currentChanged.connect(lambda: self._show_page())
        self.list.opened.connect(self.edit_current)
        self.list.doubleClicked.connect(lambda: self.edit_current())
        self.list.delete_asked.connect(self.delete_current)
        self.list.typed.connect(self._press)
        self.page.mark_asked.connect(self.go_to)
        self.page.claim_asked.connect(self.claim_asked)
        self.page.source_asked.connect(self.source_asked)
        self.page.unlink_asked.connect(self._unlink)

    def _press(self, key: str) -> None:
        if key in self._keys:
            self._keys[key]()

    def rethemed(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icons.icon(name, self.look))
        self.list.set_look(self.look)
        self.page.set_look(self.look)

    def refresh(self) -> None:
        self._pause.stop()
        words, before = self.filter.text().strip(), self.current()
        rows = exhibits(self.store, words)
        place = next((n for n, row in enumerate(rows) if before and row.id == before.id), 0)
        entries = [self._entry(row) for row in rows]
        if len(rows) == SHOWN:
            entries.append(Entry(self.tr("There may be more: filter by words"), reason=" "))
        self.list.set_entries(entries, place)
        self.stack.setCurrentWidget(self.split if rows else self.no_match if words else self.empty)
        listing.fit_buttons(self.buttons, bool(rows))
        self._show_page()

    def _entry(self, row: ExhibitRow) -> Entry:
        name = row.title or row.url or row.archive_url
        detail = " · ".join(part for part in (row.captured, row.url if row.title else "") if part)
        none = self.tr("no ground yet")
        right = self.tr("ground of {count}").format(count=row.links) if row.links else none
        return Entry(name, row, detail, right=right)

    def current(self) -> ExhibitRow | None:
        """The exhibit the list stands on."""
        entry = self.list.current()
        return entry.value if entry is not None and isinstance(entry.value, ExhibitRow) else None

    def stand_on(self, exhibit: ExhibitId) -> None:
        """Show one exhibit; where the list is too long for it, those of its words."""
        self.filter.clear()
        self.refresh()
        if not self._found(exhibit):
            row = read.by_id(self.store, Exhibit, exhibit)
            self.filter.setText(row.title or row.url or "")
            self._found(exhibit)

    def _found(self, exhibit: ExhibitId) -> bool:
        for number, entry in enumerate(self.list.entries):
            if isinstance(entry.value, ExhibitRow) and entry.value.id == exhibit:
                self.list.setCurrentIndex(self.list.entries_model.index(number, 0))
                return True
        return False

    def _show_page(self) -> None:
        self.page.show_exhibit(self.current())

    def add(self) -> None:
        """Ask for a new exhibit."""
        self._open_form(ExhibitForm(self.session, self.look, self.window(), files=self._files))

    def edit_current(self) -> None:
        """Ask for what is known of the exhibit the list stands on."""
        row = self.current()
        if row is not None:
            self._open_form(ExhibitForm(self.session, self.look, self.window(), row.id, self._files))

    def _open_form(self, form: ExhibitForm) -> None:
        self.form = form
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.accepted.connect(lambda: self._on_saved(form))
        form.open()

    def _on_saved(self, form: ExhibitForm) -> None:
        self.settle()
        if form.exhibit is not None:
            self.stand_on(form.exhibit)
        self.list.setFocus()

    def delete_current(self) -> None:
        """Delete the exhibit with its links; undo brings both back."""
        row = self.current()
        if row is not None:
            self.guarded(lambda: edits.delete_exhibit(self.store, row.id))

    def link(self, kind: str) -> None:
        """Ask for the mark, claim or source that the exhibit is a ground of; the mark in hand comes first."""
        row, scheme = self.current(), read.scheme(self.store)
        known = scheme.link_kinds.get(kind)
        if row is None or known is None or not known.starts_at("exhibit"):
            words = self.tr("The scheme has no link “{kind}” from an exhibit.")
            self.notice.emit(filled(words, {"kind": kind}))
            return

        def refuse(found: Found) -> str:
            end = end_of(found)
            refusal = filled(self.tr("“{kind}” cannot end here"), {"kind": known.name})
            return "" if known.ends_at(end) else refusal

        def look_for(store: Store, words: str) -> Sequence[Found]:
            return picking.targets(store, words, lambda found: not refuse(found))

        names = {"exhibit": row.title or row.url, "kind": known.name}
        title = filled(self.tr("“{exhibit}” {kind}…"), names)
        search = TargetSearch(
            self.look,
            self.window(),
            store=self.store,
            search=look_for,
            recent=lists.at_hand(self.store, self.session.focus.mark),
            refuse=refuse,
            title=title,
        )
        search.taken.connect(lambda end: self._draw(kind, row.id, end))
        self.search = search
        button = self.buttons.get(kind, self.buttons["link"])
        search.open_at(QRect(button.mapTo(self.window(), button.rect().topLeft()), button.size()))

    def _draw(self, kind: str, exhibit: ExhibitId, end: Ref) -> None:
        self.guarded(lambda: edits.add_link(self.store, kind, Ref("exhibit", exhibit), Ref(*end)))
        self.list.setFocus()

    def _unlink(self, link: str) -> None:
        self.guarded(lambda: edits.delete_link(self.store, LinkId(link)))

    def open_address(self) -> None:
        """Open the archived copy, or else the address, in a browser once the analyst says yes."""
        row = self.current()
        if row is None:
            return
        address = web_address(row.archive_url) or web_address(row.url)
        if address is None:
            self.notice.emit(self.tr("This exhibit has no address of the web (http or https)."))
            return
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Open an address"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Open this page in the browser? Its host will see that you look at it."))
        box.setInformativeText(address)
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Open).clicked.connect(lambda: self._browse(address))
        self.question = box
        box.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or web_address(event.mimeData().text()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file or an address becomes an exhibit, after a look at its form."""
        data = event.mimeData()
        urls = data.urls() or [QUrl(data.text().strip())]
        event.acceptProposedAction()
        form = ExhibitForm(self.session, self.look, self.window(), files=self._files)
        if urls[0].isLocalFile():
            form.take_file(Path(urls[0].toLocalFile()))
        else:
            form.take_address(urls[0].toString())
        if len(urls) > 1:
            form.say(self.tr("Only the first is taken: an exhibit is one thing."), "info")
        self._open_form(form)
