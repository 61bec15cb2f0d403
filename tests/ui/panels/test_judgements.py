"""Judging by keys and mouse: a value, a reason, what was judged before, scales switched on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from annotator.domain.model import Ref
from annotator.store import edits, read
from annotator.store.lists.judgements import judgements
from annotator.ui import icons
from annotator.ui.dialogs.judging import JudgingDialog, in_hand, name_of
from annotator.ui.panels.claims import ClaimsPanel
from annotator.ui.panels.inspector import MarkInspector
from annotator.ui.panels.judged import Judged
from annotator.ui.panels.judgements import JudgementStrip
from annotator.ui.panels.sources import SourcesPanel
from tests.ui.panels.project import Project
from tests.ui.panels.reading import read_page

Key = Qt.Key


@pytest.fixture
def claim(project: Project) -> Ref:
    return Ref("proposition", read.mentions_of(project.store, project.claim)[0].proposition)


@pytest.fixture
def strip(project: Project, look, shown, claim):
    edits.set_preset(project.store, "analyst")
    made = JudgementStrip(project.session, look, claim)
    shown(made)
    return made


def judged(project, target):
    return [(one.scale, one.value, one.reason) for one in judgements(project.store, target)]


def choose(qtbot, strip, scale, steps):
    """Open the values of a scale with the keyboard and take one so many lines below."""
    values = strip.rows[scale].values
    values.setFocus()
    qtbot.keyClick(values, Key.Key_Space)
    view = values.view()
    for _ in range(steps):
        qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Return)


def test_a_value_asks_for_its_reason_and_enter_stores_both(project, strip, claim, qtbot):
    choose(qtbot, strip, "verdict", 2)
    reason = strip.rows["verdict"].reason
    assert reason.isVisible()
    assert judged(project, claim) == []
    qtbot.keyClicks(reason, "Two logbooks")
    qtbot.keyClick(reason, Key.Key_Return)
    assert judged(project, claim) == [("verdict", "mostly_true", "Two logbooks")]
    assert "Two logbooks" in strip.rows["verdict"].signed.accessibleName()


def test_the_reason_may_stay_empty(project, strip, claim, qtbot):
    choose(qtbot, strip, "likelihood", 1)
    qtbot.keyClick(strip.rows["likelihood"].reason, Key.Key_Return)
    assert judged(project, claim) == [("likelihood", "almost_certain", "")]


def test_escape_leaves_what_was_in_force(project, strip, claim, qtbot):
    edits.judge(project.store, claim, "confidence", "low")
    choose(qtbot, strip, "confidence", 1)
    qtbot.keyClick(strip.rows["confidence"].reason, Key.Key_Escape)
    assert strip.rows["confidence"].values.currentText() == "low"
    assert len(judged(project, claim)) == 1


def test_earlier_judgements_are_listed_and_delete_withdraws_the_last(project, strip, claim, qtbot):
    edits.judge(project.store, claim, "confidence", "low", "Hearsay")
    edits.judge(project.store, claim, "confidence", "high")
    assert strip.earlier.text() == "2 judgements so far"
    qtbot.mouseClick(strip.earlier, Qt.MouseButton.LeftButton)
    assert [entry.right for entry in strip.history.entries] == ["in force", "earlier"]
    qtbot.keyClick(strip.history, Key.Key_Delete)
    assert strip.rows["confidence"].values.currentText() == "low"


def test_undo_shows_again_what_was_in_force_before(project, strip, claim):
    edits.judge(project.store, claim, "confidence", "low")
    edits.judge(project.store, claim, "confidence", "high")
    project.store.undo()
    assert strip.rows["confidence"].values.currentText() == "low"


def test_a_scale_is_switched_on_from_the_menu(project, strip, claim):
    edits.set_preset(project.store, "quick")
    assert list(strip.rows) == ["verdict", "confidence"]
    strip.more.menu().actions()[0].trigger()
    assert list(strip.rows) == ["verdict", "confidence", "likelihood"]
    project.store.undo()
    assert list(strip.rows) == ["verdict", "confidence"]


def test_what_cannot_be_judged_is_offered_last_and_apart(strip):
    values = strip.rows["credibility"].values
    texts = [values.itemText(row) for row in range(values.count())]
    assert texts[-2:] == ["", "6 — cannot be judged"]


def test_a_judgement_that_was_begun_is_stored_when_another_thing_is_shown(project, strip, claim, qtbot):
    choose(qtbot, strip, "verdict", 1)
    qtbot.keyClicks(strip.rows["verdict"].reason, "As far as seen")
    strip.show_target(Ref("source", project.lind))
    assert judged(project, claim) == [("verdict", "true", "As far as seen")]
    assert list(strip.rows) == ["reliability", "confidence"]


def test_what_a_silent_mark_does_to_a_claim_is_called_silence(project, claim):
    quiet = edits.add_mark(
        project.store, read.mark(project.store, project.claim).article, "no_comment", [(0, 3)]
    )
    mention = Ref("mention", edits.add_mention(project.store, quiet, claim.id, "support"))
    assert "gives no comment" in name_of(project.store, mention)


def test_the_dialog_offers_claim_mention_source_and_article_of_the_mark_in_hand(project, look, qtbot):
    project.session.hold(project.denial)
    targets = in_hand(project.store, project.session.focus)
    tables = ["proposition", "mention", "source", "source", "article"]
    assert [one.table for one in targets] == tables
    dialog = JudgingDialog(project.session, look, None, targets)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.about.setCurrentIndex(2)
    assert dialog.about.currentText() == name_of(project.store, Ref("source", project.lind))
    choose(qtbot, dialog.strip, "confidence", 1)
    qtbot.keyClicks(dialog.strip.rows["confidence"].reason, "Quoted at length")
    qtbot.mouseClick(
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "Done"),
        Qt.MouseButton.LeftButton,
    )
    assert judged(project, targets[2]) == [("confidence", "high", "Quoted at length")]


class TestInPlace:
    """What is thought of something is said beside it, without a dialog."""

    @pytest.fixture
    def page(self, project, look, shown, claim):
        edits.set_preset(project.store, "analyst")
        panel = ClaimsPanel(project.session, look)
        shown(panel)
        panel.stand_on(claim.id)
        read_page(panel)
        return panel

    def test_one_key_opens_the_scales_of_the_claim_and_says_afterwards_what_was_said(
        self, project, page, claim, qtbot
    ):
        judged = page.page.judged
        assert judged.summary.accessibleName() == "not judged"
        qtbot.keyClick(page.tree, Key.Key_J)
        assert judged.strip.isVisible()
        choose(qtbot, judged.strip, "verdict", 2)
        qtbot.keyClick(judged.strip.rows["verdict"].reason, Key.Key_Return)
        assert "mostly true" in judged.summary.accessibleName()
        qtbot.keyClick(judged.strip.rows["verdict"].values, Key.Key_Escape)
        assert not judged.strip.isVisible()
        project.store.undo()
        read_page(page)
        assert judged.summary.accessibleName() == "not judged"

    def test_a_mention_the_list_stands_on_is_judged_itself(self, project, page, claim, qtbot):
        page.tree.expandAll()
        page.tree.setCurrentIndex(page.model.index(0, 0, page.tree.currentIndex()))
        qtbot.keyClick(page.tree, Key.Key_J)
        assert page.page.judged.target.table == "mention"
        assert page.page.judged.toggle.text() == "Judgements of this mention"

    def test_a_source_is_graded_in_its_dossier_and_the_next_source_shows_its_own(
        self, project, look, shown, qtbot
    ):
        edits.set_preset(project.store, "analyst")
        panel = SourcesPanel(project.session, look)
        shown(panel)
        panel.stand_on(project.lind)
        read_page(panel)
        qtbot.keyClick(panel.page.lines, Key.Key_J)
        judged = panel.page.judged
        choose(qtbot, judged.strip, "reliability", 2)
        qtbot.keyClicks(judged.strip.rows["reliability"].reason, "Was right before")
        qtbot.keyClick(judged.strip.rows["reliability"].reason, Key.Key_Return)
        assert judged_values(project, Ref("source", project.lind)) == [("reliability", "B")]
        assert "B" in judged.summary.accessibleName()
        panel.stand_on(project.gazette)
        read_page(panel)
        assert judged.summary.accessibleName() == "not judged"

    def test_what_a_mark_says_is_judged_below_its_claim_in_the_panel_of_the_mark(
        self, project, look, shown, claim, qtbot
    ):
        edits.set_preset(project.store, "analyst")
        panel = MarkInspector(project.session, look, list)
        shown(panel)
        project.session.hold(project.denial)
        (judged,) = panel.page.claims.judged
        panel.resize(264, 480)
        qtbot.waitUntil(lambda: judged.summary.text() == "not judged")
        qtbot.keyClick(judged.toggle, Key.Key_Space)
        choose(qtbot, judged.strip, "credibility", 2)
        qtbot.keyClicks(judged.strip.rows["credibility"].reason, "Only heard of")
        (mention,) = read.mentions_of(project.store, project.denial)
        project.session.hold(project.claim)
        assert judged_values(project, Ref("mention", mention.id)) == [("credibility", "2")]
        project.session.hold(project.denial)
        (judged,) = panel.page.claims.judged
        qtbot.waitUntil(judged.isVisible)
        assert "2" in judged.summary.accessibleName()
        project.store.undo()
        assert judged.summary.accessibleName() == "not judged"

    def test_the_scales_take_no_more_height_than_there_is(self, page, qtbot):
        page.resize(420, 150)
        qtbot.keyClick(page.tree, Key.Key_J)
        assert page.minimumSizeHint().height() <= 220


def judged_values(project, target):
    return [(scale, value) for scale, value, _ in judged(project, target)]


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_arrow_of_a_judged_line_stands_before_its_words(project, look, shown, qtbot, claim, direction):
    line = Judged(project.session, look)
    line.setLayoutDirection(direction)
    line.show_target(claim)
    shown(line)
    is_leftward = direction is Qt.LayoutDirection.RightToLeft
    closed = line.toggle.icon().cacheKey()
    assert closed == icons.icon("previous" if is_leftward else "next", look).cacheKey()
    picture = line.toggle.grab().toImage()
    without = QToolButton()
    without.setText(line.toggle.text())
    assert line.toggle.sizeHint().width() >= without.sizeHint().width() + line.toggle.iconSize().width()
    assert line.toggle.arrowType() is Qt.ArrowType.NoArrow
    qtbot.mouseClick(line.toggle, Qt.MouseButton.LeftButton)
    assert line.room.isVisible()
    assert line.toggle.icon().cacheKey() == icons.icon("down", look).cacheKey()
    assert line.toggle.grab().toImage() != picture
    qtbot.keyClick(line.toggle, Key.Key_Escape)
    assert line.toggle.icon().cacheKey() == closed
