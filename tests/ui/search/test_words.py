"""Words are looked for in all articles, gone to, and labelled by the hundred."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from annotator.domain.scheme_changes import rename
from annotator.store import edits, lists, read
from annotator.store.concordance import Wanted, concordance
from annotator.ui.dialogs.progress import Work
from annotator.ui.search.places import LEFT, WORDS, PlacesModel
from annotator.ui.theme import apply, theme
from tests.store.samples import TEXT, add_article, place
from tests.ui.search.searching import ask, settled


@pytest.fixture
def words(panel):
    return panel.found.words


def look_for(panel, words, qtbot):
    ask(panel, words)
    settled(panel, qtbot)


def test_the_model_of_places_keeps_the_rules_of_models(store, qtmodeltester):
    model = PlacesModel()
    model.show_places(concordance(store, Wanted(("bridge",))).places)
    qtmodeltester.check(model)


def test_the_names_of_the_columns_stand_above_their_words(store):
    model = PlacesModel()
    model.show_places(concordance(store, Wanted(("bridge",))).places)
    role = Qt.ItemDataRole.TextAlignmentRole
    for column in range(model.columnCount()):
        name = model.headerData(column, Qt.Orientation.Horizontal, role)
        assert name == model.index(0, column).data(role)


def test_matches_are_counted_sorted_by_what_is_around_and_gone_to(window, panel, words, qtbot):
    look_for(panel, "bridge", qtbot)
    assert words.count.text() == "Matches: 3, articles: 2"
    words.order.setCurrentIndex(1)
    before = [words.model.index(row, LEFT).data().split()[-1] for row in range(3)]
    assert before == ["foot", "the", "“"]
    words.order.setCurrentIndex(0)
    words.table.selectRow(1)
    QTest.keyClick(words.table, Qt.Key.Key_Return)
    assert read.article(window.session.store, window.session.focus.article).title == "Harbour"
    start, end = window.view.selection()
    assert window.view.page.text[start:end] == "Bridge"


def test_the_words_are_looked_for_in_the_articles_that_the_rest_of_the_question_finds(panel, words, qtbot):
    look_for(panel, "bridge label=denial", qtbot)
    assert words.count.text() == "Matches: 1, articles: 1"
    look_for(panel, "bridge not label=denial", qtbot)
    assert words.count.text() == "Matches: 2, articles: 1"
    look_for(panel, "footbridge or monday", qtbot)
    assert words.count.text() == "Matches: 2, articles: 2"


def test_what_is_ticked_is_labelled_in_one_step_of_undo(store, window, panel, words, qtbot):
    before = lists.count_marks(store)
    look_for(panel, "bridge", qtbot)
    words.table.selectRow(2)
    words.table.setFocus()
    QTest.keyClick(words.table, Qt.Key.Key_Space)
    assert words.label_them.text() == "Label 2 as Claim"
    words.label_them.click()
    assert {"bridge", "Bridge"} <= {row.quote for row in lists.marks(store)}
    assert panel.remark.text.startswith("2 marks made, 0 had the label already")
    words.label_them.click()
    assert panel.remark.text.startswith("0 marks made, 2 had")
    window.commands.functions["undo"]()
    assert lists.count_marks(store) == before


def test_none_and_all_of_the_ticks(panel, words, qtbot):
    look_for(panel, "bridge", qtbot)
    words.none.click()
    assert not words.label_them.isEnabled()
    words.all.click()
    assert words.label_them.text() == "Label 3 as Claim"


def test_what_is_ticked_is_told_without_a_look_at_every_place(panel, words, qtbot, monkeypatch):
    look_for(panel, "bridge", qtbot)
    words.model.tick([1], False)

    class Untouched(list):
        def __iter__(self):
            raise AssertionError("every place was looked at")

    monkeypatch.setattr(words.model, "places", Untouched(words.model.places))
    words.take_scheme()
    words.labels.setCurrentIndex(1)
    assert words.count.text() == "Matches: 3, articles: 2"
    assert words.label_them.text() == f"Label 2 as {words.labels.currentText()}"


def test_another_theme_does_not_ask_for_the_rows_of_the_words(window, panel, words, qtbot, qapp, monkeypatch):
    look_for(panel, "bridge", qtbot)
    asked = []
    monkeypatch.setattr("annotator.ui.search.places.handle", lambda *said: asked.append(said) or "")
    before = qapp.palette(), qapp.styleSheet()
    try:
        for name in ("dark", "light"):
            apply(qapp, theme(name))
    finally:
        qapp.setPalette(before[0])
        qapp.setStyleSheet(before[1])
    assert words.table.isVisible()
    assert asked == []


def test_the_column_of_the_words_has_room_for_the_longest(panel, words, qtbot):
    look_for(panel, "footbridge or monday or bridge", qtbot)
    assert words.table.columnWidth(WORDS) >= words.table.sizeHintForColumn(WORDS)
    assert words.table.columnWidth(WORDS) < words.table.columnWidth(LEFT)


def test_a_long_name_of_a_label_leaves_room_for_the_count_of_matches(store, panel, words, qtbot):
    long = "Denial of a claim, its basis, its author or the proceedings as a whole"
    edits.change_scheme(store, rename(read.scheme(store), "labels", "claim", long))
    look_for(panel, "bridge", qtbot)
    words.take_scheme()
    assert words.labels.currentText() == words.label_them.toolTip() == long
    assert words.label_them.text().startswith("Label 3 as Denial of")
    assert words.foot.minimumSizeHint().width() < 700


def test_a_regular_expression_is_looked_for_in_texts_only_and_a_wrong_one_is_told(panel, words, qtbot):
    words.regex.setChecked(True)
    look_for(panel, "(", qtbot)
    assert "The expression is wrong" in panel.remark.text
    look_for(panel, r"\w+bridge", qtbot)
    assert [found.words for found in words.model.places] == ["footbridge"]
    assert panel.remark.text == ""
    assert not any(len(rows) for rows in panel.found.rows.values())


def test_words_that_stand_nowhere_are_said_to(panel, words, qtbot):
    look_for(panel, "zeppelin", qtbot)
    assert words.empty.isVisible()
    said = words.empty.findChild(QLabel).text()
    assert said == "No text that is searched has these words. Try fewer or others."
    assert words.count.text() == ""


def test_the_words_of_a_match_are_those_of_the_text(panel, words, qtbot):
    words.whole.setChecked(True)
    look_for(panel, "bridge", qtbot)
    spans = [found.span for found in words.model.places]
    assert spans[0] == place(TEXT, "bridge")
    assert len(spans) == 2


def test_labelling_that_is_stopped_labels_nothing_and_says_so(store, panel, words, qtbot, monkeypatch):
    before = lists.count_marks(store)
    look_for(panel, "bridge", qtbot)
    monkeypatch.setattr(Work, "_tell", lambda work, count: False)
    words.label_them.click()
    assert lists.count_marks(store) == before
    assert panel.remark.text == "Stopped; nothing was changed."


def test_lines_of_a_script_that_runs_leftward_are_turned_round(store, panel, words, qtbot):
    add_article(store, "قال المتحدث إن الجسر مفتوح.\n", title="جسر")
    panel.ask("الجسر")
    settled(panel, qtbot)
    assert words.table.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert words.model.index(0, LEFT).data().endswith("إن ")
    look_for(panel, "bridge", qtbot)
    assert words.table.layoutDirection() is Qt.LayoutDirection.LeftToRight
