"""What pure functions gave for a text, remembered between runs: a run works out only what changed.

What is remembered lies in .cache, as disposable as compiled modules: another version of a module, of
Python or of a library, and it is worked out again. Only the command line loads and saves it.
"""

import hashlib
import os
import pickle
import sys
from functools import lru_cache, wraps
from itertools import chain, islice
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, ParamSpec, Sequence, TypeVar

from .spool import Place, Spool
from .spreading import spread

P = ParamSpec("P")
R = TypeVar("R")
SCRIPTS = Path(__file__).resolve().parent
LONG = 500  # characters of an argument from which its digest stands for it
FILE = SCRIPTS.parent / ".cache" / "remembered.pickle"
AWAY = Spool()
_known: dict[bytes, Place] = {}  # results: pickled, which takes a tenth of the memory
_used: dict[bytes, Place] = {}


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """A pure function that is worked out once for the same arguments, which are text and numbers."""

    @wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
        key = _key(function, *args, *kwargs.values())
        if key not in _used and key in _known:
            _used[key] = _known[key]
        if key in _used:
            return _unpacked(_used[key])
        result = function(*args, **kwargs)
        _used[key] = _packed(result)
        return result

    return remembering


def _packed(result: Any) -> Place:
    return AWAY.put(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))


def _unpacked(place: Place) -> Any:
    return pickle.loads(AWAY.get(place))


def ahead(function: Callable[[str], Any], texts: Iterable[str]) -> None:
    """Works a remembered function out for many texts at once, so that each is known when it is asked for."""
    plain = function.__wrapped__  # type: ignore[attr-defined]
    new = [text for text in dict.fromkeys(texts) if (key := _key(plain, text)) not in _used and key not in _known]
    _used.update((_key(plain, text), result) for text, result in zip(new, spread(lambda text: _packed(plain(text)), new)))


def together(tasks: Sequence[Callable[[], Any]], large: bool) -> Iterator[Any]:
    """What each task gives, one after another. Large ones are done on all processors at once, and what they remember is
    remembered here."""
    if not large:
        yield from (task() for task in tasks)
        return

    def one(number: int) -> tuple[Any, dict[bytes, Place]]:
        before = len(_used)  # nothing is taken out of it, and what is new stands last
        result = tasks[number]()
        return result, dict(islice(reversed(_used.items()), len(_used) - before))

    for result, new in spread(one, range(len(tasks)), many=2):
        _used.update(new)
        yield result


def _key(function: Callable[..., Any], *arguments: object) -> bytes:
    return _digest("\0".join((function.__module__, function.__qualname__, *map(_short, arguments))))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(errors="backslashreplace"), digest_size=16).digest()


@lru_cache(maxsize=256, typed=True)
def _short(argument: object) -> str:
    """An argument as text; the digest of a long one, so that what comes with every call is gone through once."""
    text = str(argument)
    return text if len(text) < LONG else _digest(text).hex()


def load() -> None:
    """Takes up what an earlier run of this very program remembered."""
    try:
        with FILE.open("rb") as file:
            if pickle.load(file) == version():
                for _ in range(pickle.load(file)):
                    key, said = pickle.load(file)
                    _known[key] = AWAY.put(said)
    except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        _known.clear()  # there is none, or none that this version can read: it will be written anew


def save() -> None:
    """Keeps what this run used, unless it was all known."""
    if _used.keys() <= _known.keys():
        return
    beside = FILE.with_suffix(f".{os.getpid()}")
    try:
        FILE.parent.mkdir(exist_ok=True)
        with beside.open("wb") as file:
            entries = ((key, AWAY.get(place)) for key, place in _used.items())
            for said in chain((version(), len(_used)), entries):  # one by one, for they are many
                pickle.dump(said, file, pickle.HIGHEST_PROTOCOL)
        os.replace(beside, FILE)
    except OSError:
        return  # a folder that takes no files: the next run works everything out again


def version() -> str:
    """What the results depend on beside their arguments: our modules, Python and the libraries installed."""
    modules = sorted((path.as_posix(), path.stat().st_mtime_ns, path.stat().st_size) for kind in ("*.py", "*.js") for path in SCRIPTS.rglob(kind))
    libraries = [(path, os.stat(path).st_mtime_ns) for path in sys.path if path.endswith("site-packages")]
    return repr((sys.version, modules, libraries))
