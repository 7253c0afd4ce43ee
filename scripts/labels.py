"""The words that generated passages use, in both languages, and how dates and plain text are written."""

import re
from datetime import date
from functools import lru_cache

from .dates import MONTHS

LABELS = {
    "zh": {
        "as_of": "截至 {reviewed}，{recheck}前复核",
        "summary": "摘要",
        "other_summary": "中文摘要",
        "read_other": "阅读中文版全文",
        "claim": "流传的说法",
        "heard": "你可能听过这样的说法",
        "description": "流传的说法：“{claim}”。结论：{verdict}。{answer}",
        "evidence_head": "事实 | 数字 | 来源与出处 | 来源性质",
        "more": "其余 {count} 条",
        "covers": "包括：",
        "excludes": "不包括：",
        "derived": "算式：",
        "finding": "核对：",
        "section": "第 {number} 节",
        "lead": "开头",
        "no_reviews": "还没有对照源文章。",
        "data": "数据",
        "data_head": "项目 | 数字",
        "layers_head": "层 | 说明",
        "verdicts_head": "结论 | 含义",
        "kinds_head": "来源性质 | 含义",
        "grades_head": "证据等级 | 含义",
        "figures_title": "事实与数字",
        "figures_description": "本站用到的每一个数字和关键陈述：准确的写法、对应的日期、来源、出处和证据等级。",
        "figures_intro": "本站各页用到的数字和关键陈述都登记在这里：准确的写法、对应的日期、出自哪份材料的哪一处，以及读到的是原文、副本还是转述。每一条都有自己的地址，可以单独链接。",
        "figures_head": "事实 | 数字 | 日期 | 来源与出处 | 证据 | 用在",
        "figures_others": "其他事实",
        "figures_others_intro": "下面的事实没有列入哪一页的证据，只用在算式、图表或对源文章的核对里。",
        "sources_title": "来源",
        "sources_description": "本站引用的全部来源：性质、利益关系、原始地址、阅读日期，以及从中取用的事实。",
        "sources_intro": "本站引用的每一份来源，按性质分组。每一份都写明它与所说的事有什么利益关系、我们是哪天读的，以及哪些事实出自它；读的不是原地址时，也给出实际读的地址。",
        "interest": "利益关系：",
        "read_at": "实际读的地址：",
        "archive": "存档",
        "accessed": "阅读日期：",
        "gives": "取用的事实：{count} 条",
        "articles_title": "源文章",
        "articles_description": "本站由这些文章起步：它们讲了什么，哪里说得对，哪里不准确，哪里有误。",
        "articles_intro": "本站从这些文章起步。它们也是来源，同样要核对：说得对的照实写明，不准确或有误的附上出处。这里不转载原文，只用我们自己的话概括。",
        "article_by": "{byline}，{published}",
        "original": "原文",
        "article_summary": "讲了什么",
        "article_sections": "各节要点",
        "article_reviews": "核对结果",
        "article_description": "《{title}》讲了什么，哪里说得对，哪里不准确，哪里有误。",
        "touches": "相关页面：",
        "paragraphs": "共 {count} 段",
        "generated": "本页由 docs/data 生成，请改那里的记录，再运行 make build",
        "comma": "，",
        "list": "；",
        "colon": "：",
        "stop": "。",
        "quotes": "“{}”",
        "search": {"heard": "有人这样说：", "matched": "找到：", "quotes": ["“", "”"], "list": "、"},
    },
    "en": {
        "as_of": "As of {reviewed}; re-check by {recheck}",
        "summary": "Summary",
        "other_summary": "English summary",
        "read_other": "Read the full page in English",
        "claim": "The claim",
        "heard": "You may have heard it like this",
        "description": "Claim: “{claim}”. Verdict: {verdict}. {answer}",
        "evidence_head": "Fact | Figure | Source and place | Kind of source",
        "more": "{count} more",
        "covers": "Covers: ",
        "excludes": "Excludes: ",
        "derived": "Worked out from: ",
        "finding": "Checked: ",
        "section": "section {number}",
        "lead": "opening",
        "no_reviews": "Not yet compared with the source articles.",
        "data": "Data",
        "data_head": "Item | Figure",
        "layers_head": "Layer | What it is",
        "verdicts_head": "Verdict | Meaning",
        "kinds_head": "Kind of source | Meaning",
        "grades_head": "Grade of evidence | Meaning",
        "figures_title": "Facts and figures",
        "figures_description": "Every figure and key statement on this site: its exact words, date, source, place in the source and grade of evidence.",
        "figures_intro": "The figures and key statements used on this site are registered here: their exact words, the date for which they hold, the place in the source where they stand, and whether the source was read in the original, in a copy or second-hand. Each has its own address and can be linked.",
        "figures_head": "Fact | Figure | Date | Source and place | Evidence | Used on",
        "figures_others": "Other facts",
        "figures_others_intro": "No page lists these as evidence; a derived figure, a chart or the comparison with a source article needs them.",
        "sources_title": "Sources",
        "sources_description": "All sources cited on this site: their kind, their interest, their address, when they were read, and the facts taken from them.",
        "sources_intro": "Every source cited on this site, grouped by kind. Each entry gives its interest in what it says, the day we read it and the facts taken from it; where we read it at another address, that address is given too where we have one.",
        "interest": "Interest: ",
        "read_at": "Read at: ",
        "archive": "archived copy",
        "accessed": "Read on ",
        "gives": "Facts taken from it: {count}",
        "articles_title": "Source articles",
        "articles_description": "The articles this site grew from: what they say, where they are right, imprecise or wrong.",
        "articles_intro": "This site grew from these articles. They are sources to be checked like any other: where they are right, we say so; where they are imprecise or wrong, we show the evidence. Their text is not reproduced; we put what they say in our own words.",
        "article_by": "{byline}, {published}",
        "original": "original",
        "article_summary": "What it says",
        "article_sections": "Section by section",
        "article_reviews": "How it stands up",
        "article_description": "What the article “{title}” says, and where it is right, imprecise or wrong.",
        "touches": "Related pages: ",
        "paragraphs": "Paragraphs: {count}",
        "generated": "This page is generated from docs/data; change the records there, then run make build",
        "comma": ", ",
        "list": "; ",
        "colon": ": ",
        "stop": ".",
        "quotes": "“{}”",
        "search": {"heard": "Heard as: ", "matched": "Found: ", "quotes": ["“", "”"], "list": ", "},
    },
}
SPECIAL = re.compile(r"[\\`*_\[\]{}|]")
START = re.compile(r"^(\d*)(#|[-+.](?=\W|$))")  # would begin a heading or a list
IN_ADDRESSES = str.maketrans({char: f"%{ord(char):02X}" for char in "()[]\\`*|{}"})


@lru_cache(maxsize=None)
def plain(text: str) -> str:
    """The text as Markdown that shows it as it is, in a paragraph, list entry, table cell or picture's alternative."""
    return START.sub(r"\1\\\2", SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")))


def address(url: str) -> str:
    """An address with nothing in it that ends a Markdown link or means something to Markdown."""
    return url.translate(IN_ADDRESSES)


@lru_cache(maxsize=None)
def day(value: date | str, language: str) -> str:
    """A date, or a year or month in ISO form, as the language writes it: 2024 年 12 月 26 日, 26 December 2024."""
    parts = [int(part) for part in str(value)[:10].split("-")]
    if language == "zh":
        return " ".join(f"{number} {unit}" for number, unit in zip(parts, "年月日"))
    words = [str(parts[0]), *(MONTHS[number - 1] for number in parts[1:2]), *(str(number) for number in parts[2:])]
    return " ".join(reversed(words))
