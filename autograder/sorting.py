"""Answers that sort: items into groups, or the good options out of a list. What several exercises' keys share.

The reasons' words stand in each key's YAML: all_right, some_right, unsorted and missing, each wrong idea, and a sentence
for each item or option under its own id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from autograder.score import Credit, Reason


def sorted_into(answer: Mapping[str, str], right: Mapping[str, str], idea: Callable[[str, str], str]) -> Credit:
    """An equal part for each item in its group; then wrong ideas once each, and each wrong item's own sentence.

    ``idea``: the name of the wrong idea that puts an item into the group given.

    >>> credit = sorted_into({"m1": "a", "m2": "a"}, {"m1": "a", "m2": "b", "m3": "b"}, lambda item, group: "mixed_up")
    >>> round(credit.share, 2), [getattr(r, "name", r) for r in credit.reasons]
    (0.33, ['some_right', 'mixed_up', 'm2', 'unsorted'])
    """
    wrong = {item: given for item, given in answer.items() if given != right[item]}
    good, unsorted = len(answer) - len(wrong), len(right) - len(answer)
    reasons: list[Any] = [
        Reason("all_right") if good == len(right) else Reason("some_right", right=good, of=len(right)),
        *dict.fromkeys(idea(item, given) for item, given in wrong.items()),
        *wrong,
    ]
    if unsorted:
        reasons.append(Reason("unsorted", missing=unsorted))
    return Credit(good / len(right), reasons)


def picked(answer: list[str], wanted: set[str]) -> Credit:
    """An equal part for each option wanted; one too many takes such a part away, so that ticking everything earns little.

    Each option chosen has its own sentence; how many are still missing is told, not which.

    >>> credit = picked(["a", "x"], {"a", "b"})
    >>> credit.share, [getattr(r, "name", r) for r in credit.reasons]
    (0.0, ['a', 'x', 'missing'])
    """
    good, bad = [o for o in answer if o in wanted], [o for o in answer if o not in wanted]
    missing = len(wanted) - len(good)
    left = [Reason("missing", missing=missing)] if missing else []
    share = max(0.0, (len(good) - len(bad)) / len(wanted))
    return Credit(round(share, 4), [*good, *bad, *left])
