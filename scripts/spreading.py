"""Much work of one kind, done on all processors at once."""

import gc
import threading
from typing import Any, Callable, Iterator, Sequence, TypeVar

A = TypeVar("A")
B = TypeVar("B")
MANY = 40  # pieces of work from which it is worth the processes
AHEAD = 4  # portions of work that a process may be ahead


def spread(work: Callable[[A], B], pieces: Sequence[A], many: int = MANY) -> Iterator[B]:
    """What `work` gives for each piece, in order. Fewer than `many` are done here, and so are all where a process cannot
    be forked: a fork knows what was loaded and read before it, and `work` may refer to that. Pieces are given out only a
    little ahead of what was taken, so that results do not pile up."""
    import multiprocessing  # takes a while to load, and few runs need it

    if len(pieces) < many or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, pieces)
        return
    size = max(1, min(16, len(pieces) // 64))
    ahead = threading.Semaphore(AHEAD * size * multiprocessing.cpu_count())
    with multiprocessing.get_context("fork").Pool(initializer=_begin, initargs=(work,)) as pool:
        try:
            for result in pool.imap(_one, (piece for piece in pieces if ahead.acquire()), chunksize=size):
                yield result
                ahead.release()
        finally:
            ahead.release(len(pieces))  # or else the pool, when it is left early, would wait for what gives out pieces


_work: list[Callable[..., Any]] = []  # of a forked process; given at the fork, for a closure cannot be sent


def _begin(work: Callable[[A], B]) -> None:
    gc.freeze()  # or else collections would write to what the fork shares, and each process have a copy of it
    gc.enable()  # a run has it off (memory.py), but what a process makes itself is little to look through, and much of it garbage
    _work.append(work)


def _one(piece: A) -> Any:
    return _work[-1](piece)
