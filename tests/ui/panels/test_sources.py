"""The registry of sources: filtered, edited, merged, deleted, and their marks beside them."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from annotator.domain.errors import UserError
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.store.source_facts import MOST
from annotator.store.store import Identity, Store
from annotator.ui.panels import dossier
from annotator.ui.panels.dossier_words import dossier_words
from annotator.ui.panels.sources import SourcesPanel
from tests.store.samples import asked_of
from tests.ui.panels.project import Project
from tests.ui.panels.reading import read_page


@pytest.fixture
def panel(project: Project, look, shown):
    made = SourcesPanel(project.session, look)
    shown(made)
    return made


def names(panel: SourcesPanel) -> list[str]:
    return [panel.model.index(row, 0).data() for row in range(panel.model.rowCount())]


def stand_on(panel: SourcesPanel, name: str) -> None:
    panel.table.stand_on(names(panel).index(name))
    read_page(panel)


def lines(panel: SourcesPanel) -> list[str]:
    return [entry.text for entry in panel.page.lines.entries]


def stand_on_line(panel: SourcesPanel, words: str) -> None:
    entries = panel.page.lines.entries
    place = next(row for row, entry in enumerate(entries) if words == entry.text)
    panel.page.lines.setCurrentIndex(panel.page.lines.entries_model.index(place, 0))


def test_sources_are_listed_with_kind_role_owner_and_marks(panel):
    assert names(panel) == ["Gazette", "Mara Lind", "Ministry of Water", "Vodnik"]
    assert [panel.model.index(1, column).data() for column in range(1, 5)] == [
        "person",
        "spokeswoman",
        "Vodnik",
        "1",
    ]


def test_enter_opens_the_page_of_a_source_and_enter_there_goes_to_the_words(project, panel, qtbot):
    stand_on(panel, "Vodnik")
    assert lines(panel) == [
        "No gate was opened",
        "denies “no gate had been opened”",
        "Speaks for it",
        "Mara Lind",
    ]
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.page.lines.hasFocus()
    qtbot.keyClick(panel.page.lines, Qt.Key.Key_Return)
    assert project.session.focus.mark == project.repeated


def test_sources_that_are_only_passed_over_do_not_have_their_pages_read(panel, qtbot):
    read_page(panel)
    shown = panel.page.source
    for _ in range(3):
        qtbot.keyClick(panel.table, Qt.Key.Key_Down)
        assert panel.page.source == shown
    qtbot.waitUntil(lambda: panel.page.source == panel.current().id)
    assert panel.current().name == "Vodnik"


def test_the_page_of_one_source_stays_until_that_of_the_next_is_read(panel):
    stand_on(panel, "Vodnik")
    before = lines(panel)
    panel.table.stand_on(names(panel).index("Mara Lind"))
    panel.settle()
    assert panel.page.is_reading
    assert (lines(panel), panel.page.about.accessibleName()[:6]) == (before, "Vodnik")
    read_page(panel)
    assert panel.page.about.accessibleName().startswith("Mara Lind")


def test_where_reading_takes_long_the_page_says_who_it_is_and_what_it_waits_for(panel):
    stand_on(panel, "Vodnik")
    panel.table.stand_on(names(panel).index("Mara Lind"))
    panel.settle()
    panel.page.hurry()
    assert panel.page.about.accessibleName().startswith("Mara Lind · spokeswoman")
    assert panel.page.speaks.text() == "Speaks for Vodnik"
    assert lines(panel) == ["Reading 1 mark…"]
    read_page(panel)
    assert lines(panel)[:2] == ["No gate was opened", "denies “No gate was opened”"]


def test_who_enters_a_page_that_is_not_read_yet_goes_to_no_mark_of_another_source(project, panel, qtbot):
    stand_on(panel, "Vodnik")
    panel.table.stand_on(names(panel).index("Mara Lind"))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    panel.page.lines.take(panel.page.lines.current())
    assert project.session.focus.mark is None


def test_no_mark_of_a_page_is_read_by_the_window_itself(project, tmp_path, look, shown):
    project.store.save_copy(tmp_path / "dam.annotator")
    with closing(Store.open(tmp_path / "dam.annotator", Identity(name="Ada"))) as store:
        panel = SourcesPanel(Session(store), look)
        shown(panel)
        read_page(panel)
        with asked_of(store) as asked:
            stand_on(panel, "Vodnik")
        assert "denies “no gate had been opened”" in lines(panel)
        assert not [sql for sql in asked if "FROM shown_mark" in sql or "FROM shown_attribution" in sql]


def test_the_marks_that_a_page_leaves_out_are_one_step_away(project, panel, qtbot):
    said = dossier_words(project.store, project.gazette, most=1)
    assert said.lines[-1].text == "1 older mark: show all marks with this name"
    panel.page.lines.set_entries(said.lines, len(said.lines) - 1)
    with qtbot.waitSignal(panel.marks_asked) as asked:
        qtbot.keyClick(panel.page.lines, Qt.Key.Key_Return)
    assert asked.args == ["Gazette"]


def test_the_page_leads_from_a_source_to_who_speaks_for_it(panel, qtbot):
    stand_on(panel, "Vodnik")
    stand_on_line(panel, "Mara Lind")
    qtbot.keyClick(panel.page.lines, Qt.Key.Key_Return)
    assert panel.current().name == "Mara Lind"
    read_page(panel)
    assert panel.page.speaks.text().splitlines() == ["Speaks for Vodnik", "Certainty: certain 1"]
    assert lines(panel)[-2:] == ["Passed on by Gazette", "“No gate was opened”"]


def test_the_page_shows_where_a_source_contradicts_itself(project, panel):
    edits.set_source(project.store, project.repeated, project.ministry)
    node = read.mentions_of(project.store, project.claim)[0].proposition
    edits.add_mention(project.store, project.repeated, node, "deny")
    panel.settle()
    stand_on(panel, "Ministry of Water")
    assert lines(panel)[:2] == [
        "Contradicts itself",
        "“no gate had been opened” ≠ “the dam at Orlova had been opened on purpose”",
    ]


def test_a_page_that_cannot_be_read_says_so_and_waits_no_longer(project, panel, qtbot, monkeypatch):
    def refuse(store, source, most=MOST):
        if most:
            raise UserError("disk-error", path="dam.annotator", reason="bad sector")
        return dossier_words(store, source, most)

    monkeypatch.setattr(dossier, "dossier_words", refuse)
    with qtbot.waitSignal(panel.refused) as told:
        panel.table.setCurrentIndex(panel.model.index(names(panel).index("Vodnik"), 0))
    assert told.args[0].code == "disk-error"
    panel.page.hurry()
    assert lines(panel) == ["What it said could not be read."]
    assert panel.page.about.text().startswith("Vodnik")


def test_the_filter_finds_by_role(panel, qtbot):
    qtbot.keyClicks(panel.filter, "spokes")
    assert names(panel) == ["Mara Lind"]
    qtbot.keyClicks(panel.filter, "zz")
    assert panel.stack.currentWidget() is panel.no_match


def test_a_jump_to_a_source_stands_on_it_among_all_others(project, panel):
    everybody = names(panel)
    panel.stand_on(lists.sources(project.session.store, text="Mara Lind")[0].id)
    assert (panel.current().name, names(panel), panel.filter.text()) == ("Mara Lind", everybody, "")


def test_a_jump_to_a_source_that_the_filter_hides_shows_all_again(project, panel, qtbot):
    everybody = names(panel)
    qtbot.keyClicks(panel.filter, "spokes")
    panel.stand_on(lists.sources(project.session.store, text="Vodnik")[0].id)
    assert (panel.current().name, names(panel), panel.filter.text()) == ("Vodnik", everybody, "")


def test_a_jump_far_down_a_long_list_of_sources_stands_there_once_it_is_found(tmp_path, look, shown, qtbot):
    with closing(Store.create(tmp_path / "many.annotator", Identity(name="Ada"))) as store:
        with store.operation("many"):
            last = [edits.add_source(store, f"Source {number:03}") for number in range(150)][-1]
        panel = SourcesPanel(Session(store), look)
        shown(panel)
        panel.stand_on(last)
        qtbot.waitUntil(lambda: panel.current() is not None and panel.current().id == last)
        assert (panel.model.rowCount(), panel.filter.text()) == (150, "")
        panel.close()


def test_a_source_in_use_is_not_deleted_and_the_panel_says_so(panel, qtbot):
    stand_on(panel, "Vodnik")
    with qtbot.waitSignal(panel.refused) as told:
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert told.args[0].code == "source-in-use"
    assert told.args[0].details["named"] == ["M4", "S3"]


def test_another_source_can_stand_where_one_that_is_to_go_is_named(project, panel, qtbot):
    stand_on(panel, "Vodnik")
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.keyClicks(panel.acts.picker.field, "ministry")
    with qtbot.waitSignal(panel.notice):
        qtbot.keyClick(panel.acts.picker.field, Qt.Key.Key_Return)
    assert names(panel) == ["Gazette", "Mara Lind", "Ministry of Water"]
    assert read.mark(project.store, project.repeated).source == project.ministry
    project.store.undo()
    assert read.mark(project.store, project.repeated).source != project.ministry


def test_a_source_nobody_names_is_deleted(project, panel, qtbot):
    edits.add_source(project.store, "Typo")
    panel.settle()
    stand_on(panel, "Typo")
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert "Typo" not in names(panel)


def test_two_sources_are_one_until_their_page_parts_them(project, panel, qtbot):
    stand_on(panel, "Gazette")
    panel.acts.ask_same()
    qtbot.keyClicks(panel.acts.picker.field, "ministry")
    with qtbot.waitSignal(panel.notice):
        qtbot.keyClick(panel.acts.picker.field, Qt.Key.Key_Return)
    assert names(panel) == ["Mara Lind", "Ministry of Water", "Vodnik"]
    assert panel.current().name == "Ministry of Water"
    qtbot.keyClicks(panel.filter, "gaz")
    assert names(panel) == ["Ministry of Water"]
    panel.table.stand_on(0)
    read_page(panel)
    stand_on_line(panel, "Gazette")
    qtbot.keyClick(panel.page.lines, Qt.Key.Key_Delete)
    panel.filter.clear()
    assert names(panel) == ["Gazette", "Mara Lind", "Ministry of Water", "Vodnik"]


def test_no_source_can_be_made_while_choosing_the_same_one(panel, qtbot):
    panel.acts.ask_same()
    qtbot.keyClicks(panel.acts.picker.field, "Nobody we know")
    assert panel.acts.picker.list.entries == []
    qtbot.keyClick(panel.acts.picker.field, Qt.Key.Key_Return)
    assert panel.acts.picker.isVisible()
    panel.acts.picker.dismiss()


def test_the_form_changes_a_source(project, panel):
    stand_on(panel, "Mara Lind")
    panel.edit_current()
    panel.form.role.setText("former spokeswoman")
    panel.form.aliases.setText("M. Lind;  Lind ; ")
    panel.form.accept()
    source = read.source(project.store, project.lind)
    assert source.role == "former spokeswoman"
    assert source.aliases == ("M. Lind", "Lind")
    assert panel.model.index(1, 2).data() == "former spokeswoman"


def test_the_form_makes_a_source_and_the_one_it_speaks_for(project, panel):
    panel.add()
    panel.form.name.setText(" Ivo  Petrov ")
    panel.form.affiliation.setText("Mayor's office")
    assert "Mayor's office" in panel.form.new_sources.text()
    panel.form.accept()
    made = next(row for row in lists.sources(project.store) if row.name == "Ivo Petrov")
    assert made.affiliation == "Mayor's office"
    project.store.undo()
    assert len(lists.sources(project.store)) == 4


def test_the_form_refuses_an_empty_name_and_stays(panel):
    panel.add()
    panel.form.accept()
    assert panel.form.isVisible()
    assert panel.form.remark.text == "A source needs a name. Type one."
    panel.form.reject()


def test_the_form_refuses_a_circle_of_owners_and_says_which(project, panel):
    stand_on(panel, "Vodnik")
    panel.edit_current()
    panel.form.affiliation.setText("Mara Lind")
    panel.form.accept()
    assert "circle" in panel.form.remark.text
    assert "Mara Lind" in panel.form.remark.text
    panel.form.reject()


def test_an_anonymous_source_is_asked_why(project, panel):
    panel.add()
    assert not panel.form.anonymity.isVisibleTo(panel.form)
    panel.form.name.setText("An official")
    panel.form.kind.setCurrentIndex(panel.form.kind.findData("anonymous"))
    assert panel.form.anonymity.isVisibleTo(panel.form)
    panel.form.anonymity.setText("not allowed to speak")
    panel.form.accept()
    made = next(row for row in lists.sources(project.store) if row.name == "An official")
    assert not read.source(project.store, made.id).named


def test_the_tables_are_sound_models(panel, qtmodeltester):
    qtmodeltester.check(panel.model)
    stand_on(panel, "Vodnik")
    qtmodeltester.check(panel.page.lines.entries_model)


def test_a_document_has_an_author_and_a_publisher(project, panel):
    panel.add()
    form = panel.form
    assert not form.author.isVisibleTo(form)
    form.name.setText("Inquiry report")
    form.kind.setCurrentIndex(form.kind.findData("document"))
    form.author.setText("Ivo Petrov")
    form.publisher.setText("Ministry of Water")
    form.accept()
    made = read.source(project.store, lists.sources(project.store, text="inquiry")[0].id)
    assert made.publisher == project.ministry
    assert read.source(project.store, made.author).kind == "person"


def test_the_form_says_for_whom_one_speaks_in_the_end(panel):
    panel.add()
    panel.form.affiliation.setText("Mara Lind")
    assert panel.form.owner.text() == "and so for Vodnik"
    panel.form.reject()


def test_a_click_on_a_line_goes_to_the_words_and_one_on_a_heading_nowhere(project, panel, qtbot):
    stand_on(panel, "Ministry of Water")
    lines = panel.page.lines
    place = lines.visualRect(lines.entries_model.index(1, 0)).center()
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert project.session.focus.mark == project.claim
    qtbot.mouseClick(
        lines.viewport(),
        Qt.MouseButton.LeftButton,
        pos=lines.visualRect(lines.entries_model.index(0, 0)).center(),
    )
    assert project.session.focus.mark == project.claim
