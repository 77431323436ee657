"""What the weights of each scorecard add up to, while a design is being typed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ..language import Number, Words, same, say, show
from .cells import Item, read_number

PLACE = {"id", "level", "scorecard", "goal"}  # a KPI that says no more than where it stands says nothing yet
_WORDS: dict[str, Words] = {
    "totals": {"vi": "Trọng số từng bảng KPI", "en": "Weights, scorecard by scorecard"},
    "total": {"vi": "{card}: cộng {total}, {n} KPI", "en": "{card}: total {total}, KPIs: {n}"},
    "company": {"vi": "Công ty", "en": "Company"},
    "unnamed": {"vi": "(chưa ghi bảng của ai)", "en": "(whose, it does not say)"},
}


def said(kpi: Mapping[str, Any]) -> bool:
    """True where a row says more of a KPI than where it stands.

    >>> said({"id": "K1", "level": "company"}), said({"id": "K1", "name": "A"})
    (False, True)
    """
    return bool(set(kpi) - PLACE)


def totals(kpis: list[Item], given: list[Item], lang: str) -> str:
    """Each scorecard on which a KPI of the learner's stands, those given counted with it; as HTML."""
    cards: dict[tuple[str, str], list[Item]] = {}
    for kpi in filter(said, kpis):
        cards.setdefault(_card(kpi), []).append(kpi)
    for kpi in given:
        if _card(kpi) in cards:
            cards[_card(kpi)].append(kpi)
    lines = "".join(f"<li>{escape(_line(level, rows, lang))}</li>" for (level, _), rows in cards.items())
    return f"<div class='kpikit-totals'><b>{_WORDS['totals'][lang]}</b><ul>{lines}</ul></div>" if lines else ""


def _card(kpi: Mapping[str, Any]) -> tuple[str, str]:
    level = str(kpi.get("level") or "")
    return level, "" if level == "company" else same(str(kpi.get("scorecard") or ""))


def _line(level: str, kpis: list[Item], lang: str) -> str:
    name = kpis[0].get("scorecard") or _WORDS["company" if level == "company" else "unnamed"][lang]
    read = [read_number(k["weight"], "%", lang) for k in kpis if k.get("weight") is not None]
    total = sum(r.value for r in read if isinstance(r, Number))
    told = say(_WORDS["total"], lang, card=str(name), n=len(kpis), total=show(round(total, 2), "%", lang))
    return f"{'✔' if abs(total - 100) <= 0.5 else '⚠'} {told}"
