"""Rows another program wrote: what they hold is told as damage, by every command, in a sentence."""

import sqlite3
from contextlib import closing

import pytest

from annotator.app.cli import main
from tests.app import files

DEEP = "[" * 3000 + "]" * 3000
BROKEN = {
    "no JSON for spans": "UPDATE mark SET spans = 'x'",
    "an object for spans": """UPDATE mark SET spans = '{"a":1}'""",
    "words for the ends of spans": """UPDATE mark SET spans = '[["a","b"]]'""",
    "null for spans": "UPDATE mark SET spans = 'null'",
    "numbers for quotes": "UPDATE mark SET quotes = '[5]'",
    "a word for attributes": """UPDATE mark SET attributes = '"x"'""",
    "attributes nested too deep": f"""UPDATE mark SET attributes = '{{"a":{DEEP}}}'""",
    "a list for unknown fields": "UPDATE mark SET extra = '[1]'",
    "a number for aliases": "UPDATE source SET aliases = '5'",
    "regions of three": "UPDATE article SET regions = '[[1,2,3]]'",
    "a number for an origin": "UPDATE article SET origin = '7'",
    "a scheme that is no JSON": "INSERT INTO scheme (id, version, data) VALUES ('s', 1, '{')",
    "a scheme that is a list": "INSERT INTO scheme (id, version, data) VALUES ('s', 1, '[[1]]')",
    "a scheme nested too deep": f"INSERT INTO scheme (id, version, data) VALUES ('s', 1, '{DEEP}')",
    "a name that is no UTF-8": "UPDATE source SET name = CAST(x'ff41fe' AS TEXT)",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a project with marks."""
    folder = tmp_path_factory.mktemp("sound")
    path = folder / "sound.annotator"
    main(["new", str(path)])
    main(["import", str(path), str(files.write(folder / "in.jsonl", *files.LINES))])
    return path.read_bytes()


@pytest.mark.parametrize("case", BROKEN)
def test_what_no_program_of_ours_wrote_is_damage_in_a_sentence(case, sound, tmp_path, run):
    path = tmp_path / "broken.annotator"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(BROKEN[case])
    broken = path.read_bytes()
    for command in (["map"], ["export", tmp_path / "out.jsonl", "--format", "annotator-jsonl"]):
        done = run(command[0], path, *command[1:])
        assert done.code == 3
        assert done.err.strip()
    assert run("check", path).code == 1
    assert path.read_bytes() == broken
    assert [file.name for file in tmp_path.iterdir()] == ["broken.annotator"]
