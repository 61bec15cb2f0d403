"""No code of ours opens a project file beside SQLite: closing it would drop SQLite's locks."""

import ast
from pathlib import Path

import annotator

PACKAGE = Path(annotator.__file__).parent
OPENERS = {
    "open", "copy", "copy2", "copyfile", "copytree", "move", "rename", "replace", "read_bytes", "read_text",
    "write_bytes", "write_text", "unlink", "touch", "truncate", "fdopen",
}  # fmt: skip
LAYERS = ("store", "app", "ui")
ALLOWED = {
    "store/connection.py": {"read_header", "read_through"},  # before any connection
    "store/leftovers.py": {"_is_own"},  # before any connection
    "store/files.py": {"make", "_claim"},  # the file is not there yet
    "store/backup.py": {
        "finish",
        "_drop",
        "drop_unfinished",  # of copies by another program, which was killed
        "thin_out",  # the copies, once they are closed
        "_bring_bytes",  # of a file that is not written any more
    },
    "store/packing.py": {"pack"},  # the copy it made
    "store/placing.py": {"put_in_place", "_sync_names"},  # a file once it is closed, and its folder
    "store/edits/exhibits.py": {"file_sha256"},  # a file of the analyst; the form refuses the project
    "store/failed_copies.py": {"note", "forget", "untold", "_read"},  # notes in a folder of their own
    "store/lock.py": {"note", "release", "_read"},  # the lock beside the file
}


def calls(tree):
    """(function, name, receiver) of every call that may open or move a file."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    target = node.func
                    name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
                    if name in OPENERS:
                        yield function.name, name, ast.unparse(target)


def test_the_store_opens_files_only_where_no_connection_is_open():
    for path in (PACKAGE / "store").rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        allowed = ALLOWED.get(name, set())
        found = [
            (function, receiver)
            for function, called, receiver in calls(ast.parse(path.read_text(encoding="utf-8")))
            if function not in allowed
            and receiver not in ("dataclasses.replace", "replace")
            and not receiver.startswith(('"', "'", "text.", "note.", "quote.", "escaped."))
            and not (called == "open" and receiver in ("Store.open", "cls.open"))
            and not (called in ("replace", "copy") and "path" not in receiver and "part" not in receiver)
        ]
        assert found == [], name


def test_nothing_above_the_store_opens_the_path_of_a_store():
    for layer in LAYERS:
        for path in (PACKAGE / layer).rglob("*.py"):
            for _, _, receiver in calls(ast.parse(path.read_text(encoding="utf-8"))):
                assert "store.path" not in receiver, path
                assert not receiver.startswith(("project.open", "project_path.open")), path


def test_no_code_of_ours_hands_the_path_of_a_store_to_an_opening_function():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "open", "io.open", "os.open", "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.move",
            ):  # fmt: skip
                given = " ".join(ast.unparse(argument) for argument in node.args)
                assert ".path" not in given or "store" not in given, (path, given)
