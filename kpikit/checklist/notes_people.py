"""Notes on people: one person answers for a KPI (F4), and a personal KPI is that person's own (E7)."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from ..language import same
from .problem import Problem, note
from .reading import Reading, says

_TITLE = re.compile(
    r"\b(truong|pho|giam doc|quan doc|nhan vien|chuyen vien|ke toan vien|quan ly|thu ky|ky su|giam sat"
    r"|dieu phoi|bac si|gd|tgd|pgd|tp|nv|manager|director|head|chief|lead|leader|vp|ceo|cfo|coo|cmo|cto|cio"
    r"|chro|officer|supervisor|executive|specialist|president|accountant|engineer|analyst|controller)\b"
)
_TITLES = re.compile(
    r"\b(managers|directors|heads|leads|leaders|reps|representatives|executives|officers|supervisors"
    r"|engineers|specialists)$"
)
_EVERYONE = re.compile(r"(tat ca|toan the|toan cong ty|ca phong|ca team|moi nguoi|cac|nhung|all|everyone|everybody)\b")
_PERSON = re.compile(r"(anh|chị|ông|bà|cô|mr|mrs|ms)\b\.?\s")
_SURNAME = re.compile(
    r"(nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|đoàn|tạ|lâm|mai"
    r"|đào|hà|lương|lưu|cao|châu|tô|thái|nguyen|tran|pham|hoang|huynh|dang|bui)\s"
)
_UNIT = re.compile(
    r"(phòng|ban|bộ phận|khối|đội|tổ|nhóm|chi nhánh|xưởng|kho|nhà máy|cửa hàng|trung tâm|văn phòng"
    r"|bo phan|khoi|chi nhanh|xuong|team|department|dept)\b(?!\s+(trưởng|phó|truong|pho|lead|head|manager))"
    r"|phong (kinh|ke|nhan|mar|ky|mua|tai|hanh|san|chat|cham|kd|hc)"
)
_UNIT_AFTER = re.compile(r"\b(department|dept\.?|team|division|unit|office|committee|branch)$")
_FUNCTIONS = {
    "sales",
    "marketing",
    "hr",
    "human resources",
    "finance",
    "accounting",
    "it",
    "operations",
    "logistics",
    "production",
    "purchasing",
    "procurement",
    "r&d",
    "kinh doanh",
    "nhân sự",
    "tài chính",
    "vận hành",
    "sản xuất",
    "kỹ thuật",
    "mua hàng",
    "công ty",
    "company",
}


@note("several_owners")
def several_owners_in_one(reading: Reading) -> Iterator[Problem]:
    for kpi in reading.kpis:
        if says(kpi.owner) and _several(kpi.owner or ""):
            yield Problem("several", reading.place(kpi), kpi=reading.name(kpi), owner=kpi.owner)


@note("department_owner")
def a_department_as_owner(reading: Reading) -> Iterator[Problem]:
    departments = {same(c.kpis[0].scorecard) for c in reading.cards if c.level == "department"}
    for kpi in reading.kpis:
        owner = kpi.owner or ""
        unit = same(owner) in departments | _FUNCTIONS or _sort(owner) == "unit"
        if says(owner) and unit and not _several(owner):
            yield Problem("unit", reading.place(kpi), kpi=reading.name(kpi), owner=owner)


@note("copied")
def a_persons_kpi_copied_from_the_departments(reading: Reading) -> Iterator[Problem]:
    """Two metrics of the catalogue under one name are two measures, and no copy."""
    for kpi in reading.kpis:
        above = [
            k
            for k in reading.kpis
            if k.level == "department"
            and kpi.level == "individual"
            and kpi.name
            and _bare(k.name) == _bare(kpi.name)
            and not (k.metric and kpi.metric and k.metric != kpi.metric)
        ]
        if above:
            own, theirs = kpi.scale.target, above[0].scale.target
            part = own is not None and theirs is not None and own != theirs
            yield Problem(
                "part" if part else "copied",
                reading.place(kpi),
                kpi=reading.name(kpi),
                department=above[0].scorecard or reading.place(above[0]),
            )


def _bare(name: str | None) -> str:
    return " ".join(same(name).strip(" .").split())


@lru_cache(maxsize=256)  # a design is checked again and again while it is being mended
def _several(owner: str) -> bool:
    """More than one person, job or unit in an owner; a job over two fields is one ("Head of Sales and Marketing").

    >>> [_several(o) for o in ("CEO và CFO", "Head of Sales and Marketing", "Account executive, SME")]
    [True, False, False]
    """
    owner = re.sub(r"\(.*?\)", " ", owner).strip()
    if _EVERYONE.match(_fold(owner)) or (_TITLES.search(_fold(owner)) and not _TITLE.search(_fold(owner))):
        return True
    joined = [s for part in re.split(r"\s+(?:và|cùng|and|&)\s+|\s*\+\s*", owner, flags=re.I) if (s := _sort(part))]
    listed = [_sort(part) for part in re.split(r"\s*[,;/\n]\s*", owner)]
    plain_names = len(listed) > 1 and all(s in ("name", "words") for s in listed)
    return (
        len([s for s in joined if s != "words"]) > 1
        or (len(joined) > 1 and set(joined) == {"words"})
        or plain_names
        or any(listed.count(s) > 1 for s in ("title", "name", "unit"))
    )


def _sort(part: str) -> str | None:
    """What a piece of an owner is: a unit, a title, a name, two to four capitalised words, or nothing of these."""
    part = part.strip()
    if _UNIT.match(part.casefold()):
        return "unit"
    if _TITLE.search(_fold(part)):
        return "title"
    if _UNIT_AFTER.search(part.casefold()):
        return "unit"
    if _PERSON.match(part.casefold()) or (_SURNAME.match(part.casefold()) and part.istitle()):
        return "name"
    return "words" if 2 <= len(part.split()) <= 4 and part.istitle() else None


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))
