"""`ingest`: an article becomes a record without a sentence of it, again and again the same; its figures are held
against the register."""

import json
import re
from pathlib import Path

import pytest

from .conftest import HERE, HOME, SHARED_ARTICLES, scripts, tree

LAMP, CLAIMS = HERE / "articles/lamp.md", HERE / "articles/claims.md"
RECORD = "docs/data/articles/2026-01-20-064873.yml"


def without_editor(record: str) -> str:
    """A record's text without what an editor wrote into it."""
    record = re.sub(r"^(translation|interest|summary|reviews):\n([ -].*\n)+", "", record, flags=re.M)
    record = re.sub(r"^    (also|background):\n(    [ -] .*\n)+", "", record, flags=re.M)
    return re.sub(r"^  gist:\n(    .*\n)+", "", record, flags=re.M)


def told(root: Path, *arguments: object) -> dict:
    """What `ingest --json` tells."""
    done = scripts(root, "ingest", "--json", *arguments)
    return json.loads(done.stdout)


def changed(folder: Path, *pairs: tuple[str, str]) -> Path:
    """The lamp's article with changes."""
    text = LAMP.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file = folder / "lamp.md"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_second_ingest_changes_nothing(good: Path) -> None:
    before = tree(good)
    done = scripts(good, "ingest", LAMP)
    assert (done.returncode, tree(good)) == (0, before)
    assert "wrote" not in done.stdout


def test_an_article_is_read_from_nothing(good: Path) -> None:
    """Without the editor's words the record is what the machine alone reads; with them it is the one in the tree."""
    known = (good / RECORD).read_text(encoding="utf-8")
    (good / RECORD).unlink()
    assert f"wrote {RECORD}\n" in scripts(good, "ingest", LAMP).stdout
    made = (good / RECORD).read_text(encoding="utf-8")
    assert made == without_editor(known)
    assert "text: 240万美元\n      value: '2400000'\n      unit: USD" in made
    assert "heading: 灯厂做对了什么\n  form: bold" in made


def test_an_article_brings_its_pages_and_is_listed(good: Path) -> None:
    wrote = told(good, CLAIMS)["wrote"]
    assert set(wrote) == {f"docs/{path}" for path in ("data/articles/2026-01-25-3098d0.yml", *(f"{language}/articles/{name}.md" for language in ("zh", "en") for name in ("index", "2026-01-25-3098d0")))}
    assert "BLOCK-1" not in scripts(good, "check").stdout


def test_the_editors_words_survive_a_changed_article(good: Path, tmp_path: Path) -> None:
    assert scripts(good, "ingest", changed(tmp_path, ("11.06倍", "12倍"))).returncode == 0
    record = (good / RECORD).read_text(encoding="utf-8")
    assert "text: 12倍" in record and "11.06" not in record
    assert "zh: 大家都在说灯。" in record and "The report says $2.4 million." in record


def test_gists_and_reviews_follow_their_section(good: Path, tmp_path: Path) -> None:
    """A heading before them, another wording of their own heading, a section in another place: they stay with the text."""
    file = changed(tmp_path, ("灯并不便宜\n---------", "前言\n----\n\n先说两句。\n\n灯其实不便宜\n---------"))
    assert told(good, file)["articles"][0]["changes"] == {"added": [2], "moved": [], "removed": [], "sections": [1]}
    record = (good / RECORD).read_text(encoding="utf-8")
    assert re.search(r"heading: 灯其实不便宜\n(?:  .*\n)*?  gist:\n    zh: 灯不便宜。", record), record
    assert "- myth: lamp\n  section: 2\n" in record


def test_where_a_paragraph_was_placed_stays_with_it_until_it_says_something_else(good: Path, tmp_path: Path) -> None:
    assert scripts(good, "ingest", changed(tmp_path, ("11.06倍", "12倍"), ("灯并不便宜\n---------", "先说两句。\n\n灯并不便宜\n---------"))).returncode == 0
    record = (good / RECORD).read_text(encoding="utf-8")
    assert re.search(r"- number: 3\n    fingerprint: a4413ad57201\n(?:    .*\n)*?    also:\n    - lamp\n", record), record
    assert re.search(r"- number: 5\n    fingerprint: 7bdd5812b5ac\n    background:\n      zh: ", record), record
    said = scripts(good, "check").stdout
    assert [number for number in re.findall(r"ART-3 paragraph (\d) touches no misconception", said)] == ["2", "4"]


LEAD = "最近人人都在说这盏灯。有人说，一盏灯只要两百多万美元，2026年1月10日的报纸也这么写。\n"
CHEAP = "灯并不便宜\n---------\n\n这份报告写了240万美元，合６７１０亿分之一的预算，灯泡却有1万个。\n"


def test_a_heading_over_the_opening_takes_its_gist(good: Path, tmp_path: Path) -> None:
    assert scripts(good, "ingest", changed(tmp_path, (LEAD, f"## 前言\n\n{LEAD}"))).returncode == 0
    record = (good / RECORD).read_text(encoding="utf-8")
    assert re.search(r"heading: 前言\n(?:  .*\n)*?  gist:\n    zh: 大家都在说灯。", record), record


def test_a_gist_does_not_go_where_a_part_of_its_section_goes(good: Path, tmp_path: Path) -> None:
    """The section is gone, one of its paragraphs ends the next: that one keeps its own gist, and what is lost is told."""
    two = changed(tmp_path, (CHEAP, f"{CHEAP}\n再说一段。\n"))
    assert scripts(good, "ingest", two).returncode == 0
    file = changed(tmp_path, (CHEAP, ""), ("**更多内容", "再说一段。\n\n**更多内容"))
    done = scripts(good, "ingest", file)
    assert done.stdout == f"{file}:1: INGEST-3 no longer has the section '灯并不便宜', whose gist and review would be lost; move or delete the gist and review first\n"


def test_another_article_at_the_same_address_is_refused(good: Path, tmp_path: Path) -> None:
    before = tree(good)
    file = tmp_path / "other.md"
    file.write_text("---\ntitle: 门\ndate: 2026-01-20\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/a/20260120\n---\n门开着。\n", encoding="utf-8")
    done = scripts(good, "ingest", file)
    assert done.stdout == f"{file}:1: INGEST-3 has the address of 2026-01-20-064873 but neither its title nor a paragraph of it, must have an address of its own\n"
    assert (done.returncode, tree(good)) == (1, before)


def test_an_address_whose_digest_begins_like_another_overwrites_nothing(good: Path, tmp_path: Path) -> None:
    """Whoever writes an address can choose how its digest begins."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in ("2807", "3371"):
        (inbox / f"{number}.md").write_text(f"---\ntitle: 灯{number}\ndate: 2026-03-01\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/{number}\n---\n灯{number}。\n", encoding="utf-8")
    names = [article["id"] for article in told(good, inbox)["articles"]]
    assert names[0][:17] == names[1][:17] and len({*names}) == 2


def test_a_moved_and_a_lost_paragraph_are_told(good: Path, tmp_path: Path) -> None:
    text = "最近人人都在说这盏灯。有人说，一盏灯只要两百多万美元，2026年1月10日的报纸也这么写。\n"
    file = changed(tmp_path, (text, "换了一段。\n"), ("**灯厂做对了什么**\n", f"**灯厂做对了什么**\n\n{text}"), ("**更多内容，关注我们**\n", ""))
    assert told(good, file)["articles"][0]["changes"] == {"added": [1], "moved": [3], "removed": [4], "sections": [0, 2]}


def test_what_an_editor_must_read_again_is_told(good: Path, tmp_path: Path) -> None:
    done = scripts(good, "ingest", "--dry-run", changed(tmp_path, ("11.06倍", "12倍")))
    assert [line for line in done.stdout.splitlines() if line.startswith("  read")] == ["  read again what is said of sections 2, and the summary"]
    assert "read again" not in scripts(good, "ingest", "--dry-run", changed(tmp_path)).stdout


def test_a_gist_is_never_lost_silently(good: Path, tmp_path: Path) -> None:
    before = tree(good)
    file = changed(tmp_path, ("灯并不便宜\n---------", "另一节\n---------"), ("这份报告写了240万美元，合６７１０亿分之一的预算，灯泡却有1万个。", "全新的一段。"))
    done = scripts(good, "ingest", file)
    assert done.stdout == f"{file}:1: INGEST-3 no longer has the section '灯并不便宜', whose gist and review would be lost; move or delete the gist and review first\n"
    assert (done.returncode, tree(good)) == (1, before)


@pytest.mark.parametrize(
    "pairs",
    [
        [('"2026-01-20 08:30:00"', '"2026-01-21 08:30:00"')],
        [("https://example.org/a/20260120", "https://example.org/a/20260120"), ("最近人人", "如今人人")],
    ],
)
def test_an_article_already_there_is_updated_not_doubled(good: Path, tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    assert told(good, changed(tmp_path, *pairs))["wrote"][0] == RECORD
    assert len(list(good.glob("docs/data/articles/*.yml"))) == 1


def test_the_same_text_at_another_address_is_the_same_article(good: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.md"
    file.write_text("一盏灯。\n", encoding="utf-8")
    options = ["--title", "灯", "--date", "2026-02-01", "--lang", "zh-CN", "--author", "某人"]
    first = told(good, *options, "--url", "https://example.org/1", file)["articles"][0]["id"]
    second = told(good, *options, "--url", "https://example.org/2", file)["articles"][0]["id"]
    assert first == second
    assert "url: https://example.org/2" in (good / f"docs/data/articles/{first}.yml").read_text(encoding="utf-8")


def test_two_files_of_one_article_give_one_record(good: Path, tmp_path: Path) -> None:
    (good / RECORD).unlink()
    other = changed(tmp_path, ('"2026-01-20 08:30:00"', '"2026-01-21 08:30:00"'))
    assert scripts(good, "ingest", LAMP, other).returncode == 0
    assert len(list(good.glob("docs/data/articles/*.yml"))) == 1


def test_a_dry_run_tells_and_writes_nothing(good: Path) -> None:
    before = tree(good)
    done = scripts(good, "ingest", "--dry-run", CLAIMS)
    assert (done.returncode, tree(good)) == (0, before)
    assert "✗ contradicts" in done.stdout


def test_a_folder_is_read_whole(good: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.markdown").write_text(f"---\ntitle: 灯{number}\ndate: 2026-03-0{number + 1}\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/f/{number}\n---\n灯{number}。\n", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"no article")
    assert [article["title"] for article in told(good, tmp_path)["articles"]] == ["灯0", "灯1", "灯2"]


def test_what_is_given_is_of_one_article(good: Path) -> None:
    assert "INGEST-2 --title is of one article, must come with one file" in scripts(good, "ingest", "--title", "灯", LAMP, CLAIMS).stdout


OUTCOMES = [
    ("1月1日", "contradicts", ["lamp-lit"], None),
    ("240万美元", "contradicts", ["lamp-cost"], "买灯"),
    ("250万美元", "contradicts", ["lamp-cost"], None),
    ("两百多万美元", "unknown", [], None),
    ("120万小时", "agrees", ["lamp-hours"], None),
    ("2美元", "agrees", ["hour-price"], None),
    ("200万美元", "agrees after rounding", ["lamp-cost"], None),
    ("99天", "unknown", [], None),
    ("240萬美元", "agrees", ["lamp-cost"], None),
]


def test_every_figure_is_held_against_the_register(good: Path) -> None:
    article = told(good, "--dry-run", CLAIMS)["articles"][0]
    rows = [row for passage in article["paragraphs"] for row in passage["figures"]]
    assert [(row["text"], row["outcome"], [fact["id"] for fact in row["facts"]], row.get("taken_for")) for row in rows] == OUTCOMES
    fact = rows[0]["facts"][0]
    assert (fact["registered"], fact["source"], fact["locator"]) == ("2026-01-02", "The Lamp Report", "p. 1")


ENGLISH = "Lamp Works lit the lamp on January 2. It was seen on January 5 in the U.S. Burning cost about $2.4 million. A page had $3 million."


def test_a_cue_speaks_for_its_own_sentence_only(good: Path, tmp_path: Path) -> None:
    file = tmp_path / "english.md"
    file.write_text(f"---\ntitle: Lamp\ndate: 2026-03-01\nlang: en\nauthor: me\nurl: https://example.org/e\n---\n{ENGLISH}\n", encoding="utf-8")
    rows = told(good, "--dry-run", file)["articles"][0]["paragraphs"][0]["figures"]
    assert [(row["text"], row["outcome"]) for row in rows] == [("January 2", "agrees"), ("January 5", "unknown"), ("$2.4 million", "agrees"), ("$3 million", "unknown")]


@pytest.mark.parametrize(
    ("sentence", "outcomes"),
    [
        ("点灯花费500万美元。", ["contradicts"]),
        ("点灯花费240万美元，广告另要500万美元。", ["agrees", "unknown"]),
        ("点灯花费不小，用的人有500万。", ["unknown"]),
        ("点灯花费1,234美元。", ["contradicts"]),
        ("点灯花费之外，灯架另要1,234美元。", ["unknown"]),
        ("灯亮了120万小时。", ["unknown"]),
        ("灯厂说用掉了1,234,500 GPU 小时。", ["agrees"]),
        ("灯厂说用掉了123万 GPU 小时。", ["agrees after rounding"]),
    ],
)
def test_only_a_figure_that_can_be_meant_contradicts(good: Path, tmp_path: Path, sentence: str, outcomes: list[str]) -> None:
    """lamp-hours is made more precise here, so that it is too precise for a coincidence."""
    facts = good / "docs/data/facts.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("value: 1200000", "value: 1234500"), encoding="utf-8")
    file = tmp_path / "one.md"
    file.write_text(f"---\ntitle: 灯\ndate: 2026-03-01\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/o\n---\n{sentence}\n", encoding="utf-8")
    rows = told(good, "--dry-run", file)["articles"][0]["paragraphs"][0]["figures"]
    assert [row["outcome"] for row in rows] == outcomes


def told_of(root: Path, folder: Path, name: str) -> list[tuple[str, str, dict]]:
    """What is expected of each text of a table of the tests, the text, and what ingest tells of it as a paragraph."""
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    file = folder / "table.md"
    text = "\n\n".join(said for _, said in rows)
    file.write_text(f"---\ntitle: 说法\ndate: 2026-03-01\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/table\n---\n{text}\n", encoding="utf-8")
    paragraphs = told(root, "--dry-run", file)["articles"][0]["paragraphs"]
    return [(expected, said, passage) for (expected, said), passage in zip(rows, paragraphs, strict=True)]


def test_known_errors_contradict_in_any_wording_and_what_is_right_never(tmp_path: Path) -> None:
    for expected, said, passage in told_of(HOME, tmp_path, "claims.tsv"):
        assert (expected, said) == ("wrong" if any(row["outcome"] == "contradicts" for row in passage["figures"]) else "right", said)


def test_a_paragraph_touches_its_claim_or_none(tmp_path: Path) -> None:
    """tests/paragraphs.tsv. What no page treated when this was written, one may treat by now."""
    for expected, said, passage in told_of(HOME, tmp_path, "paragraphs.tsv"):
        found = [match["slug"] for match in passage["myths"]]
        assert expected == "untreated" or expected in (found or ["none"]), (said, found)


def test_a_paragraph_that_reports_a_claim_which_no_page_treats_is_told(good: Path, tmp_path: Path) -> None:
    for expected, said, passage in told_of(good, tmp_path, "paragraphs.tsv"):
        assert passage["untreated"] or expected != "untreated", said
        assert not passage["untreated"] or expected != "none", said


def test_long_work_tells_how_far_it_is(good: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(101):
        (inbox / f"{number}.md").write_text(f"---\ntitle: 灯\ndate: 2026-03-01\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/{number}\n---\n灯{number}。\n", encoding="utf-8")
    done = scripts(good, "ingest", "--dry-run", inbox)
    assert (done.returncode, done.stderr) == (0, "read 100 of 101\n")


def test_the_table_says_in_words_what_the_sign_says(good: Path) -> None:
    lines = scripts(good, "ingest", "--dry-run", CLAIMS).stdout.splitlines()
    said = {text: next(line for line in lines if text in line and " = " in line) for text, *_ in OUTCOMES}
    assert "✗ contradicts: taken for “买灯”" in said["240万美元"]
    assert "≈ agrees after rounding" in said["200万美元"] and "240 万美元 / $2.4 million (lamp-cost)" in said["200万美元"]
    assert "? unknown" in said["99天"] and "✓ agrees" in said["120万小时"]


def test_a_paragraph_touches_what_it_speaks_of_or_nothing(good: Path) -> None:
    paragraphs = told(good, "--dry-run", CLAIMS)["articles"][0]["paragraphs"]
    assert [(passage["number"], [match["slug"] for match in passage["myths"]], passage["untreated"]) for passage in paragraphs] == [
        (1, [], False), (2, [], False), (3, [], False), (4, ["lamp"], False), (5, [], True), (6, [], False),
    ]  # fmt: skip
    match = paragraphs[3]["myths"][0]
    assert (match["phrasing"], match["score"]) == ("一盏灯只要两百多万美元", 1.0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "1: INGEST-4 cannot be read (No such file or directory), must be a readable text"),
        (b"\xff\xfe\x00", "1: INGEST-4 has bytes that are no UTF-16-LE, must be UTF-8, UTF-16, GB18030 or Big5"),
        (b"# no front matter\n", "1: INGEST-1 has no front matter, must begin with --- … ---, +++ … +++ or { … }, or come with --title, --date, --lang and --url"),
        (b"---\ntitle: a\ntitle: b\n---\ntext\n", "3: FILE-2 title stands twice, must stand once"),
        (b"---\ntitle: 'a\n---\ntext\n", "3: FILE-1 YAML is broken (found unexpected end of stream), must be valid: one depth for one list of keys, and quotes around a text that holds ': ' or begins with a sign"),
        (b"---\ntitle: a\ndate: 2026-01-01\nlang: en\nauthor: me\n---\ntext\n", "1: INGEST-2 has no url, must have one: add `url: https://…` to its front matter, or say --url"),
    ],
)
def test_bad_input_gets_one_clear_line_and_writes_nothing(good: Path, tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "article.md"
    if content is not None:
        file.write_bytes(content)
    before = tree(good)
    done = scripts(good, "ingest", file)
    assert done.stdout.splitlines()[0] == f"{file}:{said}"
    assert (done.returncode, tree(good)) == (1, before)


def test_a_heading_needs_no_blank_line_after_it(good: Path, tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text("---\ntitle: a\ndate: 2026-03-01\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/b\n---\n开头一段。\n## 第一节\n灯花了240万美元。\n\n## 第二节\n完。\n", encoding="utf-8")
    assert scripts(good, "ingest", file).returncode == 0
    record = next(good.glob("docs/data/articles/2026-03-01-*.yml")).read_text(encoding="utf-8")
    assert [line.strip() for line in record.splitlines() if "heading" in line] == ["- heading: ''", "- heading: 第一节", "- heading: 第二节"]


def test_the_other_files_of_a_batch_are_still_read(good: Path, tmp_path: Path) -> None:
    (good / RECORD).unlink()
    missing, long = tmp_path / "missing.md", tmp_path / ("灯" * 100 + ".md")
    done = scripts(good, "ingest", missing, long, LAMP)
    assert (done.returncode, (good / RECORD).is_file()) == (1, True)
    assert f"{missing}:1: INGEST-4 cannot be read (No such file or directory), must be a readable text\n" in done.stdout
    assert f"{long}:1: INGEST-4 cannot be read (File name too long), must be a readable text\n" in done.stdout


@pytest.mark.skipif(not SHARED_ARTICLES, reason="the two articles are not part of a clone")
def test_the_two_articles_come_through_whole(project: Path) -> None:
    before = tree(project)
    done = scripts(project, "ingest", *SHARED_ARTICLES)
    assert (done.returncode, tree(project)) == (0, before)


ERRORS = {  # text → the facts that it contradicts, and what it is taken for: the errors of figures that were found by hand
    ("17%", "over"): (["nvidia-close-27-jan"], None),
    ("1月31日", None): (["microsoft-hosts-r1", "nvidia-hosts-r1", "aws-hosts-r1"], None),
    ("2019年", None): (["fireflyer-2-year"], None),
    ("2月5日", None): (["china-clouds-first"], None),
    ("2月6日", None): (["gemini-thinking-released"], None),
    ("25.73亿美元", None): (["semianalysis-total"], "购买 GPU"),
    ("50页", None): (["v3-report-pages", "r1-v1-pages", "r1-v2-pages"], None),
    ("150页", None): (["v3-report-pages", "r1-v1-pages", "r1-v2-pages"], None),
    ("550万美元", None): (["v3-final-run-cost"], None),
}


@pytest.mark.skipif(not SHARED_ARTICLES, reason="the two articles are not part of a clone")
def test_the_errors_of_figures_in_the_two_articles_are_found_and_no_other() -> None:
    articles = told(HOME, "--dry-run", *SHARED_ARTICLES)["articles"]
    rows = [row for article in articles for passage in article["paragraphs"] for row in passage["figures"]]
    wrong = [row for row in rows if row["outcome"] == "contradicts"]
    assert {(row["text"], row.get("qualifier")): ([fact["id"] for fact in row["facts"]], row.get("taken_for")) for row in wrong} == ERRORS
    assert all(fact["source"] and fact["locator"] for row in wrong for fact in row["facts"])


def test_no_record_holds_a_sentence() -> None:
    records = list(HOME.glob("docs/data/articles/*.yml"))
    assert records
    for path in records:
        own = without_editor(path.read_text(encoding="utf-8"))
        values = [line.split(": ", 1)[1] for line in own.splitlines() if re.match(r"\s*(- )?(text|heading): ", line)]
        assert values and all(len(value) <= 24 for value in values)
