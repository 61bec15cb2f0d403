"""Claim nodes: written in place, opened to their mentions, merged and deleted."""

import pytest
from PySide6.QtCore import QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.domain.errors import UserError
from annotator.domain.model import Proposition, PropositionLink, Ref
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.panels import claim_page
from annotator.ui.panels.claim_rows import COUNTED, ClaimsModel
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.pages import FIRST, PAGE
from annotator.ui.theme import apply, theme
from tests.store.samples import asked_of
from tests.ui.panels.project import Project
from tests.ui.panels.reading import read_page


@pytest.fixture
def panel(project: Project, look, shown):
    made = ClaimsPanel(project.session, look)
    shown(made)
    return made


def sentences(panel: ClaimsPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def test_the_columns_of_counts_say_what_the_map_counts_beside_them(panel):
    model = panel.model
    told = [
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for column in range(6)
    ]
    assert told[:2] == [None, None]
    assert all("through a link" in words for words in told[2:])


def test_claims_are_listed_with_counts_by_stance(panel):
    assert sentences(panel) == ["the dam at Orlova had been opened on purpose", "No gate was opened"]
    assert [panel.model.index(1, column).data() for column in range(1, 6)] == ["C2", "", "2", "", ""]


def test_no_empty_boxes_stand_beside_the_claims_before_one_was_read(panel):
    assert not panel.page.fields.isVisible()


def test_the_marks_of_a_claim_stand_below_it_and_enter_goes_there(project, panel, qtbot):
    claim = panel.model.index(1, 0)
    panel.tree.expand(claim)
    children = [panel.model.index(row, 0, claim) for row in range(panel.model.rowCount(claim))]
    assert [child.data() for child in children] == [
        "Mara Lind denies: “No gate was opened”",
        "Vodnik denies: “no gate had been opened”",
    ]
    panel.tree.setCurrentIndex(children[1])
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert project.session.focus.mark == project.repeated


def test_a_page_that_cannot_be_read_says_so_and_waits_no_longer(panel, qtbot, monkeypatch):
    def refuse(store, claim, first):
        raise UserError("disk-error", path="dam.annotator", reason="bad sector")

    monkeypatch.setattr(claim_page, "_page", refuse)
    with qtbot.waitSignal(panel.refused) as told:
        panel.tree.setCurrentIndex(panel.model.index(1, 0))
    assert told.args[0].code == "disk-error"
    panel.page.hurry()
    assert "No gate was opened" in panel.page.words.toPlainText()
    assert "could not be read" in panel.page.words.toPlainText()


def test_enter_opens_and_closes_a_claim(panel, qtbot):
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert panel.tree.isExpanded(panel.model.index(0, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert not panel.tree.isExpanded(panel.model.index(0, 0))


def test_a_sentence_is_written_in_place(project, panel, qtbot):
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    panel.edit_current()
    editor = panel.tree.viewport().findChild(QLineEdit)
    editor.setText("Vodnik opened  no gate")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sentences(panel)[1] == "Vodnik opened no gate")
    project.store.undo()
    panel.settle()
    assert sentences(panel)[1] == "No gate was opened"


def test_an_open_claim_stays_open_when_something_changes(project, panel):
    panel.tree.expand(panel.model.index(1, 0))
    edits.set_source(project.store, project.denial, project.ministry)
    panel.settle()
    claim = panel.model.index(1, 0)
    assert panel.tree.isExpanded(claim)
    assert panel.model.index(0, 0, claim).data().startswith("Ministry of Water denies")


def test_delete_takes_a_mark_out_or_removes_the_claim(project, panel, qtbot):
    claim = panel.model.index(1, 0)
    panel.tree.expand(claim)
    panel.tree.setCurrentIndex(panel.model.index(0, 0, claim))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert panel.model.index(1, 3).data() == "1"
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert sentences(panel) == ["No gate was opened"]
    assert lists.count_marks(project.store) == 4


def test_two_claims_become_one(project, panel, qtbot):
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    panel.acts.ask_same()
    with qtbot.waitSignal(panel.notice):
        qtbot.keyClick(panel.acts.search.field, Qt.Key.Key_1)
    assert sentences(panel) == ["No gate was opened"]
    assert panel.model.index(0, 2).data() == "1"
    project.store.undo()
    panel.settle()
    assert len(sentences(panel)) == 2


def test_a_new_claim_is_written_at_once(look, shown, qtbot):
    panel = ClaimsPanel(Session(Store.memory()), look)
    shown(panel)
    assert panel.stack.currentWidget() is panel.empty
    panel.add()
    editor = panel.tree.viewport().findChild(QLineEdit)
    editor.setText("The logbook is a forgery")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sentences(panel) == ["The logbook is a forgery"])
    assert [row.text for row in read.records(panel.store, Proposition)] == ["The logbook is a forgery"]


def test_of_a_claim_that_very_many_say_only_those_in_sight_are_read(project, panel):
    store, claim = project.store, panel.model.claim_at(panel.model.index(0, 0)).id
    with store.operation("say"):
        for number in range(150):
            mark = edits.add_mark(store, project.first, "claim", [(number, number + 3)])
            edits.add_mention(store, mark, claim, "deny" if number == 149 else "support")
    panel.settle()
    opened = panel.model.index(0, 0)
    with asked_of(store) as asked:
        panel.tree.expand(opened)
        last, second = (panel.model.index(row, 0, opened).data() for row in (150, 1))
    assert (last.split(":")[0], second.split(":")[0]) == ("? denies", "? asserts")
    whole = [sql for sql in asked if "FROM shown_mention WHERE id IN" in sql]
    assert len(whole) == 2
    assert max(sql.count("'") // 2 for sql in whole) <= 2 * PAGE


def test_only_claims_in_sight_are_counted_and_those_with_marks_can_be_opened(project, panel):
    with project.store.operation("add-claims"):
        for number in range(FIRST - 2):
            edits.add_proposition(project.store, f"Claim {number}")
    panel.settle()
    QApplication.processEvents()
    assert panel.model.rowCount() == FIRST
    assert panel.model.pages.held <= 2 * COUNTED < FIRST
    opened = [panel.model.hasChildren(panel.model.index(row, 0)) for row in range(FIRST)]
    assert opened == [True, True] + [False] * (FIRST - 2)
    assert panel.model.pages.held <= 2 * COUNTED


@pytest.fixture
def many(project, panel):
    """The panel with 600 claims and two."""
    with project.store.operation("add-claims"):
        for number in range(600):
            edits.add_proposition(project.store, f"Claim {number}")
    panel.settle()
    QApplication.processEvents()
    return panel


def test_a_list_of_many_claims_does_not_grow_each_time_it_is_read_anew(many):
    lengths = []
    for _ in range(4):
        many.refresh()
        many.settle()
        many.tree.doItemsLayout()
        QApplication.processEvents()
        lengths.append(many.model.rowCount())
    assert lengths[0] < 600
    assert len(set(lengths)) == 1


def test_a_list_of_many_claims_goes_on_as_it_is_scrolled_to_the_last(many, qtbot):
    bar = many.tree.verticalScrollBar()
    for _ in range(10):
        bar.setValue(bar.maximum())
        QApplication.processEvents()
    assert sentences(many)[-1] == "Claim 599"


def test_a_list_in_a_window_taller_than_it_goes_on_by_itself(many, qtbot):
    many.resize(400, 30_000)
    qtbot.waitUntil(lambda: many.model.rowCount() == 602)


def test_the_tree_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)


def at(panel: ClaimsPanel, claim: int, mention: int | None = None):
    index = panel.model.index(claim, 0)
    panel.tree.expand(index)
    return index if mention is None else panel.model.index(mention, 0, index)


def drop(panel: ClaimsPanel, index) -> None:
    """Let go of what is selected over a row."""
    place = QPointF(panel.tree.visualRect(index).center())
    what = panel.model.mimeData([panel.tree.currentIndex()])
    event = QDropEvent(
        place, Qt.DropAction.MoveAction, what, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel.tree.dropEvent(event)
    panel.settle()


def page(panel: ClaimsPanel) -> str:
    read_page(panel)
    return panel.page.words.toPlainText()


def test_the_sentence_of_a_claim_is_edited_where_its_letters_have_room(panel):
    index = at(panel, 0)
    panel.tree.edit(index)
    editor = panel.tree.viewport().findChild(QLineEdit)
    assert editor.height() == panel.tree.visualRect(index).height()


def test_the_page_of_a_claim_says_when_it_was_first_said_and_how_its_wordings_differ(panel):
    panel.tree.setCurrentIndex(at(panel, 1))
    assert "first said 2024-03-04 · 2 marks" in page(panel)
    html = panel.page.words.toHtml()
    assert "line-through" in html
    assert "Vodnik denies: no gate was had been opened" in page(panel)


def test_where_its_wordings_take_long_the_page_of_a_claim_says_its_sentence(panel):
    panel.tree.setCurrentIndex(at(panel, 0))
    before = page(panel)
    panel.tree.setCurrentIndex(at(panel, 1))
    panel.settle()
    assert panel.page.words.toPlainText() == before
    panel.page.hurry()
    assert panel.page.words.toPlainText() == "No gate was opened\nReading its wordings…"
    assert "first said 2024-03-04" in page(panel)


def test_the_links_of_a_page_are_legible_in_another_theme(panel):
    panel.tree.setCurrentIndex(at(panel, 1))
    read_page(panel)
    for name in ("dark", "light"):
        worn = theme(name)
        apply(QApplication.instance(), worn)
        panel.set_theme(worn)
        links = QApplication.palette().color(QPalette.ColorRole.Link).name()
        assert f"color:{links};" in panel.page.words.toHtml()


def test_a_mention_is_judged_at_once_though_the_page_is_not_read_again_yet(panel, qtbot):
    panel.tree.setCurrentIndex(at(panel, 1))
    before = page(panel)
    panel.tree.setCurrentIndex(at(panel, 1, 1))
    qtbot.keyClick(panel.tree, Qt.Key.Key_J)
    assert panel.page.judged.target.table == "mention"
    assert panel.page.words.toPlainText() == before


def test_who_denies_a_claim_by_a_link_alone_stands_on_its_page_as_the_counts_have_it(project, panel):
    far = edits.add_mark(project.store, project.first, "denial", [Span(0, 3)])
    edits.add_link(project.store, "denies", Ref("mark", far), Ref("mark", project.claim))
    panel.settle()
    panel.tree.setCurrentIndex(at(panel, 0))
    assert panel.model.index(0, 3).data() == "1"
    assert "1 more by links" in page(panel)
    assert "? denies:" in page(panel)
    assert "by its link" in page(panel)


def test_who_denies_a_claim_by_a_link_alone_stands_below_it_and_stays_while_the_link_does(
    project, panel, qtbot
):
    before = lists.claims(project.store)
    far = edits.add_mark(project.store, project.first, "denial", [Span(0, 3)])
    edits.add_link(project.store, "denies", Ref("mark", far), Ref("mark", project.claim))
    panel.settle()
    opened = panel.model.index(0, 0)
    panel.tree.expand(opened)
    below = [panel.model.index(row, 0, opened) for row in range(panel.model.rowCount(opened))]
    assert below[-1].data().startswith("? denies:")
    assert below[-1].data().endswith(" · by its link")
    panel.tree.setCurrentIndex(below[-1])
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_M, Qt.Key.Key_S):
        with qtbot.waitSignal(panel.notice), qtbot.assertNotEmitted(panel.refused):
            qtbot.keyClick(panel.tree, key)
    with qtbot.waitSignal(panel.notice):
        panel._drop(panel.model.index(1, 0))
    assert [row.id for row in lists.claims(project.store)] == [row.id for row in before]
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert project.session.focus.mark == far


def test_a_wording_leads_to_its_mark(project, panel):
    panel.tree.setCurrentIndex(at(panel, 1))
    panel.settle()
    panel.page.words.anchorClicked.emit(QUrl(f"mark:{project.repeated}"))
    assert project.session.focus.mark == project.repeated


def test_stance_and_certainty_of_a_mention_are_set_on_the_page(project, panel):
    edits.set_preset(project.store, "analyst")
    panel.tree.setCurrentIndex(at(panel, 1, 0))
    read_page(panel)
    fields = panel.page.fields
    fields.certainty.setCurrentIndex(fields.certainty.findData("possible"))
    fields.certainty.activated.emit(fields.certainty.currentIndex())
    read_page(panel)
    assert read.mentions_of(project.store, project.denial)[0].certainty == "possible"
    fields.stance.setCurrentIndex(fields.stance.findData("query"))
    fields.stance.activated.emit(fields.stance.currentIndex())
    panel.settle()
    assert read.mentions_of(project.store, project.denial)[0].stance == "query"
    panel.tree.setCurrentIndex(at(panel, 0))
    read_page(panel)
    assert not fields.isVisible()


def test_marks_get_a_claim_of_their_own_by_one_key(project, panel, qtbot):
    panel.tree.setCurrentIndex(at(panel, 1, 1))
    qtbot.keyClick(panel.tree, Qt.Key.Key_S)
    assert sentences(panel)[2] == "no gate had been opened"
    assert panel.tree.viewport().findChild(QLineEdit)
    project.store.undo()
    assert read.mentions_of(project.store, project.repeated) != []


def test_marks_move_to_another_claim_by_key_and_by_dragging(project, panel, qtbot):
    first = panel.model.claim_at(at(panel, 0)).id
    panel.tree.setCurrentIndex(at(panel, 1, 1))
    qtbot.keyClick(panel.tree, Qt.Key.Key_M)
    qtbot.keyClick(panel.acts.search.field, Qt.Key.Key_1)
    panel.settle()
    assert [one.proposition for one in read.mentions_of(project.store, project.repeated)] == [first]
    panel.tree.setCurrentIndex(at(panel, 1, 0))
    drop(panel, at(panel, 0))
    assert [one.proposition for one in read.mentions_of(project.store, project.denial)] == [first]
    assert len(sentences(panel)) == 1


def test_a_claim_dragged_onto_another_is_the_same(project, panel):
    panel.tree.setCurrentIndex(at(panel, 1))
    drop(panel, at(panel, 0))
    assert sentences(panel) == ["the dam at Orlova had been opened on purpose"]


def test_claims_contradict_one_another_and_the_page_leads_there_and_back(project, panel, qtbot):
    panel.tree.setCurrentIndex(at(panel, 1))
    qtbot.keyClick(panel.tree, Qt.Key.Key_R)
    next(action for action in panel.acts.menu.actions() if action.text() == "contradicts").trigger()
    qtbot.keyClick(panel.acts.search.field, Qt.Key.Key_1)
    panel.acts.menu.close()
    panel.settle()
    assert "contradicts: the dam at Orlova had been opened on purpose" in page(panel)
    panel.tree.setCurrentIndex(at(panel, 0))
    assert "contradicts: No gate was opened" in page(panel)
    (link,) = read.records(project.store, PropositionLink)
    panel.page.words.anchorClicked.emit(QUrl(f"claim:{link.origin}"))
    assert panel.current().text == "No gate was opened"
    panel.page.words.anchorClicked.emit(QUrl(f"unrelate:{link.id}"))
    assert "contradicts" not in page(panel)


def test_words_of_a_text_are_no_markup_on_the_page(project, panel):
    node = panel.model.claim_at(at(panel, 0)).id
    edits.edit_proposition(project.store, node, text="<img src=x> & <b>dam</b>")
    panel.settle()
    panel.tree.setCurrentIndex(at(panel, 0))
    assert "<img src=x> & <b>dam</b>" in page(panel)


def test_in_a_narrow_panel_the_sentences_of_claims_keep_half_of_the_width(panel):
    panel.resize(620, 300)
    tree = panel.tree
    assert tree.columnWidth(0) >= tree.viewport().width() // 2 - ClaimsModel.COLUMNS
    panel.resize(1600, 300)
    assert tree.columnWidth(1) > tree.header().minimumSectionSize()


def test_in_a_small_window_the_names_above_the_counts_are_whole(panel):
    panel.resize(900, 300)
    tree = panel.tree
    names = range(1, ClaimsModel.COLUMNS)
    assert all(tree.columnWidth(one) >= tree.header().sectionSizeHint(one) for one in names)
    assert tree.columnWidth(0) >= tree.viewport().width() * 2 // 5 - ClaimsModel.COLUMNS
