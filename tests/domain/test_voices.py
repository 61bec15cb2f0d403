"""Owners, and how many independent voices stand on one side."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.voices import Voices, cycles_of, independent, owner, upward, voice
from tests.domain.graphs import (
    MARKS,
    SOURCES,
    Line,
    article,
    choruses,
    facts,
    link,
    mark,
    projects,
    registries,
    source,
)

SIDES = st.sets(st.sampled_from(MARKS))


def chorus(*lines: Line) -> Voices:
    names = {step["source"] for line in lines for step in line.get("attribution", ())}
    names |= {line["to"]["source"] for line in lines if "source" in line.get("to", {})}
    known = {line["id"] for line in lines}
    found = facts([*lines, *(source(name) for name in sorted(names - known))])
    return independent(found, found.marks)


def test_four_mouths_of_one_government_are_one_voice() -> None:
    lines = [source("state"), source("council", affiliation="state")]
    lines += [source("secretary", affiliation="council"), source("factory", affiliation="state")]
    said = [
        mark(f"m{n}", "denial", name) for n, name in enumerate(["state", "council", "secretary", "factory"])
    ]
    assert chorus(*lines, *said) == Voices(counted=("state",))


def test_an_anonymous_or_unknown_source_speaks_for_itself() -> None:
    found = facts(
        [
            source("state"),
            source("official", kind="anonymous", affiliation="state"),
            source("someone", kind="unknown", affiliation="state"),
            source("aide", affiliation="official"),
        ]
    )
    assert [owner(found, one) for one in ("official", "someone", "aide")] == [
        "official",
        "someone",
        "official",
    ]


def test_same_as_goes_before_affiliation_even_for_the_anonymous() -> None:
    found = facts(
        [
            source("state"),
            source("minister", affiliation="state"),
            source("official", kind="anonymous", affiliation="elsewhere", same_as="minister"),
        ]
    )
    assert owner(found, "official") == "state"


def test_a_circle_of_affiliations_ends_at_its_smallest_id_and_is_reported() -> None:
    found = facts(
        [
            source("z", affiliation="c"),
            source("c", affiliation="b"),
            source("b", affiliation="c"),
            source("x", same_as="y"),
            source("y", same_as="x"),
            source("k", same_as="l"),
            source("l", affiliation="k"),
            source("self", affiliation="self"),
        ]
    )
    assert {owner(found, one) for one in ("z", "c", "b")} == {"b"}
    assert cycles_of(found, "z") == cycles_of(found, "b") == [("affiliation", ("b", "c"))]
    assert cycles_of(found, "k") == [("owner", ("k", "l"))]
    assert cycles_of(found, "self") == [("affiliation", ("self",))]
    assert cycles_of(found, "x") == [("same_as", ("x", "y"))]
    assert upward(found, "z") == {"z", "c", "b"}


def test_words_without_a_source_are_the_outlets_only_if_the_analyst_said_so() -> None:
    found = facts(
        [
            article("a1", outlet="paper"),
            article("a2"),
            mark("m1", attributes={"quote": "none"}),
            mark("m2", attributes={"quote": "indirect"}),
            mark("m3", article="a2", attributes={"quote": "none"}),
            mark("m4", "claim", "expert", attributes={"quote": "none"}),
        ]
    )
    assert [voice(found, one) for one in found.marks.values()] == ["paper", None, None, "expert"]


def test_an_agency_that_relays_the_ministry_is_not_a_second_voice() -> None:
    voices = chorus(mark("m1", "claim", "ministry", "agency"), mark("m2", "claim", "agency"))
    assert voices.counted == ("ministry",)
    assert [(one.owner, one.on, one.how) for one in voices.leaning] == [("agency", ("ministry",), "relays")]


def test_who_cites_another_voice_of_the_side_is_not_counted_again() -> None:
    voices = chorus(
        mark("m1", "claim", "institute"),
        mark("m2", "claim", "paper"),
        mark("m3", "claim", "blog"),
        link("cites", "m2", "institute", "source"),
        mark("m4", "evidence", "institute", article="a2"),
        link("cites", "m3", "m2"),
    )
    assert voices.counted == ("institute",)
    assert [(one.owner, one.on) for one in voices.leaning] == [
        ("blog", ("paper",)),
        ("paper", ("institute",)),
    ]


def test_one_statement_of_its_own_makes_a_voice() -> None:
    voices = chorus(
        mark("m1", "claim", "institute"),
        mark("m2", "claim", "paper"),
        mark("m3", "claim", "paper"),
        link("cites", "m2", "m1"),
    )
    assert voices.counted == ("institute", "paper")


def test_who_cites_somebody_that_is_not_on_the_side_counts() -> None:
    voices = chorus(mark("m1", "claim", "paper"), link("cites", "m1", "institute", "source"))
    assert voices.counted == ("paper",)


def test_those_who_only_cite_one_another_are_one_voice() -> None:
    lines = [mark("m1", "claim", "x"), mark("m2", "claim", "y"), mark("m3", "claim", "z")]
    lines += [link("cites", "m1", "m2"), link("cites", "m2", "m1"), link("cites", "m3", "m2")]
    assert chorus(*lines).counted == ("x",)


def test_a_circle_that_also_cites_someone_outside_is_no_voice() -> None:
    lines = [mark("m1", "claim", "x"), mark("m2", "claim", "y"), mark("m3", "claim", "z")]
    lines += [link("cites", "m1", "m2"), link("cites", "m2", "m1"), link("cites", "m1", "m3")]
    assert chorus(*lines).counted == ("z",)


@given(registries())
def test_every_source_has_an_owner_and_owners_own_themselves(lines: list[Line]) -> None:
    found = facts(lines)
    owners = [owner(found, one) for one in found.sources]
    assert set(owners) <= set(SOURCES)
    assert owners == [owner(found, one) for one in owners]


@given(choruses() | projects(), SIDES)
def test_voices_are_at_least_one_and_at_most_the_owners(lines: list[Line], side: set[MarkId]) -> None:
    found = facts(lines)
    owners = {
        owner(found, speaker) for one in side if (speaker := voice(found, found.marks[one])) is not None
    }
    voices = independent(found, side)
    assert min(1, len(owners)) <= len(voices.counted) <= len(owners)
    assert {*voices.counted, *(one.owner for one in voices.leaning)} == owners
    assert all(one.on for one in voices.leaning)


@given(choruses(), SIDES, SIDES)
def test_two_groups_together_have_no_more_voices_than_apart(
    lines: list[Line], some: set[MarkId], others: set[MarkId]
) -> None:
    found = facts(lines)
    assert _count(found, some | others) <= _count(found, some) + _count(found, others)


def _count(found: Facts, side: set[MarkId]) -> int:
    return len(independent(found, side).counted)


def in_groups(texts: dict[str, str]) -> dict[ArticleId, frozenset[ArticleId]]:
    """For each article the others of its group."""
    return {
        ArticleId(one): frozenset(ArticleId(two) for two in texts if two != one and texts[two] == texts[one])
        for one in texts
    }


def chorus_of_papers(texts: dict[str, str], *lines: Line) -> Voices:
    """Papers that say the same in their own name; `texts` groups those that print the same words."""
    papers = [f"paper{n}" for n in range(4)]
    said = [mark(f"m{n}", "claim", paper, article=f"a{n}") for n, paper in enumerate(papers)]
    articles = [article(f"a{n}", outlet=paper) for n, paper in enumerate(papers)]
    found = replace(facts([*map(source, papers), *articles, *said, *lines]), copies=in_groups(texts))
    return independent(found, found.marks)


def test_papers_that_print_the_same_agency_text_are_one_voice() -> None:
    voices = chorus_of_papers({"a0": "a0", "a1": "a0", "a2": "a0"})
    assert voices.counted == ("paper0", "paper3")
    assert [(one.owner, one.on, one.how) for one in voices.leaning] == [
        ("paper1", ("paper0", "paper2"), "prints"),
        ("paper2", ("paper0", "paper1"), "prints"),
    ]


def test_a_paper_that_also_says_it_elsewhere_in_words_of_its_own_is_counted() -> None:
    own = [article("b1", outlet="paper1"), mark("n1", "claim", "paper1", article="b1")]
    assert "paper1" in chorus_of_papers({"a0": "a0", "a1": "a0"}, *own).counted


def test_a_source_quoted_in_copies_of_one_text_is_no_outlet_that_prints_it() -> None:
    quoted = [source("expert"), mark("q", "claim", "expert", article="a1")]
    assert chorus_of_papers({"a0": "a0", "a1": "a0"}, *quoted).counted == (
        "expert",
        "paper0",
        "paper2",
        "paper3",
    )


@given(choruses(), st.dictionaries(st.sampled_from(["a1", "a2"]), st.just("a1")), st.randoms())
def test_copies_never_add_a_voice_and_the_order_of_lines_never_matters(
    lines: list[Line], copies: dict[str, str], dice: Random
) -> None:
    found = facts(lines)
    alike = replace(found, copies=in_groups(copies))
    again = replace(facts(dice.sample(lines, len(lines))), copies=in_groups(copies))
    voices = independent(alike, alike.marks)
    assert voices == independent(again, again.marks)
    assert len(voices.counted) <= len(independent(found, found.marks).counted)
    assert bool(voices.counted) == bool(independent(found, found.marks).counted)
