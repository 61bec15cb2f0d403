"""The surface of the text view: it places, scrolls and paints."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.layout.columns import Columns, columns
from annotator.layout.marks import MarkSource, NoMarks
from annotator.ui.text.backdrop import Backdrop
from annotator.ui.text.glyphs import Glyphs
from annotator.ui.text.held import ABOVE, BELOW, BESIDE
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.numbers import NumberPainter
from annotator.ui.text.overlay import OverlayPainter
from annotator.ui.text.overview import WIDTH, OverviewBar
from annotator.ui.text.page import Page, Place
from annotator.ui.text.paint import RowPainter
from annotator.ui.text.palette import TextPalette, fill_plainly, plain_palette
from annotator.ui.text.rail import RailPainter
from annotator.ui.text.shown import Shown

if TYPE_CHECKING:  # loaded with the first article that has regions
    from annotator.layout.regions import ShownRegion, ShownRegions
    from annotator.ui.text.regions import RegionSigns

_COLUMN_CHARS = 70
_SLICE_S = 0.003


class Canvas(QAbstractScrollArea):
    """Paints one article; points are in viewport coordinates, offsets in code points."""

    place_changed = Signal()
    """Other characters are in view than before."""

    def __init__(self, segmenter: Segmenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segmenter = segmenter
        self.shown = Shown()
        self.regions: RegionSigns | None = None
        self.text_palette = plain_palette(self.palette())
        self._metrics = Metrics.of(self.font(), _COLUMN_CHARS)
        self._glyphs = Glyphs(self._metrics.font, self._metrics.small, self.devicePixelRatioF())
        self.page = Page("", NoMarks(), segmenter, self._metrics, QSize(self._metrics.column, 0))
        self.columns: Columns = columns(0, self._metrics.column)
        self._left: Page | None = None
        """What was shown before, for its many lines to be taken down once the next text is painted."""
        self._value = 0
        self._is_bar_covering = False
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._lay_out_ahead)
        self.overview = OverviewBar(self.text_palette, self)
        self.overview.asked.connect(self._on_overview_asked)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(0, 0, WIDTH, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Asked for a viewport that Qt has made, PySide makes all classes of widgets to find what it is: 8 ms.
        self.setViewport(QWidget())
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().sliderReleased.connect(self._sync)
        self._make_painters()

    # What it shows

    def open_page(self, text: str, source: MarkSource) -> None:
        """Show the top of another text; whoever opened it knows that other characters are in view."""
        self.columns = columns(self.viewport().width(), self._metrics.column)
        size = QSize(self.columns.width, self.viewport().height())
        self._left = self.page
        self.page = Page(text, source, self.segmenter, self._metrics, size)
        self._refresh()
        self.overview.show_density(source.density)

    def set_palette(self, palette: TextPalette) -> None:
        self.text_palette = palette
        self.overview.set_palette(palette)
        self._make_painters()
        self.viewport().update()

    def set_reading(self, font: QFont, column_chars: int) -> None:
        """The font of the text and the width of the column in average characters; the place is kept."""
        self._metrics = Metrics.of(font, column_chars)
        self._make_painters()
        self._arrange()

    def _make_painters(self) -> None:
        font, small = self._metrics.font, self._metrics.small
        self._glyphs = Glyphs(font, small, self.devicePixelRatioF(), before=self._glyphs)
        self._rows = RowPainter(self.text_palette, self._glyphs)
        self._backdrop = Backdrop(self._rows, self.text_palette.base, self._glyphs.ratio)
        self._numbers = NumberPainter(self.text_palette, self._metrics, self._glyphs.ratio)
        self._rail = RailPainter(self.text_palette, self._metrics, self._glyphs.ratio)
        self._overlay = OverlayPainter(self.text_palette, self._metrics, self._glyphs)
        if self.regions is not None:
            self.regions = self.regions.dressed(self.text_palette, self._metrics)

    def show_regions(self, regions: ShownRegions | None) -> None:
        """Show beside the text which parts of it are no running text; None where all of it is."""
        if regions is None and self.regions is None:
            return
        if regions is None:
            self.regions = None
        else:
            from annotator.ui.text.regions import RegionSigns

            self.regions = RegionSigns(regions, self.text_palette, self._metrics)
        self.viewport().update(0, 0, self.columns.left, self.viewport().height())

    def regions_at(self, point: QPoint) -> list[ShownRegion]:
        """The regions whose sign in the margin is under a point, the one that is meant last."""
        return self.regions.at(self.page, self.columns, point) if self.regions is not None else []

    def _arrange(self) -> None:
        view = self.viewport()
        self.columns = columns(view.width(), self._metrics.column)
        self.page.resize(QSize(self.columns.width, view.height()), self._metrics)
        bounds = view.geometry()
        self.overview.setGeometry(bounds.right() + 1, bounds.top(), WIDTH, bounds.height())
        self.refresh()

    def refresh(self) -> None:
        """Paint everything again, with other characters in view."""
        self._refresh()
        self.place_changed.emit()

    def _refresh(self) -> None:
        """Paint everything again, and bring the scroll bar up to date, which is painted after the text."""
        self.verticalScrollBar().setUpdatesEnabled(False)
        self._move_bar()
        self.viewport().update()

    def update_span(self, span: Span) -> None:
        """Paint the text of the lines again that a span touches, with what is laid over it."""
        left = self.columns.left - BESIDE
        for seen in self.page.touched(span):
            row = seen.row
            first, last = (row.line_of(max(row.start, offset)) for offset in span)
            top, bottom = row.line_top(first), row.line_top(last) + row.text_height(last)
            height = bottom - top + ABOVE + BELOW
            self.viewport().update(left, seen.y + top - ABOVE, self.columns.rail - left, height)

    def update_rail(self) -> None:
        """Paint what stands beside the text again."""
        self.viewport().update(QRect(QPoint(self.columns.rail, 0), self.viewport().rect().bottomRight()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._glyphs.ratio != self.devicePixelRatioF():
            self._make_painters()
        painter = QPainter(self.viewport())
        try:
            self._paint(painter, event.region())
        finally:
            # A painter left open by an error would take the whole process down with it.
            painter.end()
        self._ahead.start()

    def _paint(self, painter: QPainter, region: QRegion) -> None:
        is_plain = self.shown.is_plain and self.regions is None
        if not (is_plain and self._backdrop.paint(painter, self.page, self.columns, region.boundingRect())):
            self._paint_rows(painter, region)
        painter.translate(self.columns.left, 0)
        self._overlay.paint(painter, self.page, self.shown, self.hasFocus())

    def _paint_rows(self, painter: QPainter, region: QRegion) -> None:
        fill_plainly(painter, region.boundingRect(), self.text_palette.base)
        width, words = self.viewport().width(), self._metrics.rail_pitch
        touched = []
        for seen in self.page.visible():
            tall = max(seen.row.height, words)  # words beside an empty row reach over its foot
            dirty = region.intersected(QRect(0, seen.y, width, tall)).boundingRect()
            if not dirty.isEmpty():
                touched.append(seen)
                if dirty.left() < self.columns.rail:
                    self._rows.paint(painter, self.page, seen, self.columns, self.shown, dirty)
                if dirty.right() >= self.columns.rail:
                    self._rail.paint(painter, seen, self.columns, dirty)
        self._numbers.paint(painter, self.page, touched, self.columns, region.boundingRect())
        if self.regions is not None:
            for seen in touched:
                self.regions.paint(painter, seen, self.columns, has_links=bool(self.shown.links.all))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _lay_out_ahead(self) -> None:
        """After a paint, let the rest of the view follow; then lay out a page more each way, step by step.

        Not where the view was closed meanwhile: its project may be, too.
        """
        self._left = None
        if not self.isVisible():
            return
        self._cover_below_bar()
        self.verticalScrollBar().setUpdatesEnabled(True)
        self.overview.set_window(*self.page.visible_span(), len(self.page.text))
        if self.page.put_rail():
            self.update_rail()
            return
        started = perf_counter()
        for number in self.page.ahead():
            self._rail.make_ready(self.page.laid.make_ready(number), self.columns)
            if perf_counter() - started > _SLICE_S:
                self._ahead.start()
                return
        if self._rows.make_chips():
            self._ahead.start()
            return
        self._numbers.make_ready()
        if self.shown.held is not None and self._backdrop.make_next(self.page, self.columns):
            self._ahead.start()  # whoever has a mark in hand takes another one
            return
        self._move_bar()
        while self.page.laid.read_on():
            if perf_counter() - started > _SLICE_S:
                self._ahead.start()
                return

    def _cover_below_bar(self) -> None:
        """Let the place of the scroll bar cover what it lies on, or all of that is painted first.

        Qt has made it, so it is not asked for before the first paint.
        """
        if self._is_bar_covering:
            return
        self._is_bar_covering = True
        if (place := self.verticalScrollBar().parentWidget()) is not None:
            place.setAutoFillBackground(True)

    # Scrolling

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        bar = self.verticalScrollBar()
        wanted = bar.value() - self._value
        self._value = bar.value()
        view = self.viewport()
        if bar.value() == bar.maximum() and wanted > 0:
            self.page.to_end()
        elif abs(wanted) > 3 * view.height():
            self.page.scroll_to(bar.value())
        else:
            moved = self.page.scroll_by(wanted)
            if abs(moved) < view.height() and self.shown.moves_with_lines:
                view.scroll(0, -moved, view.rect())
                self._sync()
                return
        self.refresh()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _sync(self) -> None:
        """Tell the scroll bar, and whoever lies over the text, where the page stands."""
        self._move_bar()
        self.place_changed.emit()

    def _move_bar(self) -> None:
        """Bring the scroll bar to where the page stands; nothing is scrolled by this."""
        bar = self.verticalScrollBar()
        value, maximum = self.page.value(), self.page.maximum()
        if not bar.isSliderDown() and (bar.maximum() != maximum or bar.value() != value):
            blocked = bar.blockSignals(True)
            bar.setRange(0, maximum)
            bar.setPageStep(self.viewport().height())
            bar.setSingleStep(self._metrics.full_line(0))
            bar.setValue(value)
            bar.blockSignals(blocked)
            bar.update()
            self._value = bar.value()
        bar.setEnabled(maximum > 0)

    def _on_overview_asked(self, part: float) -> None:
        offset = round(part * len(self.page.text))
        self.page.restore(Place(offset, -self.viewport().height() // 2))
        self.refresh()

    def place(self) -> Place:
        """Where the view stands, for `restore_place`."""
        return self.page.place()

    def restore_place(self, place: tuple[int, int]) -> None:
        self.page.restore(Place(*place))
        self.refresh()

    def visible_span(self) -> Span:
        return self.page.visible_span()

    def reveal(self, span: Span, centre: bool = False) -> None:
        """Scroll so that a span is seen; nothing moves when it already is.

        A span within a page is brought in from the near edge with two lines
        to spare, one farther away to the upper third. `centre` puts even a
        visible one into the middle.
        """
        line, height = self._metrics.full_line(0), self.viewport().height()
        top = self.page.distance(span.start)
        if not centre and not -height <= top <= 2 * height:
            # Where the end is was not looked for: a long mark ends on a page of its own.
            self.restore_place(Place(span.start, -(height // 3)))
            return
        bottom = self.page.distance(max(span.start, span.end - 1)) + line
        if not centre and top >= 0 and bottom <= height:
            return
        if centre:
            moved = (top + min(bottom, top + height)) // 2 - height // 2
        elif bottom - top > height - 2 * line:
            moved = top - height // 3
        else:
            moved = top - 2 * line if top < 0 else bottom + 2 * line - height
            moved = min(moved, top)
        self.restore_place(Place(span.start, -(top - moved)))
