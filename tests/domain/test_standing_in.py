"""A module that is only named is not loaded, and gives all it has to whoever asks."""

import sys

import pytest

from annotator.domain.standing_in import StandIn, standing_in

NAME = "named_only"


@pytest.fixture(autouse=True)
def module(tmp_path, monkeypatch):
    (tmp_path / f"{NAME}.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop(NAME, None)


def test_a_module_that_is_only_named_is_not_loaded():
    with standing_in(NAME):
        named = __import__(NAME)
    assert isinstance(named, StandIn)
    assert NAME not in sys.modules


def test_what_is_named_gives_what_the_module_has_then_and_later():
    with standing_in(NAME):
        named = __import__(NAME)
        exec(f"from {NAME} import answer; assert answer == 42")
        assert not isinstance(sys.modules[NAME], StandIn)
    __import__(NAME).answer = 43
    assert named.answer == 43
    with pytest.raises(AttributeError, match=NAME):
        _ = named.question


def test_a_module_that_is_there_stays():
    there = __import__(NAME)
    with standing_in(NAME):
        assert __import__(NAME) is there
    assert sys.modules[NAME] is there


def test_the_next_import_after_a_failure_gives_the_module():
    with pytest.raises(ZeroDivisionError), standing_in(NAME):
        raise ZeroDivisionError
    assert __import__(NAME).answer == 42
