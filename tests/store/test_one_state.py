"""What is read for long is of one moment, whoever writes meanwhile, and nobody waits for it."""

from contextlib import closing

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Source
from annotator.store import read
from annotator.store.bulk import BulkCancelledError
from annotator.store.edits import add_source
from annotator.store.history import Identity
from annotator.store.one_state import of_copy, of_one_state
from annotator.store.store import Store


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "harbour.annotator"
    with closing(Store.create(path, Identity())) as store:
        add_source(store, "Ana Ruiz")
    return path


@pytest.fixture
def looked(path):
    with closing(Store.open(path, Identity(), readonly=True)) as store:
        yield store


def names(store):
    return [source.name for source in read.all_records(store, Source)]


def write(path, name):
    with closing(Store.open(path, Identity())) as store:
        add_source(store, name)


def test_a_project_that_nobody_writes_to_is_read_itself(looked):
    assert of_one_state(looked, lambda store, check: (check(), store)[1]) is looked


def test_what_was_read_of_two_states_is_read_once_more_of_one(path, looked):
    seen = []

    def twice(store, check):
        before = names(store)
        if not seen:
            write(path, "The port authority")  # it need not wait for us
        seen.append((before, names(store)))
        check()
        return seen[-1]

    both = ["Ana Ruiz", "The port authority"]
    assert of_one_state(looked, twice) == (both, both)
    assert seen[0] == (["Ana Ruiz"], both)


def test_an_error_that_comes_of_two_states_is_none(path, looked):
    def failing_between(store, check):
        if store is looked:
            write(path, "The port authority")
            raise KeyError("a source that came meanwhile")
        return len(names(store))

    assert of_one_state(looked, failing_between) == 2


def test_what_is_stopped_is_not_begun_again_whoever_wrote_meanwhile(path, looked):
    read_from = []

    def stopped(store, check):
        read_from.append(store)
        write(path, "The port authority")
        raise BulkCancelledError

    with pytest.raises(BulkCancelledError):
        of_one_state(looked, stopped)
    assert read_from == [looked]


def test_an_error_after_all_was_read_is_raised_whoever_wrote_since(path, looked):
    def refused(store, check):
        check()
        write(path, "The port authority")
        raise UserError("export-loses")

    with pytest.raises(UserError, match="export-loses"):
        of_one_state(looked, refused)


def test_an_error_of_one_state_is_raised(looked):
    def failing(store, check):
        raise UserError("text-damaged")

    with pytest.raises(UserError, match="text-damaged"):
        of_one_state(looked, failing)


def test_a_project_that_may_be_written_to_is_read_of_a_copy(path):
    with closing(Store.open(path, Identity())) as store:

        def while_writing(copy, check):
            add_source(store, "The port authority")
            check()
            return names(copy)

        assert of_one_state(store, while_writing) == ["Ana Ruiz"]
        assert of_copy(store, lambda copy, check: (check(), names(copy))[1]) == names(store)
