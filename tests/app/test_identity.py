"""Who works here: made once, kept, and never in the way."""

import json

import pytest

from annotator.app import identity
from annotator.app.identity import installed
from annotator.app.project import Project


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(identity, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def told():
    return []


@pytest.fixture
def report(told):
    return lambda code, **details: told.append((code, details))


def test_an_installation_keeps_its_identity(home, report, told):
    first = installed(report)
    assert installed(report) == first
    assert told == []
    assert [path.name for path in home.iterdir()] == ["identity.json"]
    assert set(json.loads((home / "identity.json").read_text())) == {"site", "annotator", "name"}


def test_where_nothing_can_be_kept_the_work_goes_on_and_it_is_said(home, report, told):
    home.write_text("a file where the folder should be")
    assert installed(report).name
    assert [code for code, _ in told] == ["identity-not-kept"]


@pytest.mark.parametrize("content", ["", "[]", '{"site": "x", "annotator": "y", "name": "z"}', "{}"])
def test_a_damaged_identity_is_told_and_left_alone(home, report, told, content):
    home.mkdir()
    (home / "identity.json").write_text(content)
    installed(report)
    assert [code for code, _ in told] == ["identity-unreadable"]
    assert (home / "identity.json").read_text() == content


def test_of_two_programs_that_start_at_once_both_get_one_identity(home, report, monkeypatch):
    fresh = identity._fresh

    def late():
        monkeypatch.setattr(identity, "_fresh", fresh)
        installed(report)
        return fresh()

    monkeypatch.setattr(identity, "_fresh", late)
    assert installed(report) == installed(report)


def test_a_name_somebody_chose_in_the_project_signs_what_they_do(home, tmp_path):
    path = tmp_path / "p.annotator"
    with Project.create(path) as project:
        from annotator.store.edits import add_source, rename_annotator

        with project.store.operation("x"):
            mine = project.store.me()
        rename_annotator(project.store, mine, "Ina Holm")
    with Project.open(path) as project:
        add_source(project.store, "Port")
        assert project.history()[0].annotator_name == "Ina Holm"


def test_another_name_is_kept_for_the_next_start(home):
    before = identity.installed(lambda *_, **__: None)
    assert identity.rename(before, "Ada Byron").annotator == before.annotator
    assert identity.installed(lambda *_, **__: None).name == "Ada Byron"
