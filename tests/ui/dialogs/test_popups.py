"""The other popups of the hands: labels, kinds of links, stacks, targets, commands."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import delete

from annotator.domain.model import Ref
from annotator.domain.scheme import Scheme
from annotator.store import lists
from annotator.store.store import Store
from annotator.ui.dialogs.command_palette import score
from annotator.ui.dialogs.link_kinds import reason
from annotator.ui.dialogs.popups import Command, CommandPalette, KindChips, LabelMenu, MarkList, TargetSearch
from annotator.ui.theme import theme


@pytest.fixture
def window(shown):
    made = QWidget()
    shown(made)
    return made


@pytest.fixture
def opened(window):
    def open_it(popup):
        said = []
        for name in ("chosen", "taken", "typed"):
            if hasattr(popup, name):
                getattr(popup, name).connect(lambda *values: said.append(values[-1]))
        popup.open_at(QRect(10, 10, 40, 20))
        return said

    return open_it


def test_a_label_is_taken_by_its_key_or_by_enter(window, look, opened, qtbot):
    menu = LabelMenu(look, window, Scheme.default())
    said = opened(menu)
    qtbot.keyClick(menu.list, Qt.Key.Key_2)
    assert said == ["denial"]
    menu = LabelMenu(look, window, Scheme.default())
    said = opened(menu)
    qtbot.keyClick(menu.list, Qt.Key.Key_Return)
    assert said == ["claim"]


def test_a_popup_goes_also_where_what_had_the_keys_before_is_gone(window, look, opened, qtbot):
    field = QLineEdit(window)
    field.show()
    window.activateWindow()
    field.setFocus()
    menu = LabelMenu(look, window, Scheme.default())
    opened(menu)
    delete(field)
    with qtbot.waitSignal(menu.closed):
        menu.dismiss()


def test_kinds_that_fit_come_first_and_others_say_why_not(window, look, opened, qtbot):
    chips = KindChips(look, window, Scheme.default(), "evidence", "claim")
    said = opened(chips)
    assert [entry.text for entry in chips.list.entries][:2] == ["supports", "undermines"]
    denies = chips.list.with_key("D")
    assert denies.reason == "starts at Denial, Claim, not at Evidence"
    qtbot.keyClick(chips.list, Qt.Key.Key_D)
    assert said == []
    qtbot.keyClick(chips.list, Qt.Key.Key_U)
    assert said == ["undermines"]


def test_a_mark_of_a_stack_is_taken_by_digit(project, window, look, opened, qtbot):
    stack = MarkList(look, window, lists.marks(project.store, article=project.first))
    said = opened(stack)
    qtbot.keyClick(stack.list, Qt.Key.Key_3)
    assert said == [project.evidence]


@pytest.fixture
def targets(project, window, look, opened):
    def search(store: Store, words: str) -> list[object]:
        return [*lists.marks(store, text=words), *lists.claims(store, text=words)]

    popup = TargetSearch(look, window, store=project.store, search=search, may_type=("proposition",))
    return popup, opened(popup)


def test_words_find_marks_of_all_articles_and_enter_takes_the_top_one(project, targets, qtbot):
    popup, said = targets
    qtbot.keyClicks(popup.field, "gate had")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert said == [Ref("mark", project.repeated)]


def test_a_digit_after_a_blank_takes_the_nth_match_but_can_stand_in_a_word(project, targets, qtbot):
    popup, said = targets
    qtbot.keyClicks(popup.field, "MH1")
    assert popup.field.text() == "MH1"
    popup.field.clear()
    qtbot.keyClicks(popup.field, "gate 2")
    assert said == [Ref("mark", project.evidence)]


def test_a_claim_can_be_typed_instead_of_found(targets, qtbot):
    popup, said = targets
    qtbot.keyClicks(popup.field, "The gates were shut")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert said == ["The gates were shut"]


def test_enter_makes_no_claim_of_words_that_nothing_was_found_for(targets, qtbot):
    popup, said = targets
    qtbot.keyClicks(popup.field, "undr")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert (said, popup.isVisible()) == ([], True)
    assert popup.hint.text() == "Nothing found · Shift+Enter makes a claim"


def test_enter_makes_no_claim_where_nothing_found_can_be_the_end(project, window, look, opened, qtbot):
    popup = TargetSearch(
        look,
        window,
        store=project.store,
        search=lambda store, words: lists.marks(store, text=words),
        refuse=lambda row: "A denial denies no evidence",
        may_type=("proposition",),
    )
    said = opened(popup)
    qtbot.keyClicks(popup.field, "gate")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert (said, popup.isVisible()) == ([], True)


def test_a_new_claim_that_was_chosen_is_made_by_enter(targets, qtbot):
    popup, said = targets
    qtbot.keyClicks(popup.field, "The gates were shut")
    qtbot.keyClick(popup.field, Qt.Key.Key_Down)
    qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert said == ["The gates were shut"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Jonas Lind", "New source “Jonas Lind”"),
        ("the Institute for Strategic Studies", "New source “the Institute for Strategic Studies”"),
        ("Lind lied", "New claim “Lind lied”"),
        ("Under", "New claim “Under”"),
        ("the gates were rotten", "New claim “the gates were rotten”"),
    ],
)
def test_a_name_is_offered_as_a_source_first(project, window, look, opened, qtbot, words, first):
    popup = TargetSearch(
        look, window, store=project.store, search=lambda store, words: [], may_type=("proposition", "source")
    )
    opened(popup)
    qtbot.keyClicks(popup.field, words)
    assert popup.list.entries[0].text == first
    assert popup.hint.text() == "Nothing found · Shift+Enter makes a claim · Ctrl+Enter makes a source"


def test_the_question_can_be_read_while_nothing_is_listed_and_the_line_stays_as_wide(
    project, window, look, opened, qtbot
):
    window.resize(900, 500)
    search = TargetSearch(
        look,
        window,
        store=project.store,
        search=lambda store, words: lists.marks(store, text=words),
        title="responds to: words of the other end",
    )
    opened(search)
    before = search.field.width()
    assert not search.list.isVisible()
    assert search.field.fontMetrics().horizontalAdvance(search.field.placeholderText()) < before
    qtbot.keyClicks(search.field, "gate")
    qtbot.waitUntil(search.list.isVisible)
    assert search.field.width() == before


def test_a_search_has_room_for_what_it_finds_also_where_its_mark_is_out_of_sight(
    project, window, look, qtbot
):
    popup = TargetSearch(
        look,
        window,
        store=project.store,
        search=lambda store, words: lists.marks(store, text=words),
        may_type=("proposition",),
    )
    popup.open_at(QRect())  # what the text says of words that it does not show
    qtbot.keyClicks(popup.field, "gate")
    assert popup.height() == popup.sizeHint().height()


def test_the_slash_that_asks_for_words_is_none_of_them(targets, qtbot):
    popup, said = targets
    qtbot.keyClicks(popup.field, "/The gates were shut")
    qtbot.keyClick(popup.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert said == ["The gates were shut"]


def test_a_search_for_the_other_end_says_that_nothing_was_found(project, window, look, opened, qtbot):
    popup = TargetSearch(look, window, store=project.store, search=lambda store, words: [])
    opened(popup)
    qtbot.keyClicks(popup.field, "zzz")
    assert popup.hint.text() == "Nothing found"


def test_the_palette_runs_what_fits_best_and_passes_over_what_cannot_be_done(window, look, qtbot):
    done: list[str] = []
    commands = [
        Command("Next loose end", "J", lambda: done.append("loose"), reason="there is none"),
        Command("Undo", "Ctrl+Z", lambda: done.append("undo")),
        Command("Next mark", "N", lambda: done.append("next")),
    ]
    palette = CommandPalette(look, window, commands)
    palette.open_at(QRect(10, 10, 40, 20))
    assert [entry.text for entry in palette.list.entries] == ["Undo", "Next mark", "Next loose end"]
    qtbot.keyClicks(palette.field, "nxt")
    assert [entry.text for entry in palette.list.entries] == ["Next mark", "Next loose end"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["next"]


def test_the_palette_says_that_nothing_is_called_so(window, look, qtbot):
    palette = CommandPalette(look, window, [Command("Undo", "Ctrl+Z", lambda: None)])
    palette.open_at(QRect(10, 10, 40, 20))
    assert not palette.hint.isVisible()
    width = palette.width()
    qtbot.keyClicks(palette.field, "qqq")
    assert palette.hint.isVisible()
    assert palette.width() == width


def test_words_as_they_stand_beat_initials_and_initials_beat_scattered_letters():
    whole, initials, scattered = score("im", "Import"), score("im", "Invert mark"), score("im", "Align forms")
    assert whole < initials < scattered
    assert score("im", "Undo") is None


def test_an_action_is_found_by_its_words_in_any_order():
    assert score("delete link", "A link of the mark: note, turn, delete…") == 99
    assert score("delete link", "Delete the mark") is None


def test_a_popup_opened_from_another_gives_the_keys_back_to_what_lay_below_both(window, look, qtbot):
    below = QLineEdit(window)
    below.show()
    below.setFocus()
    qtbot.waitUntil(below.hasFocus)
    first = LabelMenu(look, window, Scheme.default())
    first.open_at(QRect(10, 10, 40, 20))
    qtbot.waitUntil(first.list.hasFocus)
    second = CommandPalette(look, window, [Command("Find", "Ctrl+F", lambda: None)])
    with qtbot.waitSignal(first.destroyed):
        second.open_at(QRect(10, 10, 40, 20))
    with qtbot.waitSignal(second.closed):
        qtbot.keyClick(second.field, Qt.Key.Key_Escape)
    assert window.focusWidget() is below


def test_a_popup_takes_the_room_of_the_window_where_the_text_leaves_too_little(window, look, opened):
    window.resize(640, 400)
    text = QWidget(window)
    text.setGeometry(100, 40, 300, 120)
    text.show()
    chips = KindChips(look, text, Scheme.default(), "claim", "claim")
    opened(chips)
    assert window.rect().contains(chips.geometry())
    assert chips.rect().contains(chips.list.geometry())
    assert chips.geometry().top() > text.geometry().top()
    assert chips.list.height() == chips.list.sizeHint().height()


def test_a_long_list_shows_half_of_the_row_that_comes_next(window, look, opened):
    window.resize(760, 420)
    commands = [Command(f"Action {number}", "", lambda: None) for number in range(30)]
    palette = CommandPalette(look, window, commands)
    opened(palette)
    rows = [palette.list.visualRect(palette.list.entries_model.index(at, 0)) for at in range(30)]
    seen = palette.list.viewport().rect()
    assert [seen.contains(row) for row in rows].count(True) == 10
    assert [seen.intersects(row) for row in rows].count(True) == 11
    window.resize(500, 200)
    assert window.rect().contains(palette.geometry())
    assert palette.rect().contains(palette.list.geometry())
    assert palette.list.verticalScrollBar().maximum() > 0


def test_what_to_do_instead_is_said_of_a_kind_that_does_not_end_at_a_claim(window, look, opened):
    scheme = Scheme.default()
    chips = KindChips(look, window, scheme, "claim", "proposition")
    opened(chips)
    assert chips.list.with_key("E").reason == "not a link: Esc, then M puts the mark under a claim"
    why = reason(scheme, scheme.link_kinds["responds_to"], "no_comment", "proposition")
    assert why == "ends at a mark: choose one that speaks to this claim"


def test_an_open_popup_wears_another_theme(window, look, opened):
    stack = LabelMenu(look, window, Scheme.default())
    opened(stack)
    dark = theme("dark")
    stack.set_look(dark)
    assert stack.look is dark
    assert stack.list.itemDelegate().look is dark
