"""A report in Qt's own text: on the screen as a preview, on paper as PDF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from annotator.domain.report import FullReport
from annotator.formats.files import write_file
from annotator.formats.reports.lines import Line, lines
from annotator.formats.reports.wording import Run
from annotator.store.bulk import Progress
from annotator.ui.dialogs.progress import StoppedError
from annotator.ui.theme import reading_font, theme
from annotator.ui.theme.chrome import palette

_POINTS = {"title": 20.0, "claim": 14.0, "heading": 10.5, "text": 10.5, "item": 10.5, "detail": 8.5}
_ABOVE = {"title": 0.0, "claim": 16.0, "heading": 8.0, "text": 4.0, "item": 6.0, "detail": 1.0}
_INDENT_POINTS = {"item": 10.0, "detail": 10.0}
_BOLD = ("title", "claim", "heading")
_MARGIN_MM = 20
_DPI = 300
_FOOT_INCHES = 0.35
_FOOT_PLACE = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter


def written_out(given: Iterable[Line]) -> QTextDocument:
    """Lines as a text, in the sizes of paper and in the colours it is painted with."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(reading_font(None, 11))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, line in enumerate(given):
        if number:
            cursor.insertBlock()
        cursor.setBlockFormat(_block(line))
        for run in line.runs:
            cursor.insertText(run.text, _characters(line, run))
    cursor.endEditBlock()
    return document


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
    return look


def write_pdf(report: FullReport, path: Path, tell: Progress) -> None:
    """Write a report as PDF on A4, whole or not at all; tells the pages done. Raises StoppedError."""

    def fill(part: Path) -> None:
        writer = QPdfWriter(str(part))
        writer.setTitle(report.title)
        writer.setCreator("annotator")
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Portrait,
                margins,
                QPageLayout.Unit.Millimeter,
            )
        )
        _paint(report, writer, tell)

    write_file(path, fill)


def _paint(report: FullReport, writer: QPdfWriter, tell: Progress) -> None:
    writer.setResolution(_DPI)
    whole = writer.pageLayout().paintRectPixels(_DPI)
    size = QSizeF(whole.width(), whole.height() - _FOOT_INCHES * _DPI)
    document = written_out(lines(report))
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(size)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = palette(theme("light"))
    painter = QPainter(writer)
    try:
        painter.setFont(document.defaultFont())
        pages = document.pageCount()
        for page in range(pages):
            if not tell(page):
                raise StoppedError
            if page:
                writer.newPage()
            shown = QRectF(QPointF(0, page * size.height()), size)
            painter.save()
            painter.translate(0, -shown.top())
            painter.setClipRect(shown)
            context.clip = shown
            document.documentLayout().draw(painter, context)
            painter.restore()
            foot = QRectF(0, size.height(), size.width(), whole.height() - size.height())
            painter.drawText(foot, _FOOT_PLACE, f"{page + 1} / {pages}")
    finally:
        painter.end()
