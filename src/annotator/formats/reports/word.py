"""A report as a text for word processors (DOCX)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from annotator.domain.report import FullReport
from annotator.domain.text import normalise_text
from annotator.formats.reports.lines import Line, lines
from annotator.formats.reports.wording import Run
from annotator.formats.reports.written import Written

if TYPE_CHECKING:  # a large library, loaded when the first such report is written
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_STYLES = {
    "title": "Title",
    "text": "Normal",
    "claim": "Heading 1",
    "heading": "Heading 2",
    "item": "List Bullet",
    "detail": "List Continue",
}
_SMALL_PT = 9


def word(report: FullReport) -> Written:
    """The report as DOCX; its addresses and the handles of its articles are links."""
    import docx

    document = docx.Document()
    document.core_properties.title = report.title
    document.core_properties.author = "annotator"
    for number, line in enumerate(lines(report)):
        _add(document, line, number)
    file = BytesIO()
    document.save(file)
    return Written(file.getvalue())


def _add(document: Document, line: Line, number: int) -> None:
    paragraph = document.add_paragraph(style=_STYLES[line.kind])
    if line.anchor:
        _bookmark(paragraph, line.anchor, number)
    for run in line.runs:
        _add_run(paragraph, run, is_small=line.kind == "detail")


def _add_run(paragraph: Paragraph, run: Run, is_small: bool) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt

    made = paragraph.add_run(normalise_text(run.text)[0])
    made.bold = run.face == "strong" or None
    made.italic = run.face == "title" or None
    if run.face == "quoted":
        made.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if is_small:
        made.font.size = Pt(_SMALL_PT)
    if run.face == "link":
        made.font.underline = True
        _link(paragraph, run.address)


def _link(paragraph: Paragraph, address: str) -> None:
    """Make a link of the last run of a paragraph: to a place in the report, or on the web."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), address[1:])
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    last = paragraph.runs[-1]._r
    last.addprevious(link)
    link.append(last)


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("start", "end"):
        mark = OxmlElement(f"w:bookmark{kind.capitalize()}")
        mark.set(qn("w:id"), str(number))
        if kind == "start":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)
