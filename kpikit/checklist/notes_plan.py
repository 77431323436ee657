"""Notes on the plan: does the weight, the money and the watching follow what the AOP says matters (B2, E1, E5)?"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..design import Kpi, Limit
from .problem import TOLERANCE, Problem, note
from .reading import Reading, limit_says

LEAST_BUDGET = 0.5  # of the budget, for the primary goals: a house rule
WATCHED = 2 / 3  # of the words of a limit's subject, found in one KPI: a house rule

# after these words a limit says how far it may go; what stands before is what it is about
_BOUNDS = {
    "không", "vượt", "quá", "dưới", "trên", "tối", "phải", "bằng", "ít", "nhiều", "luôn", "khong", "vuot", "duoi",
    "<=", ">=", "<", ">", "≤", "≥", "never", "not", "must", "stay", "stays", "remain", "remains", "at", "under",
    "over", "above", "below", "within", "cannot", "less", "more", "should", "shall", "max", "min", "is", "are",
}  # fmt: skip
# in the letters without diacritics: too general to tell what a limit is about
_EMPTY = {
    "giu", "muc", "ty", "ti", "le", "so", "tong", "cua", "va", "trong", "tren", "cho", "moi", "cac", "chi", "phi",
    "tien", "da", "thieu", "hon", "cao", "thap", "tu", "den", "trieu", "dong", "vnd", "usd", "thang", "nam",
    "quy", "ngay", "lan", "the", "of", "a", "an", "in", "on", "for", "per", "to", "and", "or", "than", "most",
    "least", "keep", "hold", "maintain", "rate", "number", "total", "cost", "costs", "exceed", "million",
    "billion", "month", "year", "day", "any",
}  # fmt: skip


@note("department_focus")
def a_department_led_by_a_supporting_goal(reading: Reading) -> Iterator[Problem]:
    """Silent where one of those tied for the heaviest serves a primary goal: a tie leaves priority open."""
    for card in reading.cards:
        serving = [k for k in card.kpis if reading.serves_primary(k)]
        if (
            card.level == "department"
            and card.total
            and serving
            and not set(map(id, serving)) & set(map(id, card.heaviest))
        ):
            yield Problem(
                "elsewhere",
                card.place,
                card=reading.card(card),
                kpis=reading.names(card.heaviest),
                weight=card.heaviest[0].weight or 0,
                serving=reading.names(serving),
            )


@note("budget")
def primary_goals_have_half_of_the_budget(reading: Reading) -> Iterator[Problem]:
    """Only lines with an amount count, and only where all are in one unit."""
    lines = [b for b in reading.aop.budget if b.amount and b.amount > 0]
    total = sum(b.amount or 0 for b in lines)
    if not lines or not reading.primary or len({(b.unit or "VND").casefold() for b in lines}) > 1:
        return
    primary = {g.id for g in reading.primary if g.id}
    share = sum(b.amount or 0 for b in lines if b.goal in primary) / total
    names = reading.names(reading.primary)
    if not any(b.goal in reading.goals for b in lines):
        yield Problem("no_goal", "aop", goals=names, count=len(lines))
    elif share < LEAST_BUDGET - TOLERANCE:
        yield Problem("light", "aop", goals=names, share=round(100 * share, 1), short=(LEAST_BUDGET - share) * total)


@note("limit_unwatched")
def a_limit_that_no_kpi_watches(reading: Reading) -> Iterator[Problem]:
    """A limit in words alone is asked only where it has a number: the others are kept by deciding, not by measuring."""
    limits = [x for x in reading.aop.limits if limit_says(x) and (x.metric or re.search(r"\d", x.text or ""))]
    for limit in limits if reading.kpis else []:
        if not any(_watches(reading, kpi, limit) for kpi in reading.kpis):
            yield Problem("alone", "aop", limit=limit.text or limit.metric)


def _watches(reading: Reading, kpi: Kpi, limit: Limit) -> bool:
    """The KPI has the limit's metric, or its names hold most of the words of what the limit is about."""
    if limit.metric and kpi.metric and limit.metric.casefold() == kpi.metric.casefold():
        return True
    metric = reading.catalogue.get(kpi.metric or "") if reading.catalogue else None
    own = _words(filter(None, [kpi.name, kpi.metric, *(metric.name.values() if metric else ())]))
    abouts = [_subject(text) for text in (limit.text, limit.metric) if text]
    return any(len(about & own) >= WATCHED * len(about) - TOLERANCE for about in abouts if about) or not any(abouts)


def _subject(text: str) -> frozenset[str]:
    """What a limit is about: the words before its bound, or all of them where it begins with the bound.

    >>> sorted(_subject("Công nợ quá hạn không quá 6% doanh thu"))
    ['cong', 'no', 'quahan']
    """
    words = re.findall(r"[^\W\d]+|[<>≤≥]=?", _overdue(text).removeprefix("no "))
    cut = next((n for n, word in enumerate(words) if word in _BOUNDS), len(words))
    return _words(words[:cut]) or _words(w for w in words if w not in _BOUNDS)


def _words(text: str | Iterable[str]) -> frozenset[str]:
    """The words of a text that tell something, small and without diacritics; numbers are left out."""
    return _words_of(text if isinstance(text, str) else " ".join(text))


@lru_cache(maxsize=256)  # a design is checked again and again while it is being mended
def _words_of(text: str) -> frozenset[str]:
    text = _overdue(text)
    bare = unicodedata.normalize("NFD", text.replace("đ", "d"))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W\d]+", bare.replace("qua han", "quahan"))) - _EMPTY


def _overdue(text: str) -> str:
    """Small letters; "quá hạn" (overdue) becomes one word, its "quá" (beyond) no bound."""
    return unicodedata.normalize("NFC", text.casefold()).replace("_", " ").replace("quá hạn", "quáhạn")
