"""Where files are asked for: there where one was chosen last for the same, before that beside the project."""

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.ui.dialogs.import_dialog import ImportDialog
from annotator.ui.files import Files, ask_place
from annotator.ui.settings import Settings


@pytest.fixture
def asked(monkeypatch):
    """Where each dialog opened; the analyst chooses `answer`."""

    class Asked(list):
        answer = ""

        def one(self, parent, title, where="", filters="", options=None):
            self.append(where)
            return self.answer, ""

        def some(self, parent, title, where="", filters=""):
            self.append(where)
            return [self.answer] if self.answer else [], ""

        def folder(self, parent, title, where=""):
            self.append(where)
            return self.answer

    found = Asked()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", found.one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", found.one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", found.some)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", found.folder)
    return found


@pytest.fixture
def folders(tmp_path):
    made = [tmp_path / name for name in ("project", "news", "pictures")]
    for folder in made:
        folder.mkdir()
    return made


def test_files_are_first_asked_for_beside_the_project(asked, folders):
    files = Files(project=folders[0] / "a.annotator")
    assert files.one(None, "scheme", "") is None
    assert files.folder(None, "import", "") is None
    files.new(None, "table", "", "counts.csv")
    assert asked == [str(folders[0]), str(folders[0]), str(folders[0] / "counts.csv")]


def test_files_are_asked_for_where_one_was_chosen_for_the_same_after_a_restart_too(asked, folders, tmp_path):
    project, news, pictures = folders
    asked.answer = str(news / "a.txt")
    settings = Settings(tmp_path / "window.ini")
    assert Files(settings, project / "a.annotator").some(None, "import", "") == [news / "a.txt"]
    asked.answer = str(pictures / "b.png")
    Files(settings, project / "a.annotator").one(None, "exhibit", "")
    settings = Settings(tmp_path / "window.ini")
    asked.clear()
    files = Files(settings, project / "b.annotator")
    for kind in ("import", "exhibit", "scheme"):
        files.one(None, kind, "")
    assert asked == [str(news), str(pictures), str(project)]


def test_a_folder_that_is_gone_is_not_asked_in(asked, folders):
    project, news, _ = folders
    files = Files(project=project / "a.annotator")
    asked.answer = str(news / "a.txt")
    files.one(None, "import", "")
    news.rmdir()
    files.one(None, "import", "")
    assert asked == [str(project), str(project)]


def test_the_import_begins_beside_the_project_and_goes_on_where_it_was(qtbot, look, asked, folders):
    project, news, _ = folders
    dialog = ImportDialog(look, None, files=Files(project=project / "a.annotator"))
    qtbot.addWidget(dialog)
    asked.answer = str(news / "a.txt")
    (news / "a.txt").write_text("Words.", encoding="utf-8")
    dialog.choose_files()
    dialog.about.choose_manifest()
    dialog.choose_folder()
    assert asked == [str(project), str(news), str(news)]
    qtbot.waitUntil(lambda: not dialog.is_reading)
    dialog.reject()


def test_a_place_that_is_written_down_is_where_it_is_chosen_from(asked):
    assert ask_place(None, "", "/srv/out/a.html") == ""
    assert asked == ["/srv/out/a.html"]
