"""Selecting words: by hint letters, by growing, by finding them."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from annotator.domain.spans import Span
from annotator.ui.hands.codes import LETTERS
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import TEXT, Desk

Key = Qt.Key


def codes(desk: Desk) -> dict[str, int]:
    return dict(desk.window.view.shown.hints)


def test_two_choices_by_letters_select_from_word_to_word(desk):
    desk.keys.select(desk.span("the ferry had left too early"))
    assert desk.selected() == "the ferry had left too early"
    assert codes(desk) == {}
    assert desk.window.hands.desk.mode is None


def test_one_choice_and_escape_leave_one_word_selected(desk):
    desk.keys.press(Key.Key_F)
    desk.keys.hint(desk.keys.code_at(TEXT.index("Ferry")))
    assert desk.selected() == "Ferry"
    desk.keys.press(Key.Key_Escape)
    assert desk.selected() == "Ferry"
    assert codes(desk) == {}


def test_backspace_asks_for_another_first_word_and_takes_letters_back(desk):
    desk.keys.press(Key.Key_F)
    desk.keys.hint(desk.keys.code_at(TEXT.index("Ferry")))
    desk.keys.press(Key.Key_Backspace)
    assert desk.keys.status == "choose the first word"
    assert desk.selected() == ""
    shown = codes(desk)
    desk.keys.hint(next(code for code in shown if len(code) == 2)[0])
    assert len(codes(desk)) < len(shown)
    desk.keys.press(Key.Key_Backspace)
    assert codes(desk) == shown


def test_backspace_while_letters_stand_at_words_deletes_no_mark(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.press(Key.Key_F)
    desk.keys.press(Key.Key_Backspace)
    assert desk.marks() == [("claim", "blamed fog")]


def test_words_selected_do_not_stand_in_the_way_of_keys_for_the_mark_in_hand(desk):
    desk.hold(desk.put("blamed fog"))
    desk.keys.select(desk.span("port denied"))
    desk.keys.press(Key.Key_T)
    assert desk.keys.status.startswith("moving the start")
    desk.keys.press(Key.Key_Escape)
    desk.keys.press(Key.Key_Delete)
    assert desk.marks() == [("claim", "blamed fog")]


def test_after_the_first_choice_a_digit_labels_the_one_word(desk):
    desk.keys.press(Key.Key_F)
    desk.keys.hint(desk.keys.code_at(TEXT.index("fog")))
    desk.keys.press(Key.Key_1)
    assert desk.marks() == [("claim", "fog")]


def test_on_a_selection_the_letters_choose_a_new_end(desk):
    desk.select("port denied")
    desk.keys.press(Key.Key_F)
    assert desk.keys.status == "choose the new end"
    desk.keys.hint(desk.keys.code_at(TEXT.index("Monday")))
    assert desk.selected() == "port denied on Monday"


def test_a_new_end_may_lie_before_the_old_one(desk):
    desk.select("port denied on Monday")
    desk.keys.press(Key.Key_F)
    desk.keys.hint(desk.keys.code_at(TEXT.index("port denied")))
    assert desk.selected() == "port"


def test_letters_that_lead_nowhere_are_forgotten_and_cost_nothing_else(desk):
    desk.keys.press(Key.Key_F)
    shown = codes(desk)
    pair, wrong = next(
        (code, other)
        for code in shown
        for other in LETTERS
        if len(code) == 2 and code[0] + other not in shown and other not in shown
    )
    desk.keys.hint(pair[0])
    assert len(codes(desk)) < len(shown)
    desk.keys.hint(wrong)
    assert codes(desk) == shown
    desk.keys.hint(pair)
    assert desk.selected()


def test_every_word_in_view_has_letters_none_the_beginning_of_another(desk):
    desk.keys.press(Key.Key_F)
    shown = codes(desk)
    assert sorted(shown.values()) == [word.start for word in desk.window.view.words_in_view()]
    assert not [one for one in shown for other in shown if one != other and other.startswith(one)]


def test_a_selection_never_ends_inside_a_quotation_it_began_outside(desk):
    desk.keys.press(Key.Key_F)
    desk.keys.hint(desk.keys.code_at(TEXT.index("blamed")))
    desk.keys.hint(desk.keys.code_at(TEXT.index("signal")))
    assert desk.selected().count('"') % 2 == 0


def test_the_selection_grows_by_word_phrase_sentence_and_paragraph_and_shrinks_back(desk):
    desk.window.view.set_caret(TEXT.index("signal,") + 2)
    steps = []
    for _ in range(12):
        desk.keys.press(Key.Key_X)
        if steps and desk.selected() == steps[-1]:
            break
        steps.append(desk.selected())
    assert steps[0] == "signal"
    assert "We never gave a signal" in steps
    assert steps[-1] == TEXT.split("\n")[1]
    assert all(len(a) < len(b) for a, b in pairwise(steps))
    back = []
    while desk.selected():
        desk.keys.press(Key.Key_X, SHIFT)
        back.append(desk.selected())
    assert back == [*reversed(steps[:-1]), ""]


def test_growing_starts_from_the_mark_in_hand(desk):
    desk.hold(desk.put("left too early"))
    desk.keys.press(Key.Key_X)
    assert "left too early" in desk.selected()
    assert len(desk.selected()) > len("left too early")


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Key.Key_Right, SHIFT, "F"),
        (Key.Key_Right, SHIFT | CTRL, "Ferry"),
        (Key.Key_End, SHIFT, "Ferry Ran Aground, Port Says"),
        (Key.Key_Down, SHIFT | CTRL, "Ferry Ran Aground, Port Says\n"),
    ],
)
def test_shift_and_arrows_select_by_character_word_line_and_paragraph(desk, key, modifiers, expected):
    desk.keys.press(key, modifiers)
    assert desk.selected() == expected


def test_found_words_stay_selected_and_a_digit_labels_them(desk):
    desk.keys.press(Key.Key_F, CTRL)
    desk.keys.type("log seen")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Escape)
    assert not desk.window.find_bar.isVisible()
    assert desk.selected() == "log seen"
    desk.keys.press(Key.Key_3)
    assert desk.marks() == [("evidence", "log seen")]


def test_a_drag_snaps_to_words_and_with_shift_it_does_not(desk):
    start, end = desk.span("port denied")
    desk.mouse.pull(desk.mouse.on(start + 1), lambda: desk.mouse.on(end - 3))
    assert desk.selected() == "port denied"
    desk.mouse.pull(
        desk.mouse.start_of(Span(start + 1, end)),
        lambda: desk.mouse.end_of(Span(start, end - 2)),
        moved=SHIFT,
    )
    assert desk.selected() == "ort deni"


def test_a_drag_shows_the_bubble_and_escape_takes_it_away_with_the_selection(desk):
    desk.mouse.select(desk.span("too early"))
    assert desk.window.hands.pointing.bubble.isVisible()
    desk.keys.press(Key.Key_Escape)
    assert not desk.window.hands.pointing.bubble.isVisible()
    assert desk.selected() == ""
