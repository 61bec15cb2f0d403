"""The power goes while the program writes; the disk is rebuilt as it may have been left, and opened.

The short form of `make campaign`, which says the same with many more accidents.
"""

import pytest

from tests.campaign import io_errors, kills, power, trace

needs_strace = pytest.mark.skipif(not trace.is_there(), reason=trace.MISSING)


@needs_strace
@pytest.mark.parametrize(
    ("task", "cuts", "steps"),
    [("edit", 36, 30), ("loose ends", 12, 24), ("migrate", 12, 2), ("create", 6, 4), ("back-up", 6, 3)],
)
def test_a_power_cut_loses_nothing_that_was_acknowledged(task, cuts, steps):
    outcome = power.cut_power(task, cuts, steps)
    assert outcome.tried == cuts
    assert outcome.found == []


@needs_strace
def test_a_program_that_does_not_wait_for_the_disk_would_be_caught():
    assert power.cut_power("edit", 20, 20, "careless").found


@needs_strace
@pytest.mark.parametrize(("call", "step"), [("fdatasync", 5), ("openat", 2)])
def test_after_an_error_of_the_disk_nothing_is_lost_and_the_next_edit_works(call, step):
    outcome = io_errors.fail(call, step)
    assert outcome.tried > 1
    assert outcome.found == []


@needs_strace
@pytest.mark.parametrize(("call", "step"), [("fdatasync", 11), ("ftruncate", 7), ("fsync", 1), ("rename", 1)])
def test_nor_where_loose_ends_waited_for_it(call, step):
    outcome = io_errors.fail(call, step, "loose ends")
    assert outcome.tried
    assert outcome.found == []


@needs_strace
def test_a_disk_that_fails_for_good_is_left_alone_and_a_copy_holds_all():
    assert io_errors.fail_for_good("fdatasync", (7, 30)).found == []
    assert io_errors.fail_for_good("pwrite64", (40,)).found == []
    assert io_errors.fail_for_good("ftruncate", (3,), "loose ends").found == []


@pytest.mark.parametrize("task", ["loose ends", "import", "export", "back-up", "migrate", "salvage"])
def test_a_kill_leaves_the_last_whole_thing_or_the_one_before(task):
    assert kills.kill(task, 2).found == []
