"""Bytes that wait on the disk, in a file without a name, so that all that a large tree says does not fill the memory."""

import os
import tempfile
import weakref

try:
    import fcntl
except ImportError:  # no such locks on Windows, and no forks that would need them
    fcntl = None  # type: ignore[assignment]

ROOM = 8_000_000  # bytes that stay in memory all the same: more than 14 misconceptions need
SHORT = 64  # bytes that take no more memory than their place would
BITS = 32  # of a place that say how long the bytes are; those above say where they begin
Place = int | bytes  # in the file, or the bytes themselves


class Spool:
    """Bytes that are written once, and read by their place. Processes forked since it was made write to the same file, and
    read what the others wrote. Where there is no room for a file, the bytes stay in memory."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._owner = room, os.getpid()
        try:
            self._file = tempfile.TemporaryFile(buffering=0)
        except OSError:
            self._file = None
        else:
            weakref.finalize(self, self._file.close)

    def put(self, data: bytes) -> Place:
        """Takes bytes, and gives the place that they are read by."""
        if self._file is None or len(data) < SHORT:
            return data
        self._room -= len(data)
        if self._room >= 0 and os.getpid() == self._owner:  # what forks give for good takes memory elsewhere
            return data
        start = _append(self._file.fileno(), data)
        return data if start is None else start << BITS | len(data)

    def get(self, place: Place) -> bytes:
        """The bytes at a place."""
        if isinstance(place, bytes):
            return place
        assert self._file
        return _read(self._file.fileno(), place >> BITS, place % (1 << BITS))

    def clear(self) -> None:
        """Lets everything in the file go: no place in it can be read any more."""
        if self._file:
            self._file.truncate(0)


def _append(handle: int, data: bytes) -> int | None:
    """Where in the file the bytes begin; None when there is no room for them."""
    if fcntl:
        fcntl.lockf(handle, fcntl.LOCK_EX)  # forks share the file's end
    try:
        start = os.lseek(handle, 0, os.SEEK_END)
        return start if os.write(handle, data) == len(data) else None
    except OSError:
        return None
    finally:
        if fcntl:
            fcntl.lockf(handle, fcntl.LOCK_UN)


def _read(handle: int, start: int, length: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(handle, length, start)
    os.lseek(handle, start, os.SEEK_SET)
    return os.read(handle, length)
