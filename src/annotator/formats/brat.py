"""brat standoff: a folder with a .txt and an .ann for each article, and annotation.conf.

Source: the brat wiki, "Annotation data format" and "brat standoff format".
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from annotator.domain.model import Record
from annotator.domain.runs import Records, Run, in_runs
from annotator.formats.brat_types import RELATIONS
from annotator.formats.registry import Loss, Options

if TYPE_CHECKING:
    from annotator.domain.summary import Summary
    from annotator.formats.brat_ann import Used

_LOST = (
    "annotators", "source-details", "article-details", "regions", "versions", "cues", "possible-sources",
    "attribute-origins", "hedges", "flags", "mark-details", "mark-annotators", "exhibits", "propositions",
    "proposition-links", "link-details", "judgements", "dismissals", "saved-searches", "pins", "reports",
    "extra",
)  # fmt: skip
_BESIDE = ("links-across-articles", "links-to-claims", "links-to-sources", "links-from-exhibits", "mentions")


class BratFormat:
    """Marks with pieces, attributes, notes and links within an article; sources as notes.

    Ids on the way in are `stem/T1`, unique in the folder. Events become
    marks of their trigger, their arguments are told to `report`. What an .ann
    cannot hold of an export's links, and its mentions, goes into relations.csv, which is read
    again but for links from exhibits, of which a folder says too little.
    Reading understands the option `looking`: told how many documents of how many were
    looked at before the first is read.
    """

    name = "brat"
    suffixes: tuple[str, ...] = (".ann",)
    title = "brat standoff"
    reads = True
    writes = True
    extent: Literal["file", "folder"] = "folder"
    is_of_others: Literal[True] = True

    def read(self, path: Path, options: Options) -> Records:
        """The records of a folder of documents, or of one .ann (or .txt) with its partner."""
        from annotator.formats.brat_read import BratReader

        return Records(in_runs(BratReader(path, options).records()))

    def look(self, path: Path, options: Options) -> Generator[Run[Record], None, Used]:
        """The types that a folder of documents uses."""
        from annotator.formats.brat_read import BratReader

        return BratReader(path, {**options, "report": _told_by_the_reader}).look()

    def write(self, records: Iterable[Record], out: Path, options: Options) -> None:
        """Write documents into a folder that is there and empty."""
        from annotator.formats.brat_write import BratWriter

        BratWriter(out, options).write(records)

    def losses(self, summary: Summary) -> list[Loss]:
        lost = [Loss(name, summary[name], summary.example(name)) for name in _LOST if summary[name]]
        beside = [
            Loss(name, summary[name], summary.example(name), RELATIONS) for name in _BESIDE if summary[name]
        ]
        return lost + beside


def _told_by_the_reader(code: str, **details: object) -> None:
    del code, details


FORMAT = BratFormat()
