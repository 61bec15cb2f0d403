"""The articles panel: found, opened, counted and deleted without reading the whole list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.model import Article, Ref
from annotator.store import edits, lists
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.panels.articles import ArticlesPanel
from annotator.ui.panels.pages import PAGE
from annotator.ui.theme import theme
from annotator.ui.theme.chrome import palette
from tests.ui.panels.project import Project, article, put_in


@pytest.fixture
def panel(project: Project, look, shown):
    made = ArticlesPanel(project.session, look)
    shown(made)
    return made


@pytest.fixture
def stored(tmp_path):
    """A project in a file, open until all widgets are closed."""
    store = Store.create(tmp_path / "many.annotator", Identity())
    yield store
    store.close()


def titles(panel: ArticlesPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def test_an_article_without_a_title_is_called_by_its_first_words(project, panel):
    put_in(
        project.store,
        article("  A short\nnote about a long matter that goes on and on, and does not end", None),
    )
    assert titles(panel)[2] == "A short note about a long matter that goes on and on, and…"


def test_enter_opens_the_chosen_article(project, panel, qtbot):
    panel.list.setCurrentIndex(panel.model.index(1, 0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert project.session.focus.article == project.second


def test_the_filter_finds_by_outlet_and_says_when_nothing_matches(panel, qtbot):
    qtbot.keyClicks(panel.filter, "gaz")
    assert titles(panel) == ["Who opened the dam?"]
    qtbot.keyClicks(panel.filter, "zzz")
    assert panel.stack.currentWidget() is panel.no_match
    panel.clear_filter()
    assert len(titles(panel)) == 2


def test_done_articles_can_be_shown_alone(project, panel):
    panel.list.setCurrentIndex(panel.model.index(1, 0))
    panel.set_status("done")
    panel.status.setCurrentIndex(panel.status.findData("done"))
    assert titles(panel) == ["Operator calls logbook a forgery"]


def test_counts_follow_the_marks(project, panel, qtbot):
    edits.add_mark(project.store, project.second, "claim", [(0, 12)])
    qtbot.waitUntil(lambda: panel.model.pages.row(1).marks == 2)


def test_counts_follow_a_link_of_an_article_that_is_not_in_front(project, panel, qtbot):
    project.session.open_article(project.first)
    before = panel.model.pages.row(1).links
    mark = edits.add_mark(project.store, project.second, "claim", [(0, 12)])
    edits.add_link(project.store, "elaborates", Ref("mark", mark), Ref("mark", project.claim))
    qtbot.waitUntil(lambda: panel.model.pages.row(1).links == before + 1)
    (link,) = [row.link for row in lists.links(project.store, [mark])]
    edits.delete_link(project.store, link)
    qtbot.waitUntil(lambda: panel.model.pages.row(1).links == before)


def test_deleting_says_that_undo_brings_it_back(project, panel, qtbot):
    panel.list.setCurrentIndex(panel.model.index(1, 0))
    with qtbot.waitSignal(panel.notice) as told:
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert "Operator calls logbook a forgery" in told.args[0]
    assert titles(panel) == ["Who opened the dam?"]
    project.store.undo()
    assert len(titles(panel)) == 2


def test_a_deleted_headline_that_holds_quotation_marks_stands_within_others(project, panel, qtbot):
    edits.edit_article(project.store, project.second, title="The “Ostrel” left")
    panel.settle()
    panel.list.setCurrentIndex(panel.model.index(1, 0))
    with qtbot.waitSignal(panel.notice) as told:
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert "«The “Ostrel” left»" in told.args[0]


def test_an_article_that_has_versions_is_not_deleted_and_the_panel_says_why(project, panel, qtbot):
    edits.edit_article(project.store, project.second, version_of=project.first)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    with qtbot.waitSignal(panel.refused) as told:
        panel.delete_current()
    assert told.args[0].code == "article-has-versions"


def test_an_empty_project_offers_to_import_or_paste(look, shown, qtbot):
    panel = ArticlesPanel(Session(Store.memory()), look)
    shown(panel)
    assert panel.stack.currentWidget() is panel.empty


def test_the_list_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)


def test_of_five_thousand_articles_only_those_in_sight_are_read(stored, look, shown, qtbot):
    put_in(stored, *(article(f"Text number {number}.", f"Title {number}") for number in range(5000)))
    panel = ArticlesPanel(Session(stored), look)
    shown(panel)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5000)
    panel.list.scrollToBottom()
    panel.grab()
    assert panel.model.index(4999, 0).data() == "Title 4999"
    assert 0 < panel.model.pages.held <= 3 * PAGE


def test_the_list_follows_the_open_article_however_far_down(stored, look, shown, qtbot):
    made = put_in(stored, *(article(f"Text number {number}.", f"Title {number}") for number in range(300)))
    session = Session(stored)
    panel = ArticlesPanel(session, look)
    shown(panel)
    session.open_article(made[250])
    qtbot.waitUntil(lambda: panel.current() is not None and panel.current().id == made[250])
    edits.delete_article(stored, made[3])
    qtbot.waitUntil(lambda: panel.model.rowCount() == 299)
    assert panel.current().id == made[250]


def test_the_open_article_is_in_sight_when_the_list_is_first_shown(stored, look, shown, qtbot):
    made = put_in(stored, *(article(f"Text number {number}.", f"Title {number}") for number in range(300)))
    session = Session(stored)
    session.open_article(made[40])
    panel = ArticlesPanel(session, look)
    shown(panel)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 300)
    assert panel.list.viewport().rect().contains(panel.list.visualRect(panel.list.currentIndex()))


def test_a_hidden_panel_reads_again_only_when_it_is_shown(project, panel):
    panel.hide()
    put_in(project.store, Article(id="x", text="More.", title="Third"))
    assert len(panel.model.pages) == 2
    panel.show()
    assert titles(panel)[2] == "Third"


def ink_at_the_sides(panel: ArticlesPanel, row: int) -> tuple[bool, bool]:
    """Whether anything is drawn at the left and at the right end of the first line of a row."""
    rect = panel.list.visualRect(panel.model.index(row, 0))
    picture = panel.list.viewport().grab(rect).toImage()
    high = panel.list.fontMetrics().height() + 6

    def has_ink(columns: range) -> bool:
        return len({picture.pixel(x, y) for x in columns for y in range(6, high)}) > 1

    side = high
    return has_ink(range(2, side)), has_ink(range(picture.width() - side, picture.width() - 2))


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_rows_begin_where_the_window_does_whichever_way_their_titles_run(project, panel, qtbot, direction):
    put_in(project.store, article("نص", "الميناء"), article("Text", "Port"))
    panel.setLayoutDirection(direction)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    is_leftward = direction is Qt.LayoutDirection.RightToLeft
    for row in (2, 3):
        assert ink_at_the_sides(panel, row) == (not is_leftward, is_leftward)


def test_the_open_article_can_be_read_while_a_dialog_is_in_front(project, shown, qtbot):
    look = theme("contrast")
    panel = ArticlesPanel(project.session, look)
    panel.setPalette(palette(look))
    shown(panel)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    front = QWidget()
    shown(front)
    qtbot.waitUntil(lambda: not panel.isActiveWindow())
    picture = panel.list.viewport().grab(panel.list.visualRect(panel.model.index(0, 0))).toImage()
    inks = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert look.colour("selection_text").rgb() in inks
