"""The inspector: the held mark, who says it, what it answers, and what is noted about it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyleOptionButton,
    QToolButton,
)

from annotator.domain.scheme_changes import rename
from annotator.store import edits, lists, read
from annotator.ui.dialogs.choices import ChoiceList
from annotator.ui.panels.inspector import MarkInspector
from annotator.ui.panels.mark_parts import RelayLine
from annotator.ui.panels.mark_values import CERTAINTY, Folded, Several
from annotator.ui.panels.mention_fields import MentionFields
from annotator.ui.panels.parts import Elided, TickBox, Words
from tests.store.samples import dump
from tests.ui.panels.project import FIRST, Project


@pytest.fixture
def panel(project: Project, look, shown):
    made = MarkInspector(project.session, look, lambda: ["Select words, then press 1."])
    shown(made)
    return made


def button(panel: MarkInspector, name: str) -> QToolButton:
    return next(one for one in panel.findChildren(QToolButton) if one.accessibleName() == name)


def combo(panel: MarkInspector, name: str) -> QComboBox:
    return next(one for one in panel.findChildren(QComboBox) if one.accessibleName() == name)


def on_claim(panel: MarkInspector) -> MentionFields:
    """What the mark does to its claim."""
    return panel.page.claims.rows[1].findChild(MentionFields)


def folded(panel: MarkInspector) -> Folded:
    """How certain the source is, where no word asks it."""
    return panel.findChild(Folded, CERTAINTY)


def unfold(project: Project, mark: str) -> None:
    """Let a word of the mark ask how certain its source is."""
    edits.edit_mark(project.store, mark, hedges=read.mark(project.store, mark).spans)


def choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_without_a_mark_it_says_what_to_do_next(panel):
    assert panel.hints.text() == "Select words, then press 1."
    assert panel.stack.currentIndex() == 0


def test_the_held_mark_is_shown_with_handle_words_source_and_relay(project, panel):
    project.session.hold(project.denial)
    assert panel.page.handle.text() == "M2"
    assert panel.page.quote.text() == "“No gate was opened”"
    assert panel.page.chain.source.text() == "Mara Lind"
    assert panel.page.chain.role.accessibleName() == "spokeswoman, Vodnik"
    assert any("Gazette" in line.accessibleName() for line in panel.page.chain.findChildren(RelayLine))


def test_a_mark_says_which_rule_or_who_proposed_it(project, panel):
    edits.edit_mark(project.store, project.denial, proposed_by="rule:who-said@1")
    edits.edit_mark(project.store, project.claim, proposed_by="a reader@home")
    project.session.hold(project.denial)
    assert panel.page.made.text().endswith("proposed by rule “who-said”")
    project.session.hold(project.claim)
    assert panel.page.made.text().endswith("proposed by a reader@home")


def test_the_source_row_asks_for_the_picker(project, panel, qtbot):
    project.session.hold(project.denial)
    with qtbot.waitSignal(panel.source_asked) as asked:
        qtbot.keyClick(panel.page.chain.source, Qt.Key.Key_Return)
    assert asked.args == [project.denial]
    with qtbot.waitSignal(panel.relay_asked):
        panel.page.chain.relay.click()


def test_in_a_narrow_panel_nothing_is_cut_off_beside_the_scroll_bar(project, panel, qtbot):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.denial)
    panel.resize(270, 400)
    area = next(area for area in panel.findChildren(QScrollArea) if area.isVisible())
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible())
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_a_relay_can_be_taken_out_and_comes_back_with_undo(project, panel):
    project.session.hold(project.denial)
    button(panel, "Take Gazette out of the chain").click()
    assert read.mark(project.store, project.denial).relays == ()
    project.store.undo()
    assert read.mark(project.store, project.denial).relays == (project.gazette,)


def test_two_relays_can_change_places(project, panel):
    edits.add_relay(project.store, project.denial, project.ministry)
    project.session.hold(project.denial)
    button(panel, "Gazette: farther from the speaker").click()
    assert read.mark(project.store, project.denial).relays == (project.ministry, project.gazette)


def test_a_new_source_is_shown_at_once(project, panel):
    project.session.hold(project.denial)
    edits.set_source(project.store, project.denial, project.ministry)
    assert panel.page.chain.source.text() == "Ministry of Water"


def hold_denial_of(project, panel, words):
    """Move the denial to some words of the article, and show it."""
    start = FIRST.index(words)
    edits.set_spans(project.store, project.denial, [(start, start + len(words))])
    project.session.hold(project.denial)
    panel.settle()


def test_words_that_are_quoted_themselves_stand_in_other_quotation_marks(project, panel):
    words = "“No gate was opened,” its spokeswoman Mara Lind told"
    hold_denial_of(project, panel, words)
    assert panel.page.quote.text() == f"«{words}»"
    project.session.hold(project.claim)
    panel.settle()
    texts = [entry.text for entry in panel.page.links.list.entries]
    assert f"← denied by  «{words}»" in texts


def test_words_that_bring_their_quotation_marks_get_no_others(project, panel):
    words = "“No gate was opened,”"
    hold_denial_of(project, panel, words)
    assert panel.page.quote.text() == words
    project.session.hold(project.claim)
    panel.settle()
    assert f"← denied by  {words}" in [entry.text for entry in panel.page.links.list.entries]


def test_links_are_told_in_words_from_both_ends(project, panel):
    project.session.hold(project.claim)
    texts = [entry.text for entry in panel.page.links.list.entries]
    assert texts[0].startswith("← denied by")
    assert "No gate was opened" in texts[0]
    assert texts[1].startswith("← supported by")
    project.session.hold(project.denial)
    assert panel.page.links.list.entries[0].text.startswith("→ denies")


def test_enter_on_a_link_goes_to_its_other_end(project, panel, qtbot):
    project.session.hold(project.denial)
    links: ChoiceList = panel.page.links.list
    links.step(1)
    links.step(1)
    qtbot.keyClick(links, Qt.Key.Key_Return)
    assert project.session.focus.mark == project.repeated
    project.session.back()
    assert project.session.focus.mark == project.denial


def test_delete_removes_a_link(project, panel, qtbot):
    project.session.hold(project.denial)
    panel.page.links.list.step(1)
    qtbot.keyClick(panel.page.links.list, Qt.Key.Key_Delete)
    assert [row.kind for row in lists.links(project.store, [project.denial])] == ["same_claim"]


def test_the_keys_in_the_list_of_links_stand_on_one_and_leave_none_behind(project, panel, qtbot):
    project.session.hold(project.denial)
    links = panel.page.links.list
    panel.page.links.about.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.page.links.about, Qt.Key.Key_Tab)
    qtbot.waitUntil(links.hasFocus)
    assert links.current() is links.entries[0]
    qtbot.keyClick(links, Qt.Key.Key_Backtab)
    assert links.current() is None


def test_the_wheel_and_an_arrow_give_no_value_that_is_only_passed_over(project, panel, qtbot):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.claim)
    unfold(project, project.claim)
    box = combo(panel, "Certainty")
    before = box.currentIndex()
    middle = QPointF(box.rect().center())
    turned = QWheelEvent(
        middle, box.mapToGlobal(middle), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turned)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.view().isVisible()
    box.hidePopup()
    assert box.currentIndex() == before
    assert read.mark(project.store, project.claim).origins["certainty"] == "default"


def test_another_mark_is_shown_from_its_head_on(project, panel, qtbot):
    project.session.hold(project.claim)
    panel.resize(300, 200)
    bar = panel.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    project.session.hold(project.denial)
    assert bar.value() == 0


def test_deleting_a_shared_claim_takes_the_mark_out_of_it(project, panel, qtbot):
    project.session.hold(project.denial)
    panel.page.links.list.step(1)
    panel.page.links.list.step(1)
    qtbot.keyClick(panel.page.links.list, Qt.Key.Key_Delete)
    assert [row.kind for row in lists.links(project.store, [project.denial])] == ["denies"]


def test_the_stance_to_a_claim_can_be_changed(project, panel):
    project.session.hold(project.claim)
    choose(panel.page.claims.findChild(QComboBox), "query")
    assert [mention.stance for mention in read.mentions_of(project.store, project.claim)] == ["query"]


def test_two_claims_of_a_mark_that_begin_alike_are_told_apart(project, panel):
    for place in ("dam", "dyke"):
        claim = edits.add_proposition(
            project.store, f"The wave that drowned the lower town in the night came from the {place}."
        )
        edits.add_mention(project.store, project.denial, claim, "support")
    panel.resize(250, 600)
    project.session.hold(project.denial)
    shown = [label.text() for label in panel.page.claims.findChildren(Words)][-2:]
    assert [text.partition(" · ")[0] for text in shown] == ["C3", "C4"]
    assert [text.rpartition(" ")[2] for text in shown] == ["dam.", "dyke."]


def test_the_certainty_of_a_claim_is_set_beside_its_stance_and_undone(project, panel):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.claim)
    assert on_claim(panel).certainty.currentText() == "as the mark"
    before = dump(project.store)
    choose(on_claim(panel).certainty, "possible")
    assert [one.certainty for one in read.mentions_of(project.store, project.claim)] == ["possible"]
    assert on_claim(panel).certainty.currentText() == "possible"
    project.store.undo()
    assert dump(project.store) == before
    assert on_claim(panel).certainty.currentText() == "as the mark"


def test_the_quick_preset_asks_for_no_certainty_of_a_claim_unless_one_is_set(project, panel):
    project.session.hold(project.claim)
    assert on_claim(panel).certainty.isHidden()
    (mention,) = read.mentions_of(project.store, project.claim)
    edits.edit_mention(project.store, mention.id, certainty="probable")
    assert not on_claim(panel).certainty.isHidden()


def test_the_quick_preset_shows_no_values_and_the_analyst_one_does(project, panel):
    project.session.hold(project.claim)
    assert not panel.page.values.isVisible()
    edits.set_preset(project.store, "analyst")
    assert panel.page.values.isVisible()
    unfold(project, project.claim)
    choose(combo(panel, "Certainty"), "possible")
    mark = read.mark(project.store, project.claim)
    assert mark.attributes["certainty"] == "possible"
    assert mark.origins["certainty"] == "hand"
    assert "by hand" in [label.text() for label in panel.page.values.findChildren(QLabel)]


def test_certainty_is_asked_for_where_a_word_weakens_the_claim(project, panel):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.claim)
    assert "Certainty" not in [box.accessibleName() for box in panel.page.values.findChildren(QComboBox)]
    edits.edit_mark(project.store, project.claim, hedges=read.mark(project.store, project.claim).spans)
    assert "Certainty" in [box.accessibleName() for box in panel.page.values.findChildren(QComboBox)]


def test_three_flags_are_one_click_each_and_leave_the_others(project, panel):
    edits.set_preset(project.store, "analyst")
    edits.edit_mark(project.store, project.claim, flags=("presupposed",))
    project.session.hold(project.claim)

    def tick(name):
        [box for box in panel.findChildren(TickBox) if box.text() == name][-1].click()

    for name in ("Source unclear", "Target unclear", "Source implicit"):
        tick(name)
    flags = ["presupposed", "unclear_attribution", "unclear_target", "implicit_source"]
    assert list(read.mark(project.store, project.claim).flags) == flags
    tick("Source unclear")
    assert "unclear_attribution" not in read.mark(project.store, project.claim).flags


def test_a_date_that_is_none_is_refused_and_the_field_says_what_is_kept(project, panel, qtbot):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.claim)
    field = next(one for one in panel.findChildren(QLineEdit) if one.accessibleName() == "Date (ISO)")
    qtbot.keyClicks(field, "last summer")
    with qtbot.waitSignal(panel.refused) as refused:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert refused.args[0].code == "date-none"
    assert field.text() == ""
    assert "date" not in read.mark(project.store, project.claim).attributes


def test_relays_are_moved_and_taken_out_by_keys(project, panel, qtbot):
    chain = [edits.add_source(project.store, name) for name in ("Agency", "Gazette B")]
    for source in chain:
        edits.add_relay(project.store, project.claim, source)
    project.session.hold(project.claim)

    def line(name):
        return [one for one in panel.findChildren(RelayLine) if name in one.accessibleName()][-1]

    before = read.mark(project.store, project.claim).relays
    qtbot.keyClick(line("Gazette B"), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert read.mark(project.store, project.claim).relays == (*before[:-2], chain[1], chain[0])
    qtbot.keyClick(line("Agency"), Qt.Key.Key_Delete)
    assert read.mark(project.store, project.claim).relays == (*before[:-2], chain[1])


def test_several_kinds_of_denial_can_be_ticked(project, panel):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.denial)
    several = next(one for one in panel.findChildren(Several) if one.accessibleName() == "Kind of denial")
    several.menu().actions()[1].trigger()
    assert read.mark(project.store, project.denial).attributes["denial_kind"] == ["content", "evidence"]


def test_a_note_is_saved_when_another_mark_is_taken(project, panel, qtbot):
    project.session.hold(project.denial)
    qtbot.keyClicks(panel.page.note, "check the logbook")
    project.session.hold(project.claim)
    assert read.mark(project.store, project.denial).note == "check the logbook"
    assert panel.page.note.toPlainText() == ""


def test_a_note_being_written_survives_other_changes(project, panel, qtbot):
    project.session.hold(project.denial)
    qtbot.keyClicks(panel.page.note, "half a thou")
    edits.set_source(project.store, project.denial, project.ministry)
    qtbot.keyClicks(panel.page.note, "ght")
    panel.commit()
    assert read.mark(project.store, project.denial).note == "half a thought"


def test_doubt_and_a_question_are_kept(project, panel, qtbot):
    project.session.hold(project.denial)
    panel.page.sure.click()
    qtbot.keyClicks(panel.page.question, "Which gate?")
    qtbot.keyClick(panel.page.question, Qt.Key.Key_Return)
    mark = read.mark(project.store, project.denial)
    assert not mark.sure
    assert mark.question == "Which gate?"


def test_a_deleted_mark_leaves_an_empty_inspector(project, panel):
    project.session.hold(project.denial)
    edits.delete_marks(project.store, [project.denial])
    assert panel.stack.currentIndex() == 0


def test_long_words_are_shown_in_full_when_asked_for(project, panel):
    text = read.text(project.store, project.first)
    mark = edits.add_mark(project.store, project.first, "claim", [(0, len(text) - 1)])
    project.session.hold(mark)
    assert panel.page.quote.text().endswith("…»")
    panel.page.more.click()
    assert "did not answer calls" in panel.page.quote.text()


def test_how_certain_a_source_is_has_the_arrow_of_a_list_while_it_is_folded(project, panel):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.claim)
    option = QStyleOptionButton()
    folded(panel).initStyleOption(option)
    assert option.features & QStyleOptionButton.ButtonFeature.HasMenu
    assert folded(panel).text() == "certain"


@pytest.mark.parametrize("way", ["click", "arrow"])
def test_one_click_or_key_opens_how_certain_a_source_is(project, panel, qtbot, way):
    edits.set_preset(project.store, "analyst")
    project.session.hold(project.claim)
    panel.page.take_keys(CERTAINTY)
    field = folded(panel)
    qtbot.waitUntil(field.hasFocus)
    if way == "click":
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    menu = field.menu()
    qtbot.waitUntil(menu.isVisible)
    assert [one.text() for one in menu.actions()][:3] == ["–", "certain", "probable"]
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["certain"]
    assert menu.activeAction().text() == "certain"
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert read.mark(project.store, project.claim).attributes["certainty"] == "probable"
    qtbot.waitUntil(combo(panel, "Certainty").hasFocus)


def test_a_field_keeps_the_focus_when_its_value_is_chosen(project, panel, qtbot):
    edits.set_preset(project.store, "analyst")
    unfold(project, project.denial)
    project.session.hold(project.denial)
    for name, value in (("Certainty", "possible"), ("What the mark does to “No gate was opened”", "query")):
        before = combo(panel, name)
        before.setFocus()
        qtbot.waitUntil(before.hasFocus)
        choose(before, value)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused.accessibleName() == name
        assert focused.currentData() == value


def test_taking_out_a_relay_by_key_leaves_the_focus_in_the_chain(project, panel, qtbot):
    edits.add_relay(project.store, project.denial, project.ministry)
    project.session.hold(project.denial)
    out = button(panel, "Take Gazette out of the chain")
    out.setFocus()
    qtbot.waitUntil(out.hasFocus)
    qtbot.keyClick(out, Qt.Key.Key_Space)
    assert QApplication.focusWidget().accessibleName() == "Take Ministry of Water out of the chain"


def test_where_a_value_comes_from_is_not_cut_off_in_a_narrow_panel(project, panel):
    edits.set_preset(project.store, "analyst")
    panel.resize(264, 480)
    project.session.hold(project.denial)
    shown = [label.text() for label in panel.page.values.findChildren(Elided)]
    assert {"computed", "default"} <= set(shown)
    unfold(project, project.denial)
    QApplication.processEvents()
    combo_width = combo(panel, "Certainty").width()
    assert combo_width >= 100


def test_a_source_that_was_found_to_be_another_says_which(project, panel):
    edits.merge_sources(project.store, project.gazette, project.ministry)
    project.session.hold(project.claim)
    assert panel.page.chain.role.accessibleName() == "= Gazette"


def test_who_else_may_have_said_it_is_shown_and_taken_away(project, panel, qtbot):
    edits.edit_mark(project.store, project.denial, possible_source=project.ministry)
    project.session.hold(project.denial)
    (line,) = [one for one in panel.findChildren(RelayLine) if one.accessibleName() == "Or Ministry of Water"]
    with qtbot.waitSignal(panel.possible_asked):
        line.click()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert read.mark(project.store, project.denial).possible_source is None


def test_the_note_of_a_link_is_asked_for_by_key_and_by_button(project, panel, qtbot):
    project.session.hold(project.denial)
    (link,) = [row.link for row in lists.links(project.store, [project.denial]) if row.link]
    with qtbot.waitSignal(panel.link_asked) as asked:
        button(panel, "Note on the link… (F2)").click()
    assert asked.args == [link]
    panel.page.links.list.step(1)
    with qtbot.waitSignal(panel.link_asked):
        qtbot.keyClick(panel.page.links.list, Qt.Key.Key_F2)
    edits.edit_link(project.store, link, inferred=True)
    assert "drawn by you" in panel.page.links.list.entries[0].detail


def test_a_long_name_of_a_label_ends_in_dots_and_makes_the_page_no_wider(project, panel):
    long = "Denial of a claim, its basis, its author or the proceedings as a whole"
    panel.resize(264, 480)
    for name in ("Denial", long):
        edits.change_scheme(project.store, rename(read.scheme(project.store), "labels", "denial", name))
        project.session.hold(project.denial)
        QApplication.processEvents()
        page = panel.page.widget()
        assert page.width() == panel.page.viewport().width()
        assert panel.page.chip.geometry().right() < page.width()
        assert (name in panel.page.chip.toolTip()) is (name == long)
