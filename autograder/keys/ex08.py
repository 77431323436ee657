"""The key of ex08, audit a KPI table: 24 ticks, places, a verdict, mends. Words, misconceptions and samples: ex08.yaml.

Reasons say what is right, what is not and which fact to look at again; the answer itself stands in `solution` only.
The table is a design too (tests/exercises/audit_design.yaml), and a test asks `kpikit.check` about it: the machine ticks 18,
a careful reader 11. The seven between them are words without meaning: WORDS below.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from autograder import scorecards
from autograder.readings import named
from autograder.score import Credit, Reason, key
from autograder.sorting import sorted_into
from kpikit.checklist.reading import says
from kpikit.companies import Case
from kpikit.design import Design, Kpi
from kpikit.language import Amount, same
from kpikit.questions import Question, questions_of

ALL, RISK_BELOW = 24, 70  # questions; percent (F9)
GRAVE = "257"  # groups (F9)
TWO_HALVES = ("ex08-q1", "ex08-q2")

# ---------------------------------------------------------------- q1 and q2: twenty-four ticks

READ = {  # each question, and what a careful reader finds there
    "met": "c11 c12 c22 c31 c32 c41 c42 c61 c63 c81 c82",
    "habit": "c23",
    "words": "c13 c21 c43 c71 c72 c73 c83",  # a box is filled and says nothing
    "figures": "c33 c51 c52 c53 c62",  # weights to add, levels to compare
}
FOUND = {id: note for note, ids in READ.items() for id in ids.split()}
FIRST, SECOND = ([id for id in FOUND if (id < "c5") is first] for first in (True, False))
TRUE = {id for id, note in FOUND.items() if note == "met"}


@key("ex08-q1")
def ticks_the_first_four_groups(answer: dict[str, str], case: Case | None) -> Credit:
    return _audited(answer, FIRST)


@key("ex08-q2")
def ticks_the_last_four_groups(answer: dict[str, str], case: Case | None) -> Credit:
    return _audited(answer, SECOND)


def _audited(answer: Mapping[str, str], asked: Collection[str]) -> Credit:
    """What fails and what is met earn half of the points each, a wrong one loses as much: all or nothing ticked earns 0."""
    right = {id: "pass" if id in TRUE else "fail" for id in asked}
    sizes = {option: list(right.values()).count(option) for option in ("pass", "fail")}
    share = sum((1 if given == right[id] else -1) / sizes[right[id]] / 2 for id, given in answer.items())
    told = sorted_into(answer, right, _idea_of_tick)
    return Credit(round(max(0.0, share), 4), told.reasons)


def _idea_of_tick(id: str, given: str) -> str:
    if given == "fail":
        return {"c63": "falling_scale", "c81": "quarter_too_seldom"}.get(id, "false_alarm")
    return {"habit": "habit_passed", "words": "words_for_meaning", "figures": "figures_unread"}[FOUND[id]]


# ---------------------------------------------------------------- q3: a finger on the line

LINES = "k5 k2 k3 k4 d6 d4 d8 p2 d1 p1 none none"  # of the remarks i01 to i12, in this order
PLACES = {f"i{n:02}": line for n, line in enumerate(LINES.split(), 1)}
COUNTS = ("d1", "d4", "d8", "p1")  # lines that count work under their own name


@key("ex08-q3")
def each_remark_has_its_line(answer: dict[str, str], case: Case | None) -> Credit:
    """A twelfth of the points for each remark with its line, or with none."""
    return sorted_into(answer, PLACES, _idea_of_place)


def _idea_of_place(remark: str, line: str) -> str:
    if remark == "i11":
        return "less_is_better_unread"
    if remark == "i12":
        return "quarter_as_year"
    if remark == "i01":
        return "label_trusted" if line == "none" else "name_for_measure" if line in COUNTS else "other_line"
    if remark in ("i09", "i10") and (line in COUNTS or line == "none"):
        return "counts_alike"
    return "text_trusted" if line == "none" and remark in ("i02", "i03", "i07", "i08") else "other_line"


# ---------------------------------------------------------------- q4 and q5: the result, by her own ticks


def _ticked(earlier: Mapping[str, Any]) -> set[str] | None:
    """The questions she ticked; None where one of the two halves has no answer. What is left open is not ticked."""
    given = [tick for half in TWO_HALVES for tick in (earlier.get(half) or {}).items()]
    return {id for id, option in given if option == "pass"} if set(TWO_HALVES) <= set(earlier) else None


@key("ex08-q4", after=TWO_HALVES)
def part_of_the_questions_met(answer: float, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Questions ticked over 24, in percent: hers, or a careful reader's; within 0.3 points."""
    hers = _ticked(earlier)
    name = named(answer, _parts_met(TRUE), within=0.3)
    if name != "right" and hers is not None:
        by_hers = named(answer, _parts_met(hers), within=0.3)
        name = "follows" if by_hers == "right" else name if by_hers == "elsewhere" else by_hers
    shares = {"right": 1.0, "follows": 1.0, "unit_slip": 0.5, "gaps_counted": 0.5, "half_the_list": 0.25}
    shares |= {"count_for_rate": 0.25, "groups_counted": 0.25}
    unit = None if name == "count_for_rate" else "%"
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2), unit))])


def _parts_met(ticked: Collection[str]) -> Iterator[tuple[float, str]]:
    count = len(ticked)
    yield 100 * count / ALL, "right"
    yield count / ALL, "unit_slip"
    yield 100 - 100 * count / ALL, "gaps_counted"
    for half in (FIRST, SECOND):
        yield 100 * len(set(half) & set(ticked)) / len(half), "half_the_list"
    yield count, "count_for_rate"
    whole = [g for g in "12345678" if all(id in ticked for id in FOUND if id[1] == g)]
    yield 100 * len(whole) / 8, "groups_counted"


@key("ex08-q5", after=TWO_HALVES)
def verdict_by_the_two_lines(answer: str, case: Case | None, earlier: Mapping[str, Any]) -> Credit:
    """Under 70% or not, caught in 2, 5 or 7 or not (F9): by a careful reader's ticks, or by hers."""
    if answer == _verdict(TRUE):
        return Credit(1, "right")
    if (hers := _ticked(earlier)) is not None and answer == _verdict(hers):
        return Credit(1, "follows")
    return Credit(0.5 if answer in ("risk", "paradox") else 0, answer)


def _verdict(ticked: Collection[str]) -> str:
    low = 100 * len(ticked) < RISK_BELOW * ALL
    caught = any(id not in ticked for id in FOUND if id[1] in GRAVE)
    return {(True, True): "both", (True, False): "risk", (False, True): "paradox", (False, False): "clear"}[low, caught]


# ---------------------------------------------------------------- q6: weight to move

COUNTER, RULES, MOST = {"d1": 33, "d2": 60, "d3": 55, "d4": 28}, "d3", 20


@key("ex08-q6")
def points_to_move_off_compliance(answer: float, case: Case | None) -> Credit:
    """D3's share of the sheet's own total, less the 20% that the house allows: within 0.1 points."""
    name = named(abs(answer), _points_to_move(), within=0.15, right=0.1)
    shares = {"right": 1.0, "unit_slip": 0.5, "share_for_excess": 0.5, "not_given_back": 0.5, "own_total": 0.25}
    return Credit(shares.get(name, 0), [Reason(name, given=Amount(round(answer, 2)))])


@cache
def _points_to_move() -> tuple[tuple[float, str], ...]:
    """Every number that a known way of reading the sheet leads to, and that way's name."""
    total, rules = sum(COUNTER.values()), COUNTER[RULES]
    part = 100 * rules / total
    return (
        (part - MOST, "right"),
        ((part - MOST) / 100, "unit_slip"),
        (part, "share_for_excess"),
        ((part - MOST) / (1 - MOST / 100), "not_given_back"),
        (rules - MOST * total / 100, "own_total"),
        (rules - MOST, "written_weight"),
        (rules, "written_weight"),
        (MOST, "limit_itself"),
        (total - 100, "sum_alone"),
        (total, "sum_alone"),
        ((total - 100) / len(COUNTER), "cut_evenly"),
        (rules - (total - 100) / len(COUNTER) - MOST, "cut_evenly"),
        (rules - (total - 100) / len(COUNTER), "cut_evenly"),
    )


# ---------------------------------------------------------------- q7: what comes first


@key("ex08-q7")
def the_aop_comes_first(answer: str, case: Case | None) -> Credit:
    """The root with its reason; the right place for the wrong reason earns part."""
    return Credit({"root": 1, "form": 0.4, "sums": 0.2}.get(answer, 0), answer)


# ---------------------------------------------------------------- q8: three lines

PARTS = {"end": 4, "margin": 3, "own": 4, "weights": 3, "scales": 2, "owners": 2, "decisions": 2}  # points, of 20
ENOUGH = 3
AIMS = {"renewal": 80, "lost": 20}  # G3's target, as renewed or as lost
MARGIN_BEFORE = 3.4
REST = {"end": 85, "margin": 60, "own": 50}  # what the other lines of each sheet weigh
FAR = ("profit", "loans", "margin", "late")  # not a teller's to move
COPIES = {"current": 56e9, "calls": 2400, "cards": 1800, "rules": 95}  # the department's own targets
ROLES = {
    "outcome": "renewal lost profit",
    "driver": "margin calls current loans late",  # calls count work, and 24 months show their link (A5)
    "activity": "gifts cards deals",
    "compliance": "rules",
}
KINDS = {id: role for role, ids in ROLES.items() for id in ids.split()}
LABELS = {
    "renewal": ("Tỷ lệ sổ tiết kiệm đáo hạn được gửi tiếp", "Share of maturing savings renewed"),
    "lost": ("Tỷ lệ sổ tiết kiệm rút khi đáo hạn", "Share of maturing savings withdrawn"),
    "margin": ("Biên lãi cho vay", "Lending margin"),
    "calls": (
        "Số khách được gọi bảy ngày trước khi sổ đáo hạn",
        "Customers called seven days before their savings mature",
    ),
    "current": ("Số dư tiền gửi thanh toán của hộ kinh doanh", "Current-account balance of small traders"),
    "profit": ("Lợi nhuận trước thuế", "Profit before tax"),
    "loans": ("Dư nợ cho vay hộ kinh doanh", "Loans to small traders"),
    "late": ("Tỷ lệ nợ chậm trả trên mười ngày", "Loans over ten days late"),
    "gifts": ("Chỉ số thân thiết", "Closeness index"),
    "cards": ("Số thẻ phát hành mới", "New cards issued"),
    "deals": ("Số giao dịch xử lý", "Transactions handled"),
    "rules": ("Điểm chấp hành quy chế quầy", "Counter rules score"),
}
NAMES = {id: {"vi": vi, "en": en} for id, (vi, en) in LABELS.items()}
SPELT = {  # other ways of writing these names, the narrower ones first
    "gifts": r"quà|thân thiết|gift|closeness",
    "calls": r"(gọi|call|liên hệ|nhắc).*(đáo hạn|matur|bảy ngày|7 ngày|seven days|7 days)",
    "lost": r"(sổ|tiết kiệm|đáo hạn).*(rút|mất|rời)|(rút|mất|rời).*(sổ|tiết kiệm|đáo hạn)|sav.*(withdrawn|lost|leav)",
    "renewal": r"gửi (tiếp|lại)|ở lại|tái (gửi|tục|ký)|gia hạn|giữ (được )?(sổ|khách)|renew|re-?deposit|roll(ed)? over"
    r"|savings?.*(stay|kept|retain)|retention",
    "margin": r"biên lãi|lãi biên|margin|\bnim\b",
    "deals": r"giao dịch xử lý|số (lượt )?giao dịch|transactions|số mã qr|qr codes",  # counted at the window, unproven
    "cards": r"số thẻ|thẻ (phát hành|mới)|cards? issued|new cards",
    "rules": r"quy chế|rules score",
    "late": r"chậm trả|nợ quá hạn|nợ xấu|\blate\b|overdue|bad debt",
    "loans": r"dư nợ|giải ngân|loans|lending",
    "profit": r"lợi nhuận|profit",
    "current": r"tiền gửi thanh toán|current.account|casa",
}
HERS = re.compile(r"trúc|mình|của em|cửa số|\bher\b|\bown\b|\bwindow\b")
NOBODY = re.compile(r"(toàn|cả|tất cả|các|mọi|phòng|ban|tổ tín|chi nhánh|the (branch|team|counter)|all|every|whole)\b")
SHARED = re.compile(r"\b(và|cùng|and)\b|&|[,/+]\s*(anh|chị|cô)\b")  # two people: one may be followed by a title


@key("ex08-q8")
def mends_three_lines(answer: Design, case: Case | None) -> Credit:
    """Seven parts, each a share of its points; what a row really is decides, not what it is called."""
    sheet = scorecards.laid_on(answer, _question("ex08-q8").given, _branch())
    if not sheet.kpis:
        return Credit(0, "no_rows")
    places = _places(sheet)
    found = {
        "end": _end(places.get("end")),
        "margin": _margin(places.get("margin")),
        "own": _own(sheet, places.get("own")),
        "weights": _weights(places),
        "scales": scorecards.scales(sheet, ENOUGH),
        "owners": _owners(sheet),
        "decisions": scorecards.decisions(sheet, ENOUGH),
    }
    return scorecards.whole(sheet, found, PARTS, ENOUGH)


@cache
def _branch() -> scorecards.Firm:
    """Vàm Nhỏ, whose numbers are what the exercise's table says of them."""
    return scorecards.Firm(KINDS, NAMES, SPELT, proven={"calls"}, down={"lost", "late"})


@cache
def _question(id: str) -> Question:
    return questions_of("ex08", Path(__file__).parent).find(id)


def _places(sheet: scorecards.Sheet) -> dict[str, Kpi]:
    """Which row is meant for which sheet: the margin by its name, G3's by what it is, Trúc's is what remains."""
    rows, found = list(sheet.kpis), {}
    for place, fits in (
        ("margin", lambda k: k.metric == "margin"),
        ("end", lambda k: k.metric in AIMS and not HERS.search(same(k.name))),
        ("end", lambda k: k.metric == "gifts"),
        ("own", lambda k: bool(HERS.search(same(k.name)))),
        ("own", lambda k: k.metric in COPIES),
        ("own", lambda k: k.goal in ("G2", "G3")),
        ("end", lambda k: True),
    ):
        if place not in found and (row := next(filter(fits, rows), None)):
            found[place] = row
            rows.remove(row)
    return found


def _end(row: Kpi | None) -> scorecards.Part:
    """The Branch has G3's own outcome, with the AOP's target."""
    if row is None or row.metric not in AIMS:
        return 0, [Reason("gifts_again", row=row.name) if row and row.metric == "gifts" else Reason("end_missing")]
    if row.goal != "G3":
        return 0.25, [Reason("end_other_goal", row=row.name)]
    aim, target = AIMS[row.metric], _percent(row.scale.target)
    if target is None or abs(target - aim) > 0.01 * aim:
        return 0.5, [Reason("target_off", target=Amount(row.scale.target))]
    return 1, []


def _margin(row: Kpi | None) -> scorecards.Part:
    target = _percent(row.scale.target) if row else None
    if row is None or target is None:
        return 0, [Reason("margin_missing")]
    if target <= MARGIN_BEFORE:
        return 0.25, [Reason("still_worse", target=Amount(target, "%"))]
    return 1, []


def _percent(value: float | None) -> float | None:
    """Excel keeps 80% as 0.8 and 3.5% as 0.035."""
    return value if value is None or value > 1 else 100 * value


def _own(sheet: scorecards.Sheet, row: Kpi | None) -> scorecards.Part:
    """What Trúc's heaviest line really is: hers to move, no mere count, no copy, and for G2 or G3."""
    if row is None:
        return 0, [Reason("own_missing")]
    names, target = map(same, NAMES.get(row.metric or "", {}).values()), row.scale.target
    if row.metric in FAR:
        return 0, [Reason("out_of_reach", row=row.name)]
    if sheet.kind(row) not in ("outcome", "driver"):
        return 0, [Reason("busy_row", row=row.name)]
    if same(row.name) in names and (target is None or target == COPIES.get(row.metric or "")):
        return 0.25, [Reason("copied_down", row=row.name)]
    return (1, []) if row.goal in ("G2", "G3") else (0.5, [Reason("own_goal", row=row.name)])


def _weights(places: Mapping[str, Kpi]) -> scorecards.Part:
    """Each weight is what its sheet still lacks; a third of the points each."""
    good, reasons = 0, []
    for place, row in places.items():
        total = None if row.weight is None else REST[place] + (_percent(row.weight) or 0)
        if total is None:
            reasons.append(Reason("weight_missing", row=row.name))
        elif abs(total - 100) > 0.5:
            reasons.append(Reason("weight_off", row=row.name, total=Amount(round(total, 2))))
        else:
            good += 1
    return good / len(REST), reasons


def _owners(sheet: scorecards.Sheet) -> scorecards.Part:
    """Each row has one person whom one could call."""
    blank = [Reason("owner_missing", row=k.name) for k in sheet.kpis if not says(k.owner)]
    crowd = [k for k in sheet.kpis if says(k.owner) and (NOBODY.match(w := same(k.owner)) or SHARED.search(w))]
    reasons = [*blank, *(Reason("owner_everybody", row=k.name, owner=k.owner) for k in crowd)]
    return (len(sheet.kpis) - len(reasons)) / max(len(sheet.kpis), ENOUGH), reasons
