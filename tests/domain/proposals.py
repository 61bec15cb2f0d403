"""What the rules propose, as tests read it."""

from annotator.domain.proposing import Proposal, rule_book


def proposed(text: str) -> list[Proposal]:
    return [one for found in rule_book().propose(text) for one in found]


def said(text: str) -> list[tuple[str, str | None, str]]:
    """(rule, who, words) of every proposal; pieces are joined by an ellipsis."""
    return [
        (
            one.rule.name,
            one.source.name if one.source else None,
            " … ".join(text[start:end] for start, end in one.spans),
        )
        for one in proposed(text)
    ]
