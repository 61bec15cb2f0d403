"""The note of a link is reached from the text and from the list of links."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from annotator.domain.ids import LinkId, MarkId
from annotator.domain.model import Ref
from annotator.store import edits, read
from annotator.ui.dialogs.link_form import LinkForm
from tests.flows.analyst import CTRL
from tests.flows.dialogs import answer
from tests.ui.hands.desk import Desk

Key = Qt.Key


def link(desk: Desk, kind: str, start: MarkId, end: MarkId) -> LinkId:
    made = edits.add_link(desk.store, kind, Ref("mark", start), Ref("mark", end))
    assert made is not None
    return made


def write(words: str):
    def act(form: LinkForm) -> None:
        QTest.keyClicks(form.note, words)
        QTest.keyClick(form, Key.Key_Return, CTRL)

    return act


def test_one_key_opens_the_note_of_the_only_link(desk: Desk) -> None:
    log = desk.put("A log seen by the Gazette", "evidence")
    found = link(desk, "supports", log, desk.put("It came late"))
    desk.hold(log)
    answer(LinkForm, write("times agree"))
    desk.keys.press(Key.Key_L, CTRL)
    assert read.link(desk.store, found).note == "times agree"


def test_of_several_links_one_is_chosen_first(desk: Desk) -> None:
    log = desk.put("A log seen by the Gazette", "evidence")
    for words in ("It came late", "blamed fog"):
        link(desk, "supports", log, desk.put(words))
    desk.hold(log)
    desk.keys.press(Key.Key_L, CTRL)
    links = desk.window.panels.mark.page.links.list
    assert QApplication.focusWidget() is links
    assert len(links.entries) == 2
    assert links.current() is links.entries[0]
    answer(LinkForm, write("both agree"))
    desk.keys.press(Key.Key_F2)
    assert read.link(desk.store, links.current().value.link).note == "both agree"


def test_f2_in_the_list_of_claims_is_not_taken_for_that_of_the_article(desk: Desk) -> None:
    edits.add_proposition(desk.store, "The gates opened late")
    desk.window.arrangement.bring("claims")
    tree = desk.window.panels["claims"].tree
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    desk.keys.press(Key.Key_F2)
    assert tree.state() is QAbstractItemView.State.EditingState
