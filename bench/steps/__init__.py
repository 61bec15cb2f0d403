"""The steps of an analyst's day that are measured; each gives its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bench.measure import Row
from bench.plan import Ground
from bench.steps import blocks, editing, files, finding, links, lists, memory, pointing, reading, starting

Step = Callable[[Ground], Iterator[Row]]

STEPS: Mapping[str, Step] = {
    "opening": reading.opening,
    "reading": reading.reading,
    "editing": editing.editing,
    "pointing": pointing.pointing,
    "finding": finding.finding,
    "resizing": finding.resizing,
    "links": links.links,
    "projects": lists.projects,
    "lists": lists.lists,
    "files": files.files,
    "starting": starting.starting,
    "memory": memory.memory,
    "blocks": blocks.blocks,
}
