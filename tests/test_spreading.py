"""Work that is spread among processes: in order, a little ahead of what is taken, and left at any time."""

import gc
import os
from pathlib import Path

import pytest

from scripts.spreading import AHEAD, spread

PIECES = range(1000)


def test_results_come_in_order_and_from_other_processes() -> None:
    results = list(spread(lambda piece: (piece, os.getpid()), PIECES))
    assert [piece for piece, _ in results] == list(PIECES)
    assert os.getpid() not in {process for _, process in results}


def test_work_is_done_only_a_little_ahead(tmp_path: Path) -> None:
    ahead = AHEAD * max(1, len(PIECES) // 64) * (os.cpu_count() or 1)
    for taken, _ in enumerate(spread(lambda piece: (tmp_path / str(piece)).touch(), PIECES)):
        assert len(list(tmp_path.iterdir())) <= taken + 1 + ahead


def test_work_can_be_left_at_any_time() -> None:
    for taken in (1, 500):
        results = spread(lambda piece: piece, PIECES)
        assert [next(results) for _ in range(taken)] == list(range(taken))
        results.close()  # type: ignore[attr-defined]  # a generator


def test_a_failure_is_passed_on_and_ends_the_work() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda piece: 1 // (piece - 500), PIECES))


def test_a_process_keeps_no_garbage_where_the_run_does() -> None:
    gc.disable()
    try:
        assert set(spread(lambda _: gc.isenabled(), PIECES)) == {True}
    finally:
        gc.enable()
