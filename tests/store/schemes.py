"""A project at work, for tests that change its scheme."""

from annotator.domain.model import Exhibit, PropositionLink, Ref, Region, SavedSearch
from annotator.domain.spans import Span
from annotator.store import edits, read
from tests.store.samples import TEXT, add_article, place, two_marks

SEARCHES = {
    "Denials": "label=Denial and not certainty=possible",
    "Photographs": "label=evidence and attr.evidence_type=imagery or kind=supports",
}


def now(store):
    return read.scheme(store)


def worked_on(store):
    """Marks of several labels with values, links of several kinds, mentions and an exhibit."""
    article = add_article(store)
    claim, denial = two_marks(store, article)
    evidence = edits.add_mark(store, article, "evidence", [place(TEXT, "A photograph")])
    silent = edits.add_mark(store, article, "no_comment", [place(TEXT, "a spokesman")])
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.add_link(store, "supports", Ref("mark", evidence), Ref("mark", claim), note="Why")
    edits.add_link(store, "corroborates", Ref("mark", evidence), Ref("mark", claim))
    edits.add_link(store, "responds_to", Ref("mark", silent), Ref("mark", claim))
    source = edits.add_source(store, "Ministry")
    edits.add_link(store, "undermines", Ref("mark", denial), Ref("source", source))
    exhibit = edits.add_record(store, Exhibit(id="", title="Film"))
    edits.add_link(store, "supports", Ref("exhibit", exhibit), Ref("mark", claim))
    edits.set_attribute(store, claim, "certainty", "possible")
    edits.set_attribute(store, denial, "denial_kind", ["content", "source"])
    edits.set_attribute(store, evidence, "evidence_type", "imagery")
    edits.edit_mark(store, claim, flags=("implicit_source", "anaphoric"))
    edits.edit_mark(store, denial, flags=("implicit_source",))
    edits.add_source(store, "Marvenia", "state")
    edits.edit_article(store, article, regions=(Region("title", Span(0, 3)), Region("caption", Span(4, 6))))
    nodes = [edits.add_proposition(store, words) for words in ("It was open.", "It was shut.")]
    for origin, kind, target, note in (
        (0, "supports", 1, "Why"), (0, "undermines", 1, None), (1, "undermines", 0, None),
    ):  # fmt: skip
        row = PropositionLink(id="", origin=nodes[origin], kind=kind, target=nodes[target], note=note)
        edits.add_record(store, row)
    for name, query in SEARCHES.items():
        edits.add_record(store, SavedSearch(id="", name=name, query=query))
    return claim, denial, evidence, silent
