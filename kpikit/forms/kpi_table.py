"""A few KPIs as a short table: a row a KPI, plain headings, no YAML."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from ..language import Words
from ..questions import Question
from .cells import Options
from .fields import Ear
from .kpi_columns import UNIT_OFFERS, columns_of, deep, flat, given_kpis, goal_options, kpi_options
from .parts import Part, Told
from .tables import Table

MOST_ROWS = 8
MOST_COLUMNS = 8  # more do not stay legible on a projector's 1280 pixels: `kpi_cards` shows them
USUAL = ("name", "kind", "goal", "floor", "target", "stretch", "decision")
_WORDS: dict[str, Words] = {
    "kpi": {"vi": "KPI", "en": "KPI"},
    "add": {"vi": "+ Thêm một KPI", "en": "+ Add a KPI"},
    "goals": {"vi": "Mục tiêu", "en": "Goal it serves"},
    "above": {"vi": "KPI đã có", "en": "KPIs there are"},
}


class KpiTable(Part):
    """Rows of KPIs with the columns a question names. Rows have ids where KPIs can name one another."""

    def __init__(self, question: Question, ear: Ear, lang: str) -> None:
        self.lang, self.given = lang, given_kpis(question, lang)
        columns = columns_of(question.columns or USUAL)
        names = {c.name for c in columns}
        self.table = Table(
            columns,
            ear,
            lang,
            what=_WORDS["kpi"],
            add=_WORDS["add"],
            rows=min(question.rows, MOST_ROWS),
            most=max(MOST_ROWS, question.rows),
            ids="K" if "parent" in names else "",
            taken={str(k.get("id")) for k in self.given},
            removable=False,
            flat=flat,
            deep=deep,
        )
        goals = goal_options(question.laid_down(lang).get("aop"), lang)
        for name, options in (("goal", goals), ("unit", UNIT_OFFERS[lang])):
            if name in names and options:
                self.table.offer(name, options)
        self._offer_parents(kpi_options(self.given))
        lines = [(_WORDS["goals"][lang], goals), (_WORDS["above"][lang], kpi_options(self.given))]
        told = [f"<p><b>{what}:</b> {' · '.join(escape(n) for n, _ in there)}</p>" for what, there in lines if there]
        self.box = w.VBox([w.HTML("".join(told)), self.table.box])

    @property
    def rows(self) -> list[Any]:
        return self.table.rows

    def _offer_parents(self, options: Options) -> None:
        if "parent" in {c.name for c in self.table.columns}:
            self.table.offer("parent", options)

    def raw(self) -> Any:
        kpis = self.table.raw()
        self._offer_parents(kpi_options([*self.given, *(kpis or [])]))
        return kpis

    def put(self, raw: Any) -> None:
        self.table.put(raw)
        self.raw()

    def told(self) -> Told:
        return self.table.told()

    def offer_metrics(self, options: Options) -> None:
        if "metric" in {c.name for c in self.table.columns}:
            self.table.offer("metric", options)
