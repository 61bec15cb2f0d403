"""A record that comes again under an id it had before: the same, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any

from annotator.domain.model import Article, Identified, Proposition
from annotator.store.imports.job import Job


def compare(job: Job, given: Identified, settled: Mapping[str, Any], there: Identified) -> None:
    """Refuse a record that says something else than what is there, but for who made it."""
    kind = type(given)
    for one in fields(kind):
        is_hashed = one.name == "text" and kind is Article  # then the hash is compared
        if is_hashed or one.name == "annotator" or not one.compare:
            continue
        mine, theirs = settled.get(one.name, getattr(given, one.name)), getattr(there, one.name)
        if mine != theirs and not _is_absent(mine, one):
            if kind is Proposition and job.is_of_others:
                job.report("claim-worded-otherwise", found=theirs, given=mine, **job.place)
                continue
            if one.name == "sha256" and kind is Article:  # hashes tell nobody anything
                job.refuse("record-differs", type=kind.type, id=given.id, field="text")
            job.refuse(
                "record-differs", type=kind.type, id=given.id, field=one.name, found=theirs, given=mine
            )


def _is_absent(value: Any, told_by: Field[Any]) -> bool:
    """Whether a value says no more than a record that leaves it out: a mark, for one, is sure then."""
    is_usual = isinstance(value, bool) and value is told_by.default
    return is_usual or value is None or value in ((), "") or value == {}
