"""The dispute map in the window: found by questions, read by keys or mouse, leading back to the words."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from annotator.domain.briefs import MapQuestion
from annotator.domain.ids import MarkId
from annotator.domain.model import Ref, SavedSearch
from annotator.store import edits, read
from annotator.ui.map.cards import Card
from annotator.ui.map.wording import Statement
from annotator.ui.theme import apply, theme
from tests.store.samples import add_article
from tests.ui.map.lines import lines_of, settled

Key = Qt.Key


def heads(panel) -> list[str]:
    return [card.statement.who for card in panel.board.cards]


def numbers(panel) -> list[str]:
    return [line.number for line in lines_of(panel.claims)]


def card_of(panel, mark):
    return next(card for card in panel.board.cards if card.statement.target == Ref("mark", mark))


def test_the_claim_that_is_shown_is_chosen_in_the_list(panel, claims, qtbot):
    chosen = panel.claims.list.selectionModel().selectedRows()
    assert [lines_of(panel.claims)[index.row()].head.id for index in chosen] == [panel.claim] == claims[:1]
    qtbot.keyClick(panel.claims.list, Key.Key_Down)
    settled(panel, qtbot)
    assert panel.view.board.id == claims[1]


def test_the_board_says_who_asserts_denies_and_on_which_grounds(project, panel):
    assert panel.head.sentence.accessibleName() == "C1 · the dam at Orlova had been opened on purpose"
    assert panel.head.verdict.accessibleName() == "Disputed · independent voices 1 : 1"
    assert heads(panel) == ["Ministry of Water", "Mara Lind", "Gazette"]
    denial = card_of(panel, project.denial).statement
    assert denial.role == "spokeswoman, for Vodnik, via Gazette"
    assert denial.words == "“No gate was opened”"
    assert denial.place == "M2 · Who opened the dam? · Gazette · 2024-03-04"


def test_a_click_or_enter_on_a_statement_goes_to_its_words(project, panel, qtbot):
    qtbot.mouseClick(card_of(panel, project.denial), Qt.MouseButton.LeftButton)
    assert project.session.focus.mark == project.denial
    panel.board.setFocus()
    qtbot.keyClick(panel.board, Key.Key_Left)
    assert panel.board.current.statement.target == Ref("mark", project.claim)
    qtbot.keyClick(panel.board, Key.Key_Return)
    assert project.session.focus.mark == project.claim
    assert project.session.focus.offset == read.mark(project.store, project.claim).spans[0].start


def test_the_arrows_walk_the_board_and_stop_at_its_edges(project, panel, qtbot):
    panel.board.setFocus()
    walked = []
    for key in (Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Left):
        qtbot.keyClick(panel.board, key)
        walked.append(panel.board.current.statement.target.id)
    assert walked == [
        project.claim,
        project.denial,
        project.evidence,
        project.evidence,
        project.evidence,
        project.denial,
    ]
    assert "Mara Lind" in panel.board.accessibleDescription()


def test_from_right_to_left_the_board_is_mirrored_and_the_arrows_go_where_they_point(project, panel, qtbot):
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assertion, denial = card_of(panel, project.claim), card_of(panel, project.denial)
    qtbot.waitUntil(lambda: assertion.mapTo(panel, QPoint(0, 0)).x() > denial.mapTo(panel, QPoint(0, 0)).x())
    panel.board.setFocus()
    walked = []
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Right):
        qtbot.keyClick(panel.board, key)
        walked.append(panel.board.current.statement.target.id)
    assert walked == [project.denial, project.claim, project.claim]


@pytest.mark.parametrize("style", ["claim", "denial", "elaborates"])
def test_a_card_has_its_bar_on_the_right_where_lines_begin_there(style, look, shown):
    def drawn(direction, who):
        card = Card(Statement(Ref("mark", "m"), who, "", "", ""), style, look)
        shown(card)
        card.setLayoutDirection(direction)
        card.resize(200, 60)
        return card.grab().toImage()

    def middle(image):
        return [image.pixel(x, 30) for x in range(200)]

    from_left, from_right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert middle(drawn(from_left, "")) != middle(drawn(from_right, ""))
    assert middle(drawn(from_left, ""))[::-1] == middle(drawn(from_right, ""))
    for direction, bar in ((from_left, QRect(0, 0, 12, 60)), (from_right, QRect(188, 0, 12, 60))):
        bare, worded = drawn(direction, ""), drawn(direction, "Harbour Office " * 4)
        assert bare != worded
        assert bare.copy(bar) == worded.copy(bar)


@pytest.mark.parametrize("window", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_words_on_a_card_begin_where_their_own_script_begins(window, look, shown):
    def drawn(words):
        card = Card(Statement(Ref("mark", "m"), "", "", words, ""), "claim", look)
        shown(card)
        card.setLayoutDirection(window)
        card.resize(400, 40)
        return card.grab().toImage()

    bare = drawn("")
    for words, half in (("“הם הפליגו.”", range(200, 400)), ("“They sailed.”", range(200))):
        written = drawn(words)
        ink = [x for x in range(400) if written.copy(x, 0, 1, 40) != bare.copy(x, 0, 1, 40)]
        assert ink
        assert set(ink) <= set(half)


def test_a_card_is_as_high_as_its_words_need_in_its_width_and_font(look, shown):
    words = "nobody had seen the ferry leave " * 5
    card = Card(Statement(Ref("mark", "m"), "Mara Lind", "", words, "¶3"), "claim", look)
    shown(card)
    line = card.fontMetrics().height()
    assert 3 * line <= card.heightForWidth(2000) < 4.5 * line
    assert card.heightForWidth(200) > card.heightForWidth(400) > card.heightForWidth(2000)
    before = card.heightForWidth(200)
    font = card.font()
    font.setPointSizeF(2 * font.pointSizeF())
    card.setFont(font)
    assert card.heightForWidth(200) > 2 * before


def test_the_map_follows_edits_and_undo(project, panel, claims, qtbot):
    edits.add_mention(project.store, project.repeated, claims[0], "deny")
    settled(panel, qtbot)
    assert heads(panel) == ["Ministry of Water", "Mara Lind", "Vodnik", "Gazette"]
    project.store.undo()
    settled(panel, qtbot)
    assert heads(panel) == ["Ministry of Water", "Mara Lind", "Gazette"]
    edits.delete_proposition(project.store, claims[0])
    settled(panel, qtbot)
    assert len(lines_of(panel.claims)) == 1


def test_the_claims_are_found_by_words_state_source_outlet_and_date(project, panel, claims, qtbot):
    assert numbers(panel) == ["C1", "C2"]
    qtbot.keyClicks(panel.claims.text, "orlova")
    assert numbers(panel) == ["C1"]
    panel.claims.show_all()
    for question, found in (
        (MapQuestion(state="disputed"), ["C1"]),
        (MapQuestion(state="undenied"), []),
        (MapQuestion(source="vodnik"), ["C1", "C2"]),
        (MapQuestion(source="ministry"), ["C1"]),
        (MapQuestion(outlet="gazette"), ["C1", "C2"]),
        (MapQuestion(since="2024-03-05"), ["C2"]),
        (MapQuestion(until="2024-03"), ["C1", "C2"]),
        (MapQuestion(until="2023"), []),
        (MapQuestion(order="voices"), ["C1", "C2"]),
        (MapQuestion(order="last"), ["C2", "C1"]),
    ):
        panel.claims.asked.ask(question)
        assert numbers(panel) == found, question


def test_when_no_claim_fits_one_button_shows_all(panel, qtbot):
    panel.claims.asked.ask(MapQuestion(state="undenied"))
    assert panel.claims.stack.currentWidget() is panel.claims.none
    qtbot.mouseClick(panel.claims.none.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert numbers(panel) == ["C1", "C2"]


def test_the_hint_for_the_name_of_a_question_is_read_whole(panel):
    panel.claims.open_questions()
    name = panel.claims.asked.name
    room = name.width() - 4 * name.fontMetrics().averageCharWidth()
    assert name.fontMetrics().horizontalAdvance(name.placeholderText()) < room


def test_a_question_is_kept_asked_again_and_forgotten(project, panel, qtbot):
    form = panel.claims.asked
    qtbot.mouseClick(panel.claims.button, Qt.MouseButton.LeftButton)
    form.state.setCurrentIndex(1)
    qtbot.keyClicks(form.name, "Open quarrels")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    (kept,) = read.records(project.store, SavedSearch)
    assert (kept.name, kept.query) == ("Open quarrels", "map state=disputed")
    panel.claims.show_all()
    assert numbers(panel) == ["C1", "C2"]
    form.stored.setCurrentIndex(form.stored.findText("Open quarrels"))
    form.stored.activated.emit(form.stored.currentIndex())
    assert numbers(panel) == ["C1"]
    qtbot.mouseClick(form.forget, Qt.MouseButton.LeftButton)
    assert read.records(project.store, SavedSearch) == []
    project.store.undo()
    assert read.records(project.store, SavedSearch) == [kept]
    qtbot.keyClick(form, Key.Key_Escape)
    assert not form.isVisible()


def test_other_stored_searches_are_no_questions_to_the_map(project, panel):
    edits.add_record(project.store, SavedSearch(id="", name="Denials", query="label=denial"))
    panel.claims.open_questions()
    assert panel.claims.asked.findChild(QComboBox) is not None
    assert panel.claims.asked.stored.findText("Denials") == -1
    panel.claims.asked.hide()


def test_the_ways_to_look_at_a_claim_stay_where_they_are_clicked(panel, qtbot):
    buttons = panel.head.switch.buttons()
    before = [button.geometry() for button in buttons]
    for button in (*buttons, buttons[0]):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        panel.head.layout().activate()
        assert [each.geometry() for each in buttons] == before


def test_every_view_can_be_painted_in_every_theme(panel, qtbot):
    for name in ("light", "dark", "contrast"):
        panel.set_theme(theme(name))
        for number in range(3):
            qtbot.mouseClick(panel.head.switch.button(number), Qt.MouseButton.LeftButton)
            panel.grab()


def test_another_theme_leaves_the_board_and_the_card_that_keys_act_on(panel, qtbot):
    qtbot.keyClick(panel.board, Qt.Key.Key_Down)
    cards, current, before = panel.board.cards, panel.board.current, panel.board.grab().toImage()
    panel.set_theme(theme("dark"))
    assert panel.board.cards == cards
    assert panel.board.current is current
    assert panel.board.grab().toImage() != before


def test_another_theme_measures_no_words_of_the_board_anew(panel, qapp, monkeypatch):
    before = qapp.palette(), qapp.styleSheet()
    try:
        apply(qapp, theme("dark"))
        panel.grab()
        measured = []
        box = Card._box
        monkeypatch.setattr(Card, "_box", lambda *about: measured.append(about) or box(*about))
        apply(qapp, theme("light"))
        panel.grab()
        assert measured == []
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])


def test_a_board_of_very_many_statements_shows_the_first_and_more_on_demand(project, panel, qtbot):
    start = 0
    with project.store.operation("fill"):
        for number in range(40):
            source = edits.add_source(project.store, f"Witness {number:02}")
            mark: MarkId = edits.add_mark(project.store, project.first, "claim", [(start, 6)], source=source)
            edits.add_mention(project.store, mark, panel.claim, "support")
    settled(panel, qtbot)
    assert heads(panel).count("Witness 05") == 1
    (more,) = [one for one in panel.board.findChildren(QPushButton) if "more" in one.text()]
    shown = len(panel.board.cards)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(panel.board.cards) == shown + 11
    assert panel.view.graph.boxes[-1].more or any(box.more for box in panel.view.graph.boxes)


def test_a_question_also_narrows_board_graph_and_time_line_and_says_so(project, panel, claims, qtbot):
    whole = panel.head.verdict.accessibleName()
    panel.claims.asked.ask(MapQuestion(source="Ministry"))
    settled(panel, qtbot)
    assert heads(panel) == ["Ministry of Water"]
    assert panel.head.verdict.accessibleName() == f"{whole} · 1 of 2 statements shown"
    words = [label.text() for label in panel.board.findChildren(QLabel)]
    assert "None of those asked for." in words
    assert "Nobody denies it." not in words
    for figure in (panel.view.graph, panel.view.timeline):
        assert {box.key.id for box in figure.boxes if box.key.table == "mark"} == {project.claim}
    panel.claims.show_all()
    settled(panel, qtbot)
    assert panel.head.verdict.accessibleName() == whole


def test_a_low_map_keeps_one_line_of_head_and_gives_the_rest_to_the_board(panel, qtbot):
    assert panel.head.verdict.isVisible()
    panel.resize(520, 230)
    qtbot.waitUntil(lambda: not panel.head.verdict.isVisible())
    assert panel.head.sentence.accessibleName() == "C1 · Disputed · independent voices 1 : 1"
    assert panel.board.height() > 0.75 * panel.height()
    panel.resize(900, 500)
    qtbot.waitUntil(panel.head.verdict.isVisible)
    assert panel.head.sentence.accessibleName().startswith("C1 · the dam")


def test_columns_without_room_stand_below_one_another_and_the_arrows_go_on_into_them(panel, project, qtbot):
    panel.resize(620, 400)
    qtbot.waitUntil(lambda: panel.board.width() < 480)
    assert panel.board.horizontalScrollBar().maximum() == 0
    asserting, ground = card_of(panel, project.claim), card_of(panel, project.evidence)
    inside = panel.board.widget()
    qtbot.waitUntil(lambda: ground.mapTo(inside, QPoint()).y() > asserting.mapTo(inside, QPoint()).y())
    panel.board.setFocus()
    walked = []
    for key in (Key.Key_Left, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        qtbot.keyClick(panel.board, key)
        walked.append(panel.board.current.ref.id)
    assert walked == [project.claim, project.evidence, project.evidence, project.claim]


@pytest.fixture
def long_boards(project, panel, claims, qtbot):
    """A claim in front, of so many statements that its board is scrolled to the end; so is the other one."""
    article = add_article(project.store, "Words. " * 60)
    with project.store.operation("fill"):
        for number in range(40):
            mark = edits.add_mark(project.store, article, "claim", [(number * 7, number * 7 + 5)])
            edits.add_mention(project.store, mark, claims[number % 2], "support")
    panel.show_claim(claims[0])
    settled(panel, qtbot)
    bar = panel.board.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    return panel


def test_a_board_that_was_changed_while_the_graph_was_shown_stands_where_it_was_left(
    project, long_boards, claims, qtbot
):
    panel = long_boards
    before = panel.board.verticalScrollBar().value()
    panel.show_as("graph")
    edits.edit_proposition(project.store, claims[0], text="Said otherwise")
    settled(panel, qtbot)
    panel.show_as("board")
    assert panel.board.verticalScrollBar().value() == before


def test_a_board_that_was_never_seen_begins_at_its_top_whatever_changed_meanwhile(
    project, long_boards, claims, qtbot
):
    panel = long_boards
    panel.show_as("graph")
    panel.show_claim(claims[1])
    settled(panel, qtbot)
    edits.edit_proposition(project.store, claims[1], text="Said otherwise")
    settled(panel, qtbot)
    panel.show_as("board")
    assert panel.board.verticalScrollBar().value() == 0
