"""Writes to the tree that happen as a whole: a run killed at any moment leaves the old tree or the new one.

All files are written beside the tree and flushed to disk; renaming their folder is the one step that decides. What a
killed run had decided and not finished, the next run finishes; what it had not decided, the next run clears away.
"""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Callable, Iterable, Iterator, Mapping

try:
    import fcntl
except ImportError:  # no such locks on Windows
    fcntl = None  # type: ignore[assignment]

STAGING, STAGED, LIST = ".staging", ".staged", "files.json"


@contextmanager
def alone(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keeps other runs out of the tree; calls `waiting` once if it must wait for one. The lock ends with the process,
    however that ends."""
    if fcntl is None or not root.is_dir():
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def commit(root: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Writes the files that say something else, all or none: path below `root` → text or bytes; gives the paths written.
    Raises OSError, with the path as its filename, when one cannot be written."""
    new = [path for path, said in files.items() if not _says(root / path, _bytes(said))]
    if not new:
        return []
    for path in new:
        _refuse_blocked(root, path)
    folder = root / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, path in enumerate(new):
        _write(folder / str(number), _bytes(files[path]))
    _write(folder / LIST, json.dumps(new).encode())
    _flush(folder)
    os.rename(folder, root / STAGED)
    _flush(root)
    recover(root)
    return new


def pour(root: Path, files: Iterable[tuple[str, str | bytes]]) -> set[str]:
    """Writes files that can be made again, path below `root` and text or bytes, as they come: each is whole at any moment,
    but a killed run leaves some of them. Gives all paths once they are on the disk. Raises OSError as `commit` does."""
    folder, paths, wrote = root / STAGING, set(), False
    shutil.rmtree(folder, ignore_errors=True)
    for path, said in files:
        data = _bytes(said)
        paths.add(path)
        if not _says(root / path, data):
            _refuse_blocked(root, path)
            folder.mkdir(exist_ok=True)
            (folder / "0").write_bytes(data)
            _put(folder / "0", root, path)
            wrote = True
    if wrote:
        folder.rmdir()
        getattr(os, "sync", int)()  # once for all of them; Windows has none
    return paths


def recover(root: Path) -> list[str]:
    """Finishes what a killed run had decided; gives the paths that were still to write."""
    shutil.rmtree(root / STAGING, ignore_errors=True)
    folder = root / STAGED
    if not (folder / LIST).is_file():
        return []
    left = []
    for number, path in enumerate(json.loads((folder / LIST).read_text(encoding="utf-8"))):
        if (folder / str(number)).is_file():
            _put(folder / str(number), root, path)
            left.append(path)
    for parent in {_inside(root, path).parent for path in left}:
        _flush(parent)
    os.remove(folder / LIST)
    os.rmdir(folder)
    return left


def _bytes(said: str | bytes) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _put(file: Path, root: Path, path: str) -> None:
    target = _inside(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file, target)


def _says(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _refuse_blocked(root: Path, path: str) -> None:
    """Raises OSError when a folder stands where the file must, or something that is no folder, or one that takes no
    files, where its folder must."""
    target = _inside(root, path)
    if target.is_dir():
        raise IsADirectoryError(0, "a folder stands there", path)
    parent = next(parent for parent in target.parents if parent.exists())
    if not parent.is_dir():
        raise NotADirectoryError(0, f"{parent.relative_to(root)} is no folder", path)
    if not os.access(parent, os.W_OK | os.X_OK):
        raise PermissionError(0, "Permission denied", path)


def _inside(root: Path, path: str) -> Path:
    """A path below the root. Raises ValueError for one that leads out of it."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        raise ValueError(f"'{path}' leads out of the tree")
    return root.joinpath(*parts)


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Has the names in a folder reach the disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(handle)
        os.close(handle)
