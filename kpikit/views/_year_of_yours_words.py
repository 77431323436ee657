"""The words of the view `year_of_yours`, both languages side by side."""

from __future__ import annotations

from collections.abc import Mapping

from ..language import Words

WORDS: Mapping[str, Words] = {
    "ask_sheet": {"vi": "Chạy bảng nào:", "en": "Run:"},
    "pick_put": {"vi": "bảng ghép dưới đây", "en": "sheets put together here"},
    "pick_mine": {"vi": "bản thiết kế của tôi", "en": "a design of my own"},
    "ask_mends": {"vi": "Sửa:", "en": "Mend:"},
    "mend_weights": {"vi": "kết quả cuối nặng nhất", "en": "outcomes weigh most"},
    "mend_drivers": {"vi": "có đòn bẩy", "en": "drivers"},
    "mend_tied": {"vi": "phòng gắn với công ty", "en": "departments tied in"},
    "mend_scale": {"vi": "thang ba mức", "en": "three-level scales"},
    "mend_review": {"vi": "rà soát hàng tháng", "en": "monthly reviews"},
    "mend_triggers": {"vi": "điều kiện cập nhật", "en": "triggers"},
    "title_none": {
        "vi": "Bảng chép từ năm ngoái: KPI xanh mà mục tiêu hụt trong {paradox} số năm, chưa năm nào đạt",
        "en": "Sheets copied from last year: KPIs green, goal missed in {paradox} of years, never met",
    },
    "title_paradox": {
        "vi": "Sửa {n} trên 6: KPI xanh mà mục tiêu hụt, trong {paradox} số năm",
        "en": "{n} of 6 mended: KPIs green and the goal missed, in {paradox} of years",
    },
    "title_met": {
        "vi": "Sửa {n} trên 6: mục tiêu đạt trong {met} số năm, nghịch lý {paradox}",
        "en": "{n} of 6 mended: the goal met in {met} of years, the paradox in {paradox}",
    },
    "title_missed": {
        "vi": "Sửa {n} trên 6: trung bình được {mean} mục tiêu (bảng cũ {old_mean}), đạt trong {met} số năm",
        "en": "{n} of 6 mended: {mean} of the goal on average (was {old_mean}), met in {met} of years",
    },
    "own_paradox": {
        "vi": "Bản của anh chị: KPI xanh mà mục tiêu hụt, trong {paradox} số năm",
        "en": "Your design: KPIs green and the goal missed, in {paradox} of years",
    },
    "own_met": {
        "vi": "Bản của anh chị: mục tiêu đạt trong {met} số năm, nghịch lý {paradox}",
        "en": "Your design: the goal met in {met} of years, the paradox in {paradox}",
    },
    "own_missed": {
        "vi": "Bản của anh chị: trung bình được {mean} mục tiêu (bảng theo thói quen {old_mean}), đạt trong {met} số năm",
        "en": "Your design: {mean} of the goal on average (habit sheets {old_mean}), met in {met} of years",
    },
    "sentence": {
        "vi": "{now}: đạt mục tiêu trong {met} số năm, nghịch lý {paradox}, trung bình {mean} mục tiêu. "
        "Bảng để so: {old_met}, {old_paradox} và {old_mean}.",
        "en": "{now}: goal met in {met} of the years, the paradox in {paradox}, {mean} of the goal on average. "
        "The sheets beside it: {old_met}, {old_paradox} and {old_mean}.",
    },
    "note": {
        "vi": "500 năm giả lập, vẽ 300: mỗi chấm một năm, vạch đứng là trung bình. Mô hình, không phải dự báo. "
        "Quy ước: đạt từ 98%, xanh từ 90 điểm.",
        "en": "500 simulated years, 300 drawn: each dot a year, the stroke is the mean. A model, no forecast. "
        "House rules: met from 98%, green from 90 points.",
    },
    "old": {"vi": "Bảng chép từ năm ngoái", "en": "Sheets copied from last year"},
    "now": {"vi": "Bảng anh chị ghép", "en": "The sheets you put together"},
    "habit": {"vi": "{company}: bảng theo thói quen", "en": "{company}: habit sheets"},
    "ticks": {"vi": "Checklist: {n} trên 24", "en": "Checklist: {n} of 24"},
    "of_24": {"vi": "{n} trên 24", "en": "{n} of 24"},
    "about": {"vi": "{n} KPI. Checklist: {ticks} trên 24.", "en": "{n} KPIs. Checklist: {ticks} of 24."},
    "head_met": {"vi": "Đạt", "en": "Met"},
    "head_paradox": {"vi": "Nghịch lý", "en": "Paradox"},
    "axis": {"vi": "Tỷ lệ hoàn thành mục tiêu năm", "en": "Attainment of the year's goal"},
    "row_met": {"vi": "Mục tiêu đạt", "en": "Goal met"},
    "row_paradox": {"vi": "Nghịch lý", "en": "The paradox"},
    "row_green": {"vi": "Mọi bảng xanh", "en": "Every sheet green"},
    "row_mean": {"vi": "Tỷ lệ hoàn thành trung bình", "en": "Mean attainment"},
    "row_ticks": {"vi": "Checklist", "en": "Checklist"},
    "nothing": {
        "vi": "Chưa thấy bản thiết kế nào của anh chị. Có ba cách đưa vào",
        "en": "No design of yours is here yet. Three ways to bring one",
    },
    "nothing_sentence": {
        "vi": "Chưa thấy bản thiết kế nào của anh chị; ba cách đưa vào ghi trong hình và trong bảng.",
        "en": "No design of yours was found; the figure and the table say three ways to bring one.",
    },
    "places": {"vi": "Cách đưa vào", "en": "How to bring one"},
    "place_1": {
        "vi": "1. Làm bài tốt nghiệp. Bản thiết kế ở câu 2 của bài ấy tự hiện ra ở đây khi anh chị chạy lại ô này.",
        "en": "1. Do the capstone. The design in its question 2 appears here when you run this cell again.",
    },
    "place_2": {
        "vi": "2. Đã có bản thiết kế trong tệp YAML hay JSON: kéo tệp ấy vào khung bên trái, cạnh bài 14, rồi chạy lại ô này.",
        "en": "2. You have a design in a YAML or JSON file: drop it in the panel on the left, beside lesson 14, and run this cell again.",
    },
    "place_3": {
        "vi": "3. Chưa có gì: bấm trở lại “bảng ghép dưới đây” và sửa một bảng có sẵn.",
        "en": "3. Nothing yet: click “sheets put together here” and mend a ready-made one.",
    },
}
