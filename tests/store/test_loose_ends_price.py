"""What an edit and the look after it cost follows what it touches, not the size of the project."""

import pytest

from annotator.domain.ids import new_id
from annotator.domain.model import Article, Attribution, Mark, Mention, Proposition, Ref, Source
from annotator.domain.spans import Span
from annotator.store import edits
from annotator.store.imports import import_records
from annotator.store.loose_ends import backlog, catch_up, look
from annotator.store.store import Store
from tests.store.samples import TEXT, price

FEW, MANY = 10, 1000
DEEPER = 1.5
"""How many times as many steps a search through a larger table may take."""


def project(size):
    """So many claims, each asserted and denied by two sources of its own in an article of its own."""
    store = Store.memory()
    records = []
    for number in range(size):
        article = Article(id=new_id(), text=f"{number} {TEXT}", status="done")
        claim = Proposition(id=new_id(), text=f"Plant {number} sold rocket engines to Iran")
        records += [article, claim]
        for label, stance in (("claim", "support"), ("denial", "deny")):
            source = Source(id=new_id(), name=f"{label.title()} Council Number {number}", kind="organisation")
            mark = Mark(
                id=new_id(),
                article=article.id,
                label=label,
                spans=(Span(0, 3),),
                quotes=(article.text[:3],),
                attribution=(Attribution(source.id),),
            )
            mention = Mention(id=new_id(), mark=mark.id, proposition=claim.id, stance=stance)
            records += [source, mark, mention]
    import_records(store, records)
    for _ in look(store):
        pass
    return store


def prices(size):
    """Statements and steps of some edits with the look after them, each done once before."""
    store = project(size)
    first, other = (row[0] for row in store.query("SELECT id FROM main.proposition ORDER BY id LIMIT 2"))
    mark, far = (row[0] for row in store.query("SELECT id FROM main.mark ORDER BY id LIMIT 2"))
    source, speaker = (row[0] for row in store.query("SELECT id FROM main.source ORDER BY id LIMIT 2"))
    ((mention,),) = store.query("SELECT id FROM main.mention WHERE mark = ?", (far,))
    numbers = iter(range(100))
    acts = {
        "claim reworded": lambda: edits.edit_proposition(store, other, text=f"Plant 0 sold {next(numbers)}"),
        "claim made alike": lambda: edits.edit_proposition(
            store, other, text="The plant 0 sold rocket engines" + " to Iran" * (next(numbers) % 2)
        ),
        "source renamed": lambda: edits.edit_source(store, source, name=f"Council {next(numbers)}"),
        "stance changed": lambda: edits.edit_mention(
            store, mention, stance="query" if next(numbers) % 2 else "deny"
        ),
        "source attacked": lambda: edits.add_link(
            store,
            "undermines",
            Ref("mark", far),
            Ref("source", edits.add_source(store, f"New {next(numbers)}")),
        ),
        "mark said anew": lambda: edits.set_source(store, mark, speaker if next(numbers) % 2 else source),
        "claims linked": lambda: edits.relate_propositions(
            store, first, "supports" if next(numbers) % 2 else "part_of", other
        ),
    }
    found = {}
    for name, act in acts.items():
        for _ in range(2):
            found[name] = price(store, lambda act=act: (act(), catch_up(store)))
            assert backlog(store).rows == 0
    store.close()
    return found


@pytest.fixture(scope="module")
def measured():
    return prices(FEW), prices(MANY)


def test_no_edit_runs_more_statements_in_a_large_project(measured):
    few, many = measured
    assert {name: statements for name, (statements, _) in many.items()} == {
        name: statements for name, (statements, _) in few.items()
    }


def test_no_edit_makes_the_file_look_at_more_rows_in_a_large_project(measured):
    few, many = measured
    dear = {name: (few[name][1], steps) for name, (_, steps) in many.items() if steps > DEEPER * few[name][1]}
    assert dear == {}
