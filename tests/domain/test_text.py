import codecs
import hashlib
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.paragraphs import ParagraphNumbers, paragraph_at, paragraphs
from annotator.domain.text import (
    Imported,
    decode,
    normalise_text,
    text_sha256,
)

SAMPLE = "Порт горит — “don’t”\u00a0go 🇺🇦 👩‍👩‍👧 e\u0301 שלום 漢字\u2029x"
TEXT = st.text(
    st.one_of(
        st.sampled_from("\r\n\ufeff\x00\x0b\x1f\x85\u2028\u2029\u00a0\ufffe\uffff\x7f 🇺🇦👩‍👧e\u0301א漢"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def test_a_text_in_utf_8_comes_out_as_it_is():
    data = SAMPLE.encode()
    assert decode(data) == Imported(SAMPLE, "utf-8", hashlib.sha256(data).hexdigest(), (), False, "none")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_dropped(mark, encoding):
    imported = decode(mark + SAMPLE.encode(encoding))
    assert (imported.text, imported.encoding, imported.had_bom) == (SAMPLE, encoding, True)


def test_byte_order_marks_are_dropped_where_a_text_begins_and_nowhere_else():
    assert decode("\ufeff\ufeffa\ufeff".encode()).text == "a\ufeff"


def test_the_guess_is_asked_only_where_utf_8_does_not_fit():
    cyrillic = "Порт горит".encode("cp1251")
    assert decode(cyrillic, guess=lambda _: "cp1251").text == "Порт горит"
    assert decode(cyrillic, guess=lambda _: "windows-1251").encoding == "cp1251"
    assert decode(b"plain", guess=lambda _: pytest.fail("asked")).encoding == "utf-8"


def test_the_named_encoding_rules():
    assert decode("Straße".encode("latin-1"), "latin1").encoding == "iso8859-1"
    assert decode("Straße".encode(), "latin-1").text == "StraÃ\x9fe"


@pytest.mark.parametrize(
    ("data", "encoding", "guess", "code", "at"),
    [
        (b"ab\xff", None, None, "encoding-not-found", 2),
        (b"ab\xff", None, lambda _: None, "encoding-not-found", 2),
        (b"ab\xff", "utf-8", None, "encoding-wrong", 2),
        (codecs.BOM_UTF8 + b"a\xff", None, None, "encoding-wrong", 4),
        (b"ab", "no-such", None, "encoding-unknown", None),
        (b"ab", "hex", None, "encoding-unknown", None),
        ("ab\ud800c".encode("utf-8", "surrogatepass"), None, None, "lone-surrogate", 2),
        (
            codecs.BOM_UTF16_LE + "ab\ud800c".encode("utf-16-le", "surrogatepass"),
            None,
            None,
            "lone-surrogate",
            2,
        ),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data, encoding, guess, code, at):
    with pytest.raises(UserError) as raised:
        decode(data, encoding, guess)
    assert raised.value.code == code
    assert raised.value.details.get("at") == at


def test_a_lone_surrogate_is_named_with_its_line():
    with pytest.raises(UserError) as raised:
        normalise_text("one\ntwo \udc00")
    assert raised.value.details == {"at": 8, "line": 2, "char": "U+DC00"}


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("a", "none"),
        ("a\nb", "lf"),
        ("a\r\nb\r\n", "crlf"),
        ("a\rb", "cr"),
        ("a\r\nb\nc", "mixed"),
        ("\r\r\n", "mixed"),
    ],
)
def test_the_line_ends_that_were_met_are_remembered(text, newline):
    assert normalise_text(text)[1].newline == newline


def test_control_characters_are_replaced_one_for_one_and_reported():
    text, report = normalise_text("\ufeffa\x00b\r\nc\x0bd\te\x7f\x85")
    assert text == "a\ufffdb\nc\ufffdd\te\x7f\x85"
    assert report.replaced == (1, 5)


@given(TEXT)
def test_a_stored_text_is_stable_and_xml_can_carry_it(text):
    stored, report = normalise_text(text)
    assert normalise_text(stored.removeprefix("\ufeff"))[0] == stored.removeprefix("\ufeff")
    assert "\r" not in stored
    assert all(stored[offset] == "\ufffd" for offset in report.replaced)
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert len(stored) == len(expected)
    assert all(a == b or b == "\ufffd" for a, b in zip(expected, stored, strict=True))
    element = ElementTree.Element("text")
    element.text = stored
    assert ElementTree.fromstring(ElementTree.tostring(element, "unicode")).text == (stored or None)


@given(TEXT)
def test_decoding_and_normalising_agree(text):
    assert decode(text.encode(), "utf-8").text == normalise_text(text)[0]


def test_the_hash_of_a_text_is_that_of_its_utf_8():
    assert text_sha256("Порт") == hashlib.sha256("Порт".encode()).hexdigest()


@given(TEXT.map(lambda text: normalise_text(text)[0]))
def test_paragraphs_are_the_lines_between_line_feeds(text):
    found = list(paragraphs(text))
    assert [text[start:end] for start, end in found] == text.split("\n")
    for paragraph in found:
        for offset in range(paragraph.start, paragraph.end + 1):
            assert paragraph_at(text, offset) == paragraph


@given(TEXT.map(lambda text: normalise_text(text)[0]))
def test_paragraph_numbers_count_what_is_written(text):
    numbers = ParagraphNumbers(text)
    written = [span for span in paragraphs(text) if text[span.start : span.end].strip()]
    assert [numbers.span_of(number) for number in range(1, len(numbers) + 1)] == written
    for offset in range(len(text) + 1):
        assert numbers.number_at(offset) == sum(span.start <= offset for span in written)


def test_a_paragraph_that_is_not_there_is_said_so():
    with pytest.raises(UserError, match="no-such-paragraph"):
        ParagraphNumbers("one\n\ntwo").span_of(3)


def test_no_other_separator_splits_a_paragraph():
    assert len(list(paragraphs("a\u2029b\u2028c\x85d\x0ce\x1cf"))) == 1


@pytest.mark.parametrize(
    "encoding", ["idna", "undefined", "punycode", "utf-8", "rot13", "base64", "no\0name", "x" * 999]
)
def test_any_word_for_an_encoding_is_taken_or_refused(encoding):
    with pytest.raises(UserError, match=r"encoding-(unknown|wrong)"):
        decode(b"\xff..\x81" + b"a" * 99, encoding)
