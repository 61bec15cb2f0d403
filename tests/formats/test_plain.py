"""Bare texts become articles, with what a manifest, a name or a head says of them."""

import hashlib
import os

import pytest

from annotator.domain.errors import UserError
from annotator.domain.model import Article, Region, Source
from annotator.domain.spans import Span
from annotator.formats.metadata import first_line_title
from annotator.formats.plain import FORMAT, read_pasted
from annotator.formats.registry import export_to
from tests.formats.deep import nested

HARBOUR = "Harbour closed\nThe mayor denies it.\n"


def read(path, **options) -> list:
    return list(FORMAT.read(path, options))


def articles(records) -> list[Article]:
    return [record for record in records if isinstance(record, Article)]


@pytest.fixture
def folder(tmp_path):
    def make(**files: str | bytes):
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/").replace("_DOT_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return make


def test_a_text_is_taken_as_it_is_with_its_origin(folder):
    data = "\ufeffHarbour\r\nThe “mayor”\u00a0denies it. 🚢\r\n".encode()
    [article] = read(folder(a_DOT_txt=data) / "a.txt")
    assert article.text == "Harbour\nThe “mayor”\u00a0denies it. 🚢\n"
    assert article.title == "Harbour"
    assert article.original == data
    assert article.origin == {
        "file": "a.txt",
        "encoding": "utf-8",
        "sha256": hashlib.sha256(data).hexdigest(),
        "extractor": "annotator-text/1",
    }
    assert article.sha256 == hashlib.sha256(article.text.encode()).hexdigest()


def test_folders_are_read_at_any_depth_in_order(folder):
    root = folder(b_DOT_txt="b", a__z_DOT_md="z", a__a_DOT_TXT="a", x_DOT_doc="x", _DOT_h_DOT_txt="h")
    records = articles(read(root))
    assert [record.origin["file"] for record in records] == ["b.txt", "a/a.TXT", "a/z.md"]


def test_a_folder_without_texts_is_refused(folder):
    with pytest.raises(UserError, match="folder-without-texts"):
        read(folder(a_DOT_pdf="x"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Министр отверг обвинения. Он сказал, что это ложь и провокация против страны.\n" * 4, "cp1251"),
        ("Harbour “closed”, mayor says.\n" * 3, "utf-16"),
    ],
)
def test_other_encodings_are_recognised_and_noted(folder, told, text, encoding):
    [article] = read(folder(a_DOT_txt=text.encode(encoding)) / "a.txt", report=told)
    assert article.text == text
    assert article.origin["encoding"] != "utf-8"
    assert [code for code, _ in told] == (["encoding-guessed"] if encoding == "cp1251" else [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_are_recognised_without_a_mark_before_them(folder, told, encoding):
    text = "Harbour closed, mayor says.\n" * 9
    [article] = read(folder(a_DOT_txt=text.encode(encoding)) / "a.txt", report=told)
    assert (article.text, article.origin["encoding"]) == (text, encoding)
    assert [code for code, _ in told] == ["encoding-guessed"]


def test_an_encoding_that_is_given_is_used(folder, told):
    path = folder(a_DOT_txt="caf\u00e9".encode("latin-1")) / "a.txt"
    [article] = read(path, encoding="latin-1", report=told)
    assert (article.text, article.origin["encoding"], told) == ("café", "iso8859-1", [])
    with pytest.raises(UserError) as caught:
        read(path, encoding="utf-8")
    assert (caught.value.code, caught.value.details["path"]) == ("encoding-wrong", str(path))


def test_control_characters_are_replaced_and_told(folder, told):
    [article] = read(folder(a_DOT_txt="a\0b\x1bc" * 40 + "d" * 9000) / "a.txt", report=told)
    assert article.text.startswith("a\ufffdb\ufffdc")
    assert [(code, details["count"]) for code, details in told] == [("control-characters-replaced", 80)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n", "PNG picture"), (b"\1\0\0\2" * 99, "binary")],
)
def test_what_is_no_text_is_refused(folder, data, kind):
    with pytest.raises(UserError) as caught:
        read(folder(a_DOT_txt=data) / "a.txt")
    assert (caught.value.code, caught.value.details["kind"]) == ("not-a-text", kind)


def test_texts_that_are_empty_too_large_or_missing_are_refused(folder):
    root = folder(a_DOT_txt=" \n", b_DOT_txt="x" * 101)
    with pytest.raises(UserError, match="text-empty"):
        read(root / "a.txt")
    with pytest.raises(UserError) as caught:
        read(root / "b.txt", max_bytes=100)
    assert (caught.value.code, caught.value.details["size"]) == ("file-too-large", 101)
    with pytest.raises(UserError, match="file-unreadable"):
        read(root / "c.txt")


def test_one_bad_file_does_not_stop_a_folder(folder, told):
    root = folder(a_DOT_txt=HARBOUR, b_DOT_txt=b"%PDF-", c_DOT_txt=HARBOUR)
    assert len(articles(read(root, report=told))) == 2
    assert [(code, details["path"]) for code, details in told] == [("not-a-text", str(root / "b.txt"))]
    with pytest.raises(UserError, match="not-a-text"):
        read(root)


def test_the_title_is_the_headline_of_a_text_or_the_readable_name_of_its_file(folder):
    root = folder(**{"no-3_DOT_txt": HARBOUR, "2026-03-01_the_port_DOT_txt": "It is so.\nMore."})
    records = articles(read(root))
    assert [one.title for one in records] == ["2026-03-01 the port", "Harbour closed"]
    assert records[1].text == HARBOUR
    assert [one.title for one in articles(read(root, first_line_title=False))][1] == "No 3"
    assert [one.title for one in articles(read(root / "no-3.txt", title="Shut"))] == ["Shut"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harbour closed\n\nNo.", "Harbour closed"),
        ("\n\nHarbour closed\nThe mayor denies that it is.", "Harbour closed"),
        ("Harbour closed, “for weeks”\n\nNo.", "Harbour closed, “for weeks”"),
        ("The harbour was closed.\n\nThe mayor denies it.", None),
        ("“The harbour was closed.”\n\nThe mayor denies it.", None),
        ("Who closed the harbour?\n\nNobody knows.", None),
        ("Dear all\nHi", None),
        ("Harbour closed", None),
        ("word " * 50 + "\n\nNo.", None),
        ("", None),
    ],
)
def test_a_first_line_is_a_headline_only_where_it_is_clearly_one(text, title):
    assert first_line_title(text) == title


def test_a_first_line_that_became_the_title_is_noted_as_such(folder):
    root = folder(**{"no-3_DOT_txt": "\n" + HARBOUR, "plain_DOT_txt": "It is so.\nMore."})
    first, second = articles(read(root))
    ((kind, (start, end)),) = first.regions
    assert (kind, first.text[start:end], second.regions) == ("title", first.title, ())
    (named,) = articles(read(root / "no-3.txt", title="Shut"))
    assert named.regions == ()
    (_, pasted) = read_pasted(HARBOUR, title="Harbour  closed", outlet="Radio Nord")
    assert pasted.regions == (Region("title", Span(0, len("Harbour closed"))),)


def test_a_manifest_says_what_is_known_of_each_text(folder, told):
    manifest = (
        "\ufefffile;title;outlet;date;tags;agency\r\n"
        'a.txt;"Harbour; closed";Radio Nord;2026-03-01;sea, port;Nord\r\n'
        "sub/b.txt;;radio  nord;;;\r\n"
        "gone.txt;Gone;;;;\r\n"
    )
    root = folder(m_DOT_csv=manifest, a_DOT_txt=HARBOUR, sub__b_DOT_txt=HARBOUR, c_DOT_txt=HARBOUR)
    records = read(root, manifest=root / "m.csv", report=told, language="en")
    first, third, second = articles(records)
    assert (first.title, first.date, first.tags) == ("Harbour; closed", "2026-03-01", ("sea", "port"))
    assert (second.title, second.language) == ("Harbour closed", "en")
    assert (first.outlet, second.outlet, third.outlet) == ("source:Radio Nord", "source:Radio Nord", None)
    assert [one for one in records if isinstance(one, Source)] == [
        Source(id="source:Radio Nord", name="Radio Nord", kind="outlet"),
        Source(id="source:Nord", name="Nord", kind="organisation"),
    ]
    assert told == [
        ("text-without-manifest-row", {"path": str(root / "c.txt")}),
        ("manifest-row-without-text", {"path": str(root), "file": "gone.txt"}),
    ]


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        ("file,title,colour,mood\na.txt,A,red,\n", "manifest-columns"),
        ("name,title\na.txt,A\n", "manifest-columns"),
        ("file,title\na.txt,Harbour, closed\n", "csv-row-too-long"),
        ("file,title\n,A\n", "manifest-row-without-file"),
        ("file,title\na.txt,A\n./a.txt,A\n", "manifest-file-twice"),
    ],
)
def test_a_manifest_that_says_too_much_or_too_little_is_refused(folder, manifest, code):
    root = folder(m_DOT_csv=manifest, a_DOT_txt=HARBOUR)
    with pytest.raises(UserError) as caught:
        read(root, manifest=root / "m.csv")
    assert caught.value.code == code
    if "colour" in manifest:
        assert caught.value.details["unknown"] == ["colour", "mood"]


def test_file_names_can_carry_date_outlet_and_title(folder, told):
    root = folder(**{"20260301_Radio-Nord_harbour_closed_again_DOT_txt": HARBOUR, "notes_DOT_txt": HARBOUR})
    first, second = articles(read(root, name_pattern="{date}_{outlet}_{title}.txt", report=told))
    assert (first.date, first.outlet, first.title) == (
        "2026-03-01",
        "source:Radio-Nord",
        "harbour closed again",
    )
    assert second.title == "Harbour closed"
    assert [code for code, _ in told] == ["name-pattern-does-not-fit"]
    for pattern in ("{who}_{title}", "plain", "{title}{title}"):
        with pytest.raises(UserError, match="name-pattern"):
            read(root, name_pattern=pattern)


def test_a_simple_head_of_a_markdown_text_is_read_and_a_complex_one_is_left(folder):
    head = "---\ntitle: \"Harbour: closed\"\ndate: 2026-03-01\ntags: [sea, 'port']\nlayout: post\n---\n"
    nested = "---\ntitle: A\nauthors:\n  - Nia\n---\nText"
    root = folder(a_DOT_md=head + HARBOUR, b_DOT_md=nested, c_DOT_txt=head + HARBOUR)
    first, second, third = articles(read(root))
    assert (first.text, first.title, first.date) == (HARBOUR, "Harbour: closed", "2026-03-01")
    assert first.tags == ("sea", "port")
    assert first.origin["front_matter"] == {"layout": "post"}
    assert second.text == nested
    assert third.text == head + HARBOUR


def test_pasted_words_become_an_article_with_what_is_said_of_them():
    source, article = read_pasted("Harbour\r\nclosed", title="Harbour", outlet="Radio Nord", tags="a, b")
    assert (article.text, article.title, article.tags) == ("Harbour\nclosed", "Harbour", ("a", "b"))
    assert article.outlet == source.id
    assert article.original == b"Harbour\r\nclosed"
    with pytest.raises(UserError, match="text-empty"):
        read_pasted(" \n")
    with pytest.raises(UserError, match="lone-surrogate"):
        read_pasted("x\ud83d")
    with pytest.raises(TypeError):
        read_pasted("x", colour="red")


def test_texts_are_read_not_written(tmp_path):
    with pytest.raises(UserError, match="format-read-only"):
        export_to(FORMAT, [], tmp_path / "out", {})


def a_text(folder):
    (folder / "a.txt").write_text(HARBOUR, encoding="utf-8")


def test_texts_may_lie_below_more_folders_than_calls_can_be_nested(tmp_path):
    with nested(tmp_path, 1_200, a_text):
        assert [one.text for one in articles(read(tmp_path))] == [HARBOUR]


@pytest.mark.skipif(os.name == "nt", reason="lengths of paths are others there")
def test_of_a_folder_that_cannot_be_opened_is_told_and_the_others_are_read(tmp_path, told):
    a_text(tmp_path)
    with nested(tmp_path, 2_200, a_text):
        assert [one.text for one in articles(read(tmp_path, report=told))] == [HARBOUR]
        assert [code for code, _ in told] == ["file-unreadable"]
        with pytest.raises(UserError, match="file-unreadable"):
            read(tmp_path)
