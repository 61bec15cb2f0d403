"""A report of more than one file can be read in: an overview, and parts in a folder beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from annotator.domain.report import ClaimPart, FullReport
from annotator.formats.files import remove_folder, write_file, write_folder

if TYPE_CHECKING:
    from annotator.formats.reports.writers import Writer


_PARTS = "report-parts"
"""What the marker of a folder of parts says."""


class Listed(NamedTuple):
    """A claim as the overview lists it."""

    handle: str
    sentence: str
    is_disputed: bool
    asserting: int
    """Independent voices."""
    denying: int
    address: str
    """Where the part tells it, as a link within the overview has it."""


class PartListed(NamedTuple):
    """A part as the overview lists it: its claims, or how many marks without a source it tells."""

    address: str
    claims: tuple[Listed, ...]
    unnamed: int


class Overview(NamedTuple):
    """What the first file of such a report says."""

    title: str
    lead: tuple[str, ...]
    folder: str
    """The name of the folder of the parts."""
    parts: tuple[PartListed, ...]

    @property
    def claims(self) -> int:
        return sum(len(part.claims) for part in self.parts)

    @property
    def disputed(self) -> int:
        return sum(one.is_disputed for part in self.parts for one in part.claims)


def parts_folder_of(out: Path) -> str:
    """The name of the folder beside a report in which its parts are: of this file, not of its namesakes."""
    return f"{out.name}-parts"


def put_parts(
    writer: Writer,
    words: FullReport,
    parts: Iterable[FullReport],
    told_in: Mapping[str, int],
    out: Path,
    check: Callable[[], None] = lambda: None,
) -> int:
    """Write parts one by one and the overview of them, all or nothing; returns how many parts there are.

    words: the report under whose title and text they stand. told_in: the part that tells each claim, from
    1, by its handle. check: called once all is written and
    before anything is in its place; what it raises undoes all of it. One part is in memory at a time.
    """
    listed: list[PartListed] = []
    folder = parts_folder_of(out)

    def fill(overview: Path) -> None:
        def fill_folder(place: Path) -> None:
            told, name = words, ""
            for number, part in enumerate(parts, 1):
                before, name, after = (_name(writer, one) for one in (number - 1, number, number + 1))
                told = as_part(part, sum(one.unnamed for one in listed))
                told = replace(told, lead=(), home=f"../{out.name}", before=before if listed else "")
                told = replace(told, elsewhere=_elsewhere(part, told_in, writer))
                listed.append(_listed(part, quote(f"{folder}/{name}")))
                _write_part(writer, replace(told, after=after), place / name)
            if listed:  # that there is no further part is known only now
                _write_part(writer, told, place / name)
            assert writer.overview is not None  # noqa: S101 - it is asked for of no other writer
            whole = Overview(words.title, words.lead, folder, tuple(listed))
            overview.write_bytes(writer.overview(whole).data)
            check()

        write_folder(out.with_name(folder), fill_folder, _PARTS)

    write_file(out, fill)
    return len(listed)


def beside(report: FullReport) -> list[tuple[str, str]]:
    """What a part of a report leads to, each with its address: the part before, the overview, the next."""
    found = [("← Part before", report.before), ("Overview", report.home), ("Next part →", report.after)]
    return [(words, address) for words, address in found if address]


def remove_parts(out: Path) -> None:
    """Remove the parts of an earlier report of this name, which the new one is without."""
    remove_folder(out.with_name(parts_folder_of(out)), _PARTS)


def _write_part(writer: Writer, part: FullReport, place: Path) -> None:
    drawings = place.with_name(f"{place.stem}-drawings")
    written = writer.write(part, drawings.name)
    place.write_bytes(written.data)
    for name, data in written.beside:
        drawings.mkdir(exist_ok=True)
        (drawings / name).write_bytes(data)


def _name(writer: Writer, number: int) -> str:
    return f"{number:04}{writer.suffix}"


def _elsewhere(part: FullReport, told_in: Mapping[str, int], writer: Writer) -> dict[str, str]:
    """Where other parts tell the claims to which those of a part are related."""
    related = {other.handle for claim in part.claims for other in claim.related}
    away = related - {claim.handle for claim in part.claims}
    return {one: f"{_name(writer, told_in[one])}#{one}" for one in away if one in told_in}


def as_part(report: FullReport, before: int = 0) -> FullReport:
    """A report under the title of a part: which claims it tells, or which marks after those told before."""
    unnamed = f"marks without a source, {marks_span(before, len(report.unnamed))}"
    return replace(report, title=f"{report.title}, {span_of(report.claims) if report.claims else unnamed}")


def marks_span(before: int, count: int) -> str:
    """Which of all marks without a source a part tells, after so many others."""
    return f"{before + 1:,} to {before + count:,}"


def span_of(claims: Sequence[ClaimPart | Listed]) -> str:
    """Which claims a part tells, by their handles."""
    first, last = claims[0].handle, claims[-1].handle
    return first if first == last else f"{first} to {last}"


def _listed(part: FullReport, address: str) -> PartListed:
    return PartListed(address, tuple(_claim(one, address) for one in part.claims), len(part.unnamed))


def _claim(claim: ClaimPart, address: str) -> Listed:
    return Listed(
        claim.handle,
        claim.sentence,
        claim.is_disputed,
        len(claim.asserting.counted),
        len(claim.denying.counted),
        f"{address}#{claim.handle}",
    )
