"""What waits on the disk comes back as it was, whichever process wrote it."""

import tempfile
from pathlib import Path

import pytest

from scripts.spool import SHORT, Spool
from scripts.spreading import spread

PIECES = [bytes([number]) * (SHORT + 1000 * number) for number in range(60)]


def test_what_forks_write_all_of_them_read() -> None:
    spool = Spool(room=0)
    places = list(spread(spool.put, PIECES, many=2))
    assert all(isinstance(place, int) for place in places)
    assert [spool.get(place) for place in places] == PIECES
    assert list(spread(spool.get, places, many=2)) == PIECES


def test_what_there_is_room_for_and_what_is_short_stays_in_memory() -> None:
    spool = Spool(room=2 * SHORT)
    pieces = [b"short", b"a" * SHORT, b"b" * SHORT, b"c" * SHORT, b"short"]
    places = [spool.put(piece) for piece in pieces]
    assert [isinstance(place, bytes) for place in places] == [True, True, True, False, True]
    assert [spool.get(place) for place in places] == pieces


def test_what_is_let_go_gives_its_room_back() -> None:
    spool = Spool(room=0)
    first, _ = spool.put(PIECES[0]), spool.put(PIECES[1])
    spool.clear()
    assert spool.put(PIECES[0]) == first
    assert spool.get(first) == PIECES[0]


def test_without_a_folder_for_a_file_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    spool = Spool(room=0)
    assert [spool.get(spool.put(piece)) for piece in PIECES] == PIECES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_on_a_full_disk_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: open("/dev/full", "r+b", buffering=buffering))
    spool = Spool(room=0)
    assert [spool.get(spool.put(piece)) for piece in PIECES] == PIECES
