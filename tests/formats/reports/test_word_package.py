"""A report for word processors is a sound package: what it names is there, in the order of the standard.

Source: ECMA-376, part 1 (elements in order), part 2 (parts, relationships, content types).
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePosixPath
from posixpath import normpath
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document

from annotator.formats.reports import writers
from tests.formats.reports.test_attribution import HOSTILE, composed, hostile, sample
from tests.formats.reports.test_drawings import DOT
from tests.formats.reports.test_drawings import composed as drawn

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ORDER = {
    "body": ("p", "sectPr"),
    "p": ("pPr", "*"),
    "pPr": ("pStyle", "numPr", "bidi", "spacing", "ind", "jc", "rPr", "sectPr"),
    "r": ("rPr", "*"),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "highlight", "u", "rtl", "cs"),
    "sectPr": ("headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "docGrid"),
}
"""The children that our reports use, in the order of the standard."""
FREE = {"p": {"r", "hyperlink", "bookmarkStart", "bookmarkEnd"}, "r": {"t", "tab", "br", "drawing"}}


def reports():
    yield composed(sample())
    for words in HOSTILE:
        yield composed(hostile(words, words, words, words))
    report = drawn()
    claims = (
        replace(one, drawn=tuple(drawing._replace(picture=DOT) for drawing in one.drawn))
        for one in report.claims
    )
    yield replace(report, claims=tuple(claims))


@pytest.fixture(params=range(len(HOSTILE) + 2))
def package(request):
    written = writers.by_name("docx").write(list(reports())[request.param])
    return ZipFile(BytesIO(written.data))


def parsed(package, name):
    return ElementTree.fromstring(package.read(name))


def test_its_properties_say_nothing_of_what_wrote_the_file_but_the_program(package):
    core = package.read("docProps/core.xml").decode()
    assert "annotator" in core
    assert "docx" not in core
    assert not {"docProps/app.xml", "docProps/thumbnail.jpeg"} & set(package.namelist())


def test_its_properties_say_its_title_and_when_it_was_written():
    report = composed(sample())
    before = datetime.now(UTC).replace(microsecond=0)
    core = Document(BytesIO(writers.by_name("docx").write(report).data)).core_properties
    assert core.title == report.title
    assert before <= core.created == core.modified <= datetime.now(UTC)


def test_every_part_has_a_type_and_every_relation_leads_to_a_part(package):
    names = set(package.namelist())
    assert len(names) == len(package.namelist())
    types = parsed(package, "[Content_Types].xml")
    suffixes = {one.get("Extension") for one in types.iter(f"{TYPES}Default")}
    known = {one.get("PartName").lstrip("/") for one in types.iter(f"{TYPES}Override")}
    for name in names - {"[Content_Types].xml"}:
        assert name in known or name.rpartition(".")[2] in suffixes, name
    assert known <= names
    for name in names:
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        for relation in parsed(package, name).iter(RELATION):
            if relation.get("TargetMode") == "External":
                assert re.match(r"https?://[^\s<>\"']+$", relation.get("Target"))
            else:
                assert normpath(f"/{folder}/{relation.get('Target')}").lstrip("/") in names


def test_every_style_link_and_place_that_is_named_is_there(package):
    document = parsed(package, "word/document.xml")
    styles = {one.get(f"{W}styleId") for one in parsed(package, "word/styles.xml").iter(f"{W}style")}
    for tag in ("pStyle", "rStyle"):
        assert {one.get(f"{W}val") for one in document.iter(f"{W}{tag}")} <= styles
    relations = {one.get("Id") for one in parsed(package, "word/_rels/document.xml.rels").iter(RELATION)}
    used = {value for one in document.iter() for name, value in one.attrib.items() if name.startswith(R)}
    assert used <= relations
    starts = list(document.iter(f"{W}bookmarkStart"))
    names, ids = [one.get(f"{W}name") for one in starts], [one.get(f"{W}id") for one in starts]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(one.get(f"{W}id") for one in document.iter(f"{W}bookmarkEnd"))
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
    anchors = {one.get(f"{W}anchor") for one in document.iter(f"{W}hyperlink")} - {None}
    assert anchors <= set(names)
    pictures = [one.get("id") for one in document.iter() if one.tag.endswith("}docPr")]
    assert len(set(pictures)) == len(pictures)


def test_elements_stand_in_the_order_of_the_standard(package):
    for parent in parsed(package, "word/document.xml").iter():
        order = ORDER.get(parent.tag.removeprefix(W))
        if order is None:
            continue
        children = [child.tag.removeprefix(W) for child in parent]
        if "*" in order:
            fixed = [child for child in children if child in order]
            assert children[: len(fixed)] == fixed
            assert set(children[len(fixed) :]) <= FREE[parent.tag.removeprefix(W)]
        else:
            places = [order.index(child) for child in children]
            assert places == sorted(places)
            assert parent.tag == f"{W}body" or len(set(places)) == len(places)
