"""Proposals by keys and mouse: G goes there, Enter takes, Delete drops, a digit takes otherwise."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article
from annotator.domain.scheme_labels import delete_label
from annotator.domain.spans import Span
from annotator.domain.text import text_sha256
from annotator.store import edits, lists, read
from annotator.store.imports import import_records
from annotator.ui.dialogs.proposal_menu import ProposalMenu
from annotator.ui.hands.proposing import Choosing
from tests.flows.analyst import CTRL, SHIFT
from tests.ui.hands.desk import Desk

Key = Qt.Key
NEWS = """“The gates were shut,” Pavel Drum said on Monday. “Nobody opened them.”
The council did not comment.
Mira Ostrane said that the log had been forged."""
WORDS = ["The gates were shut", "Nobody opened them", "did not comment", "the log had been forged"]


@pytest.fixture
def news(desk: Desk, qtbot) -> Desk:
    """An article with four proposals, found."""
    article = ArticleId(new_id())
    import_records(desk.store, [Article(id=article, text=NEWS, sha256=text_sha256(NEWS))])
    desk.window.session.open_article(article)
    desk.window.view.setFocus()
    qtbot.waitUntil(lambda: not ghosts(desk).is_waiting)
    return desk


def ghosts(desk: Desk):
    return desk.window.panes.active.ghosts


def shown(desk: Desk) -> list[str]:
    """The words of all ghosts that the text shows."""
    shapes = desk.window.view.shapes_in_view()
    return [NEWS[shape.spans[0].start : shape.spans[-1].end] for shape in shapes if shape.ghost]


def chosen(desk: Desk) -> str | None:
    mode = desk.window.hands.desk.mode
    return NEWS[slice(*mode.proposal.spans[0])] if isinstance(mode, Choosing) else None


def test_ghosts_stand_in_the_text_and_nothing_is_stored(news: Desk) -> None:
    assert shown(news) == WORDS
    assert news.marks() == []


@pytest.mark.parametrize("words", ["Nobody opened them", "opened", "“Nobody opened them.”"])
def test_the_proposal_at_the_selected_words_comes_before_the_next(news: Desk, words: str) -> None:
    news.select(words)
    news.keys.type("g")
    assert chosen(news) == "Nobody opened them"
    news.keys.type("g")
    assert chosen(news) == "did not comment"
    news.keys.type("G")
    assert chosen(news) == "Nobody opened them"


def test_the_proposal_that_the_caret_stands_in_comes_before_the_next(news: Desk) -> None:
    news.window.view.set_caret(NEWS.index("opened"))
    news.keys.type("g")
    assert chosen(news) == "Nobody opened them"


def test_the_mark_panel_shows_what_the_proposal_in_hand_would_be(news: Desk) -> None:
    panel = news.window.panels.mark
    for words, label in zip(WORDS, ["Claim", "Claim", "No comment", "Claim"], strict=True):
        news.keys.press(Key.Key_G)
        assert panel.stack.currentWidget() is panel.proposal
        assert panel.proposal.quote.text() == f"“{words}”"
        assert panel.proposal.chip.accessibleName() == label
    assert panel.proposal.speaker.text() == "Said by Mira Ostrane"
    news.keys.press(Key.Key_Escape)
    assert panel.stack.currentIndex() == 0


def test_a_proposal_is_left_when_its_label_is_taken_out_of_the_scheme(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    edits.change_scheme(news.store, delete_label(read.scheme(news.store), "claim"))
    assert chosen(news) is None
    assert news.window.panels.mark.stack.currentIndex() == 0


def test_after_the_last_proposal_the_mark_that_was_taken_is_shown(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    for _ in WORDS:
        news.keys.press(Key.Key_Return)
    panel = news.window.panels.mark
    assert panel.stack.currentWidget() is panel.page
    assert panel.page.quote.text() == f"“{WORDS[-1]}”"


def test_an_article_is_worked_through_with_g_and_enter_alone(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    for _ in WORDS:
        news.keys.press(Key.Key_Return)
    assert [quote for _, quote in news.marks()] == WORDS
    speakers = ["Pavel Drum", "Pavel Drum", None, "Mira Ostrane"]
    assert [row.source for row in lists.marks(news.store)] == speakers
    assert shown(news) == []
    assert news.held() is not None
    assert "No further proposal" in news.keys.notice


def test_the_status_says_who_by_which_rule_and_what_to_press(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    for part in ("Claim", "Pavel Drum", "quote-who-said", "Enter", "Delete"):
        assert part in news.keys.status


def test_g_goes_on_and_shift_g_goes_back(news: Desk) -> None:
    seen = []
    for _ in range(3):
        news.keys.press(Key.Key_G)
        seen.append(chosen(news))
    news.keys.press(Key.Key_G, SHIFT)
    assert [*seen, chosen(news)] == [*WORDS[:3], WORDS[1]]


def test_undo_of_a_taking_is_one_step_and_brings_the_ghost_back(news: Desk) -> None:
    sources = len(lists.source_places(news.store))
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_Return)
    assert shown(news) == WORDS[1:]
    news.keys.press(Key.Key_Z, CTRL)
    assert news.marks() == []
    assert len(lists.source_places(news.store)) == sources
    assert shown(news) == WORDS


def test_what_was_dropped_does_not_come_back(news: Desk, qtbot) -> None:
    article = news.window.session.focus.article
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_Delete)
    assert (shown(news), chosen(news)) == (WORDS[1:], WORDS[1])
    news.window.session.open_article(news.articles[0])
    news.window.session.open_article(article)
    qtbot.waitUntil(lambda: not ghosts(news).is_waiting)
    assert shown(news) == WORDS[1:]
    news.store.undo()
    assert shown(news) == WORDS


def test_a_digit_takes_with_that_label(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_2)
    assert news.marks() == [("denial", WORDS[0])]


def test_escape_leaves_the_proposal_and_changes_nothing(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_Escape)
    assert (chosen(news), news.marks(), shown(news)) == (None, [], WORDS)


def test_another_key_leaves_the_proposal_and_does_what_it_always_does(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_X)
    assert chosen(news) is None
    assert news.selected()


def test_words_that_are_marked_by_hand_are_proposed_no_more(news: Desk) -> None:
    article = news.window.session.focus.article
    start = NEWS.index(WORDS[3])
    edits.add_mark(news.store, article, "evidence", [Span(start, start + len(WORDS[3]))])
    assert shown(news) == WORDS[:3]


@pytest.mark.parametrize("words", ["forged", "had been"])
def test_a_mark_of_its_label_within_its_words_is_what_a_proposal_would_be(news: Desk, words: str) -> None:
    start = NEWS.index(words)
    mark = edits.add_mark(
        news.store, news.window.session.focus.article, "claim", [(start, start + len(words))]
    )
    assert shown(news) == WORDS[:-1]
    edits.relabel(news.store, mark, "evidence")
    assert shown(news) == WORDS


def test_a_mark_that_only_reaches_into_a_proposal_leaves_it_open(news: Desk) -> None:
    start = NEWS.index("Mira")
    end = NEWS.index("log had")
    edits.add_mark(news.store, news.window.session.focus.article, "claim", [(start, end)])
    assert shown(news) == WORDS


def test_words_under_two_marks_count_once(news: Desk) -> None:
    article = news.window.session.focus.article
    start = NEWS.index(WORDS[3])
    for label in ("evidence", "denial"):
        edits.add_mark(news.store, article, label, [Span(start, start + len(WORDS[3]) // 3)])
    assert shown(news) == WORDS


@pytest.fixture
def early(desk: Desk) -> Desk:
    """The same article, not looked through yet."""
    article = ArticleId(new_id())
    import_records(desk.store, [Article(id=article, text=NEWS, sha256=text_sha256(NEWS))])
    desk.window.session.open_article(article)
    desk.window.view.setFocus()
    assert ghosts(desk).is_waiting
    return desk


def test_a_proposal_that_is_asked_for_before_it_is_found_is_shown_when_it_is(early: Desk, qtbot) -> None:
    early.keys.press(Key.Key_G)
    assert "looking" in early.keys.status
    qtbot.waitUntil(lambda: chosen(early) == WORDS[0])


def test_who_does_something_else_meanwhile_is_not_led_to_a_proposal(early: Desk, qtbot) -> None:
    early.keys.press(Key.Key_G)
    early.keys.press(Key.Key_Right)
    qtbot.waitUntil(lambda: not ghosts(early).is_waiting)
    assert chosen(early) is None
    early.keys.press(Key.Key_G)
    assert chosen(early) == WORDS[0]


def test_esc_gives_up_waiting_for_a_proposal(early: Desk, qtbot) -> None:
    early.keys.press(Key.Key_G)
    early.keys.press(Key.Key_Escape)
    qtbot.waitUntil(lambda: not ghosts(early).is_waiting)
    assert chosen(early) is None


def test_a_wait_for_a_proposal_ends_where_there_is_none(early: Desk, qtbot) -> None:
    early.window.view.set_caret(len(NEWS))
    early.keys.press(Key.Key_G)
    qtbot.waitUntil(lambda: not ghosts(early).is_waiting)
    assert early.window.hands.desk.mode is None
    assert "No further proposal below" in early.keys.notice


def test_a_wait_for_a_proposal_ends_where_the_language_of_the_article_has_no_rules(desk: Desk, qtbot) -> None:
    article = ArticleId(new_id())
    import_records(desk.store, [Article(id=article, text=NEWS, sha256=text_sha256(NEWS), language="de")])
    desk.window.session.open_article(article)
    desk.keys.press(Key.Key_G)
    qtbot.waitUntil(lambda: not ghosts(desk).is_waiting)
    assert desk.window.hands.desk.mode is None
    assert "No further proposal below" in desk.keys.notice


def test_a_label_the_preset_does_not_show_is_not_proposed(news: Desk) -> None:
    edits.set_preset(news.store, "quick")
    assert shown(news) == [WORDS[0], WORDS[1], WORDS[3]]


def test_a_rule_that_is_off_proposes_nothing(news: Desk) -> None:
    news.window.panes.switch_off({"quote-who-said", "silence"})
    assert shown(news) == [WORDS[1], WORDS[3]]
    news.window.panes.switch_off(())
    assert shown(news) == WORDS


def test_an_article_in_another_language_is_not_looked_through(desk: Desk, qtbot) -> None:
    article = ArticleId(new_id())
    record = Article(id=article, text=NEWS, sha256=text_sha256(NEWS), language="uk")
    import_records(desk.store, [record])
    desk.window.session.open_article(article)
    qtbot.waitUntil(lambda: not ghosts(desk).is_waiting)
    assert (shown(desk), ghosts(desk).next(0)) == ([], None)


def test_an_article_that_is_said_to_be_in_another_language_proposes_nothing_any_more(
    news: Desk, qtbot
) -> None:
    article = news.window.session.focus.article
    edits.edit_article(news.store, article, language="uk")
    assert (shown(news), ghosts(news).next(0)) == ([], None)
    news.store.undo()
    qtbot.waitUntil(lambda: not ghosts(news).is_waiting)
    assert shown(news) == WORDS


def test_a_click_on_a_ghost_offers_to_take_or_to_drop_it(news: Desk) -> None:
    view = news.window.view
    news.mouse.click(view.viewport(), view.rect_of(NEWS.index("gates")).center())
    menu = news.keys.popup
    assert isinstance(menu, ProposalMenu)
    assert [entry.text for entry in menu.list.entries][:2] == ["Take as Claim", "Take as Denial"]
    menu.list.take(menu.list.entries[0])
    assert news.marks() == [("claim", WORDS[0])]


@pytest.mark.parametrize("reason", list(QContextMenuEvent.Reason)[:2], ids=["mouse", "keyboard"])
def test_the_context_menu_of_a_proposal_takes_or_drops_it_and_shows_the_keys(news: Desk, reason) -> None:
    view = news.window.view
    news.keys.press(Key.Key_G)
    at = view.rect_of(NEWS.index("gates")).center()
    event = QContextMenuEvent(reason, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    menu = news.keys.popup
    assert isinstance(menu, ProposalMenu)
    assert [(entry.text, entry.key or entry.right) for entry in menu.list.entries[:2]] == [
        ("Take as Claim", "1"),
        ("Take as Denial", "2"),
    ]
    assert menu.list.entries[-1].right == "Delete"
    news.keys.press(Key.Key_Delete)
    assert shown(news) == WORDS[1:]
    assert news.marks() == []


def test_the_words_of_a_ghost_stay_in_sight_beside_its_menu(news: Desk) -> None:
    news.window.settings.column_chars = 30
    news.window.dressing.set_reading()
    view = news.window.view
    (span,) = ghosts(news).next(NEWS.index("Mira")).spans
    lines = view.rects_of(span)
    assert len(lines) > 1
    news.mouse.click(view.viewport(), lines[0].center())
    menu = news.keys.popup
    lain = QRect(view.viewport().mapFromGlobal(menu.mapToGlobal(QPoint())), menu.size())
    assert not any(lain.intersects(line) for line in lines)


def test_a_ghost_can_be_dropped_from_its_menu(news: Desk) -> None:
    view = news.window.view
    news.mouse.click(view.viewport(), view.rect_of(NEWS.index("gates")).center())
    news.keys.press(Key.Key_Delete)
    assert (news.marks(), shown(news)) == ([], WORDS[1:])


def test_a_ghost_is_no_mark_for_space_and_says_its_rule_under_the_pointer(news: Desk) -> None:
    view = news.window.view
    view.set_caret(NEWS.index("gates"))
    news.keys.press(Key.Key_Space)
    assert news.held() is None
    (words,) = view.labels_at(view.rect_of(NEWS.index("gates")).center())
    assert "quote-who-said" in words
    assert "Pavel Drum" in words


def test_a_taken_mark_looks_like_any_other(news: Desk) -> None:
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_Return)
    shapes = {shape.id: shape for shape in news.window.view.shapes_in_view()}
    (row,) = lists.marks(news.store)
    assert not shapes[row.id].ghost
    assert read.mark(news.store, row.id).proposed_by == "rule:quote-who-said@1"


def test_in_a_text_of_another_pane_too(news: Desk, qtbot) -> None:
    article = news.window.session.focus.article
    news.window.session.split()
    news.window.session.open_article(article)
    qtbot.waitUntil(lambda: not ghosts(news).is_waiting)
    assert shown(news) == WORDS
    news.keys.press(Key.Key_G)
    news.keys.press(Key.Key_Return)
    assert len(news.marks()) == 1
