"""Much work of one kind, done on all processors at once."""

from typing import Callable, Iterator, Sequence, TypeVar

A = TypeVar("A")
B = TypeVar("B")
MANY = 40  # pieces of work from which it is worth the processes


def spread(work: Callable[[A], B], pieces: Sequence[A], many: int = MANY) -> Iterator[B]:
    """What `work` gives for each piece, in order. Fewer than `many` are done here, and so are all where a process cannot
    be forked: a fork knows what was loaded and read before it, and `work` may refer to that."""
    import multiprocessing  # takes a while to load, and few runs need it

    if len(pieces) < many or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, pieces)
        return
    with multiprocessing.get_context("fork").Pool(initializer=_begin, initargs=(work,)) as pool:
        yield from pool.imap(_one, pieces, chunksize=max(1, min(16, len(pieces) // 64)))


_work: list[Callable[..., object]] = []  # of a forked process; given at the fork, for a closure cannot be sent


def _begin(work: Callable[[A], B]) -> None:
    _work.append(work)


def _one(piece: A) -> object:
    return _work[-1](piece)
