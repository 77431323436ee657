"""The chains of `cascade`: who has which KPI, what it is said to feed, and what each mend makes of it, in both languages.

The KPIs and their figures are the habit and the sound design's of the distributor for 2027 (``cases/distributor/designs``);
places in braces are filled from its tables.
"""

from __future__ import annotations

from typing import NamedTuple

from ..language import Words


class Feeds(NamedTuple):
    """An answer to “how does it feed the level above?”: whether it holds (None: there is nothing to feed), and the answer."""

    holds: bool | None
    words: Words


WHO: dict[str, dict[str, Words]] = {
    "ha": {
        "pick": {"vi": "Chị Hà (KAM): lượt viếng thăm", "en": "Hà (KAM): visits"},
        "short": {"vi": "Chị Hà", "en": "Hà"},
        "whose": {"vi": "KPI của chị", "en": "her KPI"},
    },
    "team": {
        "pick": {"vi": "Đội gọi 1: số cuộc gọi", "en": "Call team 1: calls"},
        "short": {"vi": "Đội gọi 1", "en": "Call team 1"},
        "whose": {"vi": "KPI của đội", "en": "the team's KPI"},
    },
    "rules": {
        "pick": {"vi": "Phòng GT: chấm công, nội quy", "en": "GT department: attendance"},
        "short": {"vi": "Phòng GT", "en": "The GT department"},
        "whose": {"vi": "KPI của phòng", "en": "its KPI"},
    },
    "ops": {
        "pick": {"vi": "Phòng Vận hành: giao đúng hạn và đủ", "en": "Operations: on time, in full"},
        "short": {"vi": "Phòng Vận hành", "en": "Operations"},
        "whose": {"vi": "KPI của phòng", "en": "its KPI"},
    },
}

MENDS: dict[str, dict[str, Words]] = {
    "as_is": {"pick": {"vi": "Để nguyên", "en": "Leave it"}, "told": {"vi": "để nguyên", "en": "as it is"}},
    "link": {
        "pick": {"vi": "Viết câu nối", "en": "Write the link"},
        "told": {"vi": "viết thêm câu nối", "en": "with a link written down"},
    },
    "change": {"pick": {"vi": "Đổi KPI", "en": "Change the KPI"}, "told": {"vi": "đổi KPI", "en": "with another KPI"}},
    "copy": {
        "pick": {"vi": "Chép KPI cấp trên xuống", "en": "Copy the KPI above"},
        "told": {"vi": "chép KPI cấp trên xuống", "en": "with a copy of the KPI above"},
    },
    "drop": {
        "pick": {"vi": "Bỏ khỏi bảng", "en": "Drop it"},
        "told": {"vi": "bỏ khỏi bảng", "en": "with the KPI dropped"},
    },
}

# a level's name beside its box, and inside a sentence
LEVELS: dict[str, tuple[Words, Words]] = {
    "ha": ({"vi": "Chị Hà", "en": "Hà"}, {"vi": "chị Hà", "en": "Hà"}),
    "team": ({"vi": "Đội gọi 1", "en": "Call team 1"}, {"vi": "đội gọi 1", "en": "call team 1"}),
    "kam": ({"vi": "Phòng KAM", "en": "KAM department"}, {"vi": "phòng KAM", "en": "the KAM department"}),
    "gt": ({"vi": "Phòng GT", "en": "GT department"}, {"vi": "phòng GT", "en": "the GT department"}),
    "ops": ({"vi": "Phòng Vận hành", "en": "Operations"}, {"vi": "phòng Vận hành", "en": "Operations"}),
    "company": ({"vi": "Công ty", "en": "Company"}, {"vi": "công ty", "en": "the company"}),
    "goal": ({"vi": "Mục tiêu AOP", "en": "AOP goal"}, {"vi": "mục tiêu AOP", "en": "the AOP goal"}),
}

# a box: the level it stands at, and the KPI in it; in round brackets what is no KPI
BOXES: dict[str, tuple[str, Words]] = {
    "visits_ha": ("ha", {"vi": "Số lượt viếng thăm siêu thị", "en": "Supermarket visits"}),
    "visits_kam": ("kam", {"vi": "Số lượt viếng thăm siêu thị", "en": "Supermarket visits"}),
    "lam_son": ("ha", {"vi": "Doanh thu Lam Sơn có JBP: 28,9 → 104 tỷ", "en": "Lam Sơn under a JBP: 28.9 → 104bn"}),
    "mt_ha": ("ha", {"vi": "Doanh thu MT: 270 tỷ", "en": "MT revenue: 270bn"}),
    "no_ha": ("ha", {"vi": "(không còn dòng nào về Lam Sơn)", "en": "(no line about Lam Sơn is left)"}),
    "jbp": ("kam", {"vi": "Doanh thu các chuỗi có JBP: 144,6 → 248 tỷ", "en": "Revenue of JBP chains: 144.6 → 248bn"}),
    "mt": ("company", {"vi": "Doanh thu MT theo tháng: 200,2 → 270 tỷ", "en": "MT revenue by month: 200.2 → 270bn"}),
    "growth": ("company", {"vi": "Tăng trưởng doanh thu: 7,4% → 20%", "en": "Revenue growth: 7.4% → 20%"}),
    "g1": ("goal", {"vi": "Doanh thu 500 → 600 tỷ", "en": "Revenue 500 → 600bn"}),
    "calls": ("team", {"vi": "Số cuộc gọi chào hàng", "en": "Sales calls"}),
    "leads": ("team", {"vi": "Khách hàng tiềm năng chất lượng", "en": "Qualified leads"}),
    "gt_team": ("team", {"vi": "Doanh thu GT: 330 tỷ", "en": "GT revenue: 330bn"}),
    "no_team": ("team", {"vi": "(không còn dòng nào)", "en": "(no line is left)"}),
    "gt": ("gt", {"vi": "Doanh thu GT: 300 → 330 tỷ", "en": "GT revenue: 300 → 330bn"}),
    "rules": ("gt", {"vi": "Chấm công và nội quy", "en": "Attendance and house rules"}),
    "collect": ("gt", {"vi": "Tiền thu từ GT: 299,1 → 329 tỷ", "en": "Cash collected from GT: 299.1 → 329bn"}),
    "cash_gt": ("gt", {"vi": "Dòng tiền kinh doanh: 15,4 tỷ", "en": "Operating cash flow: 15.4bn"}),
    "no_rules": ("gt", {"vi": "(chấm công: về sổ nhân sự)", "en": "(attendance: back to HR's book)"}),
    "cash": ("company", {"vi": "Dòng tiền kinh doanh: 8,2 → 15,4 tỷ", "en": "Operating cash flow: 8.2 → 15.4bn"}),
    "g2": ("goal", {"vi": "Dòng tiền kinh doanh đều nhờ GT", "en": "Steady cash flow, thanks to GT"}),
    "otif": ("ops", {"vi": "Giao MT đúng hạn và đủ: 92,4% → 95%", "en": "MT deliveries on time, in full: 92.4% → 95%"}),
    "trips": ("ops", {"vi": "Số chuyến đã giao cho MT", "en": "Deliveries made to MT"}),
    "mt_ops": ("ops", {"vi": "Doanh thu MT: 270 tỷ", "en": "MT revenue: 270bn"}),
    "no_ops": ("ops", {"vi": "(không còn dòng nào)", "en": "(no line is left)"}),
}  # fmt: skip

FEEDS: dict[str, Feeds] = {
    "copied": Feeds(False, {
        "vi": "Chép nguyên văn KPI của phòng. Phần riêng của chị Hà là gì?",
        "en": "Copied word for word from the department. What is Hà's own part in it?"}),
    "unsaid_visits": Feeds(False, {
        "vi": "Chưa ai trả lời. Ở siêu thị Lam Sơn năm 2026, lượt viếng thăm {visits}, doanh thu {lam_son}.",
        "en": "Nobody has said. At Lam Sơn in 2026: visits {visits}, revenue {lam_son}."}),
    "adds_up": Feeds(True, {
        "vi": "Lượt đi của chị Hà cộng vào lượt đi của phòng.", "en": "Hà's visits add to the department's."}),
    "paper_visits": Feeds(False, {
        "vi": "Trên giấy: “đi nhiều thì bán nhiều”. Số liệu không theo: Lam Sơn năm 2026, lượt viếng thăm {visits}, "
        "doanh thu {lam_son}.",
        "en": "On paper: “more visits, more sales”. The data do not follow: Lam Sơn in 2026, visits {visits}, "
        "revenue {lam_son}."}),
    "lam_son": Feeds(True, {
        "vi": "Lam Sơn là chuỗi lớn nhất: 104 trong 248 tỷ của phòng (28,9 là quý I năm 2026, rồi JBP hết hạn).",
        "en": "Lam Sơn is the largest chain: 104bn of the department's 248bn (28.9bn was Q1 of 2026, then the JBP ran out)."}),
    "jbp": Feeds(True, {
        "vi": "Chuỗi có JBP thì giữ đủ SKU và chỗ trưng bày: 248 trong 270 tỷ của MT.",
        "en": "A chain with a JBP keeps our SKUs and our space: 248bn of MT's 270bn."}),
    "mt": Feeds(True, {
        "vi": "70 trong 100 tỷ tăng thêm của năm đến từ MT.", "en": "70bn of the year's extra 100bn come from MT."}),
    "not_hers": Feeds(False, {
        "vi": "Chị Hà giữ {chains} chuỗi: {hers} trong {mt_plan} tỷ. Phần kia nằm trong tay người khác, chị chỉ đứng xem.",
        "en": "Hà looks after {chains} chains: {hers}bn of {mt_plan}bn. The rest is in other hands; she can only watch."}),
    "no_ha": Feeds(False, {
        "vi": "Bảng của chị chỉ còn “số cuộc họp với chuỗi”. Không ai trả lời cho Lam Sơn.",
        "en": "Her sheet now says only “meetings with chains”. Nobody answers for Lam Sơn."}),
    "unsaid_calls": Feeds(False, {
        "vi": "Chưa ai viết cuộc gọi nuôi doanh thu GT bằng cách nào.",
        "en": "Nobody has written down how calls feed GT revenue."}),
    "calls": Feeds(True, {
        "vi": "Cuộc gọi → khách tiềm năng → đơn tháng sau → doanh thu. Năm 2026: {calls}, {leads}, {orders}, {called}.",
        "en": "Calls → leads → orders a month later → revenue. In 2026: {calls}, {leads}, {orders}, {called}."}),
    "leads": Feeds(True, {
        "vi": "Khách hẹn báo giá tháng này thành đơn tháng sau. Năm 2026: khách tiềm năng {leads}, đơn {orders}.",
        "en": "Who asks for a quote this month orders the next. In 2026: leads {leads}, orders {orders}."}),
    "not_theirs": Feeds(False, {
        "vi": "Năm 2026 Đội 1 bán {team} trong {gt} tỷ của GT. Đội gọi hay hay dở, con số này gần như không nhúc nhích.",
        "en": "In 2026 team 1 sold {team}bn of GT's {gt}bn. Whether it calls well or badly, this number hardly moves."}),
    "no_team": Feeds(False, {
        "vi": "Mất con số báo trước đơn hàng một tháng, trong khi bằng chứng đang có.",
        "en": "The number that tells orders a month ahead is gone, though its evidence is there."}),
    "gt": Feeds(True, {
        "vi": "GT góp 30 tỷ còn lại của mức tăng.", "en": "GT brings the other 30bn of the rise."}),
    "growth": Feeds(True, {
        "vi": "Là chính mức tăng 20% của AOP.", "en": "It is the AOP's 20% itself."}),
    "unsaid_rules": Feeds(False, {
        "vi": "Chưa ai nói chấm công nuôi dòng tiền bằng cách nào.",
        "en": "Nobody has said how attendance feeds the cash flow."}),
    "paper_rules": Feeds(False, {
        "vi": "Trên giấy: “đi làm đủ thì thu nợ đủ”. Không có số liệu nào nối hai đầu câu ấy.",
        "en": "On paper: “who is at work collects the money”. No data join the two ends."}),
    "collect": Feeds(True, {
        "vi": "Khách GT trả tiền sau chừng hai tuần: năm 2026 là {gt_receipts} trong {receipts} tỷ tiền thu cả công ty.",
        "en": "GT pays after about two weeks: in 2026, {gt_receipts}bn of the firm's {receipts}bn receipts."}),
    "not_its": Feeds(False, {
        "vi": "Phòng GT thu {gt_receipts} trong {receipts} tỷ. Nợ của siêu thị và tiền nhập hàng không ở trong tay phòng.",
        "en": "The GT department collects {gt_receipts}bn of {receipts}bn. Supermarket debts and purchases are not in its hands."}),
    "nothing": Feeds(None, {
        "vi": "Không có mũi tên nào để mất. Nội quy vẫn giữ, chỉ thôi tính là KPI.",
        "en": "There was no arrow to lose. The rules stand; they just stop being a KPI."}),
    "cash": Feeds(True, {
        "vi": "Là chính mục tiêu dòng tiền của AOP.", "en": "It is the AOP's cash goal itself."}),
    "otif": Feeds(True, {
        "vi": "Giao thiếu tháng này thì tháng sau kệ vơi. Kệ còn hàng {good} sau những tháng giao tốt, "
        "{poor} sau những tháng giao kém.",
        "en": "Short deliveries leave gaps on the shelf a month later. Stock found: {good} after good months, {poor} after "
        "poor ones."}),
    "again": Feeds(True, {
        "vi": "Câu nối đã có sẵn: giao thiếu thì kệ vơi. Viết lần nữa cũng không thêm gì.",
        "en": "The link is there already: short deliveries, gaps on the shelf. Writing it twice adds nothing."}),
    "trips": Feeds(False, {
        "vi": "Đếm chuyến là đếm việc. Năm 2026: số chuyến {trips}, doanh thu MT {mt}.",
        "en": "Counting trips counts work. In 2026: trips {trips}, MT revenue {mt}."}),
    "not_ops": Feeds(False, {
        "vi": "Kho không đổi được giá, SKU hay JBP. Phần của kho là hàng tới đủ và đúng giờ.",
        "en": "The warehouse cannot change prices, SKUs or JBPs. Its part is goods that arrive in full and on time."}),
    "no_ops": Feeds(False, {
        "vi": "Kệ sắp vơi mà không ai báo trước một tháng.",
        "en": "Nobody warns a month ahead that a shelf is about to run low."}),
}  # fmt: skip

_MT, _GROWTH = ["jbp", "mt", "g1"], ["gt", "growth", "g1"]
# (whose, mend): the boxes from the lowest up, and the answer at each of them but the last
CHAINS: dict[tuple[str, str], tuple[list[str], list[str]]] = {
    ("ha", "as_is"): (["visits_ha", "visits_kam", "mt", "g1"], ["copied", "unsaid_visits", "mt"]),
    ("ha", "link"): (["visits_ha", "visits_kam", "mt", "g1"], ["adds_up", "paper_visits", "mt"]),
    ("ha", "change"): (["lam_son", *_MT], ["lam_son", "jbp", "mt"]),
    ("ha", "copy"): (["mt_ha", *_MT], ["not_hers", "jbp", "mt"]),
    ("ha", "drop"): (["no_ha", *_MT], ["no_ha", "jbp", "mt"]),
    ("team", "as_is"): (["calls", *_GROWTH], ["unsaid_calls", "gt", "growth"]),
    ("team", "link"): (["calls", *_GROWTH], ["calls", "gt", "growth"]),
    ("team", "change"): (["leads", *_GROWTH], ["leads", "gt", "growth"]),
    ("team", "copy"): (["gt_team", *_GROWTH], ["not_theirs", "gt", "growth"]),
    ("team", "drop"): (["no_team", *_GROWTH], ["no_team", "gt", "growth"]),
    ("rules", "as_is"): (["rules", "cash", "g2"], ["unsaid_rules", "cash"]),
    ("rules", "link"): (["rules", "cash", "g2"], ["paper_rules", "cash"]),
    ("rules", "change"): (["collect", "cash", "g2"], ["collect", "cash"]),
    ("rules", "copy"): (["cash_gt", "cash", "g2"], ["not_its", "cash"]),
    ("rules", "drop"): (["no_rules", "cash", "g2"], ["nothing", "cash"]),
    ("ops", "as_is"): (["otif", "mt", "g1"], ["otif", "mt"]),
    ("ops", "link"): (["otif", "mt", "g1"], ["again", "mt"]),
    ("ops", "change"): (["trips", "mt", "g1"], ["trips", "mt"]),
    ("ops", "copy"): (["mt_ops", "mt", "g1"], ["not_ops", "mt"]),
    ("ops", "drop"): (["no_ops", "mt", "g1"], ["no_ops", "mt"]),
}

WORDS: dict[str, Words] = {
    "whole": {
        "vi": "{who}, {mend}: chuỗi liền từ {whose} tới mục tiêu của công ty.",
        "en": "{who}, {mend}: the chain holds from {whose} to the company's goal.",
    },
    "broken": {
        "vi": "{who}, {mend}: chuỗi đứt giữa {low} và {high}.",
        "en": "{who}, {mend}: the chain breaks between {low} and {high}.",
    },
    "nothing_lost": {
        "vi": "{who}, {mend}: chuỗi lên mục tiêu không mất mắt xích nào.",
        "en": "{who}, {mend}: the chain to the goal loses no link.",
    },
    "note": {
        "vi": "Mũi tên: kết quả ở dưới nuôi kết quả ở trên bằng cách nào? Trong ô: 2026 → chỉ tiêu 2027. Dấu + và −: 2026 so với 2025.",
        "en": "Arrows: how does the lower result feed the upper? Boxes: 2026 → target 2027. Signs + and −: 2026 against 2025.",
    },
    "level": {"vi": "Cấp", "en": "Level"},
    "kpi": {"vi": "KPI", "en": "KPI"},
    "feeds": {"vi": "Nuôi cấp trên bằng cách nào", "en": "How it feeds the level above"},
    "holds": {"vi": "Liền", "en": "Holds"},
    "yes": {"vi": "có", "en": "yes"},
    "no": {"vi": "không", "en": "no"},
    "alt": {
        "vi": "Các ô xếp từ KPI ở dưới lên mục tiêu AOP ở trên, nối bằng mũi tên hoặc dấu đứt. ",
        "en": "Boxes from the KPI at the bottom to the AOP goal on top, joined by arrows or breaks. ",
    },
}
