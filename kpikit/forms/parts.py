"""The parts of a design as forms: the AOP, the links of cause and effect, the review."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as w

from ..language import Number, Words, clean, show
from .cells import Cell, Column, Options, read_number
from .fields import Ear
from .kpi_columns import CADENCES, UNIT_OFFERS, goal_options
from .tables import Table, texts

Told = tuple[list[str], list[str]]

_WORDS: dict[str, Words] = {
    "goals": {"vi": "Mục tiêu năm", "en": "The year's goals"},
    "goal": {"vi": "Mục tiêu", "en": "Goal"},
    "more_goals": {"vi": "+ Thêm mục tiêu", "en": "+ Add a goal"},
    "limits": {"vi": "Giới hạn không được vượt", "en": "Limits not to be crossed"},
    "limit": {"vi": "Giới hạn", "en": "Limit"},
    "more_limits": {"vi": "+ Thêm giới hạn", "en": "+ Add a limit"},
    "limit_sample": {"vi": "ví dụ: Khiếu nại không quá 1% số đơn", "en": "e.g. Complaints on no more than 1% of orders"},
    "trades": {"vi": "Chấp nhận đánh đổi điều gì", "en": "What is traded off"},
    "trade": {"vi": "Đánh đổi", "en": "Trade-off"},
    "more_trades": {"vi": "+ Thêm đánh đổi", "en": "+ Add a trade-off"},
    "trade_sample": {"vi": "ví dụ: Bớt mẫu mới để giao nhanh hơn", "en": "e.g. Fewer new models, so as to deliver faster"},
    "budget": {"vi": "Ngân sách: tiền đi về đâu", "en": "Budget: where the money goes"},
    "line": {"vi": "Khoản", "en": "Line"},
    "more_budget": {"vi": "+ Thêm khoản ngân sách", "en": "+ Add a budget line"},
    "total": {"vi": "Cộng: {total}", "en": "Total: {total}"},
    "actions": {"vi": "Kế hoạch hành động", "en": "Action plan"},
    "action": {"vi": "Việc", "en": "Action"},
    "more_actions": {"vi": "+ Thêm việc", "en": "+ Add an action"},
    "links": {
        "vi": "Số nào kéo số nào? Mỗi dòng một mũi tên, từ số kéo tới số được kéo.",
        "en": "Which number moves which? One arrow a line, from the number that moves to the number it moves.",
    },
    "link": {"vi": "Mũi tên", "en": "Arrow"},
    "more_links": {"vi": "+ Thêm mũi tên", "en": "+ Add an arrow"},
    "triggers": {"vi": "Điều kiện cập nhật KPI", "en": "When KPIs are updated"},
    "trigger": {"vi": "Điều kiện", "en": "Trigger"},
    "more_triggers": {"vi": "+ Thêm điều kiện", "en": "+ Add a trigger"},
    "trigger_sample": {"vi": "ví dụ: AOP được điều chỉnh", "en": "e.g. The AOP is revised"},
}  # fmt: skip
_PRIORITIES: dict[str, Words] = {
    "growth": {"vi": "tăng trưởng", "en": "growth"},
    "efficiency": {"vi": "tối ưu hiệu quả", "en": "efficiency"},
    "cash": {"vi": "giữ dòng tiền", "en": "cash"},
    "retention": {"vi": "giữ khách", "en": "retention"},
    "other": {"vi": "lời khác…", "en": "other words…"},
}
_ROLES: dict[str, Words] = {
    "primary": {"vi": "trọng tâm", "en": "primary"},
    "supporting": {"vi": "hỗ trợ", "en": "supporting"},
}
_GOAL = Column("goal", {"vi": "Cho mục tiêu", "en": "For goal"}, "choice", 22)
_GOALS = [
    Column("name", {"vi": "Mục tiêu, bằng con số", "en": "The goal, in a number"}, "long", 26),
    Column("role", {"vi": "Vai trò", "en": "Role"}, "choice", 15, _ROLES),
    Column("metric", {"vi": "Đo bằng chỉ số", "en": "Measured by"}, "suggest", 20),
    Column("baseline", {"vi": "Mức năm trước", "en": "Last year"}, "number", 14),
    Column("target", {"vi": "Mức cần đạt", "en": "Target"}, "number", 14),
    Column("unit", {"vi": "Đơn vị", "en": "Unit"}, "suggest", 9),
]
_BUDGET = [
    Column("item", {"vi": "Khoản chi", "en": "Item"}, "text", 40),
    Column("amount", {"vi": "Số tiền", "en": "Amount"}, "number", 18),
    _GOAL,
]
_ACTIONS = [
    Column("what", {"vi": "Việc", "en": "What"}, "text", 40),
    _GOAL,
    Column("owner", {"vi": "Người chịu trách nhiệm", "en": "Owner"}, "text", 20),
    Column("by", {"vi": "Hạn", "en": "By"}, "text", 13, sample={"vi": "2027-03-31", "en": "2027-03-31"}),
]
_LINKS = [
    Column("from", {"vi": "Từ KPI", "en": "From"}, "choice", 26),
    Column("to", {"vi": "Tới KPI", "en": "To"}, "choice", 26),
    Column("why", {"vi": "Vì sao", "en": "Why"}, "long", 40),
]


class Part(ABC):
    """A part of a design's form: ``box`` shows it; a raw value goes in, a raw value comes out."""

    box: w.Box

    @abstractmethod
    def raw(self) -> Any:
        """The part as it goes into the record; None where nothing is filled in."""

    @abstractmethod
    def put(self, raw: Any) -> None:
        """Show a raw value; what the form has no place for is kept."""

    @abstractmethod
    def told(self) -> Told:
        """What cannot be read, and what had two readings; each is marked in its place."""

    def offer_goals(self, options: Options) -> None:  # noqa: B027 - not every part names goals
        """The goals there are."""

    def offer_metrics(self, options: Options) -> None:  # noqa: B027
        """The metrics of the case's catalogue."""

    def offer_kpis(self, options: Options) -> None:  # noqa: B027
        """The KPIs there are."""

    def know_case(self, case: str | None) -> None:  # noqa: B027
        """Which of the course's companies it is about."""


def head(text: str, *, level: int = 4) -> w.HTML:
    return w.HTML(f"<div class='kpikit-head{level}'>{escape(text)}</div>")


def joined(*parts: Table) -> Told:
    told = [part.told() for part in parts]
    return [f for faults, _ in told for f in faults], [r for _, remarks in told for r in remarks]


class Aop(Part):
    """The Annual Operating Plan: priority, goals, limits and trade-offs, where the money goes, who does what (B2)."""

    def __init__(self, ear: Ear, lang: str) -> None:
        self.ear, self.lang, self.rest = ear, lang, dict[str, Any]()
        word = {key: text[lang] for key, text in _WORDS.items()}
        self.priority = Cell(
            Column("priority", _label("Ưu tiên chiến lược", "Strategic priority"), "choice", 0, _PRIORITIES),
            _label("Ưu tiên chiến lược", "Strategic priority")[lang],
            lang,
        )
        self.words = w.Text(description=_label("bằng lời khác", "in other words")[lang])
        for one in (self.priority.input, self.words):
            one.add_class("kpikit-short")
        self.goals = self._table("goals", _GOALS, "goal", rows=2, ids="G")
        self.limits = texts(ear, lang, what=_WORDS["limit"], add=_WORDS["more_limits"], sample=_WORDS["limit_sample"])
        self.trades = texts(ear, lang, what=_WORDS["trade"], add=_WORDS["more_trades"], sample=_WORDS["trade_sample"])
        self.budget = self._table("budget", _BUDGET, "line", rows=3, unit="VND")
        self.actions = self._table("actions", _ACTIONS, "action", rows=3)
        self.total = w.HTML()
        self.goals.offer("unit", UNIT_OFFERS[lang])
        ear.to(self.priority.input, self.words, first=self._show_words)
        two = w.HBox([w.VBox([head(word["limits"]), self.limits.box]), w.VBox([head(word["trades"]), self.trades.box])])
        two.add_class("kpikit-two")
        self.box = w.VBox([
            w.HBox([self.priority.box, self.words]),
            head(word["goals"]), self.goals.box, two,
            head(word["budget"]), self.budget.box, self.total,
            head(word["actions"]), self.actions.box,
        ])  # fmt: skip
        self._show_words()

    def _table(self, name: str, columns: list[Column], what: str, **how: Any) -> Table:
        return Table(columns, self.ear, self.lang, what=_WORDS[what], add=_WORDS[f"more_{name}"], **how)

    def _show_words(self, change: Any = None) -> None:
        self.words.layout.display = "" if self.priority.input.value == "other" else "none"

    def raw(self) -> Any:
        priority = self.priority.input.value
        said = {
            "priority": clean(self.words.value) if priority == "other" else priority,
            "goals": self.goals.raw(),
            "limits": self.limits.raw(),
            "trade_offs": self.trades.raw(),
            "budget": self.budget.raw(),
            "actions": self.actions.raw(),
        }
        self.offer_goals(goal_options(said, self.lang))
        return {**{k: v for k, v in self.rest.items() if k not in said}, **{k: v for k, v in said.items() if v}} or None

    def put(self, raw: Any) -> None:
        aop = dict(raw) if isinstance(raw, Mapping) else {}
        self.rest = aop
        priority = clean(str(aop.get("priority") or ""))
        known = not priority or priority.casefold() in _PRIORITIES
        self.priority.put(priority.casefold() if known else "other")
        self.words.value = "" if known else priority
        self._show_words()
        for table, name in ((self.goals, "goals"), (self.limits, "limits"), (self.trades, "trade_offs")):
            table.put(aop.get(name))
        self.offer_goals(goal_options(aop, self.lang))
        self.budget.put(aop.get("budget"))
        self.actions.put(aop.get("actions"))

    def told(self) -> Told:
        amounts = [
            read_number(v, "VND", self.lang) for r in self.budget.raw() or [] if (v := r.get("amount")) is not None
        ]
        total = sum(a.value for a in amounts if isinstance(a, Number))
        self.total.value = (
            f"<b>{escape(_WORDS['total'][self.lang].format(total=show(total, 'VND', self.lang)))}</b>" if total else ""
        )
        return joined(self.goals, self.budget)

    def offer_goals(self, options: Options) -> None:
        self.budget.offer("goal", options)
        self.actions.offer("goal", options)

    def offer_metrics(self, options: Options) -> None:
        self.goals.offer("metric", options)


def _label(vi: str, en: str) -> Words:
    return {"vi": vi, "en": en}


class Links(Part):
    """Cause and effect, an arrow a line (E3)."""

    def __init__(self, ear: Ear, lang: str) -> None:
        self.table = Table(_LINKS, ear, lang, what=_WORDS["link"], add=_WORDS["more_links"], rows=4, most=40)
        self.box = w.VBox([w.HTML(f"<p>{escape(_WORDS['links'][lang])}</p>"), self.table.box])

    def raw(self) -> Any:
        return self.table.raw()

    def told(self) -> Told:
        return self.table.told()

    def put(self, raw: Any) -> None:
        self.table.put(raw)

    def offer_kpis(self, options: Options) -> None:
        self.table.offer("from", options)
        self.table.offer("to", options)


class Review(Part):
    """The rhythm of the year: how often, who analyses, who decides, what makes the KPIs change (E8)."""

    def __init__(self, ear: Ear, lang: str) -> None:
        self.rest = dict[str, Any]()
        columns = [
            Column("cadence", _label("Nhịp rà soát", "How often"), "choice", 16, CADENCES),
            Column("analyst", _label("Người phân tích và đề xuất", "Who analyses and proposes")),
            Column("decides", _label("Người ra quyết định", "Who decides")),
        ]
        self.cells = {c.name: Cell(c, c.heading[lang], lang) for c in columns}
        self.triggers = texts(
            ear, lang, what=_WORDS["trigger"], add=_WORDS["more_triggers"], sample=_WORDS["trigger_sample"], rows=3
        )
        ear.to(*(cell.input for cell in self.cells.values()))
        row = w.HBox([cell.box for cell in self.cells.values()])
        row.add_class("kpikit-three")
        self.box = w.VBox([row, head(_WORDS["triggers"][lang]), self.triggers.box])

    def raw(self) -> Any:
        said = {name: cell.value() for name, cell in self.cells.items()} | {"triggers": self.triggers.raw()}
        kept = {k: v for k, v in self.rest.items() if k not in said}
        return {**kept, **{k: v for k, v in said.items() if v}} or None

    def put(self, raw: Any) -> None:
        self.rest = dict(raw) if isinstance(raw, Mapping) else {}
        for name, cell in self.cells.items():
            cell.put(self.rest.get(name))
        self.triggers.put(self.rest.get("triggers"))

    def told(self) -> Told:
        return [], []
