"""What a text is checked by is the same whoever counts it."""

import hashlib
import subprocess
import sys

import pytest

from annotator.domain import digests

WITHOUT = "import sys; from annotator.domain.digests import sha256; print(sha256(b'a'), *sys.modules)"


@pytest.mark.parametrize("size", [0, 1, 5_000, digests._LARGE - 1, digests._LARGE, 10 * digests._LARGE])
@pytest.mark.parametrize("brings_its_own", [True, False])
def test_a_digest_is_that_of_the_standard_library(monkeypatch, size, brings_its_own):
    if not brings_its_own:
        monkeypatch.setattr(digests, "_of_python", lambda: None)
    monkeypatch.delitem(sys.modules, "hashlib")
    data = bytes(range(256)) * (size // 256 + 1)
    assert digests.sha256(data[:size]) == hashlib.sha256(data[:size]).hexdigest()


def test_a_small_text_is_checked_without_openssl():
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    digest, *modules = done.stdout.split()
    assert digest == hashlib.sha256(b"a").hexdigest()
    assert "_hashlib" not in modules
