"""A small project about a dam, for the tests of panels and dialogs."""

from dataclasses import dataclass
from typing import Any

from annotator.domain.ids import ArticleId, MarkId, SourceId, new_id
from annotator.domain.model import Article, Ref
from annotator.domain.text import text_sha256
from annotator.store import edits
from annotator.store.imports import import_records
from annotator.store.session import Session
from annotator.store.store import Identity, Store

FIRST = (
    "Valley, Monday. The ministry said on Monday that the dam at Orlova had been opened on purpose.\n"
    "The operator, Vodnik, denied it. “No gate was opened,” its spokeswoman Mara Lind told the Gazette.\n"
    "A logbook seen by the Gazette shows two gates open at 04:10 🌊. The mayor did not answer calls.\n"
)
SECOND = "The operator repeated that no gate had been opened. The logbook, it said, was a forgery.\n"


def article(text: str, title: str | None, **fields: Any) -> Article:
    return Article(id=ArticleId(new_id()), text=text, title=title, sha256=text_sha256(text), **fields)


def put_in(store: Store, *articles: Article) -> list[ArticleId]:
    """Import articles; returns their ids."""
    return [ArticleId(row) for row in import_records(store, articles).articles]


@dataclass
class Project:
    """What the tests ask for by name."""

    session: Session
    store: Store
    first: ArticleId
    second: ArticleId
    ministry: SourceId
    lind: SourceId
    gazette: SourceId
    claim: MarkId
    denial: MarkId
    evidence: MarkId
    repeated: MarkId


def small_project() -> Project:
    store = Store.memory(Identity(name="Ada"))
    first, second = put_in(
        store,
        article(FIRST, "Who opened the dam?", date="2024-03-04"),
        article(SECOND, "Operator calls logbook a forgery", date="2024-03-05"),
    )
    ministry = edits.add_source(store, "Ministry of Water", "organisation")
    vodnik = edits.add_source(store, "Vodnik", "organisation")
    lind = edits.add_source(store, "Mara Lind", role="spokeswoman", affiliation=vodnik)
    gazette = edits.add_source(store, "Gazette", "outlet")
    edits.edit_article(store, first, outlet=gazette)

    def mark(where: ArticleId, text: str, words: str, label: str, source: SourceId) -> MarkId:
        start = text.index(words)
        return edits.add_mark(store, where, label, [(start, start + len(words))], source=source)

    claim = mark(first, FIRST, "the dam at Orlova had been opened on purpose", "claim", ministry)
    denial = mark(first, FIRST, "No gate was opened", "denial", lind)
    evidence = mark(first, FIRST, "logbook seen by the Gazette shows two gates open", "evidence", gazette)
    repeated = mark(second, SECOND, "no gate had been opened", "denial", vodnik)
    edits.add_relay(store, denial, gazette)
    edits.add_link(store, "denies", Ref("mark", denial), Ref("mark", claim))
    edits.add_link(store, "supports", Ref("mark", evidence), Ref("mark", claim))
    edits.add_link(store, "same_claim", Ref("mark", denial), Ref("mark", repeated))
    return Project(
        Session(store), store, first, second, ministry, lind, gazette, claim, denial, evidence, repeated
    )
