"""The set-up program and the build server's rule about skipped tests."""

import importlib.util
import re
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def skips(folder: Path, reason: str) -> subprocess.CompletedProcess[str]:
    case = f'<testcase classname="tests.a" name="b"><skipped message="{reason}"/></testcase>'
    (folder / "unit.xml").write_text(f"<testsuites>{case}</testsuites>", encoding="utf-8")
    command = [sys.executable, str(ROOT / ".ci" / "skips.py"), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_alias_in_the_makefile_is_a_command_of_dev(dev, capsys):
    aliases = re.findall(r"\$\(PYTHON\) dev\.py (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    with pytest.raises(SystemExit):
        dev.main(["--help"])
    commands = re.search(r"\{(.*?)\}", capsys.readouterr().out)[1].split(",")
    assert set(aliases) == set(commands)


def test_a_changed_lock_asks_for_a_new_set_up(dev, tmp_path, monkeypatch):
    before = dev.fingerprint()
    monkeypatch.setattr(dev, "LOCK", tmp_path / "lock.txt")
    dev.LOCK.write_text("other==1\n", encoding="utf-8")
    assert dev.fingerprint() != before


@pytest.mark.parametrize("symlinks", [True, False])
def test_an_environment_made_some_other_way_is_refreshed(dev, tmp_path, monkeypatch, symlinks):
    create = venv.create
    create(tmp_path / "env", symlinks=symlinks)
    monkeypatch.setattr(dev, "VENV", tmp_path / "env")
    monkeypatch.setattr(
        "venv.create", lambda *given, **options: create(*given, **options | {"with_pip": False})
    )
    dev.make_environment(clear=False)
    assert (tmp_path / "env" / "pyvenv.cfg").exists()


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system packages are installed on Linux only"
)
def test_without_the_right_to_install_the_line_to_type_is_printed(dev, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    missing = dev.missing_libraries({"libthere-is-none.so.1": "libnone1"})
    with pytest.raises(SystemExit, match="sudo apt-get install -y libnone1"):
        dev.provide(missing, "Qt needs")


def test_a_tool_that_is_not_there_yet_says_so(dev, monkeypatch, capsys):
    monkeypatch.setitem(dev.TOOLS, "campaign", "tests.not_written")
    assert dev.main(["campaign"]) == 2
    assert "belongs to later work" in capsys.readouterr().out


def test_a_skip_that_nobody_agreed_to_fails_the_build(tmp_path):
    refused = skips(tmp_path, "too slow today")
    assert refused.returncode == 1
    assert "tests.a::b: too slow today" in refused.stdout


@pytest.mark.parametrize("reason", ["needs ../shared", "needs strace"])
def test_a_skip_for_want_of_shared_texts_or_of_a_tool_is_agreed_to(tmp_path, reason):
    assert skips(tmp_path, reason).returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="programs are traced on Linux only")
def test_without_strace_the_tests_go_on_and_the_line_to_type_is_printed(dev, monkeypatch, capsys):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: None)
    dev.offer_trace()
    assert "sudo apt-get install -y strace" in capsys.readouterr().out
