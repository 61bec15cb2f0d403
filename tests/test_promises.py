"""Promises of the README that no single room can hold."""

import ast
import sqlite3
from pathlib import Path

import pytest

from annotator.store import edits
from annotator.store.store import Identity, Store

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "annotator"
NETWORK = {
    "asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib", "socketserver", "ssl",
    "telnetlib", "urllib.request", "webbrowser", "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets",
}  # fmt: skip
HOST_NAME_ONLY = {"store/lock.py"}
"""Modules that ask `socket` for the name of this computer and for nothing else."""


@pytest.fixture
def project(tmp_path):
    store = Store.create(tmp_path / "news.annotator", Identity(name="Ada"))
    yield store
    store.close()


def test_whoever_hears_of_an_edit_finds_it_in_the_file(project):
    found = []

    def look(_change):
        other = sqlite3.connect(f"{project.path.as_uri()}?mode=ro", uri=True)
        found.append(other.execute("SELECT name FROM source").fetchall())
        other.close()

    project.subscribe(look)
    edits.add_source(project, "Ministry of Ports")
    assert found == [[("Ministry of Ports",)]]


def test_the_file_is_kept_with_the_settings_a_power_cut_asks_for(project):
    pragmas = {"journal_mode": "truncate", "synchronous": 2, "mmap_size": 0}
    assert {name: project.query(f"PRAGMA {name}")[0][0] for name in pragmas} == pragmas


def test_no_module_of_the_program_can_reach_a_network():
    reaching = [
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in _imported(path)
        if any(f"{name}.".startswith(f"{module}.") for module in NETWORK)
    ]
    assert reaching == []


def test_sockets_are_asked_for_the_name_of_this_computer_only():
    using = {
        path.relative_to(PACKAGE).as_posix(): set(_used_of(path, "socket"))
        for path in PACKAGE.rglob("*.py")
        if "socket" in set(_imported(path))
    }
    assert using.keys() <= HOST_NAME_ONLY
    assert all(names == {"gethostname"} for names in using.values())


def _imported(path):
    """Full names of the modules a module imports, and of what it takes from them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _used_of(path, module):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == module:
            yield node.attr
