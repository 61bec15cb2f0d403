"""A source's page: what it said, denied and passed on, how it hedges, where it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.domain.dossier import Contradiction, Exchange, Position
from annotator.domain.handles import handle
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import Ref, Source
from annotator.store import lists
from annotator.store.session import Session
from annotator.store.source_facts import SourceFacts, source_facts
from annotator.store.store import Store
from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.judged import Judged
from annotator.ui.panels.parts import Elided, Words
from annotator.ui.panels.words import kind_name, stance_name, value_name
from annotator.ui.tabbing import Handing
from annotator.ui.theme import Theme

SEPARATOR = " · "
_LOW = 8
"""In a page of fewer lines than these, for whom a source speaks stands behind its name, on one line."""
_LOWEST = 5
"""In one of still fewer the list of sources beside it says who it is."""


def tr(words: str) -> str:
    """Words of the page in the language of the window."""
    return QCoreApplication.translate("Dossier", words)


class Lines(ChoiceList):
    """Lines to go to by Enter or a click; Delete asks to take one away, J to judge."""

    delete_asked = Signal(object)
    """The Entry the list stands on."""
    judge_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.current())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.current())
        elif event.key() == Qt.Key.Key_J and not event.modifiers():
            self.judge_asked.emit()
        else:
            super().keyPressEvent(event)


class DossierPage(Handing):
    """The dossier of one source: who it is, what is thought of it, then lines that lead to the words."""

    mark_asked = Signal(str)
    source_asked = Signal(str)
    part_asked = Signal(str)
    """A source that was found to be this one and shall stand for itself again."""

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = session.store
        self.judged = Judged(session, look)
        self._names: tuple[SourceId, ...] = ()
        self.source: SourceId | None = None
        self._who = ""
        self.about = Elided()
        self.speaks = Words(is_quiet=True)
        self.lines = Lines(look)
        self.lines.setAccessibleName(tr("What the source said"))
        self.lines.setMinimumHeight(self.fontMetrics().lineSpacing())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(self.speaks)
        column.addWidget(self.judged)
        column.addWidget(self.lines, 1)
        self.main_part = self.lines
        self.lines.taken.connect(self._go)
        self.lines.delete_asked.connect(self._part)
        self.lines.judge_asked.connect(self.judge)
        self.judged.closed.connect(self.lines.setFocus)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self.lines.set_look(look)
        self.judged.set_theme(look)

    def judge(self) -> None:
        """Open the judgements of the source, with the keys on them."""
        if self.judged.target is not None:
            self.judged.judge(self.judged.target)

    def show_source(self, source: SourceId | None) -> None:
        """Show a source, or nobody; of the same one the line stood on stays."""
        place = self.lines.currentIndex().row() if source == self.source else 0
        self.source = source
        found = source_facts(self._store, source) if source else None
        self.judged.show_target(Ref("source", found.dossier.source) if found else None)
        said = _Wording(self._store, found) if found else None
        self._names = found.dossier.names if found else ()
        self._who = said.about() if said else ""
        self.speaks.setText(said.speaks() if said else "")
        self._fit()
        self.lines.set_entries(list(said.lines()) if said else [], max(0, place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = self.height() // self.fontMetrics().lineSpacing()
        is_low = lines < _LOW
        more = self.speaks.text().splitlines() if is_low else []
        self.about.set_whole(SEPARATOR.join([self._who, *more]))
        self.about.setVisible(lines >= _LOWEST)
        self.speaks.setVisible(bool(self.speaks.text()) and not is_low)

    def _go(self, entry: Entry) -> None:
        if isinstance(entry.value, Ref):
            asked = self.mark_asked if entry.value.table == "mark" else self.source_asked
            asked.emit(entry.value.id)

    def _part(self, entry: Entry | None) -> None:
        end = entry.value if entry else None
        if isinstance(end, Ref) and end.id in self._names:
            self.part_asked.emit(end.id)


class _Wording:
    """A dossier in words."""

    def __init__(self, store: Store, found: SourceFacts) -> None:
        self._found = found
        self._facts = found.facts
        self._dossier = found.dossier
        self._source = found.facts.sources[found.dossier.source]
        self._rows = lists.marks_of(store, list(found.facts.marks))

    def about(self) -> str:
        """Who it is."""
        source = self._source
        parts = [source.name, source.role or kind_name(self._facts.scheme, source.kind), source.country or ""]
        parts += [tr("confidential") if source.confidential else "", source.anonymity or ""]
        return SEPARATOR.join(part for part in (*parts, *source.aliases) if part)

    def speaks(self) -> str:
        """For whom it speaks, how it hedges, what is noted about it: a line each."""
        facts, dossier, lines = self._facts, self._dossier, []
        if dossier.chain:
            names = " ‹ ".join(facts.sources[one].name for one in dossier.chain)
            lines.append(tr("Speaks for {chain}").format(chain=names))
        makers = [
            form.format(name=facts.sources[maker].name)
            for form, maker in (
                (tr("by {name}"), self._source.author),
                (tr("published by {name}"), self._source.publisher),
            )
            if maker is not None and maker in facts.sources
        ]
        lines += [SEPARATOR.join(makers)] if makers else []
        hedging = [f"{value_name(value)} {count}" for value, count in dossier.certainty]
        hedging += [f"“{words}” {count}" for words, count in self._found.hedges]
        if hedging:
            lines.append(tr("Certainty: {values}").format(values=SEPARATOR.join(hedging)))
        return "\n".join([*lines, *([self._source.note] if self._source.note else [])])

    def lines(self) -> Iterator[Entry]:
        """All sections, each under its heading."""
        dossier = self._dossier
        yield from _section(tr("Contradicts itself"), map(self._contradiction, dossier.contradictions))
        for position in dossier.positions:
            yield from self._position(position)
        yield from _section(tr("Under no claim"), map(self._mark, dossier.unclaimed))
        for heading, exchanges in (
            (tr("Passed on by {name}"), dossier.relayed_by),
            (tr("Passes on {name}"), dossier.relays),
        ):
            for exchange in exchanges:
                yield from self._exchange(heading, exchange)
        yield from _section(
            tr("Found to be this source (Delete parts them)"), map(self._other, dossier.names)
        )
        yield from _section(tr("Speaks for it"), map(self._other, dossier.members))
        yield from _section(
            tr("Judged under another name"),
            (
                Entry(f"{value_name(one.scale)}: {one.value}", None, one.reason or "", right=one.at or "")
                for one in dossier.judgements
                if one.target.id != dossier.source
            ),
        )
        if self._found.left_out:
            words = tr("{count} older marks: filter the marks by this name")
            yield _heading(words.format(count=f"{self._found.left_out:,}"))

    def _position(self, position: Position) -> Iterator[Entry]:
        claim = self._facts.propositions.get(position.claim)
        yield _heading(claim.text if claim else "…")
        for one in position.stances:
            certainty = value_name(one.certainty) if one.certainty else ""
            yield self._mark(one.mark, stance_name(one.stance) if one.stance != "silence" else "", certainty)

    def _exchange(self, heading: str, exchange: Exchange) -> Iterator[Entry]:
        name = self._facts.sources[exchange.source].name if exchange.source in self._facts.sources else "?"
        return _section(heading.format(name=name), map(self._mark, exchange.marks))

    def _contradiction(self, one: Contradiction) -> Entry:
        first, second = self._rows.get(one.mark), self._rows.get(one.other)
        if first is None or second is None:
            return _heading("…")
        words = f"“{first.quote}” ≠ “{second.quote}”"
        return Entry(words, Ref("mark", one.mark), self._where(one.other), right=self._where(one.mark))

    def _mark(self, mark: MarkId, stance: str = "", certainty: str = "") -> Entry:
        row = self._rows.get(mark)
        if row is None:
            return _heading("…")
        words = f"{stance} “{row.quote}”".strip()
        detail = SEPARATOR.join(part for part in (certainty, row.article_title or "") if part)
        right = SEPARATOR.join(part for part in (self._where(mark), handle("mark", row.number)) if part)
        return Entry(words, Ref("mark", mark), detail, style=row.label, right=right)

    def _where(self, mark: MarkId) -> str:
        article = self._facts.articles.get(self._facts.marks[mark].article)
        return (article.date if article else None) or ""

    def _other(self, source: SourceId) -> Entry:
        row: Source | None = self._facts.sources.get(source)
        if row is None:
            return _heading("…")
        return Entry(row.name, Ref("source", source), row.role or kind_name(self._facts.scheme, row.kind))


def _heading(words: str) -> Entry:
    """A line nobody stands on."""
    return Entry(words, is_heading=True)


def _section(heading: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    rows = list(entries)
    if rows:
        yield _heading(heading)
        yield from rows
