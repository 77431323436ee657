"""A played year looked back on: what was changed, what it brought, how others would have fared, what could be seen.

Every way of living the year meets the same luck, noise and shocks (G4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..companies import case as open_case
from ..language import Trouble, Words, current, say, show
from .chance import NEVER
from .firm import MONTHS, SHOCKS
from .game import Decision, Game, step
from .mapping import Mapped, mapped
from .model import Plan, State, attainment, begin, month, points
from .result import SHOCK_NAMES, month_name, percent
from .run import GREEN, MET


@dataclass(frozen=True)
class Ending:
    """How one way of living the same year ended: attainment (1 is the goal), mean and poorest points, hundredths."""

    attainment: float
    score: float
    least: float
    could: int
    did: int

    @property
    def met(self) -> bool:
        return self.attainment >= MET

    @property
    def green(self) -> bool:
        return self.least >= GREEN


@dataclass(frozen=True)
class Debrief:
    """The same year, looked back on: yours, untouched, under the distributor's two designs; what each change brought."""

    game: Game
    endings: Mapping[str, Ending]
    brought: tuple[tuple[int, Decision, float], ...]

    @cached_property
    def seen(self) -> int:
        """The month, 1 to 12, since when the miss could be seen in your year; 13 where there was none."""
        return self.endings["yours"].could + 1

    def sentences(self, lang: str | None = None) -> list[str]:
        """What you changed, what it brought, what the others got, what could have been seen and when."""
        lang = lang or current()
        yours = self.endings["yours"]
        told = [
            say(
                _E["yours"],
                lang,
                att=percent(yours.attainment, lang, 1),
                score=show(round(100 * yours.score), lang=lang),
                verdict=_E[("green" if yours.green else "red") + ("_met" if yours.met else "_missed")][lang],
            )
        ]
        told += [
            _E["brought"][lang].format(
                month=month_name(m, lang), what=d.told(lang, self.game.design), gain=_points(gain, lang)
            )
            for m, d, gain in self.brought
        ]
        if not self.brought:
            told.append(_E["nothing"][lang])
        told += [
            say(
                _E["other"],
                lang,
                which=_E[name][lang],
                att=percent(e.attainment, lang, 1),
                score=show(round(100 * e.score), lang=lang),
            )
            for name, e in self.endings.items()
            if name != "yours"
        ]
        if yours.could < NEVER:
            told.append(say(_E["seen"], lang, month=month_name(yours.could + 1, lang)))
        shocks = [(int(m), SHOCKS[n]) for n, m in enumerate(self.game.chance.shock[:, 0]) if m < NEVER]
        told += [
            say(_E["shock"], lang, month=month_name(m + 1, lang), kind=SHOCK_NAMES[kind][lang])
            for m, kind in sorted(shocks)
        ]
        return told

    def as_dict(self) -> dict[str, Any]:
        return {
            "endings": {n: {**e.__dict__, "met": e.met, "green": e.green} for n, e in self.endings.items()},
            "brought": [
                {"month": m, "told": {lang: d.told(lang) for lang in ("vi", "en")}, "gain": round(g, 4)}
                for m, d, g in self.brought
            ],
            "could_be_seen": self.seen,
            "game": self.game.as_dict(),
        }

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def _repr_html_(self) -> str:
        from html import escape

        return "<ul>" + "".join(f"<li>{escape(s)}</li>" for s in self.sentences()) + "</ul>"


def debrief(game: Game) -> Debrief:
    """Look back on a finished year, with the same luck, noise and shocks for every way of living it.

    Raises `Trouble` where the year is not over.
    """
    if not game.over:
        raise Trouble(
            vi=f"Mới hết {game.month} tháng. Hãy chơi cho hết năm: step(game).",
            en=f"Only {game.month} months are over. Play the year to its end: step(game).",
        )
    distributor = open_case("distributor")
    endings = {"yours": _ending(game.mapping, game, game.state), "untouched": _untouched(game, None)}
    for name in ("sound", "habit"):
        endings[name] = _untouched(game, mapped(distributor.design(name), distributor))
    mine = endings["yours"].attainment
    brought = tuple((m, d, mine - _again(game, skip=n)) for n, (m, d) in enumerate(game.decisions))
    return Debrief(game, endings, brought)


def _ending(made: Mapped, game: Game, state: State) -> Ending:
    plan = Plan(made.setup, game.firm)
    cards = plan.people @ points(plan, state)[:, 0]
    empty = not len(cards)
    return Ending(
        float(attainment(plan, state, game.chance)[0]),
        0.0 if empty else float(cards.mean()),
        0.0 if empty else float(cards.min()),
        int(state.could[0]),
        int(state.did[0]),
    )


def _untouched(game: Game, made: Mapped | None) -> Ending:
    """The same year as a design lives it by itself, at its own rhythm."""
    made = made or mapped(game.opening, game.case)
    plan = Plan(made.setup, game.firm)
    state = begin(plan, 1)
    for t in range(MONTHS):
        month(plan, state, game.chance, t)
    return _ending(made, game, state)


def _again(game: Game, skip: int) -> float:
    """Attainment of the same game without one of its decisions."""
    made = mapped(game.opening, game.case)
    other: Game = replace(
        game, design=game.opening, mapping=made, state=begin(Plan(made.setup, game.firm), 1), boards=(), decisions=()
    )
    kept = {m: d for n, (m, d) in enumerate(game.decisions) if n != skip}
    while not other.over:
        other = step(other, kept.get(other.month))
    return float(attainment(Plan(other.mapping.setup, other.firm), other.state, other.chance)[0])


def _points(gain: float, lang: str) -> str:
    sign = "+" if gain >= 0.0005 else "−" if gain <= -0.0005 else "±"
    return sign + show(round(abs(100 * gain), 1), lang=lang) + {"vi": " điểm %", "en": " points of the goal"}[lang]


_E: Mapping[str, Words] = {
    "yours": {
        "vi": "Năm của anh chị: hoàn thành {att} mục tiêu, điểm KPI trung bình {score}. {verdict}",
        "en": "Your year: {att} of the goal, mean KPI score {score}. {verdict}",
    },
    "green_met": {"vi": "KPI xanh và mục tiêu đạt.", "en": "KPIs green and the goal met."},
    "green_missed": {
        "vi": "KPI xanh mà mục tiêu không đạt: đúng là nghịch lý.",
        "en": "KPIs green and the goal missed: the paradox.",
    },
    "red_met": {
        "vi": "Có bảng KPI chưa xanh, mục tiêu vẫn đạt.",
        "en": "Not every scorecard is green, the goal is met.",
    },
    "red_missed": {
        "vi": "Mục tiêu không đạt, và bảng KPI cũng báo như vậy.",
        "en": "The goal is missed, and the scorecards say so.",
    },
    "brought": {
        "vi": "Sau {month}: {what}. Phần nó đem lại: {gain}.",
        "en": "After {month}: {what}. What it brought: {gain}.",
    },
    "nothing": {"vi": "Anh chị không thay đổi gì trong năm.", "en": "You changed nothing during the year."},
    "other": {
        "vi": "Cũng năm ấy, {which}: hoàn thành {att}, điểm KPI {score}.",
        "en": "The same year, {which}: {att} of the goal, KPI score {score}.",
    },
    "untouched": {"vi": "thiết kế này tự chạy theo nhịp của nó", "en": "this design left to its own rhythm"},
    "sound": {"vi": "với thiết kế vững của nhà phân phối", "en": "under the distributor's sound design"},
    "habit": {"vi": "với thiết kế theo thói quen", "en": "under the habit design"},
    "seen": {
        "vi": "Đặt thực hiện cạnh kế hoạch thì từ hết {month} đã thấy là hụt.",
        "en": "Laid beside the plan, the miss could be seen from the end of {month}.",
    },
    "shock": {"vi": "Trong {month} có biến động về {kind}.", "en": "In {month} a shock came ({kind})."},
}
