"""The about box: version, parts, and where things are kept."""

import tomllib
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from annotator import __version__
from annotator.ui.dialogs.about import PARTS, AboutDialog, built_with

ROOT = Path(__file__).resolve().parents[3]


def test_version_and_places_are_told_and_can_be_copied(look, shown):
    dialog = AboutDialog(look, None, [("Project", Path("/news/dam.annotator"))])
    shown(dialog)
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert __version__ in copied
    assert str(Path("/news/dam.annotator")) in copied
    assert "Qt" in copied


def test_every_package_we_need_is_named_with_its_licence():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {"".join(char for char in line.partition(">")[0]) for line in wanted}
    assert names == {name for name, _ in PARTS}
    assert all(version and licence for _, version, licence in built_with())
