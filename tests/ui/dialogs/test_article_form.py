"""What is known about an article is changed as one action."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt

from annotator.domain.model import Region, Source
from annotator.domain.spans import Span
from annotator.store import edits, lists, read
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.article_form import ArticleForm


@pytest.fixture
def form(project, look, shown, qtbot):
    made = ArticleForm(project.session, project.first, look)
    shown(made)
    qtbot.waitUntil(lambda: made.is_settled)
    return made


def outlet(project) -> Source:
    return read.source(project.store, read.article(project.store, project.first).outlet)


def test_it_shows_what_is_known(form):
    assert form.fields["title"].text() == "Who opened the dam?"
    assert form.fields["outlet"].text() == "Gazette"
    assert form.fields["date"].text() == "2024-03-04"


def test_all_changes_are_one_operation(project, form, qtbot):
    before = project.store.next_undo()
    form.fields["title"].setText("Who did it?")
    form.fields["outlet"].setText("Valley Wire")
    form.fields["agency"].setText("River Press")
    form.fields["tags"].setText("dam, flood")
    form.note.setPlainText("Second\u00a0edition\nonly")
    qtbot.keyClick(form.fields["tags"], Qt.Key.Key_Return)
    saved = read.article(project.store, project.first)
    assert (saved.title, saved.tags, saved.note) == (
        "Who did it?",
        ("dam", "flood"),
        "Second\u00a0edition\nonly",
    )
    assert (outlet(project).name, outlet(project).kind) == ("Valley Wire", "outlet")
    assert read.source(project.store, saved.agency).kind == "organisation"
    project.store.undo()
    assert project.store.next_undo() == before
    assert read.article(project.store, project.first).title == "Who opened the dam?"
    assert [row.name for row in lists.sources(project.store, text="Valley Wire")] == []


def test_nothing_changed_is_no_operation(project, form):
    before = project.store.next_undo()
    form.accept()
    assert project.store.next_undo() == before
    assert form.result() == ArticleForm.DialogCode.Accepted


def test_a_name_that_is_known_is_not_made_again(project, form):
    known = read.article(project.store, project.first).outlet
    form.fields["outlet"].setText(" gazette ")
    form.accept()
    assert read.article(project.store, project.first).outlet == known


def test_who_saves_a_name_before_all_are_read_waits_for_them(project, look, shown, qtbot):
    known = read.article(project.store, project.first).outlet
    form = ArticleForm(project.session, project.first, look)
    shown(form)
    form.fields["outlet"].setText("gazette")
    form.fields["title"].setText("Who did it?")
    form.accept()
    assert form.isVisible()
    qtbot.waitUntil(lambda: not form.isVisible())
    assert read.article(project.store, project.first).outlet == known
    assert read.article(project.store, project.first).title == "Who did it?"


def test_an_article_whose_outlet_is_missing_in_a_damaged_file_can_get_another(
    tmp_path, project, look, shown, qtbot
):
    path = tmp_path / "damaged.annotator"
    project.store.save_copy(path)
    with closing(sqlite3.connect(path)) as damaged, damaged:
        damaged.execute("DELETE FROM source WHERE name = 'Gazette'")
    store = Store.open(path, Identity(name="Ada"))
    form = ArticleForm(Session(store), project.first, look)
    shown(form)
    assert form.fields["outlet"].text() == ""
    form.fields["outlet"].setText("Valley Wire")
    form.accept()
    qtbot.waitUntil(lambda: not form.isVisible())
    assert read.source(store, read.article(store, project.first).outlet).name == "Valley Wire"
    store.close()


def test_an_outlet_is_never_a_person_of_that_name(project, form):
    form.fields["outlet"].setText("Mara Lind")
    form.accept()
    assert outlet(project).id != project.lind
    assert outlet(project).kind == "outlet"


def test_an_emptied_field_is_unknown_again(project, form):
    form.fields["outlet"].clear()
    form.fields["date"].clear()
    form.accept()
    saved = read.article(project.store, project.first)
    assert (saved.outlet, saved.date) == (None, None)


@pytest.mark.parametrize("date", ["2017", "2017-08", "2017-08-24"])
def test_a_date_may_be_partial(project, form, date):
    form.fields["date"].setText(date)
    form.accept()
    assert read.article(project.store, project.first).date == date


def test_a_date_that_is_none_is_refused_with_a_way_out(project, form):
    form.fields["date"].setText("24 August")
    form.accept()
    assert form.isVisible()
    assert "2017-08" in form.remark.text
    assert read.article(project.store, project.first).date == "2024-03-04"


def test_outlets_are_completed_and_other_sources_are_not(form):
    completer = form.fields["outlet"].completer()
    completer.setCompletionPrefix("a")
    offered = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert offered == ["Gazette"]


def test_a_paragraph_can_be_called_a_title_and_running_text_again(project, form, qtbot):
    form.region_kind.setCurrentIndex(form.region_kind.findData("caption"))
    form.paragraph.setValue(3)
    form.add_region_button.click()
    form.region_kind.setCurrentIndex(form.region_kind.findData("title"))
    form.paragraph.setValue(1)
    form.add_region_button.click()
    form.region_list.setCurrentRow(1)
    form.region_list.setFocus()
    qtbot.keyClick(form.region_list, Qt.Key.Key_Delete)
    form.accept()
    text = read.text(project.store, project.first)
    assert read.article(project.store, project.first).regions == (Region("title", Span(0, text.index("\n"))),)


def test_what_the_store_refuses_is_said_in_the_form(project, form):
    edits.delete_article(project.store, project.first)
    form.fields["title"].setText("Gone")
    form.accept()
    assert form.isVisible()
    assert form.remark.text


@pytest.mark.parametrize(
    ("known", "begins"),
    [
        ({"title": None, "outlet": None}, "title"),
        ({"title": "Gates", "outlet": None}, "outlet"),
        ({"title": "Gates", "date": None}, "date"),
        ({"title": "Gates"}, "title"),
    ],
)
def test_it_begins_with_what_is_not_known_yet_and_typing_overwrites_nothing(
    project, look, shown, qtbot, known, begins
):
    with project.store.operation("edit-article"):
        edits.edit_article(project.store, project.first, **known)
    form = ArticleForm(project.session, project.first, look)
    shown(form)
    field = form.fields[begins]
    before = field.text()
    assert form.focusWidget() is field
    qtbot.keyClicks(field, "!")
    assert field.text() == "!" + before
