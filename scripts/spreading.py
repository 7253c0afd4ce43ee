"""Much work of one kind, done on all processors at once."""

import gc
from threading import Semaphore
from typing import Callable, Iterator, Sequence, TypeVar

A = TypeVar("A")
B = TypeVar("B")
MANY = 40  # pieces of work from which it is worth the processes
AHEAD = 256  # pieces that may be worked on before the first of them is taken, so that results do not pile up


def spread(work: Callable[[A], B], pieces: Sequence[A], many: int = MANY) -> Iterator[B]:
    """What `work` gives for each piece, in order. Fewer than `many` are done here, and so are all where a process cannot
    be forked: a fork knows what was loaded and read before it, and `work` may refer to that."""
    import multiprocessing  # takes a while to load, and few runs need it

    if len(pieces) < many or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, pieces)
        return
    room = Semaphore(AHEAD)
    with multiprocessing.get_context("fork").Pool(initializer=_begin, initargs=(work,)) as pool:
        try:
            for result in pool.imap(_one, (piece for piece in pieces if room.acquire()), chunksize=max(1, min(16, len(pieces) // 64))):
                room.release()
                yield result
        finally:
            room.release(len(pieces))  # a thread may wait to hand out what nobody takes any more


_work: list[Callable[..., object]] = []  # of a forked process; given at the fork, for a closure cannot be sent


def _begin(work: Callable[[A], B]) -> None:
    gc.freeze()  # what it shares with its parent is not looked through, which would copy it
    _work.append(work)


def _one(piece: A) -> object:
    return _work[-1](piece)
