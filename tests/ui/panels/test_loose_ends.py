"""Loose ends by rule: gone to, left open with a reason, quiet while an article is read."""

import sqlite3
from contextlib import closing, suppress
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QModelIndex, Qt

from annotator.domain.errors import UserError
from annotator.domain.model import Dismissal
from annotator.store import edits, read
from annotator.store.bulk import BulkCancelledError
from annotator.store.loose_ends import Walk, backlog, catch_up, counts, looking, unchecked
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs import one_line
from annotator.ui.panels import looker, loose_ends
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.loose_ends import LooseEndsPanel
from annotator.ui.panels.loose_rows import LISTED
from annotator.ui.panels.parts import Words
from tests.store.samples import asked_of, fill
from tests.ui.panels.project import FIRST, Project, article, put_in


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(looker, "PAUSE_S", 0.1)


@pytest.fixture
def panel(project: Project, look, shown):
    edits.add_mark(project.store, project.first, "denial", [(0, 6)])
    edits.set_status(project.store, project.first, "done")
    made = LooseEndsPanel(project.session, look)
    shown(made)
    made.settle()
    return made


def rules(panel: LooseEndsPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def said(panel: LooseEndsPanel) -> str:
    """The sentence in the place of an empty list."""
    return panel.empty.findChild(Words).text()


def stand_on(panel: LooseEndsPanel, rule: str) -> None:
    group = [one.rule for one in panel.model.groups].index(rule)
    panel.tree.setCurrentIndex(panel.model.index(0, 0, panel.model.index(group, 0)))


def test_the_keys_begin_on_the_first_loose_end_and_enter_goes_there(panel, qtbot):
    asked = []
    panel.jump_asked.connect(asked.append)
    panel.tree.setCurrentIndex(QModelIndex())
    panel.take_keys()
    first = panel.model.end_at(panel.model.index(0, 0, panel.model.index(0, 0)))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert asked == [first]


def test_the_keys_come_back_to_where_they_stood_in_the_list(panel):
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    panel.take_keys()
    assert panel.tree.currentIndex() == panel.model.index(1, 0)


def test_a_rule_folded_up_while_the_list_stands_in_it_stays_folded(project, panel):
    panel.tree.setCurrentIndex(panel.model.index(0, 0, panel.model.index(0, 0)))
    panel.tree.collapse(panel.model.index(0, 0))
    edits.add_mark(project.store, project.first, "evidence", [(0, 6)])
    panel.settle()
    assert not panel.tree.isExpanded(panel.model.index(0, 0))


def test_loose_ends_stand_below_their_rule(panel):
    assert "Denies what? (1)" in rules(panel)
    assert "Who says it? (1)" in rules(panel)
    stand_on(panel, "denial_without_target")
    assert "does not say what it denies" in panel.current().sentence


def test_enter_goes_to_a_loose_end(panel, qtbot):
    stand_on(panel, "mark_without_source")
    with qtbot.waitSignal(panel.jump_asked) as asked:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert asked.args[0].end.fix == "choose-source"


def test_one_can_be_left_open_with_a_reason_and_undo_brings_it_back(project, panel, qtbot, monkeypatch):
    stand_on(panel, "mark_without_source")
    monkeypatch.setattr(one_line, "ask_line", lambda *_: " the outlet itself ")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert "Who says it? (1)" not in rules(panel)
    assert [row.reason for row in read.records(project.store, Dismissal)] == ["the outlet itself"]
    project.store.undo()
    panel.settle()
    assert "Who says it? (1)" in rules(panel)


def test_what_was_left_open_is_looked_through_and_taken_up_again(project, panel, qtbot):
    stand_on(panel, "mark_without_source")
    panel.dismiss(panel.current(), "the outlet itself")
    panel.settle()
    panel.left.click()
    assert rules(panel)[-1] == "Left open on purpose (1)"
    stand_on(panel, "left_open")
    assert panel.current().sentence.endswith("has no source: who says it? — the outlet itself")
    assert panel.leave.text() == "Take it up again"
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert read.records(project.store, Dismissal) == []
    assert "Who says it? (1)" in rules(panel)
    project.store.undo()
    panel.settle()
    assert rules(panel)[-1] == "Left open on purpose (1)"


def test_what_was_left_open_and_is_mended_since_is_named_with_its_reason(project, panel):
    stand_on(panel, "mark_without_source")
    mark = panel.current().end.mark
    panel.dismiss(panel.current(), "the outlet itself")
    edits.set_source(project.store, mark, project.ministry)
    panel.settle()
    panel.left.click()
    stand_on(panel, "left_open")
    assert panel.current().end.mark == mark
    assert panel.current().sentence.endswith("— the outlet itself")


def test_what_is_mended_leaves_the_list_in_a_pause(project, panel, qtbot):
    stand_on(panel, "mark_without_source")
    edits.set_source(project.store, panel.current().end.mark, project.ministry)
    qtbot.waitUntil(lambda: "Who says it? (1)" not in rules(panel))


def test_an_article_still_being_read_stays_quiet_unless_asked_for(project, panel, qtbot):
    with qtbot.waitSignal(panel.counted) as counted:
        edits.set_status(project.store, project.first, "reading")
    assert "Denies what? (1)" not in rules(panel)
    assert counted.args[0] == sum(counts(project.store)[False].values())
    panel.quiet.click()
    assert "Denies what? (1)" in rules(panel)


def test_the_number_counts_what_is_listed_of_articles_still_being_read(project, panel, qtbot):
    edits.set_status(project.store, project.first, "reading")
    panel.settle()
    with qtbot.waitSignal(panel.counted) as told:
        panel.quiet.click()
    assert told.args[0] == sum(group.count for group in panel.model.groups)
    assert told.args[0] > sum(counts(project.store)[False].values())
    with qtbot.waitSignal(panel.counted) as told:
        panel.quiet.click()
    assert told.args[0] == sum(counts(project.store)[False].values())


def test_the_number_is_told_while_the_panel_is_hidden(project, panel, qtbot):
    panel.hide()
    with qtbot.waitSignal(panel.counted):
        edits.add_mark(project.store, project.first, "evidence", [(0, 6)])


def test_a_folded_rule_stays_folded(project, panel):
    panel.tree.collapse(panel.model.index(0, 0))
    edits.add_mark(project.store, project.first, "evidence", [(0, 6)])
    panel.settle()
    assert not panel.tree.isExpanded(panel.model.index(0, 0))


def test_without_loose_ends_it_says_so(look, shown):
    panel = LooseEndsPanel(Session(Store.memory()), look)
    shown(panel)
    panel.settle()
    assert panel.pages.currentWidget() is panel.empty


def test_while_articles_wait_to_be_looked_at_it_does_not_say_that_nothing_is_open(look, shown):
    store = Store.memory(Identity())
    put_in(store, article(FIRST, "Who opened the dam?"))
    panel = LooseEndsPanel(Session(store), look)
    shown(panel)
    assert backlog(store).rows
    assert said(panel).startswith("Still looking.")
    panel.settle()
    assert said(panel).startswith("No loose ends.")


def test_the_tree_is_a_sound_model(panel, qtmodeltester):
    qtmodeltester.check(panel.model)


def test_of_very_many_only_a_page_has_rows_until_more_are_asked_for(project, panel, qtbot):
    count = LISTED + 5
    fill(project.store, project.first, FIRST, count)
    qtbot.waitUntil(lambda: f"Who says it? ({count + 1})" in rules(panel))
    group = panel.model.index(rules(panel).index(f"Who says it? ({count + 1})"), 0)
    more = panel.model.index(LISTED, 0, group)
    assert (panel.model.rowCount(group), more.data()) == (LISTED + 1, "… and 6 more")
    panel.tree.setCurrentIndex(more)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert panel.model.rowCount(group) == count + 1
    assert panel.model.end_at(panel.model.index(LISTED, 0, group)) is not None


def test_a_change_while_it_looks_is_looked_at_too(project, panel, qtbot):
    fill(project.store, project.first, FIRST, 500)
    panel._looker._begin()
    panel._looker._go_on()
    edits.edit_mark(project.store, project.claim, question="Who counted?")
    qtbot.waitUntil(lambda: "Open questions (1)" in rules(panel))
    qtbot.waitUntil(lambda: backlog(project.store).rows == 0)


@pytest.fixture
def stored(tmp_path, look, shown, monkeypatch):
    """The panel on a project in a file, with a denial of nothing that alone was not looked at yet."""
    store = Store.create(tmp_path / "news.annotator", Identity())
    (there,) = put_in(store, article(FIRST, "Dam", status="done"))
    catch_up(store)  # much, with all tables of a new project: a slow machine would leave the rest to a pause
    edits.add_mark(store, there, "denial", [(0, 6)])
    monkeypatch.setattr(looker, "PAUSE_S", 60.0)
    panel = LooseEndsPanel(Session(store), look)
    shown(panel)
    yield panel
    panel.close()
    store.close()


def there(panel):
    """The article of the project."""
    return panel.store.query("SELECT id FROM main.article")[0][0]


def in_the_file(panel):
    with closing(sqlite3.connect(panel.store.path)) as other:
        return other.execute("SELECT count(*) FROM loose_end").fetchone()[0]


def test_what_is_open_is_listed_while_the_analyst_works_and_stored_in_a_pause(stored, qtbot, monkeypatch):
    monkeypatch.setattr(looker, "SLICE_S", 1e-5)  # as on a slow machine
    qtbot.waitUntil(lambda: "Denies what? (1)" in rules(stored))
    assert in_the_file(stored) == 0
    monkeypatch.setattr(looker, "PAUSE_S", 0.0)
    stored._looker.start()
    qtbot.waitUntil(lambda: in_the_file(stored) > 0)


def test_the_window_never_waits_for_the_disk_itself(stored, qtbot, monkeypatch):
    fill(stored.store, there(stored), FIRST, 500)
    threads = []
    stored.store._connection.set_trace_callback(
        lambda sql: threads.append(get_ident()) if sql == "COMMIT" else None
    )
    monkeypatch.setattr(looker, "PAUSE_S", 0.0)
    monkeypatch.setattr(looker, "SHOW_S", 0.0)
    stored._looker.start()
    qtbot.waitUntil(lambda: not stored._looker.is_waiting)
    stored.store._connection.set_trace_callback(None)
    assert len(threads) > 1
    assert get_ident() not in threads
    assert in_the_file(stored) > 0


@pytest.fixture
def looked(monkeypatch):
    """Which rows were looked at, and whether by the thread of the window."""
    window, told = get_ident(), []
    look_at = looking._look_at

    def noted(store, table, rows):
        told.append((table, tuple(rows), get_ident() == window))
        return look_at(store, table, rows)

    monkeypatch.setattr(looking, "_look_at", noted)
    return told


def test_a_file_that_is_not_in_memory_is_read_by_a_thread_before_the_window_looks(stored, looked, qtbot):
    fill(stored.store, there(stored), FIRST, 5)
    qtbot.waitUntil(lambda: "Denies what? (1)" in rules(stored))
    seen = set()
    for table, some, is_window in looked:
        rows = {(table, row) for row in some}
        assert not is_window or rows <= seen
        seen |= rows
    assert seen


def test_once_nothing_waited_for_the_file_the_window_reads_it_alone(stored, looked, qtbot, monkeypatch):
    monkeypatch.setattr(looker, "SLOW_S", 60.0)  # however slow the machine is
    stored._looker._ahead._times = 1
    qtbot.waitUntil(lambda: "Denies what? (1)" in rules(stored))
    looked.clear()
    edits.add_mark(stored.store, there(stored), "denial", [(7, 9)])
    qtbot.waitUntil(lambda: "Denies what? (2)" in rules(stored))
    assert {is_window for _, _, is_window in looked} == {True}


def test_once_the_window_waited_for_the_file_a_thread_reads_it_first_again(
    stored, looked, qtbot, monkeypatch
):
    stored._looker._ahead._times = 0
    monkeypatch.setattr(looker, "SLOW_S", -1.0)
    qtbot.waitUntil(lambda: "Denies what? (1)" in rules(stored))
    edits.add_mark(stored.store, there(stored), "denial", [(7, 9)])
    qtbot.waitUntil(lambda: "Denies what? (2)" in rules(stored))
    assert {is_window for _, _, is_window in looked} == {True, False}


def test_what_is_changed_while_a_thread_reads_is_looked_at_too(stored, qtbot, monkeypatch):
    begun, may_end = Event(), Event()
    read = looker.read_ahead

    def read_slowly(store, named):
        begun.set()
        may_end.wait(10)
        return read(store, named)

    monkeypatch.setattr(looker, "read_ahead", read_slowly)
    qtbot.waitUntil(begun.is_set)
    edits.add_mark(stored.store, there(stored), "denial", [(7, 9)])
    may_end.set()
    qtbot.waitUntil(lambda: "Denies what? (2)" in rules(stored))


def test_a_question_of_the_analyst_is_answered_before_what_was_found_is_stored(stored, qtbot, monkeypatch):
    fill(stored.store, there(stored), FIRST, 500)
    begun, may_end = Event(), Event()
    began_to_store = []

    def question(store):
        begun.set()
        may_end.wait(10)
        return store.query("SELECT count(*) FROM main.article")

    monkeypatch.setattr(looker, "PAUSE_S", 0.1)
    monkeypatch.setattr(looker, "SHOW_S", 0.0)
    stored._looker._idle.stop()
    reader = Reader(stored.store, stored)
    with qtbot.waitSignal(reader.answered), monkeypatch.context() as patched:
        patched.setattr(stored.store, "store_kept_beside", lambda: began_to_store.append(1))
        reader.look_up(question)
        begun.wait(10)
        stored._looker._begin()
        for _ in range(50):
            stored._looker._pause_at = 0.0
            stored._looker._go_on()
        may_end.set()
        assert began_to_store == []
    qtbot.waitUntil(lambda: backlog(stored.store).rows == 0)
    qtbot.waitUntil(lambda: in_the_file(stored) > 0)


def test_that_what_was_found_cannot_be_stored_is_told(stored, qtbot, monkeypatch):
    stored.store.path.rename(stored.store.path.with_suffix(".moved"))
    monkeypatch.setattr(looker, "PAUSE_S", 0.0)
    with qtbot.waitSignal(stored.refused) as refused:
        stored._looker.start()
    assert refused.args[0].code == "project-moved"


def test_much_is_looked_at_once_neither_key_nor_mouse_was_touched_for_a_while(stored, qtbot, monkeypatch):
    fill(stored.store, there(stored), FIRST, 500)
    monkeypatch.setattr(looker, "PAUSE_S", 0.2)
    stored._looker.put_off()
    stored._looker._begin()
    before = stored._looker._pause_at
    qtbot.keyClick(stored.windowHandle(), Qt.Key.Key_Down)
    assert stored._looker._pause_at > before
    stored._looker._go_on()
    assert backlog(stored.store).rows > 0
    qtbot.waitUntil(lambda: backlog(stored.store).rows == 0)


def test_while_a_large_change_runs_nothing_is_asked_and_it_goes_on_where_that_was_cancelled(stored, qtbot):
    fill(stored.store, there(stored), FIRST, 500)
    stored._looker._idle.stop()
    stored._looker._begin()
    with suppress(BulkCancelledError), stored.store.bulk("label-all"):
        with asked_of(stored.store) as asked:
            for step in (stored._looker._go_on, stored._looker._begin, stored._looker._go_on):
                step()
        raise BulkCancelledError
    assert asked == []
    stored._looker._pause_at = 0.0
    qtbot.waitUntil(lambda: backlog(stored.store).rows == 0)


def test_while_a_worker_reads_what_it_will_change_nothing_is_asked_either(stored, qtbot):
    fill(stored.store, there(stored), FIRST, 500)
    stored._looker._idle.stop()
    stored._looker._begin()
    with stored.store.telling_later(), asked_of(stored.store) as asked:
        for step in (stored._looker._go_on, stored._looker._begin, stored._looker._go_on):
            step()
    assert asked == []
    stored._looker._pause_at = 0.0
    qtbot.waitUntil(lambda: backlog(stored.store).rows == 0)


def test_it_goes_on_where_a_large_change_began_while_it_looked(stored, qtbot):
    stored._looker._idle.stop()
    stored._looker._begin()
    stored._looker._slices.stop()

    def begun(*_):
        raise UserError("bulk-running")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(looker, "is_much", begun)
        stored._looker._go_on()
    qtbot.waitUntil(lambda: backlog(stored.store).rows == 0)


def test_what_is_left_after_a_large_import_is_counted_only_so_far(stored, monkeypatch):
    for module in (unchecked, loose_ends):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    for count, words in ((2, "2"), (4, "more than 2")):
        with stored.store.keeping():
            for row in range(count):
                stored.store.execute("INSERT OR IGNORE INTO unchecked (tbl, row) VALUES ('marks', ?)", (row,))
        stored._tell()
        assert stored.progress.text() == f"Articles still to be checked: {words}"


def test_a_project_that_can_only_be_read_shows_what_is_kept(tmp_path, look, shown):
    path = tmp_path / "news.annotator"
    store = Store.create(path, Identity(name="Ada"))
    (article_there,) = put_in(store, article(FIRST, "Dam", status="done"))
    edits.add_mark(store, article_there, "denial", [(0, 6)])
    catch_up(store)
    edits.add_mark(store, article_there, "denial", [(7, 12)])
    store.close()
    store = Store.open(path, Identity(), readonly=True)
    panel = LooseEndsPanel(Session(store), look)
    shown(panel)
    panel.settle()
    assert "Denies what? (1)" in rules(panel)
    panel.close()
    store.close()


def test_a_loose_end_far_down_gets_a_row_when_a_step_leads_to_it(project, look, shown):
    for place in range(LISTED + 30):
        edits.add_mark(project.store, project.first, "denial", [(place % 40, place % 40 + 2)])
    edits.set_status(project.store, project.first, "done")
    for _ in looking.look(project.store):
        pass
    panel = LooseEndsPanel(project.session, look)
    shown(panel)
    stop = Walk(project.store, -1).from_mark(None)
    while stop.row.end.rule != "denial_without_target":
        stop = Walk(project.store, -1).from_stop(stop)
    panel.stand_on(stop)
    assert panel.current().end == stop.row.end
    assert panel.tree.currentIndex().row() >= LISTED
