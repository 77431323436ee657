"""A learner's AOP on one page, judged by what its lines say: the parts that the keys of several exercises may share.

`Wanted` says what the question's file wants of a goal, `Guard` what a limit may guard. Each part gives a share, 0 to 1,
and reasons (their words stand in the key's YAML, under the same names):

- `results`: NAME_missing and part_for_whole (a goal left out, or only one channel's), goal_vague, scale_lost,
  signed_target, target_off, own_figure, base_missing, plan_for_actual, base_off, unit_missing, goal_is_work
- `roles`: no_focus, focus_off, all_primary, priority_missing, priority_off
- `limits`: limits_few, limit_vague, limit_loose, limit_is_work, limit_is_goal
- `trade_offs`: trade_off_missing, nothing_given_up
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import kpikit
from kpikit.checklist.reading import says
from kpikit.design import Aop, Goal, Limit
from kpikit.language import Amount, same

from .score import Reason

BILLION = 1_000_000_000
Part = tuple[float, list[Reason]]

SCALED = r"tỷ|tỉ|\bbn\b|billion"  # a unit that carries its scale
WORK = r"lượt|viếng thăm|chương trình|cuộc gọi|báo cáo|biên bản|\bvisits?\b|\bprogrammes?\b|\bcalls?\b|\breports?\b"
A_RATE = r"biên|margin|tỷ trọng|tỷ lệ|share|tồn quỹ|số dư|balance|âm|below zero"  # of revenue or cash, and no goal
A_LINE = (  # words that draw a line
    r"không|chớ|đừng|tối (đa|thiểu)|ít nhất|nhiều nhất|dưới|trên|vượt|quá|giữ|hơn|[<>≤≥]"
    r"|\b(no|not|never|at (least|most)|below|above|under|over|within|exceeds?|more|less|fewer|keep|max|min)\b"
)
GIVING_UP = (
    r"chấp nhận|đổi lại|bỏ(?! lỡ| ra| công| sót)|bớt|giảm|chậm|ngừng|dừng|cắt|hoãn|thôi|nhường|không (còn|chi|mở|chạy|rót|cho)|rút|hy sinh"
    r"|ít hơn|accept|give[sn]? up|giving up|instead|fewer|less|slow|stop|cut|drop|without|no longer|postpone|forgo|lose"
)


@dataclass(frozen=True)
class Wanted:
    """What the file wants of one goal, in billion VND. ``words`` find it by its name, ``parts`` tell a channel's from
    the whole; ``stale``: the level of a plan that no longer holds; ``plans``: planned figures of last year; ``own``:
    levels that follow from the learner's earlier answer."""

    name: str
    metric: str
    words: str
    bases: tuple[float, ...]
    targets: tuple[float, ...]
    stale: tuple[float, ...] = ()
    plans: tuple[float, ...] = ()
    own: tuple[float, ...] = ()
    parts: str | None = None


@dataclass(frozen=True)
class Guard:
    """What a limit may guard: ``words`` find it, ``most`` is the loosest bound that still is one, ``bare`` needs none."""

    topic: str
    words: str
    most: float | None = None
    bare: bool = False


# ---------------------------------------------------------------- goals


def results(aop: Aop, wanted: Iterable[Wanted]) -> Part:
    """Every wanted goal an equal part of 1, of which 0.5 for the level to reach, 0.3 for last year's, 0.2 for a unit.

    A level taken from a plan that no longer holds earns nothing, and a goal that only counts work takes a quarter away.
    """
    all_wanted, share, reasons = list(wanted), 0.0, list[Reason]()
    for want in all_wanted:
        goal = _found(aop.goals, want)
        if goal is None:
            part = any(re.search(want.words, _text(g)) for g in aop.goals)
            reasons.append(Reason("part_for_whole" if part else f"{want.name}_missing"))
            continue
        earned, told = _levels(goal, want)
        share, reasons = share + earned / len(all_wanted), reasons + told
    for goal in aop.goals:
        sure = kpikit.classify(goal.name or "")
        if sure.kind in ("activity", "compliance") and sure.confidence >= 0.9:
            share, reasons = max(0.0, share - 0.25), [*reasons, Reason("goal_is_work", row=goal.name)]
    return round(share, 4), reasons


def _text(goal: Goal) -> str:
    return same(f"{goal.name or ''} {goal.metric or ''}").replace("_", " ")


def _found(goals: Iterable[Goal], want: Wanted) -> Goal | None:
    """The goal of the whole firm that speaks of this; a channel's name beside the whole firm's figure does no harm."""
    spoken = [g for g in goals if g.metric == want.metric or re.search(want.words, _text(g))]
    levels = (*want.targets, *want.stale, *want.own)
    whole = [
        g
        for g in spoken
        if g.metric == want.metric
        or not (want.parts and re.search(want.parts, _text(g)))
        or _near(_billions(g, g.target), levels)
    ]
    return min(whole, key=lambda g: g.target is None, default=None)


def _levels(goal: Goal, want: Wanted) -> Part:
    """One goal's level to reach, last year's level and unit against the file."""
    row, share, reasons = goal.name or goal.metric, 0.0, list[Reason]()
    target, shown = _billions(goal, goal.target), _shown(goal, goal.target)
    if _near(target, want.stale) or (target is not None and _near(target * BILLION, want.stale)):
        return 0, [Reason("signed_target", row=row, target=shown)]  # a goal of another plan, whatever else is right
    if target is None:
        reasons.append(Reason("goal_vague", row=row))
    elif _near(target, want.targets):
        share += 0.5
    elif _near(target, want.own):
        share += 0.5
        reasons.append(Reason("own_figure", row=row, target=shown))
    elif _near(target * BILLION, (*want.targets, *want.own)):
        share += 0.25
        reasons.append(Reason("scale_lost", row=row, target=shown))
    else:
        reasons.append(Reason("target_off", row=row, target=shown))
    base, shown = _billions(goal, goal.baseline), _shown(goal, goal.baseline)
    if base is None:
        reasons.append(Reason("base_missing", row=row))
    elif _near(base, want.bases) or _near(base * BILLION, want.bases):  # a scale lost is told once, at the target
        share += 0.3
    else:
        planned = _near(base, want.plans) or _near(base * BILLION, want.plans)
        reasons.append(Reason("plan_for_actual" if planned else "base_off", row=row, base=shown))
    if says(goal.unit):
        share += 0.2
    else:
        reasons.append(Reason("unit_missing", row=row))
    return round(share, 4), reasons


def _billions(goal: Goal, value: float | None) -> float | None:
    """A goal's figure in billions: its unit may carry the scale (“tỷ đồng”, “bn VND”)."""
    if value is None:
        return None
    return value if re.search(SCALED, same(goal.unit)) and abs(value) < 1_000_000 else value / BILLION


def _shown(goal: Goal, value: float | None) -> Amount:
    return Amount(value, goal.unit if re.search(SCALED, same(goal.unit)) else "VND")


def _near(value: float | None, wanted: Iterable[float]) -> bool:
    return value is not None and any(abs(value - w) <= 0.005 * abs(w) for w in wanted)


def roles(aop: Aop, metric: str, words: str, priorities: tuple[str, ...]) -> Part:
    """The goal that should lead is primary and not all are (half); the priority says the same (half)."""
    share, reasons = 0.0, list[Reason]()
    leads = [g for g in aop.primary if g.metric == metric or re.search(words, _text(g))]
    if not aop.primary:
        reasons.append(Reason("no_focus"))
    elif not leads:
        reasons.append(Reason("focus_off"))
    elif len(leads) < len(aop.primary) or len(aop.primary) == len(aop.goals):
        reasons.append(Reason("all_primary"))
    else:
        share += 0.5
    if not says(aop.priority):
        reasons.append(Reason("priority_missing"))
    elif same(aop.priority).startswith(priorities):
        share += 0.5
    else:
        reasons.append(Reason("priority_off", given=aop.priority))
    return share, reasons


# ---------------------------------------------------------------- limits and trade-offs


def limits(given: Iterable[Limit], guards: Iterable[Guard], goals: str) -> Part:
    """Two lines that can be seen to be crossed, each guarding something else: half for each.

    ``goals``: words of the AOP's own goals; a limit that says one of them again is none.
    """
    guarded, reasons, known = set[str](), list[Reason](), tuple(guards)
    for limit in given:
        topic, fault = _line(limit, known, goals)
        if fault:
            reasons.append(Reason(fault, row=limit.text or limit.metric))
        else:
            guarded.add(topic)
    if len(guarded) < 2:
        reasons.append(Reason("limits_few", good=len(guarded)))
    return min(1.0, len(guarded) / 2), reasons


def _line(limit: Limit, guards: tuple[Guard, ...], goals: str) -> tuple[str, str | None]:
    """What a limit guards, and what is wrong with it, if anything."""
    text = same(f"{limit.text or ''} {limit.metric or ''}").replace("_", " ")
    bounds = [float(b) for b in (limit.min, limit.max) if b is not None]
    bounds += [float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", limit.text or "")]
    for guard in guards:
        if re.search(guard.words, text):
            loose = guard.most is not None and bounds and min(bounds) > guard.most
            vague = not bounds and not guard.bare
            return guard.topic, "limit_loose" if loose else "limit_vague" if vague else None
    if re.search(WORK, text):
        return text, "limit_is_work"
    if re.search(goals, text) and not re.search(A_RATE, text):
        return text, "limit_is_goal"
    drawn = limit.min is not None or limit.max is not None or (re.search(A_LINE, text) and len(text.split()) > 2)
    return text, None if bounds and drawn else "limit_vague"


def trade_offs(texts: Iterable[str]) -> Part:
    """One of them says what is given up, in more than a few words."""
    said = [t for t in texts if says(t)]
    if any(re.search(rf"\b({GIVING_UP})", same(t)) and len(t.split()) >= 4 for t in said):
        return 1, []
    return 0, [Reason("nothing_given_up", row=said[0]) if said else Reason("trade_off_missing")]
