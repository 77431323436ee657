"""What the view of the year that is re-planned, or not, says in both languages."""

from ..language import Words

RHYTHMS: dict[str, Words] = {
    "monthly": {"vi": "hàng tháng", "en": "monthly"},
    "quarterly": {"vi": "hàng quý", "en": "quarterly"},
    "yearly": {"vi": "cuối năm", "en": "at year's end"},
}
ANSWERS: dict[str, Words] = {
    "hold": {"vi": "giữ nguyên kế hoạch", "en": "hold the plan"},
    "move": {"vi": "chuyển nguồn lực", "en": "move resources"},
    "kpis": {"vi": "chỉ sửa KPI", "en": "rewrite KPIs only"},
    "replan": {"vi": "lập lại AOP và KPI", "en": "re-plan AOP and KPIs"},
}
WORDS: dict[str, Words] = {
    "monthly": {"vi": "cuối tháng Bảy", "en": "July's end"},
    "quarterly": {"vi": "cuối tháng Chín", "en": "September's end"},
    "yearly": {"vi": "cuối tháng Mười Hai", "en": "December's end"},
    "title_hold": {
        "vi": "Giữ nguyên kế hoạch: đạt {mean} mục tiêu, bảng xanh {green} số năm",
        "en": "The plan held: {mean} of the goal, all green in {green} of years",
    },
    "title_move": {
        "vi": "Chuyển nguồn lực {when}: {mean} mục tiêu, bảng xanh {green} số năm",
        "en": "Resources moved at {when}: {mean} of the goal, all green in {green}",
    },
    "title_kpis": {
        "vi": "Chỉ sửa KPI: điểm từ {held_score} lên {score}, mục tiêu vẫn {mean}",
        "en": "Only KPIs rewritten: the score goes from {held_score} to {score}, the goal stays at {mean}",
    },
    "title_replan": {
        "vi": "Lập lại AOP và KPI {when}: {mean} mục tiêu, bảng xanh {green} số năm",
        "en": "Re-planned at {when}: {mean} of the goal, all green in {green}",
    },
    "title_late": {
        "vi": "Đến cuối năm mới họp thì làm gì cũng vậy: {mean} mục tiêu",
        "en": "Reviewed at year's end, nothing done then matters: {mean} of the goal",
    },
    "sentence": {
        "vi": "Trung bình đạt {mean} mục tiêu đã trừ phần thị trường lấy đi (giữ nguyên: {held}). Số năm đạt mục tiêu {met}, số năm mọi bảng KPI xanh "
        "{green}, điểm KPI {score}.",
        "en": "On average {mean} of the goal as the shock left it (plan held: {held}). The goal is met in {met} of years, every scorecard green "
        "in {green}, KPI score {score}.",
    },
    "note": {
        "vi": "500 năm giả lập, năm nào thị trường cũng đổi y như nhau ngày 1/7. Mô hình có giả định, không phải dự báo.",
        "en": "500 simulated years, each with the same market shock on 1 July. A model with assumptions, no forecast.",
    },
    "path": {
        "vi": "Doanh thu lũy kế, % kế hoạch lập từ tháng Giêng",
        "en": "Revenue for the year to date, % of January's plan",
    },
    "shock": {"vi": "thị trường đổi, 1/7", "en": "the market shifts, 1 July"},
    "acts": {"vi": "họp và quyết", "en": "review and decision"},
    "looks": {"vi": "họp, giữ nguyên", "en": "review, plan held"},
    "allowed": {"vi": "mục tiêu sau khi trừ phần thị trường lấy đi", "en": "the goal less what the market took"},
    "end": {"vi": "Cuối năm", "en": "At year's end"},
    "bar_met": {"vi": "số năm đạt mục tiêu", "en": "years that meet the goal"},
    "bar_green": {"vi": "số năm mọi bảng KPI xanh", "en": "years with every KPI sheet green"},
    "bar_score": {"vi": "điểm KPI trung bình", "en": "mean KPI score"},
    "stroke": {"vi": "vạch xám: giữ nguyên kế hoạch", "en": "grey stroke: the plan held"},
    "row_mean": {"vi": "Hoàn thành mục tiêu", "en": "Attainment"},
    "row_met": {"vi": "Số năm đạt", "en": "Years that meet it"},
    "row_green": {"vi": "Số năm bảng xanh", "en": "Years all green"},
    "row_agree": {"vi": "Bảng và mục tiêu khớp nhau", "en": "Sheet and goal agree"},
    "row_score": {"vi": "Điểm KPI", "en": "KPI score"},
}
