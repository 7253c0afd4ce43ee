"""The texts of a tree by their paths, as they are while there are few of them, and on the disk when there are many."""

from typing import Collection, Iterable, Iterator, Mapping, MutableMapping

from .spool import Place, Spool

ROOM = 8_000_000  # characters kept as they are: twice what 14 misconceptions take
AWAY = Spool(room=0)


def packed(text: str) -> Place:
    """A text as it is kept until it is asked for: a place on the disk."""
    return AWAY.put(text.encode(errors="surrogatepass"))


def unpacked(place: Place) -> str:
    """What was packed."""
    return AWAY.get(place).decode(errors="surrogatepass")


class Texts(MutableMapping[str, str]):
    """Path → text. What comes after the first ROOM characters is kept on the disk."""

    def __init__(self, texts: Iterable[tuple[str, str]] = ()):
        self._kept: dict[str, str | Place] = {}
        self._room = ROOM
        for path, text in texts:
            self[path] = text

    def __getitem__(self, path: str) -> str:
        kept = self._kept[path]
        return kept if isinstance(kept, str) else unpacked(kept)

    def __setitem__(self, path: str, text: str) -> None:
        self._room -= len(text)
        self._kept[path] = text if self._room >= 0 else packed(text)

    def __delitem__(self, path: str) -> None:
        del self._kept[path]

    def __contains__(self, path: object) -> bool:
        return path in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def share(self, other: "Texts", path: str) -> None:
        """Takes a text from another collection without keeping it twice."""
        self._kept[path] = other._kept[path]

    def without(self, paths: Collection[str]) -> "Texts":
        """The same texts, but for some."""
        rest = Texts()
        for path in self._kept:
            if path not in paths:
                rest.share(self, path)
        return rest

    def updated(self, texts: Mapping[str, str]) -> "Texts":
        """The same texts, but for some that say something else now, or are new."""
        whole = self.without(())
        whole.update(texts)
        return whole
