"""A design to start from: every field a design has, empty, with a word on each in the reader's language."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .companies import case as open_case
from .documents import Unreadable, as_yaml, write_text
from .files import as_design, as_text
from .language import current

# field by field: indent and name, a starting value, what to write there
_LINES: list[tuple[str, str, str, str]] = [
    (
        "kpis:",
        "",
        "3 đến 12 KPI cấp công ty, tối đa 7 trên mỗi bảng khác",
        "3 to 12 KPIs on the company scorecard, 7 at most on any other",
    ),
    ("  - id:", "K1", "mã ngắn, mỗi KPI một mã", "a short id, one a KPI"),
    ("    name:", "", "tên chỉ số, như trên bảng KPI", "the metric's name, as on the scorecard"),
    (
        "    kind:",
        "",
        "outcome (kết quả cuối) | driver (yếu tố tác động chính) | activity (hoạt động) | compliance (tuân thủ)",
        "outcome | driver | activity | compliance",
    ),
    ("    goal:", "G1", "mã mục tiêu mà KPI này phục vụ", "the id of the goal it serves"),
    (
        "    level:",
        "company",
        "company (công ty) | department (phòng ban) | individual (cá nhân)",
        "company | department | individual",
    ),
    (
        "    scorecard:",
        "company",
        "bảng KPI của ai: company, tên phòng, tên người hoặc chức danh",
        "whose scorecard: company, a department's name, a person's or job's name",
    ),
    ("    parent:", "", "mã KPI cấp trên mà KPI này đóng góp vào", "the id of the KPI one level up that it feeds"),
    (
        "    contributes:",
        "",
        "kết quả này đóng góp vào mục tiêu chung như thế nào",
        "how this result feeds the common goal",
    ),
    ("    weight:", "", "trọng số, %; mỗi bảng cộng lại 100", "weight in percent; a scorecard adds up to 100"),
    ("    unit:", "", "đơn vị: VND, %, ngày, lần…", "unit: VND, %, days, times…"),
    ("    formula:", "", "con số được tính thế nào", "how the number is made"),
    ("    source:", "", "lấy số ở đâu", "where the data stand"),
    (
        "    direction:",
        "up",
        "up: càng cao càng tốt | down: càng thấp càng tốt",
        "up: more is better | down: less is better",
    ),
    ("    baseline:", "", "mức năm trước", "last year's level"),
    ("    scale:", "", "thang đo, theo đơn vị của KPI", "the scale, in the KPI's unit"),
    ("      floor:", "", "ngưỡng tối thiểu: dưới mức này là không chấp nhận được", "below it is not acceptable"),
    ("      target:", "", "mức đạt", "meets"),
    ("      stretch:", "", "mức vượt kỳ vọng", "exceeds"),
    ("    owner:", "", "người chịu trách nhiệm", "who answers for it"),
    (
        "    cadence:",
        "monthly",
        "daily | weekly | monthly | quarterly | half_yearly | yearly",
        "daily | weekly | monthly | quarterly | half_yearly | yearly",
    ),
    ("    decision:", "", "lệch thì quyết định điều gì", "what is decided when it is off"),
    (
        "    origin:",
        "aop",
        "vì sao có mặt: aop | job (mô tả công việc) | habit (thói quen)",
        "why it is on the list: aop | job | habit",
    ),
    (
        "links:",
        "",
        "nhân - quả, mỗi dòng: - {from: K2, to: K1, why: …}",
        "cause and effect, a line each: - {from: K2, to: K1, why: …}",
    ),
    ("review:", "", "nhịp rà soát", "the rhythm of review"),
    ("  cadence:", "monthly", "monthly hoặc quarterly", "monthly or quarterly"),
    ("  analyst:", "", "ai phân tích và đề xuất", "who analyses and proposes"),
    ("  decides:", "", "ai ra quyết định", "who decides"),
    (
        "  triggers:",
        "[]",
        "điều kiện cập nhật KPI, ví dụ [AOP điều chỉnh, thị trường giảm quá 10%]",
        "when KPIs are updated, e.g. [AOP revised, market down by over 10%]",
    ),
]
_AOP: list[tuple[str, str, str, str]] = [
    ("version:", "1", "", ""),
    ("company:", "", "tên công ty", "the firm's name"),
    ("year:", "", "năm kế hoạch", "the plan's year"),
    ("flat:", "false", "true nếu công ty nhỏ, không chia phòng ban", "true for a firm too small for departments"),
    ("aop:", "", "kế hoạch hoạt động hàng năm", "the Annual Operating Plan"),
    (
        "  priority:",
        "",
        "growth (tăng trưởng) | efficiency (hiệu quả) | cash (dòng tiền) | retention (giữ khách) | lời của anh chị",
        "growth | efficiency | cash | retention | your own words",
    ),
    ("  goals:", "", "", ""),
    ("    - id:", "G1", "", ""),
    ("      name:", "", "mục tiêu bằng con số", "the goal, in a number"),
    ("      role:", "primary", "primary (trọng tâm) | supporting (hỗ trợ)", "primary | supporting"),
    ("      metric:", "", "đo bằng chỉ số nào", "measured by which metric"),
    ("      unit:", "", "đơn vị", "unit"),
    ("      baseline:", "", "mức năm trước", "last year's level"),
    ("      target:", "", "mức cần đạt", "the level to reach"),
    ("  limits:", "[]", "giới hạn không được vượt", "lines not to be crossed"),
    ("  trade_offs:", "[]", "chấp nhận đánh đổi điều gì để được điều gì", "what is given up for what"),
    ("  budget:", "[]", "mỗi dòng: {item: …, amount: …, goal: G1}", "a line each: {item: …, amount: …, goal: G1}"),
    (
        "  actions:",
        "[]",
        "mỗi dòng: {what: …, goal: G1, owner: …, by: 2027-03-31}",
        "a line each: {what: …, goal: G1, owner: …, by: 2027-03-31}",
    ),
]


def new(path: str | os.PathLike[str], case: str | None = None, lang: str | None = None) -> Path:
    """Write a design to start from; with a case, on that case's AOP. Never overwrites: raises `Unreadable`."""
    path = Path(path)
    if path.exists():
        raise Unreadable(
            str(path),
            [
                {
                    "vi": "tệp này đã có. Hãy chọn tên khác, hoặc đổi tên tệp cũ.",
                    "en": "this file is there already. Choose another name, or rename the old one.",
                }
            ],
        )
    text = _commented(case, lang or current())
    if path.suffix.casefold() not in (".yaml", ".yml"):
        text = as_text(_document(text), path)
    write_text(path, text)
    return path


def _commented(case: str | None, lang: str) -> str:
    """The starting document as YAML with its comments."""
    if case is None:
        return _block(_AOP, lang) + _block(_LINES, lang)
    plan = as_design(open_case(case).plan).as_document()
    return as_yaml(plan) + _block(_LINES, lang)


def _document(text: str) -> Any:
    from .documents import read_yaml

    return as_design(read_yaml(text.encode())).as_document()


def _block(lines: list[tuple[str, str, str, str]], lang: str) -> str:
    out = []
    for name, value, vi, en in lines:
        note = vi if lang == "vi" else en
        line = f"{name} {value}".rstrip()
        out.append(f"{line:<24}  # {note}" if note else line)
    return "\n".join(out) + "\n"
