"""What came of labelling the two articles: the project, its lines, and all of it by the keys of the data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from annotator.app.cli import main
from annotator.app.segment import NewsSegmenter
from annotator.domain.dispute import ClaimBoard, DisputeMap, Entry, dispute_map
from annotator.domain.facts import Facts
from annotator.domain.model import Link, Mark, Mention, Ref, Source
from annotator.formats.jsonl import FORMAT
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.settings import Settings
from annotator.ui.window import MainWindow
from tests.flows.article_work import Labelling
from tests.flows.conftest import ME, SIZE


@dataclass(frozen=True)
class Work:
    """The project as other programs get it, and the labelling that made it."""

    path: Path
    exported: Path
    lines: list[dict[str, Any]]
    known: Facts
    disputes: DisputeMap
    done: Labelling

    @classmethod
    def do(cls, texts: Path, folder: Path) -> Work:
        """Bring the articles in, label them in a window, and export all of it."""
        path, out = folder / "two.annotator", folder / "two.jsonl"
        run("new", path, "--preset", "analyst")
        run("import", path, texts)
        done = _labelled(path, folder)
        run("export", path, out, "--format", "annotator-jsonl")
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        known = Facts.of(FORMAT.read(out, {}))
        return cls(path, out, lines, known, dispute_map(known), done)

    def text(self, article: int) -> str:
        return self.known.articles[self.done.articles[article]].text

    def mark(self, key: str) -> Mark:
        return self.known.marks[self.done.marks[key]]

    def words(self, key: str) -> str:
        return " … ".join(self.mark(key).quotes)

    def source(self, key: str) -> Source:
        return self.known.sources[self.done.sources[key]]

    def speaker(self, key: str) -> str:
        """Who says a mark, by the key of the source; empty for nobody."""
        return self.names(self.mark(key).source)[0]

    def names(self, *sources: str | None) -> list[str]:
        keys = {source: key for key, source in self.done.sources.items()}
        return [keys[source] if source else "" for source in sources]  # type: ignore[index]

    def links(self, start: str, kind: str) -> list[str]:
        """The keys of what a mark is linked to, of sources with a colon before them."""
        found = []
        for link in self.known.links_from(self.done.marks[start], kind):
            table, keys = link.target.table, self.done.marks
            if table == "source":
                found.append(f"source:{self.names(link.target.id)[0]}")
            else:
                found.append(next(key for key, mark in keys.items() if mark == link.target.id))
        return found

    def link(self, start: str, kind: str, end: str) -> Link:
        target = Ref("mark", self.done.marks[end])
        return next(
            one for one in self.known.links_from(self.done.marks[start], kind) if one.target == target
        )

    def mentions(self, key: str) -> dict[str, Mention]:
        """What a mark does to which claims, by their keys."""
        keys = {claim: name for name, claim in self.done.claims.items()}
        return {
            keys[one.proposition]: one for one in self.known.mentions_by_mark.get(self.done.marks[key], ())
        }

    def board(self, claim: str) -> ClaimBoard:
        return next(one for one in self.disputes.claims if one.id == self.done.claims[claim])

    def said_by(self, entries: tuple[Entry, ...]) -> set[str]:
        return set(self.names(*(entry.source for entry in entries)))


def run(*arguments: object) -> None:
    assert main([str(argument) for argument in arguments]) == 0


def _labelled(path: Path, folder: Path) -> Labelling:
    """Open a window on a project, do all of the work in it, and close it."""
    store = Store.open(path, ME)
    window = MainWindow(Session(store), NewsSegmenter(), Settings(folder / "window.ini"))
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    done = Labelling(window)
    done.work()
    done.call_done()
    window.close()
    window.deleteLater()
    store.close()
    return done
