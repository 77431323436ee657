"""A design, or the part of it that a question asks for, as a form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as w

from ..companies import case as open_case
from ..design import scorecards
from ..documents import READERS, Unreadable, as_yaml, write_text
from ..files import as_design
from ..keeping import settle
from ..language import LANGUAGES, Trouble, Words, clean, say
from ..questions import Question
from ..records import now
from .case_pages import case_page
from .cells import Cell, Column
from .fields import Ear, Field
from .kpi_cards import KpiCards
from .kpi_columns import goal_options, kpi_options, metric_options
from .kpi_table import MOST_COLUMNS, USUAL, KpiTable
from .parts import Aop, Links, Part, Review, Told
from .words import box

_WORDS: dict[str, Words] = {
    "aop": {"vi": "1. AOP", "en": "1. AOP"},
    "kpis": {"vi": "2. KPI", "en": "2. KPIs"},
    "links": {"vi": "3. Nhân - quả", "en": "3. Cause and effect"},
    "review": {"vi": "4. Nhịp rà soát", "en": "4. Review"},
    "flat": {"vi": "Công ty nhỏ, không chia phòng ban", "en": "A firm too small for departments"},
    "file": {"vi": "Lấy từ tệp YAML hoặc JSON", "en": "Take it from a YAML or JSON file"},
    "story": {"vi": "Câu chuyện và số liệu của {company}", "en": "Story and data of {company}"},
    "plan": {"vi": "Bắt đầu từ AOP của {company}", "en": "Start from the AOP of {company}"},
    "took": {
        "vi": "✔ Đã lấy bản thiết kế từ {file}: {n} KPI.",
        "en": "✔ Took the design from {file}: {n} KPIs.",
    },
    "took_plan": {
        "vi": "✔ Đã lấy AOP 2027 của {company}. Anh chị cứ sửa: đổi mục tiêu, giới hạn hay tiền đều được.",
        "en": "✔ Took the 2027 AOP of {company}. Change it as you like: goals, limits, money.",
    },
    "kept": {"vi": "Bản trước đó được giữ trong {file}.", "en": "What was there before is kept in {file}."},
    "not_taken": {"vi": "⚠ Chưa lấy được: {why}", "en": "⚠ It was not taken: {why}"},
    "goals_n": {"vi": "{n} mục tiêu", "en": "goals: {n}"},
    "limits_n": {"vi": "{n} giới hạn", "en": "limits: {n}"},
    "trades_n": {"vi": "{n} đánh đổi", "en": "trade-offs: {n}"},
    "kpis_n": {"vi": "{n} KPI", "en": "KPIs: {n}"},
    "cards_n": {"vi": "{n} bảng KPI", "en": "scorecards: {n}"},
    "links_n": {"vi": "{n} mũi tên nhân - quả", "en": "arrows of cause and effect: {n}"},
    "triggers_n": {"vi": "{n} điều kiện cập nhật KPI", "en": "triggers: {n}"},
}


class Design(Field):
    """A design question's form: the part it asks for, or all four."""

    case: str | None = None

    def build(self) -> w.Box:
        self.part = self._part()
        return w.VBox([self.part.box])

    def _part(self) -> Part:
        question, ear, lang = self.question, self.ear, self.lang
        if question.part == "all":
            return Whole(question, ear, lang)
        if question.part == "aop":
            return Aop(ear, lang)
        if question.part == "review":
            return Review(ear, lang)
        many = len(question.columns or USUAL) > MOST_COLUMNS
        return (KpiCards if many else KpiTable)(question, ear, lang)

    def raw(self) -> Any:
        return self.part.raw()

    def put(self, raw: Any) -> None:
        raw = settle(self.question, raw)  # an unquoted number is one, whatever becomes of the text around it
        part = self.question.part
        if part != "all" and isinstance(raw, Mapping) and part in raw:
            raw = raw[part]
        self.part.put(raw)

    def about(self, case: str | None) -> None:
        if case != self.case:
            self.case = case
            with self.ear.closed():
                self.part.offer_metrics(metric_options(case, self.lang))
                self.part.know_case(case)

    def told(self, raw: Any) -> Told:
        return self.part.told()

    def summary(self, value: Any) -> str:
        counts = {
            "goals_n": len(value.aop.goals),
            "limits_n": len(value.aop.limits),
            "trades_n": len(value.aop.trade_offs),
            "kpis_n": len(value.kpis),
            "cards_n": len(scorecards(value)) if self.question.part == "all" else 0,
            "links_n": len(value.links),
            "triggers_n": len(value.review.triggers),
        }
        return ", ".join(say(_WORDS[key], self.lang, n=n) for key, n in counts.items() if n)


class Whole(Part):
    """A whole design: the firm, then four sections, one shown at a time; each knows what the others say."""

    def __init__(self, question: Question, ear: Ear, lang: str) -> None:
        self.question, self.ear, self.lang = question, ear, lang
        self.rest: dict[str, Any] = {}
        self.parts: dict[str, Part] = {
            "aop": Aop(ear, lang),
            "kpis": KpiCards(question, ear, lang),
            "links": Links(ear, lang),
            "review": Review(ear, lang),
        }
        self.section = w.ToggleButtons(options=[(_WORDS[name][lang], name) for name in self.parts])
        self.section.add_class("kpikit-sections")
        self.section.observe(self._turn, names="value")
        self.box = w.VBox([self._start(), self._firm(), self.section, *(part.box for part in self.parts.values())])
        self._turn()

    # ------------------------------------------------------------ the firm, and where to start

    def _firm(self) -> w.Widget:
        lang = self.lang
        columns = [
            Column("company", {"vi": "Công ty", "en": "Company"}),
            Column("year", {"vi": "Năm", "en": "Year"}),
        ]
        self.firm = {c.name: Cell(c, c.heading[lang], lang) for c in columns}
        self.flat = w.Checkbox(description=_WORDS["flat"][lang], indent=False)
        self.ear.to(*(cell.input for cell in self.firm.values()), self.flat)
        row = w.HBox([*(cell.box for cell in self.firm.values()), self.flat])
        row.add_class("kpikit-firm")
        return row

    def _start(self) -> w.Widget:
        self.file = w.FileUpload(description=_WORDS["file"][self.lang], accept=",".join(READERS), multiple=False)
        self.file.observe(self._take_file, names="value")
        self.plan = w.Button(layout=w.Layout(display="none"))
        self.plan.on_click(lambda _: self._take_plan())
        self.story = w.ToggleButton(layout=w.Layout(display="none"))
        self.story.add_class("kpikit-toggle")
        self.story.observe(self._tell_story, names="value")
        self.case: str | None = None
        self.said, self.page = w.HTML(), w.HTML()
        return w.VBox([w.HBox([self.story, self.plan, self.file]), self.page, self.said])

    def _tell_story(self, change: Any = None) -> None:
        """The case's story and numbers, where they are asked for: reading the tables takes a moment."""
        told = case_page(self.case, self.lang) if self.case and self.story.value else ""
        label = escape(self.story.description, quote=True)
        self.page.value = (
            told and f"<div class='kpikit-page' role='region' tabindex='0' aria-label='{label}'>{told}</div>"
        )

    def know_case(self, case: str | None) -> None:
        self.case = case
        self.parts["kpis"].know_case(case)
        if case:
            company = str(open_case(case).plan.get("company") or case)
            self.plan.description = say(_WORDS["plan"], self.lang, company=company)
            self.story.description = say(_WORDS["story"], self.lang, company=company)
        self.story.layout.display = "" if case else "none"
        self._tell_story()
        self._offer_plan()

    def _offer_plan(self) -> None:
        """A case's AOP can be the start while nothing stands there."""
        self.plan.layout.display = "" if self.case and not self.parts["aop"].raw() else "none"

    def _take_plan(self) -> None:
        """Put the case's AOP in the empty one's place; what else is there stays."""
        plan = open_case(self.case or "").plan
        with self.ear.closed():
            self.put({**(self.raw() or {}), **plan})
        self.said.value = box([say(_WORDS["took_plan"], self.lang, company=str(plan.get("company")))], "good")
        self.ear.tell()

    def _take_file(self, change: Any) -> None:
        for given in self.file.value:
            name, content = str(given["name"]), bytes(given["content"])
            self._take(name, content)

    def _take(self, name: str, content: bytes) -> None:
        """Put a file's design in the place of what is there, which is kept in a file of its own."""
        try:
            document, kept = read_file(name, content, self.lang), self._keep()
        except (Trouble, OSError) as error:
            self.said.value = box([say(_WORDS["not_taken"], self.lang, why=str(error))], "warn")
            return
        with self.ear.closed():
            self.put(document)
        lines = [say(_WORDS["took"], self.lang, file=name, n=len(document.get("kpis") or []))]
        self.said.value = box([*lines, *([say(_WORDS["kept"], self.lang, file=kept)] if kept else [])], "good")
        self.ear.tell()

    def _keep(self) -> str | None:
        """What is there now, in a file beside the notebook; its name, or None where nothing is there."""
        now_there = self.raw()
        if not now_there or not now_there.get("kpis"):
            return None
        name = f"{self.question.id}-before-{now():%Y%m%d-%H%M%S}.yaml"
        write_text(name, as_yaml(now_there))
        return name

    # ------------------------------------------------------------ sections

    def _turn(self, change: Any = None) -> None:
        """Show the chosen section, knowing what the others say."""
        for name, part in self.parts.items():
            part.box.layout.display = "" if name == self.section.value else "none"
        self._introduce()

    def _introduce(self) -> None:
        self.parts["kpis"].offer_goals(goal_options(self.parts["aop"].raw(), self.lang))
        self.parts["links"].offer_kpis(kpi_options(self.parts["kpis"].raw()))

    # ------------------------------------------------------------ values

    def raw(self) -> Any:
        said = {name: cell.value() for name, cell in self.firm.items()}
        said |= {"flat": self.flat.value or None, **{name: part.raw() for name, part in self.parts.items()}}
        self._offer_plan()
        kept = {k: v for k, v in self.rest.items() if k not in said}
        said = {k: v for k, v in said.items() if v is not None}
        return {**kept, **said} if said or set(kept) - {"version"} else None

    def put(self, raw: Any) -> None:
        self.rest = dict(raw) if isinstance(raw, Mapping) else {}
        for name, cell in self.firm.items():
            cell.put(self.rest.get(name))
        self.flat.value = clean(str(self.rest.get("flat") or "")).casefold() == "true"
        for name, part in self.parts.items():
            part.put(self.rest.get(name))
        self._introduce()
        self._offer_plan()

    def told(self) -> Told:
        told = [part.told() for part in self.parts.values()]
        return [f for faults, _ in told for f in faults], [r for _, remarks in told for r in remarks]

    def offer_metrics(self, options: Any) -> None:
        for part in self.parts.values():
            part.offer_metrics(options)


def read_file(name: str, data: bytes, lang: str) -> dict[str, Any]:
    """The design in a file handed over, as plain values. Raises `Unreadable` that says what is wrong with it."""
    suffix = "." + name.rpartition(".")[2].casefold()
    if suffix not in READERS:
        told = {"vi": f"chỉ đọc được {', '.join(READERS)}.", "en": f"only {', '.join(READERS)} can be read."}
        raise Unreadable(name, [{code: told[code] for code in LANGUAGES}])
    document: dict[str, Any] = as_design(READERS[suffix](data, name), name, lang).as_document()
    return document
