"""The claims of a report: which are ticked, and in which order."""

import pytest
from PySide6.QtCore import Qt

from annotator.ui.dialogs.ordered_claims import OrderedClaims


@pytest.fixture
def claims(qtbot):
    made = OrderedClaims({"a": "Ships wait", "b": "Nobody waits", "c": "All is well"}, is_large=False)
    qtbot.addWidget(made)
    made.fill(())
    return made


def test_what_is_ticked_follows_every_change_of_the_list(claims):
    told = []
    claims.edited.connect(lambda: told.append(claims.ticked()))
    assert claims.ticked() == ("a", "b", "c")
    claims.item(1).setCheckState(Qt.CheckState.Unchecked)
    claims.move_current(1)
    claims.item(0).setCheckState(Qt.CheckState.Checked)
    claims.model().moveRow(claims.rootIndex(), 2, claims.rootIndex(), 0)
    assert (told[0], told[-1]) == (("a", "c"), ("c", "b", "a"))
    claims.fill(("c",))
    assert claims.ticked() == ("c",)


def test_what_is_ticked_is_read_once_between_two_changes(claims, monkeypatch):
    claims.ticked()
    monkeypatch.setattr(claims, "item", None)
    assert claims.ticked() == ("a", "b", "c")
