"""What a smaller file would save and cost is said before it is made."""

import pytest
from PySide6.QtCore import Qt

from annotator.store import edits
from annotator.store.packing import Saving
from annotator.store.store import Identity, Store
from annotator.ui.dialogs import pack_dialog
from annotator.ui.dialogs.pack_dialog import PackDialog


@pytest.fixture
def store(tmp_path):
    made = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    edits.add_source(made, "Ministry")
    yield made
    made.close()


@pytest.fixture
def asked(monkeypatch):
    """Packing would save more the less is kept; the days that were asked about."""
    days_asked = []

    def saving(store, days):
        days_asked.append(days)
        return Saving(12_300_000, 0 if days > 365 else 4_100_000)

    monkeypatch.setattr(pack_dialog, "saving", saving)
    return days_asked


def test_what_is_saved_is_said_before_anything_is_done(store, asked, look, shown, qtbot):
    dialog = PackDialog(store, look)
    assert not dialog.accept_button.isEnabled()
    shown(dialog)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert dialog.figures.text() == "The project has 12.3 MB. It would have about 8.2 MB."
    assert (asked, dialog.days()) == ([90], 90)


def test_where_nothing_is_saved_nothing_is_offered(store, asked, look, shown, qtbot):
    dialog = PackDialog(store, look)
    shown(dialog)
    dialog.days_kept.setValue(400)
    qtbot.waitUntil(lambda: "nothing to save" in dialog.figures.text())
    assert not dialog.accept_button.isEnabled()
    dialog.days_kept.setValue(0)
    qtbot.waitUntil(dialog.accept_button.isEnabled)


def test_enter_in_the_number_of_days_makes_it_smaller(store, asked, look, shown, qtbot):
    dialog = PackDialog(store, look)
    shown(dialog)
    dialog.days_kept.setValue(30)
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    qtbot.keyClick(dialog.days_kept, Qt.Key.Key_Return)
    assert dialog.result() == PackDialog.DialogCode.Accepted


def test_why_it_cannot_be_said_is_told(store, look, shown, qtbot):
    dialog = PackDialog(store, look)
    shown(dialog)
    store.close()
    dialog.days_kept.setValue(1)
    qtbot.waitUntil(lambda: not dialog._reader.is_waiting)
    assert not dialog.accept_button.isEnabled()
