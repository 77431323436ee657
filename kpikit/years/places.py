"""Where a KPI of any firm stands in the model: by its metric, else by the words of its name. Tables only.

The model has five departments; a firm of another trade has its own. The words say which of the five is nearest: who
serves the line in focus, who serves the supporting line, who makes it known, who delivers, who keeps money and rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from ..language import Words
from .firm import DEPARTMENTS

KAM, GT, TM, OPS, FIN = DEPARTMENTS

# metrics of the course's catalogue -> what they measure in the model
METRICS: Mapping[str, str] = {
    **dict.fromkeys(("revenue", "revenue_growth", "revenue_ytd", "revenue_monthly", "call_revenue"), "revenue"),
    **dict.fromkeys(
        ("mt_revenue", "mt_growth", "mt_revenue_ytd", "mt_jbp_revenue", "mt_incremental_gross_profit"), "focus"
    ),
    **dict.fromkeys(("gt_revenue", "gt_growth"), "support"),
    "mt_share": "share",
    **dict.fromkeys(
        ("gross_profit", "gross_margin", "incremental_gross_profit", "profit", "profit_ytd", "unit_cost", "total_cost"),
        "profit",
    ),
    **dict.fromkeys(
        (
            "operating_cash_flow",
            "collections",
            "gt_collections",
            "net_cash",
            "net_cash_ytd",
            "receipts",
            "net_cash_margin",
        ),
        "cash",
    ),
    **dict.fromkeys(
        ("churn", "lost", "subscribers"), "revenue"
    ),  # who stays is what is sold: the model has no customers
    "project_revenue": "focus",
    "factory_revenue": "support",
    "price_saving": f"local:{FIN}",
    **dict.fromkeys(
        (
            "sku_coverage",
            "jbp_share",
            "chains_with_jbp",
            "skus_listed",
            "skus_agreed",
            "mt_orders",
            "revenue_per_visit",
        ),
        f"driver:{KAM}",
    ),
    **dict.fromkeys(
        (
            "outlets_active",
            "active_outlet_rate",
            "outlets_on_books",
            "qualified_leads",
            "call_orders",
            "leads_per_call",
            "orders",
            "average_order_value",
        ),
        f"driver:{GT}",
    ),
    **dict.fromkeys(
        ("trade_roi", "mt_trade_roi", "shelf_availability", "shelf_hits", "spend_per_programme"), f"driver:{TM}"
    ),
    **dict.fromkeys(("otif", "mt_otif", "deliveries_otif", "mt_deliveries_otif"), f"driver:{OPS}"),
    **dict.fromkeys(("dso", "overdue", "overdue_share", "receivables", "receivables_average"), f"driver:{FIN}"),
    **dict.fromkeys(("mt_visits", "shelf_checks"), f"activity:{KAM}"),
    **dict.fromkeys(("visits", "new_outlets", "calls"), f"activity:{GT}"),
    **dict.fromkeys(("programmes", "mt_programmes", "trade_spend", "mt_trade_spend"), f"activity:{TM}"),
    **dict.fromkeys(("deliveries", "mt_deliveries"), f"activity:{OPS}"),
    **dict.fromkeys(("report_compliance", "reports_on_time"), f"compliance:{GT}"),
}

# words (no accents, whole words) -> the department they speak of; the longest word that fits counts
PEOPLE: Mapping[str, tuple[str, ...]] = {
    KAM: (
        "kam",
        "key account",
        "kenh mt",
        "mt",
        "sieu thi",
        "chuoi",
        "khach hang trong diem",
        "doi du an",
        "b2b",
        "enterprise",
        "doanh nghiep",
        "kinh doanh",
        "sales",
        "ban hang",
        "tu van",
        "tuyen sinh",
        "account executive",
    ),
    GT: (
        "gt",
        "kenh gt",
        "dai ly",
        "tap hoa",
        "doi nha may",
        "diem ban",
        "cua hang",
        "chi nhanh",
        "store",
        "quan truong",
        "retail",
        "cham soc khach hang",
        "customer success",
        "khach hang ca nhan",
        "telesales",
        "call",
        "online",
        "sdr",
        "support",
        "gia han",
    ),
    TM: (
        "marketing",
        "trade",
        "trade marketing",
        "thuong hieu",
        "truyen thong",
        "brand",
        "growth",
        "khuyen mai",
        "chien dich",
    ),
    OPS: (
        "van hanh",
        "kho",
        "giao hang",
        "logistics",
        "san xuat",
        "chat luong",
        "operations",
        "ops",
        "production",
        "quality",
        "bao tri",
        "maintenance",
        "bep",
        "kitchen",
        "ky thuat",
        "product",
        "engineering",
        "chuyen mon",
        "dieu duong",
        "giang day",
        "cung ung",
        "supply",
        "phan xuong",
        "xuong",
        "delivery",
        "otif",
        "otd",
    ),
    FIN: (
        "mua hang",
        "thu mua",
        "purchasing",
        "procurement",
        "tai chinh",
        "ke toan",
        "cong no",
        "finance",
        "accounting",
        "nhan su",
        "hr",
        "hanh chinh",
        "admin",
        "phap che",
        "legal",
        "it",
        "dso",
        "no qua han",
    ),
}

# words -> the company number an outcome speaks of
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "profit": ("loi nhuan", "bien loi nhuan", "bien gop", "profit", "margin", "ebitda", "lai gop", "lai rong"),
    "cash": ("dong tien", "tien thu", "thu tien", "tien mat", "cash", "cash flow", "collections", "thu hoi cong no"),
    "revenue": ("doanh thu", "doanh so", "revenue", "sales", "arr", "mrr", "bookings", "turnover", "tang truong"),
    "support": ("doanh thu gt", "kenh gt", "gt revenue"),
    "focus": ("doanh thu mt", "doanh thu kenh mt", "kenh mt", "mt revenue"),
}

SAID: Mapping[str, Words] = {
    "revenue": {"vi": "doanh thu công ty", "en": "company revenue"},
    "focus": {"vi": "doanh thu mảng trọng tâm", "en": "revenue of the focus line"},
    "support": {"vi": "doanh thu mảng hỗ trợ", "en": "revenue of the supporting line"},
    "share": {"vi": "tỷ trọng mảng trọng tâm", "en": "share of the focus line"},
    "profit": {"vi": "lợi nhuận", "en": "profit"},
    "cash": {"vi": "dòng tiền", "en": "cash flow"},
    "drivers": {"vi": "yếu tố tác động chính của cả công ty", "en": "drivers of the whole company"},
    "activities": {"vi": "hoạt động của cả công ty", "en": "activity of the whole company"},
    "driver": {"vi": "yếu tố tác động chính: {who}", "en": "driver: {who}"},
    "activity": {"vi": "hoạt động: {who}", "en": "activity: {who}"},
    "local": {"vi": "số riêng của phòng: {who}", "en": "the department's own number: {who}"},
    "compliance": {"vi": "tuân thủ: {who}", "en": "compliance: {who}"},
}
WHO: Mapping[str, Words] = {
    KAM: {"vi": "khách hàng trọng điểm", "en": "key accounts"},
    GT: {"vi": "kênh hỗ trợ", "en": "the supporting channel"},
    TM: {"vi": "marketing", "en": "marketing"},
    OPS: {"vi": "vận hành", "en": "operations"},
    FIN: {"vi": "tài chính", "en": "finance"},
}


def said(measure: str, lang: str) -> str:
    """A measure as a sentence names it.

    >>> said("driver:operations", "en"), said("cash", "vi")
    ('driver: operations', 'dòng tiền')
    """
    sort, _, who = measure.partition(":")
    return SAID[sort][lang].format(who=WHO[who][lang] if who else "")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Words without accents, case and signs, one space between and around them.

    >>> bare("Phòng Kế toán - Thuế")
    ' phong ke toan thue '
    """
    text = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return (
        " " + " ".join("".join(c if c.isalnum() else " " for c in text if not unicodedata.combining(c)).split()) + " "
    )


def spoken_of(text: str, table: Mapping[str, tuple[str, ...]]) -> str | None:
    """The entry of a table whose longest word stands in the text, or None.

    >>> spoken_of("Phòng Trade Marketing", PEOPLE), spoken_of("Phòng X", PEOPLE)
    ('trade_marketing', None)
    """
    text = bare(text)
    found = [(len(word), name) for name, words in table.items() for word in words if f" {word} " in text]
    return max(found, key=lambda pair: pair[0])[1] if found else None
