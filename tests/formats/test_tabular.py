"""Tables say of each mark what it says, who says it and what it speaks to."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Article, Mark, Source
from annotator.domain.spans import Span
from annotator.domain.summary import Summary
from annotator.formats.registry import export_to
from annotator.formats.tabular import FORMAT
from tests.domain.summaries import summarise
from tests.formats.records import HARBOUR, MANY, REPLY, many_marks_and_links, small_project

EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "＝1",
    "\n=1",
    "plain",
    "a=b",
    '"',
    "a,b",
    "caf\u00e9 🚢\u2028x\u0085y",
]


def table(folder, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def out(tmp_path):
    export_to(FORMAT, small_project(), tmp_path / "out", {})
    return tmp_path / "out"


def test_a_mark_has_its_words_its_place_its_source_and_its_claims(out):
    rows = {row["id"]: row for row in table(out, "marks")}
    start = HARBOUR.index("The harbour")
    first = rows["m1"]
    assert first | {
        "article": "a1", "article_title": "Harbour: closed?", "outlet": "Radio Nord", "date": "2026-03-01",
        "label": "claim", "start": str(start), "end": str(start + 20), "pieces": f"{start}-{start + 20}",
        "quote": "The harbour is safe,", "source": "ruiz", "source_name": "Ana Ruiz", "source_kind": "person",
        "source_owner": "City", "relays": "Radio Nord", "claims": "deny: The harbour is closed.",
        "annotator": "Nia", "note": "first\nsecond", "attr.certainty": "certain", "attr.place": "quay  9",
        "attr.denial_kind": "",
    } == first  # fmt: skip
    split = rows["m2"]
    assert split["quote"] == "=SUM(A1) … port's own file"
    assert split["pieces"].count(";") == 1
    assert (split["start"], split["end"]) == (split["pieces"].split("-")[0], split["pieces"].split("-")[-1])
    assert rows["m3"]["attr.denial_kind"] == "content"
    assert rows["m4"]["quote"] == REPLY[slice(*map(int, (rows["m4"]["start"], rows["m4"]["end"])))]


def test_a_link_shows_the_words_at_both_ends(out):
    rows = {row["id"]: row for row in table(out, "links")}
    assert rows["l2"] | {
        "kind": "denies", "from": "m3", "from_article": "a2", "from_label": "denial",
        "from_text": "The port has closed nothing", "to_table": "mark", "to_article": "a1",
        "across_articles": "yes", "inferred": "no",
    } == rows["l2"]  # fmt: skip
    assert rows["l1"]["across_articles"] == "no"
    assert (rows["l3"]["from_text"], rows["l3"]["to_text"]) == ("Photo", "The harbour is closed.")
    assert (rows["l4"]["to_text"], rows["l4"]["across_articles"]) == ("Ana Ruiz", "")


def test_sources_articles_claims_and_mentions_have_tables_of_their_own(out):
    assert [(row["name"], row["owner"]) for row in table(out, "sources")] == [
        ("Ana Ruiz", "City"), ("City", "City"), ("Radio Nord", "Radio Nord"),
    ]  # fmt: skip
    articles = table(out, "articles")
    assert [row["characters"] for row in articles] == [str(len(HARBOUR)), str(len(REPLY))]
    assert articles[0]["outlet"] == "Radio Nord"
    assert [row["text"] for row in table(out, "claims")] == ["The harbour is closed."]
    assert [(row["mark"], row["claim"], row["stance"]) for row in table(out, "mentions")] == [
        ("m1", "p1", "deny")
    ]


def evil_project():
    yield from (Source(id=words, name=words, note=words) for words in EVIL)
    yield Article(id="a", text="x", title=EVIL[0])
    for number, words in enumerate(EVIL):
        name = f"{number:02}"
        yield Mark(id=name, article="a", label=words, spans=(Span(0, 1),), quotes=(words,), note=words)


def test_values_are_written_as_they_are(tmp_path):
    export_to(FORMAT, evil_project(), tmp_path / "out", {})
    rows = table(tmp_path / "out", "marks")
    assert [(row["quote"], row["label"], row["note"]) for row in rows] == [(words,) * 3 for words in EVIL]
    assert not (tmp_path / "out" / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_for_spreadsheets_no_cell_is_a_formula(tmp_path):
    export_to(FORMAT, evil_project(), tmp_path / "out", {"for_spreadsheets": True})
    for file in sorted((tmp_path / "out").glob("*.csv")):
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        for row in csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    marks = (tmp_path / "out" / "marks.csv").read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(StringIO(marks, newline=""))
    assert [row["note"].removeprefix("'") for row in rows] == EVIL


def test_marks_stand_in_the_order_of_their_ids(out):
    ids = [row["id"] for row in table(out, "marks")]
    assert ids == sorted(ids)


def test_of_very_many_marks_and_links_none_is_lost_or_moved(tmp_path):
    export_to(FORMAT, many_marks_and_links(), tmp_path / "out", {})
    marks, links = table(tmp_path / "out", "marks"), table(tmp_path / "out", "links")
    assert [int(row["start"]) for row in marks] == list(range(MANY))
    assert {row["claims"] for row in marks} == {"deny: It is so."}
    assert [(row["from"], row["to"]) for row in links] == [
        (f"m{number:05}", f"m{number - 1:05}") for number in range(1, MANY)
    ]
    assert {(row["from_text"], row["to_label"], row["across_articles"]) for row in links} == {
        ("x", "claim", "no")
    }


def test_an_attribute_no_scheme_names_has_a_column_from_the_first_mark_on(tmp_path):
    records = list(many_marks_and_links())[:4]
    last = replace(records[-1], attributes={"mood": "glad", "pace": None})
    export_to(FORMAT, [*records[:-1], last], tmp_path / "out", {})
    assert [(row["attr.mood"], row["attr.pace"]) for row in table(tmp_path / "out", "marks")] == [
        ("", ""), ("glad", ""),
    ]  # fmt: skip


def test_tables_without_rows_still_have_their_columns(tmp_path):
    export_to(FORMAT, [], tmp_path / "out", {})
    names = sorted(file.name for file in (tmp_path / "out").glob("*.csv"))
    assert names == ["articles.csv", "claims.csv", "links.csv", "marks.csv", "mentions.csv", "sources.csv"]
    assert (tmp_path / "out" / "claims.csv").read_text().startswith("id,text,place")


def test_losses_name_texts_and_what_has_no_table():
    losses = {loss.code: loss.count for loss in FORMAT.losses(summarise(small_project()))}
    assert losses["texts"] == 2
    assert losses["judgements"] == 1
    assert "links-across-articles" not in losses
    assert len(FORMAT.losses(Summary.of_everything())) > 5


def test_tables_are_written_not_read(tmp_path):
    with pytest.raises(UserError, match="format-write-only"):
        FORMAT.read(tmp_path, {})
