"""Whether the files that are made for the site alone stand as an earlier run made them of the same tree: then they need
not be made again to see that nothing has changed.

What is known lies in .cache, as disposable as what scripts/memo.py keeps there. A file that someone has touched since, one
that is missing or one more, another version of the program, and they are made anew.
"""

import hashlib
import json
import os
import re
from itertools import chain
from pathlib import Path
from typing import Iterator

from . import memo
from .files import below
from .model import SERVED, Library

FILE = memo.FILE.with_name("standing.json")
TOPS = sorted({pattern.partition("/")[0] for pattern in SERVED})
MADE = re.compile("|".join(re.escape(pattern).replace(r"\*\*/\*", ".+").replace(r"\*", "[^/]+") for pattern in SERVED))


def key(library: Library) -> str:
    """Tells what the files are made of: all texts of the tree, its address, the program."""
    known = hashlib.blake2b(repr((memo.version(), library.address)).encode(), digest_size=16)
    for path in sorted(library.texts):
        known.update(f"{path}\0{library.texts[path]}\0".encode(errors="backslashreplace"))
    return known.hexdigest()


def stands(root: Path, made_of: str) -> bool:
    """Whether the files are those that were noted for the same key."""
    try:
        known = json.loads(FILE.read_text(encoding="utf-8")).get(str(root.resolve()))
    except (OSError, ValueError, AttributeError):
        return False
    return known == [made_of, _stamps(root)]


def note(root: Path, made_of: str) -> None:
    """Notes how the files stand now. Only one tree is remembered."""
    try:
        FILE.parent.mkdir(exist_ok=True)
        beside = FILE.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({str(root.resolve()): [made_of, _stamps(root)]}), encoding="utf-8")
        os.replace(beside, FILE)
    except OSError:
        return  # a folder that takes no files: the next run makes them again


def files(root: Path) -> Iterator[str]:
    """Paths of the files below a root that are made for the site alone, as text, for they are many."""
    paths = chain.from_iterable(below(root, folder) for folder in TOPS)
    return (path for path in paths if MADE.fullmatch(path) and os.path.isfile(root / path))


def _stamps(root: Path) -> str:
    """Tells path, size and time of writing of every file that is made for the site alone."""
    known = hashlib.blake2b(digest_size=16)
    for path in sorted(files(root)):
        stamp = os.stat(root / path)
        known.update(f"{path}\0{stamp.st_size}\0{stamp.st_mtime_ns}\0".encode(errors="surrogateescape"))
    return known.hexdigest()
