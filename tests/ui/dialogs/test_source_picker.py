"""The source picker: digits, a few letters, the last source, or a new one."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.store import edits, lists, read
from annotator.ui.dialogs.popups import SourcePicker


class Answers:
    """What the picker said, in order."""

    def __init__(self, picker: SourcePicker) -> None:
        self.said: list[tuple[str, ...]] = []
        picker.taken.connect(lambda source: self.said.append(("taken", source)))
        picker.created.connect(lambda name: self.said.append(("created", name)))
        picker.relay_wanted.connect(lambda: self.said.append(("relay",)))
        picker.closed.connect(lambda: self.said.append(("closed",)))


@pytest.fixture
def window(shown):
    made = QWidget()
    made.text = QLineEdit("the text")
    QVBoxLayout(made).addWidget(made.text)
    shown(made)
    made.text.setFocus()
    return made


@pytest.fixture
def pick(project, look, window):
    def open_picker(**options: object) -> tuple[SourcePicker, Answers]:
        rows = {row.name: row for row in lists.sources(project.store)}
        picker = SourcePicker(
            look,
            window,
            scheme=read.scheme(project.store),
            entries=[rows["Mara Lind"], rows["Gazette"]],
            search=lambda text: lists.sources(project.store, text=text),
            **options,
        )
        picker.open_at(QRect(10, 10, 40, 20))
        return picker, Answers(picker)

    return open_picker


def test_a_digit_takes_the_nth_source_while_nothing_is_typed(project, pick, qtbot):
    picker, answers = pick()
    qtbot.keyClick(picker.field, Qt.Key.Key_2)
    assert answers.said == [("taken", project.gazette), ("closed",)]


def test_digits_are_typed_once_there_are_letters(pick, qtbot):
    picker, answers = pick()
    qtbot.keyClicks(picker.field, "g2")
    assert picker.field.text() == "g2"
    assert answers.said == []


def test_a_few_letters_and_enter_take_the_best_match(project, pick, qtbot):
    picker, answers = pick()
    qtbot.keyClicks(picker.field, "minis")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.said[-2] == ("taken", project.ministry)


def test_enter_in_an_empty_line_takes_the_last_source(project, pick, qtbot):
    last = next(row for row in lists.sources(project.store) if row.id == project.lind)
    picker, answers = pick(last=last)
    assert "Mara Lind" in picker.field.placeholderText()
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.said[-2] == ("taken", project.lind)


def test_enter_in_an_empty_line_without_a_last_source_does_nothing(pick, qtbot):
    picker, answers = pick()
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.said == []


def test_a_name_nobody_has_makes_a_source(pick, qtbot):
    picker, answers = pick()
    qtbot.keyClicks(picker.field, "  Dam   Safety Board ")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.said[-2] == ("created", "Dam Safety Board")


def test_a_name_that_stands_in_the_text_is_offered_by_a_few_letters(pick, qtbot):
    picker, answers = pick(names=lambda typed: ["Michael Ortan", "Mara Lind"])
    qtbot.keyClicks(picker.field, "m")
    texts = [entry.text for entry in picker.list.entries]
    assert texts.count("Mara Lind") == 1
    assert texts.index("Mara Lind") < texts.index("Michael Ortan") < texts.index("New source “m”")
    qtbot.keyClicks(picker.field, "ichael o")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.said[-2] == ("created", "Michael Ortan")


def test_shift_enter_makes_a_source_even_where_another_name_begins_so(pick, qtbot):
    picker, answers = pick()
    qtbot.keyClicks(picker.field, "Mar")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert answers.said[-2] == ("created", "Mar")


def test_no_new_source_is_offered_for_a_name_that_is_there(pick, qtbot):
    picker, _ = pick()
    qtbot.keyClicks(picker.field, "GAZETTE")
    assert [entry.text for entry in picker.list.entries] == ["Gazette"]


def test_control_enter_asks_for_a_relay_next(project, pick, qtbot):
    picker, answers = pick()
    qtbot.keyClicks(picker.field, "mara")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert answers.said == [("taken", project.lind), ("relay",), ("closed",)]


def test_arrows_choose_without_leaving_the_line(project, pick, qtbot):
    picker, answers = pick()
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert answers.said[-2] == ("taken", project.gazette)


def test_escape_changes_nothing_and_gives_the_focus_back(pick, window, qtbot):
    picker, answers = pick()
    qtbot.waitUntil(picker.field.hasFocus)
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    assert answers.said == [("closed",)]
    qtbot.waitUntil(window.text.hasFocus)


def test_a_click_elsewhere_closes_it(pick, window, qtbot):
    picker, answers = pick()
    qtbot.waitUntil(picker.field.hasFocus)
    window.text.setFocus()
    assert answers.said == [("closed",)]


def test_a_click_on_a_row_takes_it(project, pick, qtbot):
    picker, answers = pick()
    row = picker.list.visualRect(picker.list.entries_model.index(1, 0))
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert answers.said[-2] == ("taken", project.gazette)


def test_it_stays_inside_the_window(pick, window):
    picker, _ = pick()
    for place in (QRect(400, 470, 10, 5), QRect(-50, -50, 5, 5)):
        picker.dismiss()
        picker, _ = pick()
        picker.open_at(place)
        assert window.rect().contains(picker.geometry())


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("The River Post", ["The River Post Review", "River Post"]),
        ("River Post", ["River Post Review", "The River Post"]),
    ],
)
def test_a_source_of_the_very_name_but_for_the_article_stands_first(
    project, look, window, qtbot, typed, names
):
    for name in names:
        edits.add_source(project.store, name, "outlet")
    rows = [row for row in lists.sources(project.store) if row.name in names]
    scheme = read.scheme(project.store)
    picker = SourcePicker(look, window, scheme=scheme, entries=[], search=lambda text: rows)
    picker.open_at(QRect(10, 10, 40, 20))
    qtbot.keyClicks(picker.field, typed)
    assert [entry.text for entry in picker.list.entries][:2] == names[::-1]
