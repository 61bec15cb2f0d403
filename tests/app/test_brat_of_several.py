"""Brat folders of several annotators, and of people with a scheme of their own, come into one project."""

import json
import shutil

import pytest

from annotator.app.project import Project

TEXT = "The port is closed, a union said. The ministry denies that."
HEAD = "id,kind,from,from_text,to,to_text,how,inferred,note\n"
CLAIM = "0174876e-80a4-7000-8004-0000000000a4"
ANN = ["T1\tclaim 0 18\tThe port is closed", "T2\tdenial 34 58\tThe ministry denies that"]


def folder(path, *lines, beside=()):
    path.mkdir()
    (path / "d1.txt").write_text(TEXT, encoding="utf-8")
    (path / "d1.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if beside:
        (path / "relations.csv").write_text(HEAD + "\n".join(beside) + "\n", encoding="utf-8")
    return path


def rows(project, sql):
    with Project.open(project, readonly=True) as opened:
        return sorted(opened.store.query(sql))


def marks(project):
    return rows(
        project,
        "SELECT a.name, m.origin_id, json_extract(m.quotes, '$[0]') FROM mark m"
        " JOIN annotator a ON a.id = m.annotator",
    )


def ends(project):
    return rows(
        project,
        "SELECT b.name, l.kind, x.name, y.name FROM link l JOIN mark f ON f.id = l.from_mark"
        " JOIN mark t ON t.id = l.to_mark JOIN annotator x ON x.id = f.annotator"
        " JOIN annotator y ON y.id = t.annotator JOIN annotator b ON b.id = l.annotator",
    )


def said(project):
    return rows(
        project,
        "SELECT a.name, n.stance, p.text FROM mention n JOIN annotator a ON a.id = n.annotator"
        " JOIN proposition p ON p.id = n.proposition",
    )


def test_marks_of_two_annotators_of_one_text_stand_side_by_side_with_their_links(project, tmp_path, run):
    relation = "R1\tdenies Arg1:T2 Arg2:T1"
    ann = folder(tmp_path / "ann", *ANN, relation)
    bob = folder(tmp_path / "bob", "T1\tclaim 4 18\tport is closed", ANN[1], relation)
    assert run("import", project, ann, "--annotator", "Ann").code == 0
    done = run("import", project, bob, "--annotator", "Bob", "--json")
    assert (done.code, done.json["added"]["mark"]) == (0, 2)
    assert marks(project) == [
        ("Ann", "d1/T1", "The port is closed"), ("Ann", "d1/T2", "The ministry denies that"),
        ("Bob", "d1/T1", "port is closed"), ("Bob", "d1/T2", "The ministry denies that"),
    ]  # fmt: skip
    assert ends(project) == [(who, "denies", who, who) for who in ("Ann", "Bob")]
    for path, who in ((ann, "Ann"), (bob, "Bob")):
        again = run("import", project, path, "--annotator", who, "--json")
        assert (again.code, again.json["added"]) == (0, {})
    assert run("check", project).code == 0


def test_a_folder_that_comes_again_under_another_name_is_taken_and_told(project, tmp_path, run):
    path = folder(tmp_path / "in", *ANN)
    assert run("import", project, path, "--annotator", "Ann").code == 0
    (path / "d1.ann").write_text("\n".join([ANN[0], ANN[1].replace("denial 34", "claim 34")]) + "\n")
    done = run("import", project, path, "--annotator", "login", "--json")
    assert (done.code, done.json["added"]["mark"]) == (0, 2)
    (told,) = done.json["notices"]
    assert (told["code"], told["count"]) == ("marks-repeat-others", 1)
    assert "as one by Ann. If both are one person, undo this import" in done.err
    again = run("import", project, path, "--annotator", "login", "--json")
    assert (again.json["added"], again.json["notices"]) == ({}, [])


def test_nothing_is_told_of_annotators_whose_marks_differ(project, tmp_path, run):
    assert run("import", project, folder(tmp_path / "a", ANN[0]), "--annotator", "Ann").code == 0
    bob = folder(tmp_path / "b", "T1\tclaim 4 18\tport is closed", ANN[1])
    assert run("import", project, bob, "--annotator", "Bob", "--json").json["notices"] == []


@pytest.mark.parametrize("name", ["brat-tutorial-news", "litbank-entities", "somesci-sentences"])
def test_folders_of_others_come_from_two_annotators_and_go_out_again_whole(
    name, shared, project, tmp_path, run
):
    one, other = shared / "fixtures/brat" / name, tmp_path / "other"
    shutil.copytree(one, other)
    first = run("import", project, one, "--annotator", "Ann", "--json").json["added"]
    second = run("import", project, other, "--annotator", "Bob", "--json").json["added"]
    assert {name: second.get(name, 0) for name in ("mark", "link")} == {
        name: first.get(name, 0) for name in ("mark", "link")
    }
    assert "article" not in second
    assert run("import", project, other, "--annotator", "Bob", "--json").json["added"] == {}
    lines, back = tmp_path / "all.jsonl", tmp_path / "back.annotator"
    assert run("export", project, lines, "--format", "annotator-jsonl").code == 0
    assert run("new", back).code == 0
    assert run("import", back, lines).code == 0
    assert run("export", back, tmp_path / "again.jsonl", "--format", "annotator-jsonl").code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == lines.read_bytes()


def test_what_two_annotators_say_of_one_claim_comes_to_that_claim(project, tmp_path, run):
    for who, stance in (("Ann", "support"), ("Bob", "query")):
        row = f"1,mention,d1/T1,,proposition:{CLAIM},The port is closed.,{stance},,"
        path = folder(tmp_path / who, *ANN, beside=[row])
        assert run("import", project, path, "--annotator", who).code == 0
    assert said(project) == [
        ("Ann", "support", "The port is closed."), ("Bob", "query", "The port is closed."),
    ]  # fmt: skip


def test_a_claim_that_was_reworded_since_stays_so_and_what_is_said_of_it_comes_in(project, tmp_path, run):
    lines = [f"{n},mention,d1/T{n},,proposition:{CLAIM},The port is closed.,support,," for n in (1, 2)]
    assert run("import", project, folder(tmp_path / "ann", *ANN, beside=lines[:1])).code == 0
    with Project.open(project) as opened, opened.store.operation("reword"):
        opened.store.execute("UPDATE proposition SET text = 'The port was shut.'")
    done = run("import", project, folder(tmp_path / "more", *ANN, beside=lines), "--json")
    assert (done.code, done.json["added"]) == (1, {"mention": 1})
    assert (
        "relations.csv, line 2: A claim reads “The port is closed.” in the file and “The port was sh"
        in done.err
    )
    assert [row[1:] for row in said(project)] == [("support", "The port was shut.")] * 2


def test_a_relation_that_our_scheme_does_not_allow_is_left_out_and_told(project, tmp_path, run):
    lines = [*ANN, "R1\tcites Arg1:T2 Arg2:T1", "R2\tdenies Arg1:T2 Arg2:T1"]
    beside = ["3,cites,d1/T1,,d1/T2,,,,", "4,undermines,d1/T2,,d1/T1,,,,"]
    done = run("import", project, folder(tmp_path / "in", *lines, beside=beside), "--json")
    assert (done.code, done.json["added"]["mark"], done.json["added"]["link"]) == (1, 2, 2)
    assert [(one["code"], one["id"], one["line"]) for one in done.json["notices"]] == [
        ("link-left-out", "d1/R1", 3), ("link-left-out", "d1/T1/3", 2),
    ]  # fmt: skip
    assert (
        "d1.ann, line 3: Link d1/R1 was left out: here “cites” cannot go from “denial” to “claim”" in done.err
    )
    assert [kind for _, kind, *_ in ends(project)] == ["denies", "undermines"]


def test_an_attack_on_a_source_comes_back_to_the_source_of_that_name(project, tmp_path, run):
    row = "5,undermines,d1/T2,,source:0174876e,The union,,,"
    spoken = folder(tmp_path / "in", *ANN, "#1\tSource T1\tThe union", beside=[row])
    done = run("import", project, spoken, "--json")
    assert (done.code, done.json["added"]["source"], done.json["added"]["link"]) == (0, 1, 1)
    back, other = tmp_path / "back", tmp_path / "other.annotator"
    assert run("export", project, back, "--format", "brat").code == 0
    assert run("new", other).code == 0
    again = run("import", other, back, "--json").json["added"]
    assert (again["source"], again["link"]) == (1, 1)


def test_a_value_that_our_attribute_does_not_have_is_left_out_and_told(project, tmp_path, run):
    lines = [*ANN, "A1\tcertainty T1 Rather", "A2\tcertainty T2 possible"]
    done = run("import", project, folder(tmp_path / "in", *lines), "--json")
    assert (done.code, done.json["added"]["mark"]) == (1, 2)
    assert "d1.ann, line 1: Of mark d1/T1 “Rather” was left out" in done.err
    again = run("import", project, tmp_path / "in", "--json")
    assert again.json["added"] == {}
    values = rows(project, "SELECT origin_id, attributes FROM mark")
    assert values == [("d1/T1", "{}"), ("d1/T2", '{"certainty":"possible"}')]


def test_a_mark_that_is_found_again_is_told_with_its_file_and_line(project, tmp_path, run):
    path = folder(tmp_path / "in", "T1\tclaim 1 19\tThe port is closed")
    done = run("import", project, path, "--reanchor")
    assert (done.code, "d1.ann, line 1: Mark d1/T1 stood at" in done.err) == (0, True)


T1, PLACED = {"mark": "d1/T1"}, {"article": "d1", "spans": [[0, 3]], "quotes": ["The"]}
NAMES_T1 = {
    "end": {"type": "link", "id": "l1", "kind": "denies", "from": T1, "to": T1},
    "mark": {"type": "mention", "id": "n1", **T1, "proposition": CLAIM, "stance": "support"},
    "id": {"type": "mark", "id": "d1/T1", "label": "claim", **PLACED},
}
"""Records of another program that name a mark by its foreign id, by where they do."""


def lines(path, *records):
    claim = {"type": "proposition", "id": CLAIM, "text": "The port is closed."}
    text = "".join(json.dumps(record) + "\n" for record in (claim, *records))
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def of_two(project, tmp_path, run):
    """A project in which Ann and Bob have marks d1/T1 and d1/T2 each."""
    for who in ("Ann", "Bob"):
        assert run("import", project, folder(tmp_path / who, *ANN), "--annotator", who).code == 0
    return project


def test_what_two_annotators_call_the_same_is_that_of_who_signs_the_record(of_two, tmp_path, run):
    link = {**NAMES_T1["end"], "from": {"mark": "d1/T2"}}
    links = [link, {**link, "id": "l2", "annotator": "Bob"}, {**link, "id": "l3", "annotator": "Ann"}]
    later = [{**one, "id": f"{one['id']} later", "kind": "undermines"} for one in links]
    mention = {**NAMES_T1["mark"], "annotator": "Bob"}
    path = lines(tmp_path / "more.jsonl", *links, mention, *later)
    assert run("import", of_two, path, "--annotator", "Ann").code == 0
    expected = [(who, kind, who, who) for who in ("Ann", "Ann", "Bob") for kind in ("denies", "undermines")]
    assert ends(of_two) == sorted(expected)
    theirs = "SELECT b.name FROM mention n JOIN mark m ON m.id = mark JOIN annotator b ON b.id = m.annotator"
    assert rows(of_two, f"{theirs} WHERE n.origin_id = 'n1'") == [("Bob",)]


@pytest.mark.parametrize("place", NAMES_T1)
def test_what_two_others_call_the_same_is_refused_with_its_place_and_all_that_it_may_be(
    place, of_two, tmp_path, run
):
    path = lines(tmp_path / "more.jsonl", NAMES_T1[place])
    done = run("import", of_two, path, "--annotator", "Carl", "--json")
    assert (done.code, rows(of_two, "SELECT count(*) FROM proposition")) == (3, [(0,)])
    ids = ", ".join(one for (one,) in rows(of_two, "SELECT id FROM mark WHERE origin_id = 'd1/T1'"))
    assert f"more.jsonl, line 2: Several annotators have a mark d1/T1: {ids}. Give the id" in done.err
