"""What the README says is true: its commands give what it shows, its tests and pages are there."""

import doctest
import re
import shlex
import sqlite3
from pathlib import Path

import pytest

from annotator.app.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
PICTURE_BYTES = 300_000


def examples():
    """(command, what it prints) of each block, in order."""
    for block in CONSOLE:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield shlex.split(command), printed


def run(command, capsys):
    program, *rest = command
    if program == "sqlite3":
        path, sql = rest
        connection = sqlite3.connect(path)
        rows = connection.execute(sql).fetchall()
        connection.close()
        return "".join("|".join(map(str, row)) + "\n" for row in rows)
    assert main(rest) == 0
    told = capsys.readouterr()
    return told.out + told.err


def test_every_command_of_the_readme_prints_what_it_shows(tmp_path, monkeypatch, capsys):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    same = doctest.OutputChecker().check_output
    shown = list(examples())
    assert len(shown) > 5
    for command, printed in shown:
        given = run(command, capsys)
        assert same(printed, given, doctest.ELLIPSIS), f"{shlex.join(command)} prints\n{given}"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", README))))
def test_a_test_the_readme_names_is_there(name):
    file, _, test = name.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^(def |class )?{test}\b", text, re.MULTILINE)


def test_every_page_a_page_leads_to_is_there():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(pages) > 50
    missing = [
        f"{page.relative_to(ROOT).as_posix()}: {place}"
        for page in pages
        for place in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in place and not page.parent.joinpath(place).exists()
    ]
    assert missing == []


def test_a_picture_is_not_too_heavy_to_load():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")}
    assert set(sizes) == {"window-light.png", "window-dark.png"}
    assert max(sizes.values()) <= PICTURE_BYTES


def test_every_key_the_readme_gives_belongs_to_an_action():
    from annotator.domain.scheme import Scheme
    from annotator.ui.actions import ACTIONS
    from annotator.ui.menus import shown_key

    known = {shown_key(key).replace("Alt+Left", "Alt+←") for action in ACTIONS for key in action.keys}
    known |= set(Scheme.default().keys.values()) | {"Esc", "/", "Ctrl+Enter", "Del", "9"}
    keys = re.findall(r"`((?:(?:Ctrl|Shift|Alt)\+)*(?:[A-Z0-9/←]|F\d+|Enter|Esc|Space|Del))`", README)
    assert len(set(keys)) > 20
    assert set(keys) - known == set()
