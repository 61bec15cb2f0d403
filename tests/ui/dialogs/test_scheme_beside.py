"""The scheme beside the text: it stays open there, and what is changed in it is seen at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from annotator.domain.model import Ref
from annotator.domain.scheme_changes import set_codebook
from annotator.store import edits, read
from annotator.store.loose_ends import catch_up, counts
from annotator.ui.dialogs.scheme.dialog import SchemeDialog

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_flag_is_renamed_by_keys_and_the_panel_calls_it_so(desk, qtbot):
    mark = desk.put("the ferry had left too early")
    desk.window.commands.edit_scheme()
    (editor,) = desk.window.findChildren(SchemeDialog)
    editor.rows.stand_on("flags", "implicit_source")
    qtbot.keyClick(editor.rows, Key.Key_Return)
    name = editor.forms["flags"].name
    assert name.text() == "Source implicit"
    name.selectAll()
    qtbot.keyClicks(name, "Nobody says it")
    qtbot.keyClick(name, Key.Key_Return)
    desk.hold(mark)
    desk.window.panels.mark.settle()
    boxes = [one.text() for one in desk.window.panels.mark.findChildren(QCheckBox)]
    assert "Nobody says it" in boxes
    qtbot.keyClick(editor, Key.Key_Z, CONTROL)
    assert read.scheme(desk.store).data.get("flag_names") is None


def test_a_mark_made_under_an_older_definition_is_confirmed_by_one_key(desk):
    mark = desk.put("the ferry had left too early")
    store = desk.store
    edits.change_scheme(store, set_codebook(read.scheme(store), "labels", "claim", "Anew."))
    catch_up(store)
    assert counts(store)[False]["older_definition"] == 1
    desk.hold(mark)
    desk.keys.press(Key.Key_Y)
    assert read.mark(store, mark).scheme_version == 2
    catch_up(store)
    assert "older_definition" not in counts(store)[False]
    desk.keys.press(Key.Key_Z, CONTROL)
    assert read.mark(store, mark).scheme_version == 1


def test_one_key_confirms_the_values_and_the_links_of_a_mark_too(desk):
    claim, denial = desk.put("the ferry had left too early"), desk.put("denied", "denial")
    store = desk.store
    edits.add_link(store, "corroborates", Ref("mark", denial), Ref("mark", claim))
    for group, row in (("link_kinds", "corroborates"), ("attributes", "denial_kind")):
        edits.change_scheme(store, set_codebook(read.scheme(store), group, row, "Anew."))
    catch_up(store)
    assert counts(store)[False]["older_definition"] == 2
    desk.hold(denial)
    desk.keys.press(Key.Key_Y)
    catch_up(store)
    assert "older_definition" not in counts(store)[False]


def test_the_scheme_stays_open_beside_the_text_and_is_there_once(desk, qtbot):
    desk.window.commands.edit_scheme()
    desk.window.commands.edit_scheme()
    (editor,) = desk.window.findChildren(SchemeDialog)
    assert not editor.isModal()
    mark = desk.put("the ferry had left too early")
    qtbot.waitUntil(lambda: editor.rows.topLevelItem(0).child(0).text(2) == "1")
    editor.rows.stand_on("labels", "claim")
    form = editor.forms["labels"]
    form.colour.setCurrentIndex(form.colour.findData("rose"))
    form.colour.activated.emit(form.colour.currentIndex())
    styles = desk.window.look.text.styles
    assert styles["claim"].bar == editor.work.dressed.text.styles["claim"].bar
    qtbot.keyClick(editor, Key.Key_Z, CONTROL)
    assert read.scheme(desk.store).colours["claim"] == "blue"
    assert read.mark(desk.store, mark).label == "claim"
    form.codebook.text.setPlainText("Kept when the window closes.")
    desk.window.close()
    assert not editor.isVisible()
    assert read.scheme(desk.store).labels["claim"].codebook == "Kept when the window closes."


def test_the_scheme_beside_the_text_follows_another_theme_and_keeps_what_is_written(desk):
    desk.window.commands.edit_scheme()
    (editor,) = desk.window.findChildren(SchemeDialog)
    before = [editor.add.icon().cacheKey(), editor.rows.currentItem().icon(0).cacheKey()]
    editor.rows.stand_on("labels", "denial")
    editor.forms["labels"].codebook.text.setPlainText("Says that it is not so.")
    try:
        desk.window.dressing.set_theme("dark")
        assert editor.rows.current == ("labels", "denial")
        assert editor.pages.currentWidget() is editor.forms["labels"]
        assert editor.forms["labels"].codebook.text.toPlainText() == "Says that it is not so."
        assert read.scheme(desk.store).labels["denial"].codebook == "Says that it is not so."
        assert editor.work.dressed.name == "dark"
        assert editor.add.icon().cacheKey() != before[0]
    finally:
        desk.window.dressing.set_theme("light")


def test_a_definition_is_read_over_a_label(desk):
    change = set_codebook(read.scheme(desk.store), "labels", "claim", "<b>What</b> one could contradict")
    edits.change_scheme(desk.store, change)
    desk.hold(desk.put("the ferry had left too early"))
    desk.window.panels.mark.settle()
    chip = desk.window.panels.mark.page.chip
    assert "<b>What</b> one could contradict" in chip.toolTip()
