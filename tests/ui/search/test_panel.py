"""One search over everything: by keys, with counts, there and back; what is found is changed at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.model import Ref, SavedSearch
from annotator.domain.scheme_changes import rename
from annotator.store import edits, lists, read
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.pivot import PivotDialog
from annotator.ui.search import change_marks
from annotator.ui.search.change_marks import ChangeMarksDialog
from annotator.ui.search.kept import KeptSearches
from annotator.ui.search.rows_page import RowsPage
from tests.store.samples import add_article, dump, fill
from tests.ui.search.searching import ask, settled, tabs
from tests.ui.windows import window_on

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


def key(what, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), what, modifiers)


def test_the_key_opens_the_search_with_the_cursor_in_its_line(window, panel):
    assert panel.field.hasFocus()
    assert panel.start.isVisible()
    assert tabs(panel) == ["Words", "Marks", "Articles", "Sources", "Claims"]


def test_each_group_says_how_many_it_has_and_the_first_that_has_some_is_shown(panel, qtbot):
    ask(panel, "bridge")
    settled(panel, qtbot)
    assert tabs(panel) == ["Words  3", "Marks  1", "Articles  2", "Sources  0", "Claims  1"]
    assert panel.found.tabs.currentIndex() == 0
    ask(panel, "label=denial")
    settled(panel, qtbot)
    assert tabs(panel) == ["Words  0", "Marks  1", "Articles  1", "Sources  0", "Claims  1"]
    assert panel.found.tabs.currentIndex() == 1
    ask(panel, 'source="Ministry of Ports" stance=support')
    settled(panel, qtbot)
    assert tabs(panel)[1:] == ["Marks  1", "Articles  1", "Sources  1", "Claims  1"]


def test_enter_goes_to_the_words_and_escape_comes_back_to_the_line(window, panel, qtbot):
    ask(panel, "bridge")
    settled(panel, qtbot)
    key(DOWN)
    key(DOWN)
    table = panel.found.words.table
    assert (table.hasFocus(), table.currentIndex().row()) == (True, 1)
    key(ENTER)
    assert window.view.hasFocus()
    assert window.view.selection() is not None
    key(ESC)
    assert window.view.selection() is None
    assert window.view.hasFocus()
    key(ESC)
    assert (table.hasFocus(), table.currentIndex().row()) == (True, 1)
    key(ESC)
    assert window.view.hasFocus()
    key(ESC)
    assert window.view.hasFocus()


def test_a_mark_is_taken_in_hand_and_f8_goes_on_to_the_next(window, panel, qtbot):
    ask(panel, "label=claim or label=denial")
    settled(panel, qtbot)
    key(DOWN)
    key(ENTER)
    marks = [row.id for row in lists.marks(window.session.store)]
    assert window.session.focus.mark == marks[0]
    window.menus.actions["next-found"].trigger()
    assert window.session.focus.mark == marks[1]
    window.menus.actions["next-found"].trigger()
    assert window.session.focus.mark == marks[1]
    assert "no further line" in window.notices.text
    window.menus.actions["previous-found"].trigger()
    assert window.session.focus.mark == marks[0]


def test_sources_and_claims_open_where_their_pages_are(window, panel, qtbot):
    ask(panel, "ministry")
    settled(panel, qtbot)
    panel.found.tabs.setCurrentIndex(3)
    panel.field.passed_down.emit()
    key(ENTER)
    assert window.panels.sources.isVisible()
    assert window.panels.sources.model.row_at(window.panels.sources.table.currentIndex()).name.startswith(
        "Min"
    )
    window.ways.to_search()
    ask(panel, "stance=deny")
    settled(panel, qtbot)
    panel.found.tabs.setCurrentIndex(4)
    panel.field.passed_down.emit()
    key(ENTER)
    assert window.panels.claims.isVisible()


def test_an_article_is_opened(window, panel, qtbot):
    ask(panel, "article=Harbour")
    settled(panel, qtbot)
    assert panel.found.tabs.currentIndex() == 2
    key(DOWN)
    key(ENTER)
    assert read.article(window.session.store, window.session.focus.article).title == "Harbour"


def test_a_mistake_is_told_where_it_is(panel):
    ask(panel, "bridge lable=denial")
    assert "did you mean “label=”" in panel.remark.text
    assert panel.field.selectedText() == "lable"
    assert panel.start.isVisible()
    ask(panel, "(label=denial")
    assert panel.remark.text.startswith("The query is not finished. What can come next: ).")


def test_names_and_values_are_offered_while_a_query_is_typed(panel):
    panel.field.setFocus()
    QTest.keyClicks(panel.field, "lab")
    assert panel.field.is_offering
    panel.field.take("label=")
    assert panel.field.text() == "label="
    assert [panel.field.offers.item(0).text(), panel.field.offers.item(1).text()] == [
        "claim   Claim",
        "denial   Denial",
    ]
    panel.field.take("denial")
    assert panel.field.text() == "label=denial "
    assert not panel.field.is_offering
    QTest.keyClicks(panel.field, "source=mini")
    panel.field.take("Ministry of Ports")
    assert panel.field.text() == 'label=denial source="Ministry of Ports" '


def test_a_condition_is_added_from_the_menu_with_its_values_offered(panel):
    panel.field.setText("bridge")
    actions = {action.text(): action for action in panel.conditions.menu().actions()}
    actions["Label"].trigger()
    assert panel.field.text() == "bridge label="
    assert panel.field.is_offering
    actions["Not linked"].trigger()
    assert panel.field.text() == "bridge label= unlinked"


def test_enter_searches_while_something_is_offered_and_nothing_is_chosen(panel, qtbot):
    panel.field.setFocus()
    QTest.keyClicks(panel.field, "lab")
    assert panel.field.is_offering
    QTest.keyClick(panel.field, ENTER)
    settled(panel, qtbot)
    assert not panel.field.is_offering
    assert tabs(panel)[1] == "Marks  0"


def test_what_is_found_follows_the_project(store, panel, qtbot):
    ask(panel, "label=denial")
    settled(panel, qtbot)
    (mark,) = [row.id for row in lists.marks(store, label="denial")]
    edits.delete_marks(store, [mark])
    panel.settle()
    settled(panel, qtbot)
    assert tabs(panel)[1] == "Marks  0"
    store.undo()
    panel.settle()
    settled(panel, qtbot)
    assert tabs(panel)[1] == "Marks  1"


@pytest.fixture
def change(panel, monkeypatch):
    """Open the dialog that changes what is found, and act in it."""

    def act(deed):
        monkeypatch.setattr(ChangeMarksDialog, "exec", deed)
        panel.change_them.click()

    return act


def test_all_that_is_found_is_changed_in_one_step_after_a_look_at_what_will_be(store, panel, qtbot, change):
    ask(panel, "label=claim or label=denial")
    settled(panel, qtbot)
    assert panel.change_them.text() == "Change all 2…"
    before = dump(store)

    def deed(dialog):
        dialog.what.setCurrentIndex(dialog.what.findText("Status"))
        dialog.value.setCurrentIndex(1)
        qtbot.waitUntil(lambda: dialog.outlook is not None)
        assert dialog.preview.text() == "2 marks change."
        assert dialog.accept_button.text() == "Change 2 marks"
        dialog.accept_button.click()

    change(deed)
    assert {read.mark(store, row.id).status for row in lists.marks(store)} == {"checked"}
    assert panel.remark.text == "Changed 2 marks. Undo takes it back."
    store.undo()
    assert dump(store) == before


def test_what_cannot_change_is_counted_before(store, panel, qtbot, change):
    ask(panel, "label=claim or label=denial")
    settled(panel, qtbot)
    panel.found.page_of("mark").table.selectAll()
    assert panel.change_them.text() == "Change 2 selected…"

    def deed(dialog):
        dialog.value.setCurrentIndex(dialog.value.findText("Evidence"))
        qtbot.waitUntil(lambda: dialog.outlook is not None)
        assert dialog.preview.text() == (
            "1 mark changes.\n1 stays: a link of it could not end at this label."
        )
        dialog.reject()

    change(deed)


def test_a_change_of_many_marks_that_is_stopped_says_so(store, panel, qtbot, change, monkeypatch):
    ask(panel, "label=claim or label=denial")
    settled(panel, qtbot)
    panel.found.page_of("mark").table.selectAll()
    monkeypatch.setattr(change_marks, "change_beside", lambda *_: None)
    monkeypatch.setattr(change_marks, "LARGE", 0)

    def deed(dialog):
        dialog.value.setCurrentIndex(dialog.value.findText("Evidence"))
        qtbot.waitUntil(lambda: dialog.outlook is not None)
        dialog.accept()
        assert dialog.remark.text == "Stopped; nothing was changed."
        dialog.reject()

    change(deed)


def test_what_is_found_is_counted_two_ways(window, panel, qtbot):
    ask(panel, "label=denial")
    settled(panel, qtbot)
    panel.count_them.click()
    dialog = window.findChild(PivotDialog)
    assert dialog.windowTitle() == "Count 1 mark found"
    assert list(dialog.lines())[1:] == [["Denial", "1", "1"], ["all", "1", "1"]]
    dialog.table.setCurrentCell(0, 0)
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    dialog.close()


def test_a_search_is_kept_asked_again_renamed_and_deleted(store, window, panel, qtbot, monkeypatch):
    ask(panel, "bridge label=denial")
    settled(panel, qtbot)
    before = dump(store)

    def keep(dialog):
        dialog.show()
        QTest.keyClicks(dialog.name, "Denied bridges")
        QTest.keyClick(dialog.name, ENTER)
        assert dialog.list.item(0, 1).text() == '"bridge" and label=denial'
        dialog.rename_button.click()
        dialog.list.item(0, 0).setText("Bridges")
        dialog.close()
        return 0

    monkeypatch.setattr(KeptSearches, "exec", keep)
    panel.kept.click()
    assert [row.name for row in read.records(store, SavedSearch)] == ["Bridges"]
    ask(panel, "harbour")
    settled(panel, qtbot)

    def again(dialog):
        dialog.show()
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, ENTER)
        return dialog.result()

    monkeypatch.setattr(KeptSearches, "exec", again)
    window.menus.actions["kept-searches"].trigger()
    settled(panel, qtbot)
    assert panel.field.text() == '"bridge" and label=denial'
    assert tabs(panel)[2] == "Articles  1"

    def delete(dialog):
        dialog.show()
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
        assert dialog.list.rowCount() == 0
        assert not dialog.accept_button.isEnabled()
        dialog.close()
        return 0

    monkeypatch.setattr(KeptSearches, "exec", delete)
    panel.kept.click()
    for _ in range(3):
        store.undo()
    assert dump(store) == before


def test_one_esc_after_enter_closes_the_search_and_gives_its_room_back(window, panel, qtbot):
    window.ways.to_text()
    window.arrangement.bring("claims")
    qtbot.waitUntil(lambda: not window.panels.claims.visibleRegion().isEmpty())
    before = window.view.height()
    window.menus.actions["search"].trigger()
    ask(panel, "bridge")
    settled(panel, qtbot)
    qtbot.waitUntil(lambda: window.view.height() < before)
    assert not panel.visibleRegion().isEmpty()
    QTest.keyClick(panel.field, ESC)
    assert window.view.hasFocus()
    qtbot.waitUntil(lambda: window.view.height() == before)
    assert not window.panels.claims.visibleRegion().isEmpty()
    QTest.keyClick(window.view, ESC)
    assert window.view.hasFocus()


def test_a_search_that_took_no_room_gives_none_back(window, panel, qtbot):
    window.ways.to_text()
    window.arrangement.bring_large("search")
    ask(panel, "bridge")
    settled(panel, qtbot)
    QTest.keyClick(panel.field, ESC)
    assert window.view.hasFocus()
    assert window.arrangement.foot.is_large
    assert not panel.visibleRegion().isEmpty()


def test_how_words_are_compared_is_kept_with_a_search_and_shown_when_it_is_asked_again(
    store, panel, qtbot, monkeypatch
):
    def keep(name):
        def typed(dialog):
            dialog.show()
            QTest.keyClicks(dialog.name, name)
            QTest.keyClick(dialog.name, ENTER)
            told.append(dialog.list.item(dialog.list.currentRow(), 1).text())
            dialog.close()
            return 0

        monkeypatch.setattr(KeptSearches, "exec", typed)
        panel.kept.click()

    def ask_again(name):
        def chosen(dialog):
            dialog.show()
            (item,) = dialog.list.findItems(name, Qt.MatchFlag.MatchExactly)
            dialog.list.selectRow(item.row())
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(KeptSearches, "exec", chosen)
        panel.kept.click()
        settled(panel, qtbot)

    told = []
    boxes = (panel.found.words.whole, panel.found.words.exact, panel.found.words.regex)
    ask(panel, "Bridge")
    panel.found.words.whole.click()
    panel.found.words.exact.click()
    settled(panel, qtbot)
    found = tabs(panel)[0]
    before = dump(store)
    keep("Bridges")
    for box in boxes:
        box.click()
    ask(panel, r"map \w+ge\b")
    settled(panel, qtbot)
    keep("Endings")
    kept = dump(store)
    keep("Bridges")
    store.undo()
    assert dump(store) == kept
    ask_again("Bridges")
    assert [box.isChecked() for box in boxes] == [True, True, False]
    assert tabs(panel)[0] == found
    ask_again("Endings")
    assert [box.isChecked() for box in boxes] == [False, False, True]
    assert panel.field.text() == r"map \w+ge\b"
    assert told[:2] == ['"Bridge" · whole words · exactly as typed', r"map \w+ge\b · regular expression"]
    store.undo()
    store.undo()
    assert dump(store) == before


def test_two_searches_do_not_get_one_name_and_a_question_to_the_map_opens_the_map(
    store, window, panel, monkeypatch
):
    edits.add_record(store, SavedSearch(id="", name="A", query="linked"))
    edits.add_record(store, SavedSearch(id="", name="B", query="map state=disputed"))

    def deed(dialog):
        dialog.show()
        assert dialog.list.item(1, 1).text() == "on the dispute map"
        dialog.list.selectRow(1)
        dialog.rename_button.click()
        dialog.list.item(1, 0).setText("a")
        assert "of that name already" in dialog.remark.text
        dialog.list.selectRow(1)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(KeptSearches, "exec", deed)
    panel.kept.click()
    assert window.panels.map.isVisible()
    assert window.panels.map.claims.asked.question().state == "disputed"


def test_ctrl_c_on_a_mark_that_was_found_copies_it_with_its_source(window, panel, qtbot):
    ask(panel, "label=claim")
    settled(panel, qtbot)
    panel.field.passed_down.emit()
    mark = next(row.id for row in lists.marks(window.session.store) if row.label == "claim")
    assert panel.to_copy() == Ref("mark", mark)


def test_in_a_narrow_window_the_groups_keep_their_names(window, panel, qtbot):
    window.resize(900, 600)
    qtbot.waitUntil(lambda: panel.found.words.line.indexOf(panel.found.words.tools) >= 0)
    ask(panel, "label=denial")
    settled(panel, qtbot)
    assert panel.found.tabs.width() >= panel.found.tabs.sizeHint().width()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: panel.found.words.line.indexOf(panel.found.words.tools) < 0)
    assert not panel.found.words.tools.isVisible()


def test_a_large_project_is_searched_beside_the_window_and_its_rows_are_read_where_they_are_seen(
    tmp_path, qtbot
):
    store = Store.create(tmp_path / "large.annotator", Identity(name="Ada"))
    text = "word " * 3000
    fill(store, add_article(store, text), text, 3000)
    window = window_on(store, qtbot)
    panel = window.ways.to_search()
    ask(panel, "label=claim")
    assert panel.found.rows["mark"].is_waiting
    settled(panel, qtbot)
    assert tabs(panel)[1] == "Marks  3,000"
    assert panel.found.rows["mark"].model.pages.held <= 200
    panel.found.page_of("mark").table.selectAll()
    assert panel.change_them.text() == "Change 3,000 selected…"
    assert len(panel.found.page_of("mark").chosen()) == 3000
    window.close()
    store.close()


def test_marks_that_are_found_have_the_names_of_labels_as_they_are_now(store, panel, qtbot):
    ask(panel, "label=denial")
    settled(panel, qtbot)
    edits.change_scheme(store, rename(read.scheme(store), "labels", "denial", "Contradiction"))
    panel.settle()
    settled(panel, qtbot)
    table = panel.found.page_of("mark").table
    assert table.model().index(0, 1).data() == "Contradiction"


def test_the_table_of_a_group_is_made_when_it_is_turned_to_and_tab_comes_to_it(window, panel, qtbot):
    ask(panel, "bridge")
    settled(panel, qtbot)
    assert not panel.findChildren(RowsPage)
    panel.found.tabs.setCurrentIndex(1)
    (page,) = panel.findChildren(RowsPage)
    assert page.table.isVisible()
    panel.change_them.setFocus()
    key(Qt.Key.Key_Tab)
    assert page.table.hasFocus()
    panel.found.tabs.setCurrentIndex(0)
    panel.found.tabs.setCurrentIndex(1)
    assert panel.findChildren(RowsPage) == [page]
