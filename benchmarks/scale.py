"""How the time of a check and a build grows with the number of misconceptions, beside other generators: make bench SIZES="50 500"

For each size a tree of its own is made up (benchmarks/corpus.py), and with nothing remembered from earlier runs everything
is made, checked and built; then again with nothing changed. From CROWD misconceptions on, or with --peers, the others
(benchmarks/peers.py) build the same Markdown in the same run. A page is one misconception in one language.
"""

import gzip
import shutil
import sys
import tempfile
from itertools import chain
from pathlib import Path
from typing import Iterator, NamedTuple

from . import corpus, peers
from .watching import Taken, watch

SIZES = (50, 500)
CROWD = 500
LONGEST = 3600  # seconds that anything may take
PYTHON = sys.executable
SURROUNDINGS = {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "http://127.0.0.1:8000/"}
HEAD = f"{'':42} {'seconds':>8} {'cpu s':>8} {'ms a page':>9} {'of plain':>9} {'MB, one':>8} {'all':>6}"


class Row(NamedTuple):
    """What was run, and what it took."""

    name: str
    taken: Taken

    def line(self, pages: int, plain: Taken | None) -> str:
        """A line of the table."""
        if self.taken.failed:
            return f"{self.name:42} failed: {self.taken.failed.strip()}"
        ratio = f"{self.taken.seconds / plain.seconds:9.2f}" if plain and not plain.failed else f"{'':9}"
        return f"{self.name:42} {self.taken.seconds:8.1f} {self.taken.cpu:8.1f} {1000 * self.taken.seconds / pages:9.0f} {ratio} {self.taken.largest:8} {self.taken.together:6}"


def tree_of(count: int, folder: Path) -> Path:
    """A made-up tree with the scripts in it, so that they remember nothing of other trees."""
    root = corpus.write(folder / "tree", count)
    shutil.copytree(corpus.HOME / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    return root


def ours(root: Path, site: Path) -> Iterator[Row]:
    """Our own commands, in an order in which each finds what it needs."""
    run = lambda *arguments: watch([PYTHON, "-m", *arguments], root, SURROUNDINGS, LONGEST)  # noqa: E731
    yield Row("ours: the whole build, from nothing", run("scripts", "build", "--site", site))
    yield Row("ours: the whole build, nothing changed", run("scripts", "build", "--site", site))
    yield Row("ours: our own files, nothing changed", run("scripts", "build"))
    yield Row("ours: check, nothing changed", run("scripts", "check"))
    yield Row("ours: both MkDocs builds, side by side", run("mkdocs", "build", "--quiet", "-f", "mkdocs.yml", "-d", site.with_name("again")))


def theirs(root: Path, folder: Path, which: tuple[peers.Peer, ...]) -> Iterator[Row]:
    """The other generators that are installed, one after the other, each from clean."""
    for peer in which:
        if not peer.installed():
            print(f"{peer.name} is not installed, and left out", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory(dir=peer.beside or folder) as home:
            peer.lay(root, Path(home))
            yield Row(peer.name, watch(peers.command(peer), Path(home), peers.SURROUNDINGS, LONGEST))


def weight(site: Path) -> str:
    """What the site and the indexes of its searches weigh."""
    files = [path for path in site.rglob("*") if path.is_file()]
    index = sum(len(gzip.compress(path.read_bytes())) for path in files if "search" in path.parts and path.suffix == ".json")
    return f"site {sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files; search index {index / 1e6:.2f} MB, compressed"


def measure(count: int, crowd: bool) -> Row:
    """Prints a table of one size; gives the row of the whole build."""
    with tempfile.TemporaryDirectory(prefix="scale_") as name:
        folder = Path(name)
        root = tree_of(count, folder)
        print(f"\n{count} misconceptions, {2 * count} pages of them\n{HEAD}", flush=True)
        commands = ours(root, folder / "site")
        whole = next(commands)  # makes what the others are given
        plain = next(theirs(root, folder, (peers.plain(PYTHON),)))
        for row in chain((whole, plain), commands, theirs(root, folder, peers.OTHERS) if crowd else ()):
            print(row.line(2 * count, plain.taken), flush=True)
        print(weight(folder / "site") if (folder / "site").is_dir() else "no site was built")
        return whole


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    first, *more = [measure(count, count >= CROWD or "--peers" in sys.argv) for count in sizes]
    for count, row in zip(sizes[1:], more):
        print(f"a page of {count} takes {row.taken.seconds / count / (first.taken.seconds / sizes[0]):.2f} times as long as one of {sizes[0]} (at most 1.3), by processor time {row.taken.cpu / count / (first.taken.cpu / sizes[0]):.2f}")


if __name__ == "__main__":
    main()
