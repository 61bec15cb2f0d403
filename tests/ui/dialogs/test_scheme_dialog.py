"""The scheme is changed beside the text, by keys alone, and every refusal says who stands in the way."""

import json
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.domain.model import SavedSearch
from annotator.domain.scheme_changes import set_codebook
from annotator.domain.scheme_files import merge_scheme, replace_scheme
from annotator.domain.scheme_labels import merge_labels
from annotator.store import edits, read
from annotator.store.scheme_use import marks_by_label
from annotator.store.session import Session
from annotator.store.store import Identity, Store
from annotator.ui.dialogs.scheme.dialog import SchemeDialog
from annotator.ui.dialogs.scheme.form import Form
from annotator.ui.dialogs.scheme.split import SplitDialog
from tests.store.samples import fill
from tests.ui.panels.project import article, put_in

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(project, look, qtbot):
    edits.set_preset(project.store, "analyst")
    made = SchemeDialog(project.session, look)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def press(dialog, qtbot):
    def act(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget() or dialog, key, modifier)

    return act


@pytest.fixture
def write(press, qtbot):
    def act(words):
        field = QApplication.focusWidget()
        field.selectAll()
        qtbot.keyClicks(field, words)
        press(Key.Key_Return)

    return act


def scheme(project):
    return read.scheme(project.store)


def label_form(dialog, label):
    dialog.rows.stand_on("labels", label)
    return dialog.forms["labels"]


def cells(dialog):
    head = dialog.rows.topLevelItem(0)
    return [[head.child(row).text(column) for column in range(3)] for row in range(head.childCount())]


def test_the_list_shows_each_label_with_its_key_and_how_many_marks_have_it(dialog, qtbot):
    qtbot.waitUntil(lambda: not dialog.rows.is_counting)
    assert cells(dialog)[:4] == [
        ["Claim", "1", "1"],
        ["Denial", "2", "2"],
        ["Evidence", "3", "1"],
        ["No comment", "4", "0"],
    ]


def test_a_form_is_made_when_a_row_of_its_group_is_first_shown(dialog):
    assert [form.group for form in dialog.findChildren(Form)] == ["labels"]
    dialog.rows.stand_on("flags", "too_good")
    assert {form.group for form in dialog.findChildren(Form)} == {"labels", "flags"}


def test_marks_are_counted_beside_the_window_and_those_of_before_stay_while_they_are(
    dialog, project, qtbot, monkeypatch
):
    qtbot.waitUntil(lambda: not dialog.rows.is_counting)
    threads = []

    def counted(store):
        threads.append(threading.current_thread())
        return marks_by_label(store)

    monkeypatch.setattr("annotator.ui.dialogs.scheme.rows.marks_by_label", counted)
    edits.change_scheme(project.store, set_codebook(scheme(project), "labels", "claim", "What one says."))
    qtbot.waitUntil(lambda: dialog.rows.is_counting)
    assert cells(dialog)[1] == ["Denial", "2", "2"]
    qtbot.waitUntil(lambda: not dialog.rows.is_counting)
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_a_change_that_was_stopped_on_its_way_is_said_to_have_changed_nothing(dialog, monkeypatch):
    monkeypatch.setattr("annotator.ui.dialogs.scheme.work.change_beside", lambda *_: None)
    said = []
    dialog.work.said.connect(lambda words, role: said.append((words, role)))
    assert not dialog.work.do(lambda scheme: merge_labels(scheme, "denial", "claim"))
    assert said == [("Stopped; nothing was changed.", "warning")]


def test_a_label_is_renamed_by_keys_and_undo_brings_the_name_back(dialog, project, press, write):
    press(Key.Key_Return)
    write("Assertion")
    assert dialog.isVisible()
    assert scheme(project).labels["claim"].name == "Assertion"
    assert cells(dialog)[0][0] == "Assertion"
    project.store.undo()
    assert cells(dialog)[0][0] == "Claim"
    assert dialog.forms["labels"].name.text() == "Claim"


def test_a_key_that_is_taken_is_refused_with_its_owner_and_the_field_shows_what_is_in_force(
    dialog, project, write
):
    form = label_form(dialog, "claim")
    form.key.setFocus()
    write("2")
    assert "Denial" in dialog.remark.text
    assert form.key.text() == "1"
    write("f")
    assert "Select from word to word" in dialog.remark.text
    write("8")
    assert dialog.remark.text == ""
    assert scheme(project).keys["claim"] == "8"


def test_a_colour_and_a_letter_that_are_taken_are_refused(dialog, project, write, qtbot):
    form = label_form(dialog, "claim")
    form.letter.setFocus()
    write("d")
    assert "Denial" in dialog.remark.text
    form.colour.setCurrentIndex(form.colour.findData("green"))
    form.colour.activated.emit(form.colour.currentIndex())
    assert "Evidence" in dialog.remark.text
    assert form.colour.currentData() == "blue"
    form.colour.setCurrentIndex(form.colour.findData("rose"))
    form.colour.activated.emit(form.colour.currentIndex())
    assert scheme(project).colours["claim"] == "rose"


def test_a_definition_is_saved_when_it_is_left_and_marks_made_before_are_counted(
    dialog, project, press, qtbot
):
    form = label_form(dialog, "denial")
    form.codebook.text.setFocus()
    qtbot.keyClicks(form.codebook.text, "Not every sentence with a not in it. ")
    press(Key.Key_Return, CONTROL)
    assert scheme(project).version == 2
    assert scheme(project).labels["denial"].codebook.startswith("Not every sentence")
    qtbot.waitUntil(lambda: form.older.text().startswith("2 marks"))
    assert form.recheck.isVisible()


def test_a_mended_comma_asks_for_no_second_look(dialog, project, press, qtbot):
    form = label_form(dialog, "denial")
    form.codebook.text.setFocus()
    qtbot.keyClicks(form.codebook.text, "Also: ")
    press(Key.Key_Tab)
    press(Key.Key_Space)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    assert scheme(project).labels["denial"].codebook.startswith("Also: ")
    assert scheme(project).version == 1
    qtbot.waitUntil(lambda: not form.is_reading)
    assert not form.older.text()


def test_what_is_being_written_is_kept_when_another_row_is_chosen(dialog, project, qtbot):
    form = label_form(dialog, "denial")
    form.codebook.text.setPlainText("Written, not saved.")
    dialog.rows.stand_on("labels", "claim")
    assert scheme(project).labels["denial"].codebook == "Written, not saved."
    assert form.codebook.text.toPlainText() == scheme(project).labels["claim"].codebook


def test_a_merge_says_first_how_many_marks_change_and_then_changes_them(dialog, project, qtbot):
    form = label_form(dialog, "denial")
    form.merge.into.setCurrentIndex(form.merge.into.findData("claim"))
    form.merge.into.activated.emit(form.merge.into.currentIndex())
    assert form.merge.preview.text() == "2 marks would change."
    qtbot.mouseClick(form.merge.button, Qt.MouseButton.LeftButton)
    assert read.mark(project.store, project.denial).label == "claim"
    assert "denial" not in scheme(project).labels
    assert "2 marks" in dialog.remark.text
    assert [row[0] for row in cells(dialog)][:2] == ["Claim", "Evidence"]
    qtbot.waitUntil(lambda: cells(dialog)[0][2] == "3")


def test_a_label_in_use_is_not_deleted_and_one_that_is_not_goes(dialog, project, press):
    dialog.rows.stand_on("labels", "denial")
    press(Key.Key_Delete)
    assert dialog.remark.text.startswith("Marks have the label “Denial” (2)")
    assert "denial" in scheme(project).labels
    dialog.rows.stand_on("labels", "hedge")
    press(Key.Key_Delete)
    assert "hedge" not in scheme(project).labels
    assert dialog.rows.current == ("labels", "source_mention")


def test_an_attribute_with_values_goes_only_when_asked_twice(dialog, project, press):
    dialog.rows.stand_on("attributes", "certainty")
    press(Key.Key_Delete)
    assert dialog.remark.text.startswith("4 marks would lose")
    assert "certainty" in scheme(project).attributes
    press(Key.Key_Delete)
    assert "certainty" not in scheme(project).attributes
    assert "certainty" not in read.mark(project.store, project.claim).attributes


def test_rows_are_moved_by_keys(dialog, project, press):
    dialog.rows.stand_on("labels", "claim")
    press(Key.Key_Down, CONTROL)
    assert list(scheme(project).labels)[:2] == ["denial", "claim"]
    assert dialog.rows.current == ("labels", "claim")


def test_new_rows_are_made_in_each_group(dialog, project):
    dialog.add_row("labels", "Rumour", like="claim")
    assert dialog.rows.current == ("labels", "rumour")
    assert scheme(project).colours["rumour"] == "rose"
    dialog.add_row("attributes", "Tone")
    dialog.add_row("link_kinds", "Mocks", like="denies")
    dialog.add_row("presets", "Mine", like="quick")
    assert dialog.rows.current == ("presets", "Mine")
    assert "tone" in scheme(project).attributes
    assert scheme(project).link_kinds["mocks"].targets == scheme(project).link_kinds["denies"].targets
    dialog.add_row("labels", "rumour")
    assert "there already" in dialog.remark.text


def test_an_attribute_and_a_kind_of_link_defined_anew_wait_for_a_second_look(dialog, project, press, qtbot):
    for group, row, words in (("attributes", "certainty", "4 marks"), ("link_kinds", "denies", "1 link")):
        dialog.rows.stand_on(group, row)
        form = dialog.forms[group]
        form.codebook.text.setFocus()
        qtbot.keyClicks(form.codebook.text, "Anew.")
        press(Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda form=form, words=words: form.older.text().startswith(words))
        with qtbot.waitSignal(dialog.older_asked):
            qtbot.mouseClick(form.recheck, Qt.MouseButton.LeftButton)


def test_a_flag_of_marks_goes_only_when_asked_twice_and_merges_with_a_preview(dialog, project, press, qtbot):
    edits.edit_mark(project.store, project.claim, flags=("anaphoric", "presupposed"))
    dialog.rows.stand_on("flags", "anaphoric")
    press(Key.Key_Delete)
    assert dialog.remark.text.startswith("1 mark would lose it")
    press(Key.Key_Delete)
    assert read.mark(project.store, project.claim).flags == ("presupposed",)
    dialog.rows.stand_on("flags", "presupposed")
    form = dialog.forms["flags"]
    form.merge.into.setCurrentIndex(form.merge.into.findData("implicit_source"))
    form.merge.into.activated.emit(form.merge.into.currentIndex())
    assert form.merge.preview.text() == "1 mark would change."
    qtbot.mouseClick(form.merge.button, Qt.MouseButton.LeftButton)
    assert read.mark(project.store, project.claim).flags == ("implicit_source",)
    assert dialog.remark.text.startswith("Done: 1 mark changed")


def test_a_kind_of_source_in_use_is_refused_with_how_many_have_it(dialog, project, press, write):
    edits.edit_source(project.store, project.ministry, kind="state")
    dialog.rows.stand_on("source_kinds", "state")
    press(Key.Key_Delete)
    assert dialog.remark.text.startswith("1 source is of the kind “state”")
    dialog.rows.stand_on("source_kinds", "unknown")
    press(Key.Key_Delete)
    assert "this kind stays" in dialog.remark.text
    dialog.forms["source_kinds"].name.setFocus()
    write("state")
    assert "there already" in dialog.remark.text
    assert dialog.forms["source_kinds"].name.text() == "unknown"


def test_links_between_claims_are_made_to_say_the_same_from_either_end(dialog, project, qtbot):
    dialog.add_row("proposition_link_kinds", "Echoes")
    assert dialog.rows.current == ("proposition_link_kinds", "echoes")
    form = dialog.forms["proposition_link_kinds"]
    qtbot.mouseClick(form.symmetric, Qt.MouseButton.LeftButton)
    row = scheme(project).data["proposition_link_kinds"][-1]
    assert (row["name"], row["symmetric"]) == ("Echoes", True)
    project.store.undo()
    assert not form.symmetric.isChecked()


def test_parts_of_articles_are_defined_and_put_in_another_order(dialog, project, press, qtbot):
    dialog.rows.stand_on("region_kinds", "title")
    press(Key.Key_Down, CONTROL)
    assert scheme(project).data["region_kinds"][:2] == ["byline", "title"]
    form = dialog.forms["region_kinds"]
    form.codebook.text.setPlainText("What stands over the text.")
    dialog.rows.stand_on("region_kinds", "caption")
    assert scheme(project).data["region_kind_codebook"] == {"title": "What stands over the text."}
    assert form.codebook.means_more.isHidden()


def test_a_label_that_a_saved_search_asks_for_goes_only_when_asked_twice(dialog, project, press):
    search = SavedSearch(id="", name="Weak words", query="label=Hedge")
    edits.add_record(project.store, search)
    dialog.rows.stand_on("labels", "hedge")
    press(Key.Key_Delete)
    assert "Saved searches ask for it: “Weak words”" in dialog.remark.text
    assert "hedge" in scheme(project).labels
    press(Key.Key_Delete)
    assert "hedge" not in scheme(project).labels


def test_a_label_is_renamed_in_the_saved_searches_too(dialog, project, press, write):
    edits.add_record(project.store, SavedSearch(id="", name="Denials", query="label=Denial"))
    dialog.rows.stand_on("labels", "denial")
    press(Key.Key_Return)
    write("Flat refusal")
    (kept,) = read.records(project.store, SavedSearch)
    assert kept.query == 'label="Flat refusal"'
    assert "1 saved search" in dialog.remark.text


def test_merging_and_splitting_need_no_scrolling_on_a_small_screen(dialog, project, qtbot):
    dialog.resize(760, 480)
    form = label_form(dialog, "claim")
    bottom = form.split.mapTo(form, form.split.rect().bottomLeft()).y()
    assert bottom < form.viewport().height()


def test_values_are_added_renamed_moved_and_deleted(dialog, project, press, write):
    dialog.rows.stand_on("attributes", "certainty")
    form = dialog.forms["attributes"]
    form.values.new.setFocus()
    write("Doubtful")
    assert scheme(project).attributes["certainty"].values[-1] == "doubtful"
    form.values.list.setFocus()
    form.values.list.setCurrentRow(4)
    form.values.list.currentItem().setText("in doubt")
    assert scheme(project).attributes["certainty"].value_name("doubtful") == "in doubt"
    press(Key.Key_Up, CONTROL)
    assert scheme(project).attributes["certainty"].values[3] == "doubtful"
    press(Key.Key_Delete)
    assert "doubtful" not in scheme(project).attributes["certainty"].values
    form.values.list.setCurrentRow(0)
    press(Key.Key_Delete)
    assert "Choose another value" in dialog.remark.text
    assert form.values.list.item(0).text() == "certain"


def test_a_value_in_use_goes_only_when_asked_twice(dialog, project, press):
    edits.set_attribute(project.store, project.claim, "certainty", "possible")
    dialog.rows.stand_on("attributes", "certainty")
    form = dialog.forms["attributes"]
    form.values.list.setFocus()
    form.values.list.setCurrentRow(2)
    form.values.list.currentItem().setText("“maybe” {or not}")
    press(Key.Key_Delete)
    assert dialog.remark.text.startswith("1 mark")
    assert "«“maybe” {or not}»" in dialog.remark.text
    press(Key.Key_Delete)
    assert read.mark(project.store, project.claim).attributes["certainty"] == "certain"


def test_an_end_that_links_have_stays_ticked(dialog, project):
    dialog.rows.stand_on("link_kinds", "denies")
    form = dialog.forms["link_kinds"]
    form.ends["from"].item(1).setCheckState(Qt.CheckState.Unchecked)
    assert "1 link “denies” starts at “Denial”" in dialog.remark.text
    assert "denial" in form.ends["from"].on()
    form.ends["from"].item(0).setCheckState(Qt.CheckState.Unchecked)
    assert scheme(project).link_kinds["denies"].origins == ("denial",)


def test_a_preset_is_put_to_work_and_shows_what_is_ticked(dialog, project, qtbot):
    dialog.rows.stand_on("presets", "quick")
    form = dialog.forms["presets"]
    form.lists["labels"].item(3).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(form.use, Qt.MouseButton.LeftButton)
    assert [label.id for label in scheme(project).shown_labels()][-1] == "no_comment"
    assert scheme(project).preset_name == "quick"
    assert not form.use.isVisible()


def test_some_marks_are_split_off_into_a_new_label(dialog, project, qtbot):
    form = label_form(dialog, "denial")
    form.ask_split()
    split = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SplitDialog))
    split.accept()
    assert "name" in split.remark.text
    qtbot.keyClicks(split.name, "Evasion")
    split.accept()
    assert "Tick" in split.remark.text
    split.list.item(0).setCheckState(Qt.CheckState.Checked)
    split.accept()
    labels = {read.mark(project.store, mark).label for mark in (project.denial, project.repeated)}
    assert labels == {"denial", "evasion"}


def test_the_marks_of_a_split_are_found_by_their_words(dialog, project, look, qtbot):
    split = SplitDialog(project.store, look, dialog, "denial")
    qtbot.addWidget(split)
    split.filter.setText("gate was")
    split.reread()
    assert len(split.list.ids()) == 1
    split.tick_all()
    split.filter.setText("")
    split.reread()
    assert split.list.on() == [project.denial]
    split.reject()


def test_a_scheme_goes_out_as_a_file_and_comes_in_again(dialog, project, tmp_path):
    out = tmp_path / "scheme.json"
    dialog.write_file(out)
    data = json.loads(out.read_text(encoding="utf-8"))
    assert data["type"] == "scheme"
    data["labels"].append({"id": "rumour", "name": "Rumour"})
    out.write_text(json.dumps(data), encoding="utf-8")
    dialog.take_file(out, merge_scheme)
    assert "rumour" in scheme(project).labels
    out.write_text('{"labels": [{"id": "claim"}]}', encoding="utf-8")
    dialog.take_file(out, replace_scheme)
    assert "Marks have the label “Denial” (2)" in dialog.remark.text
    out.write_text("{", encoding="utf-8")
    dialog.take_file(out, replace_scheme)
    assert "no JSON" in dialog.remark.text
    out.write_text('{"labels": [{"id": "a"}, {"id": "a"}]}', encoding="utf-8")
    dialog.take_file(out, merge_scheme)
    assert "twice" in dialog.remark.text


def test_very_many_marks_in_a_file_are_counted_first_and_merged_beside_the_window(tmp_path, look, qtbot):
    store = Store.create(tmp_path / "many.annotator", Identity(name="Ada"))
    text = "The port denied on Monday that the ferry had left too early. " * 20
    (where,) = put_in(store, article(text, "Ferry"))
    fill(store, where, text, 1500)
    made = SchemeDialog(Session(store), look)
    qtbot.addWidget(made)
    made.show()
    form = label_form(made, "claim")
    form.merge.into.setCurrentIndex(form.merge.into.findData("evidence"))
    form.merge.into.activated.emit(form.merge.into.currentIndex())
    assert form.merge.preview.text() == "1,500 marks would change."
    form.merge.button.click()
    assert "1,500 marks" in made.remark.text
    qtbot.waitUntil(lambda: cells(made)[1][2] == "1,500")
    store.undo()
    qtbot.waitUntil(lambda: cells(made)[0][2] == "1,500")
    made.close()
    store.close()
