"""The words of the view three_questions: what the AOP says, what comes up in the year, what becomes of it."""

from __future__ import annotations

from ..language import Words

PARTS: dict[str, Words] = {
    "goals": {"vi": "Mục tiêu", "en": "Goals"},
    "priority": {"vi": "Trọng tâm", "en": "Focus"},
    "budget": {"vi": "Ngân sách", "en": "Budget"},
    "trade_offs": {"vi": "Đánh đổi", "en": "Trade-offs"},
    "limits": {"vi": "Giới hạn", "en": "Limits"},
}
FOCI: dict[str, Words] = {
    "growth": {"vi": "Doanh thu nhờ MT (đã chốt)", "en": "Revenue through MT (as agreed)"},
    "cash": {"vi": "Dòng tiền nhờ GT (đổi thử)", "en": "Cash through GT (for a try)"},
}
ASKED: dict[str, Words] = {
    "results": {"vi": "1. Năm nay phải có kết quả gì?", "en": "1. Which results do we want this year?"},
    "focus": {"vi": "2. Mục tiêu nào là trọng tâm, mục tiêu nào hỗ trợ?", "en": "2. Which goal is the focus, which supports?"},
    "resources": {
        "vi": "3. Nguồn lực đổ vào đâu, đánh đổi những gì?",
        "en": "3. Where do resources go, and what is traded off?",
    },
}  # fmt: skip
WORDS: dict[str, Words] = {
    "is_yes": {"vi": "trả lời được", "en": "answered"},
    "is_partly": {"vi": "chỉ trả lời được một phần", "en": "answered in part"},
    "is_no": {"vi": "không ai trả lời được", "en": "nobody can answer"},
    "is_against": {"vi": "các câu trả lời chống nhau", "en": "the answers contradict each other"},
    "clear": {"vi": "Đã rõ", "en": "Settled"},
    "open": {"vi": "Cãi nhau", "en": "A quarrel"},
    "clash": {"vi": "Cãi nhau", "en": "A quarrel"},
    "hidden": {"vi": "đã che", "en": "covered"},
    "whole": {
        "vi": "Đủ năm phần, AOP trả lời sẵn cả {of} chuyện của năm 2027.",
        "en": "With all its parts the AOP settles all {of} decisions of 2027 in advance.",
    },
    "swapped": {
        "vi": "Đổi trọng tâm, giữ ngân sách: {main_share} tiền chảy về mục tiêu hỗ trợ, {n} trên {of} chuyện thành cuộc cãi nhau.",
        "en": "New focus, old budget: {main_share} of the money goes to the supporting goal, and {n} of {of} decisions {become}.",
    },
    "covered": {
        "vi": "Che {parts}: {n} trên {of} chuyện thành cuộc cãi nhau.",
        "en": "Without {parts}, {n} of {of} decisions {become}.",
    },
    "covered_swapped": {
        "vi": "Đổi trọng tâm, che {parts}: {n} trên {of} chuyện thành cuộc cãi nhau.",
        "en": "New focus, without {parts}: {n} of {of} decisions {become}.",
    },
    "covered_swapped_money": {
        "vi": "Đổi trọng tâm, che {parts}: {share} tiền vẫn về mục tiêu hỗ trợ, {n} trên {of} chuyện thành cuộc cãi nhau.",
        "en": "New focus, without {parts}: {share} of the money still goes to the supporting goal, {n} of {of} decisions {become}.",
    },
    "blank": {
        "vi": "Che hết thì còn tờ giấy trắng, và chuyện nào cũng thành cuộc cãi nhau.",
        "en": "With everything covered a blank sheet is left, and every decision becomes a quarrel.",
    },
    "one": {"vi": "thành cuộc cãi nhau", "en": "becomes a quarrel"},
    "many": {"vi": "thành cuộc cãi nhau", "en": "become quarrels"},
    "answered": {"vi": "Câu hỏi trả lời trọn vẹn: {n} trên {of}.", "en": "Questions fully answered: {n} of {of}."},
    "note": {
        "vi": "Bên trái là AOP 2027 của Hương Việt. Bên phải là năm tình huống giả định. Thanh ngân sách: màu đậm là tiền của trọng tâm.",
        "en": "On the left, Hương Việt's 2027 AOP. On the right, five made-up situations. In the budget bar, dark is the money of the focus.",
    },
    "alt": {
        "vi": "AOP một trang chia theo ba câu hỏi, bên cạnh là năm tình huống và cách xử lý.",
        "en": "The one-page AOP under its three questions, beside it five situations and what becomes of them.",
    },
    "col_question": {"vi": "Câu hỏi", "en": "Question"},
    "col_event": {"vi": "Tình huống", "en": "Situation"},
    "col_state": {"vi": "Kết cục", "en": "What becomes of it"},
    # ---- what the AOP says
    "says_goals": {
        "vi": "Doanh thu từ {from_revenue} lên {to_revenue}; dòng tiền kinh doanh từ {from_cash} lên {to_cash}",
        "en": "Revenue from {from_revenue} to {to_revenue}; operating cash flow from {from_cash} to {to_cash}",
    },
    "says_priority_growth": {
        "vi": "Trọng tâm: doanh thu, nhờ MT. Hỗ trợ: dòng tiền, nhờ GT",
        "en": "Focus: revenue, through MT. Supporting: cash flow, through GT",
    },
    "says_priority_cash": {
        "vi": "Trọng tâm: dòng tiền, nhờ GT. Hỗ trợ: doanh thu, nhờ MT",
        "en": "Focus: cash flow, through GT. Supporting: revenue, through MT",
    },
    "says_main": {"vi": "MT và KAM {main} ({main_share})", "en": "MT and KAM {main} ({main_share})"},
    "says_other": {"vi": "GT {other} ({other_share})", "en": "GT {other} ({other_share})"},
    "says_trade_offs": {
        "vi": "GT mở {fewer} điểm bán mới thay vì {before}; bỏ chương trình nhỏ để dồn tiền cho JBP",
        "en": "GT opens {fewer} outlets instead of {before}; small programmes go, the money goes into JBPs",
    },
    "says_limits": {
        "vi": "Nợ quá hạn không quá {overdue} công nợ; mỗi đồng trade đem về ít nhất {times} đồng lợi nhuận gộp",
        "en": "Overdue at most {overdue} of receivables; each VND of trade money earns at least {times} of gross profit",
    },
    # ---- what comes up, and what becomes of it
    "event_goals": {"vi": "Dự báo tháng Sáu: cả năm {forecast}. Mừng hay lo?", "en": "June's forecast for the year: {forecast}. Good or bad?"},
    "goals_clear": {
        "vi": "Lo. Thiếu {short} so với đích {to_revenue}, sửa ngay khi còn nửa năm.",
        "en": "Bad. It is {short} short of {to_revenue}; mend it while half a year is left.",
    },
    "goals_open": {
        "vi": "Bán hàng mừng vì tăng {grown}, tài chính thì lo. Không có đích, ai cũng đúng.",
        "en": "Sales cheer the {grown} growth, finance worries. Without a goal both are right.",
    },
    "event_priority": {"vi": "MT và GT cùng xin 1 tỷ dự phòng cuối cùng.", "en": "MT and GT both ask for the last 1bn in reserve."},
    "priority_clear_growth": {
        "vi": "MT trước, vì MT là trọng tâm. Anh Khoa không vui, nhưng không bất ngờ.",
        "en": "MT first, as MT is the focus. Khoa is not happy, but not surprised either.",
    },
    "priority_clear_cash": {
        "vi": "GT trước, vì dòng tiền là trọng tâm. Lần này đến lượt anh Long không vui.",
        "en": "GT first, as cash is the focus. This time it is Long who is not happy.",
    },
    "priority_open": {
        "vi": "Ai cũng có lý do, không ai có thứ tự. Người nói to hơn được tiền.",
        "en": "Both have reasons, nobody has an order. The louder one gets the money.",
    },
    "priority_clash": {
        "vi": "Anh Khoa giơ dòng trọng tâm, anh Long giơ phần còn lại của cùng bản AOP.",
        "en": "Khoa holds up the focus, Long holds up the rest of the same AOP.",
    },
    "event_budget": {"vi": "Lam Sơn cần tiền trưng bày mới ký JBP.", "en": "Lam Sơn wants display money to sign its JBP."},
    "budget_clear": {
        "vi": "Lấy trong {trade} trade marketing MT. Ký trong tuần.",
        "en": "It comes out of the {trade} for MT trade marketing. Signed within the week.",
    },
    "budget_open": {
        "vi": "Tiền ở đâu ra? Hỏi vòng quanh, bản JBP nằm chờ, y như năm ngoái.",
        "en": "Whose money? Everyone asks around and the JBP lies waiting, just as last year.",
    },
    "budget_clash": {
        "vi": "Ngân sách bảo chi cho MT, trọng tâm bảo giữ tiền. Bản JBP lại nằm chờ.",
        "en": "The budget says spend at MT, the focus says keep the cash. The JBP lies waiting.",
    },
    "event_trade_offs": {"vi": "Anh Khoa xin mở {before} điểm bán như năm ngoái.", "en": "Khoa asks for {before} new outlets, as last year."},
    "trade_offs_clear": {
        "vi": "{fewer}, như đã thống nhất. Nuốt một lần đầu năm, khỏi cãi mỗi tháng.",
        "en": "{fewer}, as agreed. Swallowed once in January, not fought over each month.",
    },
    "trade_offs_open": {
        "vi": "Chưa ai bảo GT phải chậm lại. Mở trước, thiếu tiền thì xin sau.",
        "en": "Nobody told GT to slow down. It opens them first and asks for money later.",
    },
    "trade_offs_clash": {
        "vi": "Trông vào GT để có tiền, lại bắt GT chậm lại. Anh Khoa đòi bàn lại từ đầu.",
        "en": "GT is to bring the cash, and GT is to slow down. Khoa wants it all reopened.",
    },
    "event_limits": {
        "vi": "Gian Bếp đòi gác nợ cũ mới mua thêm.",
        "en": "Gian Bếp will buy more if old debts can wait.",
    },
    "limits_clear": {
        "vi": "Không được, nếu nợ quá hạn vì thế mà quá {overdue}. Đề nghị trả nợ rồi mua.",
        "en": "Not if it takes overdue past {overdue}. Pay first, then buy.",
    },
    "limits_open": {
        "vi": "Bán hàng muốn nhận, kế toán trưởng muốn chặn. Không ai có con số để dừng.",
        "en": "Sales want to say yes, the chief accountant no. Nobody has a figure to stop at.",
    },
}  # fmt: skip
