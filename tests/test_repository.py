"""The repository names no machine, no registry, and locks what it installs."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import annotator

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
REGISTRY = re.compile("|".join([r"pypi\.(org|python)", r"pythonhosted\.", r"npmjs\.", r"deb\.debian\."]))
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(root|work|home/\w+|Users/\w+)/")


def repository_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def files_that_say(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in repository_files()
        if (found := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]


def test_no_file_names_the_host_of_a_package_registry():
    assert files_that_say(REGISTRY) == []


def test_no_file_names_a_folder_of_one_machine():
    assert files_that_say(MACHINE_PATH) == []


def test_the_lock_is_the_hashed_one_and_no_other_is_kept():
    assert not [path for path in repository_files() if path.name == "uv.lock"]
    pinned = re.split(r"\n(?=\S)", LOCK)
    assert len(pinned) > 20
    assert [entry for entry in pinned if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_lock_has_a_qt_binding_that_counts_references_right():
    assert re.findall(r"^(?:pyside6-essentials|shiboken6)==([\d.]+)", LOCK, re.MULTILINE) == ["6.11.3"] * 2
    assert "6.12.0" not in LOCK


def test_the_lock_covers_every_requirement_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in wanted}
    assert names <= set(re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE))


def test_the_changelog_has_a_section_for_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{annotator.__version__}]" in changelog
