"""What can still be read of a damaged file comes into a new one."""

import sqlite3

import pytest

from annotator.domain.errors import UserError
from annotator.store import edits
from annotator.store.salvage import salvage
from annotator.store.store import Store
from annotator.store.verify import damage
from tests.store.samples import TEXT, add_article, articles_with, dump


def filled(opened, articles=40):
    """A project with articles of some length and two marks each."""
    store = opened()
    for number in range(articles):
        text = f"Article {number}. " + TEXT * 8
        article = add_article(store, text=text)
        edits.add_mark(store, article, "claim", [(0, 7)])
        edits.add_mark(store, article, "denial", [(10, 30)])
    return store


def wreck(path, pages):
    """Overwrite pages of a file with noise."""
    connection = sqlite3.connect(path)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * size)
            file.write(b"\xa5" * size)


def test_a_sound_file_comes_over_whole(opened, project, tmp_path, me):
    store = filled(opened, articles=3)
    before = dump(store)
    store.close()
    result = salvage(project, tmp_path / "saved.annotator")
    assert not +result.lost
    saved = Store.open(tmp_path / "saved.annotator", me)
    assert dump(saved) == before
    assert damage(saved.snapshot()) == []
    saved.close()


def test_after_pages_are_gone_most_of_it_comes_over_and_is_sound(opened, project, tmp_path, me):
    filled(opened).close()
    pages = project.stat().st_size // 4096
    wreck(project, range(pages // 4, pages // 4 + 3))
    with pytest.raises(UserError, match="project-damaged"):
        _broken_open(project, me)
    result = salvage(project, tmp_path / "saved.annotator")
    saved = Store.open(tmp_path / "saved.annotator", me)
    assert damage(saved.snapshot()) == []
    assert result.saved["article"] >= 25
    assert len(dump(saved)["mark"]) == result.saved["mark"]
    saved.close()


def _broken_open(project, me):
    """Open it the way a program does after an unclean end: with the check of every page."""
    with sqlite3.connect(project) as connection:
        connection.execute("UPDATE head SET closed = 0")
    Store.open(project, me)


def test_the_damaged_file_stays_as_it_is(opened, project, tmp_path):
    filled(opened).close()
    wreck(project, [20, 21])
    before = project.read_bytes()
    salvage(project, tmp_path / "saved.annotator")
    assert project.read_bytes() == before


def test_a_file_whose_first_page_is_gone_is_refused_with_a_sentence(opened, project, tmp_path):
    filled(opened, articles=2).close()
    wreck(project, [0])
    with pytest.raises(UserError, match="salvage-impossible"):
        salvage(project, tmp_path / "saved.annotator")
    assert not (tmp_path / "saved.annotator").exists()


def test_nothing_that_is_there_is_overwritten(opened, project, tmp_path):
    filled(opened, articles=2).close()
    (tmp_path / "saved.annotator").write_text("mine")
    with pytest.raises(UserError, match="project-exists"):
        salvage(project, tmp_path / "saved.annotator")
    assert (tmp_path / "saved.annotator").read_text() == "mine"


def test_salvaged_words_are_found_again(opened, project, tmp_path, me):
    filled(opened, articles=2).close()
    salvage(project, tmp_path / "saved.annotator")
    saved = Store.open(tmp_path / "saved.annotator", me)
    assert len(articles_with(saved, "harbour")) == 2
    saved.close()
