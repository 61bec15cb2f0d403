"""Finding words in the article in front."""

from PySide6.QtCore import Qt

from annotator.domain.fold import Finder
from annotator.domain.ids import ArticleId
from annotator.domain.model import Article
from annotator.domain.spans import Span
from annotator.domain.text import text_sha256
from annotator.store.imports import import_records
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import OTHER, TEXT

Key = Qt.Key


def find(desk, words: str) -> None:
    desk.keys.press(Key.Key_F, CTRL)
    desk.keys.type(words)


def starts(words: str) -> list[int]:
    return [at for at in range(len(TEXT)) if TEXT.startswith(words, at)]


def selected_start(desk) -> int:
    return desk.window.view.selection().start


def test_the_first_match_is_selected_while_typing_and_enter_goes_on_and_round(desk):
    find(desk, "signal")
    visited = [selected_start(desk)]
    for _ in range(3):
        desk.keys.press(Key.Key_Return)
        visited.append(selected_start(desk))
    assert visited == [*starts("signal"), starts("signal")[0]]


def test_shift_enter_and_shift_f3_go_back(desk):
    find(desk, "signal")
    desk.keys.press(Key.Key_Return, SHIFT)
    assert selected_start(desk) == starts("signal")[-1]
    desk.keys.press(Key.Key_Escape)
    desk.keys.press(Key.Key_F3, SHIFT)
    assert selected_start(desk) == starts("signal")[-2]
    desk.keys.press(Key.Key_F3)
    assert selected_start(desk) == starts("signal")[-1]


def test_the_mouse_alone_goes_to_the_next_match_and_back_and_typing_goes_on(desk):
    find(desk, "signa")
    bar = desk.window.find_bar
    desk.mouse.click(bar.next_button)
    assert selected_start(desk) == starts("signal")[1]
    desk.mouse.click(bar.previous_button)
    desk.mouse.click(bar.previous_button)
    assert selected_start(desk) == starts("signal")[-1]
    desk.keys.type("l")
    assert bar.field.text() == "signal"


def test_there_is_no_button_to_press_without_a_match(desk):
    desk.keys.press(Key.Key_F, CTRL)
    bar = desk.window.find_bar
    buttons = (bar.previous_button, bar.next_button)
    assert not any(one.isEnabled() for one in buttons)
    desk.keys.type("signal")
    assert all(one.isEnabled() for one in buttons)
    desk.keys.type("zebra")
    assert not any(one.isEnabled() for one in buttons)
    bar.field.setText("gazette")
    desk.keys.press(Key.Key_PageDown, CTRL)
    assert all(one.isEnabled() for one in buttons), "nobody has looked in this article yet"
    bar.field.clear()
    assert not any(one.isEnabled() for one in buttons)


def test_the_buttons_tell_their_keys_and_wear_the_theme(desk):
    find(desk, "signal")
    bar = desk.window.find_bar
    assert (bar.previous_button.toolTip(), bar.next_button.toolTip()) == (
        "Previous match (Shift+F3)",
        "Next match (F3)",
    )
    before = bar.next_button.icon().cacheKey()
    desk.window.dressing.set_theme("dark")
    assert bar.next_button.icon().cacheKey() != before


def test_words_that_are_not_there_are_said_to_be_missing(desk):
    find(desk, "zebra")
    assert desk.window.find_bar.count.text() == "not found"
    assert desk.selected() == ""


def test_selected_words_are_looked_for_next(desk):
    desk.select("signal")
    desk.keys.press(Key.Key_F, CTRL)
    assert desk.window.find_bar.field.text() == "signal"
    desk.keys.press(Key.Key_Return)
    assert selected_start(desk) == starts("signal")[1]


def test_matches_in_view_are_outlined_until_the_search_ends(desk):
    find(desk, "signal")
    highlights = desk.window.view.shown.highlights
    assert [span.start for span in highlights(0, len(TEXT))] == starts("signal")
    desk.keys.press(Key.Key_Escape)
    assert desk.window.view.shown.highlights is None
    assert desk.window.focusWidget() is desk.window.view


def test_quotation_marks_and_case_are_folded(desk):
    find(desk, "”we never")
    assert desk.selected() == '"We never'


def test_whole_words_leave_out_parts_of_words(desk):
    find(desk, "sign")
    assert desk.selected() == "sign"
    desk.mouse.click(desk.window.find_bar.whole)
    assert desk.window.find_bar.count.text() == "not found"


def test_the_search_follows_to_another_article(desk):
    find(desk, "gazette")
    desk.keys.press(Key.Key_PageDown, CTRL)
    desk.keys.press(Key.Key_F3)
    assert desk.keys.text == OTHER
    assert desk.selected() == "Gazette"


def test_matches_are_outlined_in_the_article_that_is_switched_to(desk):
    find(desk, "signal")
    desk.keys.press(Key.Key_PageDown, CTRL)
    assert [span.start for span in desk.window.view.shown.highlights(0, len(OTHER))] == [
        OTHER.index("signal")
    ]


def test_a_number_of_matches_goes_with_its_article_and_with_its_words(desk):
    find(desk, "signal")
    desk.keys.press(Key.Key_PageDown, CTRL)
    assert desk.window.find_bar.count.text() == ""
    desk.keys.press(Key.Key_F3)
    assert desk.window.find_bar.count.text() == "1 of 1"
    desk.window.find_bar.end()
    desk.window.view.select(Span(0, 3))
    desk.keys.press(Key.Key_F, CTRL)
    assert desk.window.find_bar.count.text() == ""


def test_the_line_says_which_match_it_is_of_how_many(desk):
    find(desk, "signal")
    count = len(starts("signal"))
    assert desk.window.find_bar.count.text() == f"1 of {count}"
    desk.keys.press(Key.Key_Return, SHIFT)
    assert desk.window.find_bar.count.text() == f"{count} of {count}"


def test_in_a_long_article_the_match_is_shown_before_the_others_are_counted(desk, qtbot):
    text = "Signals. " * 40_000 + "A lone signal fire."
    article = Article(id=ArticleId("long"), text=text, title="Long", sha256=text_sha256(text))
    import_records(desk.store, [article])
    desk.window.session.open_article(desk.articles[-1])
    desk.keys.press(Key.Key_F, CTRL)
    desk.window.find_bar.field.setText("signal fire")
    assert desk.selected() == "signal fire"
    assert desk.window.find_bar.count.text() == ""
    qtbot.waitUntil(lambda: desk.window.find_bar.count.text() == "1 of 1")


def test_going_on_to_the_next_match_counts_nothing_again(desk, monkeypatch):
    find(desk, "signal")
    asked = []
    real = Finder.find
    monkeypatch.setattr(Finder, "find", lambda *args, **options: asked.append(args) or real(*args, **options))
    desk.keys.press(Key.Key_Return)
    assert len(asked) == 1
