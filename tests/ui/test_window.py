"""The window as a whole: what it shows first, what it keeps, what it leaves behind."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId, new_id
from annotator.domain.model import Article
from annotator.domain.text import text_sha256
from annotator.store import edits, lists, read
from annotator.store.imports import import_records
from annotator.store.loose_ends import open_ends_of
from annotator.store.store import Identity, Store
from annotator.ui.settings import Settings
from annotator.ui.status import StatusLine
from tests.ui.windows import window_on

TEXT = "The mill denied it. The mayor said the mill had closed.\n" * 40


def put_in(store: Store, *titles: str) -> list[ArticleId]:
    articles = [
        Article(id=ArticleId(new_id()), text=TEXT, title=title, sha256=text_sha256(TEXT)) for title in titles
    ]
    return [ArticleId(row) for row in import_records(store, articles).articles]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.ini")


@pytest.fixture
def store() -> Store:
    store = Store.memory(Identity(name="Ada"))
    put_in(store, "One", "Two")
    return store


def test_the_text_keeps_most_of_a_small_screen(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    assert window.width() == 1366
    assert window.view.width() >= 0.6 * window.width()


def test_the_first_article_is_open_and_the_text_has_the_keys(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    assert window.session.focus.article == lists.articles(store)[0].id
    assert window.view.page.text == TEXT
    assert window.focusWidget() is window.view


def test_an_empty_project_opens_too_and_shows_what_is_brought_in(settings, qtbot):
    store = Store.memory(Identity(name="Ada"))
    window = window_on(store, qtbot, settings, filled="articles")
    assert window.session.focus.article is None
    (article,) = put_in(store, "One")
    qtbot.waitUntil(lambda: window.session.focus.article == article)


def test_a_note_being_written_is_stored_when_the_window_closes(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    mark = edits.add_mark(store, lists.articles(store)[0].id, "claim", [(0, 8)])
    window.session.hold(mark)
    note = window.panels["mark"].page.note
    qtbot.waitUntil(note.isVisible)
    note.setFocus()
    qtbot.keyClicks(note, "check")
    window.close()
    assert read.mark(store, mark).note == "check"


def test_after_closing_nothing_waits_to_read_the_project(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    mark = edits.add_mark(store, lists.articles(store)[0].id, "claim", [(0, 8)])
    window.session.hold(mark)
    qtbot.keyClicks(window.panels["mark"].page.note, "check")
    window.close()
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()] == []


def test_one_key_hides_all_but_the_text_and_brings_it_back(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    width = window.view.width()
    qtbot.keyClick(window.view, Qt.Key.Key_F11)
    assert not any(dock.isVisible() for dock in window.docks.values())
    qtbot.waitUntil(lambda: window.view.width() == window.width())
    qtbot.keyClick(window.view, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.view.width() == width)
    assert window.docks["articles"].isVisible()


def test_a_theme_is_worn_by_text_and_panels_and_kept(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    window.dressing.set_theme("dark")
    assert window.view.text_palette.base.lightness() < 100
    assert settings.theme == "dark"
    assert {panel.look.name for panel in window.panels.made} == {"dark"}


def test_loose_ends_are_counted_in_the_title_of_their_panel(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    article = lists.articles(store)[0].id
    edits.add_mark(store, article, "denial", [(0, 8)])
    edits.set_status(store, article, "done")
    qtbot.waitUntil(lambda: "(" in window.docks["loose-ends"].windowTitle())


def test_the_window_is_called_what_the_project_is_called_now(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    edits.rename_project(store, "The mill")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("The mill"))


def test_a_source_at_the_end_of_a_link_is_shown_among_the_sources(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    source = edits.add_source(store, "Harbour Office", "organisation")
    window.ways.to_source(source)
    panel = window.panels["sources"]
    assert panel.current().id == source


def test_the_page_of_a_source_leads_to_all_marks_with_its_name(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    window.panels.sources.marks_asked.emit("Harbour Office")
    assert window.panels.marks.isVisible()
    assert window.panels.marks.filter.text() == "Harbour Office"


def test_what_was_said_goes_with_the_next_action(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    window.notices.say("Something was done.")
    window.menus.actions["back"].trigger()
    assert not window.notices.isVisible()


def test_one_click_on_an_article_opens_it_and_the_text_has_the_keys(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    second = lists.articles(store)[1].id
    panel = window.panels["articles"]
    row = panel.list.visualRect(panel.model.index(1, 0))
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert window.session.focus.article == second
    assert window.focusWidget() is window.view


def test_ticking_a_box_of_a_panel_leaves_the_keys_to_the_text(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    for box in (window.panels["loose-ends"].quiet, window.panels["mark"].page.sure):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
        assert window.focusWidget() is window.view


def test_escape_in_a_panel_gives_the_keys_back_to_the_text(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    panel = window.panels["articles"]
    for inside in (panel.list, panel.filter, panel.status):
        inside.setFocus()
        qtbot.keyClick(inside, Qt.Key.Key_Escape)
        assert window.focusWidget() is window.view


def test_after_too_many_errors_of_the_disk_a_copy_can_be_saved_at_once(store, settings, qtbot):
    window = window_on(store, qtbot, settings, filled="articles")
    window.refuse(UserError("project-readonly-after-errors", path="news.annotator"))
    assert "news.annotator" in window.notices.text
    offers = [button.text() for button in window.notices.findChildren(QPushButton) if button.isVisible()]
    assert offers == ["Save a copy…"]
    window.close()


def test_a_window_that_is_never_closed_is_found_again_where_it_was(tmp_path, settings, qtbot):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    _, second = put_in(store, "One", "Two")
    window = window_on(store, qtbot, settings, filled="articles")
    window.session.open_article(second)
    qtbot.waitUntil(lambda: settings.place(str(store.path))[0] == second)
    window.close()
    store.close()


def test_undo_in_a_window_that_only_reads_says_so_and_asks_nothing(tmp_path, settings, qtbot):
    me = Identity(name="Ada")
    writer = Store.create(tmp_path / "news.annotator", me)
    put_in(writer, "One")
    writer.close()
    store = Store.open(tmp_path / "news.annotator", me, readonly=True)
    window = window_on(store, qtbot, settings, filled="articles")
    window.menus.actions["undo"].trigger()
    assert "can only be read" in window.notices.text
    window.close()
    store.close()


def test_a_loose_end_chosen_in_the_list_offers_what_mends_it(store, settings, qtbot):
    article = lists.articles(store)[0].id
    mark = edits.add_mark(store, article, "denial", [(0, 22)])
    edits.add_mark(store, article, "claim", [(39, 54)])
    edits.set_status(store, article, "done")
    window = window_on(store, qtbot, settings, filled="articles")
    panel = window.panels["loose-ends"]
    panel.settle()
    rules = ("mark_without_source", "denial_without_target")
    found = [row for rule in rules for row in open_ends_of(store, rule, quiet=False, limit=9)]
    ends = {row.end.rule: row for row in found if row.end.mark == mark}
    panel.jump_asked.emit(ends["mark_without_source"])
    assert window.session.focus.mark == mark
    assert window.hands.floating.popup is not None
    window.hands.escape()
    panel.jump_asked.emit(ends["denial_without_target"])
    assert window.view.shown.hints
    assert "denies" in window.hands.desk.mode.name
    window.hands.escape()


def test_a_loose_end_opens_the_claims_the_ends_or_the_date_that_mend_it(store, settings, qtbot):
    edits.set_preset(store, "analyst")
    article = lists.articles(store)[0].id
    mark = edits.add_mark(store, article, "claim", [(0, 22)])
    edits.edit_mark(store, mark, flags=("anaphoric",))
    edits.set_attribute(store, mark, "date_written", "this summer")
    edits.set_status(store, article, "done")
    window = window_on(store, qtbot, settings, filled="articles")
    panel = window.panels["loose-ends"]
    panel.settle()
    (claim,) = open_ends_of(store, "anaphoric_without_claim", quiet=False, limit=9)
    panel.jump_asked.emit(claim)
    assert window.hands.floating.popup is not None
    window.hands.escape()
    (date,) = open_ends_of(store, "date_not_normalised", quiet=False, limit=9)
    panel.jump_asked.emit(date)
    field = window.focusWidget()
    assert (field.accessibleName(), field.text()) == ("Date (ISO)", "")
    window.hands.offer("move-ends")
    assert window.hands.desk.mode is not None
    window.hands.escape()


def test_a_window_whose_file_was_taken_away_no_longer_says_saved(tmp_path, settings, qtbot):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    put_in(store, "One")
    window = window_on(store, qtbot, settings, filled="articles")
    line = window.findChild(StatusLine)
    qtbot.waitUntil(lambda: line.place.text().endswith("· saved"))
    (tmp_path / "news.annotator").rename(tmp_path / "elsewhere.annotator")
    qtbot.waitUntil(lambda: line.place.text().endswith("not saved"))
    assert "moved or replaced" in window.notices.text
    window.close()
    store.close()
