"""A corrected article comes in, takes the marks over, and the links of other articles follow."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.store import lists, read
from annotator.store.newer import links_left
from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.dialogs.version_offer import VersionOffer
from annotator.ui.dialogs.version_review import VersionReview
from tests.flows.analyst import CTRL, settle
from tests.flows.dialogs import answer
from tests.flows.keyboard import Keyboard
from tests.flows.texts import FIRST, SECOND, quoted

Key = Qt.Key
CLAIM = quoted(FIRST, "this campaign was started in Karsk")


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """The first article again, under its headline, with a word put right."""
    folder = tmp_path / "again"
    folder.mkdir()
    path = folder / "first.txt"
    headline, _, rest = FIRST.partition("\n")
    text = f"{headline}\n\nCorrected.\n{rest.replace('found in July', 'found in June')}"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_corrected_article_is_brought_in_linked_and_answered_by_keys_alone(window, corrected):
    keys, store = Keyboard(window), window.session.store
    claim = keys.mark_words(CLAIM, "claim")
    keys.press(Key.Key_P)
    keys.next_article()
    denial = keys.mark_words(quoted(SECOND, "“a comedy for the press.”"), "denial")
    keys.press(Key.Key_D)
    keys.type("1")
    (link,) = [row.link for row in lists.links(store, [denial])]
    answer(
        ImportDialog,
        lambda dialog: QTest.keyClick(dialog.accept_button, Key.Key_Return),
        lambda dialog: not dialog.is_reading,
    )
    answer(VersionOffer, lambda dialog: QTest.keyClick(dialog.list, Key.Key_Return))
    window.commands.import_files([corrected])
    settle()
    (review,) = window.findChildren(VersionReview)
    assert "The same words: 1" in review.summary.text()
    new = window.session.focus.article
    (left,) = links_left(store, new)
    assert (left.link, left.older) == (link, claim)
    review.links.list.setFocus()
    QTest.keyClick(review.links.list, Key.Key_Return)
    assert links_left(store, new) == []
    assert read.link(store, left.link).target.id == left.newer
    QTest.keyClick(review, Key.Key_Escape)
    settle()
    assert "Corrected." in keys.text
    keys.press(Key.Key_Z, CTRL)
    assert [one.link for one in links_left(store, new)] == [left.link]
    keys.press(Key.Key_Z, CTRL)
    assert read.article(store, new).version_of is None
