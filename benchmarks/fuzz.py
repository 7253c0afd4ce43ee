"""Looks for articles that break ingest, guided by which code they reach. `make fuzz`, `make fuzz SECONDS_TO_FUZZ=600`

Starts from the corpus in tests/articles. What holds for any article is stated once, in tests/test_properties.py; an
input that breaks it, or takes longer than ten seconds, is written to a file, and its name is printed. All files are
in a temporary folder.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scripts", "markdown_it", "mdit_py_plugins"]):
    from scripts import ingest  # noqa: F401  the first import is the one that is instrumented

from tests.forms import corpus
from tests.test_properties import GOOD, fenced, holds

OPTIONS = ("title", "date", "lang", "url", "author")


def one(data: bytes) -> None:
    """The input as a whole file, as the body of a good article, as one value of it, or as an option."""
    kind, rest = data[:1], data[1:]
    if kind == b"b":
        holds(fenced(list(GOOD.items()), ("---\n", ": ", "---\n"), rest.decode("utf-8", "ignore")))
    elif kind == b"v":
        key = list(GOOD)[rest[0] % len(GOOD)] if rest else "title"
        holds(fenced(list({**GOOD, key: rest[1:].decode("utf-8", "ignore")}.items()), ("---\n", ": ", "---\n"), ""))
    elif kind == b"o":
        option = OPTIONS[rest[0] % len(OPTIONS)] if rest else "title"
        holds(fenced(list(GOOD.items()), ("---\n", ": ", "---\n"), ""), **{option: rest[1:].decode("utf-8", "ignore")})
    else:
        holds(data)


def main(seconds: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds = folder / "corpus"
    seeds.mkdir()
    for path in corpus():
        shutil.copy(path, seeds)
        (seeds / f"b-{path.name}").write_bytes(b"b" + path.read_bytes().rpartition(b"\n---\n")[2])
    atheris.Setup([sys.argv[0], str(seeds), f"-max_total_time={seconds}", f"-artifact_prefix={folder}/", "-timeout=10", "-max_len=4096", "-print_final_stats=1"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
