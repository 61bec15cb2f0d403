"""The pages about the code are true of the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "annotator"
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PICTURE = (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
ROOMS = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")} - {"."}


def test_the_rooms_of_the_architecture_page_are_those_of_the_package():
    assert set(re.findall(r"^\| `([\w/]+)` \|", ARCHITECTURE, re.MULTILINE)) == ROOMS


def test_the_picture_shows_every_layer_and_the_rooms_inside_it():
    words = set(re.findall(r"\w+", " ".join(re.findall(r"<text[^>]*>(.*?)</text>", PICTURE))))
    assert {part for room in ROOMS for part in room.split("/")} <= words


def test_no_class_is_named_by_a_word_to_avoid():
    listed = re.search(r"## Words that name no class\n\n.*?: ([\w, \n]+)\.", GLOSSARY, re.DOTALL)[1]
    avoided = set(re.findall(r"\w+", listed))
    assert len(avoided) > 5
    named = [
        f"{path.relative_to(PACKAGE).as_posix()}: {node.name}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and avoided & {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", node.name)}
    ]
    assert named == []


def test_decisions_are_numbered_without_gaps_and_doubles_within_their_rooms():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
    assert numbers[0] == 1


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_rejected_and_what_follows(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert all(f"**{part}.**" in text for part in ("Decision", "Rejected", "Consequences"))
    assert len(text.split()) < 400, "half a page"
