"""The words of a search in all texts: go there, or label many at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.errors import UserError
from annotator.domain.query import Query, words_in
from annotator.domain.saved import Comparison
from annotator.store import edits, read
from annotator.store.concordance import Concordance, Wanted, concordance
from annotator.store.store import Store
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.dialogs.progress import change_beside
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.parts import Empty, Words
from annotator.ui.panels.value_box import ElidedBox
from annotator.ui.panels.words import count_of_marks
from annotator.ui.search.places import PlacesModel, PlacesTable
from annotator.ui.tabbing import Handing

_MOST = 24
"""How many characters of the name of a label have room below the matches."""


class WordsPage(Handing):
    """Every place of the words, in the articles that the whole query finds.

    `tools` say how the words are compared and listed; they stand in `line`, or elsewhere where there is room.
    """

    place_asked = Signal(object)
    """A Place to go to."""
    settled = Signal()
    """What was asked for is shown."""
    said = Signal(str, str)
    """A sentence, and its role as in `frame.Remark`."""
    refused = Signal(object)
    changed = Signal()
    """The words are to be compared in another way."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.is_waiting = False
        self.tools = QWidget()
        self.whole = QCheckBox(self.tr("Whole words"))
        self.exact = QCheckBox(self.tr("Exactly as typed"))
        self.exact.setToolTip(self.tr("Capitals, quotation marks and accents must be the same"))
        self.regex = QCheckBox(self.tr("Regular expression"))
        self.regex.setToolTip(self.tr("All that is typed is one expression, looked for in the texts only"))
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        for words, key in (
            (self.tr("by article"), "article"),
            (self.tr("by the words before"), "left"),
            (self.tr("by the words after"), "right"),
        ):
            self.order.addItem(words, key)
        self.model = PlacesModel()
        self.table = PlacesTable(self.tr("Matches"), self.model)
        self.empty = Empty("")
        self.count = Words("", is_quiet=True)
        self.labels = ElidedBox(_MOST)
        self.labels.setAccessibleName(self.tr("Label"))
        self.all = plain_button(self.tr("Tick all"))
        self.none = plain_button(self.tr("Tick none"))
        self.label_them = plain_button("")
        self._reader = Reader(store, self)
        self._lay_out()
        self._connect()
        self.take_scheme()

    def _lay_out(self) -> None:
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        for part in (self.whole, self.exact, self.regex, self.order):
            tools.addWidget(part)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(8, 4, 8, 6)
        foot.addWidget(self.count, 1)
        for widget in (self.all, self.none, self.labels, self.label_them):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.line = QHBoxLayout()
        self.line.setContentsMargins(8, 0, 8, 2)
        self.line.addWidget(self.tools)
        column.addLayout(self.line)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)
        self.main_part = self.table

    def _connect(self) -> None:
        self.order.currentIndexChanged.connect(lambda: self.model.sort_by(self.order.currentData()))
        for box in (self.whole, self.exact, self.regex):
            box.toggled.connect(lambda: self.changed.emit())
        self.model.ticked.connect(self._tell)
        self.all.clicked.connect(lambda: self.model.tick(range(len(self.model.places)), True))
        self.none.clicked.connect(lambda: self.model.tick(range(len(self.model.places)), False))
        self.table.opened.connect(self._open)
        self.label_them.clicked.connect(self.label)
        self.labels.currentIndexChanged.connect(lambda: self._tell())
        self._reader.answered.connect(self._show)

    def __len__(self) -> int:
        return len(self.model.places)

    @property
    def comparison(self) -> Comparison:
        """How the words are compared."""
        return Comparison(self.whole.isChecked(), self.exact.isChecked(), self.regex.isChecked())

    def compare(self, how: Comparison) -> None:
        """Compare the words so, the next time they are looked for."""
        for box, is_on in zip((self.whole, self.exact, self.regex), how, strict=True):
            box.blockSignals(True)
            box.setChecked(is_on)
            box.blockSignals(False)

    def take_scheme(self) -> None:
        """Offer the labels that there are now."""
        box, rows = self.labels, read.scheme(self._store).shown_labels()
        offered = [(box.itemText(at), box.itemData(at)) for at in range(box.count())]
        if [(row.name, row.id) for row in rows] != offered:
            chosen = self.labels.currentData()
            self.labels.clear()
            for row in rows:
                self.labels.addItem(row.name, row.id)
            self.labels.setCurrentIndex(max(0, self.labels.findData(chosen)))
        self._tell()

    def look_for(self, typed: str, query: Query | None) -> None:
        """Look for the words of a query, or for all that was typed where that is an expression."""
        how = self.comparison
        words = (typed,) if how.regex and typed else tuple(words_in(query)) if query else ()
        wanted = Wanted(words, how.exact, how.whole, how.regex)
        among = None if how.regex else query
        self.is_waiting = bool(words)
        if not words:
            self._reader.cancel()
            self._show_none(self.tr("The search asks for no words. Type some to see where they stand."))
        else:
            self.empty.say(self.tr("Looking through the texts…"))
            self._reader.look_up(partial(_looked, wanted=wanted, among=among))

    def _show(self, found: Concordance | UserError) -> None:
        if isinstance(found, UserError):
            self.refused.emit(found)
            self._show_none("")
            return
        if not found.places:
            self._show_none(self.tr("No text that is searched has these words. Try fewer or others."))
            return
        self.is_waiting = False
        self.model.show_places(found.places)
        self.table.turn_as_read()
        self.model.sort_by(self.order.currentData())
        self.table.fit_words()
        self.table.selectRow(0)
        self._fit()
        if not found.is_whole:
            words = self.tr("There are more: these are the first {count}.")
            self.said.emit(words.format(count=f"{len(found.places):,}"), "info")
        self.settled.emit()

    def _show_none(self, words: str) -> None:
        self.is_waiting = False
        self.empty.say(words)
        self.model.show_places([])
        self._fit()
        self.settled.emit()

    def _fit(self) -> None:
        has_some = bool(self.model.places)
        self.pages.setCurrentWidget(self.table if has_some else self.empty)
        self.foot.setVisible(has_some)

    def _tell(self) -> None:
        places, chosen = len(self.model.places), self.model.count
        words = self.tr("Matches: {count}, articles: {articles}")
        told = words.format(count=f"{places:,}", articles=f"{self.model.articles:,}")
        self.count.setText(told if places else "")
        words, name = self.tr("Label {count} as {label}"), self.labels.currentText()
        most_px = _MOST * self.fontMetrics().averageCharWidth()
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, most_px)
        self.label_them.setText(words.format(count=f"{chosen:,}", label=shown))
        self.label_them.setToolTip(name if shown != name else "")
        self.label_them.setEnabled(chosen > 0 and self.labels.count() > 0)

    def label(self) -> None:
        """Label all that is ticked, as one step of undo; what has the label already is passed over."""
        chosen = self.model.chosen()
        label = self.labels.currentData()
        places = [(place.article, [place.span]) for place in chosen]
        try:
            made = change_beside(
                self.window(),
                self._store,
                self.tr("Labelling"),
                lambda progress: edits.label_places(self._store, label, places, progress=progress),
                len(places),
            )
        except UserError as error:
            self.refused.emit(error)
            return
        if made is None:
            self.said.emit(self.tr("Stopped; nothing was changed."), "warning")
        else:
            words = self.tr("{marks} made, {left} had the label already. Undo takes all of this back.")
            left = f"{len(chosen) - len(made):,}"
            self.said.emit(words.format(marks=count_of_marks(len(made)), left=left), "success")

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.place_asked.emit(self.model.places[index.row()])


def _looked(store: Store, *, wanted: Wanted, among: Query | None) -> Concordance | UserError:
    try:
        return concordance(store, wanted, None, among)
    except UserError as error:
        return error
