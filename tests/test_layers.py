"""Imports go downward only: app > ui > store | layout | formats > domain; Qt lives in ui."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "annotator"
MAY_IMPORT = {
    "app": {"ui", "store", "layout", "formats", "domain"},
    "ui": {"store", "layout", "formats", "domain"},
    "store": {"domain"},
    "layout": {"domain"},
    "formats": {"domain"},
    "domain": set(),
}
MODULES = sorted(path for layer in MAY_IMPORT for path in (PACKAGE / layer).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Full dotted names of all that a module imports, at its top or inside a function."""
    package = ["annotator", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


@pytest.fixture(params=MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def module(request) -> Path:
    return request.param


def test_a_module_imports_only_its_own_layer_and_those_below(module):
    allowed = MAY_IMPORT[layer_of(module)] | {layer_of(module)}
    ours = {name.split(".")[1] for name in imported(module) if name.startswith("annotator.")}
    assert ours & MAY_IMPORT.keys() <= allowed


def test_a_module_outside_ui_does_not_know_qt(module):
    if layer_of(module) != "ui":
        assert not {"PySide6", "shiboken6"} & {name.split(".")[0] for name in imported(module)}


def test_a_domain_module_needs_nothing_but_the_standard_library(module):
    if layer_of(module) == "domain":
        assert {name.split(".")[0] for name in imported(module)} <= sys.stdlib_module_names | {"annotator"}


def test_a_module_outside_the_store_asks_the_file_nothing_in_sql(module):
    if layer_of(module) in ("app", "ui", "formats", "layout", "domain"):
        calls = [node.func for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
        asked = {
            call.attr for call in calls if isinstance(call, ast.Attribute) and "store" in ast.unparse(call)
        }
        assert not asked & {"query", "iterate", "execute", "execute_many"}


def test_the_command_line_starts_without_loading_qt():
    program = "import annotator.app.cli, sys; print([m for m in sys.modules if m.startswith('PySide6')])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
