"""A learner's rhythm for the year, judged by what its lines say: cadence, analyst, decider and triggers (E8).

Each part gives a share, 0 to 1, and reasons (their words stand in the key's YAML, under the same names):

- `cadence`: cadence_good, cadence_slow, cadence_fast, cadence_late, cadence_missing
- `analyst`: analyst_good, analyst_crowd, analyst_missing
- `decides`: decides_good, decides_crowd, decides_same, decides_low, decides_missing
- `triggers`: triggers_good, triggers_missing, triggers_few, trigger_vague, trigger_behind, trigger_own, trigger_no_figure

The names of people and customers are the factory's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpikit.checklist.reading import says
from kpikit.language import same

from .score import Reason

Part = tuple[float, list[Reason]]

TRIGGERS = 2  # asked for
CADENCE = {"monthly": (1.0, "cadence_good"), "quarterly": (0.5, "cadence_slow"), "weekly": (0.5, "cadence_fast")}
CROWD = (  # nobody in particular
    r"các phòng|các (trưởng|bộ phận|bên)|mọi người|tất cả|cả phòng|ban giám đốc|tập thể|liên quan|departments|everyone"
    r"|everybody|all (heads|managers|staff)|the team|management\b|heads of|concerned"
)
POWER = r"giám đốc|tổng|hội đồng|chủ tịch|thịnh|director|board|\bceo\b|chief executive|general manager|plant manager"
NO_POWER = r"giám đốc kinh doanh|giám đốc bán hàng|sales director|phó|deputy"
BEHIND = (
    r"\bđỏ\b|không đạt|chưa đạt|không (tới|kịp|nổi)|khó đạt|\bhụt\b|chậm (tiến độ|kế hoạch)|(dưới|thấp hơn) (chỉ tiêu|kế hoạch|mức đạt)"
    r"|\bred\b|\bmiss(ed|es)?\b|\bbehind\b|short of|(below|under) (the )?(plan|target)|can ?not (reach|meet)|too hard|quá sức"
)
OWN = r"giá thành|\boee\b|\botd\b|đúng hạn|phế phẩm|lợi nhuận|tiền phạt|unit cost|\bscrap\b|\bprofit\b|on.time|penalt|\bkpi"
EVENTS = (  # what happens to a plant, seen by anybody
    r"\baop\b|khách|gió nam|hoa lúa|nhựa|nhà cung cấp|thị trường|luật|nghị định|quy định|thuế|(?<!yêu )\bcầu\b|đường|xe tải|bão|ngập|lãi suất"
    r"|tỷ giá|lương|hội đồng|điện|đối thủ|đơn hàng|hợp đồng|hàng chờ|cháy|customer|client|resin|supplier|market|\blaw|decree|rule"
    r"|\btax|bridge|road|route|truck|storm|flood|interest|exchange rate|wage|board|electric|power|competitor|rival|\borders?\b"
    r"|contract|queue|waiting|\bfire\b|demand|hỏng|sự cố|tai nạn|dịch bệnh|dầu|chính sách|ngân sách|ưu tiên|chiến lược"
    r"|break(s|down)|accident|epidemic|\boil\b|policy|budget|priority|strategy|supplies"
)
VAGUE = (  # a change that nobody could date
    r"khi cần|cần thiết|(bối cảnh|tình hình|thị trường|môi trường|khách hàng) (có )?(thay đổi|biến động|đổi|xấu)|có biến động"
    r"|when(ever)? (needed|necessary)|if necessary|as needed"
    r"|(context|situation|market|circumstances|environment|customers?) (changes?|shifts?|worsens?)|things change"
)


def cadence(often: str | None) -> Part:
    """Monthly fits figures that close once a month and a queue that turns into late orders within one."""
    if not often:
        return 0, [Reason("cadence_missing")]
    share, name = CADENCE.get(often, (0.5, "cadence_fast") if often == "daily" else (0.0, "cadence_late"))
    return share, [Reason(name)]


def analyst(who: str | None) -> Part:
    """One person who has the figures ready (check 8.2)."""
    if not says(who):
        return 0, [Reason("analyst_missing")]
    if re.search(CROWD, same(who)):
        return 0, [Reason("analyst_crowd", who=who)]
    return 1, [Reason("analyst_good")]


def decides(who: str | None, analyst: str | None) -> Part:
    """Someone with power over people and money of several departments, other than the analyst."""
    if not says(who):
        return 0, [Reason("decides_missing")]
    written = same(who)
    if re.search(CROWD, written):
        return 0.5 if re.search(POWER, written) else 0, [Reason("decides_crowd", who=who)]
    if written == same(analyst):
        return 0.5, [Reason("decides_same", who=who)]
    if re.search(NO_POWER, written) or not re.search(POWER, written):
        return 0.5, [Reason("decides_low", who=who)]
    return 1, [Reason("decides_good")]


def triggers(given: Iterable[str]) -> Part:
    """Two events earn everything; a pretext among them takes a quarter away."""
    read = {same(t): (t, kind_of_trigger(t)) for t in given if says(t)}
    if not read:
        return 0, [Reason("triggers_missing")]
    good = [t for t, kind in read.values() if kind == "event"]
    bad = [Reason(kind, trigger=t) for t, kind in read.values() if kind != "event"]
    pretexts = sum(kind in ("trigger_behind", "trigger_own") for _, kind in read.values())
    share = min(1.0, len(good) / TRIGGERS) - 0.25 * pretexts
    if good and not any(re.search(r"\d", t) for t in good):
        share, bad = share - 0.25, [*bad, Reason("trigger_no_figure")]
    if len(read) < TRIGGERS:
        bad.append(Reason("triggers_few"))
    return max(0.0, share), bad or [Reason("triggers_good")]


def kind_of_trigger(trigger: str) -> str:
    """What a trigger really is: an event, something vague, or a pretext.

    >>> [kind_of_trigger(t) for t in ("Giá hạt nhựa tăng quá 8%", "Khi cần thiết", "KPI đỏ hai tháng", "OTD dưới 92%")]
    ['event', 'trigger_vague', 'trigger_behind', 'trigger_own']
    """
    written = same(trigger)
    event = re.search(EVENTS, re.sub(OWN, " ", written))
    if re.search(BEHIND, written) and not event:
        return "trigger_behind"
    if re.search(VAGUE, written) and not re.search(r"\d", written):
        return "trigger_vague"
    if event:
        return "event"
    if re.search(OWN, written):
        return "trigger_own"
    return "event" if re.search(r"\d", written) else "trigger_vague"
