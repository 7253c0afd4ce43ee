"""The units and currencies that a figure's text can say, by the register's own names (scalars.Unit)."""

import re

CURRENCIES = {
    "US$": "USD", "$": "USD", "USD": "USD", "HK$": "HKD", "HKD": "HKD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP",
    "¥": "CNY", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY", "日元": "JPY",
}  # fmt: skip
CURRENCY = re.compile(r"(?:US\$|HK\$|[$¥€£]|\b(?:USD|RMB|CNY|EUR|HKD|GBP)|人民币) ?\Z", re.I)
_CHIP = r"(?:[A-Z]{1,2}\d{2,4}s?)"
FORMS: tuple[tuple[str, str], ...] = (
    ("percent", r"%|个?百分点|percentage points?\b|per ?cent\b"),
    ("GPU-hour", rf"(?:{_CHIP} ?)?GPU[ -]?(?:小时|hours?\b)|{_CHIP}[ -]?(?:小时|hours?\b)|卡时"),
    ("hour", r"小时|hours?\b"),
    ("USD", r"美元|美金|US dollars?\b|dollars?\b|USD\b"),
    ("HKD", r"港元|港币"),
    ("EUR", r"欧元|euros?\b"),
    ("GBP", r"英镑"),
    ("JPY", r"日元|yen\b"),
    ("CNY", r"元人民币|元|人民币|yuan\b|RMB\b"),
    ("times", r"倍|times\b|fold\b|(?<=\d)[xX](?![A-Za-z0-9])|(?<=\d)×(?! ?\d)"),
    ("page", r"页|pages?\b"),
    ("parameter", r"参数|parameters?\b"),
    ("token", r"tokens?\b|词元"),
    ("GPU", rf"[块张颗枚片] ?(?:英伟达 ?|NVIDIA ?|Nvidia ?)?(?:{_CHIP}(?: ?(?:GPU|显卡|芯片|加速卡|卡))?|GPU|显卡|芯片|加速卡|卡)|GPUs?\b|(?:NVIDIA |Nvidia )?{_CHIP}(?: GPUs?\b| chips?\b)?|卡(?![片车])"),
    ("SM", r"SMs?\b"),
    ("expert", r"(?:路由|共享)?专家|(?:routed |shared )?experts?\b"),
    ("layer", r"层(?!次)|layers?\b"),
    ("model", r"模型|models?\b"),
    ("node", r"节点|nodes?\b"),
    ("sample", r"样本|samples?\b"),
    ("text", r"texts?\b"),
    ("user", r"用户|users?\b"),
    ("day", r"天|days?\b"),
    ("month", r"月|months?\b"),
    ("year", r"年|years?\b"),
)  # fmt: skip
UNIT = re.compile(r"-?[ ]?(?:[个名位条](?![百月]) ?|个(?=月))?(?:" + "|".join(f"(?P<u{index}>{form})" for index, (_, form) in enumerate(FORMS)) + ")")


def unit_of(match: re.Match[str]) -> str:
    """The unit of a match of UNIT."""
    return FORMS[int((match.lastgroup or "u0")[1:])][0]
