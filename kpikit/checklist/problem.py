"""What a check finds: a named problem at a place with its facts. The words lie in the check's YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ..design import Kpi
from ..language import Amount

if TYPE_CHECKING:
    from .reading import Reading


class Term(NamedTuple):
    """A word of the design document, shown as the reader says it (shared.yaml, ``terms``)."""

    word: str


class Problem:
    """Its name in the YAML, the place, the facts that its words quote, and the KPIs that may be miscalled."""

    def __init__(self, name: str, at: str, /, *, called: Iterable[Kpi] = (), **facts: Any) -> None:
        self.name, self.at, self.called, self.facts = name, at, list(called), facts


TOLERANCE = 1e-9  # what sums of decimals may be off in a computer; no house rule

Judge: TypeAlias = "Callable[[Reading], Iterator[Problem]]"

CHECKS: dict[str, Judge] = {}
NOTES: dict[str, Judge] = {}


def check(id: str) -> Callable[[Judge], Judge]:
    """Register the function that judges the checklist question of this id (F1 to F8)."""

    def register(judge: Judge) -> Judge:
        CHECKS[id] = judge
        return judge

    return register


def note(id: str) -> Callable[[Judge], Judge]:
    """Register a note: worth telling, never part of the score."""

    def register(judge: Judge) -> Judge:
        NOTES[id] = judge
        return judge

    return register


__all__ = ["CHECKS", "NOTES", "TOLERANCE", "Amount", "Judge", "Problem", "Term", "check", "note"]
