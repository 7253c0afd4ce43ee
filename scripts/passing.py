"""What is worked out of an object and not kept for good, so that a large tree does not hold all that was ever asked of it."""

from collections import deque
from functools import cached_property
from typing import Any, TypeVar
from weakref import ReferenceType, ref

T = TypeVar("T")
LATEST = 128  # objects that keep it; twice as many as there are pages written by hand


class passing(cached_property[T]):
    """A cached property that only those keep that were asked for it last; of others it is worked out again."""

    def __init__(self, function: Any) -> None:
        super().__init__(function)
        self._holders: deque[ReferenceType[Any]] = deque()

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        found = super().__get__(instance, owner)
        if instance is not None:
            self._holders.append(ref(instance))
            if len(self._holders) > LATEST and (oldest := self._holders.popleft()()) is not None:
                vars(oldest).pop(self.attrname, None)
        return found
