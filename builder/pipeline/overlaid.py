"""What is known by name, some of it fresh, the rest as it was before: read only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class Overlaid(Mapping[str, Value]):
    """The fresh values before the older ones, in the order of their names, without copying what is older."""

    def __init__(self, names: tuple[str, ...], fresh: Mapping[str, Value], older: Mapping[str, Value]) -> None:
        """`names` are all there is; each is fresh or older."""
        if isinstance(older, Overlaid):  # one layer over another would grow with every build
            fresh = {**older.fresh, **fresh}
            older = older.older
        self.names = dict.fromkeys(names)
        self.fresh: Mapping[str, Value] = {name: fresh[name] for name in names if name in fresh}
        self.older: Mapping[str, Value] = older

    def __getitem__(self, name: str) -> Value:
        """The value of this name."""
        if name in self.fresh:
            return self.fresh[name]
        if name not in self.names:
            raise KeyError(name)
        return self.older[name]

    def __iter__(self) -> Iterator[str]:
        """The names in their order."""
        return iter(self.names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        """Whether this name is known; nothing is read for it."""
        return name in self.names
