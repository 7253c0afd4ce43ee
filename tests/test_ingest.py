"""`ingest`: an article becomes a record without a sentence of it, again and again the same."""

import re
from pathlib import Path

import pytest

from .conftest import HERE, HOME, SHARED_ARTICLES, scripts, tree

LAMP = HERE / "articles/lamp.md"
RECORD = "docs/data/articles/2026-01-20-064873.yml"


def without_editor(record: str) -> str:
    """A record's text without what an editor wrote into it."""
    record = re.sub(r"^(translation|interest|summary|reviews):\n([ -].*\n)+", "", record, flags=re.M)
    return re.sub(r"^  gist:\n(    .*\n)+", "", record, flags=re.M)


def test_a_second_ingest_changes_nothing(good: Path) -> None:
    before = tree(good)
    done = scripts(good, "ingest", LAMP)
    assert (done.returncode, done.stdout, tree(good)) == (0, "", before)


def test_an_article_is_read_from_nothing(good: Path) -> None:
    """Without the editor's words the record is what the machine alone reads; with them it is the one in the tree."""
    known = (good / RECORD).read_text(encoding="utf-8")
    (good / RECORD).unlink()
    assert scripts(good, "ingest", LAMP).stdout == f"wrote {RECORD}\n"
    made = (good / RECORD).read_text(encoding="utf-8")
    assert made == without_editor(known)
    assert "text: 240万美元\n      value: '2400000'\n      unit: USD" in made
    assert "heading: 灯厂做对了什么\n  form: bold" in made


def test_the_editors_words_survive_a_changed_article(good: Path, tmp_path: Path) -> None:
    changed = tmp_path / "lamp.md"
    changed.write_text(LAMP.read_text(encoding="utf-8").replace("11.06倍", "12倍"), encoding="utf-8")
    assert scripts(good, "ingest", changed).returncode == 0
    record = (good / RECORD).read_text(encoding="utf-8")
    assert "text: 12倍" in record and "11.06" not in record
    assert "zh: 大家都在说灯。" in record and "The report says $2.4 million." in record


def test_a_gist_is_never_lost_silently(good: Path, tmp_path: Path) -> None:
    before = tree(good)
    changed = tmp_path / "lamp.md"
    changed.write_text(LAMP.read_text(encoding="utf-8").replace("灯并不便宜", "灯很便宜"), encoding="utf-8")
    done = scripts(good, "ingest", changed)
    assert done.stdout == f"{changed}:1: INGEST-3 no longer has the section '灯并不便宜', whose gist would be lost; move or delete the gist first\n"
    assert (done.returncode, tree(good)) == (1, before)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "1: INGEST-4 cannot be read (No such file or directory), must be a readable text"),
        (b"\xff\xfe\x00", "1: INGEST-4 has bytes that are no UTF-16-LE, must be UTF-8, UTF-16, GB18030 or Big5"),
        (b"# no front matter\n", "1: INGEST-1 has no front matter, must begin with --- … ---, +++ … +++ or { … }"),
        (b"---\ntitle: a\ntitle: b\n---\ntext\n", "3: FILE-2 title stands twice, must stand once"),
        (b"---\ntitle: 'a\n---\ntext\n", "3: FILE-1 YAML is broken (found unexpected end of stream), must be valid"),
        (b"---\ntitle: a\ndate: 2026-01-01\nlang: en\nauthor: me\n---\ntext\n", "1: INGEST-2 has no url, must have one: add `url: https://…` to its front matter"),
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
    done = scripts(good, "ingest", tmp_path / "missing.md", LAMP)
    assert (done.returncode, (good / RECORD).is_file()) == (1, True)


@pytest.mark.skipif(not SHARED_ARTICLES, reason="the two articles are not part of a clone")
def test_the_two_articles_come_through_whole(project: Path) -> None:
    before = tree(project)
    done = scripts(project, "ingest", *SHARED_ARTICLES)
    assert (done.returncode, done.stdout) == (0, "")
    assert tree(project) == before
    for article in SHARED_ARTICLES:
        record = next(path.read_text(encoding="utf-8") for path in project.glob("docs/data/articles/*.yml") if article.name in path.read_text(encoding="utf-8"))
        assert "value: '5500000'" in record or "value: '5580000'" in record


def test_no_record_holds_a_sentence() -> None:
    for path in HOME.glob("docs/data/articles/*.yml"):
        own = without_editor(path.read_text(encoding="utf-8"))
        values = [line.split(": ", 1)[1] for line in own.splitlines() if re.match(r"\s*(- )?(text|heading): ", line)]
        assert values and all(len(value) <= 24 for value in values)
