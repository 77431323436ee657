"""What each of the sample class wrote in their own words: question 6, and the three decisions of question 7.

giang and hai handed in one and the same text, phuc and quynh another: the report names them as near copies.
"""

WRITING: dict[str, tuple[str, tuple[str, str, str]]] = {
    "binh": (
        "Em nhìn bảng thấy cuộc gọi tăng hơn một phần ba, còn khách hẹn báo giá thì y nguyên năm ngoái. Vậy có gọi thêm "
        "cũng chẳng ra đơn. Nên bỏ con số này khỏi bảng, thay bằng số báo giá đã hẹn mỗi tuần; tuần nào ít hơn năm trước "
        "thì đổi danh sách. Bao giờ gọi nhiều mà báo giá nhiều theo, ta nói lại.",
        (
            "Cắt ngân sách quảng cáo, dồn cho quán cũ",
            "Cử thợ chỉnh máy xuống quán yếu nhất trước",
            "Tặng thêm một lần bảo trì cho quán báo nghỉ",
        ),
    ),
    "chi": (
        "Mắt xích từ gọi sang khách tiềm năng không còn liền: 10.880 cuộc thêm mà bớt đi 8 khách. Các bạn vất vả thật, "
        "nhưng số cuộc gọi không nói cho mình biết doanh thu đang ở đâu. Tôi đề nghị theo dõi tỷ lệ cuộc gọi ra khách có "
        "nhu cầu; thấp hai tháng thì nghe lại bản ghi và viết lại lời chào.",
        (
            "Đổi hai suất nếm thử thành hai ngày đi bảo trì",
            "Tăng lịch chỉnh máy ở khu quận 3",
            "Đổi người phụ trách quán ấy ngay tuần sau",
        ),
    ),
    "giang": (
        "Theo em không giữ. Hai năm liền khách tiềm năng đứng ở mức 2.490 rồi 2.482, gọi bao nhiêu cũng vậy, nên thứ cần "
        "sửa là gọi cho ai chứ không phải gọi mấy lần. Bảng mới nên ghi số khách hẹn gặp trên một trăm cuộc và đơn của "
        "khách ấy tháng sau. Có ba tháng cả hai cùng lên thì em xin chị cho số cuộc gọi quay lại.",
        (
            "Giảm giá sỉ cho quán mua trên năm mươi ký",
            "Mời chủ quán lên xưởng xem chỉnh máy",
            "Giao hàng hai lần một tuần cho quán đòi nghỉ",
        ),
    ),
    "khanh": (
        "Số liệu nói rõ: năm 2026 gọi 44.730 lần, năm 2025 gọi 33.850 lần, mà khách chất lượng chỉ 2.482 so với 2.490. "
        "Bỏ số cuộc gọi khỏi bảng. Thay vào đó đo khách chất lượng mỗi tuần của từng người; hai tuần liền dưới mức cũ thì "
        "đổi danh sách lấy từ hội chợ. Tôi đổi ý nếu gọi thêm kéo được đơn, xem trong một quý.",
        (
            "Dừng mở quán mới, giữ người cho quán cũ",
            "Xếp lại tuyến chỉnh máy theo lượng mua",
            "Giám đốc tới gặp chủ quán trong ba ngày",
        ),
    ),
    "lan": (
        "Bỏ thì hơi tiếc vì đội cố gắng, nhưng giữ cũng không biết gần hay xa mục tiêu. Đứt ở khúc đầu: gọi nhiều hơn mà "
        "người muốn mua không nhiều hơn. Em xin thay bằng số điểm bán hẹn nhận báo giá, hụt thì chuyển bớt một bạn sang "
        "chăm khách cũ, và xem lại sau ba tháng.",
        (
            "Chuyển tiền nếm thử sang chương trình đổi máy cũ",
            "Thuê thêm một thợ theo giờ cho tháng ấy",
            "Đổi lịch giao cho quán hay chê trễ",
        ),
    ),
    "minh": (
        "Chị Hương và Đội 2 thân mến. Cuộc gọi lên 32%, khách tiềm năng chất lượng không lên, đơn cũng vậy. Con số ấy nên "
        "rời bảng KPI, còn việc gọi thì vẫn làm. Chỗ trống dành cho tỷ lệ khách tiềm năng thành đơn: thấp hơn một phần "
        "mười thì ngừng mua danh sách. Tôi sẽ rút lại lời này khi thấy hai thứ cùng tăng ba tháng.",
        (
            "Bớt hai hạng hạt để dồn vốn cho hạng bán chạy",
            "Gọi thợ tới chỉnh máy trong bốn mươi tám giờ",
            "Ký lại hợp đồng một năm kèm bảo trì",
        ),
    ),
    "phuc": (
        "Đội gọi thêm mười nghìn cuộc mà khách có nhu cầu vẫn quanh hai trăm lẻ năm một tháng, nên phần đầu của chuỗi đã "
        "đứt. Em đề nghị bỏ, đưa số khách có nhu cầu lên thay, tháng nào tụt thì đổi nguồn danh sách. Nếu một quý liền "
        "gọi và khách cùng tăng thì trả số cuộc gọi về bảng.",
        (
            "Lấy một người bên nếm thử sang trông máy",
            "Đặt lịch bảo trì cố định mỗi mười bốn ngày",
            "Cho quán sắp nghỉ dùng thử hạt mới",
        ),
    ),
    "frank": (
        "A third more calls and not one qualified lead more: 2,490 became 2,482. So the count can go, without blaming "
        "anyone. Put leads that agreed to a quote in its place; if they fall two months running, buy no more lists and call "
        "old customers instead. I would take the calls back after one quarter in which both went up.",
        (
            "Stop two slow roasts and put the cash into the best one",
            "Send the technician to the weakest café first",
            "Offer a yearly contract with free tuning",
        ),
    ),
}
