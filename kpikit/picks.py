"""What a learner picks in a view, and the view: a picture that follows from what is picked.

A view is one file in ``kpikit/views/`` that bears its name and holds a ``VIEW``; `kpikit.explore` finds it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .language import Words

if TYPE_CHECKING:
    from .pictures.canvas import Picture


@dataclass(frozen=True)
class Choice:
    """One of some options. ``options``: value -> words; ``start``: the value picked at first."""

    asks: Words
    options: Mapping[Any, Words]
    start: Any

    def fits(self, value: Any) -> bool:
        return value in self.options


@dataclass(frozen=True)
class Several:
    """Any number of options. ``as_list``: a box to tick and a line each, for options that are sentences."""

    asks: Words
    options: Mapping[Any, Words]
    start: tuple[Any, ...] = ()
    as_list: bool = False

    def fits(self, value: Any) -> bool:
        return not isinstance(value, str) and all(one in self.options for one in value)


@dataclass(frozen=True)
class Slider:
    """A number from ``low`` to ``high`` in steps, shown in ``unit`` the reader's way (``VND`` large amounts as tỷ, bn)."""

    asks: Words
    low: float
    high: float
    step: float
    start: float
    unit: str | None = None

    def fits(self, value: Any) -> bool:
        return isinstance(value, (int, float)) and self.low <= value <= self.high

    def values(self) -> list[float]:
        """
        >>> Slider({}, low=0, high=0.3, step=0.1, start=0).values()
        [0.0, 0.1, 0.2, 0.3]
        """
        steps = round((self.high - self.low) / self.step)
        return [round(self.low + n * self.step, 9) for n in range(steps + 1)]


Pick = Choice | Several | Slider


@dataclass(frozen=True)
class View:
    """``make`` takes the picks by name and gives the picture; ``picks`` says what can be picked, in the order shown."""

    make: Callable[..., Picture]
    picks: Mapping[str, Pick]

    def start(self) -> dict[str, Any]:
        """What is picked at first; of several, a list."""
        return {
            name: list(pick.start) if isinstance(pick, Several) else pick.start for name, pick in self.picks.items()
        }
