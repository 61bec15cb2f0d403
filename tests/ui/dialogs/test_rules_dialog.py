"""The list of rules: what each finds, how often it was right in this project, and whether it is on."""

from PySide6.QtCore import Qt

from annotator.domain.proposing import rule_book
from annotator.domain.scheme_changes import rename
from annotator.store import edits, read
from annotator.ui.dialogs.rules_dialog import RulesDialog

TEXT = "“No gate was opened,” Mara Lind said. The council did not comment."


def columns(dialog, name):
    for number in range(dialog.list.topLevelItemCount()):
        item = dialog.list.topLevelItem(number)
        if item.text(0).startswith(f"{name} "):
            return item, [item.text(column) for column in range(1, 5)]
    raise AssertionError(name)


def test_each_rule_is_listed_with_what_was_decided_of_its_proposals(project, look, shown, qtbot):
    proposals = [one for found in rule_book().propose(TEXT) for one in found]
    edits.take_proposal(project.store, project.first, proposals[0]._replace(cue=(), mention=(), source=None))
    for _ in range(3):
        edits.drop_proposal(project.store, project.first, proposals[0])
    dialog = RulesDialog(look, None, project.store, frozenset())
    shown(dialog)
    qtbot.waitUntil(lambda: columns(dialog, "quote-who-said")[1][1] != "")
    assert columns(dialog, "quote-who-said")[1] == ["Claim", "1", "3", "25%"]
    assert columns(dialog, "silence")[1][1:] == ["", "", ""]
    dialog.reject()


def test_a_label_with_a_long_name_leaves_the_rule_its_room(project, look, shown):
    name = "Denial of a claim, its basis, its author or the proceedings as a whole"
    edits.change_scheme(project.store, rename(read.scheme(project.store), "labels", "denial", name))
    dialog = RulesDialog(look, None, project.store, frozenset())
    shown(dialog)
    item, (label, *_) = columns(dialog, "denied")
    assert len(label) <= 25
    assert item.toolTip(1) == name
    dialog.reject()


def test_a_rule_without_its_tick_is_off(project, look, shown):
    dialog = RulesDialog(look, None, project.store, frozenset({"denied"}))
    shown(dialog)
    item, _ = columns(dialog, "silence")
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.rules_off() == {"denied", "silence"}
    dialog.reject()
