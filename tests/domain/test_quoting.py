import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.paragraphs import line_bounds
from annotator.domain.quoting import QUOTATION_MARKS, brackets, pairs, quote_kind
from annotator.domain.spans import Span

MARKS_AND_WORDS = st.text(
    st.sampled_from(QUOTATION_MARKS + " \n.,-[](){}aZs9\u00a0\u200d\u2029é\u0301漢ไא😀🇺🇦"), max_size=40
)


def quoted(text):
    return [text[opening : closing + 1] for opening, closing in pairs(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor said “we won” twice.", ["“we won”"]),
        ('"I don’t," she said. "It\'s over. He\'s done.”', ['"I don’t,"', "\"It's over. He's done.”"]),
        ("'It's A Ministry Plot'", ["'It's A Ministry Plot'"]),
        ("‘It’s a plot’, he said", ["‘It’s a plot’"]),
        ("'It's the players' union fault'", ["'It's the players' union fault'"]),
        ("'foo bars' and the players' union", ["'foo bars'"]),
        ("the ‘90s players’ union and rock 'n' roll", []),
        ("“He said ‘no’ and don’t.”", ["“He said ‘no’ and don’t.”", "‘no’"]),
        ("„Nein“ und »ja« und „so”", ["„Nein“", "»ja«", "„so”"]),
        ("”Hej”, sa han. ”Då”", ["”Hej”", "”Då”"]),
        ("« Oui », dit-il. «Non»", ["« Oui »", "«Non»"]),
        ('他说"港口"的和“渡轮”', ['"港口"', "“渡轮”"]),
        ("「港『本』口」", ["「港『本』口」", "『本』"]),
        ('צה"ל אמר "לא"', ['"לא"']),
        ('a 5" pipe and a 6" pipe', []),
        ('--"Gone"--', ['"Gone"']),
    ],
)
def test_marks_that_belong_together_are_found(text, found):
    assert quoted(text) == found


def test_a_quotation_that_is_not_closed_takes_nothing_with_it():
    assert quoted('"The pier burned, he said. "It is gone" now') == ['"It is gone"']


def test_a_pair_never_reaches_into_the_next_paragraph():
    text = '"The pier burned.\n"It is gone," he said.'
    first_end = text.index("\n")
    assert pairs(text, 0, first_end) == []
    assert pairs(text, first_end + 1, len(text)) == [(18, 30)]


@given(MARKS_AND_WORDS)
def test_pairs_nest_and_stay_in_their_paragraph(text):
    for start in {line_bounds(text, offset)[0] for offset in range(len(text) + 1)}:
        end = line_bounds(text, start)[1]
        found = pairs(text, start, end)
        both = sorted(found + brackets(text, start, end, found))
        ends = [offset for pair in both for offset in pair]
        assert len(ends) == len(set(ends))
        assert all(start <= opening < closing < end for opening, closing in both)
        for index, (opening, closing) in enumerate(both):
            for inner_opening, inner_closing in both[index + 1 :]:
                assert inner_opening > closing or inner_closing < closing, (opening, closing)


@given(MARKS_AND_WORDS, MARKS_AND_WORDS)
def test_pairs_of_a_paragraph_do_not_depend_on_its_neighbours(before, after):
    paragraph = "'It's gone,' said \"the [old] man.”"
    text = f"{before}\n{paragraph}\n{after}"
    start = len(before) + 1
    found = pairs(text, start, start + len(paragraph))
    assert [(a - start, b - start) for a, b in found] == pairs(paragraph)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ('"We sold nothing," he said.', ["We sold nothing"], "direct"),
        ('"We sold nothing," he said.', ['"We sold nothing,"'], "direct"),
        ('"Nothing," he said. "We sold nothing."', ["Nothing", "We sold nothing"], "direct"),
        ('It "has never sold engines or parts."', ['It "has never sold engines or parts."'], "mixed"),
        ('the so-called "ties" to the port', ['the so-called "ties" to the port'], "mixed"),
        ("The port sold nothing.", ["The port sold nothing"], "indirect"),
        ("The port’s men don’t sell.", ["The port’s men don’t sell"], "indirect"),
        ('"I don’t," she said. "Gone by noon.”', ["Gone by noon"], "direct"),
    ],
)
def test_the_kind_of_quote_follows_from_the_marks(text, words, kind):
    spans = [Span(at := text.index(piece), at + len(piece)) for piece in words]
    assert quote_kind(text, spans) == kind


def test_quotations_in_two_paragraphs_are_direct_together():
    text = '"All is lost," he said.\n"All is lost indeed."'
    assert quote_kind(text, [Span(1, 12), Span(25, 44)]) == "direct"
    assert quote_kind(text, [Span(0, len(text))]) == "mixed"
