"""brat folders of others are read whole; our own come back equal within the limits of brat."""

import csv
import json
import os
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.model import (
    Article,
    Attribution,
    Link,
    Mark,
    Mention,
    Proposition,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.runs import AT_ONCE, PAUSE
from annotator.domain.scheme import Scheme
from annotator.domain.spans import Span
from annotator.domain.summary import Summary
from annotator.domain.text import normalise_text
from annotator.formats.brat import FORMAT
from annotator.formats.brat_ann import LINE_ENDS
from annotator.formats.elsewhere import is_large
from annotator.formats.registry import export_to, guess
from tests.domain.summaries import summarise
from tests.formats.deep import nested
from tests.formats.records import HARBOUR, MANY, REPLY, many_marks_and_links, small_project
from tests.formats.told import Told


def read(path, **options) -> list:
    return list(FORMAT.read(path, options))


def of(records, record_type) -> list:
    return [record for record in records if isinstance(record, record_type)]


def document(folder, text: str | bytes, ann: str, stem: str = "d"):
    path = folder / f"{stem}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.with_suffix(".ann").write_bytes(ann.encode())
    return folder


def slices(records) -> list[tuple[str, ...]]:
    texts = {article.id: article.text for article in of(records, Article)}
    return [tuple(texts[mark.article][s:e] for s, e in mark.spans) for mark in of(records, Mark)]


@pytest.mark.parametrize(
    ("folder", "documents", "marks", "relations"),
    [
        ("brat/brat-tutorial-news", 13, 119, 8),
        ("brat/litbank-entities", 10, 1364, 0),
        ("brat/somesci-sentences", 40, 112, 65),
    ],
)
def test_folders_of_others_are_read_whole(shared, tmp_path, folder, documents, marks, relations):
    records = read(shared / "fixtures" / folder)
    links = [link for link in of(records, Link) if "*" not in link.id]
    assert (len(of(records, Article)), len(of(records, Mark)), len(links)) == (documents, marks, relations)
    assert slices(records) == [mark.quotes for mark in of(records, Mark)]
    scheme = Scheme(of(records, SchemeLine)[0].data)
    assert {mark.label for mark in of(records, Mark)} <= set(scheme.labels)
    assert {link.kind for link in of(records, Link)} <= set(scheme.link_kinds)
    export_to(FORMAT, records, tmp_path / "out", {})
    assert comparable(read(tmp_path / "out")) == comparable(records)


def test_the_torture_texts_are_read_exactly(shared):
    truth = json.loads((shared / "fixtures/torture/expected.json").read_text(encoding="utf-8"))
    records = read(shared / "fixtures/torture/brat")
    assert {article.id: article.text for article in of(records, Article)} == {
        one["id"]: one["text"] for one in truth["documents"]
    }
    spans = {
        (one["id"], label_of(row), tuple(map(tuple, row["fragments"])))
        for one in truth["documents"]
        for row in one["spans"]
    }
    marks = {mark.id: mark for mark in of(records, Mark)}
    assert {(mark.article, mark.label, mark.spans) for mark in marks.values()} == spans
    places = {
        (one["id"], row["id"]): (one["id"], label_of(row), tuple(map(tuple, row["fragments"])))
        for one in truth["documents"]
        for row in one["spans"]
    }
    within = [row for row in truth["relations"] if row["from"][0] == row["to"][0]]
    assert Counter(
        (link.kind, place(marks, link.origin), place(marks, link.target)) for link in of(records, Link)
    ) == (Counter((row["type"], places[tuple(row["from"])], places[tuple(row["to"])]) for row in within))


def label_of(row) -> str:
    """Claim, Denial and Evidence are usual labels but for their letters; there is no Source among these."""
    return row["label"] if row["label"] == "Source" else row["label"].lower()


def place(marks, end: Ref):
    mark = marks[end.id]
    return mark.article, mark.label, mark.spans


def comparable(records) -> tuple:
    """What brat can hold of records, without ids and order."""
    names = {source.id: source.name for source in of(records, Source)}
    texts = {article.id: article.text for article in of(records, Article)}
    marks = {mark.id: mark for mark in of(records, Mark)}

    def shown(mark: Mark):
        return (
            texts[mark.article], mark.label, mark.spans, tuple(mark.quotes), json.dumps(mark.attributes),
            tuple(names.get(step.source) for step in mark.attribution), mark.note,
        )  # fmt: skip

    links = Counter(
        (link.kind, shown(marks[link.origin.id]), shown(marks[link.target.id]), link.note)
        for link in of(records, Link)
        if link.origin.table == link.target.table == "mark"
    )
    claims = {claim.id: claim.text for claim in of(records, Proposition)}
    said = Counter(
        (shown(marks[one.mark]), one.stance, claims[one.proposition], one.note)
        for one in of(records, Mention)
    )
    to_claims = Counter(
        (link.kind, shown(marks[link.origin.id]), claims[link.target.id], link.how, link.inferred, link.note)
        for link in of(records, Link)
        if (link.origin.table, link.target.table) == ("mark", "proposition")
    )
    return Counter(texts.values()), Counter(map(shown, marks.values())), links, said, to_claims


def test_our_own_export_comes_back_equal(tmp_path):
    export_to(FORMAT, small_project(), tmp_path / "out", {})
    told = Told()
    records = read(tmp_path / "out", report=told)
    assert comparable(records) == comparable(small_project())
    assert [(code, details["count"]) for code, details in told] == [("brat-relations-beside", 1)]
    scheme = of(records, SchemeLine)[0].data
    assert scheme["labels"] == of(small_project(), SchemeLine)[0].data["labels"]


def test_an_export_has_the_files_brat_expects(tmp_path):
    out = tmp_path / "out"
    export_to(FORMAT, small_project(), out, {})
    files = sorted(file.name for file in out.iterdir() if not file.name.startswith("."))
    assert files == [
        "Harbour_closed.ann", "Harbour_closed.txt", "annotation.conf", "harbour_closed_2.ann",
        "harbour_closed_2.txt", "relations.csv",
    ]  # fmt: skip
    assert (out / "Harbour_closed.txt").read_bytes().decode() == HARBOUR
    lines = (out / "Harbour_closed.ann").read_text(encoding="utf-8").split("\n")
    start = HARBOUR.index("The harbour")
    assert lines[0] == f"T1\tclaim {start} {start + 20}\tThe harbour is safe,"
    assert "#1\tSource T1\tAna Ruiz" in lines
    assert "#2\tRelay T1\tRadio Nord" in lines
    assert "A1\tcertainty T1 certain" in lines
    assert "R1\tsupports Arg1:T2 Arg2:T1" in lines
    split = (out / "harbour_closed_2.ann").read_text(encoding="utf-8").split("\n")
    at = REPLY.index("said.\u2028The port")
    assert f"T2\tclaim {at} {at + 5};{at + 6} {at + 14}\tsaid. The port" in split


def test_every_type_is_declared_in_plain_letters(tmp_path):
    out = tmp_path / "out"
    export_to(FORMAT, small_project(), out, {})
    conf = (out / "annotation.conf").read_text(encoding="ascii").split("\n")
    entities = conf[conf.index("[entities]") + 1 : conf.index("[relations]") - 1]
    assert entities == ["claim", "denial", "Beleg_fur"]
    assert "denies\tArg1:<ENTITY>, Arg2:<ENTITY>" in conf
    assert "certainty\tArg:<ENTITY>, Value:certain|possible" in conf


def test_links_that_leave_an_article_stand_in_a_table_beside(tmp_path):
    export_to(FORMAT, small_project(), tmp_path / "out", {})
    with (tmp_path / "out" / "relations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["from"], row["to"]) for row in rows] == [
        ("mention", "Harbour_closed/T1", "proposition:p1"),
        ("denies", "harbour_closed_2/T1", "Harbour_closed/T1"),
        ("supports", "exhibit:x1", "proposition:p1"),
        ("undermines", "harbour_closed_2/T1", "source:ruiz"),
    ]
    assert rows[0]["to_text"] == "The harbour is closed."
    assert rows[3]["how"] == "rebut"


def test_of_very_many_marks_and_links_each_is_written_in_its_order(tmp_path):
    export_to(FORMAT, many_marks_and_links(), tmp_path / "out", {})
    lines = (tmp_path / "out" / "Many.ann").read_text(encoding="utf-8").splitlines()
    assert lines[:MANY] == [f"T{number + 1}\tclaim {number} {number + 1}\tx" for number in range(MANY)]
    assert lines[MANY:] == [f"R{n}\tdenies Arg1:T{n + 1} Arg2:T{n}" for n in range(1, MANY)]
    beside = (tmp_path / "out" / "relations.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[2] for line in beside[1:]] == [f"Many/T{n + 1}" for n in range(MANY)]


def test_links_beside_come_by_the_documents_of_their_origins_as_those_do(tmp_path):
    for stem in "bca":
        document(tmp_path, "The harbour.", "T1\tclaim 0 3\tThe\n", stem)
    head = "id,kind,from,from_text,to,to_text,how,inferred,note\n"
    rows = ["1,denies,c/T1,,a/T1,,,,", "2,supports,a/T1,,b/T1,,how,yes,why", "3,denies,c/T1,,b/T1,,,,"]
    (tmp_path / "relations.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    links = of(read(tmp_path), Link)
    assert [(link.id, link.origin.id, link.target.id) for link in links] == [
        ("a/T1/2", "a/T1", "b/T1"), ("c/T1/1", "c/T1", "a/T1"), ("c/T1/3", "c/T1", "b/T1"),
    ]  # fmt: skip
    assert (links[0].how, links[0].inferred, links[0].note) == ("how", True, "why")


def test_claims_come_once_as_documents_name_them_and_before_what_marks_do_to_them(tmp_path):
    for stem in "ab":
        document(tmp_path, "The harbour.", "T1\tclaim 0 3\tThe\n", stem)
    rows = [
        "1,mention,b/T1,,proposition:p,It is so.,deny,,no",
        "2,undermines,a/T1,,proposition:q,So it is.,how,yes,why",
        "3,mention,a/T1,,proposition:p,It is so.,support,,",
        "4,mention,c/T1,,proposition:r,Nobody says it.,support,,",
        "5,undermines,a/T1,,source:s,Ruiz,,,",
        "6,supports,exhibit:x,,proposition:p,It is so.,,,",
        "7,supports,a/T1,,a/T1,,,,",
    ]
    head = "id,kind,from,from_text,to,to_text,how,inferred,note\n"
    (tmp_path / "relations.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    told = Told()
    records = read(tmp_path, report=told)
    assert [(claim.id, claim.text) for claim in of(records, Proposition)] == [
        ("q", "So it is."), ("p", "It is so."),
    ]  # fmt: skip
    assert [(one.mark, one.stance, one.proposition, one.note) for one in of(records, Mention)] == [
        ("a/T1", "support", "p", None), ("b/T1", "deny", "p", "no"),
    ]  # fmt: skip
    link, attack = of(records, Link)
    assert (attack.kind, attack.target) == ("undermines", Ref("source", "source:Ruiz"))
    assert [source.name for source in of(records, Source)] == ["Ruiz"]
    assert (link.kind, link.origin, link.target) == (
        "undermines",
        Ref("mark", "a/T1"),
        Ref("proposition", "q"),
    )
    assert (link.how, link.inferred, link.note) == ("how", True, "why")
    types = [type(record) for record in records]
    assert types.index(Mention) > max(n for n, one in enumerate(types) if one is Proposition)
    assert [(code, details["count"]) for code, details in told] == [("brat-relations-beside", 3)]


def test_attributes_and_notes_that_are_about_nothing_are_told(tmp_path):
    lines = [
        "T1\tclaim 0 3\tThe",
        "A1\tcertainty T9 high",
        "#1\tAnnotatorNotes T9\twhy",
        "#2\tSource R4\tRuiz",
    ]
    document(tmp_path, "The harbour.", "\n".join([*lines, "#3\tAnnotatorNotes T1\tgood"]), "d")
    told = Told()
    (mark,) = of(read(tmp_path, report=told), Mark)
    assert (mark.note, [(code, details["id"]) for code, details in told]) == (
        "good", [("brat-about-nothing", "T9"), ("brat-about-nothing", "R4")],
    )  # fmt: skip


def test_losses_name_what_is_left_out_and_what_is_kept_beside():
    losses = {loss.code: loss for loss in FORMAT.losses(summarise(small_project()))}
    assert losses["links-across-articles"].beside == "relations.csv"
    assert losses["judgements"].example == "j1"
    assert "discontinuous" not in losses
    assert "attributes" not in losses
    assert len(FORMAT.losses(Summary.of_everything())) > 20
    assert FORMAT.losses(summarise([])) == []


def test_events_equivalences_notes_and_normalisations_are_not_lost_silently(tmp_path):
    ann = (
        "T1\tPerson 0 3\tAna\nT2\tSay 4 8\tsays\nE1\tSay:T2 Who:T1\nA1\tNegation E1\nM1\tSpeculation E1\n"
        "#1\tAnnotatorNotes E1\tsure?\nN1\tReference T1 Wikipedia:7\tAna R.\nT3\tPerson 9 12\tAna\n"
        "*\tAlias T1 T3\nR1\tKnows Arg1:E1 Arg2:T3\t\n#2\tAnnotatorNotes R1\tso\nR2\tKnows Arg1:T1 Arg2:T9\n"
        "?\twhat\n"
    )
    told = Told()
    records = read(document(tmp_path, "Ana says Ana", ann), report=told)
    first, says, second = of(records, Mark)
    assert (first.id, first.label, first.note) == ("d/T1", "Person", "Reference Wikipedia:7 Ana R.")
    assert (says.attributes, says.note) == ({"Negation": "yes", "Speculation": "yes"}, "sure?")
    alias, knows = of(records, Link)
    assert (alias.kind, alias.origin.id, alias.target.id) == ("Alias", "d/T1", "d/T3")
    assert (knows.origin.id, knows.target.id, knows.note) == ("d/T2", "d/T3", "so")
    assert Scheme(of(records, SchemeLine)[0].data).link_kinds["Alias"].symmetric
    assert [code for code, _ in told] == [
        "brat-line-unknown", "brat-relation-without-end", "brat-event-arguments",
    ]  # fmt: skip
    assert second.quotes == ("Ana",)


def test_a_relation_of_a_mark_to_itself_is_left_out_and_told(tmp_path):
    ann = "T1\tSay 0 3\tone\nE1\tSay:T1\nR1\tIs Arg1:T1 Arg2:T1\nR2\tIs Arg1:E1 Arg2:T1\n*\tAlias T1 T1\n"
    told = Told()
    records = read(document(tmp_path, "one two", ann), report=told)
    assert of(records, Link) == []
    assert {code for code, _ in told} == {"brat-relation-to-itself"}
    assert [details["id"][:2] for _, details in told] == ["R1", "R2", "*5"]


def test_types_of_others_that_are_usual_labels_but_for_their_letters_are_these(tmp_path):
    ann = "T1\tClaim 0 3\tone\nT2\tNo-Comment 4 7\ttwo\nT3\tPerson 4 7\ttwo\n"
    records = read(document(tmp_path, "one two", ann))
    assert [mark.label for mark in of(records, Mark)] == ["claim", "no_comment", "Person"]
    assert [*Scheme(of(records, SchemeLine)[0].data).labels] == ["claim", "no_comment", "Person"]


def test_types_of_others_that_differ_by_their_letters_alone_stay_two(tmp_path):
    ann = "T1\tClaim 0 3\tone\nT2\tclaim 4 7\ttwo\nT3\tDenial 4 7\ttwo\n"
    records = read(document(tmp_path, "one two", ann))
    assert [mark.label for mark in of(records, Mark)] == ["Claim", "claim", "denial"]


def test_labels_of_our_own_exports_keep_their_letters(tmp_path):
    mark = Mark(id="m", article="a", label="Claim", spans=(Span(0, 1),), quotes=("x",))
    scheme = SchemeLine(data={"version": 1, "labels": [{"id": "Claim"}, {"id": "claim"}]})
    export_to(FORMAT, [scheme, Article(id="a", text="x"), mark], tmp_path / "out", {})
    assert [mark.label for mark in of(read(tmp_path / "out"), Mark)] == ["Claim"]


@pytest.mark.parametrize(
    ("text", "ann"),
    [
        ("one\r\ntwo", "T1\tX 5 8\ttwo\n"),
        ("one\r\ntwo", "T1\tX 4 7\ttwo\n"),
        ("\ufeffone two", "T1\tX 5 8\ttwo\n"),
        ("\ufeffone two", "T1\tX 4 7\ttwo\r\n"),
        ("🚢s\r\ntwo", "T1\tX 4 7\ttwo"),
    ],
)
def test_offsets_are_right_whether_or_not_a_tool_counted_line_ends_and_marks(tmp_path, text, ann):
    [mark] = of(read(document(tmp_path, text, ann)), Mark)
    assert mark.quotes == ("two",)
    assert slices(read(tmp_path)) == [("two",)]


@pytest.mark.parametrize("start", [4, 5])
def test_offsets_beside_crlf_are_right_where_words_hold_a_character_that_is_stored_as_another(
    tmp_path, start
):
    records = read(document(tmp_path, "one\r\nt\x01o", f"T1\tX {start} {start + 3}\tt\x01o\n"))
    assert slices(records) == [("t\ufffdo",)]


def test_words_that_are_not_those_of_the_text_are_passed_on_to_be_refused(tmp_path):
    ann = "T1\tX 0 3\ttwo\nT2\tX 0 3;4 7\tone tow\nT3\tX 0 3;4 7\tone\nT4\tX 0 3;4 7\n"
    records = read(document(tmp_path, "one two", ann))
    assert [mark.quotes for mark in of(records, Mark)] == [
        ("two",),
        ("one", "tow"),
        ("one", ""),
        ("one", "two"),
    ]


@pytest.mark.parametrize(
    ("ann", "code", "line"),
    [
        ("T1\tX 0 99\tone\n", "brat-span-outside", 1),
        ("T1\tX 0 3\tone\nT2\tX 3\tone\n", "brat-bad-line", 2),
        ("T1\tX 0 3\tone\nR1\tKnows Arg1:T1\n", "brat-bad-line", 2),
        ("\n\nA1\n", "brat-bad-line", 3),
    ],
)
def test_a_broken_line_is_refused_with_its_place(tmp_path, ann, code, line):
    with pytest.raises(UserError) as caught:
        read(document(tmp_path, "one two", ann))
    assert (caught.value.code, caught.value.details["line"]) == (code, line)
    assert caught.value.details["path"].endswith("d.ann")


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ("0 3;4 4;4 7", "one  two"),
        ("0 3;4 7;7 7", "one two "),
        ("0 3;3 3;4 7", "one two"),
        ("0 3;4 4;4 7;7 7", "one  two"),
    ],
)
def test_a_mark_one_of_whose_pieces_holds_no_words_keeps_the_others(tmp_path, places, words):
    told = Told()
    records = read(document(tmp_path, "one two", f"T1\tX {places}\t{words}\n"), report=told)
    [mark] = of(records, Mark)
    assert (mark.spans, mark.quotes) == (((0, 3), (4, 7)), ("one", "two"))
    assert {code for code, _ in told} == {"empty-piece"}


def test_an_empty_piece_is_left_out_where_the_text_had_control_characters(tmp_path):
    records = read(document(tmp_path, "one\x01 two", "T1\tX 0 4;4 4;5 8\tone\x01  two\n"))
    [mark] = of(records, Mark)
    assert (mark.spans, mark.quotes) == (((0, 4), (5, 8)), ("one\ufffd", "two"))


def test_zero_width_marks_missing_texts_and_wrong_bytes_are_told(tmp_path):
    told = Told()
    records = read(document(tmp_path, "one two", "T1\tX 3 3\t\nR1\tA Arg1:T1 Arg2:T1\n"), report=told)
    assert of(records, Mark) == []
    assert [code for code, _ in told] == ["zero-width-mark", "brat-relation-without-end"]
    (tmp_path / "alone.txt").write_text("x")
    read(tmp_path, report=told)
    assert told[2] == ("brat-text-without-annotations", {"path": str(tmp_path / "alone.txt")})
    (tmp_path / "more.ann").write_bytes(b"T1\tX 0 1\t\xff\n")
    with pytest.raises(UserError, match="brat-not-utf8"):
        read(tmp_path)
    (tmp_path / "more.ann").write_bytes(b"")
    with pytest.raises(UserError, match="brat-without-text"):
        read(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="folder-without-documents"):
        read(tmp_path / "empty")


def test_documents_in_folders_come_in_the_order_of_their_paths(tmp_path):
    for name in ("b.ann", "a/z.ann", "a/b/c.ann", "a.b.ann", "c/a.ann"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        path.with_suffix(".txt").write_text(name)
    (tmp_path / "a" / "alone.txt").write_text("x")
    told = Told()
    articles = of(read(tmp_path, report=told), Article)
    inside = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.ann"))
    assert [article.id for article in articles] == [path.with_suffix("").as_posix() for path in inside]
    assert told == [("brat-text-without-annotations", {"path": str(tmp_path / "a" / "alone.txt")})]


def test_a_single_document_and_deep_folders_are_read(tmp_path):
    document(tmp_path, "one", "T1\tX 0 3\tone\n", "sub/a")
    document(tmp_path, "one", "T1\tX 0 3\tone\n", "b")
    assert {mark.id for mark in of(read(tmp_path), Mark)} == {"sub/a/T1", "b/T1"}
    assert [mark.id for mark in of(read(tmp_path / "sub" / "a.txt"), Mark)] == ["a/T1"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_of_old_systems_that_are_no_text_are_taken_and_told_apart(tmp_path):
    for stem in (b"caf\xe8", b"caf\xe9"):
        document(tmp_path, "one", "T1\tX 0 3\tone\n", os.fsdecode(stem))
    records = read(tmp_path)
    assert [article.title for article in of(records, Article)] == ["Caf\\xe8", "Caf\\xe9"]
    assert [mark.id for mark in of(records, Mark)] == ["caf\\xe8/T1", "caf\\xe9/T1"]


@pytest.mark.parametrize("comment", ["{", "[1]", '{"labels": [3]}', '{"labels": {"a": 1}}'])
def test_a_damaged_comment_in_the_configuration_is_told_and_passed_over(tmp_path, comment):
    document(tmp_path, "one", "T1\tX 0 3\tone\n")
    (tmp_path / "annotation.conf").write_text(f"# annotator-scheme: {comment}\n[entities]\nX\n")
    told = Told()
    records = read(tmp_path, report=told)
    assert [code for code, _ in told] == ["brat-configuration-unreadable"]
    assert list(Scheme(of(records, SchemeLine)[0].data).labels) == ["X"]


def test_whoever_waits_can_stop_while_documents_are_found(tmp_path):
    for number in range(AT_ONCE):
        (tmp_path / f"{number}.ann").touch()
    found, looked_through, *_ = FORMAT.look(tmp_path, {})
    assert found is looked_through is PAUSE


def a_document(folder):
    document(folder, "It is safe.", "T1\tclaim 0 2\tIt\n", "a")


def test_folders_may_be_nested_more_deeply_than_calls(tmp_path):
    with nested(tmp_path, 1_200, a_document):
        assert [article.id for article in of(read(tmp_path), Article)] == ["d/" * 1_200 + "a"]
        assert guess(tmp_path).name == "brat"
        assert not is_large(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="lengths of paths are others there")
def test_folders_whose_paths_are_too_long_are_refused_in_a_sentence(tmp_path):
    with nested(tmp_path, 2_200, a_document):
        with pytest.raises(UserError, match="file-unreadable"):
            read(tmp_path)
        with pytest.raises(UserError, match="format-not-guessed"):
            guess(tmp_path)


def test_titles_cannot_leave_the_folder(tmp_path):
    articles = [
        Article(id=str(n), text="x", title=title) for n, title in enumerate(["../up", "CON", "a/b", ""])
    ]
    export_to(FORMAT, articles, tmp_path / "out", {})
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert len(list((tmp_path / "out").glob("*.txt"))) == 4


def test_an_article_without_a_title_comes_back_without_one(tmp_path):
    given = [
        Article(id="0174876e-8000-7000-8002-000000000000", text="x"),
        Article(id="b", text="x", title="B"),
    ]
    export_to(FORMAT, given, tmp_path / "out", {})
    assert [(one.id, one.title) for one in of(read(tmp_path / "out"), Article)] == [
        (given[0].id, None), ("B", "B")
    ]  # fmt: skip


def test_two_sources_of_one_name_stay_two(tmp_path):
    marks = [
        Mark(id=f"m{n}", article="a", label="claim", spans=(Span(0, 1),), quotes=("x",),
             attribution=(Attribution(f"s{n}"), Attribution("s0")))
        for n in range(2)
    ]  # fmt: skip
    sources = [Source(id=f"s{n}", name="an official") for n in range(2)]
    export_to(FORMAT, [*sources, Article(id="a", text="x"), *marks], tmp_path / "out", {})
    first, second = of(read(tmp_path / "out"), Mark)
    assert first.source == second.relays[0] != second.source


texts = st.text(
    st.sampled_from("ab \t🚢\u0301של" + LINE_ENDS) | st.characters(exclude_categories=["Cs"]), max_size=40
)


@given(texts, st.lists(st.sets(st.integers(0, 40), min_size=2, max_size=6), max_size=5))
def test_the_marked_characters_of_any_text_survive(tmp_path_factory, text, cuts):
    text = normalise_text(normalise_text(text.replace("\ufeff", ""))[0])[0]
    marks = []
    for number, ends in enumerate(cuts):
        points = sorted(ends)
        spans = [Span(s, e) for s, e in zip(points[::2], points[1::2], strict=False) if e <= len(text)]
        quotes = tuple(text[s:e] for s, e in spans)
        if spans:
            marks.append(Mark(id=str(number), article="a", label="claim", spans=tuple(spans), quotes=quotes))
    out = tmp_path_factory.mktemp("brat") / "out"
    export_to(FORMAT, [Article(id="a", text=text), *marks], out, {})
    records = read(out)

    def covered(mark: Mark) -> frozenset[int]:
        return frozenset(n for s, e in mark.spans for n in range(s, e) if text[n] not in LINE_ENDS)

    assert [article.text for article in of(records, Article)] == [text]
    expected = [covered(mark) for mark in marks]
    assert [covered(mark) for mark in of(records, Mark)] == [found for found in expected if found]
