"""A tree that is made up for measuring is one that the project takes, and a build writes only what has changed."""

import os
from pathlib import Path

from benchmarks import corpus

from .conftest import scripts

PAGES = 5


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
