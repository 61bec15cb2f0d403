"""What is put aside for a while needs room, and says so where there is none."""

import errno
import io

import pytest

from annotator.domain.errors import UserError
from annotator.domain.temporary import temporary, write_whole


class Room(io.BytesIO):
    """A file in which only so many bytes have room."""

    def __init__(self, size):
        super().__init__()
        self.size = size

    def write(self, data):
        if not self.size:
            raise OSError(errno.ENOSPC, "No space left on device")
        written, self.size = min(len(data), self.size), max(0, self.size - len(data))
        return super().write(data[:written])


@pytest.mark.parametrize("size", [0, 3])
def test_no_half_of_what_is_put_aside_is_taken_for_all_of_it(size):
    with pytest.raises(UserError, match=r"temporary-full: reason='No space left on device'"):
        write_whole(Room(size), b"evidence")


def test_what_has_room_is_written():
    file = Room(8)
    write_whole(file, b"evidence")
    assert file.getvalue() == b"evidence"


def test_a_mistake_in_a_statement_is_not_taken_for_a_full_folder():
    file = temporary("CREATE TABLE one (a)")
    with pytest.raises(Exception, match="no such table"):
        file.execute("SELECT 1 FROM two")
    file.close()
