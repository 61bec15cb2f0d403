"""PySide costs less from the second start on, runs only what a window needs, and keeps no faults."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from inspect import Signature
from pathlib import Path
from threading import Barrier

import pytest
from PySide6.QtGui import QPen

from annotator.ui.pyside import KeptCode, Waiting

COMPILED = """
import sys
seen = []
sys.addaudithook(lambda event, details: seen.append(str(details[1])) if event == "compile" else None)
import annotator.ui
print(*(name for name in seen if "signature" in name))
"""
SOURCE = b"answer = 42"
WAITING = "shibokensupport/signature/parser.py"
LISTS_WHAT_RAN = """
import sys
import annotator.ui
import PySide6.QtWidgets
print(*(name for name in ("argparse", "inspect", "logging") if name in sys.modules))
features = vars(sys.modules["PySide6.support.feature"])
parser = vars(sys.modules["PySide6.support.signature.parser"])
print(*(name for name in ("all_feature_names", "pyside_type_init", "Waiting") if name in parser | features))
"""

FAILS = """
import sys
from annotator.ui import pyside
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
sys.excepthook = lambda kind, error, trace: print("told", kind.__name__)
class Failing(QWidget):
    def hideEvent(self, event):
        {fails}
failing = Failing()
failing.show()
failing.hide()
print("goes on", failing.isVisible())
"""


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


def test_what_says_how_a_function_is_called_does_not_run_at_the_start():
    done = subprocess.run([sys.executable, "-c", LISTS_WHAT_RAN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_who_calls_a_function_wrongly_is_told_how():
    with pytest.raises(TypeError, match=r"QPen\.setWidth\(width: int"):
        QPen().setWidth("wide")  # type: ignore[arg-type]
    assert "width: int" in (QPen.setWidth.__doc__ or "")


def test_stubs_can_still_be_written():
    from PySide6.support.signature import get_signature
    from PySide6.support.signature.lib.pyi_generator import Formatter

    assert isinstance(get_signature(QPen.setWidth), Signature)
    assert isinstance(Formatter, type)


def test_features_of_pyside_are_there_for_who_looks_for_them():
    from PySide6.support import feature

    assert "snake_case" in feature.all_feature_names


def test_a_module_that_waits_runs_once_whoever_asks_first(file):
    names: dict[str, object] = {"__name__": "waits", "runs": []}
    exec(KeptCode(file).compile(b"runs.append(1); answer = 42", WAITING, "exec"), names)
    waiting = names["__getattr__"]
    assert isinstance(waiting, Waiting)
    with pytest.raises(AttributeError):
        waiting("__file__")
    assert names["runs"] == []
    together = Barrier(4)

    def ask(_: int) -> object:
        together.wait()
        return waiting("answer")

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [42] * 4
    assert names["runs"] == [1]
    assert "__getattr__" not in names
    with pytest.raises(AttributeError, match="waits"):
        waiting("question")


@pytest.mark.parametrize("fails", ["[][0]", "raise ValueError"])
def test_what_fails_in_an_event_that_the_program_caused_is_told_and_the_program_goes_on(fails):
    done = subprocess.run(
        [sys.executable, "-c", FAILS.format(fails=fails)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told, after = done.stdout.splitlines()
    assert told.startswith("told ")
    assert after == "goes on False"
