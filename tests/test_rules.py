"""The rules, through `check`: a tree without a problem, a tree that breaks every rule, and single mistakes."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scripts import library, rules

from .conftest import HERE, HOME, scripts


def test_good_tree_has_no_problem(good: Path) -> None:
    done = scripts(good, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_bad_tree_says_exactly_this(bad: Path) -> None:
    done = scripts(bad, "check")
    assert done.stdout.splitlines() == (HERE / "bad/expected.txt").read_text(encoding="utf-8").splitlines()
    assert done.returncode == 1


def test_bad_tree_breaks_every_rule() -> None:
    said = (HERE / "bad/expected.txt").read_text(encoding="utf-8")
    assert set(re.findall(r":\d+: ([A-Z]+-\d+) ", said)) == set(rules.RULES)


def test_rules_verb_prints_every_rule_with_its_statement() -> None:
    done = scripts(HOME, "rules")
    printed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert printed == rules.statements()
    assert all(statement.endswith(".") or statement.endswith("`.") for statement in printed.values())


def test_every_number_that_an_editor_can_meet_is_stated() -> None:
    used = {number for path in HOME.glob("scripts/**/*.py") if path.name != "verbs.py" for number in re.findall(r'"([A-Z]+-[0-9]+)"', path.read_text(encoding="utf-8"))}
    assert used == set(rules.statements())


def test_the_project_itself_has_no_problem() -> None:
    done = scripts(HOME, "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_page_past_its_day_is_told_and_blocks_nothing(good: Path) -> None:
    done = scripts(good, "check", "--due")
    assert (done.returncode, done.stdout) == (1, "docs/data/myths/lamp.yml:30: DUE-1 recheck_by was 2026-08-01, the page must be read against its sources again\n")
    assert scripts(good, "check").returncode == 0


def mistake(root: Path, path: str, old: str, new: str) -> list[str]:
    """What `check` says after one change to one file."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = scripts(root, "check")
    assert done.returncode == 1
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("docs/en/myths/cost.md", "[$5.576 million](#fact", "[$5.6 million](#fact", r"docs/en/myths/cost\.md:\d+: FACT-3 '\$5\.6 million' links to v3-final-run-cost, must say '\$5\.576 million'"),
        ("docs/en/myths/cost.md", "\n## In one sentence {#short}\n", "\nIt cost $5.6 million.\n\n## In one sentence {#short}\n", r"docs/en/myths/cost\.md:\d+: FACT-2 '\$5\.6 million' is no figure of this page's facts; facts\.yml has '\$5\.58 million' \(claimed-cost-558\) or '\$5\.576 million' \(v3-final-run-cost\)"),
        ("docs/data/myths/cost.yml", "$5.576 million", "$5.6 million", r"docs/data/myths/cost\.yml:\d+: FACT-2 '\$5\.6 million' is no figure of this page's facts; facts\.yml has '\$5\.58 million' \(claimed-cost-558\) or '\$5\.576 million' \(v3-final-run-cost\)"),
        ("docs/zh/myths/cost.md", "checked_against:", "checked_against", r"docs/zh/myths/cost\.md:\d+: FILE-1 YAML is broken \(.*\), must be valid: .*"),
        ("docs/en/myths/cost.md", "{#unknown}", "{#unsure}", r"docs/en/myths/cost\.md:\d+: PAIR-2 has ## … \{#unsure\} where docs/zh/myths/cost\.md:\d+ has ## … \{#unknown\}, must be the same"),
        ("docs/data/facts.yml", "  source: deepseek-v3-report\n", "", r"docs/data/facts\.yml:\d+: META-1 source is missing, must be given"),
        ("docs/data/facts.yml", "source: deepseek-v3-report", "source: somewhere", r"docs/data/facts\.yml:\d+: FACT-1 source is 'somewhere', must be in sources\.yml or be an article"),
        ("docs/data/myths/cost.yml", "verdict: misleading", "verdict: rubbish", r"docs/data/myths/cost\.yml:\d+: META-2 verdict is 'rubbish', must be one of false, misleading, .*"),
        ("docs/en/index.md", "<!-- /cards -->", "More.\n\n<!-- /cards -->", r"docs/en/index\.md:\d+: BLOCK-1 says 'More\.', must be .* by the records: run `make build`"),
    ],
)  # fmt: skip
def test_one_mistake_in_the_project_is_told_to_its_author(project: Path, path: str, old: str, new: str, said: str) -> None:
    lines = mistake(project, path, old, new)
    assert [line for line in lines if re.fullmatch(said, line)], lines


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("docs/data/facts.yml", "en: Hours that", "en: Hours: that", "docs/data/facts.yml:4: FILE-1 YAML is broken (mapping values are not allowed in this context), must be valid: "),
        ("docs/data/sources.yml", "title: ", "title: [1] ", "docs/data/sources.yml:3: FILE-1 YAML is broken (did not find expected key), must be valid: "),
        ("docs/data/glossary.yml", "zh: ", "zh: *", "docs/data/glossary.yml:2: FILE-1 YAML is broken (did not find expected alphabetic or numeric character), must be valid: "),
        ("docs/data/charts.yml", "en: ", "en: @", "docs/data/charts.yml:4: FILE-1 YAML is broken (found character that cannot start any token), must be valid: "),
    ],
)  # fmt: skip
def test_one_fault_of_a_register_is_one_line(good: Path, path: str, old: str, new: str, said: str) -> None:
    """Not one more for each place that names an entry of it."""
    lines = mistake(good, path, old, new)
    assert [line[: len(said)] for line in lines] == [said]


def test_a_fact_that_cannot_be_read_is_not_said_to_be_missing(good: Path) -> None:
    lines = mistake(good, "docs/data/facts.yml", "value: 1200000", "value: 1.2 million")
    assert "docs/data/facts.yml:5: META-2 value is '1.2 million', must be a number without unit or separators" in lines
    assert not [line for line in lines if "META-3" in line or "FACT-3" in line]


def test_no_word_of_a_record_is_lost_or_moved(good: Path) -> None:
    """After a blank, # begins a comment; two lines become one with a blank, which shows between Chinese characters."""
    place = "docs/data/myths/lamp.yml"
    lines = mistake(good, place, "for only $2.4 million", "ranked #1 of lamps") + mistake(good, place, "灯厂报告里的数字", "灯厂报告里的\n    数字")
    assert f"{place}:9: FILE-1 is a text that ends before '#1 of lamps', must stand between quotes, or the comment on its own line" in lines
    assert f"{place}:15: FILE-1 is a text that goes on in the next line, must stand on one line" in lines


def test_a_log_says_what_a_figure_was(good: Path) -> None:
    """A correction names the wrong figure, and an old entry one that was right in its day; both languages say the same."""
    record = good / "docs/data/myths/lamp.yml"
    entry = "changes:\n  - date: 2026-03-02\n    kind: fact\n    note:\n      zh: 原来误写作 250 万美元，应为 240 万美元。\n      en: Was given as $2.5 million, is $2.4 million.\n"
    record.write_text(record.read_text(encoding="utf-8").replace("changes:\n", entry), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    assert scripts(good, "check").stdout == ""
    lines = mistake(good, "docs/data/myths/lamp.yml", "$2.5 million", "$2.6 million")
    assert "docs/data/myths/lamp.yml:37: FACT-2 '$2.6 million' is no figure of this page's facts; facts.yml has '$2.4 million' (lamp-cost)" in lines


def test_a_page_whose_record_is_gone_is_told(good: Path) -> None:
    (good / "docs/data/myths/lamp.yml").unlink()
    lines = scripts(good, "check").stdout.splitlines()
    for language in ("en", "zh"):
        assert f"docs/{language}/myths/lamp.md:1: PAIR-1 has no record, docs/data/myths/lamp.yml must exist, or the page be deleted" in lines


def test_a_page_must_be_read_again_when_the_other_says_something_else_to_search_engines(good: Path) -> None:
    lines = mistake(good, "docs/zh/index.md", "description: 关于灯", "description: 全是灯")
    assert [line.rsplit(";", 1)[0] for line in lines] == ["docs/en/index.md:4: PAIR-3 docs/zh/index.md has changed since this was checked against it"]


def test_a_word_of_todo_does_not_stop_the_comparison_of_languages(good: Path) -> None:
    lines = mistake(good, "docs/zh/myths/lamp.md", "电的价钱另说。", "TODO")
    assert [line.split(": ", 1)[1].split()[0] for line in lines] == ["PAIR-3", "BLOCK-1", "META-6"]


MYTH, LOG = "docs/data/myths/lamp.yml", "changes:\n  - date: 2026-02-01\n    kind: published\n    note: {zh: 亮, en: Lit}\n"
ARTICLE = "docs/data/articles/2026-01-20-064873.yml"
BARS = "  bars:\n    - {fact: lamp-hours, label: {zh: 灯, en: Lamp}}\n    - {fact: nobody, label: {zh: 灯, en: Lamp}}\nlayers:\n  title: {zh: 灯, en: Lamp}\n  note: {zh: 灯, en: Lamp}\n  layers:"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (ARTICLE, "  - lamp-audit", "  - nobody", rf"{ARTICLE}:95: META-3 facts names 'nobody', must be one of facts\.yml"),
        (ARTICLE, "- myth: lamp", "- myth: nobody", rf"{ARTICLE}:84: META-3 myth names 'nobody', must be one of the misconceptions"),
        (ARTICLE, "    myths:\n    - lamp\n", "    myths:\n    - lamp\n    also:\n    - lamp\n", rf"{ARTICLE}:17: ART-3 paragraph 1 names lamp in `also`, which ingest found too, must name it once"),
        (MYTH, "related: []", "key_facts: [lamp-audit]\nrelated: []", rf"{MYTH}:27: META-3 key_facts names 'lamp-audit', must be one of facts of this record"),
        (MYTH, "reviewed: 2026-02-01\nrecheck_by: 2026-08-01", "reviewed: 2099-02-01\nrecheck_by: 2099-08-01", rf"{MYTH}:29: META-8 reviewed is 2099-02-01, must not be after today"),
        (MYTH, "- date: 2026-03-01", "- date: 2099-02-01\n    kind: wording\n    note: {zh: 亮, en: Lit}\n  - date: 2026-03-01", rf"{MYTH}:33: META-8 date is 2099-02-01, must not be after today"),
        (MYTH, "recheck_by: 2026-08-01", "recheck_by: 2062-08-01", rf"{MYTH}:30: META-5 recheck_by is 2062-08-01, must be within two years of reviewed, 2026-02-01"),
        (MYTH, "changes:\n", LOG, rf"{MYTH}:34: META-5 kind is published, must be another: a page is published once, by the last entry"),
        (MYTH, "kind: published", "kind: wording", rf"{MYTH}:39: META-5 kind is wording, must be published, as the first"),
        ("docs/data/facts.yml", "as_of: 2026-01\n", "as_of: 2026-02-02\n", r"docs/data/facts\.yml:26: META-8 as_of is 2026-02-02, must not be after its source was read, 2026-02-01"),
        ("docs/data/charts.yml", "  layers:", BARS, r"docs/data/charts\.yml:10: META-3 bars names 'nobody', must be one of facts\.yml"),
        ("docs/zh/myths/lamp.md", "电的价钱另说。", "### 电 {#evidence}", r"docs/zh/myths/lamp\.md:119: PAGE-2 the id 'evidence' stands twice, must be its own"),
        ("docs/en/index.md", "<!-- cards -->", "## More {#more}\n\n<!-- cards -->", r"docs/en/index\.md:1: PAIR-2 has 2 sections where docs/zh/index\.md has 1, must have the same"),
        ("docs/zh/index.md", "<!-- cards -->", "## 更多 {#more}\n\n<!-- cards -->", r"docs/en/index\.md:1: PAIR-2 has 1 sections where docs/zh/index\.md has 2, must have the same"),
        ("docs/zh/index.md", "<!-- cards -->", "[^lamp]: 灯。\n\n<!-- cards -->", r"docs/zh/index\.md:8: LINK-2 the footnote 'lamp' is defined only, must be called too"),
        ("docs/data/myths/lamp.yml", "related: []", f"related: {'[' * 13}{']' * 13}", r"docs/data/myths/lamp\.yml:27: FILE-1 is nested deeper than 12 levels, must be flatter"),
    ],
)  # fmt: skip
def test_one_mistake_in_a_small_tree_is_told_to_its_author(good: Path, path: str, old: str, new: str, said: str) -> None:
    lines = mistake(good, path, old, new)
    assert [line for line in lines if re.fullmatch(said, line)], lines


def test_a_clock_that_is_behind_accuses_nobody(good: Path) -> None:
    tree = library.read(good)
    told = {day: len(list(rules.RULES["META-8"](replace(tree, today=day)))) for day in (None, date(2020, 1, 1), date(2026, 3, 1))}
    assert told == {None: 0, date(2020, 1, 1): 0, date(2026, 3, 1): 0}
    review = replace(tree, myths={"lamp": tree.myths["lamp"].model_copy(update={"reviewed": date(2026, 3, 2)})})
    assert [problem.message for problem in rules.RULES["META-8"](replace(review, today=date(2026, 3, 1)))] == ["reviewed is 2026-03-02, must not be after today"]


@pytest.mark.parametrize(("answer", "count"), [("灯" * 36, 36), ("灯，" * 18, 36), ("灯 2.0 亮，" * 9, 36)])
def test_an_answer_is_as_long_as_a_reader_sees_it(good: Path, answer: str, count: int) -> None:
    lines = mistake(good, "docs/data/myths/lamp.yml", "zh: 这是点灯的钱，不是灯的钱。", f"zh: {answer}")
    assert f"docs/data/myths/lamp.yml:12: META-4 answer.zh has {count} characters, must have at most 35" in lines


def test_a_missing_language_is_told(project: Path) -> None:
    (project / "docs/en/myths/cost.md").unlink()
    lines = scripts(project, "check").stdout.splitlines()
    assert "docs/zh/myths/cost.md:1: PAIR-1 has no page in the other language, docs/en/myths/cost.md must exist" in lines


FACTS = "docs/data/facts.yml"
WORDS = "  words:\n    zh: 557.6 万美元\n    en: $5.576 million\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (FACTS, "grade: primary-read", "grade: great", "META-2 grade is 'great', must be one of primary-read, copy-of-primary-read, secondary-read, unverified"),
        (FACTS, "  source: deepseek", "  source: x: deepseek", "FILE-1 YAML is broken (mapping values are not allowed in this context), must be valid"),
        (FACTS, WORDS, "", "META-2 v3-final-run-cost has only value and unit of a figure, must have value, unit and words, or none of them"),
        ("docs/data/glossary.yml", "\n  en:", "\n   en:", "FILE-1 YAML is broken (mapping values are not allowed in this context), must be valid"),
        ("docs/data/sources.yml", "  kind: press", "  kind: press: x", "FILE-1 YAML is broken (mapping values are not allowed in this context), must be valid"),
        ("docs/data/sources.yml", "  kind: press", "  kind: pres", "META-2 kind is 'pres', must be one of self-report, rival, vendor, analyst, peer-reviewed, licence-text, press, measurement, reference"),
        ("docs/data/charts.yml", "  bars:", "  bars: x", "FILE-1 YAML is broken (did not find expected key), must be valid"),
        ("docs/data/articles/2025-02-08-deb8ad.yml", "rating: imprecise", "rating: so-so", "META-2 reviews.0.rating is 'so-so', must be one of right, imprecise, wrong"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_told_alone(project: Path, path: str, old: str, new: str, said: str) -> None:
    lines = mistake(project, path, old, new)
    assert [re.sub(r"(:\d+: )(.{%d}).*" % len(said), r":\2", line) for line in lines] == [f"{path}:{said}"]


def test_beside_a_record_that_cannot_be_read_every_other_mistake_is_told(project: Path) -> None:
    mistake(project, FACTS, "grade: primary-read", "grade: great")
    lines = mistake(project, "docs/data/myths/cost.yml", "$5.576 million", "$5.6 million")
    assert lines[0] == f"{FACTS}:20: META-2 grade is 'great', must be one of primary-read, copy-of-primary-read, secondary-read, unverified"
    assert {"FACT-2", "PAIR-4"} <= {line.split()[1] for line in lines[1:]}


def test_a_register_that_is_missing_is_told_first(project: Path) -> None:
    (project / FACTS).unlink()
    assert scripts(project, "check").stdout.splitlines()[0] == f"{FACTS}:1: META-1 is missing, must be there"


def test_a_page_must_be_read_against_the_other_when_that_changes(good: Path) -> None:
    lines = mistake(good, "docs/zh/myths/lamp.md", "电的价钱另说。", "电的价钱以后再说。")
    assert len(lines) == 2 and "BLOCK-1" in lines[1]
    known = re.fullmatch(r"docs/en/myths/lamp\.md:2: PAIR-3 docs/zh/myths/lamp\.md has changed since this was checked against it; read both, then write checked_against: (\w{12})", lines[0])
    assert known
    page = good / "docs/en/myths/lamp.md"
    page.write_text(re.sub(r"checked_against: \w+", f"checked_against: {known[1]}", page.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    assert scripts(good, "build").returncode == 0
    assert scripts(good, "check").returncode == 0
