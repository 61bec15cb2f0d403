"""The import of PySide costs less from the second start on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.ui.pyside import KeptCode

COMPILED = """
import sys
seen = []
sys.addaudithook(lambda event, details: seen.append(str(details[1])) if event == "compile" else None)
import annotator.ui
print(*(name for name in seen if "signature" in name))
"""
SOURCE = b"answer = 42"


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "made" / "kept.pyc"


def run(code: object) -> object:
    found: dict[str, object] = {}
    exec(code, found)  # type: ignore[arg-type]
    return found["answer"]


def kept(file: Path, source: bytes = SOURCE) -> KeptCode:
    made = KeptCode(file)
    made.compile(source, "support.py", "exec")
    made.keep()
    return made


def test_what_pyside_brings_as_text_is_compiled_at_the_first_start_only(tmp_path):
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for is_first in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", COMPILED], env=environment, capture_output=True, text=True, check=True
        )
        assert bool(done.stdout.split()) is is_first


def test_code_comes_back_as_it_was_compiled(file):
    kept(file)
    again = KeptCode(file).compile(SOURCE, "support.py", "exec")
    assert run(again) == 42
    assert again.co_filename == "support.py"


def test_another_text_of_the_same_name_is_compiled_anew(file):
    kept(file)
    assert run(KeptCode(file).compile(b"answer = 43", "support.py", "exec")) == 43


def test_what_is_not_bytecode_of_this_program_is_written_anew(file):
    file.parent.mkdir()
    for rubbish in (b"", b"no bytecode", b"i\x01\x00\x00\x00"):
        file.write_bytes(rubbish)
        kept(file)
        assert run(KeptCode(file).compile(SOURCE, "support.py", "exec")) == 42
        assert file.read_bytes() != rubbish


def test_bytecode_with_a_damaged_place_is_written_anew(file):
    kept(file)
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes((whole[place] ^ 0x55,)) + whole[place + 1 :])
        assert run(kept(file).compile(SOURCE, "support.py", "exec")) == 42
        assert file.read_bytes() == whole


def test_nothing_is_written_where_python_writes_no_bytecode(file, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept(file)
    assert not file.exists()


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "made").write_text("a file in the place of the folder")
    assert run(kept(tmp_path / "made" / "kept.pyc").compile(SOURCE, "support.py", "exec")) == 42


def test_anything_but_the_text_of_a_module_is_compiled_as_ever(file):
    code = KeptCode(file)
    assert eval(code.compile("6 * 7", "typed", "eval")) == 42
    with pytest.raises(SyntaxError):
        code.compile(b"answer =", "support.py", "exec")
    code.keep()
    assert not file.exists()
