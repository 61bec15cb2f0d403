"""What holds for every dialog: a small screen, a screen reader, the keyboard, plain text."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QScreen
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollBar, QWidget

from annotator.domain.model import Ref
from annotator.store import edits, lists, read
from annotator.store.newer import Newer
from annotator.ui.dialogs.about import AboutDialog
from annotator.ui.dialogs.ach import AchDialog
from annotator.ui.dialogs.article_form import ArticleForm
from annotator.ui.dialogs.exhibit_form import ExhibitForm
from annotator.ui.dialogs.export_dialog import ExportDialog
from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.dialogs.judging import JudgingDialog
from annotator.ui.dialogs.keys_page import KeysPage
from annotator.ui.dialogs.link_form import LinkForm
from annotator.ui.dialogs.new_project import NewProjectDialog
from annotator.ui.dialogs.pack_dialog import PackDialog
from annotator.ui.dialogs.paste_dialog import PasteDialog
from annotator.ui.dialogs.question import UndoQuestion
from annotator.ui.dialogs.report_dialog import ReportDialog
from annotator.ui.dialogs.rules_dialog import RulesDialog
from annotator.ui.dialogs.scheme.dialog import SchemeDialog
from annotator.ui.dialogs.scheme.split import SplitDialog
from annotator.ui.dialogs.source_form import SourceForm
from annotator.ui.dialogs.version_choice import VersionChoice
from annotator.ui.dialogs.version_offer import VersionOffer
from annotator.ui.dialogs.version_review import VersionReview
from annotator.ui.reporting import read_whole

SMALL_SCREEN = (1366, 700)
"""What is left of 1366 × 768 beside a task bar and a title bar."""
SMALLER_SCREENS = (QSize(683, 384), QSize(900, 600))
"""The first is 1366 × 768 where everything is twice as large."""
LONG_NAME = "Unterhaltungselektronikfachgeschäftsinhabervereinigung " * 6


def import_dialog(project, look, folder):
    (folder / "a.txt").write_text("Words.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"%PDF-1.7")
    return ImportDialog(look, None, [folder])


def report_dialog(project, look):
    return ReportDialog(project.session, look, read_whole(project.session, None, "Reading"))


def ach_dialog(project, look):
    claim = read.mentions_of(project.store, project.claim)[0].proposition
    return AchDialog(project.session, look, None, claim)


def judging_dialog(project, look):
    targets = [Ref("source", project.lind), Ref("article", project.first)]
    return JudgingDialog(project.session, look, None, targets)


def link_form(project, look):
    (row,) = [row for row in lists.links(project.store, [project.denial]) if row.link]
    return LinkForm(project.session, look, None, row.link)


DIALOGS = {
    "about": lambda project, look, folder: AboutDialog(look, None, [("Project", folder)]),
    "ach": lambda project, look, folder: ach_dialog(project, look),
    "article": lambda project, look, folder: ArticleForm(project.session, project.first, look),
    "exhibit": lambda project, look, folder: ExhibitForm(project.session, look),
    "export": lambda project, look, folder: ExportDialog(project.session, project.store.snapshot(), look),
    "import": import_dialog,
    "judging": lambda project, look, folder: judging_dialog(project, look),
    "keys": lambda project, look, folder: KeysPage(look),
    "link": lambda project, look, folder: link_form(project, look),
    "new": lambda project, look, folder: NewProjectDialog(look, None, folder),
    "pack": lambda project, look, folder: PackDialog(project.store, look),
    "paste": lambda project, look, folder: PasteDialog(look),
    "report": lambda project, look, folder: report_dialog(project, look),
    "rules": lambda project, look, folder: RulesDialog(look, None, project.store, frozenset()),
    "scheme": lambda project, look, folder: SchemeDialog(project.session, look),
    "source": lambda project, look, folder: SourceForm(project.session, look, None, project.lind),
    "split": lambda project, look, folder: SplitDialog(project.store, look, None, "denial"),
    "version-choice": lambda project, look, folder: VersionChoice(
        project.session, project.second, look, None
    ),
    "version-offer": lambda project, look, folder: VersionOffer(
        project.session, [Newer(project.second, project.first, "title", 0.7)], look, None
    ),
    "version-review": lambda project, look, folder: VersionReview(
        project.session, project.first, project.second, look, lambda act: act(), None
    ),
    "question": lambda project, look, folder: UndoQuestion(None, project.store.next_undo(), "Ada"),
}


@pytest.fixture(params=DIALOGS)
def dialog(request, project, look, qtbot, tmp_path):
    made = shown(DIALOGS[request.param](project, look, tmp_path), qtbot)
    yield made
    made.reject()


@pytest.fixture(params=SMALLER_SCREENS, ids=lambda size: f"{size.width()}x{size.height()}")
def smaller_screen(request, monkeypatch):
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: request.param)
    return request.param


def shown(made, qtbot):
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: not getattr(made, "is_reading", False) and not getattr(made, "is_busy", False))
    return made


def reached_by_tab(dialog: QDialog) -> list[QWidget]:
    return [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar)
    ]


def test_it_fits_a_small_screen(dialog):
    assert dialog.minimumSizeHint().width() <= SMALL_SCREEN[0]
    assert dialog.minimumSizeHint().height() <= SMALL_SCREEN[1]
    assert dialog.width() <= SMALL_SCREEN[0]
    assert dialog.height() <= SMALL_SCREEN[1]


@pytest.mark.parametrize("name", DIALOGS)
def test_its_buttons_are_seen_on_a_smaller_screen_however_long_names_are(
    name, smaller_screen, project, look, qtbot, tmp_path
):
    edits.edit_article(project.store, project.first, title=LONG_NAME)
    edits.edit_source(project.store, project.lind, name=LONG_NAME)
    dialog = shown(DIALOGS[name](project, look, tmp_path), qtbot)
    assert dialog.width() <= smaller_screen.width()
    assert dialog.height() <= smaller_screen.height()
    for box in dialog.findChildren(QDialogButtonBox):
        for button in filter(QWidget.isVisible, box.buttons()):
            assert dialog.rect().contains(QRect(button.mapTo(dialog, QPoint()), button.size()))
    dialog.reject()


@pytest.mark.parametrize("name", DIALOGS)
def test_what_gets_the_keys_otherwise_than_by_tab_is_scrolled_into_sight(
    name, monkeypatch, project, look, qtbot, tmp_path
):
    monkeypatch.setattr(QScreen, "availableSize", lambda screen: SMALLER_SCREENS[0])
    dialog = shown(DIALOGS[name](project, look, tmp_path), qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for widget in [one for one in reached_by_tab(dialog) if one.isEnabled()] * 2:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        assert not widget.visibleRegion().isEmpty(), widget
    dialog.reject()


def test_a_screen_reader_can_name_every_control(dialog):
    controls = reached_by_tab(dialog)
    assert controls
    for control in controls:
        spoken = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert spoken, f"{control!r} has no name"


def test_no_label_takes_its_words_for_markup(dialog):
    for label in dialog.findChildren(QLabel):
        assert not label.text() or label.textFormat() is Qt.TextFormat.PlainText, label.text()


def test_tab_reaches_every_control(dialog):
    seen, widget = set(), dialog.nextInFocusChain()
    while widget is not dialog and widget not in seen:
        seen.add(widget)
        widget = widget.nextInFocusChain()
    assert set(reached_by_tab(dialog)) <= seen


def test_esc_closes_it_without_doing_anything(dialog, project, qtbot):
    before = project.store.next_undo()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert project.store.next_undo() == before


def test_enter_on_a_button_presses_that_button_and_no_other(dialog, project, qtbot):
    said = []
    dialog.accepted.connect(lambda: said.append("accepted"))
    before = project.store.next_undo()
    for box in dialog.findChildren(QDialogButtonBox):
        for button in box.buttons():
            if box.buttonRole(button) is QDialogButtonBox.ButtonRole.RejectRole and button.isVisible():
                button.clicked.connect(lambda: said.append("pressed"))
                button.setFocus()
                qtbot.keyClick(button, Qt.Key.Key_Return)
                assert said == ["pressed"]
    assert project.store.next_undo() == before


def test_it_has_a_title_and_one_default_button(dialog):
    assert dialog.windowTitle()
    buttons = [button for button in dialog.findChildren(QWidget) if getattr(button, "isDefault", bool)()]
    assert len(buttons) == 1
