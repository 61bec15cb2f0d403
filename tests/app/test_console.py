"""What a long command says while it runs."""

import sys

from annotator.app.console import counter, end_line


def test_progress_is_counted_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    tell = counter("records")
    assert tell(1200)
    end_line()
    told = capsys.readouterr()
    assert "1,200 records" in told.err
    assert told.out == ""


def test_nothing_is_counted_where_nobody_looks(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert counter("records")(1200)
    end_line()
    assert capsys.readouterr() == ("", "")
