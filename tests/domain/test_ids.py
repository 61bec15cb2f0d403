"""Ids are unique, sort in the order they were made, and say when."""

import subprocess
import sys
import threading
import time
import uuid

import pytest

from annotator.domain import ids


def test_an_id_is_a_uuid_of_version_7():
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(ids.new_id())
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 >= before - 1
    assert made.int >> 80 <= after + 1


def test_ids_made_in_a_row_sort_in_that_order():
    made = [ids.new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert all(map(ids.is_uuid, made))


@pytest.mark.parametrize("jump_ns", [0, -1, -(10**9), -(10**18)])
def test_ids_keep_their_order_when_the_clock_stands_still_or_jumps_back(monkeypatch, jump_ns):
    first = ids.new_id()
    moment = time.time_ns() + jump_ns
    monkeypatch.setattr(ids.time, "time_ns", lambda: moment)
    made = [first, *(ids.new_id() for _ in range(100))]
    assert made == sorted(set(made))


@pytest.mark.parametrize("low", [0, (1 << 48) - 3])
def test_many_ids_at_once_are_those_that_would_be_made_one_by_one(monkeypatch, low):
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    start = (1_700_000_000_000 << 74) | (7 << 48) | low
    monkeypatch.setattr(ids, "_last", start)
    one_by_one = [ids.new_id() for _ in range(9)]
    monkeypatch.setattr(ids, "_last", start)
    assert [*ids.new_ids(2), *ids.new_ids(0), *ids.new_ids(7)] == one_by_one


def test_threads_never_make_the_same_id():
    made = []
    threads = [
        threading.Thread(target=lambda: made.extend([ids.new_id() for _ in range(2000)])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


def test_ids_of_two_sites_made_in_the_same_moment_differ():
    program = "from annotator.domain.ids import new_id; print(*(new_id() for _ in range(500)))"
    command = [sys.executable, "-c", program]
    sites = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    first, second = (set(site.communicate()[0].split()) for site in sites)
    assert len(first) == len(second) == 500
    assert not first & second


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "A7", "01a1fff9-fe59-7456-abab-86efc56d771", "01A1FFF9-FE59-7456-ABAB-86EFC56D7711",
        "01a1fff9fe597456abab86efc56d7711", "01a1fff9-fe59-7456-abab-86efc56d7711\n",
    ],
)  # fmt: skip
def test_only_the_form_we_write_counts_as_an_id(text):
    assert not ids.is_uuid(text)


def test_very_many_ids_take_sixteen_bytes_each_and_come_back_as_they_were():
    made = [ids.new_id() for _ in range(1000)]
    few, many = ids.IdList(), ids.IdList()
    for one in made:
        (few if len(few) < 10 else many).append(one)
    few += many
    assert (len(few), few[0], few[-1], few[:3]) == (1000, made[0], made[-1], made[:3])
    assert list(few) == made
    assert sys.getsizeof(few._bytes) < 20 * len(made)
