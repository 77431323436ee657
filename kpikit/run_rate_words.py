"""What `run_rate` says of a goal's pace, in both languages."""

from __future__ import annotations

from .language import Words

VERDICTS: dict[str, Words] = {
    "within_reach": {"vi": "trong tầm với", "en": "within reach"},
    "at_risk": {"vi": "có nguy cơ hụt", "en": "at risk"},
    "off_course": {"vi": "lệch hướng", "en": "off course"},
    "reached": {"vi": "đạt mục tiêu", "en": "reached"},
    "missed": {"vi": "hụt mục tiêu", "en": "missed"},
}
WORDS: dict[str, Words] = {
    "head": {"vi": "{metric}, năm {year}, đến hết tháng {month}", "en": "{metric}, {year}, to the end of {name}"},
    "open": {
        "vi": "{verdict}: với tốc độ ba tháng gần nhất, cả năm dự báo {forecast} ({low} đến {high}); mục tiêu là {goal}.",
        "en": "{verdict}: at the pace of the last three months the year ends at {forecast} ({low} to {high}); the goal is {goal}.",
    },
    "closed": {
        "vi": "{verdict}: cả năm {forecast}, mục tiêu {goal} ({gap} so với mục tiêu).",
        "en": "{verdict}: the year ended at {forecast}, the goal was {goal} ({gap} against the goal).",
    },
    "to_date": {"vi": "Lũy kế {to_date}, kế hoạch {plan}", "en": "To date {to_date}, plan {plan}"},
    "percent": {"vi": " ({share} kế hoạch)", "en": " ({share} of plan)"},
    "growth": {"vi": "; so với cùng kỳ {growth}", "en": "; {growth} on the same period"},
    "need": {
        "vi": "Muốn đạt mục tiêu, {left} tháng còn lại phải có {need}, {over} so với kế hoạch của các tháng đó",
        "en": "To reach the goal, the {left} months left must bring {need}, {over} against their own plan",
    },
    "need_growth": {
        "vi": ", tức {growth} so với cùng kỳ (đến nay {so_far}).",
        "en": ", which is {growth} on the same period (so far {so_far}).",
    },
    "need_rate": {
        "vi": "Muốn đạt mục tiêu, {left} tháng còn lại phải ở mức {need} (đến nay {to_date}, kế hoạch các tháng đó {plan}).",
        "en": "To reach the goal, the {left} months left must average {need} (so far {to_date}, their plan {plan}).",
    },
    "seen": {
        "vi": "Có thể thấy từ cuối tháng {month}: từ đó mục tiêu luôn nằm ngoài khoảng dự báo.",
        "en": "It could be seen at the end of {name}: from then on the goal lay outside the forecast's range.",
    },
    "unseen": {
        "vi": "Chưa tháng nào cho thấy rõ sẽ hụt: mục tiêu vẫn nằm trong khoảng dự báo.",
        "en": "No month shows a miss beyond doubt: the goal is still within the forecast's range.",
    },
    "late_seen": {
        "vi": "Chỉ đến khi hết năm mới thấy hụt: trước đó mục tiêu vẫn nằm trong khoảng dự báo.",
        "en": "The miss showed at the year's end only: until then the goal lay within the forecast's range.",
    },
    "cost": {
        "vi": "Cái giá của việc thấy muộn: nếu cuối tháng {month} mới thấy thì đã trễ {late} tháng, trong đó {what} hụt thêm {money}"
        " so với kế hoạch.",
        "en": "The cost of seeing it late: at the end of {name} it is {late} months on, and in these {what} fell a further {money}"
        " behind plan.",
    },
    "cost_down": {
        "vi": "Cái giá của việc thấy muộn: nếu cuối tháng {month} mới thấy thì đã trễ {late} tháng, trong đó {what} vượt thêm {money}"
        " so với kế hoạch.",
        "en": "The cost of seeing it late: at the end of {name} it is {late} months on, and in these {what} ran a further {money}"
        " over plan.",
    },
    "each": {"vi": " Mỗi tháng chậm thêm: khoảng {money}.", "en": " Each month more: about {money}."},
    "then": {
        "vi": " Cuối tháng {month}, phần còn lại của năm chỉ cần {over} so với kế hoạch; cuối tháng {now} thì {later}.",
        "en": " At the end of {name} the rest of the year needed {over} against its plan; at the end of {now_name}, {later}.",
    },
    "impossible": {"vi": "không còn tháng nào", "en": "no month is left"},
    "bottleneck": {
        "vi": "Nút thắt: {unit}, chiếm {share} khoảng cách so với kế hoạch@.",
        "en": "The bottleneck: {unit}, with {share} of the distance to plan@.",
    },
    "how": {
        "vi": "Cách tính: mùa vụ lấy theo kế hoạch tháng; các tháng còn lại lệch kế hoạch như trung bình ba tháng gần nhất; khoảng "
        "dự báo rộng theo mức các tháng trước từng lên xuống (mong đúng 8 lần trong 10 khi bối cảnh không đổi).",
        "en": "How it is made: the monthly plan gives the season; the months left stray from it as the last three did; the range "
        "is as wide as past months swung (meant to hold 8 times in 10 while the context stays as it is).",
    },
    "points": {"vi": "điểm %", "en": "points"},
    "month": {"vi": "Tháng", "en": "Month"},
    "actual": {"vi": "Thực hiện", "en": "Actual"},
    "plan": {"vi": "Kế hoạch", "en": "Plan"},
    "forecast": {"vi": "Dự báo cả năm", "en": "Year forecast"},
    "range": {"vi": "Khoảng", "en": "Range"},
    "verdict": {"vi": "Kết luận", "en": "Verdict"},
    "goal": {"vi": "Mục tiêu", "en": "Goal"},
    "unplanned": {
        "vi": "“{id}” không có kế hoạch tháng và số thực hiện cho một năm trọn. Chọn một trong: {there}.",
        "en": "“{id}” has no monthly plan with actuals for a whole year. Choose one of: {there}.",
    },
    "no_type": {
        "vi": "“{id}” là {type}, không cộng dồn được trong năm. Chọn một tổng hoặc một tỷ lệ, ví dụ: {there}.",
        "en": "“{id}” is a {type}, which does not add up over a year. Choose a sum or a rate, such as: {there}.",
    },
    "no_month": {
        "vi": "Tháng “{month}” không có số thực hiện. Viết 1 đến 12, hoặc như {example}.",
        "en": "The month “{month}” has no actuals. Write 1 to 12, or like {example}.",
    },
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
