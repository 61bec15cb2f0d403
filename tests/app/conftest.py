"""Running a command as the shell would, in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.app.cli import main
from tests.app import files
from tests.app.done import Done

Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Done:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        return Done(code, *capfd.readouterr())

    return call


@pytest.fixture
def project(tmp_path: Path, run: Run) -> Path:
    """An empty project."""
    path = tmp_path / "harbour.annotator"
    assert run("new", path).code == 0
    return path


@pytest.fixture
def full(tmp_path: Path, run: Run, project: Path) -> Path:
    """A project with a claim and a denial of it."""
    assert run("import", project, files.write(tmp_path / "harbour.jsonl", *files.LINES)).code == 0
    return project
