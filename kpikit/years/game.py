"""The simulated year played month by month (G4): a value with a step function.

`debrief` (looking_back.py) plays it again otherwise. The player is management: between months, at each review, budget and attention are shared out, a target or a weight is
changed, the KPIs are aimed anew after a shock, or all is left as it is. Nothing here draws or asks; `play` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..companies import Case
from ..companies import case as open_case
from ..design import Design, Kpi
from ..language import Trouble, Words, current, say, show
from .chance import Draws, draws
from .firm import DEPARTMENTS, MONTHS, SHOCKS, Firm
from .mapping import Mapped, mapped, read
from .model import Plan, State, begin, month, points, update
from .places import WHO
from .result import SHOCK_NAMES, month_name, percent
from .run import GREEN

ATTENTION = 1.5  # what a player has to share out, in units of `Firm.push`: five departments a gap of 0.3
GUIDED = 0.6  # how far a player who works with a department finds the way without drivers


@dataclass(frozen=True)
class Decision:
    """What the player changes at a review; an empty one leaves all as it is.

    ``budget``: part of the budget on the focus, 0.3 to 0.95; ``attention``: departments of the model to work with, the
    fewer the more each gets; ``targets``: KPI id -> new target in the KPI's unit; ``weights``: KPI id -> new weight in
    percent; ``aim_anew``: after a shock, move outcomes' targets with the AOP's goal and re-aim the work.
    """

    budget: float | None = None
    attention: tuple[str, ...] | None = None
    targets: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    aim_anew: bool = False

    @property
    def empty(self) -> bool:
        return self == Decision()

    def told(self, lang: str | None = None, design: Design | None = None) -> str:
        """What was changed, in a few words; KPIs by name and unit where the design is given."""
        lang = lang or current()
        kpis = {k.id: k for k in design.kpis} if design else {}
        parts = []
        if self.budget is not None:
            parts.append(say(_D["budget"], lang, part=show(round(100 * self.budget), "%", lang)))
        if self.attention is not None:
            who = ", ".join(WHO[d][lang] for d in self.attention) or "-"
            parts.append(say(_D["attention"], lang, who=who))
        called = {
            id: f"{kpis[id].name} ({id})" if id in kpis and kpis[id].name else id
            for id in [*self.targets, *self.weights]
        }
        parts += [
            say(_D["target"], lang, kpi=called[id], value=show(v, kpis[id].unit if id in kpis else None, lang))
            for id, v in self.targets.items()
        ]
        parts += [say(_D["weight"], lang, kpi=called[id], value=show(v, "%", lang)) for id, v in self.weights.items()]
        if self.aim_anew:
            parts.append(_D["aim"][lang])
        return "; ".join(parts) or _D["left"][lang]


@dataclass(frozen=True)
class Board:
    """What a month shows: plan and actual of the goal so far, shares of the year's goal; points of each scorecard.

    ``plan``, ``actual``: the year so far, 1 is the whole year's goal; ``booked`` counts what lies in the channel, as a
    report does; ``cards``: scorecard -> expected points, hundredths; ``news``: kinds of shock that came this month.
    """

    month: int
    plan: float
    booked: float
    cards: Mapping[str, float]
    news: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        """Every scorecard is green."""
        return all(v >= GREEN for v in self.cards.values())

    def told(self, lang: str | None = None) -> str:
        """The month as a sentence."""
        lang = lang or current()
        news = "".join(" " + say(_B["news"], lang, kind=SHOCK_NAMES[kind][lang]) for kind in self.news)
        cards = sum(v >= GREEN for v in self.cards.values())
        return (
            say(
                _B["month"],
                lang,
                month=month_name(self.month + 1, lang),
                of=percent(self.booked / self.plan, lang),
                green=cards,
                cards=len(self.cards),
            )
            + news
        )


@dataclass(frozen=True)
class Game:
    """A year being played. A value: `step` gives the next one and leaves this as it was."""

    opening: Design = field(repr=False)
    design: Design = field(repr=False)
    mapping: Mapped = field(repr=False)
    firm: Firm = field(repr=False)
    chance: Draws = field(repr=False)
    seed: int
    every: int
    state: State = field(repr=False)
    boards: tuple[Board, ...] = ()
    decisions: tuple[tuple[int, Decision], ...] = ()
    case: Case | str | None = field(default=None, repr=False)

    @property
    def month(self) -> int:
        """How many months have been played, 0 to 12."""
        return len(self.boards)

    @property
    def over(self) -> bool:
        return self.month == MONTHS

    @property
    def review_due(self) -> bool:
        """Is this a moment at which something may be changed: a review has just been held, the year is not over?"""
        return 0 < self.month < MONTHS and self.month % self.every == 0

    def as_dict(self) -> dict[str, Any]:
        """The game so far as plain values: what `step` was given, and what each month showed."""
        return {
            "month": self.month,
            "seed": self.seed,
            "review_due": self.review_due,
            "boards": [{**b.__dict__, "cards": dict(b.cards), "green": b.green} for b in self.boards],
            "decisions": [
                {"month": m, **{k: dict(v) if isinstance(v, Mapping) else v for k, v in d.__dict__.items()}}
                for m, d in self.decisions
            ],
        }


def start(
    design: Any = None,
    seed: int = 1,
    case: Case | str | None = None,
    *,
    every: int | None = None,
    firm: Firm | None = None,
) -> Game:
    """The first of January of a year in which a shock will come. ``design``: the distributor's habit design where absent.

    ``every``: months between reviews; else the design's own rhythm, and a quarter at most, so that there is something to
    play. Raises `Trouble` for a design that cannot be read.

    >>> game = start(seed=3)
    >>> game = step(game)
    >>> game.month, game.review_due
    (1, False)
    """
    document = read(design if design is not None else open_case("distributor").design("habit"))
    firm, made = firm or Firm(), mapped(document, case)
    chance = _one(draws(firm, seed, 0))
    rhythm = every or min(made.setup.every, 3)
    return Game(document, document, made, firm, chance, seed, rhythm, begin(Plan(made.setup, firm), 1), case=case)


def _one(chance: Draws) -> Draws:
    """The first year of a chunk in which a shock comes between April and August."""
    first = np.where(((chance.shock >= 3) & (chance.shock <= 7)).any(axis=0))[0]
    n = int(first[0]) if len(first) else 0
    return Draws(*(part[..., n : n + 1] for part in chance))


def step(game: Game, decision: Decision | None = None) -> Game:
    """Apply a decision, if any, and play the next month.

    Raises `Trouble` for a game that is over, a decision where no review is due, and ids or values that are not there.
    """
    if game.over:
        raise Trouble(
            vi="Năm đã hết. Xem lại bằng debrief(game), hoặc chơi năm khác: start(seed=2).",
            en="The year is over. Look back with debrief(game), or play another: start(seed=2).",
        )
    game = replace(game, state=game.state.copy())
    if decision is not None and not decision.empty:
        if not game.review_due:
            due = game.every - game.month % game.every
            raise Trouble(
                vi=f"Chưa đến kỳ rà soát: còn {due} tháng nữa mới được điều chỉnh. Hãy đi tiếp: step(game).",
                en=f"No review is due: changes are possible in {due} months. Play on: step(game).",
            )
        game = _decide(game, decision)
    t = game.month
    own = game.mapping.setup
    plan = Plan(own.but(every=game.every, knows=max(own.knows, GUIDED)), game.firm)
    month(plan, game.state, game.chance, t, review=False)
    return replace(game, boards=(*game.boards, _board(game, plan, t)))


def _decide(game: Game, decision: Decision) -> Game:
    design, made, state = game.design, game.mapping, game.state
    _check(game, decision)
    if decision.weights:
        design = design.model_copy(
            update={
                "kpis": tuple(
                    k.model_copy(update={"weight": decision.weights[k.id]}) if k.id and k.id in decision.weights else k
                    for k in design.kpis
                )
            }
        )
        old, made = made, mapped(design, game.case)
        made = replace(made, setup=made.setup.but(budget=old.setup.budget))
    for id, value in decision.targets.items():
        state.raised[_row(game, id)] += _moved(_kpi(game, id), value)
    if decision.budget is not None:
        made = replace(made, setup=made.setup.but(budget=decision.budget))
    if decision.attention is not None:
        chosen = np.array([d in decision.attention for d in DEPARTMENTS], dtype=float)[:, None]
        skilled = Plan(made.setup, game.firm).skilled
        state.heed = game.firm.push * skilled * ATTENTION * chosen / max(chosen.sum(), 1.0)
    if decision.aim_anew:
        update(Plan(made.setup.but(knows=1.0, sees=1.0), game.firm), state, game.chance, game.month - 1)
    return replace(game, design=design, mapping=made, decisions=(*game.decisions, (game.month, decision)))


def _check(game: Game, decision: Decision) -> None:
    ids = {k.id: k for k in game.design.kpis if k.id}
    placed = {p.id for p in game.mapping.placed if p.how != "none"}
    for id in [*decision.targets, *decision.weights]:
        if id not in ids or id not in placed:
            there = ", ".join(i for i in ids if i in placed)
            raise Trouble(
                vi=f"Không có KPI “{id}” trong năm giả lập. Có: {there}.",
                en=f"There is no KPI “{id}” in the simulated year. There are: {there}.",
            )
    for id, weight in decision.weights.items():
        if not 0 <= weight <= 100:
            raise Trouble(
                vi=f"Trọng số của {id} là {weight}: cần từ 0 đến 100.",
                en=f"The weight of {id} is {weight}: expected 0 to 100.",
            )
    if decision.budget is not None and not 0.3 <= decision.budget <= 0.95:
        raise Trouble(
            vi=f"budget={decision.budget}: cần từ 0.3 đến 0.95, phần ngân sách cho mảng trọng tâm.",
            en=f"budget={decision.budget}: expected 0.3 to 0.95, the part of the budget on the focus.",
        )
    if strange := [d for d in decision.attention or () if d not in DEPARTMENTS]:
        raise Trouble(
            vi=f"Không có phòng “{strange[0]}”. Có: {', '.join(DEPARTMENTS)}.",
            en=f"There is no department “{strange[0]}”. There are: {', '.join(DEPARTMENTS)}.",
        )
    for id in decision.targets:
        k = ids[id]
        if k.scale.target is None or k.baseline is None or k.scale.target == k.baseline:
            raise Trouble(
                vi=f"KPI {id} chưa có mức đạt và mức năm trước khác nhau, nên không đổi được chỉ tiêu.",
                en=f"KPI {id} has no target apart from its baseline, so its target cannot be changed.",
            )


def _kpi(game: Game, id: str) -> Kpi:
    return next(k for k in game.design.kpis if k.id == id)


def _row(game: Game, id: str) -> int:
    return [p.id for p in game.mapping.placed if p.how != "none"].index(id)


def _moved(kpi: Kpi, value: float) -> float:
    """How far a new target lies from the document's, in x."""
    target, base = kpi.scale.target, kpi.baseline
    assert target is not None and base is not None
    return float((value - target) / (target - base))


def _board(game: Game, plan: Plan, t: int) -> Board:
    s, g, past = game.state, game.firm.growth, float(plan.past[t, 0])
    goal = 1 + g
    x = s.total[plan.setup.measure] + (1 - plan.past[t, plan.setup.measure])[:, None] * s.level[plan.setup.measure]
    ending = replace(s, total=s.total.copy())
    ending.total[plan.setup.measure] = x
    got = points(plan, ending)[:, 0]
    cards = {DEPARTMENTS[d]: float(row @ got) for d, row in enumerate(plan.setup.weight) if row.sum() > 0}
    news = tuple(kind for n, kind in enumerate(SHOCKS) if int(game.chance.shock[n, 0]) == t)
    return Board(
        t,
        (past + g * float(plan.phase[t] + s.moved[0])) / goal,
        (past + g * float(s.total[plan.setup.goal, 0])) / goal,
        cards,
        news,
    )


_D: Mapping[str, Words] = {
    "budget": {"vi": "{part} ngân sách cho mảng trọng tâm", "en": "{part} of the budget on the focus"},
    "attention": {"vi": "dồn sức cùng: {who}", "en": "attention to: {who}"},
    "target": {"vi": "chỉ tiêu {kpi} thành {value}", "en": "target of {kpi} to {value}"},
    "weight": {"vi": "trọng số {kpi} thành {value}", "en": "weight of {kpi} to {value}"},
    "aim": {"vi": "cập nhật KPI theo bối cảnh mới", "en": "KPIs updated to the new context"},
    "left": {"vi": "giữ nguyên", "en": "left as it was"},
}
_B: Mapping[str, Words] = {
    "month": {
        "vi": "Hết {month}: lũy kế từ đầu năm đạt {of} kế hoạch; {green} trên {cards} bảng KPI đang xanh.",
        "en": "End of {month}: {of} of plan so far; {green} of {cards} scorecards are green.",
    },
    "news": {"vi": "Tin mới: biến động về {kind}.", "en": "News: a shock ({kind})."},
}
