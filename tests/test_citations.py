"""Citations of pages and sources: read back by other libraries, and beside what the standards ask for, written by hand."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import pytest
import rispy
import yaml
from citeproc.source.json import CiteProcJSON
from lxml import html
from pybtex.database import Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from scripts import bibliography, citations, exports
from scripts.files import dump_yaml
from scripts.scalars import SourceType

from .conftest import HOME, scripts

SOURCES = yaml.load((HOME / "docs/data/sources.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
SLUGS = sorted(path.stem for path in (HOME / "docs/data/myths").glob("*.yml"))
ROOT = "http://127.0.0.1:9000/sub/"
FORMS = ("gbt", "apa", "bib", "ris", "json")  # in the order in which a page has them
OTHERS = "et al."
HOSTILE = {
    "signs": "100% of {R&D} #1: $5_000 ~ ^2 \\LaTeX -- \"so\" 'said' ``he'' ?`",
    "braces": "}}} no { pair \\",
    "entries": "@article{x, title = {y}} TY  - JOUR ER  - ]} </script> <b>=1+1</b>",
    "tag": "TY  - JOUR",
    "emoji": "灯 😀 “é” naïve — Ω",
    "long": "a lamp, and so on " * 16 + "until 300.",
    "mark": "Who pays?",
}
TEX = get_default_latex_context_db()
TEX.add_context_category("signs", [MacroTextSpec("textbraceleft", "{"), MacroTextSpec("textbraceright", "}"), MacroTextSpec("textasciicircum", "^")], prepend=True)


def in_words(tex: str) -> str:
    """What TeX sets of a text."""
    return str(LatexNodes2Text(latex_context=TEX, strict_latex_spaces=True).latex_to_text(tex))


def spaced(text: str) -> str:
    """A text as TeX spaces it, for which blanks are one."""
    return " ".join(text.split())


def bib(text: str) -> dict[str, Entry]:
    return dict(parse_string(text, "bibtex").entries)


def ris(text: str) -> dict[str, dict[str, Any]]:
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines() if line), "a line without a tag"
    return {entry["id"]: entry for entry in rispy.loads(text, delimiter_tags_mapping={})}


def day(item: dict[str, Any], name: str = "issued") -> list[int]:
    parts: list[int] = item[name]["date-parts"][0]
    return parts


def names(author: list[dict[str, str]]) -> list[str]:
    """Authors as RIS has them."""
    return [one.get("literal") or ", ".join(one[part] for part in ("family", "given") if part in one) for one in author]


def same(record: dict[str, Any], item: dict[str, Any]) -> None:
    """A source as CSL-JSON says what its record says."""
    assert (item["type"], item["title"], item["author"], item["URL"]) == (record["type"], record["title"], record["author"], record["URL"])
    assert {item.get("container-title"), item.get("publisher"), None} == {record.get("container-title"), record.get("publisher"), None}
    for name in ("issued", "accessed"):
        assert "-".join(f"{part:02}" for part in day(item, name)) == record[name]
    assert item["note"] == f"Interest: {record['interest']['en']}"


def agree(item: dict[str, Any], tex: Entry, tagged: dict[str, Any]) -> None:
    """An entry of a BibTeX file and one of a RIS file say what the item does."""
    fields = {key: in_words(value) for key, value in tex.fields.items() if key != "url"}
    kind = bibliography.KINDS[item["type"]]
    assert (tex.type, tagged["type_of_reference"]) == (kind.entry, kind.ris)
    assert (fields["title"], tagged["title"]) == (spaced(item["title"]), item["title"])
    assert (tex.fields["url"], tagged["urls"]) == (item["URL"].translate(bibliography.IN_ADDRESS), [item["URL"]])
    assert tex.fields["date"] == "-".join(f"{part:02}" for part in day(item)) and tex.fields["year"] == tagged["year"] == str(day(item)[0])
    assert [int(part) for part in tagged["date"].split("/") if part] == day(item)
    if "accessed" in item:
        assert [int(part) for part in tex.fields["urldate"].split("-")] == [int(part) for part in tagged["access_date"].split("/") if part] == day(item, "accessed")
    for key, field, tag in (("container-title", kind.container, "secondary_title"), ("publisher", kind.publisher, "publisher")):
        assert (fields.get(field), tagged.get(tag)) == (item.get(key) and spaced(item[key]), item.get(key))
    assert tagged["authors"] == names(item["author"])
    written = ["others" if name == OTHERS else spaced(name) for name in names(item["author"])]
    assert [in_words(str(person)) for person in tex.persons["author"]] == written
    assert (fields.get("version"), fields.get("annotation"), tagged["notes"]) == (
        item.get("version"),
        item.get("note") and spaced(item["note"]),
        [note for note in (item.get("version") and f"Version: {item['version']}", item.get("note")) if note],
    )


def agree_all(folder: Path, name: str, ids: list[str], sources: dict[str, Any]) -> None:
    """The three files of a bibliography hold those sources, in that order."""
    texts = {ending: (folder / f"{name}.{ending}").read_text(encoding="utf-8") for ending in citations.FILES}
    items, entries, tagged = {item["id"]: item for item in json.loads(texts["json"])}, bib(texts["bib"]), ris(texts["ris"])
    assert list(items) == list(entries) == list(tagged) == ids
    assert set(CiteProcJSON(list(items.values()))) == set(ids)
    for one in ids:
        same(sources[one], items[one])
        agree(items[one], entries[one], tagged[one])


def copies(path: Path) -> dict[str, str]:
    """Form → the text that a built page offers to be copied."""
    blocks = html.parse(path).xpath("//div[@class='part' and h2[@id='cite']]//div[contains(@class, 'copy')]//code")
    return dict(zip(FORMS, [block.text_content() for block in blocks], strict=True))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_is_cited_in_five_forms_that_say_the_same(site: Path, slug: str, language: str) -> None:
    prefix = "en/" if language == "en" else ""
    said = copies(site / f"{prefix}myths/{slug}/index.html")
    (item,) = json.loads(said["json"])
    record = yaml.load((HOME / f"docs/data/myths/{slug}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    author = {"zh": "走下神坛", "en": "Off the Pedestal"}[language]
    newest = record["changes"][0]["date"]
    assert (item["title"], item["author"], item["language"], item["container-title"]) == (record["title"][language], [{"literal": author}], language, author)
    assert "-".join(f"{part:02}" for part in day(item)) == newest
    assert re.fullmatch(newest + r"(-\d+)?, [0-9a-f]{12}", item["version"])
    key, digest = item["version"].split(", ")
    assert item["URL"] == f"{ROOT}{prefix}myths/{slug}/{key}/"
    agree(item, bib(said["bib"])[item["id"]], ris(said["ris"])[item["id"]])
    assert all(text in said[form] for form in FORMS for text in (key, digest, item["URL"], author))
    leads = html.parse(site / f"{prefix}myths/{slug}/{key}/index.html").xpath("string(//meta[@http-equiv='refresh']/@content)")
    assert leads == "0; url=../"


def test_a_page_as_the_standards_write_it(site: Path) -> None:
    version = json.loads(copies(site / "myths/ptx-cuda/index.html")["json"])[0]["version"]
    day, digest = version.split(", ")
    year, month, date = day.split("-")
    assert (month, date) == ("11", "22")
    said = copies(site / "myths/ptx-cuda/index.html")
    title = "PTX 本身就是 CUDA 的一层，用它并没有离开 CUDA"
    address = f"{ROOT}myths/ptx-cuda/{day}/"
    assert said["gbt"].strip() == f"走下神坛. {title}: {day} 版，校验码 {digest}[EB/OL]. ({day})[{day}]. {address}."
    assert said["apa"].strip() == f"走下神坛. ({year}, November 22). {title} [{day} 版，校验码 {digest}]. {address}"
    version = json.loads(copies(site / "en/myths/ptx-cuda/index.html")["json"])[0]["version"]
    digest, said = version.split(", ")[1], copies(site / "en/myths/ptx-cuda/index.html")
    title = json.loads(said["json"])[0]["title"]
    address = f"{ROOT}en/myths/ptx-cuda/{day}/"
    assert said["gbt"].strip() == f"Off the Pedestal. {title}: Version {day}, digest {digest}[EB/OL]. ({day})[{day}]. {address}."
    assert said["apa"].strip() == f"Off the Pedestal. ({year}, November 22). {title} [Version {day}, digest {digest}]. {address}"


def test_every_source_is_read_back_in_three_forms(site: Path) -> None:
    for name in SOURCES:
        agree_all(site / "data/cite", name, [name], SOURCES)
    agree_all(site / "data", "sources", list(SOURCES), SOURCES)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sources_of_a_page_are_one_file_that_the_page_links(site: Path, slug: str) -> None:
    facts = yaml.load((HOME / "docs/data/facts.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    record = yaml.load((HOME / f"docs/data/myths/{slug}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    ids = list(dict.fromkeys(facts[name]["source"] for name in record["facts"] if facts[name]["source"] in SOURCES))
    assert len(ids) > 2
    agree_all(site / "data/cite/pages", f"{slug}-sources", ids, SOURCES)
    for prefix in ("", "en/"):
        page = site / f"{prefix}myths/{slug}"
        links = html.parse(page / "index.html").xpath("//div[@class='part' and h2[@id='cite']]/p/a/@href")
        assert [(page / link).resolve() for link in links] == [site / f"data/cite/pages/{slug}-sources.{ending}" for ending in citations.FILES]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_every_source_has_its_citations_on_its_pages_of_sources(site: Path, prefix: str) -> None:
    pages = [path.parent for path in (site / f"{prefix}sources").rglob("index.html")]
    folds = [(page, fold) for page in pages for fold in html.parse(page / "index.html").xpath("//details[.//a[@download]]")]
    assert {fold.xpath("string(preceding-sibling::p[contains(@class, 'source')][1]/@id)") for _, fold in folds} == SOURCES.keys()
    for page, fold in folds:
        gbt, apa, _ = (line.text_content().strip() for line in fold.iter("li"))
        files = [(page / link).resolve() for link in fold.xpath(".//a/@href")]
        assert [file.suffix for file in files] == [".bib", ".ris", ".json"] and all(file.is_file() for file in files)
        (item,) = json.loads(files[2].read_text(encoding="utf-8"))
        assert item["title"] in gbt and item["title"] in apa and gbt.endswith(f"{item['URL']}.") and apa.endswith(item["URL"])
        assert fold.xpath("preceding-sibling::p[contains(@class, 'source')][1]/@id") == [item["id"]]


WRITTEN = {  # by GB/T 7714—2015, 4.4, 4.6, 8.1 and appendix A, and by the APA's manual, 7th edition, chapters 9 and 10
    "amodei-essay": (
        "AMODEI D. On DeepSeek and Export Controls[EB/OL]. (2025-01-29)[2026-11-22]. https://www.darioamodei.com/post/on-deepseek-and-export-controls.",
        "Amodei, D. (2025, January 29). On DeepSeek and Export Controls. https://www.darioamodei.com/post/on-deepseek-and-export-controls",
    ),
    "afp-zhipu-ipo": (
        "WANG T, FORSTER K. Startups go public in litmus test for Chinese AI[N/OL]. Sino Daily, 2026-01-08[2026-11-25]. https://www.sinodaily.com/reports/Startups_go_public_in_litmus_test_for_Chinese_AI_999.html.",
        "Wang, T., & Forster, K. (2026, January 8). Startups go public in litmus test for Chinese AI. Sino Daily. https://www.sinodaily.com/reports/Startups_go_public_in_litmus_test_for_Chinese_AI_999.html",
    ),
    "chuanguan-courses": (
        "余姝满. 麻辣烫 | DeepSeek课程泛滥，不是捷径是陷阱[N/OL]. 川观新闻, 2025-02-08[2026-11-25]. https://news.43u.com.cn/a/614058.html.",
        "余姝满. (2025, February 8). 麻辣烫 | DeepSeek课程泛滥，不是捷径是陷阱. 川观新闻. https://news.43u.com.cn/a/614058.html",
    ),
    "deepseek-r1-announcement": (
        "DeepSeek. DeepSeek-R1 发布，性能对标 OpenAI o1 正式版[EB/OL]. (2025-01-20)[2026-11-22]. https://api-docs.deepseek.com/zh-cn/news/news250120.",
        "DeepSeek. (2025, January 20). DeepSeek-R1 发布，性能对标 OpenAI o1 正式版. DeepSeek API Docs. https://api-docs.deepseek.com/zh-cn/news/news250120",
    ),
    "janus-repo": (
        "DeepSeek-AI. Janus-Series[CP/OL]. (2025-01-27)[2026-11-25]. https://github.com/deepseek-ai/Janus/tree/041df12064f963e0c763d75777392271a1010969.",
        "DeepSeek-AI. (2025). Janus-Series [Computer software]. GitHub. https://github.com/deepseek-ai/Janus/tree/041df12064f963e0c763d75777392271a1010969",
    ),
    "atom-report": (
        "LAMBERT N, BRAND F. The ATOM Report: Measuring the Open Language Model Ecosystem[EB/OL]. (2026-04-08)[2026-11-25]. https://arxiv.org/abs/2604.07190.",
        "Lambert, N., & Brand, F. (2026). The ATOM Report: Measuring the Open Language Model Ecosystem. arXiv. https://arxiv.org/abs/2604.07190",
    ),
    "deepseek-r1-nature": (
        "GUO D, et al. DeepSeek-R1 incentivizes reasoning in LLMs through reinforcement learning[J/OL]. Nature, 2025[2026-11-22]. https://www.nature.com/articles/s41586-025-09422-z.",
        "Guo, D., et al. (2025). DeepSeek-R1 incentivizes reasoning in LLMs through reinforcement learning. Nature. https://www.nature.com/articles/s41586-025-09422-z",
    ),
    "qax-deepseek-attack": (
        "奇安信集团. 【事件分析】DeepSeek遭受大量境外网络攻击详细完整分析[R/OL]. (2025-02-07)[2026-11-25]. https://mp.weixin.qq.com/s?__biz=MzkxNzA3MTgyNg==&mid=2247535220&idx=2&sn=af665dff821641583006abf1d7d5d6d6.",
        "奇安信集团. (2025). 【事件分析】DeepSeek遭受大量境外网络攻击详细完整分析. 数世咨询. https://mp.weixin.qq.com/s?__biz=MzkxNzA3MTgyNg==&mid=2247535220&idx=2&sn=af665dff821641583006abf1d7d5d6d6",
    ),
    "aaai-survey-digest": (
        "AI Plain and Simple. AI Scientists Doubt That Current Models Will Lead to AGI - But Do We Even Need AGI for Disruption?[EB/OL]. (2025-03-15)[2026-11-25]. https://aiplainandsimple.com/news/researchers-believe-current-ai-models-wont-lead-to-ai.",
        "AI Plain and Simple. (2025, March 15). AI Scientists Doubt That Current Models Will Lead to AGI - But Do We Even Need AGI for Disruption? https://aiplainandsimple.com/news/researchers-believe-current-ai-models-wont-lead-to-ai",
    ),
    "axios-astra": (
        "Axios. Welcome to the AGI era, OpenAI says as GPT-6 Astra debuts[N/OL]. Axios, 2026-09-03[2026-11-25]. https://www.axios.com/2026/09/03/openai-astra-gpt-6-agi-brockman.",
        "Axios. (2026, September 3). Welcome to the AGI era, OpenAI says as GPT-6 Astra debuts. https://www.axios.com/2026/09/03/openai-astra-gpt-6-agi-brockman",
    ),
    "arcuschin-2026": (
        "ARCUSCHIN I, et al. Chain-of-Thought Reasoning in the Wild Is Not Always Faithful[C/OL]//Proceedings of Machine Learning Research. 2026[2026-11-25]. https://raw.githubusercontent.com/mlresearch/v306/main/assets/arcuschin26b/arcuschin26b.pdf.",
        "Arcuschin, I., et al. (2026). Chain-of-Thought Reasoning in the Wild Is Not Always Faithful. Proceedings of Machine Learning Research. https://raw.githubusercontent.com/mlresearch/v306/main/assets/arcuschin26b/arcuschin26b.pdf",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_sources_as_the_standards_write_them(site: Path, name: str) -> None:
    pages = [html.parse(path) for path in site.glob("sources/**/index.html")]
    folds = [fold for page in pages for fold in page.xpath(f"//p[@id='{name}']/following-sibling::details[.//a[@download]][1]")]
    (lines,) = {tuple(line.text_content().strip() for line in fold.iter("li"))[:2] for fold in folds}
    assert list(lines) == [f"GB/T 7714—2015：{WRITTEN[name][0]}", f"APA（第 7 版）：{WRITTEN[name][1]}"]


def paper(authors: list[dict[str, str]], language: str, **more: Any) -> dict[str, Any]:
    given = {"id": "x", "type": "article-journal", "title": "灯" if language == "zh" else "Lamps", "author": authors, "container-title": "Nature", "URL": "https://example.org/"}
    return {**given, "issued": {"date-parts": [[2025, 3, 1]]}, "accessed": {"date-parts": [[2026, 2, 1]]}, "language": language, **more}


def test_of_many_authors_the_first_are_named_in_the_language_of_the_source() -> None:
    people = [{"family": "Li", "given": "Wei Min"}, {"family": "Smith", "given": "Ann"}, {"family": "Müller", "given": "Jörg"}, {"family": "de la Cruz", "given": "Ana"}]
    english = citations.forms(paper(people, "en"))
    assert english.gbt == "LI W M, SMITH A, MÜLLER J, et al. Lamps[J/OL]. Nature, 2025[2026-02-01]. https://example.org/."
    assert english.apa == "Li, W. M., Smith, A., Müller, J., & de la Cruz, A. (2025). Lamps. Nature. https://example.org/"
    chinese = citations.forms(paper([{"family": "王", "given": char} for char in "甲乙丙丁"], "zh"))
    assert chinese.gbt == "王甲, 王乙, 王丙, 等. 灯[J/OL]. Nature, 2025[2026-02-01]. https://example.org/."
    assert chinese.apa == "王甲, 王乙, 王丙, & 王丁. (2025). 灯. Nature. https://example.org/"


def test_what_a_style_says_twice_is_said_once() -> None:
    made = citations.forms(paper([{"literal": "Lamp Inc."}], "en", type="webpage", title="Why?", **{"container-title": "Lamp Inc."}))
    assert made == ("Lamp Inc. Why?[EB/OL]. (2025-03-01)[2026-02-01]. https://example.org/.", "Lamp Inc. (2025, March 1). Why? https://example.org/")


def test_every_type_of_source_has_its_kind() -> None:
    assert bibliography.KINDS.keys() == set(get_args(SourceType))


@pytest.fixture
def hostile(good: Path) -> Path:
    """The data of a small tree whose sources are named to break every form; also its page and that of sources."""
    record = yaml.load((good / "docs/data/sources.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for name, text in HOSTILE.items():
        more = {"title": text, "author": [{"literal": text}, {"family": text, "given": text}, {"literal": OTHERS}], "container-title": text, "publisher": text}
        record[f"hostile-{name}"] = deepcopy(record["lamp-gazette"]) | more | {"URL": f"https://example.org/{name}?a_b=%20c&d={{e}}#f~g", "interest": {"zh": "灯", "en": text}}
    (good / "docs/data/sources.yml").write_text(dump_yaml(record), encoding="utf-8")
    myth = good / "docs/data/myths/lamp.yml"
    given = yaml.load(myth.read_text(encoding="utf-8"), yaml.BaseLoader)
    given["title"] = {"zh": HOSTILE["entries"], "en": HOSTILE["signs"]}
    myth.write_text(dump_yaml(given), encoding="utf-8")
    done = scripts(good, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return good


def test_hostile_texts_are_read_back_as_they_were(hostile: Path) -> None:
    sources = yaml.load((hostile / "docs/data/sources.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    folder = hostile / exports.FOLDER
    for name in sources:
        agree_all(folder / "cite", name, [name], sources)
    agree_all(folder, "sources", list(sources), sources)


@pytest.mark.parametrize("language, name", [("zh", "entries"), ("en", "signs")])
def test_a_page_with_a_hostile_title_is_cited_by_that_very_title(hostile: Path, language: str, name: str) -> None:
    section = (hostile / f"docs/{language}/myths/lamp.md").read_text(encoding="utf-8").partition("<!-- cite -->")[2].partition("<!-- /cite -->")[0]
    said = dict(zip(FORMS, re.findall(r"^(`{3,})text\n(.*?)\n\1$", section, re.M | re.S), strict=True))
    (item,) = json.loads(said["json"][1])
    assert item["title"] == HOSTILE[name] and HOSTILE[name] in said["gbt"][1] and HOSTILE[name] in said["apa"][1]
    agree(item, bib(said["bib"][1])[item["id"]], ris(said["ris"][1])[item["id"]])


@pytest.mark.parametrize("name", HOSTILE)
def test_both_styles_name_a_hostile_source_as_it_is_named(name: str) -> None:
    text = HOSTILE[name]
    made = citations.forms(paper([{"literal": text}], "en", title=text, **{"container-title": text}))
    stop = "" if text.endswith((".", "?")) else "."
    assert made.gbt == f"{text}{stop} {text}[J/OL]. {text}, 2025[2026-02-01]. https://example.org/."
    assert made.apa == f"{text}{stop} (2025). {text}{stop} https://example.org/"
