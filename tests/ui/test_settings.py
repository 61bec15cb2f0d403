"""What the window remembers, and that no file can make it stumble."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QSettings

from annotator.ui.settings import COLUMN_CHARS, FONT_SIZES, RECENT, Left, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


def test_what_is_kept_is_there_after_a_restart(path):
    settings = Settings(path)
    settings.theme = "dark"
    settings.font_size = 17
    settings.column_chars = 60
    settings.keep_place("/some where/a.annotator", Left("article", 42, 57))
    settings.keep_layout(QByteArray(b"geometry"), QByteArray(b"state"))
    settings.keep_recent("/a.annotator")
    del settings
    again = Settings(path)
    assert (again.theme, again.font_size, again.column_chars) == ("dark", 17, 60)
    assert again.place("/some where/a.annotator") == Left("article", 42, 57)
    assert again.layout() == (QByteArray(b"geometry"), QByteArray(b"state"))
    assert again.recent() == ["/a.annotator"]


def test_a_new_installation_follows_the_system(path):
    settings = Settings(path)
    assert settings.theme is None
    assert settings.layout() is None
    assert settings.recent() == []
    assert settings.place("/a.annotator") is None


@pytest.mark.parametrize("value", [-3, 0, 1000])
def test_sizes_stay_within_what_can_be_read(path, value):
    settings = Settings(path)
    settings.font_size = value
    settings.column_chars = value
    assert FONT_SIZES[0] <= settings.font_size <= FONT_SIZES[1]
    assert COLUMN_CHARS[0] <= settings.column_chars <= COLUMN_CHARS[1]


def test_values_that_make_no_sense_count_as_absent(path):
    path.write_text(
        "[look]\ntheme=pink\nfont_size=large\ncolumn=-1\n[window]\ngeometry=x\nstate=y\n"
        "[places]\n%7Ca.annotator=article nowhere\n"
    )
    settings = Settings(path)
    assert settings.theme is None
    assert FONT_SIZES[0] <= settings.font_size <= FONT_SIZES[1]
    assert settings.column_chars == COLUMN_CHARS[0]
    assert settings.layout() is None
    assert settings.place("/a.annotator") is None


def test_projects_are_listed_once_the_latest_first_and_only_so_many(path):
    settings = Settings(path)
    for number in range(RECENT + 3):
        settings.keep_recent(f"/{number}.annotator")
    settings.keep_recent("/5.annotator")
    recent = settings.recent()
    assert recent[0] == "/5.annotator"
    assert len(recent) == len(set(recent)) == RECENT


def test_without_a_file_nothing_is_kept():
    settings = Settings(None)
    settings.theme = "light"
    assert settings.theme == "light"
    assert Settings(None).theme is None


def test_rules_that_are_off_stay_off(tmp_path):
    path = tmp_path / "window.ini"
    for names in (frozenset({"denied", "he-said"}), frozenset({"denied"}), frozenset()):
        Settings(path).rules_off = names
        assert Settings(path).rules_off == names


def test_the_second_pane_is_kept_with_its_state(path):
    Settings(path).keep_beside("/news/mill.annotator", Left("a1", 40, 61), "at-work")
    assert Settings(path).beside("/news/mill.annotator") == (Left("a1", 40, 61), "at-work")
    assert Settings(path).beside("/news/other.annotator") is None
    assert Settings(path).share("/news/mill.annotator") == 0.5
    Settings(path).keep_share("/news/mill.annotator", 0.3)
    assert Settings(path).share("/news/mill.annotator") == 0.3
    assert Settings(path).share("/news/other.annotator") == 0.5
    Settings(path).keep_beside("/news/mill.annotator", Left("a1", 40, 61), "somewhere")
    assert Settings(path).beside("/news/mill.annotator") is None


def test_what_an_older_version_kept_has_the_caret_on_the_top_line(path):
    kept = QSettings(str(path), QSettings.Format.IniFormat)
    settings = Settings(path)
    settings.keep_place("news", Left("a1", 7, 9))
    settings.keep_beside("news", Left("a2", 40, 61), "open")
    del settings
    for key in kept.allKeys():
        kept.setValue(key, str(kept.value(key)).replace(" 9", "").replace(" 61", ""))
    kept.sync()
    assert Settings(path).place("news") == Left("a1", 7, 7)
    assert Settings(path).beside("news") == (Left("a2", 40, 40), "open")


def test_the_file_is_written_a_while_after_a_change_and_at_the_end(path, qtbot):
    settings = Settings(path)
    settings.font_size = 20
    QCoreApplication.processEvents()
    assert not path.exists()
    assert Settings(path).font_size == 20
    qtbot.waitUntil(path.exists)
    path.unlink()
    settings.font_size = 21
    del settings
    assert "font_size=21" in path.read_text()


def test_what_is_kept_already_is_not_written_again(path, qtbot):
    settings = Settings(path)
    settings.keep_place("news", Left("a1", 7, 9))
    qtbot.waitUntil(path.exists)
    path.unlink()
    settings.keep_place("news", Left("a1", 7, 9))
    del settings
    assert not path.exists()
