"""What is remembered between runs never says anything that a first run would not say."""

import subprocess
import sys
from pathlib import Path

import pytest

REMEMBERED = ".cache/remembered.pickle"
PAGE = "docs/en/myths/cost.md"


def check(project: Path) -> list[str]:
    done = subprocess.run([sys.executable, "-m", "scripts", "check"], cwd=project, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def add(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def remembering(project: Path) -> Path:
    assert check(project) == []
    assert (project / REMEMBERED).is_file()
    return project


def test_a_change_is_found_and_a_change_back_is_too(remembering: Path) -> None:
    page = remembering / PAGE
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("## What is true {#facts}", "## What is true {#facts}\n\nIt was 5.6 million, [here](nowhere.md)."), encoding="utf-8")
    assert {line.split(" ")[1] for line in check(remembering)} >= {"FACT-2", "LINK-1"}
    page.write_text(before, encoding="utf-8")
    assert check(remembering) == []


def test_what_is_remembered_is_used_again(remembering: Path) -> None:
    kept = (remembering / REMEMBERED).stat()
    assert check(remembering) == []
    now = (remembering / REMEMBERED).stat()
    assert (now.st_ino, now.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)


def test_a_changed_module_works_everything_out_again(remembering: Path) -> None:
    add(remembering / "scripts/figures.py", '\n\ndef scan(text, small=False):\n    yield Found(0, 1, "no such figure", Decimal(7), bare=1)\n')
    assert any("no such figure" in line for line in check(remembering))


@pytest.mark.parametrize("data", [b"", b"\x80\x05K\x07.", b"not a pickle", b"\x80\x05]."])
def test_what_cannot_be_read_is_written_anew(remembering: Path, data: bytes) -> None:
    (remembering / REMEMBERED).write_bytes(data)
    assert check(remembering) == []
    assert (remembering / REMEMBERED).read_bytes() != data


def test_a_folder_that_takes_no_files_stops_nothing(project: Path) -> None:
    (project / ".cache").write_text("a file", encoding="utf-8")
    assert check(project) == []
