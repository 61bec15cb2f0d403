"""A report in Qt's own text: on the screen as a preview, on paper as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from annotator.domain.figure import Figure
from annotator.domain.report import FullReport
from annotator.formats.files import write_file
from annotator.formats.reports.lines import Line, text_lines
from annotator.formats.reports.paper import (
    CAPTION_MM,
    FOOT_MM,
    HEADING_MM,
    MARGIN_MM,
    PAPERS,
    TITLE_MM,
    Paper,
    Sheet,
    sheets,
)
from annotator.formats.reports.wording import Run, plain
from annotator.layout.pages import Page, paged, standing
from annotator.store.bulk import Progress
from annotator.ui.dialogs.progress import StoppedError
from annotator.ui.drawn import painter_of
from annotator.ui.theme import reading_font, theme
from annotator.ui.theme.chrome import palette

_POINTS = {
    "title": 20.0,
    "claim": 14.0,
    "heading": 10.5,
    "text": 10.5,
    "item": 10.5,
    "detail": 8.5,
    "drawing": 9.0,
}
_ABOVE = {
    "title": 0.0,
    "claim": 16.0,
    "heading": 8.0,
    "text": 4.0,
    "item": 6.0,
    "detail": 1.0,
    "drawing": 6.0,
}
_INDENT_POINTS = {"item": 10.0, "detail": 10.0}
_BOLD = ("title", "claim", "heading")
_DPI = 300
_PER_MM = _DPI / 25.4
_FOOT_PLACE = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter


def written_out(given: Iterable[Line]) -> QTextDocument:
    """Lines as a text, in the sizes of paper and in the colours it is painted with."""
    document = blank()
    add_lines(document, given)
    return document


def blank() -> QTextDocument:
    """A text without words, for lines to come."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(reading_font(None, 11))
    return document


def add_lines(
    document: QTextDocument, given: Iterable[Line], picture: Callable[[Figure], QImage] | None = None
) -> None:
    """Write lines at the end of a text, drawings as pictures of their own size where they are painted."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.beginEditBlock()
    for line in given:
        if cursor.position():
            cursor.insertBlock()
        cursor.setBlockFormat(_block(line))
        for place, run in enumerate(line.runs):
            look = _characters(line, run)
            if line.anchor and not place:
                look.setAnchor(True)
                look.setAnchorNames([line.anchor])
            cursor.insertText(run.text, look)
        if line.drawing and picture:
            cursor.insertBlock(QTextBlockFormat())
            cursor.insertImage(picture(line.drawing.figure), line.anchor)
    cursor.endEditBlock()


def _block(line: Line) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setTopMargin(_ABOVE[line.kind])
    block.setLeftMargin(_INDENT_POINTS.get(line.kind, 0.0))
    block.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if line.kind in ("title", "claim", "heading"):
        block.setHeadingLevel({"title": 1, "claim": 2, "heading": 3}[line.kind])
    return block


def _characters(line: Line, run: Run) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontPointSize(_POINTS[line.kind])
    if line.kind in _BOLD or run.face in ("strong", "quoted"):
        look.setFontWeight(QFont.Weight.Bold)
    look.setFontItalic(run.face == "title")
    look.setFontUnderline(run.face == "link")
    if run.face == "link":
        look.setAnchor(True)
        look.setAnchorHref(run.address)
    return look


def blocks_of(document: QTextDocument) -> Iterator[tuple[bool, list[tuple[float, float]]]]:
    """The blocks of a text that is laid out: whether one is a heading, and top and bottom of its lines."""
    block = document.begin()
    while block.isValid():
        above = document.documentLayout().blockBoundingRect(block).top()
        lines = map(block.layout().lineAt, range(block.layout().lineCount()))
        rows = [(above + line.y(), above + line.y() + line.height()) for line in lines]
        yield block.blockFormat().headingLevel() > 0, rows
        block = block.next()


def write_pdf(report: FullReport, path: Path, tell: Progress) -> None:
    """Write a report as PDF, whole or not at all; tells the pages done. Raises StoppedError.

    The text stands on A4, each drawing after it on the paper on which it can be read.
    """

    def fill(part: Path) -> None:
        writer = QPdfWriter(str(part))
        writer.setTitle(report.title)
        writer.setCreator("annotator")
        writer.setResolution(_DPI)
        _Pdf(writer, report, tell).paint()

    write_file(path, fill)


class _Pdf:
    """Paints a report page by page."""

    def __init__(self, writer: QPdfWriter, report: FullReport, tell: Progress) -> None:
        self._writer = writer
        self._tell = tell
        self._sheets = list(sheets(report))
        self._figures = painter_of(report)
        self._use(PAPERS[0])
        self._text = written_out(text_lines(report))
        self._text.documentLayout().setPaintDevice(writer)
        self._text.setTextWidth(self._room().width())
        self._pages = paged(standing(blocks_of(self._text)), self._room().height())
        self._count = len(self._pages) + len(self._sheets)
        self._page = 0

    def paint(self) -> None:
        painter = QPainter(self._writer)
        try:
            context = QAbstractTextDocumentLayout.PaintContext()
            context.palette = palette(theme("light"))
            for page in self._pages:
                self._begin(painter, PAPERS[0])
                self._paint_text(painter, context, page)
            for sheet in self._sheets:
                self._begin(painter, sheet.paper)
                self._paint_sheet(painter, sheet)
        finally:
            painter.end()

    def _room(self) -> QSizeF:
        """What a page holds above its number."""
        whole = self._writer.pageLayout().paintRectPixels(_DPI)
        return QSizeF(whole.width(), whole.height() - FOOT_MM * _PER_MM)

    def _use(self, paper: Paper) -> None:
        size = QPageSize(QSizeF(*paper), QPageSize.Unit.Millimeter)
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        layout = QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
        self._writer.setPageLayout(layout)

    def _begin(self, painter: QPainter, paper: Paper) -> None:
        """Go to the next page and number it."""
        if not self._tell(self._page):
            raise StoppedError
        if self._page:
            self._use(paper)
            self._writer.newPage()
        self._page += 1
        room = self._room()
        painter.setFont(self._text.defaultFont())
        foot = QRectF(0, room.height(), room.width(), FOOT_MM * _PER_MM)
        painter.drawText(foot, _FOOT_PLACE, f"{self._page} / {self._count}")

    def _paint_text(
        self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext, page: Page
    ) -> None:
        shown = QRectF(0, page.top, self._room().width(), page.bottom - page.top)
        painter.save()
        painter.translate(0, -shown.top())
        painter.setClipRect(shown)
        context.clip = shown.adjusted(0, 1, 0, -1)  # what only touches it is on another page
        self._text.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_sheet(self, painter: QPainter, sheet: Sheet) -> None:
        y = 0.0
        if sheet.heading:
            y = self._paint_line(painter, Line("claim", plain(sheet.heading)), y, HEADING_MM)
        y = self._paint_line(painter, Line("heading", plain(sheet.title), sheet.anchor), y, TITLE_MM)
        for placed in sheet.placed:
            y = self._paint_line(painter, Line("drawing", plain(placed.caption)), y, CAPTION_MM)
            painter.save()
            painter.translate(0, y)
            scale = placed.scale * _DPI / 96
            painter.scale(scale, scale)
            self._figures(painter, placed.drawing.figure)
            painter.restore()
            y += placed.height_mm * _PER_MM

    def _paint_line(self, painter: QPainter, line: Line, y: float, room_mm: float) -> float:
        """Words in the room above a drawing, cut where they are longer; gives where the room ends."""
        width, height = self._room().width(), room_mm * _PER_MM
        text = written_out([line])
        text.documentLayout().setPaintDevice(self._writer)
        text.setTextWidth(width)
        painter.save()
        painter.translate(0, y)
        text.drawContents(painter, QRectF(0, 0, width, height))
        painter.restore()
        return y + height
