"""The data files are found in a checkout and in an installed program."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotator.domain.resources import resource

ROOT = Path(__file__).resolve().parents[2]


def test_a_checkout_finds_its_data_at_its_root():
    assert resource("scheme", "default.json") == ROOT / "resources" / "scheme" / "default.json"


def test_a_missing_data_file_is_named():
    with pytest.raises(FileNotFoundError, match=r"scheme/none\.json"):
        resource("scheme", "none.json")


def test_an_installed_program_brings_its_data_along(tmp_path):
    build = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run([sys.executable, *build], cwd=ROOT, capture_output=True, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "installed")
    program = "from annotator.domain.resources import resource; print(resource('scheme', 'default.json'))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path / "installed",
        capture_output=True,
        text=True,
        check=True,
    )
    found = Path(done.stdout.strip())
    assert found == tmp_path / "installed" / "annotator" / "resources" / "scheme" / "default.json"
