"""A window on two short articles, for the tests of the hands."""

from dataclasses import dataclass

from annotator.domain.ids import ArticleId, MarkId, SourceId, new_id
from annotator.domain.model import Article, Mark
from annotator.domain.spans import Span
from annotator.domain.text import text_sha256
from annotator.store import edits, lists, read
from annotator.store.imports import import_records
from annotator.store.store import Identity, Store
from annotator.ui.window import MainWindow
from tests.flows.keyboard import Keyboard
from tests.flows.pointer import Pointer

TEXT = """Ferry Ran Aground, Port Says
The port denied on Monday that the ferry had left too early, and blamed fog. "We never gave a signal," said \
Mara Lind, its spokeswoman.
A log seen by the Gazette shows a signal at 04:10 🌊. The mayor did not answer.
The crew said that it had waited for the signal. "It came late," said the mate."""
OTHER = "The Gazette repeated that a signal had been given at four, and the port was silent."


def new_store() -> Store:
    """Two articles and two sources, no marks."""
    store = Store.memory(Identity(name="Ada"))
    import_records(store, [article_of(TEXT, "Ferry"), article_of(OTHER, "Signal")])
    edits.add_source(store, "The port", "organisation")
    edits.add_source(store, "Mara Lind")
    return store


def article_of(text: str, title: str) -> Article:
    """An article to bring in."""
    return Article(id=ArticleId(new_id()), text=text, title=title, sha256=text_sha256(text))


@dataclass
class Desk:
    """The window and what tests ask of it; marks are put there to begin with by edits."""

    window: MainWindow
    keys: Keyboard
    mouse: Pointer

    @property
    def store(self) -> Store:
        return self.window.session.store

    @property
    def articles(self) -> list[ArticleId]:
        return [row.id for row in lists.articles(self.store)]

    def span(self, words: str) -> Span:
        start = self.keys.text.index(words)
        return Span(start, start + len(words))

    def put(
        self, words: str, label: str = "claim", source: SourceId | None = None, article: int = 0
    ) -> MarkId:
        text = (TEXT, OTHER)[article]
        start = text.index(words)
        where = self.articles[article]
        return edits.add_mark(self.store, where, label, [(start, start + len(words))], source=source)

    def hold(self, mark: MarkId | None) -> None:
        self.window.session.hold(mark)

    def held(self) -> Mark | None:
        return self.window.hands.desk.held_mark()

    def select(self, words: str) -> None:
        self.window.view.select(self.span(words))

    def selected(self) -> str:
        selection = self.window.view.selection()
        return self.keys.text[selection.start : selection.end] if selection else ""

    def marks(self) -> list[tuple[str, str]]:
        return [(row.label, row.quote) for row in lists.marks(self.store)]

    def links(self, mark: MarkId) -> list[tuple[str, str]]:
        """Kind and far end of the links of a mark, `<` before those that come in."""
        return [
            (link.kind if link.outward else f"<{link.kind}", link.other.id)
            for link in lists.links(self.store, [mark])
        ]

    def operations(self) -> int:
        return int(self.store.query("SELECT count(*) FROM main.operation")[0][0])

    def source_of(self, mark: MarkId) -> list[str]:
        """The chain of a mark by name."""
        chain = read.mark(self.store, mark).attribution
        return [read.source(self.store, step.source).name if step.source else "" for step in chain]
