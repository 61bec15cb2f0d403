"""The texts in front of the analyst: one pane, or two side by side, as the session has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.layout.marks import NoMarks
from annotator.store import lists, read
from annotator.store.session import Focus, Pane, Session
from annotator.store.store import Change, Store
from annotator.store.touched import touched_spans
from annotator.ui.ghosts import Ghosts
from annotator.ui.marksource import StoreMarks
from annotator.ui.text.shown import Layer
from annotator.ui.text.view import TextView
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.domain.model import Mark
    from annotator.ui.findbar import FindBar
    from annotator.ui.pane_header import PaneHeader

_LEAST_CHARS = 30
"""How wide a pane is at least, in characters of the text, for two of them to stand side by side."""
_BESIDE_TEXT = 80
_PARTS = 10_000
"""What a splitter is told of a share; it makes pixels of it."""


class TextPane(QWidget):
    """One pane of the session: the text of its article, how to find words there, a header beside another."""

    entered = Signal()
    """The analyst turned to this pane with keys, or with the mouse beside the text."""
    close_asked = Signal()
    refused = Signal(object)
    """A UserError, to be shown as a notice."""

    def __init__(self, pane: Pane, store: Store, segmenter: Segmenter, look: Theme) -> None:
        super().__init__()
        self.pane = pane
        self.view = TextView(segmenter)
        self.view.setAccessibleName(self.tr("Article text"))
        self.view.installEventFilter(self)
        self._store = store
        self._look = look
        self._shown = Focus()
        self._marks: StoreMarks | None = None
        self.ghosts = Ghosts(store, self)
        self.ghosts.changed.connect(lambda spans: self.view.marks_changed(spans, is_counted=False))
        for act in (self.view.caret_moved, self.view.verticalScrollBar().valueChanged):
            act.connect(self.ghosts.give_way)
        self._rest_due = QTimer(self, singleShot=True, interval=0)
        self._rest_due.timeout.connect(self._show_rest)
        self._regions_due = QTimer(self, singleShot=True, interval=0)
        self._regions_due.timeout.connect(self._show_regions)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.view, 1)

    @property
    def article(self) -> ArticleId | None:
        return self.pane.focus.article

    @property
    def text(self) -> str:
        """The text of the article, empty where there is none."""
        return read.text(self._store, self.article) if self.article else ""

    @cached_property
    def find_bar(self) -> FindBar:
        from annotator.ui.findbar import FindBar

        made = FindBar(self, self._look)
        for part in (made.field, made.previous_button, made.next_button):
            part.installEventFilter(self)
        self._column.addWidget(made)
        return made

    @cached_property
    def header(self) -> PaneHeader:
        from annotator.ui.pane_header import PaneHeader

        made = PaneHeader(self._store, self._look)
        made.close_asked.connect(self.close_asked)
        made.pressed.connect(self.view.setFocus)
        self._column.insertWidget(0, made)
        return made

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self._look = look
        self.view.set_palette(look.text)
        if "header" in vars(self):
            self.header.set_theme(look)
        if "find_bar" in vars(self):
            self.find_bar.set_theme(look)

    def show_header(self, is_split: bool, is_at_work: bool) -> None:
        """Say what the pane shows, where there is another one."""
        if is_split or "header" in vars(self):
            self.header.setVisible(is_split)
        if is_split:
            self.header.show_article(self.article, is_at_work)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.entered.emit()
        return super().eventFilter(watched, event)

    def follow(self) -> None:
        """Show the place the pane is at, and the mark in hand there."""
        focus, before = self.pane.focus, self._shown
        self._shown = focus
        if focus.article != before.article:
            self._show_article(focus)
        held = self._hold()
        if held and (focus.mark != before.mark or focus.article != before.article):
            self._bring(held)
        elif focus.article == before.article and focus.offset != before.offset and not held:
            self.view.set_caret(focus.offset)
            self.view.reveal(Span(focus.offset, focus.offset))

    def _bring(self, held: Sequence[Span]) -> None:
        """Let the mark be seen; under a pointer or caret that took it by words in view, the text stays."""
        caret, seen = self.view.caret(), self.view.visible_span()
        is_there = any(span.start <= caret <= span.end for span in held)
        if not is_there:
            self.view.set_caret(held[0].start)
        if not is_there or not seen.start <= caret <= seen.end:
            self.view.reveal(held[0])

    def _show_article(self, focus: Focus) -> None:
        text = self.text
        self.ghosts.open(focus.article, text)
        if focus.article is None:
            self._marks = None
            self.view.show_article("", NoMarks(), 0)
        else:
            self._marks = StoreMarks(self._store, focus.article, self.ghosts)
            self.view.show_article(text, self._marks, focus.offset)
        if "find_bar" in vars(self) and self.find_bar.isVisible():
            self.find_bar.follow_article()
        self.view.show_regions(None)
        self._regions_due.start()  # they come beside the text when it is painted, as links do

    def _show_regions(self) -> None:
        """Show beside the text which parts of the article are no running text."""
        found = lists.regions_of(self._store, self.article) if self.article is not None else []
        if not found:
            self.view.show_regions(None)
            return
        from annotator.layout.regions import ShownRegions
        from annotator.ui.panels.words import region_name

        scheme = read.scheme(self._store)
        self.view.show_regions(ShownRegions((region_name(scheme, kind), span) for kind, span in found))

    def _hold(self) -> tuple[Span, ...]:
        """Outline the mark in hand as it stands now; what belongs to it is drawn when that is painted."""
        view, held = self.view, self.pane.focus.mark
        self._rest_due.start()
        if held is None or self._marks is None:
            view.hold(None)
            return ()
        spans = view.spans_in_view(held) or read.mark_place(self._store, held)[1]
        view.hold(held, spans)
        return spans

    def _show_rest(self) -> None:
        """Draw the links of the mark in hand and its layers, or take away those of the one before."""
        held = self.view.shown.held
        if held is None or self._marks is None:
            self.view.set_layers(())
            self.view.set_focus_links(())
        else:
            self.view.set_layers(_layers(read.mark(self._store, MarkId(held.mark))))
            self.view.set_focus_links(self._marks.focus_links(held))

    def empty(self) -> None:
        """Show nothing any more, so that nothing is read for a pane that goes."""
        self.finish()
        self.view.show_article("", NoMarks(), 0)

    def finish(self) -> None:
        """Look for nothing more."""
        self.ghosts.close()
        self._regions_due.stop()

    def renew(self, change: Change) -> None:
        """Show what a change did to the marks of the article."""
        if self.article is not None:
            self.ghosts.give_way()
            touched = touched_spans(self._store, change, self.article)
            if touched is None and self.ghosts.is_outdated:
                self.ghosts.open(self.article, self.text)
            is_counted = touched is None or bool(touched)
            self.view.marks_changed(self.ghosts.touched(change, touched), is_counted=is_counted)
            if touched is None:
                self._show_regions()
            self._hold()


def _layers(mark: Mark) -> list[Layer]:
    """The words that attribute a mark, name its sources and weaken it."""
    cues = tuple(span for step in mark.attribution for span in step.cue)
    names = tuple(span for step in mark.attribution for span in step.mention)
    found = (Layer("cue", cues), Layer("source_mention", names), Layer("hedge", mark.hedges))
    return [layer for layer in found if layer.spans]


class Panes(QSplitter):
    """The panes of a session; `made` tells of each but the first, `active` is the one at work.

    They stand side by side, in a window too narrow for that one above the other.
    """

    made = Signal(object)
    """A TextPane."""
    refused = Signal(object)
    """A UserError, to be shown as a notice."""
    region_asked = Signal(object)
    """The Span of a region that was clicked in the pane at work."""

    def __init__(self, session: Session, segmenter: Segmenter, look: Theme) -> None:
        super().__init__()
        self._session = session
        self._segmenter = segmenter
        self._look = look
        self._reading: tuple[QFont, int] | None = None
        self._rules_off: frozenset[str] = frozenset()
        self.share = 0.5
        """How much of the room the first of two panes has, 0 to 1."""
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(lambda: self._on_divided())
        self.all: list[TextPane] = []
        self._match()
        self.stop = session.on_focus(lambda _: self._match())

    @property
    def active(self) -> TextPane:
        """The pane at work."""
        return next(one for one in self.all if one.pane is self._session.pane)

    @property
    def other(self) -> TextPane | None:
        """The pane beside it, while there are two."""
        return next((one for one in self.all if one.pane is not self._session.pane), None)

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self._look = look
        for one in self.all:
            one.set_theme(look)

    def set_reading(self, font: QFont, column_chars: int) -> None:
        """The font of the texts and the width of their columns."""
        self._reading = (font, column_chars)
        for one in self.all:
            one.view.set_reading(font, column_chars)
        self._arrange()

    def share_out(self, share: float) -> None:
        """Give the first of two panes so much of the room."""
        self.share = share
        self.setSizes([round(share * _PARTS), round((1 - share) * _PARTS)][: self.count()])

    def _on_divided(self) -> None:
        sizes = self.sizes()
        whole = sum(sizes)
        if len(sizes) > 1 and whole > 0:
            self.share = sizes[0] / whole

    def switch_off(self, rules: Iterable[str]) -> None:
        """Propose nothing by these rules."""
        self._rules_off = frozenset(rules)
        for one in self.all:
            one.ghosts.switch_off(self._rules_off)

    def finish(self) -> None:
        """Listen to the session no more, and look for nothing."""
        self.stop()
        for one in self.all:
            one.finish()

    def renew(self, change: Change) -> None:
        """Show what a change did to the marks of the articles."""
        for one in self.all:
            one.renew(change)
        self._tell()

    def _match(self) -> None:
        """Have the panes the session has, each at its place."""
        there = [one.pane for one in self.all]
        for one in [one for one in self.all if one.pane not in self._session.panes]:
            self._remove(one)
        for pane in self._session.panes:
            if pane not in there:
                self._add(pane)
        for one in self.all:
            one.follow()
        self._tell()
        if any(one.view.hasFocus() for one in self.all):
            self.active.view.setFocus()

    def _add(self, pane: Pane) -> None:
        made = TextPane(pane, self._session.store, self._segmenter, self._look)
        made.set_theme(self._look)
        made.ghosts.switch_off(self._rules_off)
        if self._reading is not None:
            made.view.set_reading(*self._reading)
        for entering in (made.entered, made.view.pressed):
            entering.connect(lambda: self._session.turn_to(pane))
        made.close_asked.connect(lambda: self._session.close_pane(pane))
        made.refused.connect(self.refused)
        made.view.region_clicked.connect(self.region_asked)
        self.all.append(made)
        self.addWidget(made)
        self._arrange()
        made.show()
        self.share_out(self.share)
        self.made.emit(made)

    def _remove(self, pane: TextPane) -> None:
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.all.remove(pane)
        pane.empty()
        pane.hide()
        pane.deleteLater()
        if had_focus:
            self.active.view.setFocus()

    def _tell(self) -> None:
        """Keep the headers true."""
        for one in self.all:
            one.show_header(len(self.all) > 1, one is self.active)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side where there is room for that."""
        font = self._reading[0] if self._reading else self.font()
        least = QFontMetrics(font).averageCharWidth() * _LEAST_CHARS + _BESIDE_TEXT
        beside = self.width() >= 2 * least
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.share_out(self.share)
