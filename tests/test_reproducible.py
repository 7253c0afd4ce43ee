"""The same records give the same site, byte for byte: in any folder, time zone and order of Python's sets."""

import os
import shutil
import struct
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from .conftest import HOME, dressed

LEFT_OUT = (".git", ".venv", "site", ".site-*", "__pycache__")
SURROUNDINGS = [
    {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
    {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"},
]


def built(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / "site").rglob("*")) if path.is_file()}


def stamp(site: Path) -> datetime:
    """The time that the compressed sitemap bears: bytes 4 to 7 of a gzip file (RFC 1952)."""
    return datetime.fromtimestamp(struct.unpack("<I", (site / "sitemap.xml.gz").read_bytes()[4:8])[0], timezone.utc)


def test_two_builds_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    """One with what earlier runs remember, one without."""
    roots = [tmp_path / "one", tmp_path / "in another/folder"]
    for root, also in zip(roots, ((), (".cache",))):
        shutil.copytree(HOME, root, ignore=shutil.ignore_patterns(*LEFT_OUT, *also))
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "scripts", "build", "--site", "site"]
    running = [subprocess.Popen(command, cwd=root, env={**inherited, **around}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for root, around in zip(roots, SURROUNDINGS)]
    for process in running:
        said = process.communicate()[0]
        assert process.returncode == 0, said
    first, second = map(built, roots)
    assert len(first) > 200 and first.keys() == second.keys()
    assert [name for name, data in first.items() if second[name] != data] == []
    assert stamp(roots[0] / "site").date() == max(datetime.fromisoformat(day).date() for day in days())


def days() -> list[str]:
    """Every day of a review or a change in the records."""
    texts = [path.read_text(encoding="utf-8") for path in (HOME / "docs/data/myths").glob("*.yml")]
    return [line.rpartition(": ")[2].strip("'") for text in texts for line in text.splitlines() if line.startswith(("reviewed:", "- date:"))]


def test_a_time_that_is_given_is_the_time_of_the_site(good: Path, tmp_path: Path) -> None:
    dressed(good, "<!doctype html>\n<title>lamp</title>\n{{ page.content }}\n")
    command = [sys.executable, "-m", "scripts", "--root", str(good), "build", "--site", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=HOME, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert stamp(tmp_path / "site").date().isoformat() == "2023-11-14"
