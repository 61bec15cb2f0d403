"""Names in sentences, each in quotation marks that it does not have itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.messages import sentence
from annotator.domain.sentences import as_quote, filled, in_quotes, shortened


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("we sold none", "“we sold none”"),
        ("that “will not happen”", "«that “will not happen”»"),
        ("that will not happen”", "«that will not happen”»"),
        ("the «Ostrel» said “no”", "‘the «Ostrel» said “no”’"),
        ("the «Ostrel» said “no”, and that’s it", "“the «Ostrel» said “no”, and that’s it”"),
        ('that "will not happen"', '«that "will not happen"»'),
        ('that it "will not" happen', '“that it "will not" happen”'),
        ("it's ‘not so’", "“it's ‘not so’”"),
    ],
)
def test_words_stand_in_quotation_marks_that_they_do_not_have_themselves(words: str, written: str) -> None:
    assert in_quotes(words) == written


@given(st.text(alphabet="a \n"), st.integers(1, 9))
def test_a_name_cut_short_stays_on_one_line_and_says_that_it_was_cut(words: str, most: int) -> None:
    line, short = " ".join(words.split()), shortened(words, most)
    assert len(short) <= most
    assert (
        short == line if len(line) <= most else line.startswith(short.removesuffix("…")) and short[-1] == "…"
    )


def test_a_name_is_cut_between_words_unless_that_leaves_little_of_it() -> None:
    assert shortened("The dam opened its gates", 21) == "The dam opened its…"
    assert shortened("The dam opened its gates", 19) == "The dam opened its…"
    assert shortened("The damkeepersassociation said", 15) == "The damkeepers…"


@given(st.text(alphabet="a “”«»‘’\"'"))
def test_not_one_quoted_character_is_changed(words: str) -> None:
    assert in_quotes(words)[1:-1] == words


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("The gates\n were shut", "“The gates were shut”"),
        ("“The gates were shut,” he said. “All of them”", "“The gates were shut,” he said. “All of them”"),
        ("The “Ostrel” left", "«The “Ostrel” left»"),
        ("“", "«“»"),
    ],
)
def test_words_of_an_article_that_bring_their_quotation_marks_get_no_others(words: str, quoted: str) -> None:
    assert as_quote(words) == quoted


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("Label “{name}” deleted", "Label «“Fog”» deleted"),
        ("Etikett „{name}“ gelöscht", "Etikett «“Fog”» gelöscht"),
        ("Label «{name}» deleted", "Label «“Fog”» deleted"),
        ("Label {name} deleted", "Label “Fog” deleted"),
        ("{count} marks have “{name}”", "3 marks have «“Fog”»"),
        ("“{count} {name}”", "“3 “Fog””"),
        ("Write {{name}} for “{name}”", "Write {name} for «“Fog”»"),
    ],
)
def test_a_sentence_does_not_double_the_quotation_marks_of_a_name(form: str, written: str) -> None:
    assert filled(form, {"name": "“Fog”", "count": 3}) == written


@given(st.text(alphabet="ab {}“”«»"), st.text(alphabet="ab {}“”«»"))
def test_what_is_put_into_a_sentence_is_not_read_as_a_part_of_it(first: str, second: str) -> None:
    told = filled("from {first} to {second}", {"first": first, "second": second})
    assert told == f"from {first} to {second}"


def test_a_refusal_names_a_label_with_quotation_marks_in_others() -> None:
    error = UserError("scheme-letter-taken", owner="“So-called” truth", letter="S")
    assert sentence(error) == "«“So-called” truth» has the letter S already. Choose another one."
