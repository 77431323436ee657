"""Many KPIs, or many fields of each: a list of KPIs at the left, the chosen one as a card at the right."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as w

from ..companies import Catalogue
from ..companies import case as open_case
from ..language import Number, Words, say
from ..questions import Question
from .cells import OF_ROW, Cell, Item, Options, heard, read_number
from .fields import Ear
from .kpi_columns import (
    COLUMNS,
    LEVELS,
    UNIT_NAMES,
    UNIT_OFFERS,
    columns_of,
    deep,
    flat,
    given_kpis,
    goal_options,
    kpi_options,
)
from .kpi_totals import said, totals
from .parts import Part, Told

MOST = 60
FIRST = [
    "name",
    "metric",
    "kind",
    "goal",
    "level",
    "scorecard",
    "weight",
    "unit",
    "direction",
    "baseline",
    "floor",
    "target",
    "stretch",
    "parent",
    "contributes",
    "owner",
    "cadence",
    "origin",
    "decision",
]
FOLDED = ["formula", "source", "lag_days", "evidence", "points_floor", "points_target", "points_stretch"]
SPANS = {  # twelfths of the card's width
    "name": 7, "metric": 5, "kind": 3, "goal": 4, "level": 2, "scorecard": 3, "weight": 2, "unit": 3, "direction": 3,
    "baseline": 4, "floor": 4, "target": 4, "stretch": 4, "contributes": 6, "owner": 5, "cadence": 3, "origin": 4,
    "decision": 12, "formula": 6, "source": 6, "lag_days": 3, "evidence": 12,
    "points_floor": 3, "points_target": 3, "points_stretch": 3,
}  # fmt: skip
_ORDER = {"company": 0, "department": 1, "individual": 2}

_WORDS: dict[str, Words] = {
    "list": {"vi": "Các KPI", "en": "The KPIs"},
    "add": {"vi": "+ Thêm KPI", "en": "+ Add a KPI"},
    "remove": {"vi": "Bỏ KPI này", "en": "Remove this KPI"},
    "back": {"vi": "↶ Lấy lại {id}", "en": "↶ Bring back {id}"},
    "fold": {"vi": "Cách tính, nguồn, bằng chứng, điểm…", "en": "Formula, source, evidence, points…"},
    "nameless": {"vi": "(chưa có tên)", "en": "(no name yet)"},
    "parents": {"vi": "KPI cấp trên mà nó đóng góp vào", "en": "The KPIs one level up that it feeds"},
    "no_parents": {"vi": "chưa có KPI nào ở cấp trên", "en": "there is no KPI of a higher level yet"},
    "nothing_above": {"vi": "cấp công ty không có cấp trên", "en": "nothing stands above the company"},
}


class KpiCards(Part):
    """KPIs kept as a list of rows; the card shows one, and every change goes into its row at once."""

    def __init__(self, question: Question, ear: Ear, lang: str) -> None:
        self.ear, self.lang, self.given = ear, lang, given_kpis(question, lang)
        names = question.columns or (*FIRST, *FOLDED)
        self.kpis: list[Item] = []
        self.at = 0
        self.lost: tuple[int, Item] | None = None
        self._silent = False  # the list is being set, nobody chose
        self.catalogue: Catalogue | None = None
        self.cells = {c.name: Cell(c, c.heading[lang], lang) for c in columns_of(tuple(names)) if c.name != "parent"}
        self.parents: dict[str, w.Checkbox] = {}
        self.above = w.VBox() if "parent" in names else None
        self._lists()
        self.box = w.HBox([self._left(), self._right(tuple(names))])
        self.box.add_class("kpikit-cards")
        goals = goal_options(question.laid_down(lang).get("aop"), lang)
        if goals:
            self.offer_goals(goals)
        if "unit" in self.cells:
            self.cells["unit"].offer(UNIT_OFFERS[lang])
        self.put(None)

    # ------------------------------------------------------------ what is shown

    def _lists(self) -> None:
        lang = self.lang
        self.list = w.Select(options=[], description=_WORDS["list"][lang], rows=13)
        self.add = w.Button(description=_WORDS["add"][lang])
        self.remove = w.Button(description=_WORDS["remove"][lang])
        self.back = w.Button(layout=w.Layout(display="none"))
        self.totals, self.faults = w.HTML(), w.HTML()
        self.list.observe(self._chosen, names="value")
        self.add.on_click(lambda _: self._add())
        self.remove.on_click(lambda _: self._remove())
        self.back.on_click(lambda _: self._bring_back())
        for cell in self.cells.values():
            self.ear.to(cell.input, first=self._typed)

    def _left(self) -> w.Widget:
        left = w.VBox([self.list, w.HBox([self.add, self.remove]), self.back, self.totals])
        left.add_class("kpikit-left")
        return left

    def _right(self, names: tuple[str, ...]) -> w.Widget:
        fold = len(names) > len(FIRST)
        grids = {folded: w.Box() for folded in (False, True)}
        for name in names:
            box = self.above if name == "parent" else self.cells[name].box
            assert box is not None
            box.add_class(f"kpikit-span{SPANS.get(name, 6)}")
            grid = grids[fold and name in FOLDED]
            grid.children = (*grid.children, box)
        for grid in grids.values():
            grid.add_class("kpikit-card")
        more = w.ToggleButton(description=_WORDS["fold"][self.lang])
        more.observe(lambda c: setattr(grids[True].layout, "display", "" if c["new"] else "none"), names="value")
        grids[True].layout.display = "none"
        self.title = w.HTML()
        right = w.VBox([self.title, grids[False], *([more, grids[True]] if fold else []), self.faults])
        right.add_class("kpikit-right")
        return right

    def _name(self, kpi: Mapping[str, Any]) -> str:
        card = (
            ""
            if kpi.get("level") in ("company", None)
            else f" · {kpi.get('scorecard') or LEVELS.get(str(kpi['level']), {}).get(self.lang, '')}"
        )
        return f"{kpi.get('id', '')}{card} · {kpi.get('name') or _WORDS['nameless'][self.lang]}"

    def _listed(self) -> None:
        """The list and the totals as they are now."""
        with self.ear.closed():
            options = tuple((self._name(kpi), n) for n, kpi in enumerate(self.kpis))
            self._silent = True
            if self.list.options != options:
                self.list.options = options
            if self.list.value != self.at:
                self.list.value = self.at
            self._silent = False
        self.remove.disabled = len(self.kpis) < 2 and not said(self.kpis[0])
        self.add.disabled = len(self.kpis) >= MOST
        self.back.layout.display = "" if self.lost else "none"
        if self.lost:
            self.back.description = say(_WORDS["back"], self.lang, id=str(self.lost[1].get("id")))
        self.totals.value = totals(self.kpis, self.given_rows(), self.lang) if "weight" in self.cells else ""

    def given_rows(self) -> list[Item]:
        return [flat(kpi) for kpi in self.given]

    def _show(self) -> None:
        """Show the chosen KPI on the card."""
        kpi = self.kpis[self.at]
        with self.ear.closed():
            if "scorecard" in self.cells:
                there = dict.fromkeys(str(k["scorecard"]) for k in self.given_rows() + self.kpis if k.get("scorecard"))
                self.cells["scorecard"].offer([(name, name) for name in there])
            for name, cell in self.cells.items():
                cell.put(kpi.get(name))
            self._show_parents()
        self._listed()
        self._heard()

    def _heard(self) -> list[str]:
        """Echo the card's numbers, name what is wrong on it; gives the remarks."""
        kpi = self.kpis[self.at]
        faults, remarks = heard(self.cells, kpi.get("unit"), self.lang)
        self.title.value = f"<div class='kpikit-head4'>{escape(self._name(kpi))}</div>"
        self.faults.value = "".join(f"<div class='kpikit-fault'>⚠ {escape(f)}</div>" for f in faults)
        return remarks

    # ------------------------------------------------------------ parents

    def _show_parents(self) -> None:
        """A box to tick for each KPI of a higher level."""
        if self.above is None:
            return
        kpi = self.kpis[self.at]
        chosen = _listed(kpi.get("parent"))
        own = _ORDER.get(str(kpi.get("level")), 3)
        there = {
            str(k["id"]): k
            for k in self.given_rows() + self.kpis
            if k is not kpi and k.get("id") and (own == 3 or _ORDER.get(str(k.get("level")), 3) < own)
        }
        options = kpi_options(there.values()) + [(id, id) for id in chosen if id not in there]
        self.parents = {id: w.Checkbox(value=id in chosen, description=name, indent=False) for name, id in options}
        self.ear.to(*self.parents.values(), first=self._typed)
        nothing = "nothing_above" if own == 0 else "no_parents"
        label = w.HTML(f"<div class='kpikit-label'>{escape(_WORDS['parents'][self.lang])}</div>")
        boxes = list(self.parents.values()) or [w.HTML(escape(_WORDS[nothing][self.lang]))]
        inner = w.VBox(boxes)
        inner.add_class("kpikit-ticks")
        self.above.children = (label, inner)

    # ------------------------------------------------------------ what a learner does

    def _chosen(self, change: Any) -> None:
        if self.list.value is not None and not self._silent:
            self.at = self.list.value
            self._show()

    def _typed(self, change: Any) -> None:
        """Something on the card changed: its row says so."""
        if self.catalogue and "metric" in self.cells and change["owner"] is self.cells["metric"].input:
            self._fill_from_catalogue()
        before = self.kpis[self.at]
        said = {name: v for name, cell in self.cells.items() if (v := cell.value()) is not None}
        kept = {k: v for k, v in before.items() if k not in self.cells and k != "parent"}
        if self.above is not None:
            ticked = [id for id, box in self.parents.items() if box.value]
            said |= {"parent": ticked[0] if len(ticked) == 1 else ticked} if ticked else {}
        elif "parent" in before:
            kept["parent"] = before["parent"]
        self.kpis[self.at] = {**kept, **said}
        if before.get("level") != self.kpis[self.at].get("level"):
            with self.ear.closed():
                self._show_parents()
        self._listed()

    def _fill_from_catalogue(self) -> None:
        """What the catalogue knows of the chosen metric, where the card is still empty: never what it is for."""
        metric = self.catalogue.get(str(self.cells["metric"].value())) if self.catalogue else None
        if metric is None:
            return
        known = {
            "name": metric.name[self.lang],
            "unit": UNIT_NAMES[self.lang].get(metric.unit),
            "direction": metric.direction,
            "formula": metric.formula[self.lang],
        }
        with self.ear.closed():
            for name, value in known.items():
                if value and name in self.cells and self.cells[name].value() is None:
                    self.cells[name].put(value)

    def _free_id(self) -> str:
        there = {str(k.get("id")) for k in [*self.given, *self.kpis]}
        return next(id for n in range(1, 10_000) if (id := f"K{n}") not in there)

    def _add(self) -> None:
        """A new KPI on the scorecard that is being looked at."""
        now = self.kpis[self.at]
        self.at += 1
        self.kpis.insert(
            self.at, {"id": self._free_id(), **{k: now[k] for k in ("level", "scorecard", "goal") if now.get(k)}}
        )
        self._show()

    def _remove(self) -> None:
        gone = self.kpis.pop(self.at)
        self.lost = (self.at, gone)
        self.kpis = self.kpis or [{"id": self._free_id()}]
        self.at = min(self.at, len(self.kpis) - 1)
        self._show()
        self.ear.tell()

    def _bring_back(self) -> None:
        if self.lost:
            self.at, kpi = min(self.lost[0], len(self.kpis)), self.lost[1]
            self.kpis.insert(self.at, kpi)
            self.lost = None
            self._show()
            self.ear.tell()

    # ------------------------------------------------------------ values

    def raw(self) -> Any:
        return [deep(kpi) for kpi in self.kpis if said(kpi)] or None

    def put(self, raw: Any) -> None:
        rows = [flat(k) for k in raw if isinstance(k, Mapping)] if isinstance(raw, list) else []
        taken = {str(k.get("id")) for k in [*self.given, *rows] if k.get("id")}
        fresh = (id for n in range(1, 10_000) if (id := f"K{n}") not in taken)
        self.kpis = [row if row.get("id") else {"id": next(fresh), **row} for row in rows] or [{"id": next(fresh)}]
        self.at, self.lost = min(self.at, len(self.kpis) - 1), None
        self._show()

    def told(self) -> Told:
        """The faults of every KPI, not only of the one on the card."""
        self._heard()
        faults, remarks = [], []
        for kpi in self.kpis:
            for name in (n for n in kpi if n in COLUMNS and COLUMNS[n].sort == "number"):
                column = COLUMNS[name]
                unit = kpi.get("unit") if column.unit == OF_ROW else column.unit
                read = read_number(kpi[name], unit, self.lang)
                place = f"{kpi.get('id')}, {column.heading[self.lang]}: "
                if not isinstance(read, Number):
                    faults.append(place + say(read, self.lang))
                elif read.echo:
                    remarks.append(place + say(read.echo, self.lang))
        return faults, remarks

    def offer_goals(self, options: Options) -> None:
        if "goal" in self.cells:
            with self.ear.closed():
                self.cells["goal"].offer(options)

    def know_case(self, case: str | None) -> None:
        self.catalogue = open_case(case).catalogue if case else None

    def offer_metrics(self, options: Options) -> None:
        if "metric" in self.cells:
            with self.ear.closed():
                self.cells["metric"].offer(options)


def _listed(parent: Any) -> list[str]:
    return [str(p) for p in (parent if isinstance(parent, list) else [parent]) if p]
