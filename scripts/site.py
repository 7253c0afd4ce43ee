"""Hands MkDocs the tree and takes the site: a new site replaces the old one whole, or not at all."""

import os
import shutil
import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path

from . import headers


def replaceable(root: Path, target: Path) -> bool:
    """Whether a site may take the place of `target`: nothing is there, or an earlier site that does not hold the tree."""
    return not target.exists() or ((target / "index.html").is_file() and not root.is_relative_to(target))


def publish(root: Path, target: Path, day: date) -> bool:
    """Builds both languages strictly into `target`; tells whether it did. MkDocs writes its own messages: with --quiet
    it would no longer count warnings as failures. What it dates, it dates by SOURCE_DATE_EPOCH
    (https://reproducible-builds.org/specs/source-date-epoch/), or else by `day`, so that no clock is read."""
    fresh, old = (target.with_name(f".{target.name}-{word}") for word in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(root / "mkdocs.yml"), "-d", str(fresh)]
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())
    if subprocess.run(command, env={"SOURCE_DATE_EPOCH": str(midnight), **os.environ, "NO_MKDOCS_2_WARNING": "1"}).returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        return False
    for path, text in headers.make().items():
        (fresh / path).write_text(text, encoding="utf-8")
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return True
