"""Labels, pieces, holes and ends: what the keys do to a selection and to the mark in hand."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from annotator.domain.model import Attribution, Ref
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.edits import set_attribution, set_source
from annotator.ui.dialogs.popups import LabelMenu, MarkList, SourcePicker
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import OTHER, TEXT, Desk

Key = Qt.Key


def source(desk: Desk, name: str):
    return next(row.id for row in lists.sources(desk.store) if row.name == name)


@pytest.mark.parametrize(
    ("key", "label"),
    [(Key.Key_1, "claim"), (Key.Key_2, "denial"), (Key.Key_3, "evidence"), (Key.Key_4, "no_comment")],
)
def test_a_digit_labels_the_selection_takes_the_mark_and_asks_who_says_it(desk, key, label):
    desk.select("the ferry had left too early")
    desk.keys.press(key)
    assert desk.marks() == [(label, "the ferry had left too early")]
    assert desk.held() is not None
    assert desk.selected() == ""
    assert isinstance(desk.keys.popup, SourcePicker)


def test_a_digit_without_selection_and_mark_says_what_to_do_first(desk):
    desk.keys.press(Key.Key_1)
    assert desk.marks() == []
    assert "Select some words first" in desk.keys.notice


def test_a_digit_relabels_the_mark_in_hand(desk):
    mark = desk.put("blamed fog")
    desk.hold(mark)
    desk.keys.press(Key.Key_2)
    assert desk.marks() == [("denial", "blamed fog")]
    assert desk.keys.popup is None
    assert desk.held().id == mark


def test_a_digit_on_a_selection_makes_a_mark_though_another_is_in_hand(desk):
    desk.hold(desk.put("The port denied on Monday that the ferry had left too early", "denial"))
    desk.select("the ferry had left too early")
    desk.keys.press(Key.Key_1)
    assert len(desk.marks()) == 2
    assert desk.held().label == "claim"


def test_enter_offers_the_labels_for_a_selection(desk):
    desk.select("blamed fog")
    desk.keys.press(Key.Key_Return)
    assert isinstance(desk.keys.popup, LabelMenu)
    desk.keys.press(Key.Key_Down)
    desk.keys.press(Key.Key_Return)
    assert desk.marks() == [("denial", "blamed fog")]
    assert isinstance(desk.keys.popup, SourcePicker)


def test_enter_without_a_selection_says_what_to_do_first(desk):
    desk.keys.press(Key.Key_Return)
    assert desk.keys.popup is None
    assert "Select some words first" in desk.keys.notice


def test_the_point_repeats_label_and_chain_of_the_newest_mark(desk):
    desk.keys.mark_words(desk.span("the ferry had left too early"), "denial", "Mara Lind", ["The port"])
    desk.keys.select(desk.span("blamed fog"))
    desk.keys.type(".")
    assert desk.held().label == "denial"
    assert desk.source_of(desk.held().id) == ["Mara Lind", "The port"]
    assert desk.keys.popup is None


def say_with_cue(desk, words, cue, article=0):
    """A denial of the port whose cue is marked in the text of its article."""
    mark = desk.put(words, "denial", article=article)
    start = (TEXT, OTHER)[article].index(cue)
    steps = [Attribution(source(desk, "The port"), cue=(Span(start, start + len(cue)),))]
    set_attribution(desk.store, mark, steps)
    return mark


def test_the_point_leaves_the_cue_with_the_words_it_belongs_to(desk):
    say_with_cue(desk, "the ferry had left too early", "denied on Monday that")
    desk.keys.select(desk.span("blamed fog"))
    desk.keys.type(".")
    assert desk.source_of(desk.held().id) == ["The port"]
    assert desk.held().attribution[0].cue == ()


def test_again_in_the_bubble_leaves_the_cue_with_the_words_it_belongs_to(desk):
    say_with_cue(desk, "the ferry had left too early", "denied on Monday that")
    desk.mouse.select(desk.span("blamed fog"))
    desk.mouse.click_button("Again: The port")
    assert desk.source_of(desk.held().id) == ["The port"]
    assert desk.held().attribution[0].cue == ()


def test_the_point_on_a_mark_in_hand_takes_the_cue_too_but_only_within_one_article(desk):
    first = say_with_cue(desk, "the ferry had left too early", "denied on Monday that")
    here, elsewhere = desk.put("blamed fog"), desk.put("a signal had been given at four", article=1)
    for mark in (here, elsewhere):
        desk.hold(mark)
        desk.keys.type(".")
    assert read.mark(desk.store, here).attribution == read.mark(desk.store, first).attribution
    assert [step.cue for step in read.mark(desk.store, elsewhere).attribution] == [()]


def test_a_repeated_mark_is_one_step_to_undo(desk):
    desk.keys.mark_words(desk.span("the ferry had left too early"), "denial", "Mara Lind")
    desk.keys.select(desk.span("blamed fog"))
    desk.keys.type(".")
    desk.keys.undo()
    assert desk.marks() == [("denial", "the ferry had left too early")]


def test_the_point_with_nothing_to_repeat_says_so(desk):
    desk.select("blamed fog")
    desk.keys.type(".")
    assert desk.marks() == []
    assert "Nothing to repeat" in desk.keys.notice


def test_the_point_on_a_mark_in_hand_takes_the_source_of_the_last_mark(desk):
    other, mark = desk.put("blamed fog"), desk.put("We never gave a signal", "denial")
    set_source(desk.store, other, source(desk, "Mara Lind"))
    desk.hold(mark)
    desk.keys.type(".")
    assert desk.source_of(mark) == ["Mara Lind"]
    assert read.mark(desk.store, mark).label == "denial"


def test_c_duplicates_the_mark_and_takes_the_copy(desk):
    mark = desk.put("blamed fog")
    desk.hold(mark)
    desk.keys.type("c")
    assert desk.marks() == [("claim", "blamed fog")] * 2
    assert desk.held().id != mark


def test_delete_takes_the_mark_with_its_links_and_says_that_undo_brings_it_back(desk):
    mark = desk.put("blamed fog")
    desk.hold(mark)
    desk.keys.press(Key.Key_Delete)
    assert desk.marks() == []
    assert desk.held() is None
    assert "Undo brings" in desk.keys.notice
    desk.keys.undo()
    assert desk.marks() == [("claim", "blamed fog")]


def test_i_adds_the_selection_to_the_mark_which_stays_outlined_meanwhile(desk):
    mark = desk.put("We never gave")
    desk.hold(mark)
    desk.keys.select(desk.span("spokeswoman"))
    assert desk.window.view.shown.held.mark == mark
    desk.keys.press(Key.Key_I)
    assert read.mark(desk.store, mark).quotes == ("We never gave", "spokeswoman")
    assert desk.selected() == ""
    assert desk.held().id == mark


def test_o_cuts_the_selection_out_of_the_mark(desk):
    mark = desk.put("Mara Lind, its spokeswoman")
    desk.hold(mark)
    desk.keys.select(desk.span("Lind,"))
    desk.keys.press(Key.Key_O)
    assert read.mark(desk.store, mark).quotes == ("Mara", "its spokeswoman")


def test_a_hole_leaves_no_comma_of_its_own_behind(desk):
    mark = desk.put("Mara Lind, its spokeswoman")
    desk.hold(mark)
    desk.keys.select(desk.span("Lind"))
    desk.keys.press(Key.Key_O)
    assert read.mark(desk.store, mark).quotes == ("Mara", "its spokeswoman")


def test_a_hole_never_takes_all_of_a_mark(desk):
    mark = desk.put("blamed fog")
    desk.hold(mark)
    before = desk.operations()
    desk.select("blamed fog")
    desk.keys.press(Key.Key_O)
    assert desk.keys.notice
    assert desk.operations() == before
    assert read.mark(desk.store, mark).quotes == ("blamed fog",)


@pytest.mark.parametrize("key", [Key.Key_I, Key.Key_O])
def test_a_piece_or_hole_without_a_mark_in_hand_says_what_to_do_first(desk, key):
    desk.select("blamed fog")
    desk.keys.press(key)
    assert "Take a mark in hand" in desk.keys.notice
    assert desk.selected() == "blamed fog"


def test_t_moves_the_start_then_the_end_by_character_and_word_and_enter_writes(desk):
    mark = desk.put("ferry had left")
    desk.hold(mark)
    before = desk.operations()
    desk.keys.type("t")
    assert desk.keys.status.startswith("moving the start")
    desk.keys.press(Key.Key_Left, CTRL)
    desk.keys.type("t")
    assert desk.keys.status.startswith("moving the end")
    desk.keys.press(Key.Key_Right, CTRL, 2)
    desk.keys.press(Key.Key_Left)
    assert desk.operations() == before
    desk.keys.press(Key.Key_Return)
    assert read.mark(desk.store, mark).quotes == ("the ferry had left too earl",)
    assert desk.operations() == before + 1
    assert desk.window.hands.desk.mode is None
    assert desk.keys.popup is None


def test_ends_that_were_moved_but_not_written_stay_where_they_were(desk):
    mark = desk.put("ferry had left")
    desk.hold(mark)
    before = desk.operations()
    desk.keys.type("t")
    desk.keys.press(Key.Key_Left, CTRL)
    desk.keys.press(Key.Key_Escape)
    assert desk.operations() == before
    assert desk.window.view.shown.preview == ()
    assert desk.held().quotes == ("ferry had left",)


def test_an_end_never_passes_the_other_or_the_next_piece(desk):
    mark = desk.put("fog")
    desk.hold(mark)
    desk.keys.type("t")
    desk.keys.press(Key.Key_Right, CTRL, 4)
    desk.keys.press(Key.Key_Return)
    assert read.mark(desk.store, mark).quotes == ("g",)


def test_space_takes_the_innermost_mark_at_the_caret_then_the_next_outer_one_then_none(desk):
    outer = desk.put("denied on Monday that the ferry had left too early", "denial")
    inner = desk.put("the ferry had left too early")
    desk.window.view.set_caret(TEXT.index("left"))
    taken = []
    for _ in range(3):
        desk.keys.press(Key.Key_Space)
        taken.append(desk.held().id if desk.held() else None)
    assert taken == [inner, outer, None]


def test_space_where_no_mark_is_says_how_to_find_one(desk):
    desk.keys.press(Key.Key_Space)
    assert "N goes to the next" in desk.keys.notice


def test_n_goes_through_the_marks_in_text_order_and_shift_n_back(desk):
    third, first = desk.put("It came late"), desk.put("Ferry Ran Aground")
    second = desk.put("blamed fog")
    visited = []
    for _ in range(3):
        desk.keys.press(Key.Key_N)
        visited.append(desk.held().id)
    assert visited == [first, second, third]
    desk.keys.press(Key.Key_N)
    assert "No further mark" in desk.keys.notice
    assert desk.held().id == third
    desk.keys.press(Key.Key_N, SHIFT)
    assert desk.held().id == second


def test_p_pins_the_mark_and_takes_it_off_again(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.type("p")
    assert desk.store.query("SELECT count(*) FROM shown_pin") == [(1,)]
    desk.keys.type("p")
    assert desk.store.query("SELECT count(*) FROM shown_pin") == [(0,)]


def test_v_goes_to_the_values_of_the_mark(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.type("v")
    panel = desk.window.panels["mark"]
    assert panel.isAncestorOf(desk.window.focusWidget()) or panel is desk.window.focusWidget()


def test_a_click_takes_a_mark_and_one_beside_the_text_lets_go(desk):
    mark = desk.put("blamed fog")
    desk.mouse.click(desk.window.view.viewport(), desk.mouse.on(TEXT.index("fog")))
    assert desk.held().id == mark
    desk.mouse.let_go()
    assert desk.held() is None


def test_a_click_on_a_stack_takes_the_innermost_and_offers_the_others(desk):
    outer = desk.put("denied on Monday that the ferry had left too early", "denial")
    inner = desk.put("the ferry had left too early")
    desk.mouse.click(desk.window.view.viewport(), desk.mouse.on(TEXT.index("left")))
    assert desk.held().id == inner
    assert isinstance(desk.keys.popup, MarkList)
    desk.mouse.click_entry(desk.keys.entry(lambda entry: entry.value == outer))
    assert desk.held().id == outer


def click_and_press_at_once(desk, words: str, key: Key) -> None:
    """A key that comes before the window had time for anything after the click."""
    QTest.mouseClick(
        desk.window.view.viewport(), Qt.MouseButton.LeftButton, pos=desk.mouse.on(TEXT.index(words))
    )
    QTest.keyClick(desk.window.windowHandle(), key)
    QCoreApplication.processEvents()


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_2, Key.Key_Escape])
def test_a_key_right_after_a_click_on_a_stack_is_meant_for_the_list(desk, key):
    outer = desk.put("denied on Monday that the ferry had left too early", "denial")
    inner = desk.put("the ferry had left too early")
    marks = desk.marks()
    click_and_press_at_once(desk, "left", key)
    assert desk.marks() == marks
    assert desk.held().id == (outer if key == Key.Key_2 else inner)
    assert (desk.keys.popup is None) == (key != Key.Key_Delete)


def test_nothing_is_offered_once_the_mark_of_a_stack_was_let_go(desk):
    desk.put("denied on Monday that the ferry had left too early", "denial")
    inner = desk.put("the ferry had left too early")
    view = desk.window.view.viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=desk.mouse.on(TEXT.index("left")))
    assert desk.held().id == inner
    edits.delete_marks(desk.store, [inner])
    QCoreApplication.processEvents()
    assert desk.held() is None
    assert desk.keys.popup is None


def test_a_click_on_a_mark_that_begins_above_the_view_leaves_the_text_where_it_is(desk):
    mark = edits.add_mark(desk.store, desk.articles[0], "claim", [(0, len(TEXT))])
    desk.window.resize(1100, 240)
    view = desk.window.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    place = view.place()
    assert place.offset > 0
    desk.mouse.click(view.viewport(), desk.mouse.on(TEXT.index("mate")))
    assert desk.held().id == mark
    assert view.place() == place


def test_the_links_of_a_mark_follow_its_outline_and_go_with_it(desk):
    claim, denial = desk.put("the ferry had left too early"), desk.put("We never gave a signal", "denial")
    edits.add_link(desk.store, "responds_to", Ref("mark", denial), Ref("mark", claim))
    shown = desk.window.view.shown
    desk.hold(denial)
    assert shown.held.mark == denial
    assert shown.links.all == ()
    QCoreApplication.processEvents()
    assert [link.other for link in shown.links.all] == [desk.span("the ferry had left too early")]
    desk.hold(None)
    QCoreApplication.processEvents()
    assert shown.links.all == ()


def test_a_grip_pulled_with_the_mouse_moves_an_end_to_whole_words(desk):
    mark = desk.put("blamed fog")
    desk.hold(mark)
    start = desk.mouse.start_of(desk.span("blamed fog"))
    desk.mouse.pull(start, lambda: desk.mouse.on(TEXT.index("early") + 1))
    assert read.mark(desk.store, mark).quotes == ("early, and blamed fog",)


def test_pieces_pulled_with_ctrl_are_gathered_and_labelled_as_one_mark(desk):
    desk.mouse.select(desk.span("We never gave"))
    spans = desk.span("a signal"), desk.span("spokeswoman")
    for span in spans:
        desk.mouse.pull(desk.mouse.start_of(span), lambda span=span: desk.mouse.end_of(span), pressed=CTRL)
    desk.keys.press(Key.Key_2)
    assert desk.marks() == [("denial", "We never gave … a signal … spokeswoman")]


def test_a_piece_pulled_with_ctrl_is_added_to_the_mark_in_hand(desk):
    mark = desk.put("We never gave")
    desk.hold(mark)
    span = desk.span("spokeswoman")
    desk.mouse.pull(desk.mouse.start_of(span), lambda: desk.mouse.end_of(span), pressed=CTRL)
    assert read.mark(desk.store, mark).quotes == ("We never gave", "spokeswoman")


def test_a_digit_of_a_label_the_preset_hides_says_so_and_marks_nothing(desk):
    desk.window.menus.actions["preset-quick"].trigger()
    desk.select("blamed fog")
    desk.keys.press(Key.Key_4)
    assert desk.marks() == []
    assert "preset" in desk.keys.notice


def test_another_preset_shows_the_label_and_can_be_undone(desk):
    desk.window.menus.actions["preset-corpus"].trigger()
    desk.select("blamed fog")
    desk.keys.press(Key.Key_7)
    assert desk.marks() == [("hedge", "blamed fog")]
    desk.window.session.store.undo()
    desk.window.session.store.undo()
    assert read.scheme(desk.store).preset_name == "analyst"
