"""Links from the mark in hand: by letters, by words over all articles, by typed claim, by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt

from annotator.domain.model import Ref
from annotator.store import edits, lists, read
from annotator.ui.dialogs.popups import KindChips, MarkList, TargetSearch
from annotator.ui.text.held import port
from annotator.ui.text.rail import rail_boxes
from tests.flows.analyst import CTRL, SHIFT
from tests.store.samples import dump
from tests.ui.hands.desk import TEXT, Desk

Key = Qt.Key


@pytest.fixture
def claim(desk: Desk):
    return desk.put("the ferry had left too early")


@pytest.fixture
def denial(desk: Desk, claim):
    mark = desk.put("The port denied on Monday that the ferry had left too early", "denial")
    desk.hold(mark)
    return mark


@pytest.fixture
def evidence(desk: Desk):
    return desk.put("A log seen by the Gazette", "evidence")


def test_a_letter_and_the_letters_at_the_other_mark_draw_a_link(desk, denial, claim):
    desk.keys.link("denies", claim)
    assert desk.links(denial) == [("denies", claim)]
    assert desk.keys.presses == 2
    assert desk.held().id == denial


@pytest.mark.parametrize("kind", ["supports", "undermines", "responds_to", "same_claim"])
def test_every_kind_with_a_letter_links_a_denial_to_a_claim(desk, denial, claim, kind):
    desk.keys.link(kind, claim)
    assert [found for found, other in desk.links(denial) if other == claim] == [
        "denies" if kind == "same_claim" else kind
    ]


def test_with_shift_the_link_runs_the_other_way(desk, claim, denial):
    desk.hold(claim)
    desk.keys.link("denies", denial, reverse=True)
    assert desk.links(denial) == [("denies", claim)]


def test_only_marks_at_which_the_kind_may_end_have_letters(desk, denial, claim):
    silent = desk.put("The mayor did not answer", "no_comment")
    desk.keys.type("d")
    assert claim in desk.window.hands.desk.mode.things.values()
    assert silent not in desk.window.hands.desk.mode.things.values()


def test_a_link_needs_a_label_first(desk, claim):
    desk.select("blamed fog")
    desk.keys.type("d")
    assert "Label first" in desk.keys.notice
    assert desk.selected() == "blamed fog"
    assert desk.window.hands.desk.mode is None


def test_a_kind_that_cannot_start_at_the_label_says_so(desk, claim, evidence):
    desk.hold(evidence)
    before = desk.operations()
    desk.keys.type("d")
    assert "denies" in desk.keys.notice
    assert desk.operations() == before
    assert desk.window.hands.desk.mode is None


def test_a_link_that_is_there_already_is_refused_in_words(desk, denial, claim):
    desk.keys.link("denies", claim)
    before = desk.operations()
    desk.keys.link("denies", claim)
    assert desk.keys.notice
    assert desk.operations() == before


def test_l_chooses_the_other_mark_first_and_then_among_the_kinds_that_fit(desk, denial, claim):
    desk.keys.type("l")
    mode = desk.window.hands.desk.mode
    desk.keys.hint(next(code for code, thing in mode.things.items() if thing == claim))
    assert isinstance(desk.keys.popup, KindChips)
    assert desk.keys.choices.entries[0].value == "denies"
    refused = [entry for entry in desk.keys.choices.entries if entry.reason]
    assert {entry.value for entry in refused} >= {"cites"}
    desk.keys.press(Key.Key_Return)
    assert desk.links(denial) == [("denies", claim)]


def test_words_find_a_mark_of_another_article(desk, denial):
    far = desk.put("a signal had been given at four", article=1)
    desk.keys.type("d")
    desk.keys.press(Key.Key_Slash)
    assert isinstance(desk.keys.popup, TargetSearch)
    desk.keys.type("given at")
    desk.keys.press(Key.Key_Return)
    assert desk.links(denial) == [("denies", far)]
    assert desk.window.session.focus.article == desk.articles[0]


def link_by_words(desk, mark, key, words):
    """Begin a link of a kind at a mark, and take the first that is found for some words."""
    desk.hold(mark)
    desk.keys.type(key)
    if not isinstance(desk.keys.popup, TargetSearch):
        desk.keys.press(Key.Key_Slash)
    desk.keys.type(words)
    desk.keys.press(Key.Key_Return)


def test_words_that_a_denial_and_the_claim_in_it_hold_find_the_claim_first(desk, denial, claim):
    other = desk.put("blamed fog", "denial")
    link_by_words(desk, other, "d", "ferry had left")
    assert desk.links(other) == [("denies", claim)]


def test_turned_round_the_words_find_the_denial_first(desk, denial, claim):
    other = desk.put("a signal at 04:10")
    link_by_words(desk, other, "D", "ferry had left")
    assert desk.links(denial) == [("denies", other)]


def test_a_digit_takes_the_nth_result_after_a_blank(desk, denial, claim):
    far = desk.put("a signal had been given at four", article=1)
    other = desk.put("the port was silent", article=1)
    desk.keys.type("d/the ")
    places = [entry.value for entry in desk.keys.choices.entries]
    assert Ref("mark", far) in places or Ref("mark", other) in places
    target = places.index(Ref("mark", other))
    desk.keys.type(str(target + 1))
    assert desk.links(denial) == [("denies", other)]


def test_with_no_fitting_mark_in_view_the_search_opens_at_once(desk):
    desk.hold(desk.put("blamed fog", "denial"))
    desk.keys.type("d")
    assert isinstance(desk.keys.popup, TargetSearch)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the leaked report", "document"),
        ("the log of the harbour", "document"),
        ("the harbour session", "group"),
        ("The Norvik Post", "outlet"),
        ("Emily Stone", "person"),
        ("Saudi Arabia", "state"),
        ("The Netherlands", "state"),
        ("the United States", "state"),
    ],
)
def test_an_attack_on_a_report_or_a_forum_makes_it_a_source_while_the_link_is_drawn(desk, denial, name, kind):
    before = dump(desk.store)
    desk.keys.type("u/")
    desk.keys.type(name)
    desk.keys.press(Key.Key_Return, CTRL)
    (made,) = [row for row in lists.sources(desk.store) if row.name == name]
    assert (made.kind, desk.links(denial)) == (kind, [("undermines", made.id)])
    desk.keys.undo()
    assert dump(desk.store) == before


@pytest.mark.parametrize("key", ["l", "d"])
def test_a_link_from_a_mark_that_is_gone_meanwhile_is_refused_in_words(desk, denial, claim, key):
    desk.keys.type(key)
    edits.delete_marks(desk.store, [denial])
    mode = desk.window.hands.desk.mode
    assert mode.click([claim])
    assert "What this was about is gone" in desk.window.notices.text
    assert desk.keys.popup is None


def test_a_source_that_is_named_while_linking_is_not_made_twice(desk, denial):
    desk.keys.type("u/")
    desk.keys.type("The port")
    entry = desk.keys.entry(lambda entry: entry.text == "New source “The port”")
    desk.mouse.click_entry(entry)
    (port_row,) = [row for row in lists.sources(desk.store) if row.name == "The port"]
    assert desk.links(denial) == [("undermines", port_row.id)]


def test_a_kind_that_may_not_end_at_a_source_offers_no_new_one(desk, denial):
    desk.keys.type("d/")
    desk.keys.type("the leaked report")
    assert desk.keys.entry(lambda entry: entry.text.startswith("New source")) is None
    desk.keys.press(Key.Key_Return, CTRL)
    assert isinstance(desk.keys.popup, TargetSearch)


def test_a_typed_sentence_becomes_a_claim_that_stands_in_no_article(desk, denial):
    before = desk.operations()
    desk.keys.type("d/The ferry left at three")
    desk.keys.press(Key.Key_Return, SHIFT)
    (node,) = lists.claims(desk.store, text="left at three")
    assert [(mention.proposition, mention.stance) for mention in read.mentions_of(desk.store, denial)] == [
        (node.id, "deny")
    ]
    assert desk.operations() == before + 1


def test_a_link_may_end_at_a_source_where_its_kind_allows(desk, denial):
    desk.keys.type("u/Mara")
    entry = desk.keys.entry(lambda entry: entry.text == "Mara Lind")
    assert entry is not None
    assert entry.value.table == "source"
    desk.keys.press(Key.Key_Return)
    (link,) = lists.links(desk.store, [denial])
    assert (link.kind, link.other) == ("undermines", entry.value)


def test_escape_takes_the_letters_away_and_nothing_else(desk, denial, claim):
    before = desk.operations()
    desk.keys.type("d")
    assert desk.window.view.shown.hints
    desk.keys.press(Key.Key_Escape)
    assert desk.window.view.shown.hints == {}
    assert desk.held().id == denial
    assert desk.operations() == before


def test_a_digit_among_the_letters_of_a_link_does_not_relabel(desk, denial, claim):
    desk.keys.type("d1")
    assert desk.held().label == "denial"
    assert desk.window.view.shown.hints


def test_a_link_pulled_to_another_mark_offers_its_kinds(desk, claim, evidence):
    desk.hold(evidence)
    desk.mouse.link("supports", claim)
    assert desk.links(evidence) == [("supports", claim)]
    assert desk.mouse.gestures == 2


def test_a_link_let_go_over_a_bar_means_that_mark_alone(desk, claim, denial, evidence):
    desk.hold(evidence)
    desk.mouse.link("supports", denial)
    assert desk.links(evidence) == [("supports", denial)]
    assert desk.mouse.gestures == 2


def test_a_link_let_go_over_words_under_several_marks_asks_which(desk, claim, denial, evidence):
    desk.hold(evidence)
    view = desk.window.view
    knob = port(view.page, view.shown.held) + QPoint(view.columns.left, 0)
    desk.mouse.pull(knob, lambda: desk.mouse.on(TEXT.index("ferry had")))
    assert isinstance(desk.mouse.popup, MarkList)
    desk.mouse.click_entry(desk.mouse.entry(lambda entry: entry.value == denial))
    assert isinstance(desk.mouse.popup, KindChips)
    desk.keys.press(Key.Key_Escape)
    assert desk.links(evidence) == []


def test_words_in_the_rail_lead_to_the_other_end_and_back(desk, denial):
    far = desk.put("a signal had been given at four", article=1)
    edits.add_link(desk.store, "denies", Ref("mark", denial), Ref("mark", far))
    view = desk.window.view
    (box,) = [box for seen in view.page.visible() for box in rail_boxes(view.page, seen, view.columns)]
    desk.mouse.click(view.viewport(), box.rect.center())
    assert desk.held().id == far
    desk.keys.press(Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.held().id == denial
