"""`annotator check` finds what is wrong with a file, names it, and changes nothing."""

import sqlite3
from contextlib import closing

import pytest

from annotator.app.identity import failed_copies_folder
from annotator.domain.errors import UserError
from annotator.store import failed_copies
from tests.app import files

DAMAGE = {
    "damage-text": "UPDATE content SET text = replace(text, 'office', 'Office')",
    "damage-quote": "UPDATE mark SET quotes = '[\"the cranes ran off\"]' WHERE origin_id = 'm1'",
    "damage-span": "UPDATE mark SET spans = '[[90,900]]' WHERE origin_id = 'm1'",
    "damage-quotes-count": "UPDATE mark SET quotes = '[]' WHERE origin_id = 'm1'",
    "damage-reference": "DELETE FROM source WHERE origin_id = 'office'",
    "damage-operation": "UPDATE mark SET operation = 'gone' WHERE origin_id = 'm1'",
    "damage-region": "UPDATE article SET regions = '[[\"title\",[0,5000]]]'",
    "damage-link-ends": "UPDATE mark SET label = 'evidence' WHERE origin_id = 'm2'",
    "damage-original": "INSERT INTO original VALUES ('00', x'61')",
    "damage-original-missing": "UPDATE article SET original = 'ff'",
    "damage-check-failed": "UPDATE mark SET spans = 'no spans' WHERE origin_id = 'm1'",
    "damage-link-kind": (
        "INSERT INTO proposition (id, number, text) VALUES ('p2', 2, 'x');"
        "INSERT INTO proposition_link (id, origin, kind, target) SELECT 'pl', id, 'mocks', 'p2'"
        " FROM proposition WHERE id <> 'p2'"
    ),
}


@pytest.mark.parametrize("code", DAMAGE)
def test_damage_is_found_and_named_and_the_file_stays_as_it_is(full, run, code):
    with closing(sqlite3.connect(full)) as connection:
        connection.executescript(DAMAGE[code])
        connection.commit()
    before = full.read_bytes()
    done = run("check", full, "--json")
    assert done.code == 1
    assert not done.json["ok"]
    assert code in [one["code"] for one in done.json["damage"]]
    assert all(one["message"] for one in done.json["damage"])
    assert "Damage" in run("check", full).out
    assert full.read_bytes() == before


def test_a_page_that_is_damaged_is_found(tmp_path, full, run):
    data = bytearray(full.read_bytes())
    middle = len(data) // 4096 // 2 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    full.write_bytes(data)
    done = run("check", full, "--json")
    assert done.code == 1
    assert done.json["damage"]
    assert full.read_bytes() == bytes(data)


def test_a_check_that_damage_ends_says_what_can_still_be_done(tmp_path, full, run):
    data = bytearray(full.read_bytes())
    middle = len(data) // 4096 // 2 * 4096
    data[middle : middle + 4096] = bytes(4096)
    full.write_bytes(data)
    told = run("check", full).out
    assert "could not be carried out" in told
    assert "--salvage" in told
    for word in (":memory:", "findings", "project-damaged"):
        assert word not in told


def test_a_label_the_scheme_lost_is_a_loose_end_and_no_damage(full, run):
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE mark SET label = 'boast' WHERE origin_id = 'm1'")
        connection.execute("DELETE FROM link")
        connection.commit()
    done = run("check", full, "--json")
    assert done.code == 0
    assert "undefined_label" in [one["rule"] for one in done.json["loose_ends"]]


def test_much_damage_of_one_kind_is_cut_short(project, tmp_path, run):
    lines = [files.changed(files.CLAIM, id=f"m{number}") for number in range(150)]
    run("import", project, files.write(tmp_path / "a.jsonl", files.OFFICE, files.ARTICLE, *lines))
    with closing(sqlite3.connect(project)) as connection:
        connection.execute("UPDATE mark SET quotes = '[\"x\"]'")
        connection.commit()
    codes = [one["code"] for one in run("check", project, "--json").json["damage"]]
    assert codes.count("damage-quote") == 100
    assert codes[-1] == "damage-more"


def test_what_can_be_read_is_saved_into_a_new_project(full, run, tmp_path):
    saved = tmp_path / "saved.annotator"
    done = run("check", full, "--salvage", saved)
    assert done.code == 0
    assert "mark: 2 saved, 0 lost" in done.out
    assert run("check", saved).code == 0


def test_marks_that_were_miscounted_are_counted_anew_and_it_is_said(full, run):
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE tally SET marks = marks + 7")
        connection.execute("UPDATE source_tally SET marks = 0")
        connection.commit()
    done = run("check", full)
    assert done.code == 0
    assert "counted anew" in done.err
    again = run("check", full)
    assert again.code == 0
    assert "counted anew" not in again.err


def test_a_miscount_beside_other_damage_is_told_and_left(full, run):
    with closing(sqlite3.connect(full)) as connection:
        connection.execute("UPDATE tally SET marks = marks + 7")
        connection.executescript(DAMAGE["damage-quote"])
        connection.commit()
    before = full.read_bytes()
    done = run("check", full, "--json")
    assert {"damage-counters", "damage-quote"} == {one["code"] for one in done.json["damage"]}
    assert full.read_bytes() == before


def test_check_names_the_copy_that_failed_when_the_project_was_closed(full, run):
    failed = UserError("backup-failed", path="/copies/harbour.annotator", reason="no space left on device")
    notes = failed_copies_folder()
    failed_copies.note(notes, full, failed)
    assert failed_copies.untold(notes, full)
    done = run("check", full)
    assert done.code == 0
    assert "/copies/harbour.annotator" in done.err
    assert "no space left on device" in done.err
    failed_copies.forget(notes, full)
    assert run("check", full).err == ""
