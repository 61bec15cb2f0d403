"""The campaign itself: what it must find, and that it comes to an end."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.store import edits
from annotator.store.store import Identity, Store
from tests.campaign import laws, work

ENDLESS = """
import threading
from hypothesis import given, strategies

@given(strategies.booleans())
def test_holds(_): pass

@given(strategies.booleans())
def test_fails(is_so): assert not is_so

@given(strategies.booleans())
def test_never_ends(_): threading.Event().wait()

def test_is_no_law(): assert False
"""


def test_a_law_that_fails_and_one_that_never_ends_are_named_and_the_rest_is_tried(tmp_path: Path) -> None:
    page = tmp_path / "test_endless.py"
    page.write_text(ENDLESS)
    outcome = laws.try_laws(tmp_path, [page.name], limit_s=10)
    assert outcome.tried == 3
    failing, endless = outcome.found
    assert "test_fails fails; what it wrote is in " in failing
    assert "test_never_ends did not end within 10 s; what it wrote is in " in endless
    written = [Path(line.rpartition(" ")[2]) for line in outcome.found]
    assert "test_fails(" in written[0].read_text()
    assert "in test_never_ends" in written[1].read_text(), "it says where it stands"
    for one in written:
        one.unlink()


@pytest.mark.parametrize("act", [*dict.fromkeys(work.ACTS)])
@pytest.mark.parametrize("left", [0, 1])
def test_work_goes_on_where_hardly_a_mark_is_left(act: Callable[..., Any], left: int, tmp_path: Path) -> None:
    with closing(Store.open(work.prepare(tmp_path), Identity())) as store:
        edits.delete_marks(store, work._marks(store)[left:])
        act(store, random.Random(11))
