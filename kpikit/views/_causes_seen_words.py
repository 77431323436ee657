"""What the view of the four causes says, in both languages."""

from ..language import Words

GOALS: dict[str, Words] = {
    "revenue": {"vi": "Mục tiêu doanh thu", "en": "The goal, revenue"},
    "unit_cost": {"vi": "Mục tiêu giá thành (đồng)", "en": "The goal, unit cost (VND)"},
    "net_cash": {"vi": "Mục tiêu dòng tiền", "en": "The goal, net cash"},
}
LINES: dict[str, Words] = {
    "calls": {"vi": "Số cuộc gọi", "en": "Calls"},
    "meetings": {"vi": "Số cuộc gặp khách", "en": "Customer meetings"},
    "quotes": {"vi": "Số báo giá đã gửi", "en": "Quotes sent"},
    "crm_on_time": {"vi": "CRM đúng hạn", "en": "CRM on time"},
    "procedures": {"vi": "Bảo trì: số quy trình", "en": "Maintenance: procedures"},
    "price_saving": {"vi": "Mua hàng: tiết kiệm giá", "en": "Purchasing: price saving"},
    "press_oee": {"vi": "Xưởng ép: OEE", "en": "Press shop: OEE"},
    "checks": {"vi": "Chất lượng: số lượt kiểm", "en": "Quality: checks"},
    "file_compliance": {"vi": "Văn phòng: hồ sơ đủ", "en": "Office: files complete"},
    "footfall": {"vi": "Lượt khách", "en": "Guests"},
    "five_s": {"vi": "Điểm 5S", "en": "5S mark"},
    "posts": {"vi": "Bài đăng", "en": "Posts"},
    "training_hours": {"vi": "Giờ đào tạo", "en": "Training hours"},
    "campaigns": {"vi": "Số chiến dịch", "en": "Campaigns"},
    "reach": {"vi": "Lượt tiếp cận (triệu)", "en": "Reach (million)"},
    "new_subscribers": {"vi": "Khách thuê bao mới", "en": "New subscribers"},
    "answer_rate": {"vi": "Trả lời trong 24 giờ", "en": "Answered within 24 hours"},
    "net_cash": {"vi": "Dòng tiền", "en": "Net cash"},
    "revenue": {"vi": "Doanh thu", "en": "Revenue"},
}
WORDS: dict[str, Words] = {
    "b2b_sales_title": {
        "vi": "Bảng xanh, doanh thu hụt {off}: bàn gọi nhiều nhất bán ít nhất",
        "en": "A green sheet, revenue {off} short: the desk that calls most sells least",
    },
    "b2b_sales_sentence": {
        "vi": "Bàn {desk} gọi {calls} cuộc, nhiều nhất trong tám bàn, và có doanh thu thấp nhất. Không dòng "
        "nào trên bảng KPI nói về doanh thu.",
        "en": "Desk {desk} made {calls} calls, the most of eight, and has the least revenue. No line of the "
        "sheet speaks of revenue.",
    },
    "factory_title": {
        "vi": "Phòng nào cũng xanh, giá thành cao hơn đích {off}: hàng ứ trước chuyền sơn",
        "en": "Every department green, unit cost {off} too high: goods pile up before paint",
    },
    "factory_sentence": {
        "vi": "Hàng chờ trước chuyền sơn: {first} sản phẩm cuối tháng Ba, {last} cuối năm. Trên tường không "
        "có khung nào là của giá thành.",
        "en": "Waiting before paint: {first} pieces at the end of March, {last} at year's end. No frame on "
        "the wall is about unit cost.",
    },
    "cafe_chain_title": {
        "vi": "Được {points} điểm trên 100, dòng tiền hụt {off}: mục tiêu số một chỉ nặng {weight}",
        "en": "{points} points of 100, net cash {off} short: the first goal weighs only {weight}",
    },
    "cafe_chain_sentence": {
        "vi": "Bốn dòng kia cộng lại đủ bù cho dòng tiền: bảng được {points} điểm, đủ để nhận trọn thưởng.",
        "en": "The other four lines make up for net cash: {points} points, enough for the full bonus.",
    },
    "subscription_title": {
        "vi": "Khách mới vượt {more}, doanh thu hụt {off}: hai đường tách nhau từ tháng Bảy",
        "en": "New subscribers {more} over, revenue {off} short: the lines part in July",
    },
    "subscription_sentence": {
        "vi": "Nửa năm đầu khách mới và doanh thu đi cùng nhau. Từ đầu tháng Bảy có đối thủ, khách cũ bỏ đi, bảng "
        "KPI giữ nguyên.",
        "en": "In the first half new subscribers and revenue go together. In July a rival comes, old "
        "customers leave, the sheet stays.",
    },
    "note": {
        "vi": "Năm 2026. Bên trái: thực hiện / chỉ tiêu, thanh là % tốt hơn (xanh) hay kém hơn (cam) chỉ tiêu.",
        "en": "2026. Left: actual / target; the bar is % better (blue) or worse (orange) than the target.",
    },
    "sheet": {"vi": "Bảng KPI và mục tiêu", "en": "The sheet and the goal"},
    "actual": {"vi": "Thực hiện", "en": "Actual"},
    "target": {"vi": "Chỉ tiêu", "en": "Target"},
    "off": {"vi": "So với chỉ tiêu", "en": "Against target"},
    "desks": {"vi": "Tám bàn bán hàng: gọi bao nhiêu, bán bao nhiêu", "en": "Eight sales desks: calls made, revenue"},
    "calls_axis": {"vi": "Số cuộc gọi cả năm", "en": "Calls in the year"},
    "revenue_axis": {"vi": "Doanh thu, tỷ VND", "en": "Revenue, VND bn"},
    "queue": {"vi": "Sản phẩm chờ trước chuyền sơn, cuối tháng", "en": "Pieces waiting before paint, end of month"},
    "thousand": {"vi": "nghìn sản phẩm", "en": "thousand pieces"},
    "weights": {
        "vi": "Trọng số của từng dòng, và số điểm thu được",
        "en": "What each line weighs, and the points it brought",
    },
    "brought": {"vi": "{weight} → {points} điểm", "en": "{weight} → {points} points"},
    "halves": {"vi": "Lũy kế từ đầu năm, % kế hoạch", "en": "Year to date, % of plan"},
    "of_plan": {"vi": "% kế hoạch", "en": "% of plan"},
    "first_of_july": {"vi": "đối thủ vào", "en": "a rival comes"},
}
