"""A report as a text for word processors (DOCX)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from annotator.domain.report import DRAWINGS, FullReport
from annotator.domain.text import is_right_to_left, normalise_text
from annotator.formats.reports.lines import Line, text_lines
from annotator.formats.reports.paper import MARGIN_MM, PAPERS, Paper, Placed, Sheet, sheets
from annotator.formats.reports.wording import Run, plain
from annotator.formats.reports.written import Notice, Written

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
    "drawing": "Caption",
}
_SMALL_PT = 9


def word(report: FullReport) -> Written:
    """The report as DOCX; its addresses and the handles of its articles are links.

    Drawings that were painted stand at the end, on sheets as wide as they need.
    """
    import docx

    drawn = [sheet for sheet in sheets(report) if all(one.drawing.picture for one in sheet.placed)]
    notices: tuple[Notice, ...] = ()
    if not drawn and any(claim.drawn for claim in report.claims):
        report = report.without(DRAWINGS)
        notices = (("report-drawings-left-out", {}),)

    document = docx.Document()
    _say_what_it_is(document, report.title)
    given = list(text_lines(report))
    for number, line in enumerate(given):
        _add(document, line, number)
    _turn(document, PAPERS[0])
    for number, sheet in enumerate(drawn, len(given)):
        _add_sheet(document, sheet, number)
    file = BytesIO()
    document.save(file)
    return Written(file.getvalue(), notices)


def _say_what_it_is(document: Document, title: str) -> None:
    """Title, date and program; what the library's template says of itself goes, with its picture."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "annotator", ""
    properties.created = properties.modified = datetime.now(UTC)
    relations = document.part.package.rels
    for name, relation in list(relations.items()):
        if relation.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
            del relations[name]


def _add_sheet(document: Document, sheet: Sheet, number: int) -> None:
    document.add_section()
    _turn(document, sheet.paper)
    if sheet.heading:
        _add(document, Line("claim", plain(sheet.heading)), number)
    _add(document, Line("heading", plain(sheet.title), sheet.anchor), number)
    for placed in sheet.placed:
        _add(document, Line("drawing", plain(placed.caption)), number)
        _add_picture(document, placed)


def _turn(document: Document, paper: Paper) -> None:
    """Give the last section a size of paper."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[-1]
    is_wide = paper.width_mm > paper.height_mm
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(round(paper.width_mm)), Mm(round(paper.height_mm))
    margin = Mm(round(MARGIN_MM))
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin


def _add_picture(document: Document, placed: Placed) -> None:
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_after = 1.0, Pt(0)
    width = Mm(int(placed.width_mm))
    shape = paragraph.add_run().add_picture(BytesIO(placed.drawing.picture), width)
    properties = shape._inline.docPr
    properties.set("name", placed.name)
    properties.set("descr", f"{placed.caption}. All its statements stand in the text of the report.")


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
    made.font.rtl = is_right_to_left(run.text) or None
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
