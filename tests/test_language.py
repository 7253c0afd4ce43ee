"""How the search reads a text: spellings that mean the same meet, texts that do not, do not. The very script of the
site, run by an engine of its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from py_mini_racer import mini_racer

from scripts import drafts, library, search

from .conftest import HERE, HOME

CASES = [line.split("\t") for line in (HERE / "language.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
Terms = Callable[[str], set[str]]


@pytest.fixture(scope="module")
def terms() -> Iterator[Terms]:
    """Text → every term that it is found by."""
    tables = search.tables(drafts.without(library.read(HOME)), "zh")
    with mini_racer() as engine:
        engine.eval(search.script("language.js"))
        engine.eval(f"const read = language({json.dumps(tables)})")
        yield lambda text: set(json.loads(engine.eval(f"JSON.stringify(read.units(read.normal({json.dumps(text)})).filter(unit => !unit.alone).flatMap(unit => unit.terms.map(([term]) => term)))")))


@pytest.mark.parametrize("texts", CASES, ids=lambda texts: texts[0])
def test_spellings_of_the_same_meet(terms: Terms, texts: list[str]) -> None:
    said = terms(texts[0])
    assert said
    for text in texts[1:]:
        assert said & terms(text), text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("558 万", "558 亿"), ("2024 年", "2025 年"), ("17%", "71%"), ("开源", "开销"), ("V3", "V2"), ("10-1 大胜", "0-1"), ("十分便宜", "十分之一"), ("万一失败", "一万次"),
        ("cost", "coast"), ("千万别信", "一千万"),
    ],
)  # fmt: skip
def test_what_differs_does_not_meet(terms: Terms, one: str, other: str) -> None:
    assert terms(one)
    assert not terms(one) & terms(other)


@pytest.mark.parametrize("text", ["", " ", "的了吗", "the of and", "😀🎉", "\ud800", "。。。！！", "\x00\x07", "[", "(?:", "a" * 20000, "零" * 9000, "1," * 5000, "(" * 5000, "万" * 5000, "-" * 9000])
def test_any_text_is_read(terms: Terms, text: str) -> None:
    assert isinstance(terms(text), set)


def test_every_wording_of_a_record_says_something(terms: Terms) -> None:
    tree = library.read(HOME)
    for myth in tree.myths.values():
        for wording in (*myth.phrasings.zh, *myth.phrasings.en):
            assert terms(wording), wording


def test_a_word_typed_by_its_sound_sounds_the_same() -> None:
    tables = search.tables(drafts.without(library.read(HOME)), "zh")
    with mini_racer() as engine:
        engine.eval(search.script("language.js"))
        engine.eval(f"const read = language({json.dumps(tables)})")
        for typed, meant in (("幻绝", "幻觉"), ("开元", "开源"), ("伟大", "伟达")):
            assert engine.eval(f"read.sound({json.dumps(typed)})") == engine.eval(f"read.sound({json.dumps(meant)})") is not None


def test_an_index_in_pieces_has_every_page_and_every_term_once(tmp_path: Path) -> None:
    made = search.make(drafts.without(library.read(HOME)))
    core, texts = (json.loads(made[f"docs/en/search/{name}.json"]) for name in ("core", "text"))
    many = search.WHOLE // len(core["pages"]) + 1
    files = search.files({**core, "pages": core["pages"] * many}, texts * many)
    head = json.loads(files["core.json"])
    parts = [json.loads(files[f"terms/{number}.json"]) for number in range(head["terms"])]
    names = [term for part in parts for term, _ in part["strong"]]
    assert len(names) == len(set(names)) > 1000
    assert json.loads(files["pages/0.json"]) == {"page": core["pages"][0], "sections": texts[0]}
    assert sum(name.startswith("pages/") for name in files) == len(texts) * many
