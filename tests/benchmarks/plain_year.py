"""The simulated year as a plain Python loop over one year: slow, short, and the same numbers as kpikit.years.model.

Written from kpikit/years/README.md, equation by equation, without NumPy. The benchmark measures against it; a test
holds the vectorised model to it.
"""

from math import exp, log, sqrt

KAM, GT, TM, OPS, FIN = range(5)
BUILD, SHOW, GAME = range(3)
REVENUE, FOCUS, SUPPORT, SHARE, PROFIT, CASH, DRIVERS, ACTIVITIES = range(8)
DRIVER, ACTIVITY, LOCAL, COMPLIANCE = 8, 13, 18, 23
OUTCOMES = (REVENUE, FOCUS, SUPPORT, PROFIT, CASH)
D, MONTHS = range(5), range(12)


def plain(setup, firm, chance):
    """One year. ``chance``: dict of lists by month: focus, support, moved (12), astray (12 of 5). Gives a dict."""
    f = {name: getattr(firm, name) for name in firm.__dataclass_fields__}
    f = {name: value.tolist() if hasattr(value, "tolist") else value for name, value in f.items()}
    kpis = range(len(setup.measure))
    measure, weight = setup.measure.tolist(), setup.weight.tolist()
    lines, points, ahead = setup.lines.tolist(), setup.points.tolist(), setup.ahead.tolist()
    known = f["blind"] + (1 - f["blind"]) * setup.knows
    aimed = known * (f["blind"] + (1 - f["blind"]) * setup.sees)
    skilled = (1 if setup.analyst else f["blunt"]) * (1 if setup.decides else f["blunt"])
    cosmetic = f["cosmetic"] * (1 - f["caught"] * setup.sees * (12 - setup.every) / 11)
    whole = 1 - exp(-f["bend"] * (f["needed"] - f["usual"][BUILD]))
    ramp = [1 - (1 - f["fade"]) ** t for t in MONTHS]
    phased = sum(s * r for s, r in zip(f["season"], ramp, strict=True))
    money = [0.5 * f["money"] * log(setup.budget / 0.75), 0.5 * f["money"] * log((1 - setup.budget) / 0.25)]

    effort = [list(f["usual"]) for _ in D]
    true, shown, astray, stock = [0.0] * 5, [0.0] * 5, [0.0] * 5, [0.0, 0.0]
    total, level = [0.0] * 28, [0.5] * 23 + [1.0] * 5
    sold, raised = [0.0, 0.0, 0.0], [0.0 for _ in kpis]
    heed, goal, waits, moved, phase, could, did = 0.0, 1.0, False, 0.0, 0.0, 12, 12
    past = [0.0, 0.0]  # of the year: by season, by months
    out = {"effort": []}

    def expected(i):
        return total[i] + (1 - past[i >= DRIVERS]) * level[i]

    for t in MONTHS:
        for d in D:  # shocks lead build astray
            astray[d] *= 1 - f["learning"]
            astray[d] += (1 - astray[d]) * chance["astray"][t][d]
        waits = waits or max(chance["astray"][t]) > 0

        width = f["doubt"] * sqrt((12 - t) / 12)  # (3)
        slope = [_slope(expected(measure[j]) + ahead[j] - raised[j], lines[j], points[j], width) for j in kpis]
        for d in D:  # (3b)
            pull = [
                sum(
                    weight[d][j] * slope[j] * _belief(f, cosmetic, whole, t, measure[j], d, k)
                    for j in kpis
                    if weight[d][j]
                )
                for k in range(3)
            ]
            pull = [v * (1 - setup.ratchet * f["foresight"]) + taste for v, taste in zip(pull, f["taste"], strict=True)]
            pull[BUILD] += f["care"] + known * heed
            pull[SHOW] += (1 - known) * heed
            e = [exp(v / f["heat"]) for v in pull]
            game = f["most"] * e[GAME] / (1 + e[GAME])
            rest = (1 - game) / (e[BUILD] + e[SHOW] + exp(f["comfort"] / f["heat"]))
            for k, want in enumerate((e[BUILD] * rest, e[SHOW] * rest, game)):
                effort[d][k] += f["pace"] * (want - effort[d][k])
        out["effort"].append([list(e) for e in effort])

        show = [effort[d][SHOW] - f["usual"][SHOW] for d in D]
        game = [effort[d][GAME] - f["usual"][GAME] for d in D]
        focus = (
            sum(f["on_focus"][d] * true[d] for d in D) + chance["focus"][t] + money[0] + f["visible"] * show[KAM]
        )  # (5)
        support = (
            sum(f["on_support"][d] * true[d] for d in D) + chance["support"][t] + money[1] + f["visible"] * show[GT]
        )
        for d in D:  # (4)
            build = effort[d][BUILD]
            true[d] += f["fade"] * (_bends(f, whole, build * (1 - astray[d]) - f["harm"][d] * game[d]) - true[d])
            shown[d] += f["fade"] * (_bends(f, whole, build + cosmetic * show[d]) - shown[d])

        season, part = f["season"][t], f["focus_part"]  # (6)
        put = [f["load"] * (game[KAM] + f["promo"] * game[TM]), f["load"] * game[GT]]
        net = [put[c] - f["back"] * stock[c] for c in (0, 1)]
        stock = [stock[c] + net[c] for c in (0, 1)]
        really = part * focus + (1 - part) * support
        cost = f["discount"] * (part * put[0] + (1 - part) * put[1]) / (12 * season)
        m = [0.0] * 28  # (7)
        m[FOCUS], m[SUPPORT] = focus + net[0] / (12 * season), support + net[1] / (12 * season)
        m[REVENUE] = part * m[FOCUS] + (1 - part) * m[SUPPORT]
        m[SHARE], m[PROFIT] = 1.4 * m[FOCUS] - 0.4 * m[SUPPORT], m[REVENUE] - cost
        m[CASH] = 0.4 * really + 0.6 * true[FIN]
        for d in D:
            m[DRIVER + d], m[ACTIVITY + d], m[LOCAL + d] = shown[d], show[d] / f["easy"], game[d] / f["local"]
            m[COMPLIANCE + d] = 1 + 0.3 * m[ACTIVITY + d]
        m[DRIVERS], m[ACTIVITIES] = sum(shown) / 5, sum(m[ACTIVITY:LOCAL]) / 5
        for i, value in enumerate(m):
            total[i] += (season if i < DRIVERS else 1 / 12) * value
            level[i] = (level[i] + value) / 2
        for i, value in enumerate((really, really - cost, m[CASH])):
            sold[i] += season * value
        past = [past[0] + season, past[1] + 1 / 12]

        moved += season * chance["moved"][t]  # (8)
        phase += season * ramp[t] / phased
        own = sold[(REVENUE, PROFIT, CASH).index(setup.goal)]

        def short(so_far, past=past, phase=phase, moved=moved):
            return past[0] + f["growth"] * so_far < 0.98 * (past[0] + f["growth"] * (phase + moved))

        if t >= 2:
            could = min(could, t) if short(total[setup.goal]) else 12
        if (t + 1) % setup.every == 0:  # (9)
            if setup.updates and waits:
                new = 1 + chance["moved"][t] * (1 - past[0])
                raised = [r + (new - goal) * (measure[j] in OUTCOMES) for j, r in enumerate(raised)]
                astray = [a * (1 - f["grip"] * skilled * aimed) for a in astray]
                goal, waits = new, False
            by_result = min(max(goal - expected(setup.goal), 0), 1)
            by_driver = min(max(1 - sum(shown) / 5, 0), 1)
            heed = f["push"] * skilled * (setup.sees * by_result + (1 - setup.sees) * setup.knows * by_driver)
            if setup.sees and t >= 2:
                did = min(did, t) if short(total[setup.goal]) else 12
        if setup.ratchet and (t + 1) % 3 == 0 and t < 11:
            raised = [
                r + setup.ratchet * max(0, expected(measure[j]) + ahead[j] - r - lines[j][1])
                for j, r in enumerate(raised)
            ]

    end = 1 + sum(s * g for s, g in zip(f["season"], chance["moved"], strict=True))
    out["points"] = [_points(total[measure[j]] + ahead[j] - raised[j], lines[j], points[j]) for j in kpis]  # (10)
    out["attainment"] = (1 + f["growth"] * own) / (1 + f["growth"] * end)  # (11)
    return {**out, "could": could, "did": did}


def _bends(f, whole, effort):
    return (1 - exp(-f["bend"] * (effort - f["usual"][BUILD]))) / whole


def _slope(x, line, points, width):
    z = [(x - at) / width for at in line]
    part = [v / (2 * sqrt(2 + v * v)) for v in z]
    cliff = points[0] if line[1] - line[0] > 1e-9 else points[1]
    rise = (points[1] - points[0]) / (line[1] - line[0]) if line[1] - line[0] > 1e-9 else 0.0
    more = (points[2] - points[1]) / (line[2] - line[1]) if line[2] - line[1] > 1e-9 else 0.0
    return cliff / width * (2 + z[0] ** 2) ** -1.5 + rise * (part[0] - part[1]) + more * (part[1] - part[2])


def _points(x, line, points):
    if x < line[0] - 1e-12:
        return 0.0
    if x < line[1]:
        return points[0] + (points[1] - points[0]) * (x - line[0]) / (line[1] - line[0])
    if line[2] - line[1] <= 1e-9:
        return points[1]
    return points[1] + (points[2] - points[1]) * min((x - line[1]) / (line[2] - line[1]), 1)


def _belief(f, cosmetic, whole, t, i, d, k):
    left, steep = 12 - t, f["bend"] / whole
    ripe, riper = 1 - (1 - f["fade"]) ** left, 1 - (1 - f["fade"]) ** (left - 1)
    if DRIVER <= i < ACTIVITY or i == DRIVERS:
        mine = 0.2 if i == DRIVERS else float(i - DRIVER == d)
        return mine * ripe * steep * {BUILD: 1, SHOW: cosmetic, GAME: 0}[k]
    if i >= ACTIVITY or i == ACTIVITIES:
        size = {ACTIVITY: 1 / f["easy"], LOCAL: 1 / f["local"], COMPLIANCE: 0.3 / f["easy"]}
        if i == ACTIVITIES:
            return 0.5 / f["easy"] if k == SHOW else 0.0
        sort = ACTIVITY + (i - ACTIVITY) // 5 * 5
        return size[sort] if i - sort == d and k == (GAME if sort == LOCAL else SHOW) else 0.0
    part, focus, support = f["focus_part"], f["on_focus"][d] * steep, f["on_support"][d] * steep
    both = part * focus + (1 - part) * support
    if k == BUILD:
        gain = {
            FOCUS: focus,
            SUPPORT: support,
            SHARE: 1.4 * focus - 0.4 * support,
            CASH: 0.4 * both + 0.6 * steep * (d == FIN),
        }.get(i, both)
        return f["sight"] * riper * gain
    if k == SHOW:
        return 0.0
    stays = (1 - f["back"]) ** (left - 1) + f["close"] * (left % 3 == 1)
    kept = 1 - f["discount"] if i == PROFIT else 1
    in_focus = {REVENUE: part, FOCUS: 1, SHARE: 1.4, PROFIT: part}.get(i, 0) * kept
    in_support = {REVENUE: 1 - part, SUPPORT: 1, SHARE: -0.4, PROFIT: 1 - part}.get(i, 0) * kept
    return f["load"] * stays * {KAM: in_focus, TM: in_focus * f["promo"], GT: in_support}.get(d, 0)
