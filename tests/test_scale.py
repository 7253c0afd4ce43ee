"""A tree that is made up for measuring is one that the project takes, and a build writes only what has changed."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import corpus

from .conftest import HERE, HOME, scripts

PAGES = 5
AS_LARGE = """
import sys
from scripts import memo, model, passing, spool, texts
from scripts.__main__ import main

model.LARGE, passing.LATEST, texts.ROOM, memo.AWAY = 0, 1, 0, spool.Spool(room=0)
sys.exit(main(sys.argv[1:]))
"""


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Every file of the tree with when it was written, and its number on the disk, which a file put in its place has not."""
    found = {path: os.stat(path) for path in root.rglob("*") if path.is_file()}
    return {path.relative_to(root).as_posix(): (known.st_mtime_ns, known.st_ino) for path, known in found.items()}


def test_a_tree_that_is_made_up_is_checked_and_built(tmp_path: Path) -> None:
    root = corpus.write(tmp_path / "tree", PAGES)
    done = scripts(root, "build", "--site", tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    for below in ("", "en/"):
        assert len(list((tmp_path / "site").glob(f"{below}myths/*/index.html"))) == PAGES
    assert (done := scripts(root, "check")).returncode == 0, done.stdout
    before = stamps(root)
    done = scripts(root, "build")
    assert done.returncode == 0 and done.stdout == ""
    assert stamps(root) == before


def test_the_same_count_gives_the_same_tree_and_each_page_words_of_its_own(tmp_path: Path) -> None:
    count = 15  # the last is made of the same page as the first
    one, two = (corpus.write(tmp_path / name, count) for name in ("one", "two"))
    texts = [{path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()} for root in (one, two)]
    assert texts[0] == texts[1]
    first, last = (set((one / f"docs/en/myths/agi-now-{number}.md").read_text(encoding="utf-8").split()) for number in (0, 14))
    assert len(first - last) > len(first) * 0.2 < len(last - first)


def as_large(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """As conftest's scripts, but the tree is held and worked on as one of thousands of pages is."""
    command = [sys.executable, "-c", AS_LARGE, "--root", str(root), *map(str, arguments)]
    return subprocess.run(command, cwd=HOME, capture_output=True, text=True, encoding="utf-8")


def test_a_large_tree_is_told_the_same(bad: Path) -> None:
    done = as_large(bad, "check")
    assert done.stdout.splitlines() == (HERE / "bad/expected.txt").read_text(encoding="utf-8").splitlines()
    assert done.stderr == scripts(bad, "check").stderr


def test_of_a_large_tree_the_same_is_made(good: Path) -> None:
    def made() -> dict[str, bytes]:
        return {path.relative_to(good).as_posix(): path.read_bytes() for path in good.rglob("*") if path.is_file()}

    for page in good.glob("docs/*/figures/*.md"):
        page.unlink()
    before = made()
    assert (done := as_large(good, "build")).returncode == 0, done.stdout + done.stderr
    large = made()
    for path in large.keys() - before.keys():
        (good / path).unlink()
    assert (done := scripts(good, "build")).returncode == 0, done.stdout + done.stderr
    assert made() == large
    assert len(large) > len(before) > 0
