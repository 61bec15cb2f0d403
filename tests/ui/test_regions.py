"""Words that are a title, a dateline or a subhead are said to be so where they stand."""

import pytest
from PySide6.QtCore import Qt

from annotator.store import edits, read
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import Desk

Key = Qt.Key


@pytest.fixture
def regions(desk: Desk):
    def found():
        article = read.article(desk.store, desk.articles[0])
        return [(one.kind, desk.keys.text[one.span.start : one.span.end]) for one in article.regions]

    return found


def call(desk: Desk, kind: str) -> None:
    desk.keys.press(Key.Key_F2, SHIFT)
    entry = desk.keys.entry(lambda entry: entry.value == kind)
    desk.keys.type(entry.key)


def test_selected_words_inside_a_paragraph_are_called_a_dateline(desk: Desk, regions) -> None:
    desk.select("The port")
    call(desk, "dateline")
    assert regions() == [("dateline", "The port")]
    assert desk.selected() == ""
    assert desk.keys.notice == "“The port” is dateline now."
    desk.keys.press(Key.Key_Z, CTRL)
    assert regions() == []


def test_without_a_selection_it_is_the_paragraph_at_the_caret(desk: Desk, regions) -> None:
    desk.keys.go_to(3)
    call(desk, "title")
    assert regions() == [("title", "Ferry Ran Aground, Port Says")]


def test_another_kind_takes_the_place_of_the_one_before_and_running_text_ends_it(desk: Desk, regions) -> None:
    desk.select("Ferry Ran Aground, Port Says")
    call(desk, "title")
    desk.select("Ferry Ran Aground")
    call(desk, "subhead")
    assert regions() == [("subhead", "Ferry Ran Aground")]
    desk.select("Aground")
    call(desk, "")
    assert regions() == []


def test_a_scheme_without_kinds_of_regions_can_only_call_words_running_text(desk: Desk, regions) -> None:
    scheme = {**read.scheme(desk.store).data, "region_kinds": []}
    edits.set_scheme(desk.store, scheme)
    desk.select("The port")
    desk.keys.press(Key.Key_F2, SHIFT)
    assert [entry.value for entry in desk.keys.choices.entries] == [""]
