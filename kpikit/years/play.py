"""The year as one screen in a notebook: the month's numbers, and at each review what may be changed (G4).

The game itself is `kpikit.years.game`; here are only its controls and how a month looks. Where no design is given, the
screen asks before January which one to run: what `kpikit.years.at_hand` finds, the learner's own among it.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from ..companies import Case
from ..language import Trouble, Words, current, number, say, show, unit_name
from .at_hand import AtHand, at_hand
from .firm import DEPARTMENTS
from .game import Board, Decision, Game, start, step
from .looking_back import debrief
from .places import WHO
from .result import percent
from .run import GREEN, MET

YEARS = 5  # how many years are offered; each has its own luck and its own shock


class Table:
    """The screen: ``box`` is the widget, ``game`` the value behind it. `next` is what its button does, `again` begins anew.

    ``asks``: let the learner choose before January which design to run, and which year; ``every`` then is `start`'s.
    """

    def __init__(self, game: Game, asks: bool = False, every: int | None = None) -> None:
        import ipywidgets as w

        self.game, self.lang, self._w = game, current(), w
        self.asks, self.every, self.found = asks, every, list[AtHand]()
        self.shown = w.HTML()
        self.controls = w.VBox()
        self.button = w.Button(button_style="primary", layout=w.Layout(width="auto", height="40px"))
        self.button.on_click(lambda _: self.next())
        self.anew_button = w.Button(description=_P["again"][self.lang], layout=w.Layout(width="auto", height="40px"))
        self.anew_button.on_click(lambda _: self.again())
        self.trouble = w.HTML()
        self.box = w.VBox([self.shown, self.controls, self.trouble, w.HBox([self.button, self.anew_button])])
        self.box.add_class("kpikit-play")
        self._draw()

    def next(self) -> None:
        """Apply what was picked, if a review is due, and play a month; a mistake is said, nothing is lost."""
        self.trouble.value = ""
        try:
            if self.asks and not self.game.month:
                self.game = self._chosen()
            self.game = step(self.game, self._picked() if self.game.review_due else None)
        except Trouble as trouble:
            self.trouble.value = f'<p role="alert"><b>{escape(str(trouble))}</b></p>'
            return
        self._draw()

    def again(self) -> None:
        """Back to the first of January: the same design and year, unless another is chosen."""
        self.trouble.value = ""
        self.game = start(self.game.opening, self.game.seed, self.game.case, every=self.game.every)
        self._draw()

    def _chosen(self) -> Game:
        one = self.found[self.which.value]
        self.name = one.name
        return start(one.open(), self.year.value, one.case, every=self.every)

    def _picked(self) -> Decision:
        weights, targets = {}, {}
        if id := self.kpi.value:
            if self.weight.value.strip():
                weights[id] = self._number(self.weight.value)
            if self.target.value.strip():
                targets[id] = self._number(self.target.value)
        attention = tuple(d for d, box in self.who.items() if box.value)
        return Decision(
            budget=self.budget.value / 100 if self.budget.value != self._budget else None,
            attention=attention if attention != self._attention else None,
            weights=weights,
            targets=targets,
            aim_anew=self.anew.value,
        )

    def _number(self, text: str) -> float:
        return float(number(text, None, self.lang).value)

    # ------------------------------------------------------------ what is seen

    def _draw(self) -> None:
        self.shown.value = page(self.game, self.lang, self._running())
        first = not self.game.month
        self.controls.children = (
            self._review() if self.game.review_due else self._choice() if self.asks and first else ()
        )
        self.button.description = _P["change" if self.game.review_due else "next"][self.lang]
        self.button.disabled = self.game.over
        self.anew_button.layout.display = "none" if first else ""

    def _running(self) -> str:
        """Which design and year this is, and how much of what the model reads of it is a guess."""
        if not (self.asks and self.game.month):
            return ""
        told = say(_P["running"], self.lang, name=self.name, year=self.game.seed)
        made = self.game.mapping
        return told + (f" {made.summary(self.lang)}" if made.guessed or made.unplaced else "")

    def _choice(self) -> tuple[Any, ...]:
        w, lang = self._w, self.lang
        before = getattr(self, "name", None)
        self.found, faults = at_hand(Path.cwd(), lang)
        names = [one.name for one in self.found]
        look: dict[str, Any] = {"style": {"description_width": "initial"}, "layout": w.Layout(width="520px")}
        self.which = w.Dropdown(
            options=[(name, n) for n, name in enumerate(names)],
            value=names.index(before) if before in names else 0,
            description=_P["which"][lang],
            **look,
        )
        years = [(say(_P["year"], lang, n=n), n) for n in range(1, YEARS + 1)]
        seed = self.game.seed
        years += [(say(_P["year"], lang, n=seed), seed)] if seed not in range(1, YEARS + 1) else []
        self.year = w.Dropdown(options=years, value=seed, description=_P["which_year"][lang], **look)
        told = [w.HTML(f"<p>{escape(fault)}</p>") for fault in faults]
        return (self.which, self.year, *told)

    def _review(self) -> tuple[Any, ...]:
        w, lang = self._w, self.lang
        wide = w.Layout(width="auto")
        self._budget = round(100 * self.game.mapping.setup.budget)
        last = next((d.attention for _, d in reversed(self.game.decisions) if d.attention is not None), ())
        self._attention = tuple(d for d in DEPARTMENTS if d in last)
        self.budget = w.IntSlider(
            value=self._budget,
            min=30,
            max=95,
            description=_P["budget"][lang],
            style={"description_width": "initial"},
            layout=w.Layout(width="520px"),
        )
        self.who = {d: w.ToggleButton(value=d in last, description=WHO[d][lang], layout=wide) for d in DEPARTMENTS}
        placed = {p.id for p in self.game.mapping.placed if p.how != "none"}
        kpis = [(f"{k.id}: {k.name}", k.id) for k in self.game.design.kpis if k.id in placed]
        self.kpi = w.Dropdown(
            options=[(_P["no_kpi"][lang], ""), *kpis],
            description=_P["kpi"][lang],
            style={"description_width": "initial"},
            layout=w.Layout(width="520px"),
        )
        self.weight = w.Text(description=_P["weight"][lang], style={"description_width": "initial"})
        self.target = w.Text(description=_P["target"][lang], style={"description_width": "initial"})
        self.anew = w.Checkbox(value=False, description=_P["anew"][lang], indent=False, layout=wide)
        return (
            w.HTML(f"<b>{escape(_P['review'][lang])}</b>"),
            self.budget,
            w.HBox([w.Label(_P["attention"][lang]), *self.who.values()], layout=w.Layout(flex_flow="row wrap")),
            self.kpi,
            w.HBox([self.weight, self.target]),
            self.anew,
        )


def page(game: Game, lang: str | None = None, running: str = "") -> str:
    """The state of the game as HTML: the months so far, the scorecards now, and after December the debrief.

    ``running``: a text that says what is being run.
    """
    lang = lang or current()
    if not game.boards:
        return f"<style>{_CSS}</style><h3>{escape(_P['title'][lang])}</h3><p>{escape(_P['opening'][lang])}</p>"
    now = game.boards[-1]
    head = f"<style>{_CSS}</style><h3>{escape(_P['title'][lang])}</h3>"
    head += (f"<p>{escape(running)}</p>" if running else "") + f"<p><b>{escape(now.told(lang))}</b></p>"
    news = [b for b in game.boards[:-1] if b.news]
    old = "".join(f"<li>{escape(b.told(lang))}</li>" for b in news)
    body = f'<div class="kpikit-two">{_months(game, lang)}{_cards(now, lang)}</div>' + (
        f"<ul>{old}</ul>" if old else ""
    )
    if game.over:
        body += f"<h4>{escape(_P['debrief'][lang])}</h4>{debrief(game)._repr_html_()}"
    return head + body


def _months(game: Game, lang: str) -> str:
    rows = "".join(
        f"<tr><td>{b.month + 1}</td><td>{_amount(game, b.plan, lang)}</td><td>{_amount(game, b.booked, lang)}</td>"
        f"<td>{_bar(b.booked / b.plan, b.booked >= MET * b.plan, lang)}</td></tr>"
        for b in game.boards
    )
    names = (_P["month"], _P["plan"], _P["actual"], _P["of_plan"])
    return "<table><tr>" + "".join(f"<th>{escape(n[lang])}</th>" for n in names) + f"</tr>{rows}</table>"


def _amount(game: Game, share: float, lang: str) -> str:
    """Part of the year's goal in the goal's money, where it is money; else in percent of the goal."""
    goal = next(iter(game.design.aop.primary), None)
    if goal is None or not goal.target or unit_name(goal.unit) != "VND":
        return percent(share, lang)
    return show(float(f"{share * goal.target:.3g}"), "VND", lang)


def _cards(board: Board, lang: str) -> str:
    rows = "".join(
        f"<tr><td>{escape(WHO[d][lang])}</td><td>{_bar(v, v >= GREEN, lang, show(round(100 * v), lang=lang))}</td></tr>"
        for d, v in board.cards.items()
    )
    title = escape(say(_P["cards"], lang))
    return f"<table><tr><th>{title}</th><th>{escape(_P['points'][lang])}</th></tr>{rows}</table>"


def _bar(share: float, good: bool, lang: str, text: str = "") -> str:
    mark, colour = ("✓", "#009E73") if good else ("✗", "#D55E00")
    width = round(110 * min(max(share, 0), 1.2))
    near = 1 if abs(share - MET) < 0.01 else 0  # a decimal where rounding would put it on the other side of the line
    return (
        f'<span class="bar" style="width:{width}px;background:{colour}"></span> '
        f'<span aria-label="{_P["green" if good else "red"][lang]}">{mark} {text or percent(share, lang, near)}</span>'
    )


def play(design: Any = None, seed: int = 1, case: Case | str | None = None, *, every: int | None = None) -> Any:
    """The year on one screen: a widget. Arguments as for `kpikit.years.game.start`.

    Without ``design`` the screen asks first which one to run: the sheets put together in the view `year_of_yours`, the
    learner's own in the capstone or in a file beside the notebook, or one of the course's samples.

    >>> play(seed=2).children[1].children[1].value
    2
    """
    return Table(start(design, seed, case, every=every), asks=design is None, every=every).box


_CSS = """
.kpikit-play { font-size: 16px; } .kpikit-two { display: flex; flex-wrap: wrap; gap: 32px; align-items: flex-start; }
.kpikit-two td, .kpikit-two th { padding: 2px 12px 2px 0; text-align: left; font-size: 15px; }
.kpikit-two .bar { display: inline-block; height: 12px; vertical-align: middle; }
"""
_P: Mapping[str, Words] = {
    "title": {"vi": "Năm giả lập: anh chị điều hành", "en": "The simulated year: you run it"},
    "opening": {
        "vi": "Ngày 1/1. Bảng KPI đã giao. Bấm để đi hết tháng 1.",
        "en": "1 January. The scorecards are out. Press to play January.",
    },
    "which": {"vi": "Chạy bảng nào:", "en": "Run:"},
    "which_year": {"vi": "Năm nào:", "en": "Which year:"},
    "year": {"vi": "năm số {n}", "en": "year {n}"},
    "running": {"vi": "Đang chạy: {name}, năm số {year}.", "en": "Running: {name}, year {year}."},
    "again": {"vi": "Chơi lại từ tháng 1", "en": "Begin again in January"},
    "next": {"vi": "Đi tiếp một tháng", "en": "Play a month"},
    "change": {"vi": "Quyết định và đi tiếp", "en": "Decide and play on"},
    "review": {
        "vi": "Kỳ rà soát: điều chỉnh, hoặc để nguyên rồi đi tiếp",
        "en": "A review: change something, or leave it and play on",
    },
    "budget": {"vi": "Ngân sách cho mảng trọng tâm (%)", "en": "Budget on the focus (%)"},
    "attention": {"vi": "Dồn sức cùng:", "en": "Attention to:"},
    "kpi": {"vi": "KPI muốn đổi", "en": "KPI to change"},
    "no_kpi": {"vi": "không đổi", "en": "none"},
    "weight": {"vi": "Trọng số mới (%)", "en": "New weight (%)"},
    "target": {"vi": "Chỉ tiêu mới", "en": "New target"},
    "anew": {"vi": "Cập nhật KPI theo bối cảnh mới", "en": "Update the KPIs to the new context"},
    "month": {"vi": "Tháng", "en": "Month"},
    "plan": {"vi": "Kế hoạch lũy kế", "en": "Plan so far"},
    "actual": {"vi": "Thực hiện lũy kế", "en": "Actual so far"},
    "of_plan": {"vi": "So với kế hoạch", "en": "Of plan"},
    "cards": {"vi": "Bảng KPI, dự kiến cuối năm", "en": "Scorecards, expected at year's end"},
    "points": {"vi": "Điểm", "en": "Points"},
    "green": {"vi": "xanh", "en": "green"},
    "red": {"vi": "đỏ", "en": "red"},
    "debrief": {"vi": "Nhìn lại", "en": "Debrief"},
}
