"""Loose ends: what is still open, what was left open on purpose, and how it is said."""

from dataclasses import replace

import pytest
from hypothesis import given

from annotator.domain.checks import FIXES, LooseEnd, ends_at, loose_ends
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.model import Ref
from annotator.domain.remarks import SENTENCES, message
from tests.domain.graphs import Line, article, claim, facts, link, mark, mention, projects, source

DONE = article("a1", status="done", outlet="paper", title="Works deny sale")
PEOPLE = [source("paper"), source("works", affiliation="varna"), source("varna"), source("lena")]


def found(*lines: Line) -> list[tuple[str, str]]:
    ends = loose_ends(facts([DONE, *PEOPLE, *lines]))
    return [(one.rule, one.target.id) for one in ends]


def test_a_denial_says_what_it_denies_by_a_link_or_a_mention() -> None:
    assert found(
        claim(),
        mark("m1", "claim", "lena"),
        mark("m2", "denial", "works"),
        mark("m3", "denial", "works"),
        mark("m4", "denial", "works"),
        mark("m5", "denial", "works"),
        link("denies", "m3", "m1"),
        mention("m4", "deny"),
        mention("m5", "support"),
    ) == [("denial_without_target", "m2"), ("denial_without_target", "m5"), ("disputed_without_ground", "p1")]


def test_a_denial_that_attacks_the_author_may_end_at_a_source() -> None:
    lines = [mark("m2", "claim", "lena"), link("undermines", "m1", "lena", "source")]
    assert found(mark("m1", "denial", "works", attributes={"denial_kind": ["source"]}), *lines) == []
    assert found(mark("m1", "denial", "works", attributes={"denial_kind": ["content"]}), *lines) == [
        ("denial_without_target", "m1")
    ]


def test_a_claim_that_denies_without_saying_so_is_pointed_out() -> None:
    lines = [claim(), mark("m1", "claim", "lena"), mark("m2", "claim", "works"), link("denies", "m2", "m1")]
    assert found(*lines) == [("denies_without_denial", "m2")]
    assert found(*lines, mention("m2", "deny")) == []


def test_evidence_is_linked_at_once() -> None:
    assert found(
        claim(),
        *(mark(one, "evidence", "lena") for one in ("m1", "m2", "m3", "m4")),
        mark("m5", "claim", "lena"),
        link("supports", "m2", "m5"),
        link("cites", "m5", "m3"),
        link("undermines", "m5", "m4"),
    ) == [("evidence_without_link", "m1"), ("evidence_without_link", "m4")]


def test_no_comment_says_what_was_left_unanswered() -> None:
    assert found(
        mark("m1", "no_comment", "varna"),
        mark("m2", "no_comment", "varna"),
        mark("m3", "claim", "lena"),
        link("responds_to", "m2", "m3"),
    ) == [("no_comment_without_target", "m1")]


def test_every_mark_but_narration_and_layers_needs_a_source() -> None:
    assert found(
        mark("m1", "claim"),
        mark("m2", "claim", attributes={"quote": "none"}),
        mark("m3", "cue"),
        mark("m4", "claim", None, "paper"),
    ) == [("mark_without_source", "m1"), ("mark_without_source", "m4")]


def test_what_the_analyst_flagged_or_asked_stays_open() -> None:
    assert found(
        mark("m1", "claim", "lena", flags=["unclear_target", "unclear_attribution", "anaphoric"]),
        mark("m2", "claim", "lena", question="which works?"),
        mark("m3", "claim", "lena", question="  "),
    ) == [("unclear_attribution", "m1"), ("unclear_target", "m1"), ("question_open", "m2")]


def test_words_that_point_back_need_a_claim_that_says_it_whole() -> None:
    flags = ["anaphoric"]
    assert found(
        claim(),
        mark("m1", "claim", "lena", flags=flags),
        mark("m2", "claim", "lena", flags=flags),
        mark("m3", "denial", "works", flags=flags),
        mark("m4", "cue", flags=flags),
        mention("m2"),
        link("denies", "m3", "m2"),
    ) == [("anaphoric_without_claim", "m1"), ("disputed_without_ground", "p1")]


def test_one_mark_cannot_stand_on_both_sides_of_a_claim() -> None:
    marks = [mark("m1", "claim", "lena"), mark("m2", "claim", "lena")]
    said = [mention("m1"), mention("m1", "deny"), mention("m2"), mention("m2", "deny", "p2")]
    ends = found(claim(), claim("p2", "The plant sold pumps"), *marks, *said)
    assert ends == [("on_both_sides", "m1"), ("disputed_without_ground", "p1")]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"date_written": "this summer"}, "date_not_normalised"),
        ({"date_written": "this summer", "date": "2017-06/2017-08", "date_inferred": "yes"}, None),
        ({"date_inferred": "yes"}, "date_not_normalised-inferred"),
        ({"date_inferred": "no"}, None),
        ({"date": "14 August 2017"}, "date_none"),
        ({"date": "2017-02-30"}, "date_none"),
        ({"date": "2017-08"}, None),
    ],
)
def test_a_date_is_one_that_can_be_sorted(values: dict[str, str], code: str | None) -> None:
    ends = loose_ends(facts([DONE, *PEOPLE, mark("m1", "claim", "lena", attributes=values)]))
    assert [one.message_code for one in ends] == [code] * (code is not None)


def test_an_implicit_source_is_asked_for_by_that_name() -> None:
    whole = facts([DONE, mark("m1", "claim", flags=["implicit_source"])])
    assert [one.message_code for one in loose_ends(whole)] == ["mark_without_source-implicit"]


@pytest.mark.parametrize(
    ("quotes", "is_open"),
    [
        (["“it never"], True),
        (["never did”"], True),
        (["“never” did it"], False),
        (['"never', 'did it"'], False),
        (["[U.S. government is sure"], True),
        (["[U.S.] government"], False),
        (["‘It’s a psyop"], False),
        (['pipes of 12"'], False),
        (["“We sold none.\n“We never will.”"], False),
    ],
)
def test_trimming_leaves_no_half_of_a_pair(quotes: list[str], is_open: bool) -> None:
    assert found(mark("m1", "claim", "lena", quotes=quotes)) == [("half_a_pair", "m1")] * is_open


def test_who_speaks_by_office_speaks_for_somebody() -> None:
    assert found(
        source("x1", role="a spokeswoman for the works"),
        source("x2", role="spokesman", affiliation="works"),
        source("x3", role="rocket expert"),
        source("x4", role="officials"),
        source("x5", role="spokesman", same_as="x2"),
    ) == [("speaks_for_whom", "x1"), ("speaks_for_whom", "x4")]


def test_what_the_scheme_does_not_know_is_reported() -> None:
    assert found(
        mark("m1", "rumour", "lena"),
        mark("m2", "claim", "lena", attributes={"certainty": "perhaps", "mood": "bad", "place": "Varna"}),
        link("echoes", "m1", "m2"),
    ) == [("undefined_label", "m1"), ("undefined_link_kind", "echoes-m1-m2"), ("undefined_attribute", "m2")]


def test_corroboration_by_one_owner_or_by_who_cites_is_no_second_voice() -> None:
    ends = loose_ends(
        facts(
            [
                DONE,
                *PEOPLE,
                *(mark(f"m{n}", "claim", by) for n, by in enumerate(["works", "varna", "lena", "paper"])),
                link("corroborates", "m0", "m1"),
                link("corroborates", "m0", "m2"),
                link("corroborates", "m3", "m2"),
                link("cites", "m3", "lena", "source"),
                {"type": "exhibit", "id": "e1"},
                link("corroborates", "e1", "m2"),
            ]
        )
    )
    assert [(one.message_code, one.target.id) for one in ends] == [
        ("corroborates_same_owner", "corroborates-m0-m1"),
        ("corroborates_same_owner-cites", "corroborates-m3-m2"),
    ]


def test_the_last_resort_among_links_needs_a_note() -> None:
    marks = [mark("m1", "claim", "lena"), mark("m2", "claim", "lena")]
    assert found(*marks, link("relates_to", "m1", "m2")) == [("relates_to_without_note", "relates_to-m1-m2")]
    assert found(*marks, link("relates_to", "m1", "m2", note="same day")) == []


def test_an_attack_on_a_source_that_says_nothing_has_no_place_on_the_map() -> None:
    attack = link("undermines", "m1", "varna", "source")
    lines = [mark("m1", "denial", "works", attributes={"denial_kind": ["source"]}), attack]
    assert found(*lines) == [("attack_on_nobody_heard", "undermines-m1-varna")]
    assert found(*lines, mark("m2", "no_comment", "varna"), link("responds_to", "m2", "m1")) == [
        ("attack_on_nobody_heard", "undermines-m1-varna")
    ]
    assert found(*lines, mark("m2", "claim", "varna")) == []
    assert found(*lines, source("city", same_as="varna"), mark("m2", "claim", "city")) == []
    assert found(*lines, article("a2", outlet="varna")) == []


def test_an_attack_on_a_forum_that_answers_a_claim_has_its_place_on_the_map() -> None:
    lines = [
        mark("m1", "claim", "lena"),
        mark("m2", "denial", "works", attributes={"denial_kind": ["process"]}),
        link("undermines", "m2", "varna", "source"),
        link("responds_to", "m2", "m1"),
    ]
    assert found(*lines) == []


def test_a_disputed_claim_wants_evidence() -> None:
    said = [
        claim("p1", "The plant sold pumps"),
        mark("m1", "claim", "lena"),
        mark("m2", "denial", "works"),
        mention("m1"),
        link("denies", "m2", "m1"),
    ]
    assert found(*said) == [("disputed_without_ground", "p1")]
    for kind, origin, *end in (
        ("supports", "m3", "m1"),
        ("undermines", "m3", "m2"),
        ("supports", "e1", "p1", "proposition"),
    ):
        ground = [mark("m3", "evidence", "lena"), {"type": "exhibit", "id": "e1"}, link(kind, origin, *end)]
        assert ("disputed_without_ground", "p1") not in found(*said, *ground)
    assert found(*said, mark("m3", "evidence", "lena"), mention("m3")) == []
    assert found(*said[:-1]) == [("denial_without_target", "m2")]


def test_voices_that_have_it_from_one_another_are_pointed_out() -> None:
    said = [
        claim("p1", "The plant sold pumps"),
        mark("m1", "claim", "lena", "varna"),
        mark("m2", "claim", "varna", "lena"),
        mention("m1"),
        mention("m2"),
    ]
    assert found(*said) == [("circular_voices", "p1")]
    assert found(*said, mark("m3", "claim", "paper"), mention("m3")) == []
    assert found(*said[:2], mark("m2", "claim", "varna"), *said[3:]) == []


def test_outlets_that_print_one_text_are_no_voices_of_their_own() -> None:
    own = {"attributes": {"quote": "none"}}
    lines = [claim("p1", "The plant sold pumps"), mention("m1"), mention("m2")]
    marks = [mark("m1", "claim", article="a2", **own), mark("m2", "claim", article="a3", **own)]
    outlets = [source("daily"), source("times")]
    printed = [article("a2", outlet="daily"), article("a3", outlet="times")]
    whole = facts([DONE, *PEOPLE, *lines, *marks, *outlets, *printed])
    first, second = ArticleId("a2"), ArticleId("a3")
    copies = {first: frozenset([second]), second: frozenset([first])}
    for known, rules in ((copies, ["circular_voices"]), ({}, [])):
        assert [one.rule for one in loose_ends(replace(whole, copies=known))] == rules


def test_a_claim_is_asked_about_once_all_its_articles_are_read() -> None:
    lines = [claim("p1", "The plant sold pumps"), mark("m1", "claim", "lena"), mention("m1")]
    for status, is_quiet in (("reading", True), ("done", False)):
        other = [
            article("a2", status=status),
            mark("m2", "denial", "works", article="a2"),
            mention("m2", "deny"),
        ]
        ends = loose_ends(facts([DONE, *PEOPLE, *lines, *other]))
        assert [one.is_quiet for one in ends if one.rule == "disputed_without_ground"] == [is_quiet]


def test_the_younger_of_two_claims_that_look_alike_is_asked_about() -> None:
    lines = [claim("p1", "The plant sold the pumps"), claim("p2", "Plant sold pumps.")]
    assert found(*lines) == [("claims_alike", "p2")]
    parted = {"type": "proposition_link", "id": "l1", "from": "p2", "kind": "alternative_to", "to": "p1"}
    assert found(*lines, parted) == []
    assert found(*({**one, "set": "pumps"} for one in lines)) == []


def test_sources_that_look_alike_are_asked_about_until_they_are_one_or_known_as_two() -> None:
    lena, short = source("x1", country="UA"), source("x2")
    lena["name"], short["name"] = "Lena Kos", "L. Kos"
    assert found(lena, short) == [("sources_alike", "x2")]
    assert found(lena, {**short, "same_as": "x1"}) == []
    assert found({**lena, "same_as": "x2"}, short) == []
    assert found(lena, {**short, "country": "RU"}) == []
    assert found(lena, {**short, "affiliation": "x1"}) == []


def test_of_an_older_version_only_what_was_not_taken_over_is_open() -> None:
    newer = article("a2", status="done", outlet="paper", version_of="a1")
    old = [mark("m1", "denial"), mark("m2", "evidence", "lena")]
    assert found(newer, *old, mark("m3", "evidence", "lena", article="a2", extra={"carried_from": "m2"})) == [
        ("not_in_newer_version", "m1"),
        ("evidence_without_link", "m3"),
    ]


@pytest.mark.parametrize(
    ("said", "shown", "is_open"),
    [
        ("direct", "indirect", True),
        ("indirect", "mixed", True),
        ("mixed", "mixed", False),
        ("none", "direct", True),
        ("none", "mixed", False),
        ("none", "indirect", False),
    ],
)
def test_a_kind_of_quote_is_doubted_where_quotation_marks_say_otherwise(
    said: str, shown: str, is_open: bool
) -> None:
    whole = facts([DONE, *PEOPLE, mark("m1", "claim", "lena", attributes={"quote": said})])
    ends = loose_ends(replace(whole, quote_kinds={MarkId("m1"): shown}))
    assert [one.rule for one in ends] == ["quote_kind_otherwise"] * is_open


def test_a_finished_article_with_marks_needs_an_outlet() -> None:
    lines = [article("a2", status="done"), article("a3", status="reading"), article("a4", status="done")]
    lines += [mark("m1", "claim", "lena", article="a2"), mark("m2", "claim", "lena", article="a3")]
    assert found(*lines) == [("article_without_outlet", "a2")]


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        (" ", True),
        ("The pumps … came from Varna.", True),
        ("the pumps came\nfrom Varna", True),
        ("Varna sold the pumps", False),
    ],
)
def test_a_claim_wants_a_sentence_of_its_own(text: str, is_open: bool) -> None:
    words = mark("m1", "claim", "lena", quotes=["The pumps", "came from Varna"])
    assert found(claim("p1", text), words, mention("m1")) == [("claim_without_sentence", "p1")] * is_open


def test_circles_and_unexplained_anonymity_of_sources_are_reported() -> None:
    assert found(
        source("x", affiliation="y"),
        source("y", affiliation="x"),
        source("z1", kind="anonymous"),
        source("z2", kind="anonymous", anonymity="fears for the job"),
        source("z3", kind="unknown"),
    ) == [("source_cycle", "x"), ("anonymous_without_ground", "z1")]


def test_a_dismissed_loose_end_is_gone_and_others_of_the_mark_stay() -> None:
    lines = [mark("m1", "denial")]
    assert found(*lines) == [("denial_without_target", "m1"), ("mark_without_source", "m1")]
    done = {"type": "dismissal", "id": "d1", "rule": "mark_without_source", "target": {"mark": "m1"}}
    assert found(*lines, done) == [("denial_without_target", "m1")]


@pytest.mark.parametrize(("status", "is_quiet"), [("new", True), ("reading", True), ("done", False)])
def test_nobody_is_reminded_before_the_first_pass_is_done(status: str, is_quiet: bool) -> None:
    lines = [
        article("a1", status=status, outlet="paper"),
        mark("m1"),
        mark("m2"),
        link("relates_to", "m1", "m2"),
    ]
    assert {one.is_quiet for one in loose_ends(facts(lines))} == {is_quiet}


def test_loose_ends_stand_in_reading_order_and_the_registries_last() -> None:
    assert found(
        claim("p0", ""),
        source("a0", kind="anonymous"),
        mark("m1", "claim", spans=[[90, 95]]),
        mark("m2", "claim", spans=[[10, 15]]),
    ) == [
        ("mark_without_source", "m2"),
        ("mark_without_source", "m1"),
        ("claim_without_sentence", "p0"),
        ("anonymous_without_ground", "a0"),
    ]


@given(projects())
def test_the_loose_ends_at_a_row_are_those_of_the_project_that_hang_on_it(lines: list[Line]) -> None:
    whole = facts(lines)
    ends = loose_ends(whole)
    for mark_there in whole.marks:
        assert in_any_order(ends_at(whole, Ref("mark", mark_there))) == in_any_order(
            [one for one in ends if one.mark == mark_there]
        )
    for source_there in whole.sources:
        assert in_any_order(ends_at(whole, Ref("source", source_there))) == in_any_order(
            [one for one in ends if one.source == source_there]
        )
    assert ends_at(whole, Ref("mark", "gone")) == []


def in_any_order(ends: list[LooseEnd]) -> list[str]:
    return sorted(map(repr, ends))


@given(projects())
def test_every_loose_end_has_a_fix_and_a_sentence_and_can_be_dismissed(lines: list[Line]) -> None:
    whole = facts([*lines, mark("m9", "rumour", quotes=["{mark}"])])
    ends = loose_ends(whole)
    assert all(
        one.fix == FIXES[one.rule] and "{" not in message(one, whole).replace("{mark}", "") for one in ends
    )
    rows = [_dismissal(n, one) for n, one in enumerate(ends)]
    assert loose_ends(facts([*lines, mark("m9", "rumour"), *rows])) == []


def _dismissal(number: int, one: LooseEnd) -> Line:
    return {
        "type": "dismissal",
        "id": f"d{number}",
        "rule": one.rule,
        "target": {one.target.table: one.target.id},
    }


def test_every_rule_has_a_sentence() -> None:
    assert {code.partition("-")[0] for code in SENTENCES} == set(FIXES)


def test_the_sentence_names_what_is_open_and_where() -> None:
    whole = facts(
        [
            DONE,
            *PEOPLE,
            claim("p1", "some words"),
            mark("m1", "denial", "works", quotes=["we have never sold", "a pump " * 20]),
            mark("m2", "claim", "varna"),
            mention("m2"),
            link("corroborates", "m2", "m1"),
            link("relates_to", "m2", "nowhere"),
        ]
    )
    assert [message(one, whole) for one in loose_ends(whole)] == [
        "Denial M1 (A1) “we have never sold … a pump a pump a pump a pump a pump a…”"
        " does not say what it denies.",
        "Claim M2 (A1) “some words” is no independent support for denial M1 (A1)"
        " “we have never sold … a pump a pump a pump a pump a pump a…”: both speak for source S3 “varna”.",
        "Claim M2 (A1) “some words” relates to mark nowhere, and no note says how.",
        "Claim C1 “some words” still has the words of a mark for its sentence.",
    ]


def test_a_loose_end_on_a_link_hangs_on_the_link() -> None:
    whole = facts([DONE, mark("m1", "claim", "x"), mark("m2", "claim", "x"), link("relates_to", "m1", "m2")])
    (one,) = loose_ends(whole)
    assert (one.mark, one.target) == ("m1", Ref("link", "relates_to-m1-m2"))
