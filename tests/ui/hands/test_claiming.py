"""Claim memory by hand: the mark in hand joins a claim by one digit, or gets a new one."""

from PySide6.QtCore import Qt

from annotator.domain.model import Proposition
from annotator.store import claim_memory, edits, read
from annotator.store.claim_memory import ClaimMemory
from tests.flows.analyst import SHIFT

Key = Qt.Key


def claims_of(desk, mark) -> list[str]:
    ids = [mention.proposition for mention in read.mentions_of(desk.store, mark)]
    return [row.text for row in read.by_ids(desk.store, Proposition, ids)]


def picker(desk):
    return desk.window.hands.floating.popup


def given(desk):
    """A signal that the second article says was given."""
    other = desk.put("a signal had been given at four", article=1)
    node = edits.add_proposition(desk.store, "A signal was given")
    edits.add_mention(desk.store, other, node)
    edits.add_proposition(desk.store, "The ferry ran aground in fog")
    mark = desk.put("We never gave a signal", "denial")
    desk.window.session.hold(mark)
    return mark


def test_one_digit_puts_the_mark_in_hand_under_the_nearest_claim(desk):
    mark = given(desk)
    desk.keys.press(Key.Key_M)
    entries = picker(desk).list.entries
    assert (entries[0].text, entries[0].right, entries[0].key) == ("A signal was given", "said once", "1")
    desk.keys.press(Key.Key_1)
    assert claims_of(desk, mark) == ["A signal was given"]
    assert [one.stance for one in read.mentions_of(desk.store, mark)] == ["deny"]
    desk.window.session.store.undo()
    assert claims_of(desk, mark) == []


def test_a_mark_joins_several_claims_and_is_not_offered_those_it_has(desk):
    mark = given(desk)
    desk.keys.press(Key.Key_M)
    desk.keys.press(Key.Key_1)
    desk.keys.press(Key.Key_M)
    assert "A signal was given" not in [entry.text for entry in picker(desk).list.entries]
    desk.keys.type("aground")
    desk.keys.press(Key.Key_Return)
    assert claims_of(desk, mark) == ["A signal was given", "The ferry ran aground in fog"]


def test_a_new_sentence_makes_a_claim_and_esc_leaves_without_one(desk):
    mark = given(desk)
    desk.keys.press(Key.Key_M)
    desk.keys.press(Key.Key_Escape)
    assert picker(desk) is None
    assert claims_of(desk, mark) == []
    assert desk.window.session.focus.mark == mark
    desk.keys.press(Key.Key_M)
    desk.keys.type("Nobody signalled")
    desk.keys.press(Key.Key_Return, SHIFT)
    assert claims_of(desk, mark) == ["Nobody signalled"]
    desk.keys.press(Key.Key_M)
    desk.keys.press(Key.Key_Return, SHIFT)
    assert claims_of(desk, mark)[1] == "We never gave a signal"


def test_the_inspector_has_a_button_for_it(desk, qtbot):
    mark = given(desk)
    page = desk.window.panels.mark.page
    qtbot.waitUntil(lambda: page.mark is not None)
    qtbot.mouseClick(page.claims.join, Qt.MouseButton.LeftButton)
    qtbot.keyClick(picker(desk).field, Key.Key_1)
    assert claims_of(desk, mark) == ["A signal was given"]


def test_the_nearest_are_looked_for_a_few_times_while_many_claims_are_taken_in(desk, qtbot, monkeypatch):
    given(desk)
    for number in range(60):
        edits.add_proposition(desk.store, f"Ferry {number} ran aground")
    monkeypatch.setattr(claim_memory, "AT_ONCE", 1)
    monkeypatch.setattr(claim_memory, "STEP_S", 0)
    known, nearest = [], ClaimMemory.nearest

    def counted(memory, *words, **besides):
        known.append(memory.taken)
        return nearest(memory, *words, **besides)

    monkeypatch.setattr(ClaimMemory, "nearest", counted)
    desk.keys.press(Key.Key_M)
    qtbot.waitUntil(lambda: desk.window.hands.claiming.memory.is_whole)
    assert known == [1, 2, 4, 8, 16, 32, 62]
    assert picker(desk).list.entries[0].text == "A signal was given"
