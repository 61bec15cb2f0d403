"""A newer version is chosen, compared with the older one, and its lost marks are taken over by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.app.segment import NewsSegmenter
from annotator.domain.ids import new_id
from annotator.domain.model import Article, Ref
from annotator.store import edits, read, versions
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.progress import Work
from annotator.ui.dialogs.version_choice import VersionChoice
from annotator.ui.dialogs.version_offer import VersionOffer
from annotator.ui.dialogs.version_review import VersionReview
from annotator.ui.dialogs.version_texts import POINTED
from annotator.ui.settings import Settings
from annotator.ui.theme import theme
from annotator.ui.window import MainWindow
from tests.store.samples import TEXT, add_article, place

NEW = "Corrected. 🌉\n" + TEXT.replace("had been closed", "was shut for repairs")


@pytest.fixture
def store():
    store = Store.memory(Identity(name="Ada"))
    yield store
    store.close()


@pytest.fixture
def project(store):
    old = add_article(store, title="Bridge closed", date="2024-05-01")
    gone = edits.add_mark(store, old, "claim", [place(TEXT, "the bridge had been closed")])
    kept = edits.add_mark(store, old, "denial", [place(TEXT, "It was never closed")])
    add_article(store, "Quite another text.\n", title="Harvest")
    new = add_article(store, NEW, title="Bridge closed (corrected)")
    return old, new, gone, kept


def select(view, words):
    cursor = view.document().find(words)
    assert not cursor.isNull()
    view.setTextCursor(cursor)


def test_the_article_with_nearly_the_same_words_is_offered_first(store, project, qtbot):
    old, new, *_ = project
    dialog = VersionChoice(Session(store), new, theme("light"), None)
    qtbot.addWidget(dialog)
    assert dialog.chosen() is None
    assert not dialog.accept_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.is_settled)
    assert dialog.chosen() == old
    assert dialog.accept_button.isEnabled()
    assert dialog.list.topLevelItem(0).text(3).endswith(" %")
    assert dialog.list.topLevelItemCount() == 2
    qtbot.keyClicks(dialog.field, "harv")
    qtbot.waitUntil(lambda: not dialog.is_looking)
    assert dialog.list.topLevelItemCount() == 1
    qtbot.keyClicks(dialog.field, "nothing like it")
    qtbot.waitUntil(lambda: not dialog.is_looking)
    assert dialog.chosen() is None
    assert not dialog.accept_button.isEnabled()


def test_words_are_looked_for_while_it_is_not_known_what_is_nearly_the_same(store, project, qtbot):
    _, new, *_ = project
    dialog = VersionChoice(Session(store), new, theme("light"), None)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.field, "harv")
    qtbot.waitUntil(lambda: not dialog.is_looking)
    assert dialog.list.topLevelItemCount() == 1
    assert dialog.accept_button.isEnabled()


@pytest.fixture
def choice(store, project, qtbot):
    """The choice of an older version as it is shown, with what is nearly the same."""
    _, new, *_ = project
    dialog = VersionChoice(Session(store), new, theme("light"), None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.is_settled)
    return dialog


def test_enter_pressed_while_words_are_looked_for_takes_what_is_found(store, choice, qtbot):
    qtbot.keyClicks(choice.field, "harv")
    qtbot.keyClick(choice.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: choice.result() == VersionChoice.DialogCode.Accepted)
    assert read.article(store, choice.chosen()).title == "Harvest"


def test_enter_pressed_while_words_are_looked_for_that_are_nowhere_takes_nothing(choice, qtbot):
    qtbot.keyClicks(choice.field, "nothing like it")
    qtbot.keyClick(choice.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not choice.is_looking)
    assert choice.isVisible()
    assert not choice.accept_button.isEnabled()


def test_an_article_without_a_title_is_called_by_its_first_words(store, qtbot):
    new, old = add_article(store, NEW), add_article(store, TEXT)
    edits.edit_article(store, old, title=None)
    dialog = VersionChoice(Session(store), new, theme("light"), None)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.is_settled)
    assert " ".join(TEXT.split())[:20] in dialog.list.topLevelItem(0).text(0)


@pytest.fixture
def window(store, project, qtbot):
    _, new, *_ = project
    session = Session(store)
    window = MainWindow(session, NewsSegmenter(), Settings(None))
    qtbot.addWidget(window)
    window.show()
    session.open_article(new)
    return window


def reviewed(window):
    return next(one for one in window.findChildren(VersionReview))


def test_carrying_marks_over_that_is_stopped_changes_nothing_and_says_so(
    store, project, window, qtbot, monkeypatch
):
    _, new, *_ = project
    monkeypatch.setattr(VersionChoice, "exec", lambda self: qtbot.waitUntil(lambda: self.is_settled) or True)
    monkeypatch.setattr(Work, "_tell", lambda work, count: False)
    window.menus.actions["new-version"].trigger()
    assert read.article(store, new).version_of is None
    assert window.findChildren(VersionReview) == []
    assert window.notices.text == "Stopped; nothing was changed."


def test_a_version_is_made_and_its_lost_mark_taken_over_by_keys(store, project, window, qtbot, monkeypatch):
    old, new, gone, kept = project
    monkeypatch.setattr(VersionChoice, "exec", lambda self: qtbot.waitUntil(lambda: self.is_settled) or True)
    window.menus.actions["new-version"].trigger()
    review = reviewed(window)
    assert "The same words: 1 · found elsewhere: 0 · gone: 1" in review.summary.text()
    assert [review.list.count(), review.current().mark] == [1, gone]
    QTest.keyClick(review.list, Qt.Key.Key_Return)
    assert "Select its words" in review.remark.text
    select(review.after, "the bridge was shut")
    review.after.setFocus()
    QTest.keyClick(review.after, Qt.Key.Key_Return)
    found = {row.mark: row.taken for row in versions.review(store, old, new)}
    assert read.mark(store, found[gone]).quotes == ("the bridge was shut",)
    assert review.list.count() == 0
    review.only_gone.setChecked(False)
    assert review.list.count() == 2
    review.list.setCurrentRow(1)
    QTest.keyClick(review.list, Qt.Key.Key_Return)
    assert window.session.focus.mark == found[kept]
    store.undo()
    assert [row.taken for row in versions.review(store, old, new)] == [None, found[kept]]
    review.only_gone.setChecked(True)
    assert review.current().mark == gone
    review.close()


def test_words_after_an_emoji_are_taken_over_exactly(store, project, window):
    old, new, *_ = project
    edits.make_version(store, new, old)
    window.versions.functions["review-version"]()
    review = reviewed(window)
    select(review.after, "the bridge was shut")
    start, end = review.after.selected()
    assert NEW[start:end] == "the bridge was shut"
    review.close()


def test_a_review_ends_where_one_of_the_versions_is_taken_away(store, project, window):
    old, new, *_ = project
    edits.make_version(store, new, old)
    window.versions.functions["review-version"]()
    review = reviewed(window)
    edits.delete_article(store, new)
    assert not review.isVisible()


def test_a_review_beside_the_text_follows_another_theme(store, project, window):
    old, new, *_ = project
    edits.make_version(store, new, old)
    window.versions.functions["review-version"]()
    review = reviewed(window)
    pointed, changed = review.before.extraSelections()[:2]
    assert pointed.format.background().color() == theme("light").colour(POINTED)
    try:
        window.dressing.set_theme("dark")
        again, struck = review.before.extraSelections()[:2]
        assert again.format.background().color() == theme("dark").colour(POINTED)
        assert struck.format.foreground().color() == theme("dark").colour("danger")
        assert again.cursor.selectedText() == pointed.cursor.selectedText()
        assert struck.cursor.selectedText() == changed.cursor.selectedText()
    finally:
        window.dressing.set_theme("light")
    review.close()


def test_an_article_that_is_no_newer_version_says_so(window):
    window.menus.actions["review-version"].trigger()
    assert "not a newer version" in window.notices.text


def test_the_older_version_says_where_to_work(store, project, window):
    old, new, gone, _ = project
    edits.make_version(store, new, old)
    window.session.hold(gone)
    window.hands.marking.delete()
    assert "older version" in window.notices.text
    assert read.is_there(store, "mark", gone)


ADDRESS = "https://example.org/bridge"


@pytest.fixture
def offered(store, window, monkeypatch):
    """What an offer of newer versions said, and what to do in it; it is answered with Enter or Esc."""
    edits.edit_article(store, read_first(store), url=ADDRESS)
    seen = []

    def answer(key, *before):
        def run(dialog):
            dialog.show()
            seen.append([dialog.list.topLevelItem(0).text(column) for column in range(5)])
            for one in (*before, key):
                QTest.keyClick(dialog.list, one)
            return dialog.result()

        monkeypatch.setattr(VersionOffer, "exec", run)
        return seen

    return answer


def read_first(store):
    return store.query("SELECT id FROM shown_article ORDER BY number LIMIT 1")[0][0]


def bring(window, **fields):
    return window.commands.take_in([Article(id=new_id(), text=NEW + "More.\n", **fields)]).articles[0]


def test_a_changed_text_brought_in_is_offered_as_a_newer_version_and_reviewed(store, window, offered):
    seen = offered(Qt.Key.Key_Return)
    new = bring(window, url=ADDRESS, title="Bridge shut")
    assert read.article(store, new).version_of == read_first(store)
    assert seen[0][:3] == ["A4  Bridge shut", "A1  Bridge closed  2024-05-01", "address"]
    assert seen[0][4] == "2"
    assert window.session.focus.article == new
    assert "gone: 1" in reviewed(window).summary.text()
    assert "may be a copy" not in window.notices.text
    store.undo()
    assert read.article(store, new).version_of is None


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Escape,), (Qt.Key.Key_Return, Qt.Key.Key_Space)])
def test_an_offer_that_is_left_or_not_ticked_changes_nothing(store, window, offered, keys):
    offered(*keys)
    new = bring(window, url=ADDRESS)
    assert read.article(store, new).version_of is None
    assert not window.findChildren(VersionReview)


def test_what_is_no_newer_version_is_not_asked_about(window, offered):
    seen = offered(Qt.Key.Key_Return)
    bring(window, url="https://example.org/else")
    assert not seen
    assert "may be a copy" in window.notices.text


@pytest.fixture
def answered(store, project):
    """Two articles answer words of the older version, which a newer one took over."""
    old, new, _, kept = project
    links = []
    for words in ("A lie, said the ministry.", "Not so, said the mayor."):
        denial = edits.add_mark(
            store, add_article(store, words, title=words[:6]), "denial", [(0, len(words))]
        )
        links.append(edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", kept)))
    edits.make_version(store, new, old)
    (taken,) = [row.taken for row in versions.review(store, old, new) if row.taken]
    return links, taken


def ends(store, links):
    return [read.link(store, link).target.id for link in links]


def test_links_from_elsewhere_to_the_older_words_are_moved_one_by_one_with_enter(
    store, project, answered, window
):
    (first, second), taken = answered
    kept = project[3]
    window.versions.functions["review-version"]()
    links = reviewed(window).links
    assert links.isVisible()
    assert links.words.text().endswith(": 2")
    assert "M3 denies M2 · A4 A lie," in links.list.item(0).text()
    links.list.setFocus()
    QTest.keyClick(links.list, Qt.Key.Key_Down)
    QTest.keyClick(links.list, Qt.Key.Key_Return)
    assert ends(store, [first, second]) == [kept, taken]
    assert links.list.count() == 1
    QTest.keyClick(links.list, Qt.Key.Key_Return)
    assert ends(store, [first, second]) == [taken, taken]
    assert not links.isVisible()
    assert reviewed(window).focusWidget() is reviewed(window).list
    store.undo()
    assert links.isVisible()
    assert ends(store, [first, second]) == [kept, taken]


def test_all_links_are_moved_with_one_click_and_come_back_with_one_undo(store, project, answered, window):
    links, taken = answered
    window.versions.functions["review-version"]()
    review = reviewed(window)
    QTest.mouseClick(review.links.all_button, Qt.MouseButton.LeftButton)
    assert ends(store, links) == [taken, taken]
    assert not review.links.isVisible()
    store.undo()
    assert ends(store, links) == [project[3], project[3]]
    assert review.links.list.count() == 2


def test_enter_in_the_list_takes_one_mark_over_and_not_the_next_one_too(store, project, window):
    old, new, gone, _ = project
    edits.add_mark(store, old, "claim", [place(TEXT, "had been closed")])
    edits.make_version(store, new, old)
    window.versions.functions["review-version"]()
    review = reviewed(window)
    select(review.after, "the bridge was shut")
    review.stand_on(gone)
    select(review.after, "the bridge was shut")
    review.list.setFocus()
    QTest.keyClick(review.list, Qt.Key.Key_Return)
    assert [row.mark for row in versions.review(store, old, new) if row.taken is None] != []
    assert sum(row.taken is not None for row in versions.review(store, old, new)) == 2
