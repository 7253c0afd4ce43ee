"""What the tests share: trees to work on, the command, the built site."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HOME = HERE.parent
SHARED_ARTICLES = sorted((HOME / "../shared/articles").glob("*.md"))


def scripts(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs `python -m scripts` on a tree, as an editor does."""
    command = [sys.executable, "-m", "scripts", "--root", str(root), *map(str, arguments)]
    return subprocess.run(command, cwd=HOME, capture_output=True, text=True, encoding="utf-8")


def put_together(name: str, folder: Path) -> Path:
    """A copy of tests/<name> with the project's own vocabularies, which are stated once."""
    root = folder / name
    shutil.copytree(HERE / name, root)
    shutil.copy(HOME / "docs/data/vocabulary.yml", root / "docs/data/vocabulary.yml")
    return root


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A small tree without a problem."""
    return put_together("good", tmp_path)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A small tree that breaks every rule."""
    return put_together("bad", tmp_path)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project itself, without what is built or installed."""
    left_out = shutil.ignore_patterns(".git", ".venv", "site", ".site-*", "__pycache__", ".cache")
    return Path(shutil.copytree(HOME, tmp_path / "project", ignore=left_out))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make build` writes it, for a host that serves it under /sub/."""
    target = tmp_path_factory.mktemp("built") / "sub"
    command = [sys.executable, "-m", "scripts", "build", "--site", str(target)]
    done = subprocess.run(command, cwd=HOME, env={**os.environ, "SITE_URL": "http://127.0.0.1:9000/sub/"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return target


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder that is kept: path → bytes. The index of the search is made anew, and not kept."""
    files = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not re.match(r"docs/\w+/search/", name)}
