import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.sheets import csv_line

CELLS = st.one_of(st.none(), st.integers(), st.text(alphabet='a ",;\n\r\u2028\u05d0', max_size=8), st.text())


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_lines_are_those_of_the_csv_module(row):
    expected = StringIO(newline="")
    csv.writer(expected).writerow(row)
    assert csv_line(for_spreadsheets=False)(row) == expected.getvalue()
