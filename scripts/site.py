"""Hands MkDocs the tree and takes the site, which scripts/finish has the last word on: a new site replaces the old one
whole, or not at all."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timezone
from os.path import isfile
from pathlib import Path

from .files import below
from .finish import Refused, finish
from .finish.archive import packed
from .model import Problem


class Folder(Mapping[str, bytes]):
    """The files below a folder, read when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths = dict.fromkeys(sorted(path for path in below(root) if isfile(root / path)))

    def __getitem__(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def __contains__(self, path: object) -> bool:
        return path in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def replaceable(root: Path, target: Path) -> bool:
    """Whether a site may take the place of `target`: nothing is there, or an earlier site that does not hold the tree."""
    return not target.exists() or ((target / "index.html").is_file() and not root.is_relative_to(target))


def publish(root: Path, target: Path, day: date) -> list[Problem] | None:
    """Builds both languages strictly into `target`; what keeps it from that, or None if MkDocs has said it. MkDocs writes
    its own messages: with --quiet it would no longer count warnings as failures. What it dates, it dates by
    SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or else by `day`, so that no clock is
    read."""
    fresh, old = (target.with_name(f".{target.name}-{word}") for word in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(root / "mkdocs.yml"), "-d", str(fresh)]
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())
    if subprocess.run(command, env={"SOURCE_DATE_EPOCH": str(midnight), **os.environ, "NO_MKDOCS_2_WARNING": "1"}).returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        return None
    try:
        _finish(fresh)
    except Refused as refused:
        shutil.rmtree(fresh, ignore_errors=True)
        return [Problem(f"{target.name}/{path}", line, "SITE-2", why) for path, line, why in refused.places]
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return []


def _finish(fresh: Path) -> None:
    for path, data in finish(Folder(fresh)):
        if data is None:
            (fresh / path).unlink()
        else:
            (fresh / path).write_bytes(data)
    for folder in sorted((path for path in fresh.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def pack(site: Path, target: Path) -> None:
    """Writes the ZIP of a built site, whole or not at all."""
    fresh = target.with_name(f".{target.name}-new")
    fresh.write_bytes(packed(Folder(site)))
    fresh.replace(target)
