"""What `proof` says of a link, in both languages."""

from __future__ import annotations

from .language import Words

VERDICTS: dict[str, Words] = {
    "shown": {"vi": "có bằng chứng", "en": "shown"},
    "not_shown": {"vi": "chưa có bằng chứng", "en": "not shown"},
    "too_little": {"vi": "chưa đủ số liệu", "en": "too little data"},
}
# one a `because` of a reading; {cause}, {effect}, {raised}, {low}, {high}, {lag}, {odds}, {n}
BECAUSE: dict[str, Words] = {
    "follows": {
        "vi": "{cause} cao hơn mức thường 10%: {effect} {raised} ({low} đến {high}), {lag}. "
        "Nếu hai bên không liên quan, số liệu như vậy chỉ gặp {odds}.",
        "en": "With {cause} 10% above usual: {effect} {raised} ({low} to {high}), {lag}. "
        "Were the two unrelated, data like these would come up {odds}.",
    },
    "no_sign": {
        "vi": "Không thấy {effect} đi theo {cause}: cao hơn mức thường 10% thì ứng với {raised} ({low} đến {high}), "
        "không tách được khỏi ngẫu nhiên.",
        "en": "No sign that {effect} depends on {cause}: 10% above usual goes with {raised} ({low} to {high}), "
        "no more than chance gives.",
    },
    "other_way": {
        "vi": "Đi ngược điều mong đợi: {cause} cao hơn mức thường 10%, {effect} {raised} ({low} đến {high}), {lag}.",
        "en": "It goes the wrong way: with {cause} 10% above usual, {effect} {raised} ({low} to {high}), {lag}.",
    },
    "one_period": {
        "vi": "{cause} và {effect} chỉ cùng đổi trong một {period}; bỏ {period} ấy ra thì không còn gì.",
        "en": "{cause} and {effect} change together in one {period} only; leave it out and nothing remains.",
    },
    "one_shape": {
        "vi": "{cause} và {effect} chỉ giống nhau ở một bước nhảy hay một đoạn cong chung; hai đường cùng lên chưa phải bằng chứng.",
        "en": "{cause} and {effect} share one step or one bend, nothing else; two lines that rise together are no proof.",
    },
    "one_unit": {
        "vi": "Chỉ một đơn vị cho thấy {effect} theo {cause}; các đơn vị khác cho thấy điều ngược lại.",
        "en": "Only one unit has {effect} follow {cause}; the others speak against it.",
    },
    "one_half": {
        "vi": "{effect} theo {cause} trong một nửa thời gian, nửa kia thì không.",
        "en": "{effect} follows {cause} in one half of the time and not in the other.",
    },
    "few": {
        "vi": "Mới có {n} quan sát, cần ít nhất {least} {period}.",
        "en": "There are {n} observations; at least {least} {period}s are needed.",
    },
    "still": {
        "vi": "{cause} hầu như đứng yên, nên không biết điều gì xảy ra khi nó đổi.",
        "en": "{cause} hardly moves, so nobody can tell what happens when it does.",
    },
    "wide": {
        "vi": "Số liệu quá nhiễu: {cause} cao hơn mức thường 10% có thể đi với {effect} từ {low} đến {high}.",
        "en": "The data are too noisy: {cause} 10% above usual may go with {effect} from {low} to {high}.",
    },
}
WORDS: dict[str, Words] = {
    "same": {"vi": "cùng {period}", "en": "in the same {period}"},
    "later": {"vi": "sau {n} {period}", "en": "{n} {periods} later"},
    "month": {"vi": "tháng", "en": "month"},
    "week": {"vi": "tuần", "en": "week"},
    "rare": {"vi": "dưới 1 lần trong 1.000", "en": "less than once in 1,000"},
    "odds": {"vi": "khoảng 1 lần trong {n}", "en": "about once in {n}"},
    "raw": {
        "vi": " (Nhìn thô, hai đường cùng đi: hệ số tương quan {raw}. Đó chưa phải bằng chứng.)",
        "en": " (At first sight the two lines go together: correlation {raw}. That is no proof.)",
    },
    "whole": {
        "vi": "{unit}cả {n} mắt xích đều có bằng chứng. “{first}” đáng được theo dõi.",
        "en": "{unit}all {n} links are shown. “{first}” earns its place.",
    },
    "whole_one": {
        "vi": "{unit}có bằng chứng: {first} → {effect}.",
        "en": "{unit}shown: {first} → {effect}.",
    },
    "breaks": {
        "vi": "{unit}chuỗi đứt ở mắt xích {cause} → {effect}. “{first}” chưa được coi là KPI.",
        "en": "{unit}the chain breaks at {cause} → {effect}. “{first}” is no KPI yet.",
    },
    "open": {
        "vi": "{unit}chưa đủ số liệu ở mắt xích {cause} → {effect}: chưa kết luận được về {first}.",
        "en": "{unit}too little data at {cause} → {effect}. Nothing can be said of “{first}” yet.",
    },
    "how": {
        "vi": "Cách xem: bỏ xu hướng, mùa vụ, Tết và đà có sẵn ra khỏi cả hai bên, rồi hỏi: {cause_word} bất ngờ tăng thì kết quả "
        "có tăng theo, kể cả khi bỏ đi bất kỳ {period} nào? Khoảng trong ngoặc đúng 95 lần trong 100. Số liệu: {n} {period}.",
        "en": "How it is read: trend, season, Tết and momentum are taken out of both sides; then, does a surprise in the "
        "cause come with one in the effect, also without any one {period}? Ranges in brackets hold 95 times in 100. Data: {n} {periods}.",
    },
    "pooled": {
        "vi": " Các đơn vị được so với nhau trong cùng {period}, nên điều gì chung cho tất cả đều không tính.",
        "en": " Units are compared within each {period}, so whatever is common to all does not count.",
    },
    "others": {"vi": "Chuỗi khác của tình huống này: {names}", "en": "Other chains of this case: {names}"},
    "unit": {"vi": "Đơn vị", "en": "Unit"},
    "from": {"vi": "Từ", "en": "From"},
    "to": {"vi": "Đến", "en": "To"},
    "verdict": {"vi": "Kết luận", "en": "Verdict"},
    "effect": {"vi": "Thêm 10% thì đổi (%)", "en": "10% more gives (%)"},
    "low": {"vi": "Thấp nhất (%)", "en": "At least (%)"},
    "high": {"vi": "Cao nhất (%)", "en": "At most (%)"},
    "lag": {"vi": "Độ trễ", "en": "Lag"},
    "n": {"vi": "Số quan sát", "en": "Observations"},
}
